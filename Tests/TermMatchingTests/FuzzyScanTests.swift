import ChineseText
import TestSupport
import Testing

@testable import TermMatching

/// A prefilter must never report a false negative: it tells where a fuzzy term may end, and terms are verified nowhere else.
/// Here every term is held against every place instead.
@Suite struct FuzzyScanTests {
    private static let alphabets = [
        // Characters that sound alike, in words and in none; fillers, masks, signs and letters between them.
        ["治", "疗", "止", "聊", "小", "某", "那", "个", "✨", "~", "，", "zhi", "l", "z", " "],
        ["免", "疫", "力", "一", "义", "利", "某", "啊", "-", "mian", "yi", "m", "1", "。"],
        ["第", "一", "最", "好", "嘴", "号", "什", "么", "就", "是", "🔥", "d", "di", "y", "zui", "Ａ"],
        ["处", "方", "药", "厨", "房", "要", "的", "了", "得", "行", "长", "重", "ch", "uf", "ang"],
        ["微", "信", "薇", "新", "v", "x", "V", "Ｘ", "+", "\u{200B}", "㎏", "国", "國", "囯"],
        ["最", "好", "嘴", "c", "👍", "🏽", "👩", "\u{200D}", "\u{FE0F}", "❤", "🇨", "🇳", "#", "\u{20E3}", "某"],
    ]

    @Test(arguments: 0..<alphabets.count)
    func `the prefilter reports no false negative: what is found is what every term held against every place gives`(
        _ number: Int
    ) throws {
        let alphabet = Self.alphabets[number]
        var random = SplitMix64(seed: UInt64(number) + 21)
        var buffer = Self.unboundedBuffer()
        var found = 0
        for _ in 0..<40 {
            let terms = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                Term(
                    (0..<Int.random(in: 2...4, using: &random)).map { _ in alphabet.randomElement(using: &random)! }
                        .joined(),
                    tolerance: Tolerance(
                        gaps: Int.random(in: 0...3, using: &random), fillers: Bool.random(using: &random),
                        sounds: Bool.random(using: &random), leastScore: UInt8.random(in: 1...90, using: &random)))
            }
            guard
                let index = try? TermIndex(
                    terms, confusions: Bool.random(using: &random) ? .all : [],
                    kernel: ScanKernel.available.randomElement(using: &random)!)
            else { continue }
            for _ in 0..<150 {
                // The prefilter takes 64 code points at a time.
                let isLong = Int.random(in: 1...12, using: &random) == 1
                let text = (0..<Int.random(in: isLong ? 60...140 : 1...14, using: &random))
                    .map { _ in alphabet.randomElement(using: &random)! }.joined()
                let expected = Self.exhaustively(index, text, &buffer)
                let actual = Self.scan(index, text, &buffer)
                found += actual.count
                guard actual == expected else {
                    Issue.record("\(terms) in \(text): found \(actual), expected \(expected)")
                    return
                }
            }
        }
        // The alphabets are chosen so that there is something to find.
        #expect(found > 200)
    }

    @Test(arguments: 0..<alphabets.count)
    func `what is found in a text that repeats itself, but for little, is the same`(_ number: Int) throws {
        let alphabet = Self.alphabets[number]
        var random = SplitMix64(seed: UInt64(number) + 42)
        func some(_ count: ClosedRange<Int>) -> [String] {
            (0..<Int.random(in: count, using: &random)).map { _ in alphabet.randomElement(using: &random)! }
        }
        var buffer = Self.unboundedBuffer()
        for _ in 0..<12 {
            let terms = (0..<60).map { _ in
                Term(
                    some(2...5).joined(),
                    tolerance: Tolerance(
                        gaps: Int.random(in: 0...4, using: &random), fillers: Bool.random(using: &random),
                        sounds: Bool.random(using: &random), leastScore: UInt8.random(in: 50...80, using: &random)))
            }
            guard let index = try? TermIndex(terms) else { continue }
            for _ in 0..<4 {
                let piece = some(1...9)
                var pieces = (0..<160 / piece.count).flatMap { _ in piece }
                for _ in 0..<Int.random(in: 0...3, using: &random) {
                    pieces[Int.random(in: 0..<pieces.count, using: &random)] = some(0...2).joined()
                }
                let text = pieces.joined()
                let expected = Self.exhaustively(index, text, &buffer)
                let actual = Self.scan(index, text, &buffer)
                guard actual == expected else {
                    Issue.record("\(terms) in \(text): found \(actual), expected \(expected)")
                    return
                }
            }
        }
    }

    /// The prefilter knows characters by groups of readings, frequent and rare ones, so each is written in place of each symbol.
    @Test(arguments: [SoundConfusions(), .all])
    func `every character with a sound of a term passes, in place of each symbol`(confusions: SoundConfusions) throws {
        let texts = ["包治百病", "免疫力", "重量级", "得了", "长效药和茶"]
        let terms = texts.map { Term($0, tolerance: Tolerance(gaps: 1, fillers: true, sounds: true, leastScore: 1)) }
        let index = try TermIndex(terms, confusions: confusions)
        var readers: [Syllable: [Unicode.Scalar]] = [:]
        SyllableTable.shared.forEachRead { codePoint, readings in
            for reading in readings {
                readers[Syllable(number: reading), default: []].append(Unicode.Scalar(codePoint)!)
            }
        }
        var buffer = Self.unboundedBuffer()
        var found = 0
        for text in texts {
            let scalars = Array(text.unicodeScalars)
            for (place, scalar) in scalars.enumerated() {
                for reading in SyllableTable.shared.readings(of: scalar.value) {
                    let written = readers[Syllable(number: reading)]!.map { other in
                        String(String.UnicodeScalarView(scalars[..<place] + [other] + scalars[(place + 1)...]))
                    }.joined(separator: "，")
                    let expected = Self.exhaustively(index, written, &buffer)
                    let actual = Self.scan(index, written, &buffer)
                    found += actual.count
                    #expect(actual == expected, "\(text), \(scalar) read as \(reading)")
                }
            }
        }
        #expect(found > 1000)
    }

    /// A sign ends a word, unless it stands between the characters of a match by sound too.
    @Test(arguments: [
        ("这个能止疗 效果好", 1), ("止疗✨✨✨效果", 1), ("这个能止疗效果好", 0), ("预防 止疗 糖尿病", 1), ("防止 疗", 0),
        ("效果最✨好 喝一口", 1), ("效果最✨好✨喝", 1), ("效果最✨好喝", 0), ("她的睡 最✨好", 1), ("最 好 喝", 1), ("她的睡 止 疗 效", 0),
    ])
    func `words around a match end at signs`(_ text: String, found: Int) throws {
        var buffer = MatchBuffer()
        for gaps in [1, 4] {
            let tolerance = Tolerance(gaps: gaps, sounds: true, leastScore: 1)
            let index = try TermIndex([Term("治疗", tolerance: tolerance), Term("最好", tolerance: tolerance)])
            #expect(Self.scan(index, text, &buffer).count == found, "\(gaps)")
        }
    }

    /// U+200B vanishes in folding, so the kernels leave its text to the general reader.
    @Test(arguments: ["治🔥疗", "治🔥疗\u{200B}", "\u{200B}治🎉疗"])
    func `an emoji beyond the basic plane may stand in a gap, whatever read the text`(_ text: String) throws {
        let term = Term("治疗", tolerance: Tolerance(gaps: 1))
        var buffer = MatchBuffer()
        for kernel in ScanKernel.available {
            let found = Self.scan(try TermIndex([term], kernel: kernel), text, &buffer)
            #expect(found.map(\.path) == [.gap], "\(kernel)")
        }
    }

    @Test func `a buffer serves one index after another`() throws {
        let tolerance = Tolerance(sounds: true)
        let heard = try TermIndex([Term("治疗", tolerance: tolerance)])
        // 止疗 is the term itself here, and so heard as none.
        let other = try TermIndex([Term("止疗", tolerance: tolerance)])
        var buffer = MatchBuffer()
        for _ in 0..<3 {
            #expect(Self.scan(other, "能止疗", &buffer).map(\.path) == [.plain])
            #expect(Self.scan(heard, "能止疗", &buffer).map(\.path) == [.homophone])
        }
    }

    /// With one gap allowed.
    @Test(
        arguments: [
            ("👍", true), ("👍👍", false), ("👍🏽", true), ("☝🏽", true), ("❤\u{FE0F}", true),
            ("👨\u{200D}👩\u{200D}👧", true), ("👨\u{200D}👩\u{200D}👧\u{200D}👦", true),
            ("👩🏽\u{200D}🚀", true), ("❤\u{FE0F}\u{200D}🔥", true), ("🇨🇳", true), ("🇨🇳👍", false), ("👍🇨🇳", false),
            ("🇨🇳🇺🇸", false), ("🇨", true), ("#\u{FE0F}\u{20E3}", true), ("*\u{20E3}", true),
            // Folds to a digit, which is no sign.
            ("1\u{FE0F}\u{20E3}", false),
            // Five code points, and the kernel looks at four.
            ("👩🏽\u{200D}❤\u{FE0F}\u{200D}👨🏽👍", false),
        ])
    func `an emoji counts as one sign, of however many code points up to four`(emoji: String, isSeen: Bool) throws {
        for kernel in ScanKernel.available {
            // Letters in a term, and U+200B, leave the text to the general reader, which folds 🇨🇳 to letters.
            for others in [[], [Term("vcxcn")]] {
                for end in ["", "\u{200B}"] {
                    let index = try TermIndex([Term("最好", tolerance: Tolerance(gaps: 1))] + others, kernel: kernel)
                    var buffer = MatchBuffer()
                    let found = Self.scan(index, "最\(emoji)好" + end, &buffer)
                    #expect(found.map(\.path) == (isSeen ? [.gap] : []), "\(kernel), \(others)")
                }
            }
        }
    }

    @Test func `two flags are two signs, and a third is not looked at`() throws {
        let index = try TermIndex([Term("最好", tolerance: Tolerance(gaps: 4))])
        var buffer = MatchBuffer()
        #expect(Self.scan(index, "最🇨🇳🇺🇸好", &buffer).count == 1)
        #expect(Self.scan(index, "最🇨🇳🇺🇸👍好", &buffer).isEmpty)
    }

    @Test func `a flag is still its letters to a term as it is written`() throws {
        let index = try TermIndex([Term("cn", tolerance: Tolerance(gaps: 1)), Term("爱")])
        var buffer = MatchBuffer()
        #expect(Self.scan(index, "爱🇨🇳", &buffer).filter { $0.term == 0 }.map(\.path) == [.plain])
    }

    /// Gaps of four, and fillers.
    @Test(
        arguments: [
            ("全网最低", "全-网-最-低-价", "全-网-最-低"), ("最好", "最 好 喝", "最 好"),
            ("包治百病", "包包治治百百病病", "包治治百百病"), ("包治百病", "包治百百百病", "包治百百百病"),
            ("根治", "根\u{1}治", "根\u{1}治"), ("根治", "根\u{1B}治", "根\u{1B}治"), ("根治", "根\u{7F}治", "根\u{7F}治"),
            ("根治", "根\u{E000}治", "根\u{E000}治"),
            // A phrase ends there, or an item of a list begins.
            ("根治", "根，治", nil), ("根治", "根、治", nil), ("根治", "根：治", nil), ("根治", "根…治", nil),
            // Digits are no stutter.
            ("10天", "100天", nil),
        ] as [(String, String, String?)])
    func `a disguise takes away no hit that the open form has`(term: String, text: String, found: String?) throws {
        for kernel in ScanKernel.available {
            let index = try TermIndex([Term(term, tolerance: Tolerance(gaps: 4, fillers: true))], kernel: kernel)
            var buffer = MatchBuffer()
            let bytes = Array(text.utf8)
            bytes.withUnsafeBufferPointer { index.scan($0, into: &buffer) }
            let matches = (0..<buffer.count).map { Int(buffer[$0].start)..<Int(buffer[$0].end) }
            #expect(
                matches.map { String(decoding: bytes[$0], as: UTF8.self) } == (found.map { [$0] } ?? []), "\(kernel)")
        }
    }

    @Test func `a text of nothing but fillers and signs takes no more room than it has places`() throws {
        let index = try TermIndex([Term("小某", tolerance: Tolerance(gaps: 4, fillers: true, sounds: true))])
        var buffer = MatchBuffer()
        let found = Self.scan(index, String(repeating: "某~小-啊", count: 400), &buffer)
        #expect(found.allSatisfy { $0.end - $0.start < 100 })
    }

    /// For texts that ask more than a budget has.
    private static func unboundedBuffer() -> MatchBuffer {
        var buffer = MatchBuffer()
        buffer.budget = .unlimited
        return buffer
    }

    private static func scan(_ index: TermIndex, _ text: String, _ buffer: inout MatchBuffer) -> Set<Found> {
        buffer.removeAll()
        Array(text.utf8).withUnsafeBufferPointer { index.scan($0, into: &buffer) }
        let all = (0..<buffer.count).map { Found(buffer[$0]) }
        #expect(Set(all).count == all.count, "a match is reported once")
        return Set(all)
    }

    /// Exact matches, and what each fuzzy term gives at each place.
    private static func exhaustively(_ index: TermIndex, _ text: String, _ buffer: inout MatchBuffer) -> Set<Found> {
        var all = scan(index, text, &buffer).filter { $0.path == .plain }
        guard let tables = index.fuzzy?.tables else { return all }
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            let scan = FuzzyScan(
                tables, kernel: index.kernel, bytes, buffer.line, &buffer.fuzzyBuffer, budget: .unlimited)
            buffer.words.clear()
            for last in 0..<buffer.line.count {
                if scan.text.isInsideLetters(last) { continue }
                let token = scan.text.token(endingAt: last)
                for term in 0..<tables.count where tables.terms[term].term != FuzzyTerm.none {
                    let match = scan.match(tables.terms[term], endingAt: token, buffer.line, &buffer.words)
                    if let match { all.insert(Found(match)) }
                }
            }
        }
        return all
    }

    private struct Found: Hashable {
        var term: TermID
        var start, end: Int32
        var path: MatchPath
        var score: UInt8

        init(_ match: TermMatch) {
            (term, start, end, path, score) = (match.term, match.start, match.end, match.path, match.score)
        }
    }
}

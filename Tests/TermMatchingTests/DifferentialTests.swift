import ChineseText
import TermMatching
import TestSupport
import Testing

@Suite struct DifferentialTests {
    /// 21,500 for each of 14 alphabets: 301,000 texts, each by every kernel and by the naive matcher.
    static let textsOfAnAlphabet = 21_500

    @Test(arguments: 0..<CaseMaker.alphabets.count)
    func `every kernel, whole and in segments, agrees with the naive matcher`(_ alphabet: Int) throws {
        var cases = CaseMaker(alphabet: alphabet, seed: UInt64(alphabet) + 5)
        var naive = NaiveMatcher()
        var buffer = MatchBuffer(capacity: 16)
        var texts = 0
        while texts < Self.textsOfAnAlphabet {
            let terms = cases.terms()
            let kernels = try EveryKernel(terms)
            naive.look(for: terms)
            for number in 0..<860 {
                let text = cases.text(terms)
                texts += 1
                let expected = naive.scan(text)
                for (kernel, index) in kernels.indexes {
                    let found = index.matches(in: text, with: &buffer)
                    guard found == expected else {
                        Issue.record("\(kernel), \(terms) in \(text): found \(found), expected \(expected)")
                        return
                    }
                }
                guard number % 4 == 0 else { continue }
                let cuts = cases.cuts(text.count)
                let (kernel, index) = kernels.indexes[number / 4 % kernels.indexes.count]
                let found = SegmentedScan.matches(in: text, cutAt: cuts, index, &buffer)
                guard found == expected else {
                    Issue.record(
                        "\(kernel), \(terms) in \(text) cut at \(cuts): found \(found), expected \(expected)")
                    return
                }
            }
        }
    }

    /// Terms for the automaton: many that end alike, and long ones; texts that repeat themselves, longer than a block.
    @Test(arguments: [["a", "b"], ["治", "疗"], ["a", "治", "㎏", "k"]])
    func `many terms that nest agree with the naive matcher`(_ letters: [String]) throws {
        var random = SplitMix64(seed: UInt64(letters.count))
        func run(_ most: Int) -> String {
            let period = (0..<Int.random(in: 1...3, using: &random)).map { _ in letters.randomElement(using: &random)! }
            let length = Int.random(in: 1...most, using: &random)
            return (0..<length).map { period[$0 % period.count] }.joined()
        }
        var naive = NaiveMatcher()
        var buffer = MatchBuffer(capacity: 16)
        for _ in 0..<30 {
            var terms = (0..<Int.random(in: 1...30, using: &random)).map { _ in
                Bool.random(using: &random) ? run(6) : run(3) + run(30)
            }
            if Bool.random(using: &random) { terms += terms.prefix(3) + [letters[0]] }
            let kernels = try EveryKernel(terms)
            naive.look(for: terms)
            for _ in 0..<8 {
                var text: [UInt8] = []
                let length = Bool.random(using: &random) ? 60 : 3600
                while text.count < length {
                    text += run(200).utf8
                    if Int.random(in: 0..<6, using: &random) == 0 { text += "的x\u{200B}".utf8 }
                    if Int.random(in: 0..<40, using: &random) == 0 { text.append(0xE6) }
                }
                let expected = naive.scan(text)
                let cuts = (0..<3).map { _ in Int.random(in: 0...text.count, using: &random) }.sorted()
                for (kernel, index) in kernels.indexes {
                    let found = index.matches(in: text, with: &buffer)
                    let inSegments = SegmentedScan.matches(in: text, cutAt: cuts, index, &buffer)
                    guard found == expected, inSegments == expected else {
                        Issue.record("\(kernel), \(terms) in \(text) cut at \(cuts)")
                        return
                    }
                }
            }
        }
    }

    @Test func `random bytes give no crash, and spans inside the text`() throws {
        var random = SplitMix64(seed: 99)
        let terms = ["a", "\u{0}", "é", "国家", "kg", "😀", "\u{FFFD}", "\u{7F}\u{7F}"]
        let index = try EveryKernel(terms)
        var naive = NaiveMatcher(terms)
        var buffer = MatchBuffer()
        for _ in 0..<3000 {
            // Half of the bytes from the places where UTF-8's rules change.
            let text = (0..<Int.random(in: 0...40, using: &random)).map { _ -> UInt8 in
                let edges: [UInt8] = [
                    0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5,
                ]
                return Bool.random(using: &random) ? edges.randomElement(using: &random)! : random.next()
            }
            #expect(index.matches(in: text, with: &buffer) == naive.scan(text))
            let decoded = text.withUnsafeBufferPointer { FoldedText(utf8: $0) }
            #expect(decoded.text == FoldedText(String(decoding: text, as: UTF8.self)).text)
        }
    }

    @Test func `what a match covers folds to its term`() throws {
        var cases = CaseMaker(alphabet: 1, seed: 3)
        var buffer = MatchBuffer()
        for _ in 0..<100 {
            let terms = cases.terms()
            let index = try TermIndex(terms)
            for _ in 0..<10 {
                let text = cases.text(terms)
                for match in index.matches(in: text, with: &buffer) {
                    let raw = String(decoding: text[Int(match.start)..<Int(match.end)], as: UTF8.self)
                    #expect(
                        FoldedText(raw).text.unicodeScalars.elementsEqual(
                            FoldedText(terms[match.term.index]).text.unicodeScalars))
                }
            }
        }
    }
}

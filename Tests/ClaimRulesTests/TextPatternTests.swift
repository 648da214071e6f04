import ChineseText
import ClaimRules
import TestSupport
import Testing

@Suite struct TextPatternTests {
    @Test(arguments: [
        ("三甲", "3甲"), ("ＡbC", "abc"), ("萬一", "万1"), ("．（", #"\.\("#), ("㎏+", "(?:kg)+"), ("\u{200B}*", "(?:)*"),
        ("[三四]", "[34]"), ("[^三]", "[^3]"), ("[]三]", #"[\]3]"#), ("[三-]", #"[3\-]"#), ("[-三]", #"[\-3]"#),
        ("[A-C]", "[A-Ca-c]"), ("[[:alpha:]三]", "[[:alpha:]3]"),
        (#"[\p{Han}三]"#, #"[\p{Han}3]"#), (#"\p{Han}\d\.三"#, #"\p{Han}\d\.3"#), (#"\x{4E09}三"#, #"\x{4E09}3"#),
        (#"\pN三"#, #"\pN3"#), (#"\x41A"#, #"\x41a"#), ("(三)", "(?:3)"), ("(?P<Who>三)", "(?P<Who>3)"),
        ("(?<Who>三)", "(?P<Who>3)"), ("(?i:三)", "(?i:3)"), ("三{2,3}", "3{2,3}"), ("a{五}", #"a\{5\}"#), ("a{", #"a\{"#),
        ("a{,3}", #"a\{\,3\}"#), ("最.*?好|^顶$", "最.*?好|^顶$"), ("a,b", #"a\,b"#), ("a b", "a b"),
        ("[三-\\x{4E0A}]", "[三-\\x{4E0A}]"),
    ])
    func `letters are folded, and what is no letter is not`(_ source: String, _ folded: String) throws {
        #expect(try TextPattern.read(source, isAlone: false).folded == folded)
    }

    @Test(arguments: [
        ("全国.{0,6}(?:第一|唯一|最)", ["全国"]), ("(?:根治|治好)", ["根治", "治好"]), ("最(?:好|佳)", ["最佳", "最好"]),
        ("最.{0,3}好", ["最"]), ("祛斑|美白.*三天", ["祛斑", "美白"]), ("ABC", ["abc"]), ("三天", ["3天"]),
        ("[一二三]天", ["1天", "2天", "3天"]), (#"\d+天"#, ["天"]), (#"(?:x|y)\d"#, []), (".*", []), (#"\p{Han}+"#, []),
        ("a?", []),
    ])
    func `one of these words must occur`(_ source: String, _ words: [String]) throws {
        #expect(try TextPattern.read(source, isAlone: false).words.sorted() == words.sorted())
    }

    @Test(arguments: [
        ("三甲(?=医院)", TextPatternError.Problem.lookAround("(?="), 3), ("(?!不)治", .lookAround("(?!"), 1),
        ("治(?<=好)", .lookAround("(?<="), 2), ("(?<!不)治好", .lookAround("(?<!"), 1),
        (#"(治)\1"#, .backReference(#"\1"#), 4), (#"(?P<a>治)\k<a>"#, .backReference(#"\k"#), 9),
        ("(?P<a>治)(?P=a)", .backReference("(?P="), 9), (#"治\C"#, .unsupported(#"\C"#), 2),
        ("(?>治)", .unsupported("(?>"), 1),
        (#"\Q治\E"#, .unsupported(#"\Q"#), 1), ("(?x)治", .unsupported("(?x"), 3),
        ("治{101}", .tooManyRepetitions("{101}"), 2), ("治好{1,999999999999}", .tooManyRepetitions("{1,999999999999}"), 3),
        ("(?:(?:治好{100}){100}){100}", .tooManyRepetitions("{100}"), 1 + 8),
        ("(?P<甲>治)", .groupName("甲"), 1), ("(?P<>治)", .groupName(""), 1), ("(?P<a>治)(?P<a>好)", .groupTwice("a"), 9),
        ("治[", .syntax(.bracket, "["), 2), ("(治", .syntax(.parenthesis, "(?:治"), 1),
        ("治)", .syntax(.parenthesis, "治)"), 1),
        ("治好**", .syntax(.nothingToRepeat, "**"), 3), ("*治", .syntax(.nothingToRepeat, "*"), 1),
        (#"治\p{汉}"#, .syntax(.characterClass, #"\p{汉}"#), 2), (#"治好\三"#, .syntax(.escape, #"\三"#), 3),
        (#"治\"#, .syntax(.escape, ""), 1), ("治[b-a]", .syntax(.range, "b-a"), 3),
        ("治[[:han:]]", .syntax(.characterClass, "[:han:]"), 3),
        (".*", .noWord, 1), ("", .noWord, 1), (#"\d{3}"#, .noWord, 1),
        ("治[\u{3400}-\u{10FFFF}]", .classTooWide, 3),
        (String(repeating: "治", count: 501), .tooLong(501), 501),
        ("治(?:" + String(repeating: #"\p{Han}{90}"#, count: 20) + ")", .tooComplex, 1),
    ])
    func `what cannot be is refused where it stands`(
        _ source: String, _ problem: TextPatternError.Problem, _ column: Int
    ) {
        let error = #expect(throws: TextPatternError.self) { try TextPattern.read(source) }
        #expect(error?.problem == problem)
        #expect(error?.column == column)
    }

    @Test func `nine groups are too many, and eight are not`() throws {
        func groups(_ count: Int) -> String { (0..<count).map { "(?P<g\($0)>治)" }.joined() }
        #expect(try TextPattern.read(groups(8)).groups.count == 8)
        let error = #expect(throws: TextPatternError.self) { try TextPattern.read(groups(9)) }
        #expect(error?.problem == .tooManyGroups)
    }

    @Test(arguments: [
        ("全国.{0,6}(?:第一|唯一|最)", "我们是全國销量第一的", ["全國销量第一"]), ("[一二三]甲", "三甲，叁甲，3甲，四甲", ["三甲", "叁甲", "3甲"]),
        ("(?P<who>[一二三]甲)(?P<what>医院|诊所)", "三甲醫院", ["三甲醫院 who=三甲 what=醫院"]),
        ("(?P<a>治)|(?P<b>好)", "治好", ["治 a=治", "好 b=好"]),
        ("治.?好", "治\u{200B}好", ["治\u{200B}好"]), ("5kg", "重5㎏", ["5㎏"]), ("5k", "重5㎏", []), ("g天", "5㎏天", []),
        ("^治", "治治", ["治"]), ("治$", "治治", ["治"]), ("治|治好", "治好", ["治"]), ("(?:治|治好)$", "治好", ["治好"]),
        ("A+", "aＡA", ["aＡA"]), (#"\d+天"#, "三十天, 3天，三天", ["3天", "三天"]),
    ])
    func `a pattern matches folded text, and its places are those of the text`(
        _ source: String, _ text: String, _ found: [String]
    ) throws {
        #expect(try Self.matches(source, Array(text.utf8)) == found)
    }

    @Test func `invalid bytes are in no match`() throws {
        #expect(try Self.matches("治.好", Array("治".utf8) + [0xFF] + Array("好".utf8)) == [])
        #expect(try Self.matches("治[^一]好", Array("治".utf8) + [0xE6, 0xB2] + Array("好".utf8)) == [])
    }

    /// Against the standard library's engine, on texts that are folded already.
    @Test(arguments: UInt64(0)..<40)
    func `matches are those of another engine`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<50 {
            let source = Self.expression(depth: 3, &random)
            let pattern = try TextPattern.read(source, isAlone: false)
            let other = try Regex(pattern.folded).matchingSemantics(.unicodeScalar)
            for _ in 0..<10 {
                let length = Int.random(in: 0...10, using: &random)
                let text = String((0..<length).map { _ in "甲乙丙a1".randomElement(using: &random)! })
                let theirs = text.matches(of: other).filter { !$0.range.isEmpty }.map { String(text[$0.range]) }
                let ours = try Self.matches(source, Array(text.utf8))
                #expect(ours == theirs, "seed \(seed): \(source) in \(text)")
                if !ours.isEmpty, !pattern.words.isEmpty {
                    #expect(pattern.words.contains { text.contains($0) }, "seed \(seed): \(source) in \(text)")
                }
            }
        }
    }

    /// A random expression in which nothing that may be empty is repeated.
    static func expression(depth: Int, _ random: inout SplitMix64) -> String {
        let choice = depth == 0 ? Int.random(in: 0..<3, using: &random) : Int.random(in: 0..<8, using: &random)
        switch choice {
        case 0: return String("甲乙丙a1".randomElement(using: &random)!)
        case 1: return ["[甲乙]", "[^甲]", "[a-c丙]", "[0-3]"].randomElement(using: &random)!
        case 2: return "."
        case 3, 4:
            return expression(depth: depth - 1, &random) + expression(depth: depth - 1, &random)
        case 5:
            return "(?:" + expression(depth: depth - 1, &random) + "|" + expression(depth: depth - 1, &random) + ")"
        case 6:
            let part = ["甲", "[乙丙]", "(?:甲乙)", ".", "(?:丙|a1)"].randomElement(using: &random)!
            return part + ["*", "+", "?", "{2}", "{1,2}", "*?", "+?", "{0,2}"].randomElement(using: &random)!
        default: return "(" + expression(depth: depth - 1, &random) + ")"
        }
    }

    @Test(arguments: UInt64(0)..<20)
    func `any expression is read or refused, and matches within the text`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let pieces = [
            "(", ")", "[", "]", "{", "}", "*", "+", "?", "|", "\\", "^", "$", ".", "-", ",", "(?", "(?P<a>", "(?:",
            "(?i)", "治",
            "三", "㎏", "\u{200B}", "\u{FDFA}", "9", "100", "{9,100}", "\\p{", "\\x{", "[^", "[:", ":]", "\\C", "\u{0}",
            "🇨🇳",
        ]
        let text = Array("我们治好三甲，5㎏🇨🇳\u{200B}三".utf8) + [0xFF, 0xE6]
        for _ in 0..<300 {
            let count = Int.random(in: 1...24, using: &random)
            let source = (0..<count).map { _ in pieces.randomElement(using: &random)! }.joined()
            do throws(TextPatternError) {
                let pattern = try TextPattern.read(source, isAlone: false)
                #expect(pattern.groups.count <= TextPattern.mostGroups)
                _ = try? Self.matches(source, text)
            } catch {
                #expect(error.column >= 1 && error.column <= source.unicodeScalars.count + 1, "seed \(seed): \(source)")
            }
        }
    }

    /// The matches of all of `text`, each with its groups.
    static func matches(_ source: String, _ text: [UInt8]) throws -> [String] {
        let pattern = try TextPattern.read(source, isAlone: false)
        let compiled = try CompiledPatterns([pattern])
        var folded = FoldedBytes()
        text.withUnsafeBufferPointer { folded.fold(0..<text.count, of: $0) }
        var found: [String] = []
        var offsets = [Int32](repeating: -1, count: CompiledPatterns.offsets)
        var from = 0
        while from <= folded.count {
            let isFound = folded.withBytes { bytes in
                offsets.withUnsafeMutableBufferPointer { compiled.match(0, in: bytes, from: from, groups: $0) }
            }
            guard isFound else { break }
            let match = Int(offsets[0])..<Int(offsets[1])
            #expect(match.lowerBound >= from && match.upperBound <= folded.count)
            from = match.isEmpty ? match.upperBound + 1 : match.upperBound
            guard let raw = folded.raw(match) else { continue }
            var row = String(decoding: text[raw], as: UTF8.self)
            for (index, group) in pattern.groups.enumerated() where offsets[2 + 2 * index] >= 0 {
                let range = Int(offsets[2 + 2 * index])..<Int(offsets[3 + 2 * index])
                row += " \(group)=" + String(decoding: text[folded.raw(range) ?? 0..<0], as: UTF8.self)
            }
            found.append(row)
        }
        return found
    }
}

import PatternMatching
import Testing

@Suite struct DifferentialTests {
    /// Alphabets made to collide: few letters, spellings of the same letter, expansions of one another, ignorables.
    static let alphabets: [[String]] = [
        ["a", "b"],
        ["a", "A", "ａ", "𝐚", "ⓐ", "b", "\u{200B}"],
        ["k", "g", "㎏", "㎎", "m", "K", "\u{FE0F}"],
        ["1", "2", "½", "⁄", "①", "⑫", "⒈", ".", "¼", "4"],
        ["国", "國", "家", "级", "級", "\u{AD}", "\u{FEFF}"],
        ["株", "式", "会", "社", "㍿", "㈱", "(", ")", "會"],
        ["f", "i", "ﬁ", "ﬀ", "ﬃ", "l"],
        ["😀", "𝐀", "\u{E0100}", "é", "e", "\u{301}", "\u{FFFD}", "\u{0}"],
    ]
    static let invalid: [[UInt8]] = [
        [0xFF], [0x80], [0xE5, 0x9B], [0xF0, 0x9F, 0x98], [0xED, 0xA0, 0x80], [0xC0, 0x80],
    ]

    @Test(arguments: 0..<alphabets.count)
    func `agrees with the naive matcher`(_ number: Int) throws {
        var random = SplitMix64(seed: UInt64(number) + 5)
        let alphabet = Self.alphabets[number]
        var buffer = MatchBuffer(capacity: 16)
        var cases = 0
        while cases < 2600 {
            let terms = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                Self.word(alphabet, 1...4, &random)
            }.filter { !TermIndex.folded($0).unicodeScalars.isEmpty }
            let index = try EveryKernel(terms)
            for _ in 0..<100 {
                var text: [UInt8] = []
                for _ in 0..<Int.random(in: 0...10, using: &random) {
                    if Int.random(in: 0..<16, using: &random) == 0 {
                        text += Self.invalid.randomElement(using: &random)!
                    } else {
                        text += alphabet.randomElement(using: &random)!.utf8
                    }
                }
                let found = index.matches(in: text, with: &buffer)
                let expected = NaiveMatcher.scan(text, terms)
                guard found == expected else {
                    Issue.record("\(terms) in \(text): found \(found), expected \(expected)")
                    return
                }
                for match in found {
                    let raw = String(decoding: text[Int(match.start)..<Int(match.end)], as: UTF8.self)
                    #expect(
                        TermIndex.folded(raw).unicodeScalars.elementsEqual(
                            TermIndex.folded(terms[Int(match.term)]).unicodeScalars))
                }
                cases += 1
            }
        }
    }

    @Test func `random bytes give no crash, and spans inside the text`() throws {
        var random = SplitMix64(seed: 99)
        let terms = ["a", "\u{0}", "é", "国家", "kg", "😀", "\u{FFFD}", "\u{7F}\u{7F}"]
        let index = try EveryKernel(terms)
        var buffer = MatchBuffer()
        for _ in 0..<3000 {
            // Half of the bytes from the places where UTF-8's rules change.
            let text = (0..<Int.random(in: 0...40, using: &random)).map { _ -> UInt8 in
                let edges: [UInt8] = [
                    0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5,
                ]
                return Bool.random(using: &random) ? edges.randomElement(using: &random)! : random.next()
            }
            #expect(index.matches(in: text, with: &buffer) == NaiveMatcher.scan(text, terms))
            let decoded = text.withUnsafeBufferPointer { FoldedText(utf8: $0) }
            #expect(decoded.text == TermIndex.folded(String(decoding: text, as: UTF8.self)))
        }
    }

    private static func word(_ alphabet: [String], _ lengths: ClosedRange<Int>, _ random: inout SplitMix64) -> String {
        (0..<Int.random(in: lengths, using: &random)).map { _ in alphabet.randomElement(using: &random)! }.joined()
    }
}

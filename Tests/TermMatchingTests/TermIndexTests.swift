import TermMatching
import Testing

@Suite struct TermIndexTests {
    struct Row: CustomTestStringConvertible {
        var terms: [String]
        var text: String
        /// Term index and the raw text it covers, in order.
        var found: [(Int, String)]
        var testDescription: String { "\(terms) in \(text)" }
    }

    @Test(arguments: [
        Row(terms: ["治"], text: "治治", found: [(0, "治"), (0, "治")]),
        Row(terms: ["根治", "治"], text: "能根治", found: [(0, "根治"), (1, "治")]),
        Row(
            terms: ["a", "aa", "aaa"], text: "aaa",
            found: [(0, "a"), (1, "aa"), (0, "a"), (2, "aaa"), (1, "aa"), (0, "a")]),
        Row(terms: ["he", "she", "his", "hers"], text: "ushers", found: [(1, "she"), (0, "he"), (3, "hers")]),
        Row(terms: ["国家", "國家", "国家"], text: "國家", found: [(0, "國家"), (1, "國家"), (2, "國家")]),
        Row(terms: ["糖尿病"], text: "治糖\u{200B}尿\u{FE0F}病\u{200B}", found: [(0, "糖\u{200B}尿\u{FE0F}病")]),
        Row(terms: ["kg"], text: "5㎏", found: [(0, "㎏")]),
        Row(terms: ["k", "g", "5kg", "kg减", "g减"], text: "5㎏减", found: [(2, "5㎏"), (3, "㎏减")]),
        Row(terms: ["第1"], text: "第①第１第𝟏", found: [(0, "第①"), (0, "第１"), (0, "第𝟏")]),
        Row(terms: ["1"], text: "½", found: []),
        Row(terms: ["㎏"], text: "kg ＫＧ", found: [(0, "kg"), (0, "ＫＧ")]),
        Row(terms: ["😀好"], text: "😀\u{200D}好", found: [(0, "😀\u{200D}好")]),
        Row(terms: ["\u{FFFD}"], text: "a\u{FFFD}", found: [(0, "\u{FFFD}")]),
        Row(terms: ["最"], text: "", found: []),
        Row(terms: [], text: "最", found: []),
    ])
    func `finds`(_ row: Row) throws {
        let bytes = Array(row.text.utf8)
        let matches = try EveryKernel(row.terms).matches(in: bytes)
        let found = matches.map { ($0.term.index, String(decoding: bytes[Int($0.start)..<Int($0.end)], as: UTF8.self)) }
        // Compared by bytes: String equality would call é and e + U+0301 the same.
        #expect(found.map { [UInt8($0.0)] + $0.1.utf8 } == row.found.map { [UInt8($0.0)] + $0.1.utf8 })
    }

    @Test func `invalid bytes break a match and are in none`() throws {
        let index = try EveryKernel(["ab", "\u{FFFD}"])
        #expect(index.matches(in: [0x61, 0xFF, 0x62, 0x61, 0x62, 0xE7]) == [TermMatch(term: 0, start: 3, end: 5)])
    }

    @Test func `terms that cannot be found are refused by index`() {
        #expect(throws: TermError(term: 1, reason: .emptyAfterFolding)) { try TermIndex(["a", ""]) }
        #expect(throws: TermError(term: 0, reason: .emptyAfterFolding)) { try TermIndex(["\u{200B}\u{FE0F}"]) }
        let long = String(repeating: "a", count: TermIndex.maxTermBytes + 1)
        #expect(throws: TermError(term: 0, reason: .tooLong(maxBytes: TermIndex.maxTermBytes))) {
            try TermIndex([long])
        }
        #expect(throws: Never.self) { try TermIndex([String(long.dropLast())]) }
    }

    @Test func `a text of expansions only grows the buffer it needs`() throws {
        // U+FDFA takes 3 bytes and folds to 18 scalars.
        let text = String(repeating: "\u{FDFA}", count: 2000)
        #expect(try EveryKernel(["\u{FDFA}"]).matches(in: Array(text.utf8)).count == 2000)
    }

    @Test func `matches are appended to those in the buffer`() throws {
        let index = try TermIndex(["a"])
        var buffer = MatchBuffer()
        for _ in 0..<2 { Array("ba".utf8).withUnsafeBufferPointer { index.scan($0, into: &buffer) } }
        #expect(buffer.count == 2)
    }

    @Test func `a long term is found however often its end repeats`() throws {
        let index = try EveryKernel([
            String(repeating: "a", count: 40), "b" + String(repeating: "a", count: 30),
            String(repeating: "a", count: 17),
            "aa",
        ])
        let text = Array(("b" + String(repeating: "a", count: 50) + "b" + String(repeating: "a", count: 30)).utf8)
        let terms = [
            String(repeating: "a", count: 40), "b" + String(repeating: "a", count: 30),
            String(repeating: "a", count: 17),
            "aa",
        ]
        #expect(index.matches(in: text) == NaiveMatcher.scan(text, terms))
    }

    @Test func `a long term in a text that is not well-formed`() throws {
        let term = String(repeating: "治", count: 20)
        let text = Array(term.utf8) + [0xE6] + Array(term.utf8) + [0x80] + Array(term.utf8)
        let found = try EveryKernel([term]).matches(in: text)
        #expect(found == [0, 61, 122].map { TermMatch(term: 0, start: $0, end: $0 + 60) })
    }
}

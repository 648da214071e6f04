import Testing

@testable import TermMatching

/// Sets too large to have an automaton in any case; they have one if they allow adversarial input.
@Suite struct SuffixOverlapTests {
    /// 5,000 terms of two ideographs, no two of which end alike.
    private static let others = (0..<5000).map {
        String(String.UnicodeScalarView([0x4E00, 0x4E01 + $0].map { .init(UInt32($0))! }))
    }

    @Test(arguments: [
        (["笑哈哈哈"], false), (["笑哈哈哈", "大笑哈哈哈"], true), (["baaa"], true), (["baa"], false), (["7111"], false),
        (["哭哈嘿哈嘿", "笑哈嘿哈嘿", "哭嘿哈嘿哈", "笑嘿哈嘿哈"], true), (["四百余万", "五百余万", "四十余万", "五十余万"], false),
        // A chain of eight suffixes, and one of nine.
        (Self.chain(of: 8), false), (Self.chain(of: 9), true),
    ])
    func `a set has an automaton if suffixes of several terms may overlap in a long chain`(
        terms: [String], has: Bool
    ) throws {
        let index = try TermIndex(Self.others + terms)
        #expect((index.tables.automaton != nil) == has)
    }

    private static func chain(of suffixes: Int) -> [String] {
        let symbols = (0..<suffixes + 2).map { String(Unicode.Scalar(UInt32(0x7000 + $0))!) }
        return (0..<suffixes).flatMap { first in ["甲", "乙"].map { $0 + symbols[first..<first + 3].joined() } }
    }

    @Test func `an adversarial text has the same matches with an automaton`() throws {
        let terms = ["笑哈哈哈", "大笑哈哈哈", "哈哈", "哈哈哈哈哈"]
        let text = Array(("大笑" + String(repeating: "哈", count: 200)).utf8)
        let index = try TermIndex(Self.others + terms)
        var buffer = MatchBuffer()
        let found = index.matches(in: text, with: &buffer).map {
            "\(terms[$0.term.index - Self.others.count]) \($0.start)"
        }
        let expected = try TermIndex(terms).matches(in: text, with: &buffer).map {
            "\(terms[$0.term.index]) \($0.start)"
        }
        #expect(index.tables.automaton != nil)
        #expect(found == expected)
        #expect(found.count == 1 + 1 + 199 + 196)
    }
}

import ChineseText

/// What is searched for on behalf of the terms: each term itself, then its aliases and its spellings in parts.
///
/// A pattern below the number of terms is the term of that number.
struct Patterns: Sendable {
    /// What a match of a pattern means.
    struct Meaning: Sendable {
        var term: TermID
        var path: MatchPath
        var score: UInt8
        /// Where the parts of a split character stand among the symbols, and how many there are; 0 if none is split.
        var firstPart: UInt8 = 0
        var parts: UInt8 = 0
    }

    /// Spellings in parts that one term gives at most.
    static let maxSplitsPerTerm = 64
    static let splitScore: UInt8 = 85
    static let numberScore: UInt8 = 95

    /// The folded scalars of each pattern, later their symbols.
    var symbols = TermSymbols()
    /// The meanings of the patterns behind the terms.
    private(set) var meanings: [Meaning] = []
    let termCount: Int

    init(_ terms: [Term]) throws(TermError) {
        termCount = terms.count
        symbols.reserve(terms: terms.count)
        for (number, term) in terms.enumerated() {
            guard term.text.utf8.count <= TermIndex.maxTermBytes else {
                throw TermError(term: number, reason: .tooLong(maxBytes: TermIndex.maxTermBytes))
            }
            guard append(term.text) else { throw TermError(term: number, reason: .emptyAfterFolding) }
        }
        for (number, term) in terms.enumerated() {
            for alias in term.aliases {
                guard alias.text.utf8.count <= TermIndex.maxTermBytes else {
                    throw TermError(term: number, reason: .tooLong(maxBytes: TermIndex.maxTermBytes))
                }
                guard append(alias.text) else { throw TermError(term: number, reason: .emptyAfterFolding) }
                meanings.append(Meaning(term: TermID(number), path: .alias, score: min(max(alias.score, 1), 100)))
            }
            if term.tolerance.numbers {
                for spelling in NumberSpelling(of: term.text).texts where append(spelling) {
                    meanings.append(Meaning(term: TermID(number), path: .number, score: Self.numberScore))
                }
            }
            if term.tolerance.split { appendSplits(of: number) }
        }
    }

    subscript(pattern: Int32) -> Meaning {
        Int(pattern) < termCount
            ? Meaning(term: TermID(rawValue: pattern), path: .plain, score: 100) : meanings[Int(pattern) - termCount]
    }

    private mutating func append(_ text: String) -> Bool {
        FoldingTable.shared.forEachScalar(of: text) { symbols.append($0) }
        guard symbols.pending > 0 else { return false }
        symbols.endTerm()
        return true
    }

    /// One character in parts at a time; people who split one seldom split its neighbour too.
    private mutating func appendSplits(of term: Int) {
        let scalars = Array(symbols[term])
        var made = 0
        for (place, scalar) in scalars.enumerated() where place < 255 {
            for parts in ComponentTable.shared.sequences(of: scalar) where made < Self.maxSplitsPerTerm {
                for scalar in scalars[..<place] { symbols.append(scalar) }
                for part in parts { symbols.append(part) }
                for scalar in scalars[(place + 1)...] { symbols.append(scalar) }
                symbols.endTerm()
                meanings.append(
                    Meaning(
                        term: TermID(term), path: .split, score: Self.splitScore, firstPart: UInt8(place),
                        parts: UInt8(parts.count)))
                made += 1
            }
        }
    }
}

/// Many terms, found together in one pass over a text, after folding.
///
/// A scan first maps the text to symbols (`SymbolMap`; folding is in the map), then asks of every two neighbours
/// whether they end a term (`SuffixTrie`), which is nearly always answered no by one bit.
///
/// Cost: a table look-up and a bit test per code point, and for the few that pass, a walk back through the trie. The
/// worst case is bounded: no walk is longer than the longest term, so a hostile text costs at most its symbols times
/// the symbols of the longest term, plus the matches reported.
///
/// A match begins and ends at code point borders of the raw text, on code points that are not ignorable. So `1` is not
/// found in ½, which folds to 1⁄2, and `kg` is found in ㎏.
public final class TermIndex: Sendable {
    /// The longest term, in UTF-8 bytes as given.
    public static let maxTermBytes = 1024

    /// The number of terms, counting duplicates.
    public let count: Int

    private let map: SymbolMap
    private let trie: SuffixTrie

    /// - Throws: `TermError` if a term is empty after folding or longer than `maxTermBytes`.
    public init(_ terms: [String]) throws(TermError) {
        var folded: [[UInt32]] = []
        folded.reserveCapacity(terms.count)
        for (index, term) in terms.enumerated() {
            guard term.utf8.count <= Self.maxTermBytes else {
                throw TermError(term: index, reason: .tooLong(maxBytes: Self.maxTermBytes))
            }
            let scalars = FoldedText(term).symbols.compactMap { $0.scalar?.value }
            guard !scalars.isEmpty else { throw TermError(term: index, reason: .emptyAfterFolding) }
            folded.append(scalars)
        }
        // One-symbol terms come first, so that a scan knows them by their number.
        var symbols: [UInt32: UInt32] = [:]
        for term in folded where term.count == 1 && symbols[term[0]] == nil {
            symbols[term[0]] = UInt32(symbols.count + 1)
        }
        let singles = UInt32(symbols.count)
        for term in folded {
            for scalar in term where symbols[scalar] == nil { symbols[scalar] = UInt32(symbols.count + 1) }
        }
        count = terms.count
        map = SymbolMap(symbols)
        trie = SuffixTrie(folded.map { $0.map { symbols[$0]! } }, singles: singles)
    }

    /// Finds every occurrence of every term, overlapping ones too.
    ///
    /// Matches are appended in order of `end`, then `start`, then `term`. Invalid UTF-8 matches nothing and never traps.
    /// Allocates only when `matches` has to grow. A match has 32-bit positions: text beyond 2 GiB is not searched.
    public func scan(_ text: UnsafeBufferPointer<UInt8>, into matches: inout MatchBuffer) {
        guard count > 0, !text.isEmpty else { return }
        let text = UnsafeBufferPointer(rebasing: text.prefix(Int(Int32.max)))
        let used = map.read(text, into: &matches.line)
        let symbols = UnsafePointer(matches.line.symbols)
        let trie = self.trie
        let pairs = UnsafePointer(trie.pairs.words)
        let pairShift = trie.pairs.shift
        let triples = UnsafePointer(trie.triples.words)
        let tripleShift = trie.triples.shift
        let singles = trie.singles
        for index in SymbolLine.leadingZeros..<used {
            let last = symbols[index]
            let pair = SymbolFilter.hash(symbols[index - 1], last)
            let pairBit = pair &>> pairShift
            let isPair = pairs[Int(pairBit &>> 5)] &>> (pairBit & 31) & 1 != 0
            // Zero wraps to the greatest number, so it is no single.
            let isSingle = last &- 1 < singles
            guard isPair || isSingle else { continue }
            if !isSingle {
                let twoBit = pair &>> tripleShift
                let threeBit = SymbolFilter.hash(symbols[index - 2], pair) &>> tripleShift
                let hits =
                    triples[Int(twoBit &>> 5)] &>> (twoBit & 31) | triples[Int(threeBit &>> 5)] &>> (threeBit & 31)
                guard hits & 1 != 0 else { continue }
            }
            walk(back: index, into: &matches)
        }
    }

    /// The text as terms are compared: width, case, compatibility and traditional forms folded, ignorable
    /// code points dropped.
    public static func folded(_ text: String) -> String { FoldedText(text).text }

    /// Reports every term that ends at symbol `last`.
    @inline(never)
    private func walk(back last: Int, into matches: inout MatchBuffer) {
        let end = matches.line.ends[last]
        guard end != 0 else { return }
        let first = matches.count
        var node: UInt32 = 0
        var index = last
        // The leading zeros are in no term, so the walk ends there at the latest.
        while let edge = trie.edge(from: node, along: matches.line.symbols[index]) {
            let start = matches.line.starts[index]
            if edge.output != 0, start != SymbolLine.noStart {
                let list = trie.outputs + Int(edge.output)
                for term in 1...Int(list[0]) {
                    matches.append(TermMatch(term: list[term], start: Int32(start), end: Int32(end)))
                }
            }
            node = edge.node
            index -= 1
        }
        // Found from the latest start and the greatest term on; wanted the other way round.
        if matches.count - first > 1 { matches.reverse(from: first) }
    }
}

/// A term that cannot be searched for.
public struct TermError: Error, Equatable, Sendable {
    public enum Reason: Equatable, Sendable {
        case emptyAfterFolding
        case tooLong(maxBytes: Int)
    }
    /// The index of the term in the collection given.
    public let term: Int
    public let reason: Reason

    public init(term: Int, reason: Reason) {
        self.term = term
        self.reason = reason
    }
}

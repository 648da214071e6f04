/// Tells whether an adversarial text exists for a set: one in which several terms may end at every symbol.
///
/// `SuffixTable` compares the terms that may end at a position, which is cheap while few positions are candidates. A position
/// is one if its last three symbols are those of a term. So these suffixes form a graph, an edge leads from a suffix to each
/// that overlaps it by two symbols, and an adversarial text is a path through the graph:
///
///     terms   baaa, caaa, 四百余万, 五百余万        ends   aaa ─> aaa ─> aaa …        百余万
///
/// The suffix aaa overlaps itself, so in a text of nothing but a each position is a candidate. In a set of 100,000 words of a
/// dictionary the longest path has six suffixes.
///
/// A suffix is three symbols of 21 bits, the last one on top.
struct SuffixOverlapCheck {
    /// Chains up to this length are harmless.
    private static let longestChain = 8
    private static let pairMask: UInt64 = 1 << 42 - 1

    /// The suffixes that several terms share, and all of letters: a text of letters has three times as many symbols as an
    /// ideographic one of the same bytes. (Digits have too, but 110 and 911 end terms of any dictionary.)
    private var suffixes: [UInt64] = []
    private let isLetter: [Bool]

    /// - Parameter isLetter: For each symbol whether it is a letter of ASCII.
    init(isLetter: [Bool]) { self.isLetter = isLetter }

    /// Adds the suffix of some terms.
    ///
    /// - Parameter terms: How many terms, of three symbols or more, have it.
    mutating func append(_ suffix: UInt64, terms: Int) {
        guard suffix & 0x1F_FFFF != 0, terms > 1 || areLetters(suffix) else { return }
        suffixes.append(suffix)
    }

    private func areLetters(_ suffix: UInt64) -> Bool {
        isLetter[Int(suffix >> 42)] && isLetter[Int(suffix >> 21 & 0x1F_FFFF)] && isLetter[Int(suffix & 0x1F_FFFF)]
    }

    /// Whether more suffixes than `longestChain` may overlap, one after the other.
    var allowsAdversarialInput: Bool {
        // Each round keeps the suffixes that still have a successor.
        var left = suffixes
        for _ in 0..<Self.longestChain where !left.isEmpty {
            let beginnings = Set(left.map { $0 & Self.pairMask })
            left.removeAll { !beginnings.contains($0 >> 21) }
        }
        return !left.isEmpty
    }
}

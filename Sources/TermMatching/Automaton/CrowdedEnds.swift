/// Whether a text exists in which terms may end at one symbol after the other, each time several of them.
///
/// `TermTable` compares what may end at a place, which is cheap as long as few places are such. Of a term's end it is the
/// last three symbols that a text must have there. So the ends form a graph, and such a text is a way through it:
///
///     terms   baaa, caaa, 四百余万, 五百余万        ends   aaa ─> aaa ─> aaa …        百余万
///
/// aaa leads to itself, so a text of nothing but a can be one such place after the other. In a set of 100,000 words of a
/// dictionary the longest way has six ends: it leads nowhere, and the next place is an ordinary one.
///
/// Ends are three symbols of 21 bits, the last one on top.
struct CrowdedEnds {
    /// The longest way that is as good as none.
    private static let longestWay = 8
    private static let pairMask: UInt64 = 1 << 42 - 1

    /// The ends that several terms share, and all that are letters: of those a text has three times as many in its bytes.
    /// (Digits too, but 110 and 911 end terms of any dictionary.)
    private var ends: [UInt64] = []
    private let isLetter: [Bool]

    /// - Parameter isLetter: For each symbol whether it is a letter of ASCII.
    init(isLetter: [Bool]) { self.isLetter = isLetter }

    /// Notes an end.
    ///
    /// - Parameter terms: How many terms, of three symbols or more, have it.
    mutating func append(_ end: UInt64, terms: Int) {
        guard end & 0x1F_FFFF != 0, terms > 1 || areLetters(end) else { return }
        ends.append(end)
    }

    private func areLetters(_ end: UInt64) -> Bool {
        isLetter[Int(end >> 42)] && isLetter[Int(end >> 21 & 0x1F_FFFF)] && isLetter[Int(end & 0x1F_FFFF)]
    }

    /// Whether there is a way of more ends than `longestWay`.
    var followOneAnother: Bool {
        // In each round those are left that still have a successor.
        var left = ends
        for _ in 0..<Self.longestWay where !left.isEmpty {
            let beginnings = Set(left.map { $0 & Self.pairMask })
            left.removeAll { !beginnings.contains($0 >> 21) }
        }
        return !left.isEmpty
    }
}

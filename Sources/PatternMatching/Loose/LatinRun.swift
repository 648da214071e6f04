/// A run of Latin letters as syllables: zhiliao is zhi, liao.
///
/// What cannot be cut into syllables to its end is taken as initials if it is short (zl), and as nothing otherwise.
struct LatinRun {
    /// The longest run that is looked at.
    static let maxLetters = 24
    /// The longest run that is taken as initials.
    static let maxInitials = 4

    /// Cuts letters into as few syllables as possible.
    ///
    /// - Parameter body: Called with the first letter, the number of letters and the syllable of each, in order.
    /// - Returns: false if the letters are no syllables; then nothing was called.
    static func forEachSyllable(
        _ letters: UnsafeBufferPointer<UInt8>, _ body: (_ first: Int, _ count: Int, _ syllable: UInt16) -> Void
    ) -> Bool {
        let count = letters.count
        guard count > 0, count <= maxLetters else { return false }
        return withUnsafeTemporaryAllocation(of: Int.self, capacity: 2 * (maxLetters + 1)) { scratch in
            // How many syllables the letters from each place on are, and how long the first is; .max if none.
            let cost = scratch.baseAddress!
            let length = cost + maxLetters + 1
            cost[count] = 0
            for place in stride(from: count - 1, through: 0, by: -1) {
                cost[place] = .max
                length[place] = 0
                for size in stride(from: min(6, count - place), through: 1, by: -1) {
                    guard cost[place + size] != .max, cost[place + size] + 1 < cost[place],
                        SyllableTable.shared.number(
                            named: UnsafeBufferPointer(rebasing: letters[place..<place + size])) != nil
                    else { continue }
                    cost[place] = cost[place + size] + 1
                    length[place] = size
                }
            }
            guard cost[0] != .max else { return false }
            var place = 0
            while place < count {
                let part = UnsafeBufferPointer(rebasing: letters[place..<place + length[place]])
                body(place, part.count, SyllableTable.shared.number(named: part)!.number)
                place += part.count
            }
            return true
        }
    }
}

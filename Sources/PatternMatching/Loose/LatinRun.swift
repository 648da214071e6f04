/// A run of Latin letters as syllables: zhiliao is zhi, liao.
///
/// What cannot be cut into syllables to its end is taken as initials if it is short (zl), and as nothing otherwise.
struct LatinRun {
    /// The longest run that is looked at.
    static let maxLetters = 24
    /// The longest run that is taken as initials.
    static let maxInitials = 4

    private var first = 0
    private var count = 0
    /// For each letter, how many letters the syllable has that ends there; 0 if none does.
    private var lengths = InlineArray<24, UInt8>(repeating: 0)
    /// The syllable, or the letter from 0.
    private var values = InlineArray<24, UInt16>(repeating: 0)
    private var isSyllables = false

    /// No run at all.
    init() {}

    /// - Parameter letter: The letters by number, small ASCII letters.
    init(first: Int, count: Int, letter: (Int) -> UInt8) {
        self.first = first
        self.count = count
        guard count <= Self.maxLetters else { return }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.maxLetters) { letters in
            for place in 0..<count { letters[place] = letter(place) }
            let run = UnsafeBufferPointer(rebasing: letters[..<count])
            isSyllables = Self.forEachSyllable(run) { place, size, syllable in
                lengths[place + size - 1] = UInt8(size)
                values[place + size - 1] = syllable
            }
            guard !isSyllables, count <= Self.maxInitials else { return }
            for place in 0..<count {
                lengths[place] = 1
                values[place] = UInt16(letters[place]) - 0x61
            }
        }
    }

    /// Forgets the run, for another text.
    mutating func forget() { count = 0 }

    func contains(_ entry: Int) -> Bool { entry >= first && entry < first + count }

    /// nil if no syllable or initial ends at the entry.
    func token(endingAt entry: Int) -> LooseReading.Token? {
        guard count <= Self.maxLetters, contains(entry), lengths[entry - first] > 0 else { return nil }
        let length = Int(lengths[entry - first])
        return LooseReading.Token(
            entry: entry + 1 - length, count: length, kind: isSyllables ? .syllable : .initial,
            value: values[entry - first])
    }

    /// Cuts letters into as few syllables as possible.
    ///
    /// - Parameter body: Called with the first letter, the number of letters and the syllable of each, in order.
    /// - Returns: false if the letters are no syllables; then nothing was called.
    static func forEachSyllable(
        _ letters: UnsafeBufferPointer<UInt8>, _ body: (_ first: Int, _ count: Int, _ syllable: UInt16) -> Void
    ) -> Bool {
        let count = letters.count
        guard count > 0, count <= maxLetters else { return false }
        // How many syllables the letters from each place on are, and how long the first is; .max if none.
        var cost = InlineArray<25, UInt8>(repeating: .max)
        var length = InlineArray<25, UInt8>(repeating: 0)
        cost[count] = 0
        for place in stride(from: count - 1, through: 0, by: -1) {
            for size in stride(from: min(6, count - place), through: 1, by: -1) {
                guard cost[place + size] != .max, cost[place + size] + 1 < cost[place],
                    SyllableTable.shared.number(
                        named: UnsafeBufferPointer(rebasing: letters[place..<place + size])) != nil
                else { continue }
                cost[place] = cost[place + size] + 1
                length[place] = UInt8(size)
            }
        }
        guard cost[0] != .max else { return false }
        var place = 0
        while place < count {
            let part = UnsafeBufferPointer(rebasing: letters[place..<place + Int(length[place])])
            body(place, part.count, SyllableTable.shared.number(named: part)!.number)
            place += part.count
        }
        return true
    }
}

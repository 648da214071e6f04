import ChineseText

/// A run of Latin letters as syllables: zhiliao is zhi, liao.
///
/// What cannot be cut into syllables to its end is taken as initials if it is short (zl), and as nothing otherwise.
enum LatinRun {
    /// The longest run that is looked at.
    static let maxLetters = 24
    /// Letters of the longest syllable: zhuang.
    private static let maxSyllable = 6
    /// The longest run that is taken as initials.
    static let maxInitials = 4

    /// What ends with a letter.
    struct Letter {
        /// How many letters the syllable or initial has that ends here; 0 if none does.
        var length: UInt8
        var isSyllable = false
        /// The syllable, or the letter from 0.
        var value: UInt16 = 0

        static let none = Letter(length: 0)
    }

    /// For each letter, those that may stand behind it in syllables side by side; most English words have others.
    private static let followers: InlineArray<26, UInt32> = {
        var followers = InlineArray<26, UInt32>(repeating: 0)
        var (first, last): (UInt32, UInt32) = (0, 0)
        for number in 0..<UInt16(SyllableTable.shared.count) {
            let name = SyllableTable.shared.name(of: Syllable(number: number)).utf8.map { Int($0) - 0x61 }
            first |= 1 << UInt32(name.first!)
            last |= 1 << UInt32(name.last!)
            for (letter, next) in zip(name, name.dropFirst()) { followers[letter] |= 1 << UInt32(next) }
        }
        for letter in 0..<26 where last >> UInt32(letter) & 1 != 0 { followers[letter] |= first }
        // lue and nue are written for lve and nve.
        followers[0x75 - 0x61] |= 1 << (0x65 - 0x61)
        return followers
    }()

    /// Whether each two letters side by side may be in syllables.
    private static func mayBeSyllables(_ letters: UnsafeBufferPointer<UInt8>) -> Bool {
        for place in 1..<max(letters.count, 1) {
            let next = UInt32(letters[place]) - 0x61
            if followers[Int(letters[place - 1]) - 0x61] >> next & 1 == 0 { return false }
        }
        return true
    }

    /// Reads a run, or more letters of a longer one than is looked at.
    ///
    /// - Parameters:
    ///   - letters: Where to write what ends with each of them.
    ///   - letter: The letters by number, small ASCII letters.
    static func read(_ letters: UnsafeMutableBufferPointer<Letter>, letter: (Int) -> UInt8) {
        letters.update(repeating: .none)
        let count = letters.count
        guard count <= maxLetters else { return }
        if count == 1 { return letters[0] = read(letter(0)) }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: maxLetters) { names in
            for place in 0..<count { names[place] = letter(place) }
            let run = UnsafeBufferPointer(rebasing: names[..<count])
            let isSyllables =
                mayBeSyllables(run)
                && forEachSyllable(run) { place, size, syllable in
                    letters[place + size - 1] = Letter(length: UInt8(size), isSyllable: true, value: syllable)
                }
            guard !isSyllables, count <= maxInitials else { return }
            for place in 0..<count { letters[place] = Letter(length: 1, value: UInt16(names[place]) - 0x61) }
        }
    }

    /// What a letter is that stands alone.
    private static func read(_ letter: UInt8) -> Letter {
        if let syllable = SyllableTable.shared.number(spelled: UInt64(letter) << 56) {
            return Letter(length: 1, isSyllable: true, value: syllable.number)
        }
        return Letter(length: 1, value: UInt16(letter) - 0x61)
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
        if count <= maxSyllable, let syllable = SyllableTable.shared.number(named: letters) {
            body(0, count, syllable.number)
            return true
        }
        // How many syllables the letters from each place on are, and how long the first is; .max if none.
        var cost = InlineArray<25, UInt8>(repeating: .max)
        var length = InlineArray<25, UInt8>(repeating: 0)
        cost[count] = 0
        // The six letters from a place on, the first highest.
        var ahead: UInt64 = 0
        for place in stride(from: count - 1, through: 0, by: -1) {
            ahead = (ahead >> 8 | UInt64(letters[place]) << 56) & ~0xFFFF
            for size in stride(from: min(maxSyllable, count - place), through: 1, by: -1) {
                guard cost[place + size] != .max, cost[place + size] + 1 < cost[place],
                    SyllableTable.shared.number(spelled: ahead & ~0 << UInt64(64 - 8 * size)) != nil
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

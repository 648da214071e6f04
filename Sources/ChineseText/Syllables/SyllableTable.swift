/// A toneless Mandarin syllable, such as `zhi` or `lv`.
public struct Syllable: Hashable, Sendable {
    /// Its place in the alphabetical list of all syllables, from 0 to `SyllableTable.shared.count - 1`.
    public var number: UInt16

    @inlinable public init(number: UInt16) { self.number = number }
}

/// How each character is read, and the syllables by name.
///
/// All readings of a character count, because speech recognition and people in disguise choose any of them (行 is
/// `xing`, `hang`, `heng`). The usual one comes first: by frequency where Unihan counted it, else the customary one.
/// ü is v, as keyboards have it. Readings without a vowel are spelled as people type them: 嗯 is `en`, 呣 `mu`.
///
///     code point ─ high 13 bits ─> page number ─┐
///                └ low 8 bits ───────────────────┴─> entry: offset in `pool` in bits 4 to 31, count in bits 0 to 3
///     pool      0, 1, 2 … 420 (a character with one reading needs no more), then the lists of several
///
/// Traditional and rare characters have their readings too, 41,900 in all. The digits 0 to 9 are read as numerals,
/// because folding makes digits of them. Other Latin letters, and what folds to something else, have none: look up what
/// a text says, folded or not.
///
/// Decoded once, on first use, from 150 kB in `SyllableData`. Some 400 kB.
///
/// Unchecked, because the memory is written by `init` alone and only read afterwards.
public final class SyllableTable: @unchecked Sendable {
    public static let shared = SyllableTable()

    /// The number of syllables.
    public let count = SyllableData.syllableCount

    @usableFromInline let pageNumbers: UnsafeMutablePointer<UInt16>
    @usableFromInline let entries: UnsafeMutablePointer<UInt32>
    @usableFromInline let pool: UnsafeMutablePointer<UInt16>
    /// The names as numbers in ascending order, first letter highest.
    @usableFromInline let keys: [UInt64]
    /// The number of the name that is hashed to each slot.
    @usableFromInline let numbers: [UInt16]
    /// The initial and the final of each syllable, as `SoundConfusions` merges them.
    private let sounds: [Sound]

    private static let pageCount = 0x1100

    private init() {
        keys = Self.readNames()
        sounds = keys.map(Sound.init)
        var numbers = [UInt16](repeating: Self.noNumber, count: Self.slotCount)
        for (number, key) in keys.enumerated() {
            var slot = Self.slot(key)
            while numbers[slot] != Self.noNumber { slot = (slot + 1) & (Self.slotCount - 1) }
            numbers[slot] = UInt16(number)
        }
        self.numbers = numbers
        pageNumbers = .allocate(capacity: Self.pageCount)
        pageNumbers.initialize(repeating: 0, count: Self.pageCount)
        // The pool holds less than all readings and the syllables themselves.
        pool = .allocate(capacity: SyllableData.readingCount + SyllableData.syllableCount)
        for number in 0..<SyllableData.syllableCount { (pool + number).initialize(to: UInt16(number)) }
        var used = SyllableData.syllableCount
        var entries = [UInt32](repeating: 0, count: 256)
        var packed = PackedNumbers(SyllableData.records)
        var codePoint = -1
        for _ in 0..<SyllableData.recordCount {
            let head = packed.digit()
            let skipped = head >> 3 < 7 ? head >> 3 : 7 + packed.number()
            let readings = head & 7 != 0 ? head & 7 : packed.number()
            codePoint += 1 + skipped
            let first = used
            for _ in 0..<readings {
                let low = packed.digit()
                (pool + used).initialize(to: UInt16(low | packed.digit() << 6))
                used += 1
            }
            var entry = UInt32(first) << 4 | UInt32(readings)
            if readings == 1 {
                used = first
                entry = UInt32(pool[first]) << 4 | 1
            }
            let page = codePoint >> 8
            if pageNumbers[page] == 0 {
                pageNumbers[page] = UInt16(entries.count >> 8)
                entries.append(contentsOf: repeatElement(0, count: 256))
            }
            entries[Int(pageNumbers[page]) << 8 | codePoint & 0xFF] = entry
        }
        self.entries = .allocate(capacity: entries.count)
        self.entries.initialize(from: entries, count: entries.count)
    }

    deinit {
        pageNumbers.deallocate()
        entries.deallocate()
        pool.deallocate()
    }

    /// The numbers of the syllables a code point is read as, the usual one first; empty if it has no reading.
    ///
    /// Each number is there once. The memory lives as long as the program, if the table is the shared one.
    /// - Precondition: `codePoint` is below 0x110000.
    @inlinable public func readings(of codePoint: UInt32) -> UnsafeBufferPointer<UInt16> {
        precondition(codePoint < 0x110000)
        let entry = entries[Int(pageNumbers[Int(codePoint >> 8)]) << 8 | Int(codePoint & 0xFF)]
        return UnsafeBufferPointer(start: pool + Int(entry >> 4), count: Int(entry & 15))
    }

    /// Every code point that has readings, in ascending order.
    public func forEachRead(_ body: (_ codePoint: UInt32, _ readings: UnsafeBufferPointer<UInt16>) -> Void) {
        for page in 0..<UInt32(Self.pageCount) where pageNumbers[Int(page)] != 0 {
            for codePoint in page << 8..<(page + 1) << 8 {
                let readings = readings(of: codePoint)
                if !readings.isEmpty { body(codePoint, readings) }
            }
        }
    }

    public func name(of syllable: Syllable) -> String {
        let key = keys[Int(syllable.number)]
        let letters = stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: key >> UInt64($0)) }
        return String(decoding: letters.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// The first Latin letter of the name: `z` for `zhi`.
    @inlinable public func initial(of syllable: Syllable) -> UInt8 {
        UInt8(truncatingIfNeeded: keys[Int(syllable.number)] >> 56)
    }

    /// The syllable written with these letters, all of them; nil if there is none.
    ///
    /// - Parameter letters: Small ASCII letters. `lue` and `nue` are taken for `lve` and `nve`; both are written.
    public func number(named letters: UnsafeBufferPointer<UInt8>) -> Syllable? {
        letters.isEmpty || letters.count > 6 ? nil : number(spelled: Self.key(letters))
    }

    /// The same of up to six letters as one number (`key`).
    @inlinable @inline(__always)
    public func number(spelled letters: UInt64) -> Syllable? {
        // lue, nue: lve, nve
        let key = letters == 0x6C75_6500_0000_0000 || letters == 0x6E75_6500_0000_0000 ? letters + (1 << 48) : letters
        var slot = Self.slot(key)
        while numbers[slot] != Self.noNumber {
            let number = numbers[slot]
            if keys[Int(number)] == key { return Syllable(number: number) }
            slot = (slot + 1) & (Self.slotCount - 1)
        }
        return nil
    }

    @inlinable static var slotCount: Int { 2048 }
    @inlinable static var noNumber: UInt16 { .max }
    @inlinable static func slot(_ key: UInt64) -> Int { Int((key &* 0x9E37_79B9_7F4A_7C15) >> 53) }

    /// The least syllable of those that sound like this one if the confusions are made, in any combination.
    ///
    /// Two syllables are confused exactly if their canonical syllables are equal. Walks the syllables: for one
    /// question.
    public func canonical(_ syllable: Syllable, under confusions: SoundConfusions) -> Syllable {
        let wanted = confusions.merge(sounds[Int(syllable.number)])
        // There is always one: the syllable itself.
        return Syllable(number: UInt16(sounds.firstIndex { confusions.merge($0) == wanted }!))
    }

    /// The canonical syllable of each syllable, by number: for building a map of all.
    public func canonicalNumbers(under confusions: SoundConfusions) -> [UInt16] {
        var least: [Sound: UInt16] = [:]
        return sounds.enumerated().map { number, sound in
            let merged = confusions.merge(sound)
            if let known = least[merged] { return known }
            least[merged] = UInt16(number)
            return UInt16(number)
        }
    }

    private static func readNames() -> [UInt64] {
        let names = SyllableData.names
        return UnsafeBufferPointer(start: names.utf8Start, count: names.utf8CodeUnitCount)
            .split(separator: 0x20).map { key($0) }
    }

    /// Up to eight letters as one number, the first letter highest.
    static func key(_ letters: some Sequence<UInt8>) -> UInt64 {
        var key: UInt64 = 0
        var shift: UInt64 = 56
        for letter in letters {
            key |= UInt64(letter) << shift
            shift = shift &- 8
        }
        return key
    }

    static func key(_ letters: StaticString) -> UInt64 {
        key(UnsafeBufferPointer(start: letters.utf8Start, count: letters.utf8CodeUnitCount))
    }
}

import CTermScan
import ChineseText

/// Terms of two symbols by the keys of both.
///
///     bits     512 rows of 512: whether the key of a column may stand before that of a row; 32 KiB
///     slots    (before, last) ─> where their terms stand in `lists`, and how many they are
///
/// A view of memory; `FuzzyTables` owns it.
struct PairTable {
    private struct Slot {
        /// `key` of the two; 0 if the slot is free.
        var key: UInt32 = 0
        var first: UInt32 = 0
        var count: UInt32 = 0
    }

    struct Builder {
        fileprivate var lists: [UInt32: [Int32]] = [:]

        /// The keys of all terms.
        var keys: GroupPairs.Keys {
            lists.keys.reduce(into: .init()) { $0.add(before: [Int($1 >> 16)], last: [Int($1 & 0xFFFF)]) }
        }

        /// Adds a term.
        mutating func add(_ term: Int32, _ before: Int, _ last: Int) {
            lists[PairTable.key(before, last), default: []].append(term)
        }
    }

    private let bits: UnsafeMutablePointer<UInt32>
    private let slots: UnsafeMutablePointer<Slot>
    private let slotMask: UInt32
    private let lists: UnsafeMutablePointer<Int32>
    let byteCount: Int
    private static let bitWords = 512 * 16

    init(_ builder: Builder) {
        bits = .allocate(capacity: Self.bitWords)
        bits.initialize(repeating: 0, count: Self.bitWords)
        var slotCount = 16
        while slotCount < builder.lists.count * 2 { slotCount *= 2 }
        slots = .allocate(capacity: slotCount)
        slots.initialize(repeating: Slot(), count: slotCount)
        slotMask = UInt32(slotCount - 1)
        let count = builder.lists.values.reduce(0) { $0 + $1.count }
        lists = .allocate(capacity: max(count, 1))
        byteCount = Self.bitWords * 4 + slotCount * MemoryLayout<Slot>.stride + count * 4
        var first = 0
        // In order, so that the same terms always give the same table.
        for key in builder.lists.keys.sorted() {
            let list = builder.lists[key]!
            let (before, last) = (Int(key >> 16), Int(key & 0xFFFF))
            bits[last << 4 | before >> 5] |= 1 << UInt32(before & 31)
            var slot = Self.hash(key) & slotMask
            while slots[Int(slot)].key != 0 { slot = (slot + 1) & slotMask }
            slots[Int(slot)] = Slot(key: key, first: UInt32(first), count: UInt32(list.count))
            (lists + first).initialize(from: list, count: list.count)
            first += list.count
        }
    }

    func deallocate() {
        bits.deallocate()
        slots.deallocate()
        lists.deallocate()
    }

    private static func key(_ before: Int, _ last: Int) -> UInt32 { UInt32(before << 16 | last) }

    @inline(__always)
    private static func hash(_ key: UInt32) -> UInt32 {
        let product = key &* 0x9E37_79B1
        return product ^ product >> 15
    }

    /// Whether a term has these two keys.
    @inline(__always)
    func contains(_ before: Int, _ last: Int) -> Bool {
        bits[last << 4 | before >> 5] >> UInt32(before & 31) & 1 != 0
    }

    /// The terms with these two keys, below 512.
    @inline(__always)
    func terms(_ before: Int, _ last: Int) -> UnsafeBufferPointer<Int32> {
        let key = Self.key(before, last)
        var slot = Self.hash(key) & slotMask
        while slots[Int(slot)].key != key {
            if slots[Int(slot)].key == 0 { return UnsafeBufferPointer(start: nil, count: 0) }
            slot = (slot + 1) & slotMask
        }
        return UnsafeBufferPointer(start: lists + Int(slots[Int(slot)].first), count: Int(slots[Int(slot)].count))
    }

    /// Every two keys of terms, with these.
    func forEach(_ body: (_ before: Int, _ last: Int, _ terms: UnsafeBufferPointer<Int32>) -> Void) {
        for slot in UnsafeBufferPointer(start: slots, count: Int(slotMask) + 1) where slot.key != 0 {
            body(
                Int(slot.key >> 16), Int(slot.key & 0xFFFF),
                UnsafeBufferPointer(start: lists + Int(slot.first), count: Int(slot.count)))
        }
    }
}

/// Two characters side by side that sound like a term of two and never mean one: a word of the list, or two common words.
///
/// Such are three of five that the bits of `PairTable` let through. What is not here is not therefore meant.
/// A view of memory; `FuzzyTables` owns it.
struct DeadPairs {
    private struct Character {
        let scalar: UInt32
        let isCommon: Bool
    }

    private let slots: UnsafeMutablePointer<UInt32>
    private let shift: UInt32
    let byteCount: Int

    init(_ pairs: PairTable, of fuzzy: UnsafeMutablePointer<FuzzyTerm>, _ keys: MatchKeys) {
        let words = WordList.shared
        // A sound has some dozens of characters: so the way from the pairs to the words is shorter than the other.
        var byKey = [[Character]](repeating: [], count: MatchKeys.firstInitial)
        for (scalar, frequency) in WordList.characters where scalar < 0x10000 {
            guard let key = keys.usualKey(of: scalar) else { continue }
            byKey[key].append(Character(scalar: scalar, isCommon: frequency >= ContextCheck.commonFrequency))
        }
        var dead: Set<UInt32> = []
        pairs.forEach { before, last, terms in
            let isDeadIfCommon = terms.allSatisfy {
                fuzzy[Int($0)].tolerance.leastScore > ContextCheck.scoreOfCommonTwo
            }
            for first in byKey[before] {
                for second in byKey[last]
                where isDeadIfCommon && first.isCommon && second.isCommon || words.isWord(first.scalar, second.scalar) {
                    dead.insert(first.scalar << 16 | second.scalar)
                }
            }
        }
        var bits: UInt32 = 4
        while 1 << bits < dead.count * 2 { bits += 1 }
        shift = 32 - bits
        slots = .allocate(capacity: 1 << bits)
        slots.initialize(repeating: 0, count: 1 << bits)
        byteCount = 4 << bits
        for pair in dead.sorted() {
            var slot = Int((pair &* 0x9E37_79B1) >> shift)
            while slots[slot] != 0 { slot = (slot + 1) & (1 << bits - 1) }
            slots[slot] = pair
        }
    }

    func deallocate() { slots.deallocate() }

    /// - Parameters: Code points of the basic plane, as they stand in the text.
    @inline(__always)
    func contains(_ first: UInt32, _ second: UInt32) -> Bool {
        let pair = first << 16 | second
        let mask = 1 << (32 - shift) - 1
        var slot = Int((pair &* 0x9E37_79B1) >> shift)
        while slots[slot] != 0 {
            if slots[slot] == pair { return true }
            slot = (slot + 1) & Int(mask)
        }
        return false
    }
}

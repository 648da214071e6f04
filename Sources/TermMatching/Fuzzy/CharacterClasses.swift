import CTermScan
import ChineseText

/// What each code point is to a set of fuzzy terms: its class, and what of it may be skipped.
///
/// A class is a set of match keys: all readings of a character, and the character itself if a term wants just that. So one
/// look-up answers for all readings. There are some 3,500, a cache line each, and a few hundred cover nearly all text.
///
///     0                     what no term wants
///     sets of readings      those of `BasicPlane`
///     syllables, initials   what letters are read as
///     symbols               a character that a term wants as itself, with its readings
///
/// A view of memory; `FuzzyTables` owns it.
struct CharacterClasses {
    /// 0x10000 entries, as `fuzzy_tables` has them.
    let map: UnsafeMutablePointer<UInt32>
    let classes: UnsafeMutablePointer<fuzzy_class>
    let signatures: UnsafeMutablePointer<UInt32>
    /// Where the keys of each class begin in `keys`, and behind the last class their end.
    private let firstKeys: UnsafeMutablePointer<UInt32>
    private let keys: UnsafeMutablePointer<UInt16>
    private let keyCount: Int
    private let firstSyllable: Int
    private let firstInitial: Int
    let count: Int
    /// By `ReadingGroups` the match key of the usual reading; 0 if it has none.
    let usualKeys: UnsafeMutablePointer<UInt16>
    private static let most = Int(FUZZY_CLASS_MASK) + 1

    /// - Parameters:
    ///   - buckets: For each key and depth, what buckets want it there.
    ///   - skipsSigns: Whether a term tolerates gaps.
    ///   - skipsFillers: Whether a term tolerates fillers.
    init(_ buckets: BucketMasks, _ matchKeys: MatchKeys, skipsSigns: Bool, skipsFillers: Bool) {
        let plane = BasicPlane.shared
        var lists: [[Int]] = plane.readings.map { Self.unique($0.map(matchKeys.key(ofSyllable:))) }
        firstSyllable = lists.count
        lists += (0..<UInt16(SyllableTable.shared.count)).map { [matchKeys.key(ofSyllable: $0)] }
        firstInitial = lists.count
        lists += (UInt8(0x61)...0x7A).map { letter in
            [MatchKeys.key(ofInitial: letter)] + (matchKeys.symbols[UInt32(letter)].map { [$0] } ?? [])
        }
        let groups = ReadingGroups.shared
        // Letters of a run that is neither syllables nor initials, and other characters that a term wants as themselves.
        var ofSymbol: [UInt16: UInt32] = [:]
        let firstSymbol = lists.count
        for (symbol, key) in matchKeys.symbols.sorted(by: { $0.value < $1.value }) where symbol < 0x10000 {
            let readings = SyllableTable.shared.readings(of: symbol).map(matchKeys.key(ofSyllable:))
            // More than an entry tells apart share a class, which lets more through.
            let number = lists.count < Self.most ? lists.count : firstSymbol + key % (Self.most - firstSymbol)
            ofSymbol[UInt16(symbol)] = UInt32(number)
            if number == lists.count { lists.append([]) }
            lists[number] = Self.unique(lists[number] + readings + [key])
        }
        count = lists.count
        let map = UnsafeMutablePointer<UInt32>.allocate(capacity: 0x10000)
        self.map = map
        for (codePoint, character) in plane.characters.enumerated() {
            let number = ofSymbol[character.folded] ?? UInt32(character.readings)
            let group =
                ofSymbol[character.folded] == nil
                ? groups.ofReadings[Int(character.readings)]
                : groups.ofSymbol(usual: plane.readings[Int(character.readings)].first)
            var entry = number | UInt32(group) << UInt32(FUZZY_GROUP_SHIFT)
            switch character.kind {
            case .none: entry = 0
            case .character: break
            // What it stands for depends on the letters beside it.
            case .letter: entry = entry & FUZZY_CLASS_MASK | FUZZY_LETTER
            case .sign: if skipsSigns { entry |= FUZZY_SIGN | FUZZY_SKIPPABLE }
            case .ignorable: entry = skipsSigns ? FUZZY_SIGN | FUZZY_SKIPPABLE : 0
            case .filler: if skipsFillers { entry |= Self.flags(ofFiller: UInt32(character.folded)) }
            }
            map[codePoint] = entry
        }
        usualKeys = .allocate(capacity: ReadingGroups.count)
        for (group, usual) in groups.usual.enumerated() {
            (usualKeys + group).initialize(to: usual.map { UInt16(matchKeys.key(ofSyllable: $0)) } ?? 0)
        }
        // Beyond the basic plane: emoji, nearly always.
        map[0] = skipsSigns ? FUZZY_SIGN | FUZZY_SKIPPABLE : 0
        // Each in one cache line.
        classes = UnsafeMutableRawPointer.allocate(
            byteCount: lists.count * MemoryLayout<fuzzy_class>.stride, alignment: 64
        ).bindMemory(to: fuzzy_class.self, capacity: lists.count)
        signatures = .allocate(capacity: lists.count)
        let wildcards = Set(Fillers.masking.map { map[Int($0)] & FUZZY_CLASS_MASK })
        for (number, list) in lists.enumerated() {
            let isWildcard = skipsFillers && wildcards.contains(UInt32(number))
            classes[number] = buckets.masks(of: list, isWildcard: isWildcard)
            signatures[number] = Signature.of(list) | (isWildcard ? FUZZY_SIGNATURE_WILDCARD : 0)
        }
        keyCount = lists.reduce(0) { $0 + $1.count }
        keys = .allocate(capacity: keyCount)
        firstKeys = .allocate(capacity: lists.count + 1)
        var key = 0
        for (number, list) in lists.enumerated() {
            firstKeys[number] = UInt32(key)
            // Keys of symbols are not asked for, and need not fit.
            for one in list {
                keys[key] = UInt16(clamping: one)
                key += 1
            }
        }
        firstKeys[lists.count] = UInt32(key)
    }

    func deallocate() {
        map.deallocate()
        usualKeys.deallocate()
        classes.deallocate()
        signatures.deallocate()
        firstKeys.deallocate()
        keys.deallocate()
    }

    var byteCount: Int {
        0x10000 * 4 + ReadingGroups.count * 2 + count * (MemoryLayout<fuzzy_class>.stride + 8) + keyCount * 2
    }

    /// The keys of a class.
    @inline(__always)
    func keys(of number: UInt32) -> UnsafeBufferPointer<UInt16> {
        let first = Int(firstKeys[Int(number)])
        return UnsafeBufferPointer(start: keys + first, count: Int(firstKeys[Int(number) + 1]) - first)
    }

    /// The class of a syllable written in letters.
    func syllable(_ number: UInt16) -> UInt32 { UInt32(firstSyllable) + UInt32(number) }

    /// The class of a letter that may stand for a syllable.
    ///
    /// - Parameter letter: From 0 to 25.
    func initial(_ letter: UInt16) -> UInt32 { UInt32(firstInitial) + UInt32(letter) }

    private static func flags(ofFiller scalar: UInt32) -> UInt32 {
        var flags: UInt32 = 0
        if Fillers.single.contains(scalar) { flags |= FUZZY_SKIPPABLE }
        if Fillers.masking.contains(scalar) { flags |= FUZZY_WILDCARD | FUZZY_SKIPPABLE }
        if Fillers.double[scalar] != nil { flags |= FUZZY_FIRST_HALF }
        if Fillers.double.values.contains(scalar) { flags |= FUZZY_SECOND_HALF }
        return flags
    }

    private static func unique(_ keys: [Int]) -> [Int] {
        keys.enumerated().filter { keys.firstIndex(of: $0.element) == $0.offset }.map(\.element)
    }
}

/// Sets of match keys as bits of their hashes: two sets that have a key in common have a bit in common.
enum Signature {
    /// Initials have bits of their own: every term by sound has some.
    private static let bitsOfInitials = 6
    private static let bitsOfOthers = 24

    static func of(_ keys: [Int]) -> UInt32 {
        keys.reduce(0) { signature, key in
            let isInitial = key >= MatchKeys.firstInitial && key < MatchKeys.firstSymbol
            return signature | 1 << UInt32(isInitial ? bitsOfOthers + key % bitsOfInitials : key % bitsOfOthers)
        }
    }
}

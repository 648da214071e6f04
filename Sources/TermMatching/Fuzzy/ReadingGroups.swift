import CTermScan
import ChineseText

/// Sets of readings, as few groups as a table of all pairs has room for.
///
///     for each syllable    the characters that are read only so
///                          others that are usually read so, and symbols that stand for themselves
///     the rest             a set of several readings each, those that are seen most
///
/// All of a group have the same usual reading. Groups have numbers by how often they are seen, so that what is asked of most
/// pairs lies together; 0 is what no term has. Made once.
struct ReadingGroups: Sendable {
    static let shared = ReadingGroups()

    /// The group of each set of readings of `BasicPlane`.
    let ofReadings: [UInt16]
    /// The usual syllable of each group; nil if it has none.
    let usual: [UInt16?]
    /// By syllable, the group of symbols that are usually read so, and that of those that are not read.
    private let ofSymbols: [UInt16]
    private let ofUnread: UInt16

    static let count = Int(FUZZY_GROUPS)

    private init() {
        let syllables = SyllableTable.shared.count
        let plane = BasicPlane.shared
        var seen = [UInt64](repeating: 0, count: plane.readings.count)
        for (codePoint, character) in plane.characters.enumerated() where character.readings != 0 {
            guard Int(character.folded) == codePoint else { continue }
            seen[Int(character.readings)] += withUnsafePointer(to: UInt32(codePoint)) {
                UInt64(WordList.shared.frequency(of: UnsafeBufferPointer(start: $0, count: 1)))
            }
        }
        // Each group has a usual reading and how often it is seen; first by syllable, then their others, then sets.
        var groups = (0..<2 * syllables).map { (usual: Optional(UInt16($0 % syllables)), seen: UInt64(0)) }
        var ofReadings = plane.readings.map { readings -> Int? in
            readings.first.map { Int($0) + (readings.count == 1 ? 0 : syllables) }
        }
        let several = plane.readings.indices.filter { plane.readings[$0].count > 1 }
            .sorted { (seen[$1], $0) < (seen[$0], $1) }
        for readings in several.prefix(Self.count - 2 - groups.count) {
            ofReadings[readings] = groups.count
            groups.append((plane.readings[readings].first, 0))
        }
        precondition(groups.count < Self.count - 1, "\(syllables) syllables leave no room for sets of readings")
        for (readings, group) in ofReadings.enumerated() {
            if let group { groups[group].seen += seen[readings] }
        }
        var numbers = [UInt16](repeating: 0, count: groups.count)
        var usual: [UInt16?] = [nil]
        for group in groups.indices.sorted(by: { (groups[$1].seen, $0) < (groups[$0].seen, $1) }) {
            numbers[group] = UInt16(usual.count)
            usual.append(groups[group].usual)
        }
        ofUnread = UInt16(usual.count)
        usual += [UInt16?](repeating: nil, count: Self.count - usual.count)
        self.usual = usual
        self.ofReadings = ofReadings.map { $0.map { numbers[$0] } ?? 0 }
        ofSymbols = Array(numbers[syllables..<2 * syllables])
    }

    /// The groups of the characters that have each key: which the prefilter must let through for it.
    func byKey(_ keys: MatchKeys) -> [UInt16: Set<UInt16>] {
        var groups: [UInt16: Set<UInt16>] = [:]
        for (number, readings) in BasicPlane.shared.readings.enumerated() {
            for reading in readings {
                groups[UInt16(keys.key(ofSyllable: reading)), default: []].insert(ofReadings[number])
            }
        }
        for (symbol, key) in keys.symbols {
            let readings = SyllableTable.shared.readings(of: symbol)
            let group = ofSymbol(usual: readings.first)
            groups[UInt16(clamping: key), default: []].insert(group)
            for reading in readings { groups[UInt16(keys.key(ofSyllable: reading)), default: []].insert(group) }
        }
        return groups
    }

    /// The groups of the characters that are usually read as each key.
    func byUsualKey(_ keys: MatchKeys) -> [UInt16: Set<UInt16>] {
        var groups: [UInt16: Set<UInt16>] = [:]
        for (group, usual) in usual.enumerated() {
            if let usual { groups[UInt16(keys.key(ofSyllable: usual)), default: []].insert(UInt16(group)) }
        }
        return groups
    }

    /// The group of a symbol that a term wants as itself.
    func ofSymbol(usual: UInt16?) -> UInt16 { usual.map { ofSymbols[Int($0)] } ?? ofUnread }
}

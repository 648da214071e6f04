import CTermScan

/// What the prefilter knows of two characters side by side, by the groups of their readings (`ReadingGroups`).
///
///     cells    1,024 rows of 1,024 groups, four bits each, `FUZZY_CELL_…`; 512 KiB
///
/// A bit is set if it holds of any reading of any character of the two groups. A view of memory; `FuzzyTables` owns it.
struct GroupPairs {
    /// Pairs of match keys, each once.
    struct Keys {
        /// By the key of the later symbol those of the one before it.
        fileprivate var befores: [UInt16: Set<UInt16>] = [:]

        /// Adds each of the keys of two symbols side by side. Those of symbols beyond what fits are one.
        mutating func add(before: [Int], last: [Int]) {
            let before = before.map { UInt16(clamping: $0) }
            for last in last { befores[UInt16(clamping: last), default: []].formUnion(before) }
        }
    }

    let cells: UnsafeMutablePointer<UInt32>
    private static let rowWords = ReadingGroups.count / 8
    var byteCount: Int { ReadingGroups.count * Self.rowWords * 4 }

    init() {
        cells = .allocate(capacity: ReadingGroups.count * Self.rowWords)
        cells.initialize(repeating: 0, count: ReadingGroups.count * Self.rowWords)
    }

    func deallocate() { cells.deallocate() }

    /// Sets a bit in the cells of all groups that have the keys.
    ///
    /// - Parameter groups: The groups that have each key.
    func set(_ bit: UInt32, for keys: Keys, _ groups: [UInt16: Set<UInt16>]) {
        for (last, befores) in keys.befores {
            guard let rows = groups[last] else { continue }
            let columns = befores.reduce(into: Set()) { $0.formUnion(groups[$1] ?? []) }
            var row = [UInt32](repeating: 0, count: Self.rowWords)
            for before in columns { row[Int(before >> 3)] |= bit << (UInt32(before & 7) * 4) }
            for group in rows {
                for word in 0..<Self.rowWords where row[word] != 0 {
                    cells[Int(fuzzy_cell_word(UInt32(group), UInt32(word * 8)))] |= row[word]
                }
            }
        }
    }
}

import CSymbolScan

/// The terms that tolerate gaps, fillers or other characters of the same sound.
///
/// A text is read a second time as classes (`LooseClasses`): signs and fillers are passed over, and characters of the same
/// sound are alike. Buckets tell where a loose term may end (`CLooseScan`); what passes is looked up by its last two
/// units and then held against each term symbol by symbol (`LooseAlignment`), on the text as it is; that decides, and
/// says what differs.
///
///     term 治疗, by sound       units zhi, liao
///     text 就 能 止 嗯 疗        classes …, {neng, …}, {zhi}, filler, {liao}
///                              last two {zhi}, {liao} ─> (zhi, liao) ─> 治疗 ─> 止 for 治, a filler, 疗
///
/// Unchecked, because the memory is written by `init` alone and only read afterwards.
final class LooseTable: @unchecked Sendable {
    /// One term, as it is held against a text.
    struct LooseTerm {
        var term: Int32
        var first: Int32
        var count: Int32
        var tolerance: Tolerance
    }

    /// A term among those that end with the same two units.
    struct Listed {
        /// Index into `terms`.
        var term: Int32
        /// Whether it has no more than the two.
        var isTwo: Bool
        /// Buckets of what may stand before the two.
        var third: UInt64
    }

    let classes: LooseClasses
    let tables: UnsafeMutablePointer<cloose_tables>
    let terms: UnsafeMutablePointer<LooseTerm>
    /// Folded scalars of the terms.
    let scalars: UnsafeMutablePointer<UInt32>
    let units: LooseUnits
    let sounds = SyllableTable.shared
    let folding = FoldingTable.shared
    let byteCount: Int

    private let pairs: UnsafeMutablePointer<UInt32>
    /// By two units, and whether a mask stands between them.
    private let slots: UnsafeMutablePointer<csymbol_slot>
    private let slotMask: UInt64
    private let lists: UnsafeMutablePointer<Listed>

    /// Bit of a key whose two units have a mask between them, in place of the symbol there.
    private static let masked: UInt64 = 1 << 63

    /// nil if no term is loose.
    init?(_ given: [Term], _ patterns: TermSymbols, confusions: SoundConfusions) {
        var terms: [LooseTerm] = []
        var scalars: [UInt32] = []
        for (number, term) in given.enumerated() where term.tolerance.isLoose {
            let symbols = patterns[number]
            guard symbols.count > 1, symbols.count <= LooseAlignment.maxSymbols else { continue }
            terms.append(
                LooseTerm(
                    term: Int32(number), first: Int32(scalars.count), count: Int32(symbols.count),
                    tolerance: term.tolerance))
            scalars += symbols
        }
        if terms.isEmpty { return nil }
        var builder = Builder(confusions: confusions)
        for (index, term) in terms.enumerated() {
            let symbols = scalars[Int(term.first)..<Int(term.first + term.count)]
            builder.add(Array(symbols), index: Int32(index), tolerance: term.tolerance)
        }
        let units = builder.units
        let used = builder.used
        self.units = units
        classes = LooseClasses(
            builder.neighbours, skipsSigns: terms.contains { $0.tolerance.gaps > 0 },
            skipsFillers: terms.contains { $0.tolerance.fillers }
        ) { units.units(inText: $0).filter(used.contains) }
        self.terms = .allocate(capacity: terms.count)
        self.terms.initialize(from: terms, count: terms.count)
        self.scalars = .allocate(capacity: scalars.count)
        self.scalars.initialize(from: scalars, count: scalars.count)

        // At most an eighth of the marks are used, so few pairs pass by chance; half a nearer cache at most.
        var bits: UInt32 = 10
        while bits < 17, 1 << bits < builder.marks.count * 8 { bits += 1 }
        pairs = .allocate(capacity: 1 << Int(bits))
        pairs.initialize(repeating: 0, count: 1 << Int(bits))
        for (key, mark) in builder.marks {
            pairs[Int(cloose_unit_hash(UInt32(truncatingIfNeeded: key), UInt32(key >> 32)) >> (32 - bits))] |= mark
        }
        tables = .allocate(capacity: 1)
        tables.initialize(
            to: cloose_tables(
                map: classes.map, classes: classes.classes, pairs: pairs, pair_shift: 32 - bits, astral: classes.astral))
        var slotCount: UInt64 = 16
        while slotCount < builder.lists.count * 2 { slotCount *= 2 }
        slotMask = slotCount - 1
        slots = .allocate(capacity: Int(slotCount))
        slots.initialize(repeating: csymbol_slot(key: .max, first: 0, count: 0), count: Int(slotCount))
        var lists: [Listed] = []
        for (key, list) in builder.lists {
            var index = csymbol_slot_hash(key) & slotMask
            while slots[Int(index)].key != .max { index = (index + 1) & slotMask }
            slots[Int(index)] = csymbol_slot(key: key, first: UInt32(lists.count), count: UInt32(list.count))
            lists += list
        }
        self.lists = .allocate(capacity: max(lists.count, 1))
        self.lists.initialize(from: lists, count: lists.count)
        byteCount =
            classes.byteCount + 4 << Int(bits) + Int(slotCount) * MemoryLayout<csymbol_slot>.stride
            + lists.count * MemoryLayout<Listed>.stride + scalars.count * 4
            + terms.count * MemoryLayout<LooseTerm>.stride
    }

    deinit {
        slots.deallocate()
        lists.deallocate()
        terms.deallocate()
        scalars.deallocate()
        tables.deallocate()
        pairs.deallocate()
    }

    /// The terms whose last two units are these.
    ///
    /// - Parameter isMasked: Whether a mask stands between the two in place of a symbol.
    @inline(__always)
    func terms(before: UInt32, last: UInt32, isMasked: Bool) -> UnsafeBufferPointer<Listed> {
        let key = UInt64(last) << 32 | UInt64(before) | (isMasked ? Self.masked : 0)
        var index = csymbol_slot_hash(key) & slotMask
        while slots[Int(index)].key != key {
            if slots[Int(index)].key == .max { return UnsafeBufferPointer(start: nil, count: 0) }
            index = (index + 1) & slotMask
        }
        let slot = slots[Int(index)]
        return UnsafeBufferPointer(start: lists + Int(slot.first), count: Int(slot.count))
    }

    /// Whether two units may end a term, as characters and not as letters.
    @inline(__always)
    func mayEnd(before: UInt32, last: UInt32) -> Bool {
        pairs[Int(cloose_unit_hash(before, last) &>> tables.pointee.pair_shift)] != 0
    }

    /// Collects the last two units of each term.
    private struct Builder {
        var units: LooseUnits
        /// Last unit in the upper half, the one before in the lower.
        var lists: [UInt64: [Listed]] = [:]
        var marks: [UInt64: UInt32] = [:]
        var neighbours = LooseClasses.Neighbours()
        /// Units of the last three symbols.
        var used: Set<UInt32> = []

        init(confusions: SoundConfusions) { units = LooseUnits(confusions: confusions) }

        mutating func add(_ symbols: [UInt32], index: Int32, tolerance: Tolerance) {
            let ends = symbols.suffix(3).reversed().map { units.units(of: $0, bySound: tolerance.sounds) }
            let initials = symbols.suffix(3).reversed().map { tolerance.sounds ? units.initials(of: $0) : [] }
            for end in ends { used.formUnion(end) }
            let (last, before) = (ends[0], ends[1])
            let third = ends.count > 2 ? LooseClasses.buckets(ends[2]) : 0
            let listed = Listed(term: index, isTwo: ends.count == 2, third: third)
            for lastUnit in last {
                for beforeUnit in before {
                    let mark = listed.isTwo ? UInt32(CLOOSE_TWO) : cloose_folded(third)
                    marks[Self.key(beforeUnit, lastUnit), default: 0] |= mark
                    let bucket = LooseClasses.bucket(beforeUnit)
                    if listed.isTwo {
                        neighbours.two[lastUnit, default: 0] |= bucket
                    } else {
                        neighbours.before[lastUnit, default: 0] |= bucket
                        neighbours.third[lastUnit, default: 0] |= third
                    }
                }
            }
            list(listed, last + initials[0], before + initials[1], 0)
            // A mask in place of the one before the last.
            if tolerance.fillers, ends.count > 2 {
                list(.init(term: index, isTwo: false, third: .max), last + initials[0], ends[2] + initials[2], LooseTable.masked)
            }
        }

        private mutating func list(_ listed: Listed, _ last: [UInt32], _ before: [UInt32], _ tag: UInt64) {
            for lastUnit in last {
                for beforeUnit in before { lists[Self.key(beforeUnit, lastUnit) | tag, default: []].append(listed) }
            }
        }

        private static func key(_ before: UInt32, _ last: UInt32) -> UInt64 { UInt64(last) << 32 | UInt64(before) }
    }
}

import CSymbolScan

/// The terms that tolerate gaps, fillers or other characters of the same sound.
///
/// A text is read a second time as classes (`LooseMap`): signs and fillers are left out, and characters of the same sound
/// are alike. As in the plain view, a mark tells whether two neighbours may end a term, and a third may precede them. What passes is
/// looked up by its last two units and then held against each term symbol by symbol (`LooseAlignment`), on the text as
/// it is; that decides, and says what differs.
///
///     term 治疗, by sound       units zhi, liao
///     text 就 能 止 嗯 疗        classes …, {neng, …}, {zhi}, filler, {liao}
///                              last two {zhi}, {liao}: bit set ─> (zhi, liao) ─> 治疗 ─> 止 for 治, a filler, 疗
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

    /// Units of the symbols that are not matched by sound lie above those of the syllables.
    fileprivate static let firstSymbolUnit: UInt32 = 512
    /// Units begin at 1, since 0 is none.
    fileprivate static func unit(of syllable: UInt16) -> UInt32 { UInt32(syllable) + 1 }
    /// The unit of a letter that stands for a syllable it begins.
    fileprivate static func initialUnit(_ letter: UInt8) -> UInt32 { 480 + UInt32(letter - 0x61) }

    let map: LooseMap
    let tables: UnsafeMutablePointer<csymbol_loose_tables>
    private let pairs: UnsafeMutablePointer<UInt32>
    private let marks: UnsafeMutablePointer<UInt32>
    /// The units of class c are those from `firstUnit[c]` on, up to those of the next.
    private let firstUnit: UnsafeMutablePointer<UInt32>
    private let units: UnsafeMutablePointer<UInt32>
    /// The same in one word, for the scan.
    private let packedUnits: UnsafeMutablePointer<UInt64>
    let sounds = SyllableTable.shared
    let folding = FoldingTable.shared
    let terms: UnsafeMutablePointer<LooseTerm>
    /// Folded scalars of the terms.
    let scalars: UnsafeMutablePointer<UInt32>
    /// The canonical syllable of each.
    let canonical: [UInt16]
    /// The class of a syllable in Latin letters, and of a letter that stands for its initial.
    let syllableClasses: [UInt16]
    let initialClasses: [UInt16]
    let toleratesFillers: Bool
    let byteCount: Int

    private let slots: UnsafeMutablePointer<csymbol_slot>
    private let slotMask: UInt64
    /// Indexes into `terms`, those of one slot together.
    private let lists: UnsafeMutablePointer<Int32>

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
        let canonical = SyllableTable.shared.canonicalNumbers(under: confusions)
        var builder = KeyBuilder(canonical: canonical)
        for (index, term) in terms.enumerated() {
            let symbols = scalars[Int(term.first)..<Int(term.first + term.count)]
            builder.add(Array(symbols), index: Int32(index), tolerance: term.tolerance)
        }
        let map = LooseMap { builder.units(of: $0) }
        syllableClasses = canonical.map { syllable in
            let unit = Self.unit(of: syllable)
            return UInt16(builder.used.contains(unit) ? map.number(of: [unit]) : 0)
        }
        initialClasses = (UInt8(0)..<26).map { letter in
            let units = [Self.initialUnit(0x61 + letter)].filter(builder.used.contains)
            return UInt16(map.number(of: (units + builder.units(of: 0x61 + UInt32(letter))).sorted()))
        }
        self.map = map
        self.terms = .allocate(capacity: terms.count)
        self.terms.initialize(from: terms, count: terms.count)
        self.scalars = .allocate(capacity: scalars.count)
        self.scalars.initialize(from: scalars, count: scalars.count)
        self.canonical = canonical
        toleratesFillers = terms.contains { $0.tolerance.fillers }

        var bits: UInt32 = 12
        while bits < 18, 1 << bits < builder.keys.count * 12 { bits += 1 }
        pairs = .allocate(capacity: 1 << Int(bits))
        pairs.initialize(repeating: 0, count: 1 << Int(bits))
        for (key, mark) in builder.marks {
            pairs[Int(csymbol_unit_hash(UInt32(truncatingIfNeeded: key), UInt32(key >> 32)) >> (32 - bits))] |= mark
        }
        marks = .allocate(capacity: map.classes.count)
        packedUnits = .allocate(capacity: map.classes.count)
        firstUnit = .allocate(capacity: map.classes.count + 1)
        units = .allocate(capacity: map.classes.reduce(1) { $0 + $1.count })
        var next: UInt32 = 0
        for (number, list) in map.classes.enumerated() {
            marks[number] = list.reduce(Self.anyMark) { $0 | Self.mark(of: $1) }
            packedUnits[number] =
                list.count > 4 || list.contains { $0 >= 0xFFFF }
                ? .max : (list.count == 1 ? list + list : list).reduce(0) { $0 << 16 | UInt64($1) }
            firstUnit[number] = next
            for unit in list {
                units[Int(next)] = unit
                next += 1
            }
        }
        firstUnit[map.classes.count] = next
        tables = .allocate(capacity: 1)
        tables.initialize(
            to: csymbol_loose_tables(
                map: map.basicPlane, units: packedUnits, pairs: pairs, pair_shift: 32 - bits, marks: marks,
                tolerates_fillers: toleratesFillers))
        var slotCount: UInt64 = 16
        while slotCount < builder.keys.count * 2 { slotCount *= 2 }
        slotMask = slotCount - 1
        slots = .allocate(capacity: Int(slotCount))
        slots.initialize(repeating: csymbol_slot(key: .max, first: 0, count: 0), count: Int(slotCount))
        var lists: [Int32] = []
        for (key, list) in builder.keys {
            var index = csymbol_slot_hash(key) & slotMask
            while slots[Int(index)].key != .max { index = (index + 1) & slotMask }
            slots[Int(index)] = csymbol_slot(key: key, first: UInt32(lists.count), count: UInt32(list.count))
            lists += list
        }
        self.lists = .allocate(capacity: max(lists.count, 1))
        self.lists.initialize(from: lists, count: lists.count)
        byteCount =
            0x10000 * 4 + 4 << Int(bits) + Int(slotCount) * MemoryLayout<csymbol_slot>.stride + lists.count * 4
            + scalars.count * 4 + terms.count * MemoryLayout<LooseTerm>.stride
    }

    deinit {
        slots.deallocate()
        lists.deallocate()
        terms.deallocate()
        scalars.deallocate()
        tables.deallocate()
        pairs.deallocate()
        marks.deallocate()
        firstUnit.deallocate()
        packedUnits.deallocate()
        units.deallocate()
    }

    /// Any class may stand before the two.
    private static let anyMark = UInt32(CSYMBOL_LOOSE_ANY)
    /// Any class may, if a filler stands between the two.
    private static let maskedMark = UInt32(CSYMBOL_LOOSE_MASKED)

    /// One of 30 marks for a unit: whether a class may hold the third unit from the end is asked with them.
    private static func mark(of unit: UInt32) -> UInt32 { 1 << (unit &* 0x9E37_79B1 >> 16 % 30) }

    /// Whether a pair of classes may end a term.
    @inline(__always)
    func mayEnd(before: UInt32, last: UInt32) -> Bool {
        csymbol_loose_marks(tables, packedUnits[Int(before)], packedUnits[Int(last)]) != 0
    }

    /// Calls `body` with the index of each term that a text may hold whose last two units are in these classes.
    @inline(__always)
    func forEachTerm(before: UInt32, last: UInt32, _ body: (Int) -> Void) {
        for lastPlace in firstUnit[Int(last)]..<firstUnit[Int(last) + 1] {
            for beforePlace in firstUnit[Int(before)]..<firstUnit[Int(before) + 1] {
                let (lastUnit, beforeUnit) = (units[Int(lastPlace)], units[Int(beforePlace)])
                if pairs[Int(csymbol_unit_hash(beforeUnit, lastUnit) &>> tables.pointee.pair_shift)] == 0 { continue }
                let key = UInt64(lastUnit) << 32 | UInt64(beforeUnit)
                var index = csymbol_slot_hash(key) & slotMask
                while slots[Int(index)].key != .max {
                    let slot = slots[Int(index)]
                    if slot.key == key {
                        for number in slot.first..<slot.first + slot.count { body(Int(lists[Int(number)])) }
                        break
                    }
                    index = (index + 1) & slotMask
                }
            }
        }
    }

    /// Collects the last two units of each term.
    private struct KeyBuilder {
        let canonical: [UInt16]
        /// Last unit in the upper half, the one before in the lower.
        var keys: [UInt64: [Int32]] = [:]
        /// What may stand before the two of each key.
        var marks: [UInt64: UInt32] = [:]
        /// Units that stand in a key.
        var used: Set<UInt32> = []
        /// The unit of a symbol of the terms that are not matched by sound.
        private var symbolUnits: [UInt32: UInt32] = [:]

        init(canonical: [UInt16]) { self.canonical = canonical }

        mutating func add(_ symbols: [UInt32], index: Int32, tolerance: Tolerance) {
            for symbol in symbols { used.formUnion(units(symbol, tolerance)) }
            let last = units(symbols[symbols.count - 1], tolerance)
            let before = units(symbols[symbols.count - 2], tolerance)
            guard symbols.count > 2 else { return add(before, last, index, LooseTable.anyMark) }
            let third = units(symbols[symbols.count - 3], tolerance)
            add(before, last, index, third.reduce(0) { $0 | LooseTable.mark(of: $1) })
            // 某 in place of the one before the last.
            if tolerance.fillers { add(third, last, index, LooseTable.maskedMark) }
        }

        private mutating func add(_ before: [UInt32], _ last: [UInt32], _ index: Int32, _ mark: UInt32) {
            for lastUnit in last {
                for beforeUnit in before {
                    let key = UInt64(lastUnit) << 32 | UInt64(beforeUnit)
                    if keys[key]?.last != index { keys[key, default: []].append(index) }
                    marks[key, default: 0] |= mark
                }
            }
        }

        private mutating func units(_ symbol: UInt32, _ tolerance: Tolerance) -> [UInt32] {
            if tolerance.sounds {
                let readings = SyllableTable.shared.readings(of: symbol)
                if !readings.isEmpty {
                    return Array(
                        Set(
                            readings.flatMap { reading in
                                [
                                    LooseTable.unit(of: canonical[Int(reading)]),
                                    LooseTable.initialUnit(
                                        SyllableTable.shared.initial(of: Syllable(number: reading))),
                                ]
                            }))
                }
            }
            if let unit = symbolUnits[symbol] { return [unit] }
            let unit = LooseTable.firstSymbolUnit + UInt32(symbolUnits.count)
            symbolUnits[symbol] = unit
            return [unit]
        }

        /// The units of a folded scalar that stand in a key, in ascending order.
        func units(of scalar: UInt32) -> [UInt32] {
            var units: [UInt32] = []
            for reading in SyllableTable.shared.readings(of: scalar) {
                let unit = LooseTable.unit(of: canonical[Int(reading)])
                if used.contains(unit), !units.contains(unit) { units.append(unit) }
            }
            if let unit = symbolUnits[scalar] { units.append(unit) }
            return units.count > 1 ? units.sorted() : units
        }
    }
}

import CSymbolScan

/// The terms that tolerate gaps, fillers or other characters of the same sound.
///
/// A text is read a second time as classes (`LooseMap`): signs and fillers are left out, and characters of the same sound
/// are alike. As in the plain view, one bit tells whether a class and the one before it may end a term. What passes is
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
    private static let firstSymbolUnit: UInt32 = 512

    let map: LooseMap
    let pairs: SymbolFilter
    let terms: [LooseTerm]
    /// Folded scalars of the terms.
    let scalars: [UInt32]
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
    private let lists: [Int32]

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
            let unit = UInt32(syllable)
            return UInt16(builder.used.contains(unit) ? map.number(of: [unit]) : 0)
        }
        initialClasses = (0..<26).map { letter in
            let units = canonical.indices.filter {
                SyllableTable.shared.initial(of: Syllable(number: UInt16($0))) == 0x61 + UInt8(letter)
            }.map { UInt32(canonical[$0]) }.filter(builder.used.contains)
            let own = builder.units(of: 0x61 + UInt32(letter))
            return UInt16(map.number(of: Array(Set(units + own)).sorted()))
        }
        self.map = map
        self.terms = terms
        self.scalars = scalars
        self.canonical = canonical
        toleratesFillers = terms.contains { $0.tolerance.fillers }

        var holders: [UInt32: [UInt32]] = [:]
        for (number, units) in map.classes.enumerated() {
            for unit in units { holders[unit, default: []].append(UInt32(number)) }
        }
        pairs = SymbolFilter(
            expecting: builder.keys.keys.reduce(0) { total, key in
                let before = holders[UInt32(truncatingIfNeeded: key)]?.count ?? 0
                return total + before * (holders[UInt32(key >> 32)]?.count ?? 0)
            }, bitsEach: 16)
        for key in builder.keys.keys {
            for last in holders[UInt32(key >> 32)] ?? [] {
                for before in holders[UInt32(truncatingIfNeeded: key)] ?? [] {
                    pairs.insert(csymbol_pair_hash(before, last))
                }
            }
        }
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
        self.lists = lists
        byteCount =
            0x10000 * 4 + pairs.byteCount + Int(slotCount) * MemoryLayout<csymbol_slot>.stride + lists.count * 4
            + scalars.count * 4 + terms.count * MemoryLayout<LooseTerm>.stride
    }

    deinit { slots.deallocate() }

    /// Calls `body` with the index of each term that a text may hold whose last two units are in these classes.
    @inline(__always)
    func forEachTerm(before: UInt32, last: UInt32, _ body: (Int) -> Void) {
        for lastUnit in map.classes[Int(last)] {
            for beforeUnit in map.classes[Int(before)] {
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
        /// Units that stand in a key.
        var used: Set<UInt32> = []
        /// The unit of a symbol of the terms that are not matched by sound.
        private var symbolUnits: [UInt32: UInt32] = [:]

        init(canonical: [UInt16]) { self.canonical = canonical }

        mutating func add(_ symbols: [UInt32], index: Int32, tolerance: Tolerance) {
            let last = units(symbols[symbols.count - 1], tolerance)
            add(units(symbols[symbols.count - 2], tolerance), last, index)
            if tolerance.fillers, symbols.count > 2 {
                // 某 in place of the one before the last.
                add(units(symbols[symbols.count - 3], tolerance), last, index)
            }
        }

        private mutating func add(_ before: [UInt32], _ last: [UInt32], _ index: Int32) {
            for lastUnit in last {
                for beforeUnit in before {
                    let key = UInt64(lastUnit) << 32 | UInt64(beforeUnit)
                    if keys[key]?.last != index { keys[key, default: []].append(index) }
                    used.insert(lastUnit)
                    used.insert(beforeUnit)
                }
            }
        }

        private mutating func units(_ symbol: UInt32, _ tolerance: Tolerance) -> [UInt32] {
            if tolerance.sounds {
                let readings = SyllableTable.shared.readings(of: symbol)
                if !readings.isEmpty { return Array(Set(readings.map { UInt32(canonical[Int($0)]) })) }
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
                let unit = UInt32(canonical[Int(reading)])
                if used.contains(unit), !units.contains(unit) { units.append(unit) }
            }
            if let unit = symbolUnits[scalar] { units.append(unit) }
            return units.count > 1 ? units.sorted() : units
        }
    }
}

import CTermScan
import ChineseText

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

    /// A term among those that end with the same two units, with what most hits are dropped for: the term itself lies
    /// far from any cache.
    struct Listed {
        /// Index into `terms`.
        var term: Int32
        /// The third symbol from the end, if there is one, and two flags.
        private var symbol: UInt32
        /// Buckets of what may stand before the two, with `LooseBuckets.mask` if that may be a mask.
        var third: UInt64

        private static let two: UInt32 = 1 << 29
        private static let sounds: UInt32 = 1 << 30

        /// - Parameters:
        ///   - symbols: All of the term.
        ///   - third: Buckets of what may stand before the last two; none of a term of two.
        init(term: Int32, _ symbols: [UInt32], _ tolerance: Tolerance, third: UInt64) {
            self.term = term
            symbol = symbols.count > 2 ? symbols[symbols.count - 3] : Self.two
            self.third = third
            if tolerance.sounds { symbol |= Self.sounds }
        }

        /// Whether it has no more than the two.
        var isTwo: Bool { symbol & Self.two != 0 }
        var thirdSymbol: UInt32 { symbol & 0x1F_FFFF }
        var isBySound: Bool { symbol & Self.sounds != 0 }
    }

    let classes: LooseClasses
    let tables: UnsafeMutablePointer<cloose_tables>
    let terms: UnsafeMutablePointer<LooseTerm>
    let termCount: Int
    /// Folded scalars of the terms.
    let scalars: UnsafeMutablePointer<UInt32>
    let units: LooseUnits
    let buckets: LooseBuckets
    let sounds: SyllableTable
    let folding: FoldingTable
    let words: WordList
    let byteCount: Int

    private let rows: UnsafeMutablePointer<UInt64>
    private var latinRows: UnsafeMutablePointer<UInt64> { rows + 2 * Builder.rowWords }
    private var maskedLatinRows: UnsafeMutablePointer<UInt64> { rows + 3 * Builder.rowWords }
    private let slots: [LooseSlots]
    /// By units of characters and letters; the second with a mask between them.
    private let latin: (plain: cloose_slots, masked: cloose_slots)
    let lists: UnsafeMutablePointer<Listed>
    /// For each list of more terms than `LooseSlots.longList` where its parts begin: terms of two, then those that have a
    /// bucket in `third`, for each of 64 bits, then its end.
    private let parts: UnsafeMutablePointer<UInt32>

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
        (sounds, folding, words) = (.shared, .shared, .shared)
        var builder = Builder(confusions: confusions)
        for (index, term) in terms.enumerated() {
            let symbols = scalars[Int(term.first)..<Int(term.first + term.count)]
            builder.add(Array(symbols), index: Int32(index), tolerance: term.tolerance)
        }
        let units = builder.units
        self.units = units
        buckets = builder.buckets
        classes = LooseClasses(
            builder.neighbours, builder.buckets, units, used: builder.used,
            skipsSigns: terms.contains { $0.tolerance.gaps > 0 }, skipsFillers: terms.contains { $0.tolerance.fillers })
        termCount = terms.count
        self.terms = .allocate(capacity: terms.count)
        self.terms.initialize(from: terms, count: terms.count)
        self.scalars = .allocate(capacity: scalars.count)
        self.scalars.initialize(from: scalars, count: scalars.count)

        // Those with a mask behind the others.
        let allRows = builder.rows + builder.maskedRows + builder.latinRows + builder.maskedLatinRows
        rows = .allocate(capacity: allRows.count)
        rows.initialize(from: allRows, count: allRows.count)
        var lists: [Listed] = []
        // Only where what stands before the two is nearly always a character, so that its buckets are few.
        var (parts, none): ([UInt32]?, [UInt32]?) = ([], nil)
        slots =
            [LooseSlots(builder.plain, &lists, splittingInto: &parts)]
            + [builder.masked, builder.latin, builder.maskedLatin].map {
                LooseSlots($0, &lists, splittingInto: &none)
            }
        self.parts = .allocate(capacity: parts!.count + 1)
        self.parts.initialize(from: parts!, count: parts!.count)
        latin = (slots[2].slots, slots[3].slots)
        self.lists = .allocate(capacity: max(lists.count, 1))
        self.lists.initialize(from: lists, count: lists.count)
        tables = .allocate(capacity: 1)
        tables.initialize(
            to: cloose_tables(
                map: classes.map, sieves: classes.sieves, classes: classes.classes, units: classes.units, rows: rows,
                masked_rows: rows + Builder.rowWords,
                plain: slots[0].slots, masked: slots[1].slots,
                most: Int(CLOOSE_PAIRS) * max(classes.mostUnits * classes.mostUnits, 1)))
        byteCount =
            classes.byteCount + allRows.count * 8 + slots.reduce(0) { $0 + $1.byteCount }
            + lists.count * MemoryLayout<Listed>.stride + parts!.count * 4 + scalars.count * 4
            + terms.count * MemoryLayout<LooseTerm>.stride
    }

    deinit {
        lists.deallocate()
        parts.deallocate()
        terms.deallocate()
        scalars.deallocate()
        tables.deallocate()
        rows.deallocate()
    }

    /// A part of a long list.
    ///
    /// - Parameters:
    ///   - count: That of the list, as a slot has it.
    ///   - part: 0 for terms of two, or a bucket's bit and 1.
    @inline(__always)
    func part(_ part: Int, ofLong count: UInt32) -> Range<Int> {
        let places = parts + Int(count & ~CLOOSE_LONG) * LooseSlots.partCount + part
        return Int(places[0])..<Int(places[1])
    }

    /// The terms whose last two units are these, where one is of letters.
    ///
    /// - Parameter isMasked: Whether a mask stands between the two in place of a symbol.
    func terms(before: UInt32, last: UInt32, isMasked: Bool) -> UnsafeBufferPointer<Listed> {
        // Few of the pairs that stand in a text are in the rows, which a near cache holds, as it does not the slots.
        let row = (isMasked ? maskedLatinRows : latinRows) + Int(cloose_line_of(last)) << 3
        let column = Int(cloose_line_of(before))
        guard row[column >> 6] >> UInt64(column & 63) & 1 != 0 else { return .init(start: nil, count: 0) }
        let slot = cloose_find(isMasked ? latin.masked : latin.plain, cloose_key(before, last))
        return UnsafeBufferPointer(start: lists + Int(slot.first), count: Int(slot.count))
    }

    /// Collects the last two units of each term.
    private struct Builder {
        var units: LooseUnits
        var plain: [UInt32: [Listed]] = [:]
        var masked: [UInt32: [Listed]] = [:]
        var latin: [UInt32: [Listed]] = [:]
        var maskedLatin: [UInt32: [Listed]] = [:]
        /// 512 rows of 512 bits, as `cloose_tables` has them.
        static let rowWords = 512 * 8
        var rows = [UInt64](repeating: 0, count: rowWords)
        var maskedRows = [UInt64](repeating: 0, count: rowWords)
        var latinRows = [UInt64](repeating: 0, count: rowWords)
        var maskedLatinRows = [UInt64](repeating: 0, count: rowWords)
        var neighbours = LooseClasses.Neighbours()
        /// Units of the last three symbols.
        var used: Set<UInt32> = []

        let buckets: LooseBuckets

        init(confusions: SoundConfusions) {
            units = LooseUnits(confusions: confusions)
            buckets = LooseBuckets(units)
        }

        mutating func add(_ symbols: [UInt32], index: Int32, tolerance: Tolerance) {
            let ends = symbols.suffix(3).reversed().map { units.units(of: $0, bySound: tolerance.sounds) }
            let initials = symbols.suffix(3).reversed().map { tolerance.sounds ? units.initials(of: $0) : [] }
            for end in ends { used.formUnion(end) }
            let isTwo = ends.count == 2
            // Not in place of the first symbol.
            let mask = tolerance.fillers && symbols.count > 3 ? LooseBuckets.mask : 0
            let third = isTwo ? 0 : buckets[ends[2]] | mask
            let listed = Listed(term: index, symbols, tolerance, third: third)
            // As two characters that are not read as usual score too little, they need not be looked for.
            let isUsual = isTwo && tolerance.sounds && tolerance.leastScore > LooseVerdict.scoreOfRareTwo
            let (lasts, befores) =
                isUsual
                ? ([units.usualUnit(of: symbols[1])], [units.usualUnit(of: symbols[0])]) : (ends[0], ends[1])
            for last in lasts {
                for before in befores {
                    let bucket = buckets.all(before)
                    if isTwo {
                        neighbours.two[last, default: .zero] |= bucket
                    } else {
                        neighbours.before[last, default: .zero] |= bucket
                        neighbours.third[last, default: .zero] |= buckets.all(ends[2])
                    }
                }
            }
            Self.list(listed, lasts, befores, in: &plain, &rows)
            let thirdOfLetters = isTwo ? 0 : buckets[ends[2] + initials[2]] | mask
            // What would score too little is not listed: two initials alone say little, and many terms have the same.
            let byInitials = !isTwo || tolerance.leastScore <= LooseVerdict.scoreOfTwoInitials
            let latinListed = Listed(term: index, symbols, tolerance, third: thirdOfLetters)
            Self.list(latinListed, ends[0], ends[1] + initials[1], in: &latin, &latinRows)
            Self.list(latinListed, initials[0], ends[1] + (byInitials ? initials[1] : []), in: &latin, &latinRows)
            // A mask in place of the one before the last.
            if tolerance.fillers, !isTwo {
                let listed = Listed(term: index, symbols, tolerance, third: .max)
                Self.list(listed, ends[0], ends[2], in: &masked, &maskedRows)
                let byInitials = tolerance.leastScore <= LooseVerdict.scoreOfMaskedInitial
                Self.list(
                    listed, ends[0] + (byInitials ? initials[0] : []), ends[2] + (byInitials ? initials[2] : []),
                    in: &maskedLatin, &maskedLatinRows)
            }
        }

        private static func mark(_ before: UInt32, _ last: UInt32, in rows: inout [UInt64]) {
            let (row, column) = (Int(cloose_line_of(last)), Int(cloose_line_of(before)))
            rows[row << 3 | column >> 6] |= 1 << UInt64(column & 63)
        }

        private static func list(
            _ listed: Listed, _ last: [UInt32], _ before: [UInt32], in lists: inout [UInt32: [Listed]],
            _ rows: inout [UInt64]
        ) {
            for last in last {
                for before in before {
                    lists[cloose_key(before, last), default: []].append(listed)
                    mark(before, last, in: &rows)
                }
            }
        }
    }
}

/// Lists of terms by two units. Owns the memory of `slots`.
private final class LooseSlots: @unchecked Sendable {
    let slots: cloose_slots
    let byteCount: Int
    private let memory: UnsafeMutablePointer<cloose_slot>

    /// The terms of a list that is split.
    static let longList = 32
    /// Places in `parts` for each long list.
    static let partCount = 66

    /// - Parameters:
    ///   - all: The lists, one behind the other; these are added.
    ///   - parts: If long lists are split, where their parts begin.
    init(
        _ lists: [UInt32: [LooseTable.Listed]], _ all: inout [LooseTable.Listed], splittingInto parts: inout [UInt32]?
    ) {
        var count = 16
        while count < lists.count * 2 { count *= 2 }
        memory = .allocate(capacity: count)
        memory.initialize(repeating: cloose_slot(), count: count)
        let mask = UInt32(count - 1)
        // In order, so that the same terms always give the same tables.
        for key in lists.keys.sorted() {
            let list = lists[key]!
            var index = cloose_slot_hash(key) & mask
            while memory[Int(index)].key != 0 { index = (index + 1) & mask }
            let marks = list.reduce(UInt32(0)) { $0 | ($1.isTwo ? CLOOSE_TWO : cloose_folded($1.third)) }
            let first = UInt32(all.count)
            var count = UInt32(list.count)
            if list.count > Self.longList, parts != nil {
                count = CLOOSE_LONG | UInt32(parts!.count / Self.partCount)
                Self.split(list, &all, &parts!)
            } else {
                all += list
            }
            memory[Int(index)] = cloose_slot(key: key, marks: marks, first: first, count: count)
        }
        slots = cloose_slots(slots: memory, mask: mask)
        byteCount = count * MemoryLayout<cloose_slot>.stride
    }

    /// Adds a long list in parts; a term is in as many as it has buckets.
    private static func split(
        _ list: [LooseTable.Listed], _ all: inout [LooseTable.Listed], _ parts: inout [UInt32]
    ) {
        parts.append(UInt32(all.count))
        all += list.filter(\.isTwo)
        for bit in 0..<UInt64(64) {
            parts.append(UInt32(all.count))
            all += list.filter { !$0.isTwo && $0.third >> bit & 1 != 0 }
        }
        parts.append(UInt32(all.count))
    }

    deinit { memory.deallocate() }
}

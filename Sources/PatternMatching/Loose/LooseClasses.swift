import CSymbolScan

/// What each code point is to the loose view.
///
/// A class is a set of units and what else there is to know: whether it is a sign, a filler, a letter. All readings of a
/// character are in its class, so one look-up answers for all of them. Some 3,500 classes cover Unicode, and a few
/// hundred, a cache line each, nearly all text.
///
/// Unchecked, because the memory is written by `init` alone and only read afterwards.
final class LooseClasses: @unchecked Sendable {
    /// For each unit, buckets of what a text may hold before it.
    struct Neighbours {
        /// In terms of two.
        var two: [UInt32: UInt64] = [:]
        /// In longer ones.
        var before: [UInt32: UInt64] = [:]
        var third: [UInt32: UInt64] = [:]
    }

    /// 0x10000 entries: the class of each code point of the basic plane.
    let map: UnsafeMutablePointer<UInt16>
    let classes: UnsafeMutablePointer<cloose_class>
    /// The units of class c are those from `firstUnit[c]` on, up to those of the next.
    private let firstUnit: UnsafeMutablePointer<UInt32>
    private let units: UnsafeMutablePointer<UInt32>
    /// The class of what lies beyond the basic plane.
    let astral: UInt16
    let byteCount: Int

    /// - Parameters:
    ///   - units: The units of a folded scalar of a text that a loose term can end with.
    ///   - skipsSigns: Whether a term tolerates gaps.
    ///   - skipsFillers: Whether a term tolerates fillers.
    init(_ neighbours: Neighbours, skipsSigns: Bool, skipsFillers: Bool, units: (_ scalar: UInt32) -> [UInt32]) {
        map = .allocate(capacity: 0x10000)
        map.initialize(repeating: 0, count: 0x10000)
        var builder = Builder(neighbours: neighbours)
        for codePoint in UInt32(0)..<0x10000 {
            guard let scalar = Unicode.Scalar(codePoint) else { continue }
            switch FoldingTable.shared[codePoint] {
            case .several: continue
            case .nothing: if skipsSigns { map[Int(codePoint)] = builder.number(of: .init(flags: CLOOSE_SIGN), []) }
            case .one(let folded):
                var kind = Kind(flags: 0)
                if (0x61...0x7A).contains(folded) { kind.flags |= CLOOSE_LETTER }
                if skipsSigns, Self.isSign(scalar) { kind.flags |= CLOOSE_SIGN }
                if skipsFillers {
                    if Fillers.single.contains(folded) { kind.flags |= CLOOSE_FILLER }
                    if Fillers.masking.contains(folded) { kind.flags |= CLOOSE_MASK }
                    kind.firstHalf = Fillers.firstHalves[folded] ?? 0
                    kind.secondHalf = Fillers.secondHalves[folded] ?? 0
                }
                map[Int(codePoint)] = builder.number(of: kind, units(folded))
            }
        }
        astral = skipsSigns ? builder.number(of: .init(flags: CLOOSE_SIGN), []) : 0
        // One cache line each.
        classes = UnsafeMutableRawPointer.allocate(
            byteCount: builder.classes.count * MemoryLayout<cloose_class>.stride, alignment: 64
        ).bindMemory(to: cloose_class.self, capacity: builder.classes.count)
        classes.initialize(from: builder.classes, count: builder.classes.count)
        let unitCount = builder.units.reduce(0) { $0 + $1.count }
        firstUnit = .allocate(capacity: builder.units.count + 1)
        self.units = .allocate(capacity: unitCount + 1)
        var next = 0
        for (number, list) in builder.units.enumerated() {
            (firstUnit + number).initialize(to: UInt32(next))
            (self.units + next).initialize(from: list, count: list.count)
            next += list.count
        }
        (firstUnit + builder.units.count).initialize(to: UInt32(next))
        byteCount =
            0x10000 * 2 + builder.classes.count * (MemoryLayout<cloose_class>.stride + 4) + unitCount * 4
    }

    deinit {
        map.deallocate()
        classes.deallocate()
        firstUnit.deallocate()
        units.deallocate()
    }

    /// The units of a class, by number.
    @inline(__always)
    func forEachUnit(of number: UInt16, _ body: (UInt32) -> Void) {
        for place in firstUnit[Int(number)]..<firstUnit[Int(number) + 1] { body(units[Int(place)]) }
    }

    /// The bit of a unit in a set of buckets: one of 62, so that a set can be folded to 31 bits.
    static func bucket(_ unit: UInt32) -> UInt64 {
        let number = UInt64(unit &* 0x9E37_79B1 >> 8) % 62
        return 1 << (number < 31 ? number : number + 1)
    }

    static func buckets(_ units: [UInt32]) -> UInt64 { units.reduce(0) { $0 | bucket($1) } }

    /// Four units in one word, as a kernel wants them.
    static func packed(_ units: [UInt32]) -> UInt64 {
        if units.count > 4 || units.contains(where: { $0 >= 0xFFFF }) { return .max }
        if units.count == 1 { return UInt64(units[0]) << 16 | UInt64(units[0]) }
        return units.reversed().reduce(0) { $0 << 16 | UInt64($1) }
    }

    private struct Kind: Hashable {
        var flags: UInt32
        var firstHalf: UInt16 = 0
        var secondHalf: UInt16 = 0
    }

    private struct Builder {
        let neighbours: Neighbours
        var classes = [cloose_class()]
        var units: [[UInt32]] = [[]]
        private var numbers: [Key: UInt16] = [Key(kind: Kind(flags: 0), units: []): 0]

        private struct Key: Hashable {
            var kind: Kind
            var units: [UInt32]
        }

        init(neighbours: Neighbours) { self.neighbours = neighbours }

        mutating func number(of kind: Kind, _ units: [UInt32]) -> UInt16 {
            let key = Key(kind: kind, units: units)
            if let number = numbers[key] { return number }
            // Fits: there are fewer classes than code points in the basic plane, surrogates left out.
            let number = UInt16(classes.count)
            numbers[key] = number
            self.units.append(units)
            var made = cloose_class()
            made.flags = kind.flags
            (made.first_half, made.second_half) = (kind.firstHalf, kind.secondHalf)
            made.units = LooseClasses.packed(units)
            made.buckets = LooseClasses.buckets(units)
            for unit in units {
                made.before_in_two |= neighbours.two[unit] ?? 0
                made.before |= neighbours.before[unit] ?? 0
                made.third |= neighbours.third[unit] ?? 0
            }
            if kind.flags & (CLOOSE_SIGN | CLOOSE_FILLER | CLOOSE_MASK) != 0 { made.skipped = .max }
            if kind.flags & (CLOOSE_LETTER | CLOOSE_MASK) != 0 { made.buckets = .max }
            if kind.flags & CLOOSE_LETTER != 0 {
                (made.before_in_two, made.before, made.third) = (.max, .max, .max)
            }
            classes.append(made)
            return number
        }
    }

    /// Signs may stand in a gap, but for those that end a sentence or a clause.
    private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "。", "！", "？", "；", "!", "?", ";", "，", ",", "、", "：", ":", "\n", "\r", "｡", "､", "…": false
        default:
            switch scalar.properties.generalCategory {
            case .spaceSeparator, .dashPunctuation, .connectorPunctuation, .openPunctuation, .closePunctuation,
                .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol,
                .modifierSymbol, .otherSymbol, .nonspacingMark, .enclosingMark, .format:
                true
            default: scalar == "\t"
            }
        }
    }
}

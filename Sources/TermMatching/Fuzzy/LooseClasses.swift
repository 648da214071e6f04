import CTermScan
import ChineseText

/// What each code point is to the loose view.
///
/// A class is a set of units and what else there is to know: whether it is a sign, a filler, a letter. All readings of a
/// character are in its class, so one look-up answers for all of them. Some 3,500 classes cover Unicode, and a few
/// hundred, half a cache line each for the sieve, nearly all text.
///
/// Unchecked, because the memory is written by `init` alone and only read afterwards.
final class LooseClasses: @unchecked Sendable {
    /// For each unit, buckets of what a text may hold before it.
    struct Neighbours {
        /// In terms of two.
        var two: [UInt32: SIMD2<UInt64>] = [:]
        /// In longer ones.
        var before: [UInt32: SIMD2<UInt64>] = [:]
        var third: [UInt32: SIMD2<UInt64>] = [:]
    }

    /// 0x10000 entries: the class of each code point of the basic plane.
    let map: UnsafeMutablePointer<UInt16>
    let sieves: UnsafeMutablePointer<cloose_sieve>
    let classes: UnsafeMutablePointer<cloose_class>
    let units: UnsafeMutablePointer<UInt16>
    /// Units of the class that has most.
    let mostUnits: Int
    let byteCount: Int

    /// - Parameters:
    ///   - used: The units that a loose term can end with; others are as good as none.
    ///   - skipsSigns: Whether a term tolerates gaps.
    ///   - skipsFillers: Whether a term tolerates fillers.
    init(
        _ neighbours: Neighbours, _ buckets: LooseBuckets, _ units: LooseUnits, used: Set<UInt32>, skipsSigns: Bool,
        skipsFillers: Bool
    ) {
        map = .allocate(capacity: 0x10000)
        map.initialize(repeating: 0, count: 0x10000)
        var builder = Builder(neighbours: neighbours, buckets: buckets)
        func number(of kind: Kind, _ scalar: UInt32) -> UInt16 {
            builder.number(of: kind, units.units(inText: scalar).filter(used.contains))
        }
        // Most characters are no more than their only sound: the class of each sound is made once.
        var soundClasses = [UInt16?](repeating: nil, count: SyllableTable.shared.count)
        for (codePoint, kind) in LooseKind.ofBasicPlane.enumerated() {
            let scalar = FoldingTable.shared.single(UInt32(codePoint))
            switch kind {
            case .none: continue
            case .character:
                let readings = SyllableTable.shared.readings(of: scalar)
                if readings.count > 1 || units.isSymbol(scalar) {
                    map[codePoint] = number(of: Kind(flags: 0), scalar)
                } else if let only = readings.first {
                    if soundClasses[Int(only)] == nil { soundClasses[Int(only)] = number(of: Kind(flags: 0), scalar) }
                    map[codePoint] = soundClasses[Int(only)]!
                }
            case .letter: map[codePoint] = number(of: Kind(flags: CLOOSE_LETTER), scalar)
            case .sign: map[codePoint] = number(of: Kind(flags: skipsSigns ? CLOOSE_SIGN : 0), scalar)
            case .ignorable: if skipsSigns { map[codePoint] = builder.number(of: Kind(flags: CLOOSE_SIGN), []) }
            case .filler: map[codePoint] = number(of: skipsFillers ? Kind(filler: scalar) : Kind(flags: 0), scalar)
            }
        }
        // Beyond the basic plane: emoji, nearly always.
        map[0] = skipsSigns ? builder.number(of: .init(flags: CLOOSE_SIGN), []) : 0
        // Each in one cache line.
        let size = MemoryLayout<cloose_sieve>.stride
        sieves = UnsafeMutableRawPointer.allocate(byteCount: builder.sieves.count * size, alignment: size)
            .bindMemory(to: cloose_sieve.self, capacity: builder.sieves.count)
        sieves.initialize(from: builder.sieves, count: builder.sieves.count)
        classes = .allocate(capacity: builder.classes.count)
        classes.initialize(from: builder.classes, count: builder.classes.count)
        self.units = .allocate(capacity: builder.units.count + 1)
        self.units.initialize(from: builder.units, count: builder.units.count)
        mostUnits = builder.classes.reduce(0) { max($0, Int($1.unit_count)) }
        byteCount =
            0x10000 * 2 + builder.units.count * 2 + builder.classes.count
            * (MemoryLayout<cloose_class>.stride + MemoryLayout<cloose_sieve>.stride)
    }

    deinit {
        map.deallocate()
        sieves.deallocate()
        classes.deallocate()
        units.deallocate()
    }

    /// The units of a class, by number.
    @inline(__always)
    func forEachUnit(of number: UInt16, _ body: (UInt32) -> Void) {
        let first = Int(classes[Int(number)].first_unit)
        for place in first..<first + Int(classes[Int(number)].unit_count) { body(UInt32(units[place])) }
    }

    private struct Kind: Hashable {
        var flags: UInt32
        var firstHalf: UInt16 = 0
        var secondHalf: UInt16 = 0

        init(flags: UInt32) { self.flags = flags }

        /// Of a folded scalar that is a filler, or half of one.
        init(filler scalar: UInt32) {
            flags = 0
            if Fillers.single.contains(scalar) { flags |= CLOOSE_FILLER }
            if Fillers.masking.contains(scalar) { flags |= CLOOSE_MASK }
            firstHalf = Fillers.firstHalves[scalar] ?? 0
            secondHalf = Fillers.secondHalves[scalar] ?? 0
        }

        var isSpecial: Bool { flags != 0 || firstHalf != 0 }
    }

    private struct Builder {
        let neighbours: Neighbours
        let buckets: LooseBuckets
        var sieves = [cloose_sieve()]
        var classes = [cloose_class()]
        var units: [UInt16] = []
        private var numbers: [Key: UInt16] = [Key(kind: Kind(flags: 0), units: []): 0]

        private struct Key: Hashable {
            var kind: Kind
            var units: [UInt32]
        }

        init(neighbours: Neighbours, buckets: LooseBuckets) {
            self.neighbours = neighbours
            self.buckets = buckets
        }

        mutating func number(of kind: Kind, _ units: [UInt32]) -> UInt16 {
            let key = Key(kind: kind, units: units)
            if let number = numbers[key] { return number }
            // Fits: there are fewer classes than code points in the basic plane, surrogates left out.
            let number = UInt16(classes.count)
            numbers[key] = number
            let some = units.prefix(4).map { UInt16($0) } + [0, 0, 0, 0]
            let lines = some.map { UInt16(cloose_line_of(UInt32($0))) }
            classes.append(
                cloose_class(
                    some: (some[0], some[1], some[2], some[3]), lines: (lines[0], lines[1], lines[2], lines[3]),
                    first_unit: UInt32(self.units.count), unit_count: UInt16(units.count), flags: UInt16(kind.flags),
                    first_half: kind.firstHalf, second_half: kind.secondHalf,
                    buckets: cloose_folded(buckets[units])))
            self.units += units.map { UInt16($0) }
            var (two, before, third) = (SIMD2<UInt64>.zero, SIMD2<UInt64>.zero, SIMD2<UInt64>.zero)
            // What ends with letters is looked for where they end.
            if kind.flags & CLOOSE_LETTER == 0 {
                for unit in units {
                    two |= neighbours.two[unit] ?? .zero
                    before |= neighbours.before[unit] ?? .zero
                    third |= neighbours.third[unit] ?? .zero
                }
            }
            var own = kind.flags & (CLOOSE_LETTER | CLOOSE_MASK) != 0 ? LooseBuckets.all : buckets.all(units)
            if kind.isSpecial { own[1] |= CLOOSE_SPECIAL }
            sieves.append(
                cloose_sieve(
                    before_in_two: (two[0], two[1]), before: (before[0], before[1]), third: (third[0], third[1]),
                    buckets: (own[0], own[1])))
            return number
        }
    }
}

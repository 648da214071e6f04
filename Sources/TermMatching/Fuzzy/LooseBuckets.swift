import ChineseText

/// The bits by which sets of units are compared: 124 of them, in two words whose bits 31 and 63 are free, so that a set can
/// be laid over itself to 62 and 31 bits.
///
/// Sounds are dealt out so that each bit is seen equally often in Chinese text: 的, the commonest, has its sound's bit nearly
/// to itself. So a bit in common means more than with a hash; measured, a sixth fewer places pass.
struct LooseBuckets {
    static let all = SIMD2<UInt64>(repeating: ~(1 << 31 | 1 << 63))
    /// No bucket: what may stand in place of a symbol, and the symbols that it may stand for.
    static let mask: UInt64 = 1 << 63
    private static let count = 124

    /// By unit, for sounds.
    private let soundBits: [SIMD2<UInt64>]

    /// How often each syllable is seen in Chinese text, all readings of a character counted. Made once.
    private static let weights: [UInt64] = {
        var weights = [UInt64](repeating: 0, count: SyllableTable.shared.count)
        SyllableTable.shared.forEachRead { codePoint, readings in
            let frequency = withUnsafePointer(to: codePoint) {
                WordList.shared.frequency(of: UnsafeBufferPointer(start: $0, count: 1))
            }
            for reading in readings { weights[Int(reading)] += UInt64(frequency) + 1 }
        }
        return weights
    }()

    init(_ units: LooseUnits) {
        let sounds = Int(LooseUnits.firstInitial)
        var weights = [UInt64](repeating: 0, count: sounds)
        for (syllable, weight) in Self.weights.enumerated() {
            weights[Int(units.unit(ofSyllable: UInt16(syllable)))] += weight
        }
        var loads = [UInt64](repeating: 0, count: Self.count)
        var bits = [SIMD2<UInt64>](repeating: .zero, count: sounds)
        for unit in (0..<sounds).sorted(by: { (weights[$1], $0) < (weights[$0], $1) }) where weights[unit] > 0 {
            let bucket = loads.indices.min { loads[$0] < loads[$1] }!
            loads[bucket] += weights[unit]
            bits[unit] = Self.bit(bucket)
        }
        soundBits = bits
    }

    private static func bit(_ bucket: Int) -> SIMD2<UInt64> {
        let place = UInt64(bucket / 2)
        var bits = SIMD2<UInt64>.zero
        bits[bucket % 2] = 1 << (place < 31 ? place : place + 1)
        return bits
    }

    /// The bucket of a unit.
    func all(_ unit: UInt32) -> SIMD2<UInt64> {
        unit < UInt32(soundBits.count)
            ? soundBits[Int(unit)] : Self.bit(Int((unit &* 0x9E37_79B1) >> 8) % Self.count)
    }

    func all(_ units: [UInt32]) -> SIMD2<UInt64> { units.reduce(.zero) { $0 | all($1) } }

    /// The same in one word.
    subscript(unit: UInt32) -> UInt64 {
        let bits = all(unit)
        return bits[0] | bits[1]
    }

    subscript(units: [UInt32]) -> UInt64 { units.reduce(0) { $0 | self[$1] } }
}

/// Reads bits that were written with adaptive probabilities: a binary range coder like LZMA's, in digits of six bits
/// (Martin 1979, "Range encoding"; `RangeEncoder` in `scripts/generate-tables/words.py` is its mirror).
struct RangeDecoder {
    private var digits: PackedNumbers
    private var code: UInt32 = 0
    private var range: UInt32 = 1 << 30 - 1

    private static let one: UInt16 = 1 << 12
    private static let rate: UInt16 = 5
    private static let least: UInt32 = 1 << 24

    init(_ literal: StaticString) {
        digits = PackedNumbers(literal)
        for _ in 0..<5 { code = code << 6 | UInt32(digits.digit()) }
    }

    /// How probable a zero is, in 4096ths, as far as the bits read with it tell.
    struct Probability {
        fileprivate var ofZero: UInt16 = RangeDecoder.one / 2
    }

    mutating func bit(_ probability: inout Probability) -> Bool {
        let bound = (range >> 12) * UInt32(probability.ofZero)
        let isOne = code >= bound
        if isOne {
            code -= bound
            range -= bound
            probability.ofZero -= probability.ofZero >> Self.rate
        } else {
            range = bound
            probability.ofZero += (Self.one - probability.ofZero) >> Self.rate
        }
        normalize()
        return isOne
    }

    /// A bit that is as often one as zero.
    mutating func rawBit() -> Bool {
        range >>= 1
        let isOne = code >= range
        if isOne { code -= range }
        normalize()
        return isOne
    }

    private mutating func normalize() {
        while range < Self.least {
            range <<= 6
            code = code << 6 | UInt32(digits.digit())
        }
    }
}

/// Random numbers from a seed: the same seed gives the same numbers on every machine and with every compiler
/// (Steele, Lea, Flood 2014, doi 10.1145/2660193.2660195).
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64
    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number from 0 to `count - 1`. Unlike `Int.random(in:using:)`, whose way from the random bits to the number the
    /// standard library may change, this is part of what a seed means.
    ///
    /// The multiplication favours some numbers by at most `count / 2^64`.
    public mutating func next(below count: Int) -> Int {
        precondition(count > 0, "there is no number below \(count)")
        return Int(next().multipliedFullWidth(by: UInt64(count)).high)
    }

    /// Whether something of this probability, 0 to 1, happens.
    public mutating func happens(_ probability: Double) -> Bool {
        Double(next() >> 11) < probability * 0x1p53
    }
}

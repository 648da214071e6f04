/// Random numbers for tests: the same seed gives the same numbers on every machine
/// (Steele, Lea, Flood 2014, doi 10.1145/2660193.2660195).
///
/// `StreamSimulation` has its own, since its seeds are promised to whoever uses it; the tests of modules below it do not depend
/// on the simulation.
package struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }

    /// A number from 0 to `bound - 1`.
    package mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}

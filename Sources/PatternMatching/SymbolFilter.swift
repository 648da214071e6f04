/// A set of hashes, one bit each: says "no" or "perhaps".
///
/// Between 2^16 and 2^23 bits, about `bitsEach` for each hash, so that a filter of a small set stays in the nearest
/// cache.
///
/// Unchecked, because it is written while an index is built and only read afterwards.
final class SymbolFilter: @unchecked Sendable {
    let words: UnsafeMutablePointer<UInt32>
    /// How far a 32-bit hash is shifted to give a bit number.
    let shift: UInt32
    let byteCount: Int

    init(expecting count: Int, bitsEach: Int) {
        var bits: UInt32 = 16
        while bits < 23, 1 << bits < count * bitsEach { bits += 1 }
        shift = 32 - bits
        let wordCount = 1 << Int(bits - 5)
        byteCount = wordCount * 4
        words = .allocate(capacity: wordCount)
        words.initialize(repeating: 0, count: wordCount)
    }

    deinit { words.deallocate() }

    func insert(_ hash: UInt32) {
        let bit = hash >> shift
        words[Int(bit >> 5)] |= 1 << (bit & 31)
    }
}

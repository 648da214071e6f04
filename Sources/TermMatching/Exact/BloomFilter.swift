import CTermScan

/// A set of hashes, two bits each in one word: says "no" or "perhaps".
///
/// Between 2^16 and 2^23 bits, about `bitsEach` for each hash, so that a filter of a small set stays in the nearest
/// cache.
///
/// Unchecked, because it is written while an index is built and only read afterwards.
final class BloomFilter: @unchecked Sendable {
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

    /// A filter that a kernel keeps in registers, `CTERM_FEW_WORDS` words; nil if there are too many hashes for it.
    static func few(_ hashes: [UInt32]) -> UnsafeMutablePointer<UInt32>? {
        guard hashes.count <= mostFew else { return nil }
        let words = UnsafeMutablePointer<UInt32>.allocate(capacity: Int(CTERM_FEW_WORDS))
        words.initialize(repeating: 0, count: Int(CTERM_FEW_WORDS))
        for hash in hashes {
            let (first, second) = (cterm_few_first(hash), cterm_few_second(hash))
            words[Int(first >> 5)] |= 1 << (first & 31)
            words[Int(CTERM_FEW_WORDS) / 2 + Int(second >> 5)] |= 1 << (second & 31)
        }
        return words
    }

    /// Sets bits of the word that a hash has.
    func insert(_ bits: UInt32, at hash: UInt32) { words[Int(hash >> (shift + 5))] |= bits }

    /// With more of them in 2,048 bits too many others pass.
    private static let mostFew = 384
}

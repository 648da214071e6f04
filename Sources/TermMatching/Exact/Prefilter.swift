import CTermScan

/// Where terms may end: a filter of the last two code points of every term, and one of the last three.
///
///     terms         根治, 糖尿病
///     pairs         (根, 治) ⚑, (尿, 病)      ⚑: the two are a term, two more bits in the same word
///     triples       (糖, 尿, 病)
///
/// Both know code points, in every usual spelling, so whoever asks them need not translate the text into symbols. The filters
/// must never report a false negative: a term that does not pass them is lost.
///
/// Unchecked, because the memory is written by `init` alone and only read afterwards.
final class Prefilter: @unchecked Sendable {
    let pairs: BloomFilter
    /// The pairs once more, if they are few.
    let fewPairs: UnsafeMutablePointer<UInt32>?
    let triples: BloomFilter
    let isLarge: Bool

    /// - Parameters:
    ///   - terms: The symbols of each term, in reading order.
    ///   - spellings: For each symbol the code points that stand for it.
    ///   - isLarge: Nil leaves it to their number.
    init(_ terms: TermSymbols, spellings: [[UInt32]], isLarge: Bool?) {
        let endings = Ending.all(terms)
        let pairCount = endings.indices.count { $0 == 0 || endings[$0].pair != endings[$0 - 1].pair }
        // Measured (bench/matching): wide while it fits a near cache, narrow beyond.
        pairs = BloomFilter(expecting: pairCount, bitsEach: pairCount < 2048 ? 128 : pairCount < 32_768 ? 64 : 32)
        triples = BloomFilter(expecting: endings.count, bitsEach: 64)
        self.isLarge = isLarge ?? (pairCount >= Self.leastLarge)
        let hashes = Self.insert(endings, spellings, into: pairs)
        fewPairs = self.isLarge ? nil : BloomFilter.few(hashes)
        insertTriples(endings, spellings)
    }

    deinit { fewPairs?.deallocate() }

    var byteCount: Int { pairs.byteCount + triples.byteCount }

    /// Pairs of a set that is large: measured too.
    private static let leastLarge = 4096

    /// - Returns: The hash of each spelling of each pair.
    private static func insert(
        _ endings: [Ending], _ spellings: [[UInt32]], into pairs: BloomFilter
    ) -> [UInt32] {
        var hashes: [UInt32] = []
        for (index, ending) in endings.enumerated() where index == 0 || ending.pair != endings[index - 1].pair {
            for second in spellings[Int(ending.second)] {
                for last in spellings[Int(ending.last)] { hashes.append(cterm_pair_hash(second, last)) }
            }
        }
        for hash in hashes { pairs.insert(cterm_pair_bits(hash, pairs.shift), at: hash) }
        return hashes
    }

    private func insertTriples(_ endings: [Ending], _ spellings: [[UInt32]]) {
        // The hash of what needs no third symbol.
        triples.insert(cterm_triple_bits(0, triples.shift), at: 0)
        for ending in endings {
            for second in spellings[Int(ending.second)] {
                for last in spellings[Int(ending.last)] {
                    let other = cterm_other_hash(second, last)
                    if ending.third == 0 {
                        pairs.insert(cterm_two_bits(other), at: cterm_pair_hash(second, last))
                    }
                    for third in spellings[Int(ending.third)] {
                        let hash = cterm_triple_hash(third, other)
                        triples.insert(cterm_triple_bits(hash, triples.shift), at: hash)
                    }
                }
            }
        }
    }
}

/// The last three symbols of a term, or its two.
private struct Ending: Comparable {
    /// 21 bits each, the last one highest.
    private var key: UInt64

    var last: UInt32 { UInt32(key >> 42) }
    var second: UInt32 { UInt32(key >> 21 & 0x1F_FFFF) }
    /// 0 if the term has no more than two.
    var third: UInt32 { UInt32(key & 0x1F_FFFF) }
    /// The last two.
    var pair: UInt64 { key >> 21 }

    static func < (left: Ending, right: Ending) -> Bool { left.key < right.key }

    /// Those of all terms, each once, sorted from their last symbol.
    static func all(_ terms: TermSymbols) -> [Ending] {
        var endings: [Ending] = []
        endings.reserveCapacity(terms.count)
        for term in 0..<terms.count {
            let symbols = terms[term].suffix(3)
            guard symbols.count > 1 else { continue }
            let key = symbols.reversed().reduce(0) { $0 << 21 | UInt64($1) }
            endings.append(Ending(key: symbols.count == 2 ? key << 21 : key))
        }
        endings.sort()
        var kept: [Ending] = []
        kept.reserveCapacity(endings.count)
        for ending in endings where ending != kept.last { kept.append(ending) }
        return kept
    }
}

import CTermScan

/// Where terms may end: a filter of the last two code points of every term, and one of the last three.
///
///     terms         根治, 糖尿病
///     pairs         (根, 治), (尿, 病), in every usual spelling: the kernel that asks knows code points
///     triples       (根, 治), (糖, 尿, 病), as symbols
///
/// A large set lets every fourth pair of a text pass, and its filters do not fit a near cache together. So its triples are
/// code points too, which a kernel can hash without the map, and a term of two has its bits in the word of its pair, which
/// the kernel has just read:
///
///     pairs         (根, 治) ⚑, (尿, 病)
///     triples       (糖, 尿, 病), in every usual spelling
///
/// Unchecked, because the memory is written by `init` alone and only read afterwards.
final class EndingFilters: @unchecked Sendable {
    let pairs: SymbolFilter
    /// The pairs once more, if they are few.
    let fewPairs: UnsafeMutablePointer<UInt32>?
    let triples: SymbolFilter
    let isLarge: Bool

    /// - Parameters:
    ///   - terms: The symbols of each term, in reading order.
    ///   - spellings: For each symbol the code points that stand for it.
    ///   - isLarge: Nil leaves it to their number.
    init(_ terms: TermSymbols, spellings: [[UInt32]], isLarge: Bool?) {
        let endings = Ending.all(terms)
        let pairCount = endings.indices.count { $0 == 0 || endings[$0].pair != endings[$0 - 1].pair }
        // Measured (bench/matching): wide while it fits a near cache, narrow beyond.
        pairs = SymbolFilter(
            expecting: pairCount, bitsEach: pairCount < 2048 ? 128 : pairCount < Self.leastLarge ? 64 : 32)
        triples = SymbolFilter(expecting: endings.count, bitsEach: 64)
        self.isLarge = isLarge ?? (pairCount >= Self.leastLarge)
        let hashes = Self.insert(endings, spellings, into: pairs)
        fewPairs = self.isLarge ? nil : SymbolFilter.few(hashes)
        if self.isLarge {
            insertLarge(endings, spellings)
        } else {
            for ending in endings {
                triples.insert(
                    ending.third == 0
                        ? csymbol_two_hash(ending.second, ending.last)
                        : csymbol_three_hash(ending.third, ending.second, ending.last))
            }
        }
    }

    deinit { fewPairs?.deallocate() }

    var byteCount: Int { pairs.byteCount + triples.byteCount }

    /// Pairs of a set that is large: measured too.
    private static let leastLarge = 32_768

    /// - Returns: The hash of each spelling of each pair.
    private static func insert(
        _ endings: [Ending], _ spellings: [[UInt32]], into pairs: SymbolFilter
    ) -> [UInt32] {
        var hashes: [UInt32] = []
        for (index, ending) in endings.enumerated() where index == 0 || ending.pair != endings[index - 1].pair {
            for second in spellings[Int(ending.second)] {
                for last in spellings[Int(ending.last)] { hashes.append(csymbol_pair_hash(second, last)) }
            }
        }
        for hash in hashes { pairs.insert(hash) }
        return hashes
    }

    private func insertLarge(_ endings: [Ending], _ spellings: [[UInt32]]) {
        triples.insert(0)
        for ending in endings {
            for second in spellings[Int(ending.second)] {
                for last in spellings[Int(ending.last)] {
                    let other = csymbol_other_hash(second, last)
                    if ending.third == 0 {
                        pairs.insert(csymbol_two_bits(other), at: csymbol_pair_hash(second, last))
                    }
                    for third in spellings[Int(ending.third)] {
                        let hash = csymbol_triple_hash(third, other)
                        triples.insert(csymbol_triple_bits(hash, triples.shift), at: hash)
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

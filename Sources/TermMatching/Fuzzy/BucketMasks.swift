import CTermScan
import ChineseText

/// Deals terms into buckets so that few places of ordinary text pass, and says what each bucket wants.
///
/// A place passes for a bucket if each of its last four characters may be one of those that some term of the bucket has
/// there. So terms that have sounds in common belong together, and those with frequent sounds apart: each term goes where it
/// adds least to the passes expected, by how often syllables are said.
struct BucketMasks {
    static let count = 128

    /// A term as the prefilter sees it.
    struct Pattern {
        /// For each of the last four symbols, last one first, what may stand there; of a shorter term the first few.
        var keys: [[Int]]
        /// The depths at which a wildcard may stand in place of the symbol, as bits.
        var wildcards: UInt8
    }

    /// For each key, four masks.
    private var masks: [InlineArray<4, SIMD2<UInt64>>]
    private var wildcards = InlineArray<4, SIMD2<UInt64>>(repeating: .zero)
    /// Buckets with a term that has no symbol so far from its end.
    private var shorter = InlineArray<4, SIMD2<UInt64>>(repeating: .zero)
    /// The bucket of each pattern.
    private(set) var buckets: [UInt8] = []

    /// How often each syllable is seen in Chinese text, all readings of a character counted. Made once.
    private static let frequencies: [Double] = {
        var weights = [Double](repeating: 0, count: SyllableTable.shared.count)
        var total = 1.0
        SyllableTable.shared.forEachRead { codePoint, readings in
            let frequency = withUnsafePointer(to: codePoint) {
                Double(WordList.shared.frequency(of: UnsafeBufferPointer(start: $0, count: 1)))
            }
            total += frequency
            for reading in readings { weights[Int(reading)] += frequency }
        }
        return weights.map { $0 / total }
    }()
    /// How often a character is that a term wants as itself, and a letter.
    private static let frequencyOfSymbol = 0.0003
    /// How many places of a text end two letters and more that are taken as initials.
    private static let shareOfLetters: Float = 0.005
    /// Beyond so many patterns only some buckets are tried for each.
    private static let manyPatterns = 32_768
    private static let bucketsTried = 8

    init(_ patterns: [Pattern], _ matchKeys: MatchKeys) {
        masks = .init(repeating: .init(repeating: .zero), count: matchKeys.count)
        var weights = [Float](repeating: Float(Self.frequencyOfSymbol), count: matchKeys.count)
        for key in 0..<MatchKeys.firstInitial { weights[key] = 0 }
        for (number, frequency) in Self.frequencies.enumerated() {
            weights[matchKeys.key(ofSyllable: UInt16(number))] += Float(frequency)
        }
        buckets = [UInt8](repeating: 0, count: patterns.count)
        // The share of characters, and of letters, that each bucket lets through at each depth.
        var shares = [Shares](repeating: Shares(), count: Self.count)
        var random: UInt32 = 1
        for number in Self.order(of: patterns, weights) {
            let pattern = patterns[number]
            var (best, bestShares, bestCost) = (0, Shares(), Float.infinity)
            let all = patterns.count <= Self.manyPatterns
            for tried in 0..<(all ? Self.count : Self.bucketsTried) {
                random = random &* 1_664_525 &+ 1_013_904_223
                let bucket = all ? tried : Int(random >> 25)
                var share = shares[bucket]
                for depth in 0..<Int(FUZZY_DEPTH) {
                    guard depth < pattern.keys.count else {
                        share.characters[depth] = 1
                        share.letters[depth] = 1
                        continue
                    }
                    for key in pattern.keys[depth] where !isSet(bucket, masks[key][depth]) {
                        if key >= MatchKeys.firstInitial, key < MatchKeys.firstSymbol {
                            share.letters[depth] += 1.0 / 26
                        } else {
                            share.characters[depth] += weights[key]
                        }
                    }
                }
                let added = share.passes - shares[bucket].passes
                if added < bestCost { (best, bestShares, bestCost) = (bucket, share, added) }
            }
            shares[best] = bestShares
            buckets[number] = UInt8(best)
            add(pattern, to: best)
        }
    }

    private struct Shares {
        var characters = SIMD4<Float>.zero
        var letters = SIMD4<Float>.zero

        /// The places expected to pass, among as many as there are.
        var passes: Float {
            characters[0] * characters[1] * characters[2] * characters[3]
                + BucketMasks.shareOfLetters * letters[0] * letters[1] * letters[2] * letters[3]
        }
    }

    /// Patterns that are likeliest to pass go first, so that they find buckets of their own.
    private static func order(of patterns: [Pattern], _ weights: [Float]) -> [Int] {
        let costs = patterns.map { pattern in
            pattern.keys.reduce(Float(1)) { cost, keys in cost * keys.reduce(0) { $0 + weights[$1] } }
        }
        return patterns.indices.sorted { (costs[$1], $0) < (costs[$0], $1) }
    }

    private func isSet(_ bucket: Int, _ mask: SIMD2<UInt64>) -> Bool {
        mask[bucket >> 6] >> UInt64(bucket & 63) & 1 != 0
    }

    private mutating func add(_ pattern: Pattern, to bucket: Int) {
        var bit = SIMD2<UInt64>.zero
        bit[bucket >> 6] = 1 << UInt64(bucket & 63)
        for depth in 0..<Int(FUZZY_DEPTH) {
            guard depth < pattern.keys.count else {
                shorter[depth] |= bit
                continue
            }
            for key in pattern.keys[depth] { masks[key][depth] |= bit }
            if pattern.wildcards >> UInt8(depth) & 1 != 0 { wildcards[depth] |= bit }
        }
    }

    /// The masks of a class with these keys.
    func masks(of keys: [Int], isWildcard: Bool) -> fuzzy_class {
        var all = shorter
        for depth in 0..<Int(FUZZY_DEPTH) {
            for key in keys { all[depth] |= masks[key][depth] }
            if isWildcard { all[depth] |= wildcards[depth] }
        }
        func buckets(_ depth: Int) -> fuzzy_buckets { fuzzy_buckets(low: all[depth][0], high: all[depth][1]) }
        return fuzzy_class(at: (buckets(0), buckets(1), buckets(2), buckets(3)))
    }
}

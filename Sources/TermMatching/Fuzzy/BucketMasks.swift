import CTermScan
import ChineseText

/// Deals terms into buckets so that few places of ordinary text pass, and says what each bucket wants.
///
/// A place passes for a bucket if each of its last four characters may be one of those that some term of the bucket has
/// there. So terms that have sounds in common belong together, and those with frequent sounds apart: each term goes where it
/// adds least to the passes expected, by how often syllables are said.
struct BucketMasks {
    static let count = Int(FUZZY_BUCKETS)

    /// A term as the prefilter sees it.
    struct Pattern {
        /// For each of the last four symbols, last one first, what may stand there; of a shorter term the first few.
        var keys: [[Int]]
        /// The depths at which a wildcard may stand in place of the symbol, as bits.
        var wildcards: UInt8

        /// What characters, and not letters, may stand for a symbol.
        func soundKeys(_ depth: Int) -> [Int] {
            keys[depth].filter { $0 < MatchKeys.firstInitial || $0 >= MatchKeys.firstSymbol }
        }
    }

    /// For each key, four masks.
    private var masks: [InlineArray<4, SIMD4<UInt64>>]
    private var wildcards = InlineArray<4, SIMD4<UInt64>>(repeating: .zero)
    /// Buckets with a term that has no symbol so far from its end.
    private var shorter = InlineArray<4, SIMD4<UInt64>>(repeating: .zero)
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

    init(_ patterns: [Pattern], _ matchKeys: MatchKeys) {
        masks = .init(repeating: .init(repeating: .zero), count: matchKeys.count)
        var weights = [Float](repeating: Float(Self.frequencyOfSymbol), count: matchKeys.count)
        for key in 0..<MatchKeys.firstInitial { weights[key] = 0 }
        for (number, frequency) in Self.frequencies.enumerated() {
            weights[matchKeys.key(ofSyllable: UInt16(number))] += Float(frequency)
        }
        buckets = [UInt8](repeating: 0, count: patterns.count)
        let dealer = Dealer(keys: matchKeys.count)
        defer { dealer.deallocate() }
        for number in Self.order(of: patterns, weights) {
            let bucket = dealer.deal(patterns[number], weights)
            buckets[number] = UInt8(bucket)
            add(patterns[number], to: bucket)
        }
    }

    /// Finds the bucket to which a pattern adds least. Loops over all buckets, one instruction for several of them.
    private struct Dealer {
        /// For each key and depth a byte for each bucket: 0 if it has the key there already, 1 if not.
        private let isNew: UnsafeMutablePointer<UInt8>
        /// For each depth and bucket the share of characters that it lets through, and the share of letters.
        private let characters: UnsafeMutablePointer<Float>
        private let letters: UnsafeMutablePointer<Float>
        /// The same with a pattern more.
        private let moreCharacters: UnsafeMutablePointer<Float>
        private let moreLetters: UnsafeMutablePointer<Float>
        /// The places expected to pass for each bucket, among as many as there are.
        private let passes: UnsafeMutablePointer<Float>

        private static let depth = Int(FUZZY_DEPTH)
        private var count: Int { BucketMasks.count }

        init(keys: Int) {
            let count = BucketMasks.count
            func zeros(_ count: Int) -> UnsafeMutablePointer<Float> {
                let memory = UnsafeMutablePointer<Float>.allocate(capacity: count)
                memory.initialize(repeating: 0, count: count)
                return memory
            }
            isNew = .allocate(capacity: keys * Self.depth * count)
            isNew.initialize(repeating: 1, count: keys * Self.depth * count)
            characters = zeros(Self.depth * count)
            letters = zeros(Self.depth * count)
            moreCharacters = zeros(Self.depth * count)
            moreLetters = zeros(Self.depth * count)
            passes = zeros(count)
        }

        func deallocate() {
            isNew.deallocate()
            characters.deallocate()
            letters.deallocate()
            moreCharacters.deallocate()
            moreLetters.deallocate()
            passes.deallocate()
        }

        /// Deals a pattern into a bucket.
        func deal(_ pattern: Pattern, _ weights: [Float]) -> Int {
            for depth in 0..<Self.depth {
                let (own, ownLetters) = (moreCharacters + depth * count, moreLetters + depth * count)
                guard depth < pattern.keys.count else {
                    own.update(repeating: 1, count: count)
                    ownLetters.update(repeating: 1, count: count)
                    continue
                }
                own.update(from: characters + depth * count, count: count)
                ownLetters.update(from: letters + depth * count, count: count)
                for key in pattern.keys[depth] {
                    let isLetter = key >= MatchKeys.firstInitial && key < MatchKeys.firstSymbol
                    let weight = isLetter ? 1.0 / 26 : weights[key]
                    let sums = isLetter ? ownLetters : own
                    let isNew = isNew + (key * Self.depth + depth) * count
                    for bucket in 0..<count { sums[bucket] += weight * Float(isNew[bucket]) }
                }
            }
            var (best, bestAdded) = (0, Float.infinity)
            for bucket in 0..<count {
                let added = expected(bucket) - passes[bucket]
                if added < bestAdded { (best, bestAdded) = (bucket, added) }
            }
            passes[best] = expected(best)
            for depth in 0..<Self.depth {
                characters[depth * count + best] = moreCharacters[depth * count + best]
                letters[depth * count + best] = moreLetters[depth * count + best]
                guard depth < pattern.keys.count else { continue }
                for key in pattern.keys[depth] { isNew[(key * Self.depth + depth) * count + best] = 0 }
            }
            return best
        }

        /// The places expected to pass with the pattern more.
        @inline(__always)
        private func expected(_ bucket: Int) -> Float {
            moreCharacters[bucket] * moreCharacters[count + bucket] * moreCharacters[2 * count + bucket]
                * moreCharacters[3 * count + bucket]
                + BucketMasks.shareOfLetters * moreLetters[bucket] * moreLetters[count + bucket]
                * moreLetters[2 * count + bucket] * moreLetters[3 * count + bucket]
        }
    }

    /// Patterns that are likeliest to pass go first, so that they find buckets of their own.
    private static func order(of patterns: [Pattern], _ weights: [Float]) -> [Int] {
        let costs = patterns.map { pattern in
            pattern.keys.reduce(Float(1)) { cost, keys in cost * keys.reduce(0) { $0 + weights[$1] } }
        }
        return patterns.indices.sorted { (costs[$1], $0) < (costs[$0], $1) }
    }

    private mutating func add(_ pattern: Pattern, to bucket: Int) {
        var bit = SIMD4<UInt64>.zero
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
        func buckets(_ depth: Int) -> fuzzy_buckets {
            fuzzy_buckets(words: (all[depth][0], all[depth][1], all[depth][2], all[depth][3]))
        }
        return fuzzy_class(at: (buckets(0), buckets(1), buckets(2), buckets(3)))
    }
}

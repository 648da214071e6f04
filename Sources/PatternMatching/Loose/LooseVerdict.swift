/// What a loose match is worth.
///
/// The scores order the ways by how often they mean the term; they were set with the test set of disguises
/// (`Tests/PatternMatchingTests/Disguises`) and are no probabilities.
struct LooseVerdict {
    private(set) var path: MatchPath
    private(set) var score: UInt8
    private let soundsAlone: Bool

    /// Percent that remain for each thing that differs.
    private enum Factor {
        static let gap = 95
        static let filler = 85
        static let masked = 80
        static let syllable = 95
        static let initial = 75
        static let initialsAlone = 60
        /// By how many symbols the term has.
        static let soundOfTwo = 80
        static let soundOfMore = 88
        static let confusion = 90
        /// Characters that are words on their own and often stand side by side.
        static let commonWords = 70
    }

    /// Frequency, in 60 million words, from which a single character is a word that stands beside any other.
    private static let commonFrequency: UInt32 = 40_000

    init(_ alignment: LooseAlignment, symbols: Int) {
        var percent = 100
        func multiply(_ factor: Int) { percent = percent * factor / 100 }
        path = .plain
        if alignment.signs > 0 {
            path = .gap
            multiply(Factor.gap)
        }
        if alignment.fillers > 0 {
            path = .filler
            multiply(Factor.filler)
        }
        if alignment.masked > 0 {
            path = .filler
            multiply(Factor.masked)
        }
        if alignment.syllables + alignment.initials > 0 {
            path = .pinyin
            multiply(Factor.syllable)
        }
        if alignment.initials > 0 {
            multiply(alignment.initials == symbols ? Factor.initialsAlone : Factor.initial)
        }
        if alignment.sounds > 0 {
            path = .homophone
            multiply(symbols == 2 ? Factor.soundOfTwo : Factor.soundOfMore)
        }
        if alignment.confused > 0 { multiply(Factor.confusion) }
        soundsAlone = alignment.signs + alignment.fillers + alignment.masked == 0
        score = UInt8(max(1, percent))
    }

    /// Asks whether a reader would read other words where a term is heard.
    ///
    /// - Parameters:
    ///   - range: The match in the scalars of the text.
    ///   - term: The scalars of the term.
    /// - Returns: false if the text says something ordinary there.
    mutating func weigh(_ scalars: UnsafeBufferPointer<UInt32>, _ range: Range<Int>, term: ArraySlice<UInt32>) -> Bool {
        let segmenter = Segmenter()
        let surface = UnsafeBufferPointer(rebasing: scalars[range])
        if segmenter.isOrdinaryWord(surface) { return false }
        guard segmenter.respectsBoundaries(scalars, range.lowerBound, range.upperBound) else { return false }
        guard surface.count <= Segmenter.maxSymbols, soundsAlone, surface.count == term.count else { return true }
        return withUnsafeTemporaryAllocation(of: Bool.self, capacity: surface.count) { begins in
            begins.initialize(repeating: false)
            segmenter.segment(surface, into: begins)
            var allCommon = true
            var first = 0
            while first < surface.count {
                var end = first + 1
                while end < surface.count, !begins[end] { end += 1 }
                let differs = (first..<end).contains { surface[$0] != term[term.startIndex + $0] }
                if differs {
                    // 厨房 in 厨房要 is a word, so nobody hears 处方药 there.
                    if end - first > 1 { return false }
                    let word = UnsafeBufferPointer(rebasing: surface[first..<end])
                    if WordList.shared.frequency(of: word) < Self.commonFrequency { allCommon = false }
                }
                first = end
            }
            if allCommon { score = UInt8(Int(score) * Factor.commonWords / 100) }
            return true
        }
    }
}

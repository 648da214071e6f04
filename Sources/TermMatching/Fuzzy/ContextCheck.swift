import ChineseText

/// What a fuzzy match is worth.
///
/// The scores order the ways by how often they mean the term; they were set with the test set of disguises
/// (`Tests/PatternMatchingTests/Disguises`) and are no probabilities.
struct ContextCheck {
    private(set) var path: MatchPath
    private(set) var score: UInt8
    private let hasSounds: Bool
    private let hasLatin: Bool
    private let hasGaps: Bool

    /// Percent that remain for each thing that differs.
    private enum Factor {
        static let gap = 95
        static let filler = 85
        static let wildcard = 80
        static let syllable = 95
        static let initial = 75
        static let initialsOfTwo = 55
        static let initialsOfMore = 66
        /// By how many symbols the term has.
        static let soundOfTwo = 80
        static let soundOfMore = 88
        static let confusion = 90
        /// A character that is not read as usual. Of 93 disguises seen in real speech with every term asked for by sound, most
        /// were such and wrong (bench/matching/false-alarms).
        static let rareSound = 74
        /// Characters that are words on their own and often stand side by side.
        static let commonWords = 70
    }

    /// Frequency, in 60 million words, from which a single character is a word that stands beside any other.
    static let commonFrequency: UInt32 = 40_000
    /// Frequency from which a word of two characters or more is read as what it says.
    private static let commonPart: UInt32 = 300

    /// The score of a term of two symbols heard in characters that are words on their own.
    static let scoreOfCommonTwo = UInt8(Factor.soundOfTwo * Factor.commonWords / 100)

    /// The best score of a term of two of which a character is not read as usual.
    static let scoreOfRareTwo = UInt8(Factor.soundOfTwo * Factor.rareSound / 100)

    /// The best score of a term of two of which only the initials stand there.
    static let scoreOfTwoInitials = UInt8(Factor.syllable * Factor.initialsOfTwo / 100)

    /// The best score of a term of which a filler stands in place of a symbol, and a letter for another.
    static let scoreOfWildcardInitial = UInt8(Factor.wildcard * Factor.syllable / 100 * Factor.initial / 100)

    static func isCommon(_ scalar: UInt32, _ words: WordList) -> Bool {
        withUnsafePointer(to: scalar) {
            words.frequency(of: UnsafeBufferPointer(start: $0, count: 1)) >= commonFrequency
        }
    }

    init(_ alignment: FuzzyAlignment, symbols: Int) {
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
        if alignment.wildcards > 0 {
            path = .filler
            multiply(Factor.wildcard)
        }
        if alignment.syllables + alignment.initials > 0 {
            path = .pinyin
            multiply(Factor.syllable)
        }
        if alignment.initials > 0 {
            let areAlone = alignment.initials == symbols
            multiply(!areAlone ? Factor.initial : symbols == 2 ? Factor.initialsOfTwo : Factor.initialsOfMore)
        }
        if alignment.sounds > 0 {
            path = .homophone
            multiply(symbols == 2 ? Factor.soundOfTwo : Factor.soundOfMore)
        }
        if alignment.confused > 0 { multiply(Factor.confusion) }
        if alignment.rare > 0 { multiply(Factor.rareSound) }
        hasSounds = alignment.sounds > 0
        hasLatin = alignment.syllables + alignment.initials > 0
        hasGaps = alignment.signs > 0
        score = UInt8(max(1, percent))
    }

    /// The symbols of a match, as they are heard, between the characters on both sides.
    struct Surroundings {
        private var scalars = InlineArray<48, UInt32>(repeating: 0)
        private(set) var count = 0
        var match = 0..<0

        mutating func append(_ scalar: UInt32) {
            scalars[count] = scalar
            count += 1
        }

        func withScalars<Answer>(_ body: (UnsafeBufferPointer<UInt32>) -> Answer) -> Answer {
            scalars.span.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0.prefix(count))) }
        }
    }

    /// Why a term that is heard is not meant.
    enum RejectionReason {
        /// The score is below the least that the term asks for.
        case scoresLow
        /// An ordinary word is read there: these of the symbols as they are heard.
        case word(Range<Int>)
        /// The words around reach over an end of the match.
        case otherWords
        /// The filler at an entry is a part of a word.
        case fillerInWord(Int)
    }

    /// Whether it matters that a match is a word as it stands.
    var mayBeOrdinaryWord: Bool { hasSounds && !hasLatin }

    /// Asks whether a reader would read other words where a term is heard, and lowers the score if he might. That the match
    /// is no word as a whole is known.
    ///
    /// - Parameter term: The scalars of the term.
    /// - Returns: What the text says that is ordinary; nil if nothing.
    mutating func weigh(_ around: Surroundings, term: UnsafeBufferPointer<UInt32>) -> RejectionReason? {
        guard !hasLatin, hasSounds || hasGaps else { return nil }
        var areCommon = false
        let reason = around.withScalars { scalars -> RejectionReason? in
            let segmenter = Segmenter()
            func respects() -> Bool {
                segmenter.respectsBoundaries(scalars, around.match.lowerBound, around.match.upperBound)
            }
            guard hasSounds else {
                // A part of a longer word may be meant (减 肥药), but not the end of one and the beginning of another.
                return
                    respects() || segmenter.coversLonger(scalars, around.match.lowerBound, around.match.upperBound)
                    ? nil : .otherWords
            }
            let surface = UnsafeBufferPointer(rebasing: scalars[around.match])
            guard respects() else { return .otherWords }
            if let number = NumberSounds.changedNumber(in: term, heardAs: surface) { return .word(number) }
            // With a filler in place of a symbol the two do not lie side by side.
            return surface.count == term.count ? Self.weighParts(surface, term, &areCommon) : nil
        }
        if areCommon { score = UInt8(Int(score) * Factor.commonWords / 100) }
        return reason
    }

    /// Looks at the words inside a match: one that differs from the term and is common says that it is read as it stands.
    ///
    /// - Parameter areCommon: Set if all that differ are single characters, and words that stand beside any other.
    private static func weighParts(
        _ surface: UnsafeBufferPointer<UInt32>, _ term: UnsafeBufferPointer<UInt32>, _ areCommon: inout Bool
    ) -> RejectionReason? {
        withUnsafeTemporaryAllocation(of: Bool.self, capacity: surface.count) { begins in
            begins.initialize(repeating: true)
            // Two that are no word are two words, but for digits and letters.
            if surface.count > 2 || surface.contains(where: { $0 < 0x80 }) {
                Segmenter().segment(surface, into: begins)
            }
            var allCommon = true
            var first = 0
            while first < surface.count {
                var end = first + 1
                while end < surface.count, !begins[end] { end += 1 }
                if (first..<end).contains(where: { surface[$0] != term[$0] }) {
                    let frequency = WordList.shared.frequency(of: UnsafeBufferPointer(rebasing: surface[first..<end]))
                    // 厨房 in 厨房要 is a word, so nobody hears 处方药 there; 免役 in 免役力 is none that people say.
                    if end - first > 1, frequency >= commonPart { return .word(first..<end) }
                    if frequency < commonFrequency { allCommon = false }
                }
                first = end
            }
            areCommon = allCommon
            return nil
        }
    }
}

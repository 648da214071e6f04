/// A term and the disguises it is to be seen through.
///
///     Term("治疗")                                                    治疗, 治療, 治\u{200B}疗
///     Term("治疗", tolerance: .init(gaps: 2))                         治✨疗, 治 - 疗
///     Term("治疗", tolerance: .init(sounds: true))                    止疗, zhi疗
///     Term("微信", aliases: [.init("绿泡泡")])                          绿泡泡
public struct Term: Hashable, Sendable {
    public var text: String
    public var tolerance: Tolerance
    /// Other words that are known to stand for this one.
    public var aliases: [Alias]

    public init(_ text: String, tolerance: Tolerance = Tolerance(), aliases: [Alias] = []) {
        self.text = text
        self.tolerance = tolerance
        self.aliases = aliases
    }

    /// A word that stands for the term: 葳信 for 微信. Found as it is written, folded like any term.
    public struct Alias: Hashable, Sendable {
        public var text: String
        /// How sure it is that the term is meant, 1 to 100.
        public var score: UInt8
        public init(_ text: String, score: UInt8 = 90) { (self.text, self.score) = (text, score) }
    }
}

/// What may differ between a term and what stands in the text, besides folding.
public struct Tolerance: Hashable, Sendable {
    /// Signs, spaces, control characters or emoji allowed between two neighbours, 0 to `maxGaps`. Never a comma, a colon, 、 or
    /// …, nor what ends a sentence or a line: there a phrase ends, and 根，治 is read as two.
    /// An emoji of several code points is one (👍🏽, 👨‍👩‍👧, 🇨🇳); more than four code points are never passed over, U+200D and
    /// U+FE0F not counted.
    public var gaps: Int
    /// Filler syllables may stand between two neighbours, as speech recognition keeps them (第那个一), and 某 or the like
    /// in place of one syllable of three or more (免某力). A character of the term may be said again (包包治治百病).
    public var fillers: Bool
    /// Other characters of the same toneless sound (止疗), Latin pinyin and initials (zhi疗, z疗).
    public var sounds: Bool
    /// Numbers may be written another way: 七天瘦十斤 as 7天瘦10斤.
    public var numbers: Bool
    /// Characters may be written as their parts (月半 for 胖).
    public var split: Bool
    /// A match inside a longer ordinary word, across two, or inside a longer number, is marked `isEmbedded`.
    public var marksEmbedded: Bool

    /// Matches by gaps, fillers or sounds that score less are not reported, 1 to 100.
    public var leastScore: UInt8

    public static let maxGaps = 4

    public init(
        gaps: Int = 0, fillers: Bool = false, sounds: Bool = false, numbers: Bool = false, split: Bool = false,
        marksEmbedded: Bool = false, leastScore: UInt8 = 60
    ) {
        self.gaps = max(0, min(gaps, Self.maxGaps))
        self.fillers = fillers
        self.sounds = sounds
        self.numbers = numbers
        self.split = split
        self.marksEmbedded = marksEmbedded
        self.leastScore = min(max(leastScore, 1), 100)
    }

    /// Whether fuzzy matching is needed.
    var isFuzzy: Bool { gaps > 0 || fillers || sounds }
}

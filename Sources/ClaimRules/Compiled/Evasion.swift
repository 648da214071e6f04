public import ChineseText
import TermMatching

/// The disguises through which a rule sees its terms. Nothing is tolerated unless the author says so.
public struct Evasion: Hashable, Sendable {
    /// Signs, spaces or emoji between two characters, 0 to 4, as in `Tolerance`.
    public var gaps: Int
    public var fillers: Bool
    public var homophones: Bool
    public var split: Bool
    /// Numbers written another way: 七天瘦十斤 as 7天瘦10斤.
    public var numbers: Bool
    /// Sounds that are taken for the same. The index hears them so for every rule that has `homophones`: which sounds
    /// are alike is a property of the index, and the rules of a set share one. Such a match has at most 79, so a
    /// `minScore` of 80 keeps them out.
    public var confusions: SoundConfusions
    /// A match that is less sure is dropped; percent, 0 to 100. A term that is not disguised has 100.
    public var minScore: Int
    /// A match inside a longer ordinary word, or across two, is dropped.
    public var wholeWords: Bool

    public init(
        gaps: Int = 0, fillers: Bool = false, homophones: Bool = false, split: Bool = false,
        numbers: Bool = false, confusions: SoundConfusions = [], minScore: Int = 0, wholeWords: Bool = false
    ) {
        self.gaps = gaps
        self.fillers = fillers
        self.homophones = homophones
        self.split = split
        self.numbers = numbers
        self.confusions = confusions
        self.minScore = minScore
        self.wholeWords = wholeWords
    }

    /// Whether a term may differ from what stands in the text.
    var sees: Bool { gaps > 0 || fillers || homophones || split || numbers }

    /// What the matcher is asked for.
    var tolerance: Tolerance {
        Tolerance(
            gaps: gaps, fillers: fillers, sounds: homophones, numbers: numbers, split: split, marksEmbedded: wholeWords,
            leastScore: UInt8(minScore == 0 ? Self.usualLeast : min(minScore, Self.usualLeast)))
    }

    /// What gaps, fillers and sounds must score to be looked at, unless the rule's `min_score` asks for less; percent.
    public static let usualLeast = 60

    /// Symbols of a term, at most, for gaps, fillers and homophones to be seen (`FuzzyTerms.maxSymbols`).
    static let maxSymbols = 16

    /// The scores, in percent, between which the disguises seen lie; nil if none is.
    ///
    /// - Parameter aliases: Scores of the aliases that serve the rule.
    func scores(aliases: some Sequence<Int>) -> ClosedRange<Int>? {
        var scores = Array(aliases)
        if split { scores.append(Self.splitScore) }
        if numbers { scores.append(Self.numberScore) }
        if gaps > 0 || fillers || homophones {
            scores.append(gaps > 0 || homophones ? 95 : 85)
            // What differs multiplies: a gap 0.95; fillers 0.85 and 0.8 in place of a syllable; of sounds, initials
            // with other characters that are common words, 0.95 × 0.75 × 0.8 × 0.7, confused 0.9, not read as usual 0.74.
            var least = 1.0
            if gaps > 0 { least *= 0.95 }
            if fillers { least *= 0.85 * 0.8 }
            if homophones { least *= 0.95 * 0.75 * 0.8 * 0.7 * 0.9 * 0.74 }
            scores.append(Int(least * 100))
        }
        guard let least = scores.min(), let most = scores.max() else { return nil }
        return least...most
    }

    /// As the matcher scores a character in parts.
    private static let splitScore = 85
    /// As it scores a number written another way.
    private static let numberScore = 95
}

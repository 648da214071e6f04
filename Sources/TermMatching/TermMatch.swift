/// One occurrence of a term in a text.
///
/// Positions are UTF-8 byte offsets in the text as it was given, before folding.
public struct TermMatch: Hashable, Sendable {
    public var term: TermID
    /// The first byte of the occurrence.
    public var start: Int32
    /// The byte after the last byte of the occurrence.
    public var end: Int32
    /// How the term was recognised.
    public var path: MatchPath
    /// How sure it is that the term is meant, in percent: 100 for the term itself, less for each disguise.
    public var score: UInt8
    /// Whether a reader sees other words here: a longer one around it (大麻 in 大麻烦), or two of which it takes the end and
    /// the beginning. Only for terms whose tolerance asks for it.
    public var isEmbedded: Bool

    @inlinable
    public init(
        term: TermID, start: Int32, end: Int32, path: MatchPath = .plain, score: UInt8 = 100, isEmbedded: Bool = false
    ) {
        self.term = term
        self.start = start
        self.end = end
        self.path = path
        self.score = score
        self.isEmbedded = isEmbedded
    }

    /// The order of matches in a buffer.
    @inline(__always)
    func isBefore(_ other: TermMatch) -> Bool {
        (end, start, term) < (other.end, other.start, other.term)
    }
}

/// The way by which a term was recognised. Of several ways the one that proves least names the match.
public enum MatchPath: UInt8, Hashable, Sendable, CaseIterable {
    /// The term, in whatever form folds to it.
    case plain
    /// With its numbers written another way.
    case number
    /// With signs, spaces or emoji inserted.
    case gap
    /// With filler syllables inserted, or one in place of a syllable.
    case filler
    /// A word listed as standing for it.
    case alias
    /// With a character written as its parts.
    case split
    /// With syllables or initials in Latin letters.
    case pinyin
    /// With other characters of the same sound.
    case homophone
}

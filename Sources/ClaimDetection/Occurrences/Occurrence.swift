import TermMatching

/// Something found in a text that rules may speak of: what it is, where it stands, how it was recognised.
///
/// Detection deals in occurrences and asks nobody how they were found. Terms are looked for in every text; all other sources
/// are read where a rule asks, and what they find is never kept with the text.
struct Occurrence: Equatable {
    /// What found it, and so what `meaning` counts.
    enum Source: UInt8 {
        /// A number into `RuleSet.terms`.
        case term
        /// A number of the text, counted by `NumberSource`.
        case number
        /// A match of a regular expression, counted by `PatternSource`.
        case pattern
        /// A number into `RuleSet.contextTerms`. Never kept with a text: it is read again where a hit asks.
        case context
    }

    /// The first byte and the byte after the last, counted as the text's owner counts.
    var start: Int32
    var end: Int32
    var meaning: Int32
    var source = Source.term
    var path: MatchPath
    /// How sure it is that this is meant, percent.
    var score: UInt8
    /// Whether a reader sees other words there.
    var isEmbedded: Bool

    init(_ match: TermMatch, movedBy distance: Int = 0) {
        start = match.start + Int32(truncatingIfNeeded: distance)
        end = match.end + Int32(truncatingIfNeeded: distance)
        meaning = match.term.rawValue
        path = match.path
        score = match.score
        isEmbedded = match.isEmbedded
    }

    /// What is found as it is written, and surely.
    init(_ start: Int32, _ end: Int32, meaning: Int32, source: Source) {
        self.start = start
        self.end = end
        self.meaning = meaning
        self.source = source
        path = .plain
        score = 100
        isEmbedded = false
    }

    /// The term, if `source` is `term`.
    var term: TermID { TermID(rawValue: meaning) }

    /// The order in which a scan finds them.
    static func isBefore(_ a: Occurrence, _ b: Occurrence) -> Bool {
        (a.end, a.start, a.meaning) < (b.end, b.start, b.meaning)
    }
}

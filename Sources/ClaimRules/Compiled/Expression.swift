public import TermMatching

/// What must be said inside one text, as a rule's author means it: classes written out, disguises decided.
///
/// ```
///     seq: ["@health.act", {gap: 0..4, without: [不了]}, [结节, 胃疼]]
///
///     .seq([.words(act), .words(结节 胃疼)], gaps: [Gap(0...4, without: 不了)], bothWays: false, Extent(…))
/// ```
/// What it denotes in a text is a set of spans; `docs/proposals/rule-language-2.md` 2.1 to 2.3 defines them.
public indirect enum Expression: Hashable, Sendable {
    /// An occurrence of one of the words.
    case words(WordSet)
    /// A number that the slot takes.
    case number(NumberSlot)
    /// A match of a regular expression.
    case pattern(TextPattern)
    /// One of these. Never empty.
    case any([Expression])
    /// These in order, each behind the end of the one before. Two parts at least, and one gap between each two.
    ///
    /// `bothWays`, of two parts: the second may also come first.
    case seq([Expression], gaps: [Gap], bothWays: Bool, Extent)
    /// All of these in any order, none on another. Two parts at least.
    case near([Expression], Extent)
    /// What a rule remembers under a name, to compare it with a fact or to show it.
    case named(String, Expression)
}

/// Words of which one must occur, as the matcher is to see them.
public struct WordSet: Hashable, Sendable {
    /// Each once; never empty.
    public var terms: [Term]
    /// An occurrence that is less sure is dropped; percent, 0 to 100.
    public var minScore: UInt8
    /// An occurrence inside a longer ordinary word, or across two, is dropped.
    public var wholeWords: Bool
    /// An occurrence that lies within one of these is dropped: what stands behind '-' in a class expression.
    public var minus: [Term]
    /// An occurrence that shares a byte with one of these is dropped: the longer phrases of `unless`.
    public var clearedBy: [Term]
    /// The class, as the rule names it, e.g. "health.disease": for messages, and for the kinds of its words.
    public var className: String?

    public init(
        terms: [Term], minScore: UInt8 = 0, wholeWords: Bool = false, minus: [Term] = [], clearedBy: [Term] = [],
        className: String? = nil
    ) {
        self.terms = terms
        self.minScore = minScore
        self.wholeWords = wholeWords
        self.minus = minus
        self.clearedBy = clearedBy
        self.className = className
    }
}

/// What may lie between two neighbours of a sequence.
public struct Gap: Hashable, Sendable {
    /// Visible characters, from the end of the one to the start of the other.
    public var characters: ClosedRange<Int>
    /// None of these lies between, whole.
    public var without: WordSet?

    public init(_ characters: ClosedRange<Int>, without: WordSet? = nil) {
        (self.characters, self.without) = (characters, without)
    }

    /// Neighbours that touch.
    public static let none = Gap(0...0)
}

/// The stretches of a text that an expression may not leave.
public enum TextUnit: String, Sendable, CaseIterable { case clause, sentence, segment }

/// How far an expression of several parts may reach.
public struct Extent: Hashable, Sendable {
    /// Visible characters from the first of the first part to the last of the last, both included; nil: as many as
    /// the unit holds.
    public var within: Int?
    public var unit: TextUnit

    public init(within: Int? = nil, unit: TextUnit = .sentence) { (self.within, self.unit) = (within, unit) }
}

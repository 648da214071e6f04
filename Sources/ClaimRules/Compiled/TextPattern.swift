/// A regular expression over folded text.
///
///     全国.{0,6}(?:第一|唯一|最)        of which 全国 must occur
///     (?P<who>[一二三]甲)医院           the group is evidence
///
/// Text is compared as terms are: 三 is 3, A is a, traditional characters are simplified; and so are the letters of the
/// expression, but neither `\p{…}`, nor an escape, nor the name of a group. `\d` is a digit of either kind, and since folding
/// makes 三 a digit, `\p{Han}` is every other ideograph. It looks at one sentence at a time, and through no disguises.
///
/// RE2's syntax without what could not be matched in linear time (look-around, back-references) and without `\C`, half a
/// character.
public struct TextPattern: Hashable, Sendable {
    /// As the rule writes it.
    public let source: String
    /// As it is compiled: letters folded, groups without a name not captured.
    public let folded: String
    /// The names of its groups, in order.
    public let groups: [String]
    /// Words of which at least one stands in every match, folded; empty if there are none, and every text must be read.
    public let words: [String]

    /// Characters of an expression.
    public static let longest = 500
    /// Repetitions of one part: the n of `{n}`, `{n,}` and `{m,n}`.
    public static let mostRepetitions = 100
    /// Named groups.
    public static let mostGroups = 8
    /// What one expression may take once compiled, in bytes, its matcher's cache included.
    static let maxMemory = 1 << 20
    /// Steps of the compiled expression, which bound the work per character where the matcher's cache does not suffice.
    static let maxInstructions = 10_000

    /// Reads an expression as a rule writes it.
    ///
    /// - Parameter isAlone: Whether nothing else of the rule must occur with it. Then it needs a word that must occur, or
    ///   each text would be read for it.
    public static func read(_ source: String, isAlone: Bool = true) throws(TextPatternError) -> TextPattern {
        let length = source.unicodeScalars.count
        guard length <= longest else { throw TextPatternError(.tooLong(length), column: longest + 1) }
        var folding = PatternFolding(source)
        try folding.fold()
        let compiled = try CompiledPattern(folding.folded) { folding.column(ofFirst: $0) }
        let words = compiled.requiredWords()
        guard !isAlone || !words.isEmpty else { throw TextPatternError(.noWord, column: 1) }
        return TextPattern(source: source, folded: folding.folded, groups: folding.groups, words: words)
    }
}

/// A regular expression over folded text.
///
/// Text is compared as terms are: 三 is 3, A is a, traditional characters are simplified; and so are the letters of the
/// expression. It looks at one sentence at a time, and at no disguises.
public struct TextPattern: Hashable, Sendable {
    /// As the rule writes it.
    public let source: String
    /// As it is compiled: RE2's syntax, letters folded, groups without a name not captured.
    public let folded: String
    /// The names of its groups, in order: evidence.
    public let groups: [String]
    /// Words of which at least one stands in every match, folded; empty if there are none, and every text must be read.
    public let words: [String]
}

/// The bounds of rule packs. What is beyond one of them is a problem with a place, never a crash or a hang.
package enum PackLimits {
    /// Bytes of one pack file.
    package static let fileBytes = 4 << 20
    /// Rules in all packs together.
    package static let rules = 20_000
    /// Terms of one rule, or of one list, with the lists it names.
    package static let termsPerRule = 20_000
    /// Terms of all rules and lists together, counted where they are used. Bounds what lists that name lists can grow to.
    package static let termsInAll = 1_000_000
    /// Code points of one term.
    package static let termLength = 64
    /// Named lists in one pack.
    package static let lists = 1_000
    /// Terms of one pack that have aliases, and the aliases of one term.
    package static let aliasedTerms = 5_000
    package static let aliasesPerTerm = 200
    /// Groups that `all` joins.
    package static let parts = 16
    /// Parts of a `seq`, those of sequences inside it included, and of `near` and `all`.
    package static let sequenceParts = 16
    package static let nearParts = 6
    /// Levels of an expression, and expressions inside one, itself included.
    package static let depth = 8
    package static let nodes = 128
    /// Parts of one rule that have a name.
    package static let captures = 4
    /// Steps of a rule over time, and weights of a score.
    package static let steps = 8
    package static let weights = 16
    /// Segments, and listings, of one example.
    package static let exampleParts = 32
    /// Milliseconds that a rule over time may span.
    package static let timeSpan: ClosedRange<Int64> = 5_000...1_800_000
    /// Characters of a gap, of `within`, of the stretch a guard looks at.
    package static let gap = 60
    package static let within = 200
    package static let guardReach = 60
    /// Changes of one overlay.
    package static let changes = 1_000
    /// Regular expressions of all rules.
    package static let patterns = 256
    /// Guards, and needs, of one rule.
    package static let guards = 64
    package static let needs = 8
    /// Bindings, and facts, of one rule.
    package static let bindings = 32
    package static let facts = 16
    /// Lexicons, and classes (and guards, and expressions) of one lexicon.
    package static let lexicons = 64
    package static let classes = 5_000
    /// Classes that name classes, one inside the other.
    package static let classDepth = 256
    /// Ways to write one term, and words of one kind of change.
    package static let forms = 64
    package static let formWords = 20
    /// Kinds of one class.
    package static let kinds = 1_000
    /// Entries of a list of articles, categories or choices.
    package static let entries = 1_000
    /// Examples of one rule that it must find, and as many that it must leave alone.
    package static let examples = 10_000
    /// Code points of a title, a name, a category.
    package static let textLength = 200
    /// Questions of law that a rule, or a pack, leaves open, and code points of one.
    package static let openQuestions = 16
    package static let questionLength = 300
    /// Code points of one example.
    package static let exampleLength = 4_000
    /// Brackets inside brackets.
    package static let flowNesting = 32
    /// Columns before the first word of a line. Each block level takes one column at least, so this bounds the levels.
    package static let indentation = 200
    /// Problems reported for one file; the last one says that there are more.
    package static let problemsPerFile = 1_000
}

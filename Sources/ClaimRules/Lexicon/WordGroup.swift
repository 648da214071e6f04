import TermMatching

/// Words that are looked for in one way: what a class stands for is one group, or several.
struct WordGroup {
    /// Each once.
    var texts: [String] = []
    var evasion = ClassEvasion.asRule
    /// An occurrence inside one of these is none.
    var minus: [String] = []
    /// By the word as written.
    var aliases: [String: [Term.Alias]] = [:]
    /// The words stand in a lexicon, not in a pack.
    var isShared = false

    /// Whether two groups can be one.
    func isLike(_ other: WordGroup) -> Bool {
        evasion == other.evasion && minus == other.minus && isShared == other.isShared
    }
}

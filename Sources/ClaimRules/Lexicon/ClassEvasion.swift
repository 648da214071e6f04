/// How the words of a class are disguised.
enum ClassEvasion: Equatable {
    /// As the rule that asks for them sees its own.
    case asRule
    /// Never: everyday words, which nobody hides. They are looked for once for all rules, and as they are written.
    case none
    case own(Evasion)

    /// How they are seen for a rule.
    ///
    /// - Parameter hasAliases: Whether some of the words have aliases, which score less than 1.0.
    func seen(by rule: Evasion, hasAliases: Bool = false) -> Evasion {
        switch self {
        case .asRule: return rule
        case .own(let evasion): return evasion
        case .none:
            var seen = Evasion(numbers: rule.numbers, wholeWords: rule.wholeWords)
            // Else equal words of rules that ask for other scores would be looked for apart.
            if seen.numbers || hasAliases { seen.minScore = rule.minScore }
            return seen
        }
    }

    /// Whether a word may be heard by sound, or seen in parts, whatever the rule says.
    var hides: Bool { if case .own(let evasion) = self { evasion.homophones || evasion.split } else { false } }
}

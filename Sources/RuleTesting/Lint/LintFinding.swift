public import ClaimRules
public import LiveEvents

/// Something in a rule that works and does not do what its author may think: what, why, and the change to make.
///
/// Nothing of it keeps a pack from going live. What the reader of packs says already is not said again.
public struct LintFinding: Sendable, Hashable {
    /// What is found, by a name that stays.
    public enum Code: String, Sendable, CaseIterable {
        /// No legal basis of the rule is in force.
        case noLawInForce = "L09"
        /// An `unless` phrase that can lie over no word of the rule.
        case idlePhrase = "L10"
        /// A word in two parts of a rule, of which one saying cannot serve both.
        case wordInTwoParts = "L12"
        /// A term that holds a shorter one of the same rule, and so adds nothing.
        case coveredTerm = "L13"
        /// A term of two characters that sounds like a common word.
        case soundsCommon = "L17"
        /// A rule of which every alert comes with one of another rule of the same kind of claim.
        case coveredRule = "L20"
    }

    public var code: Code
    public var rule: RuleID
    /// Of the rule.
    public var location: SourceLocation
    /// What is so, and why that matters.
    public var reason: Wording
    /// What to do.
    public var change: Wording

    public init(code: Code, rule: Rule, reason: Wording, change: Wording) {
        (self.code, self.rule, location) = (code, rule.id, rule.location)
        (self.reason, self.change) = (reason, change)
    }

    public func description(in language: Language) -> String {
        let kind = Wording("建议", "advice").text(in: language)
        let id = rule.rawValue
        return switch language {
        case .chinese: "\(location): \(kind) \(code.rawValue): \(id)：\(reason.chinese)\(change.chinese)"
        case .english: "\(location): \(kind) \(code.rawValue): \(id): \(reason.english) \(change.english)"
        }
    }
}

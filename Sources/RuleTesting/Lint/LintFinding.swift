public import ClaimRules
public import LiveEvents

/// Something in a rule or lexicon that works and does not do what its author may think: what, why, and the change to make.
///
/// Nothing of it keeps a pack from going live. What the reader of packs says already is not said again.
public struct LintFinding: Sendable, Hashable {
    /// What is found, by a name that stays.
    public enum Code: String, Sendable, CaseIterable {
        /// A rule that nothing can meet.
        case neverFires = "L01"
        /// A rule whose last day is over.
        case ended = "L08"
        /// No legal basis of the rule is in force.
        case noLawInForce = "L09"
        /// An `unless` phrase that can lie over no word of the rule.
        case idlePhrase = "L10"
        /// A guard or phrase that clears an example which the rule must find.
        case clearsOwnExample = "L11"
        /// A word in two parts of a rule, of which one saying cannot serve both.
        case wordInTwoParts = "L12"
        /// A term that holds a shorter one of the same rule, and so adds nothing.
        case coveredTerm = "L13"
        /// A guard that looks at a whole sentence or segment for a word of one character.
        case wideGuard = "L15"
        /// A guard whose words are words of the rule.
        case guardHoldsWord = "L16"
        /// A term of two characters that sounds like a common word.
        case soundsCommon = "L17"
        /// A rule of which every alert comes with one of another rule of the same kind of claim.
        case coveredRule = "L20"
        /// `all` with `within`, for which there is a word of its own.
        case allWithin = "L21"
        /// Quotes around what needs none.
        case needlessQuotes = "L22"
        /// A gap wider than the stretch in which it lies.
        case wideGap = "L23"
        /// A class, guard or expression of a lexicon that nothing names.
        case unusedName = "L24"
        /// A unit behind a number that is read with it.
        case unitBehindNumber = "L25"
        /// Exemptions that no binding lets lower anything.
        case idleExemption = "L26"
        /// A word written twice in one list, also in other characters: 减肥, 減肥.
        case wordTwice = "L27"
        /// Blanks around a word.
        case outerBlanks = "L28"
        /// A choice written out that holds without being written.
        case writtenDefault = "L29"
    }

    public var code: Code
    /// The rule; of a lexicon, the name of what is found: "health.disease".
    public var rule: RuleID
    /// Of the word or key that is meant, where it is known; else of the rule.
    public var location: SourceLocation
    /// What is so, and why that matters.
    public var reason: Wording
    /// What to do.
    public var change: Wording
    /// What `check --fix` does about it; empty for what an author must decide.
    package var edits: [SourceEdit] = []
    /// Where in the rule to look for the place.
    var anchor: Anchor?

    /// A key of a rule, and a word in it.
    struct Anchor: Hashable, Sendable {
        var key: Key
        var word: String?
    }

    public init(code: Code, rule: Rule, reason: Wording, change: Wording) {
        (self.code, self.rule, location) = (code, rule.id, rule.location)
        (self.reason, self.change) = (reason, change)
    }

    /// - Parameter key: The key of the rule that is meant, with the word in it.
    init(code: Code, rule: Rule, at key: Key, _ word: String? = nil, reason: Wording, change: Wording) {
        self.init(code: code, rule: rule, reason: reason, change: change)
        anchor = Anchor(key: key, word: word)
    }

    init(
        code: Code, name: String, location: SourceLocation, reason: Wording, change: Wording, edits: [SourceEdit] = []
    ) {
        (self.code, rule, self.location) = (code, RuleID(name), location)
        (self.reason, self.change, self.edits) = (reason, change, edits)
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

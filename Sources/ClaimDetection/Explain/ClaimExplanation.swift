public import ClaimRules
public import LiveEvents

/// Why a rule whose terms occur was not met; for `explain` and failed examples.
public enum Miss: Equatable, Sendable {
    /// Every occurrence of a part shares a character with an `unless` phrase. The phrases in order of the text.
    case cleared(by: [String])
    /// No term of these parts (1-based, as written) occurs.
    case missingParts([Int])
    /// All parts occur, but not as the rule asks for: nil if more than one constraint keeps them apart.
    case apart(Distance?)
    /// Every hit is cleared by this guard, for these of its words; empty if it takes several.
    case guarded(name: String, words: [String])
    /// There is a hit, but not the context with this number (1-based) that it needs.
    case lacksContext(Int)
    /// There is a hit, and the rule's screen gave it `percent`, which is less than `least`; of several hits the most.
    case screened(model: String, percent: Int, least: Int)
    /// There is a hit, and this rule, which says more, has one in the same text.
    case leftTo(RuleID)
}

/// The one constraint that keeps the parts of a rule apart, and what it would have to be.
public enum Distance: Equatable, Sendable {
    /// Characters between two parts.
    case gap(found: Int, allowed: ClosedRange<Int>)
    /// Characters of the whole.
    case within(found: Int, allowed: Int)
    /// They stand in several clauses, sentences or segments.
    case unit(TextUnit)
    /// This word lies between them.
    case forbidden(String)
    /// They stand in another order.
    case order
}

/// What one text would raise, and why: for `explain`, `test` and rule authors.
public struct ClaimExplanation: Sendable {
    /// One occurrence of a term. Byte offsets in the text.
    public struct TermHit: Sendable, Equatable {
        public var term: String
        public var start: Int
        public var end: Int
        /// As the evidence of an alert says it.
        public var path: EvidencePath
        /// 0 to 1.
        public var score: Double
        /// Inside another word, or across two; known only where a rule asks for `whole_words`.
        public var isEmbedded: Bool
    }
    /// A term that occurs, or is heard in a disguise, and that the rule does not take.
    public struct Dropped: Sendable, Equatable {
        public enum Reason: Sendable, Equatable {
            /// Less sure than the rule's `min_score`, or too unsure for any rule that names none.
            case belowMinScore
            /// A reader sees other words there, and the rule asks for `whole_words`.
            case insideWord
            /// In a disguise, where an ordinary word stands: 威信 for 微信.
            case ordinaryWord
            /// In a disguise, where the words begin or end elsewhere: 最|好喝 for 最好.
            case otherWords
            /// With a filler that is a part of a word.
            case fillerInWord
        }
        /// 1-based, as written.
        public var part: Int
        /// Not among `hits` if no rule could take it.
        public var hit: TermHit
        public var reason: Reason
        /// The words that are read there instead, folded, if that is the reason.
        public var words: [String]
    }
    public enum Outcome: Sendable, Equatable {
        /// Met; the occurrences that make each hit.
        case fired([[TermHit]])
        /// The words are there but the rule was not met.
        case missed(Miss)
        /// Met, but it does not look at this kind of text.
        case otherTarget
        /// Met, but it speaks of other products.
        case otherProduct(category: String)
    }
    public struct RuleOutcome: Sendable, Equatable {
        public var ruleID: RuleID
        public var outcome: Outcome
        public var dropped: [Dropped]
        /// Of what fired: the guards that lower or mark a hit, by name, and the exemptions that may apply.
        public var guards: [String] = []
        public var exemptions: [Exemption] = []
    }
    /// In order of end, then start.
    public var hits: [TermHit]
    /// The rules of which some term occurs, or is heard and not meant, in order of the packs.
    public var rules: [RuleOutcome]
}

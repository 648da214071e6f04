import ChineseText
public import TermMatching

/// Every rule of every pack, compiled: one term index for all of them, and what each term means to which rule.
///
/// Immutable; shared by all workers.
public struct RuleSet: Sendable {
    /// What a term is to a rule.
    public struct Posting: Hashable, Sendable {
        public enum Role: Hashable, Sendable {
            /// A term of the part with this index.
            case part(Int)
            case unless
        }
        /// Index into `rules`.
        public var rule: Int
        public var role: Role
        public init(rule: Int, role: Role) { (self.rule, self.role) = (rule, role) }
    }

    /// Rules that are not off, in order of pack file and place.
    public let rules: [Rule]
    /// The terms as written. `TermMatch.term` indexes this and `postings`.
    ///
    /// A term that rules see through different disguises, or with other aliases, stands here once for each way to see
    /// it, so that a rule gets what it asked for and no more. Only which sounds are alike is shared: the index hears
    /// alike what any rule takes for the same.
    public let terms: [String]
    public let postings: [[Posting]]
    public let index: TermIndex
    /// 16 hexadecimal digits of the SHA-256 of the pack files' names and bytes.
    public let contentHash: String

    /// Compiles rules that passed validation.
    public init(rules: [Rule], contentHash: String) throws(TermError) {
        let live = rules.filter { $0.status != .off }
        let numbered = RuleSet.number(live)
        terms = numbered.terms.map(\.text)
        postings = numbered.postings
        self.rules = live
        self.contentHash = contentHash
        let confusions = live.reduce(into: SoundConfusions()) { $0.formUnion($1.evasion.confusions) }
        index = try TermIndex(numbered.terms, confusions: confusions)
    }

    /// Gives each term and way to see it a number, in order of rule and place, and notes what it is to which rule.
    static func number(_ rules: [Rule]) -> (terms: [Term], postings: [[Posting]]) {
        var numbers: [Term: Int] = [:]
        var terms: [Term] = []
        var postings: [[Posting]] = []
        func note(_ term: Term, _ posting: Posting) {
            if let number = numbers[term] {
                // Postings of one rule stand together, so the last few tell; a term of all rules costs no more.
                let own = postings[number].reversed().prefix { $0.rule == posting.rule }
                if !own.contains(posting) { postings[number].append(posting) }
            } else {
                numbers[term] = terms.count
                terms.append(term)
                postings.append([posting])
            }
        }
        for (number, rule) in rules.enumerated() {
            for (part, alternatives) in rule.condition.parts.enumerated() {
                for term in alternatives { note(rule.term(term), Posting(rule: number, role: .part(part))) }
            }
            for phrase in rule.clearingPhrases() { note(phrase, Posting(rule: number, role: .unless)) }
        }
        return (terms, postings)
    }
}

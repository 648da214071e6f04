public import PatternMatching

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
    /// Distinct terms as written. `TermMatch.term` indexes this and `postings`.
    public let terms: [String]
    public let postings: [[Posting]]
    public let index: TermIndex
    /// 16 hexadecimal digits of the SHA-256 of the pack files' names and bytes.
    public let contentHash: String

    /// Compiles rules that passed validation.
    public init(rules: [Rule], contentHash: String) throws(TermError) {
        let live = rules.filter { $0.status != .off }
        var numbers: [String: Int] = [:]
        var terms: [String] = []
        var postings: [[Posting]] = []
        func note(_ term: String, _ posting: Posting) {
            let number = numbers[term] ?? {
                numbers[term] = terms.count
                terms.append(term)
                postings.append([])
                return terms.count - 1
            }()
            if !postings[number].contains(posting) { postings[number].append(posting) }
        }
        for (ruleNumber, rule) in live.enumerated() {
            for (part, alternatives) in rule.condition.parts.enumerated() {
                for term in alternatives { note(term, Posting(rule: ruleNumber, role: .part(part))) }
            }
            for phrase in rule.unless { note(phrase, Posting(rule: ruleNumber, role: .unless)) }
        }
        self.rules = live
        self.terms = terms
        self.postings = postings
        self.contentHash = contentHash
        index = try TermIndex(terms)
    }
}

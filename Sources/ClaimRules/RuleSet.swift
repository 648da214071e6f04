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
        (terms, postings) = RuleSet.number(live)
        self.rules = live
        self.contentHash = contentHash
        index = try TermIndex(terms)
    }

    /// Gives each distinct term its number, in order of rule and place, and notes what it is to which rule.
    static func number(_ rules: [Rule]) -> (terms: [String], postings: [[Posting]]) {
        var numbers: [String: Int] = [:]
        var terms: [String] = []
        var postings: [[Posting]] = []
        func note(_ term: String, _ posting: Posting) {
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
                for term in alternatives { note(term, Posting(rule: number, role: .part(part))) }
            }
            for phrase in rule.unless { note(phrase, Posting(rule: number, role: .unless)) }
        }
        return (terms, postings)
    }
}

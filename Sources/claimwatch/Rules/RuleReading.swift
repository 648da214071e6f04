import ClaimRules
import PatternMatching

/// Which terms of which rules stand in a text, and why a rule does or does not come of it.
///
/// The verdict is the detection's (`Rehearsal`); this only words the reasons for people.
struct RuleReading {
    struct Hit {
        var term: String
        /// UTF-8 byte offsets in the raw text.
        var start: Int
        var end: Int
        var postings: [RuleSet.Posting]
    }

    let ruleSet: RuleSet
    let rehearsal: Rehearsal
    /// In the order of the text.
    let hits: [Hit]

    init(_ rehearsal: Rehearsal, ruleSet: RuleSet) {
        self.rehearsal = rehearsal
        self.ruleSet = ruleSet
        var matches = MatchBuffer()
        var text = rehearsal.text
        text.withUTF8 { ruleSet.index.scan($0, into: &matches) }
        hits = (0..<matches.count).map { index in
            let match = matches[index]
            return Hit(
                term: ruleSet.terms[Int(match.term)], start: Int(match.start), end: Int(match.end),
                postings: ruleSet.postings[Int(match.term)])
        }.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    }

    /// The rules that have a part (not only an `unless` phrase) in the text, in order of the rule set.
    var rulesTouched: [Int] {
        var touched: Set<Int> = []
        for hit in hits {
            for posting in hit.postings where posting.role != .unless { touched.insert(posting.rule) }
        }
        return touched.sorted()
    }

    /// The hits that concern a rule, with what each is to it.
    func hits(of rule: Int) -> [(hit: Hit, role: RuleSet.Posting.Role)] {
        hits.flatMap { hit in hit.postings.filter { $0.rule == rule }.map { (hit, $0.role) } }
    }

    /// Why the rule raised no alert, in words that say what to change.
    func reasonNotFired(_ number: Int) -> String {
        let rule = ruleSet.rules[number]
        let hits = hits(of: number)
        guard rule.targets.contains(rehearsal.target) else {
            return "the rule does not look at \(rehearsal.target.rawValue) (applies_to)"
        }
        let missing = rule.condition.parts.indices.filter { part in !hits.contains { $0.role == .part(part) } }
        if let part = missing.first {
            return "part \(part + 1) is not in the text: none of \(Self.sample(rule.condition.parts[part]))"
        }
        if let phrase = clearingPhrase(hits) { return "cleared by the unless phrase 「\(phrase)」" }
        if let product = rule.product, let reason = reasonOutOfScope(product) { return reason }
        if rule.threshold > 1 {
            return "the rule needs \(rule.threshold) hits in its window (threshold); one text may give fewer"
        }
        if rule.condition.parts.count > 1 {
            return """
                its parts are in the text, but not within \(rule.condition.within) characters of one sentence\
                \(rule.condition.order == .written ? " in the order written" : "")
                """
        }
        return "its terms are in the text, but the detection did not accept them"
    }

    static func describe(_ role: RuleSet.Posting.Role) -> String {
        switch role {
        case .part(let part): "part \(part + 1)"
        case .unless: "unless"
        }
    }

    private func clearingPhrase(_ hits: [(hit: Hit, role: RuleSet.Posting.Role)]) -> String? {
        let phrases = hits.filter { $0.role == .unless }.map(\.hit)
        let parts = hits.filter { $0.role != .unless }.map(\.hit)
        return phrases.first { phrase in parts.contains { $0.start < phrase.end && phrase.start < $0.end } }?.term
    }

    private func reasonOutOfScope(_ product: Rule.ProductScope) -> String? {
        let components = (rehearsal.category ?? "").split(separator: "/").map(String.init)
        if let excluded = product.excluded.first(where: components.contains) {
            return "the product is \(excluded), which the rule leaves out (product: not)"
        }
        // Without a category the detection alerts all the same and says that it is unresolved.
        if let category = rehearsal.category, !product.categories.isEmpty,
            !product.categories.contains(where: components.contains)
        {
            return "the product must be \(Self.sample(product.categories)); this one is \(category)"
        }
        return nil
    }

    private static func sample(_ terms: [String]) -> String {
        let shown = terms.prefix(5).joined(separator: ", ")
        return terms.count > 5 ? "\(shown) … (\(terms.count))" : shown
    }
}

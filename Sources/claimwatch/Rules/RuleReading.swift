import ClaimDetection
import ClaimRules
import LiveEvents
import TermMatching

/// Which terms of which rules stand in a text, and why a rule does or does not come of it.
///
/// Verdicts and reasons are the detection's (`Rehearsal`, `ClaimExplainer`); this only words them for people.
struct RuleReading {
    struct Hit {
        var term: String
        /// UTF-8 byte offsets in the raw text.
        var start: Int
        var end: Int
        var path: EvidencePath
        /// 0 to 1.
        var score: Double
        var isEmbedded: Bool
        var postings: [RuleSet.Posting]

        /// e.g. `homophone 0.80`
        var manner: String { RuleReading.manner(path, score) }
    }

    let ruleSet: RuleSet
    let rehearsal: Rehearsal
    /// In the order of the text.
    let hits: [Hit]
    /// What the detection made of each rule that has a term in the text, by rule id.
    private let outcomes: [RuleID: ClaimExplanation.RuleOutcome]

    init(_ rehearsal: Rehearsal, ruleSet: RuleSet) {
        self.rehearsal = rehearsal
        self.ruleSet = ruleSet
        var matches = MatchBuffer()
        var text = rehearsal.text
        text.withUTF8 { ruleSet.index.scan($0, into: &matches) }
        let explanation = ClaimExplainer(ruleSet: ruleSet).explain(
            rehearsal.text, target: rehearsal.target, category: rehearsal.category)
        // Both come of the same scan, in its order.
        hits = zip(0..<matches.count, explanation.hits).map { index, hit in
            Hit(
                term: hit.term, start: hit.start, end: hit.end, path: hit.path, score: hit.score,
                isEmbedded: hit.isEmbedded, postings: ruleSet.postings[Int(matches[index].term)])
        }.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
        outcomes = Dictionary(uniqueKeysWithValues: explanation.rules.map { ($0.ruleID, $0) })
    }

    /// The rules that have a part (not only an `unless` phrase) in the text, or heard and not meant there, in order of
    /// the rule set.
    var rulesTouched: [Int] {
        var touched = Set(ruleSet.rules.indices.filter { !(outcomes[ruleSet.rules[$0].id]?.dropped ?? []).isEmpty })
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
        guard rule.targets.contains(rehearsal.target) else {
            return "the rule does not look at \(rehearsal.target.rawValue) (applies_to)"
        }
        switch outcomes[rule.id]?.outcome {
        case nil: return reasonMissing(part: 1, of: rule)
        case .missed(.missingParts(let parts)):
            return reasonsDropped(number, part: parts[0]).first ?? reasonMissing(part: parts[0], of: rule)
        case .missed(.cleared(let phrases)): return "cleared by the unless phrase 「\(phrases[0])」"
        case .missed(.apart):
            return """
                its parts are in the text, but not within \(rule.condition.within) characters of one sentence\
                \(rule.condition.order == .written ? " in the order written" : "")
                """
        case .otherProduct(let category): return reasonOutOfScope(rule, category: category)
        case .fired where rule.threshold > 1:
            return "the rule needs \(rule.threshold) hits in its window (threshold); one text may give fewer"
        case .fired, .otherTarget: return "its terms are in the text, but the detection did not accept them"
        }
    }

    /// Why the rule took matches of its terms for nothing, one sentence each and none twice; of one part (1-based) if it is
    /// given. In the order of the text, but what is hardly heard comes last.
    func reasonsDropped(_ number: Int, part: Int? = nil) -> [String] {
        let rule = ruleSet.rules[number]
        let utf8 = Array(rehearsal.text.utf8)
        let dropped = (outcomes[rule.id]?.dropped ?? []).filter { part == nil || $0.part == part }
        let isFaint = { (dropped: ClaimExplanation.Dropped) in dropped.hit.score * 100 < Double(Evasion.usualLeast) }
        var seen: Set<String> = []
        return (dropped.filter { !isFaint($0) } + dropped.filter(isFaint)).map { dropped in
            let hit = dropped.hit
            let surface = DisplayText.printable(String(decoding: utf8[hit.start..<hit.end], as: UTF8.self))
            let written = hit.path == .literal ? "" : " (as 「\(surface)」)"
            return
                "part \(dropped.part): 「\(hit.term)」\(written) \(Self.reason(dropped, minScore: rule.evasion.minScore))"
        }.filter { seen.insert($0).inserted }
    }

    /// - Parameter minScore: The rule's, in percent; 0 if it has none.
    private static func reason(_ dropped: ClaimExplanation.Dropped, minScore: Int) -> String {
        let hit = dropped.hit
        let read = dropped.words.map(DisplayText.printable)
        let heard = "is heard (\(manner(hit.path, hit.score)))"
        switch dropped.reason {
        case .belowMinScore:
            let least =
                minScore > 0
                ? "the rule's min_score \(share(minScore))"
                : "\(share(Evasion.usualLeast)), which counts where a rule names no min_score"
            return "by \(hit.path.rawValue) scores \(share(Int((hit.score * 100).rounded()))), below \(least)"
        case .insideWord: return "lies inside another word, or across two (whole_words)"
        case .ordinaryWord: return "\(heard), but 「\(read.joined())」 is an ordinary word"
        case .otherWords: return "\(heard), but the words there are 「\(read.joined(separator: " | "))」"
        case .fillerInWord:
            return "\(heard), but 「\(read.joined(separator: " | "))」 is a word and no filler"
        }
    }

    /// Whether the rule drops a hit that is this part of it.
    func drops(_ hit: Hit, rule number: Int, role: RuleSet.Posting.Role) -> Bool {
        guard case .part(let part) = role else { return false }
        return (outcomes[ruleSet.rules[number].id]?.dropped ?? []).contains {
            $0.part == part + 1 && $0.hit.term == hit.term && $0.hit.start == hit.start && $0.hit.end == hit.end
                && $0.hit.path == hit.path
        }
    }

    private static func manner(_ path: EvidencePath, _ score: Double) -> String {
        let percent = Int((score * 100).rounded())
        return "\(path.rawValue) \(percent / 100).\(percent % 100 < 10 ? "0" : "")\(percent % 100)"
    }

    /// A percentage as packs write it: 0.8.
    private static func share(_ percent: Int) -> String { "\(Double(percent) / 100)" }

    static func describe(_ role: RuleSet.Posting.Role) -> String {
        switch role {
        case .part(let part): "part \(part + 1)"
        case .unless: "unless"
        }
    }

    private func reasonMissing(part: Int, of rule: Rule) -> String {
        "part \(part) is not in the text: none of \(Self.sample(rule.condition.parts[part - 1]))"
    }

    private func reasonOutOfScope(_ rule: Rule, category: String) -> String {
        let scope = rule.product ?? Rule.ProductScope(categories: [], excluded: [])
        let components = category.split(separator: "/").map(String.init)
        if let excluded = scope.excluded.first(where: components.contains) {
            return "the product is \(excluded), which the rule leaves out (product: not)"
        }
        return "the product must be \(Self.sample(scope.categories)); this one is \(category)"
    }

    private static func sample(_ terms: [String]) -> String {
        let shown = terms.prefix(5).joined(separator: ", ")
        return terms.count > 5 ? "\(shown) … (\(terms.count))" : shown
    }
}

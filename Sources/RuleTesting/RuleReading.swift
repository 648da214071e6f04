import ClaimDetection
public import ClaimRules
public import LiveEvents
import TermMatching

/// Which terms of which rules stand in a text, and why an alert does or does not come of each rule.
///
/// What holds is the detection's word (`SampleRun`, `ClaimExplainer`); this sorts it by rule, for people who write rules.
public struct RuleReading: Sendable {
    /// One occurrence of a term in the text.
    public struct Hit: Sendable {
        public var term: String
        /// UTF-8 byte offsets in the raw text.
        public var start: Int
        public var end: Int
        public var path: EvidencePath
        /// 0 to 1.
        public var score: Double
        /// Inside another word, or across two; known only where a rule asks for whole words.
        public var isEmbedded: Bool
        /// What the term is to which rules.
        public var postings: [RuleSet.Posting]
    }

    public let ruleSet: RuleSet
    public let sample: SampleRun
    /// In the order of the text.
    public let hits: [Hit]
    /// What the detection made of each rule that has a term in the text.
    let outcomes: [RuleID: ClaimExplanation.RuleOutcome]
    /// By rule, terms that a comma or the like keeps from being met.
    private(set) var interrupted: [Int: [InterruptedTerm]] = [:]

    /// Cost: two scans of the text and one evaluation of the rules, and the same again if a comma or the like stands in it.
    public init(_ sample: SampleRun, ruleSet: RuleSet) {
        self.init(found: sample, ruleSet: ruleSet)
        interrupted = findInterrupted()
    }

    /// What is found, without what is nearly found.
    init(found sample: SampleRun, ruleSet: RuleSet) {
        self.sample = sample
        self.ruleSet = ruleSet
        var matches = MatchBuffer()
        var text = sample.text
        text.withUTF8 { ruleSet.index.scan($0, into: &matches) }
        let explanation = ClaimExplainer(ruleSet: ruleSet).explain(
            sample.text, target: sample.target, category: sample.category)
        // Both come of the same scan, in its order.
        hits = zip(0..<matches.count, explanation.hits).map { index, hit in
            Hit(
                term: hit.term, start: hit.start, end: hit.end, path: hit.path, score: hit.score,
                isEmbedded: hit.isEmbedded, postings: ruleSet.postings(of: matches[index].term))
        }.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
        outcomes = Dictionary(uniqueKeysWithValues: explanation.rules.map { ($0.ruleID, $0) })
    }

    /// The rules that have a part (not only an `unless` phrase) in the text, or heard and not meant there, or every part but
    /// for a comma or the like between its characters, in order of the rule set.
    public var rulesTouched: [Int] {
        var touched = Set(ruleSet.rules.indices.filter { !(outcomes[ruleSet.rules[$0].id]?.dropped ?? []).isEmpty })
        for hit in hits {
            for posting in hit.postings where posting.role != .unless { touched.insert(posting.rule) }
        }
        touched.formUnion(rulesNearlyTouched)
        return touched.sorted()
    }

    /// The hits that concern a rule, with what each is to it.
    public func hits(of rule: Int) -> [(hit: Hit, role: RuleSet.Posting.Role)] {
        hits.flatMap { hit in hit.postings.filter { $0.rule == rule }.map { (hit, $0.role) } }
    }

    /// Whether the rule drops a hit that is this part of it.
    public func drops(_ hit: Hit, rule number: Int, role: RuleSet.Posting.Role) -> Bool {
        guard case .part(let part) = role else { return false }
        return (outcomes[ruleSet.rules[number].id]?.dropped ?? []).contains {
            $0.part == part + 1 && $0.hit.term == hit.term && $0.hit.start == hit.start && $0.hit.end == hit.end
                && $0.hit.path == hit.path
        }
    }
}

public import ClaimRules
public import LiveEvents
import TermMatching

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
    }
    /// In order of end, then start.
    public var hits: [TermHit]
    /// The rules of which some term occurs, or is heard and not meant, in order of the packs.
    public var rules: [RuleOutcome]
}

/// Judges single texts and says why. Slower than `RoomStore`, with the same judgement.
public final class ClaimExplainer {
    private let judge: RuleEvaluator
    private let products: ProductContext

    public init(ruleSet: RuleSet) {
        judge = RuleEvaluator(ruleSet: ruleSet)
        products = ProductContext(ruleSet: ruleSet)
    }

    /// - Parameters:
    ///   - text: Speech, or the text of a listing.
    ///   - target: Which of the two.
    ///   - category: The category path of the product on sale, or nil if none is known.
    public func explain(_ text: String, target: Rule.Target = .speech, category: String? = nil) -> ClaimExplanation {
        let bytes = Array(text.utf8)
        return bytes.withUnsafeBufferPointer { raw in
            let (matches, verdicts) = judge.explain(raw, target: target)
            let terms = judge.ruleSet.terms
            func hit(_ match: TermMatch) -> ClaimExplanation.TermHit {
                let (start, end, term) = (Int(match.start), Int(match.end), terms[Int(match.term)])
                let path = EvidenceMaker.path(match.path, of: raw[start..<end], term: term)
                return ClaimExplanation.TermHit(
                    term: term, start: start, end: end, path: path,
                    score: Double(EvidenceMaker.percent(path: path, score: match.score)) / 100,
                    isEmbedded: match.isEmbedded)
            }
            let shelf = category.map {
                [
                    ActiveListing(
                        alertListing: .init(listingID: "example"), categories: CategoryPath.components(of: $0),
                        order: 0, isExplaining: false, region: nil)
                ]
            }
            return ClaimExplanation(
                hits: matches.map(hit),
                rules: verdicts.map { verdict in
                    let rule = judge.ruleSet.rules[verdict.rule]
                    let outcome: ClaimExplanation.Outcome
                    if let miss = verdict.miss {
                        outcome = .missed(miss)
                    } else if !rule.targets.contains(target) {
                        outcome = .otherTarget
                    } else if products.answer(rule: verdict.rule, named: nil, shelf: shelf ?? []) == .doesNotApply {
                        outcome = .otherProduct(category: category ?? "")
                    } else {
                        outcome = .fired(verdict.hits.map { $0.parts.map { hit($0.match) } })
                    }
                    return ClaimExplanation.RuleOutcome(
                        ruleID: rule.id, outcome: outcome,
                        dropped: verdict.dropped.map {
                            .init(part: $0.part + 1, hit: hit($0.match), reason: $0.reason, words: $0.words)
                        })
                })
        }
    }
}

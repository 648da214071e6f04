public import ClaimRules
import LiveEvents
import TermMatching

/// Judges single texts and says why: the evaluator of `RoomStore`, asked for its reasons. Slower, with the same judgement.
public final class ClaimExplainer {
    private var scanner: OccurrenceScanner
    private var evaluator: RuleEvaluator
    private let products: ProductScopes
    private let ruleSet: RuleSet

    public init(ruleSet: RuleSet) {
        self.ruleSet = ruleSet
        scanner = OccurrenceScanner(ruleSet)
        evaluator = RuleEvaluator(ruleSet)
        products = ProductScopes(ruleSet)
    }

    /// - Parameters:
    ///   - text: Speech, or the text of a listing.
    ///   - target: Which of the two.
    ///   - category: The category path of the product on sale, or nil if none is known.
    public func explain(_ text: String, target: Rule.Target = .speech, category: String? = nil) -> ClaimExplanation {
        var text = text
        return text.withUTF8 { explain($0, target, category) }
    }

    private func explain(
        _ text: UnsafeBufferPointer<UInt8>, _ target: Rule.Target, _ category: String?
    ) -> ClaimExplanation {
        var occurrences: [Occurrence] = []
        _ = scanner.scan(text, from: 0, limit: .max, into: &occurrences)
        return ClaimExplanation(
            hits: occurrences.map { hit($0.match, isEmbedded: $0.isEmbedded, in: text) },
            rules: verdicts(occurrences, in: text).map { verdict in
                let rule = ruleSet.rules[verdict.rule]
                let outcome: ClaimExplanation.Outcome
                if let miss = verdict.miss {
                    outcome = .missed(miss)
                } else if !rule.targets.contains(target) {
                    outcome = .otherTarget
                } else if let category, !products.fits(rule: verdict.rule, CategoryPath(category)) {
                    outcome = .otherProduct(category: category)
                } else {
                    outcome = .fired(
                        verdict.hits.map { $0.map { hit($0.match, isEmbedded: false, in: text) } })
                }
                return ClaimExplanation.RuleOutcome(
                    ruleID: rule.id, outcome: outcome,
                    dropped: verdict.dropped.map {
                        .init(
                            part: $0.part + 1, hit: hit($0.match, isEmbedded: $0.match.isEmbedded, in: text),
                            reason: $0.reason, words: $0.words)
                    })
            })
    }

    private func hit(
        _ match: TermMatch, isEmbedded: Bool, in text: UnsafeBufferPointer<UInt8>
    ) -> ClaimExplanation.TermHit {
        let (start, end, term) = (Int(match.start), Int(match.end), ruleSet.terms[match.term.index])
        let path = EvidenceMaker.path(
            match.path, of: UnsafeBufferPointer(rebasing: text[start..<end]), term: term)
        return ClaimExplanation.TermHit(
            term: term, start: start, end: end, path: path,
            score: Double(EvidenceMaker.percent(path: path, score: match.score)) / 100, isEmbedded: isEmbedded)
    }

    // MARK: Verdicts

    /// What came of a rule that has a term in the text.
    private struct Verdict {
        var rule: Int
        var hits: [[RuleEvaluator.Met]]
        var miss: Miss?
        var dropped: [DroppedMatch]
    }

    /// A match that a rule does not take, and why.
    private struct DroppedMatch {
        var part: Int
        var match: TermMatch
        var reason: ClaimExplanation.Dropped.Reason
        /// The words that are read there instead.
        var words: [String] = []
    }

    private func verdicts(_ occurrences: [Occurrence], in text: UnsafeBufferPointer<UInt8>) -> [Verdict] {
        var verdicts: [Verdict] = []
        var dropped = droppedMatches(occurrences, in: text)
        _ = evaluator.list(occurrences, limit: .max)
        let candidates = evaluator.candidates
        var first = 0
        while first < candidates.count {
            let rule = Int(candidates[first].rule)
            var end = first + 1
            while end < candidates.count, candidates[end].rule == rule { end += 1 }
            let slice = first..<end
            first = end
            guard candidates[slice].contains(where: { $0.part >= 0 }) else { continue }
            let before = evaluator.hits.count
            var cleared = 0
            evaluator.meet(rule, slice, in: text, behind: 0, cleared: &cleared)
            let hits = evaluator.hits[before...].map { Array(evaluator.parts[$0.parts]) }
            verdicts.append(
                Verdict(
                    rule: rule, hits: hits,
                    miss: hits.isEmpty
                        ? miss(
                            candidates[slice], kept: evaluator.kept, parts: ruleSet.rules[rule].condition.parts.count)
                        : nil,
                    dropped: dropped.removeValue(forKey: rule) ?? []))
        }
        for (rule, matches) in dropped {
            let parts = Array(1...ruleSet.rules[rule].condition.parts.count)
            verdicts.append(Verdict(rule: rule, hits: [], miss: .missingParts(parts), dropped: matches))
        }
        return verdicts.sorted { $0.rule < $1.rule }
    }

    /// By rule, in the order of the text: what it does not take, and what was heard and not meant.
    private func droppedMatches(
        _ occurrences: [Occurrence], in text: UnsafeBufferPointer<UInt8>
    ) -> [Int: [DroppedMatch]] {
        var dropped: [Int: [DroppedMatch]] = [:]
        for occurrence in occurrences {
            for (rule, part) in evaluator.postings(of: occurrence.term) {
                guard let reason = evaluator.reasonToDrop(occurrence, rule: rule, part: part) else { continue }
                dropped[Int(rule), default: []].append(
                    DroppedMatch(part: Int(part), match: occurrence.match, reason: reason))
            }
        }
        for rejected in scanner.rejected(text) {
            // Nobody is told of an `unless` phrase that is heard and not meant.
            for (rule, part) in evaluator.postings(of: rejected.match.term) where part >= 0 {
                dropped[Int(rule), default: []].append(
                    DroppedMatch(
                        part: Int(part), match: rejected.match, reason: .init(rejected.reason),
                        words: rejected.words))
            }
        }
        return dropped.mapValues { $0.sorted { ($0.match.start, $0.match.end) < ($1.match.start, $1.match.end) } }
    }

    private func miss(
        _ slice: ArraySlice<RuleEvaluator.Candidate>, kept: [RuleEvaluator.Candidate], parts: Int
    ) -> Miss {
        let before = Set(slice.map(\.part))
        let after = Set(kept.map(\.part))
        let absent = (0..<Int32(parts)).filter { !before.contains($0) }
        if !absent.isEmpty { return .missingParts(absent.map { Int($0) + 1 }) }
        if (0..<Int32(parts)).contains(where: { !after.contains($0) }) {
            let phrases = slice.filter { phrase in
                phrase.part < 0
                    && slice.contains { $0.part >= 0 && $0.start < phrase.end && phrase.start < $0.end }
            }
            return .cleared(by: phrases.map { ruleSet.terms[$0.met.term.index] })
        }
        return .apart
    }
}

extension Occurrence {
    fileprivate var match: TermMatch {
        TermMatch(term: term, start: start, end: end, path: path, score: score, isEmbedded: isEmbedded)
    }
}

extension ClaimExplanation.Dropped.Reason {
    fileprivate init(_ reason: RejectedMatch.Reason) {
        switch reason {
        case .scoresLow: self = .belowMinScore
        case .ordinaryWord: self = .ordinaryWord
        case .otherWords: self = .otherWords
        case .fillerInWord: self = .fillerInWord
        }
    }
}

public import ClaimRules
import LiveEvents
import TermMatching

/// Judges single texts and says why: the evaluator of `RoomStore`, asked for its reasons. Slower, with the same judgement.
public final class ClaimExplainer {
    private var scanner: OccurrenceScanner
    private var evaluator: RuleEvaluator
    private let products: ProductScopes
    private var screening: Screening
    private let ruleSet: RuleSet

    public init(ruleSet: RuleSet) {
        self.ruleSet = ruleSet
        scanner = OccurrenceScanner(ruleSet)
        evaluator = RuleEvaluator(ruleSet)
        products = ProductScopes(ruleSet)
        screening = Screening(ruleSet)
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
        screening.begin()
        let verdicts = verdicts(occurrences, in: text)
        var explanation = ClaimExplanation(
            hits: occurrences.map { hit($0.match, isEmbedded: $0.isEmbedded, in: text) },
            rules: verdicts.map { verdict in
                let rule = ruleSet.rules[verdict.rule]
                let outcome: ClaimExplanation.Outcome
                if let miss = verdict.miss {
                    outcome = .missed(miss)
                } else if !rule.targets.contains(target) {
                    outcome = .otherTarget
                } else if let category, !products.fits(rule: verdict.rule, CategoryPath(category)) {
                    outcome = .otherProduct(category: category)
                } else if let miss = screened(verdict, in: text) {
                    outcome = .missed(miss)
                } else {
                    outcome = .fired(
                        verdict.hits.map { $0.map { hit($0.match, term: $0.text(ruleSet, in: text), in: text) } })
                }
                return ClaimExplanation.RuleOutcome(
                    ruleID: rule.id, outcome: outcome,
                    dropped: verdict.dropped.map {
                        .init(
                            part: $0.part + 1, hit: hit($0.match, isEmbedded: $0.match.isEmbedded, in: text),
                            reason: $0.reason, words: $0.words)
                    },
                    guards: verdict.guards, exemptions: verdict.exemptions)
            })
        leaveToOthers(verdicts.map(\.rule), &explanation)
        return explanation
    }

    /// Takes back what rules say that count only alone, where another says more, as the detector does.
    ///
    /// - Parameter numbers: Of the rules of the explanation, in its order.
    private func leaveToOthers(_ numbers: [Int], _ explanation: inout ClaimExplanation) {
        func isAlone(_ number: Int) -> Bool { ruleSet.rules[number].screen?.isAlone ?? false }
        let fired = zip(explanation.rules.indices, numbers).filter { place, _ in
            if case .fired = explanation.rules[place].outcome { true } else { false }
        }
        for (place, number) in fired where isAlone(number) {
            let other = fired.first { _, other in
                let rule = ruleSet.rules[other]
                return rule.status == .stable && ruleSet.rules[number].severity <= rule.severity
                    && (!isAlone(other) || other < number)
            }
            if let other { explanation.rules[place].outcome = .missed(.leftTo(ruleSet.rules[other.1].id)) }
        }
    }

    /// What the rule's screen says against all of its hits; nil if it lets one count, or if the rule asks none.
    private func screened(_ verdict: Verdict, in text: UnsafeBufferPointer<UInt8>) -> Miss? {
        guard let screen = ruleSet.rules[verdict.rule].screen else { return nil }
        var most: Int?
        for place in verdict.places {
            guard let answer = screening.answer(rule: verdict.rule, hit: place, in: text, from: 0), !answer.agrees
            else { return nil }
            most = max(most ?? 0, answer.percent)
        }
        return most.map { .screened(model: screen.model, percent: $0, least: screen.least) }
    }

    private func hit(
        _ match: TermMatch, isEmbedded: Bool = false, term: String? = nil, in text: UnsafeBufferPointer<UInt8>
    ) -> ClaimExplanation.TermHit {
        let (start, end, term) = (Int(match.start), Int(match.end), term ?? ruleSet.terms[match.term.index])
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
        /// Where each of the hits stands.
        var places: [Range<Int>] = []
        var miss: Miss?
        var dropped: [DroppedMatch]
        var guards: [String] = []
        var exemptions: [Exemption] = []
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
        var limits = DetectionLimits()
        limits.maxStepsPerText = .max
        evaluator.begin(text, from: 0, pieces: [], behind: 0, limits: limits)
        evaluator.take(occurrences, limit: .max)
        for rule in ruleSet.rules.indices {
            let own = dropped.removeValue(forKey: rule) ?? []
            let parts = ruleSet.program.parts(ofRule: rule)
            let isTouched = parts.contains { evaluator.hasOccurrence(of: $0) }
            guard isTouched || !own.isEmpty else { continue }
            let before = evaluator.hits.count
            if isTouched { evaluator.meet(rule) }
            // A rule that looks at several texts is not met by one.
            let isWhole = if case .text = ruleSet.rules[rule].match { true } else { false }
            let hits = isWhole ? evaluator.hits[before...].map { Array(evaluator.parts[$0.parts]) } : []
            var verdict = Verdict(rule: rule, hits: hits, dropped: own)
            for hit in evaluator.hits[before...] {
                verdict.places.append(Int(hit.start)..<Int(hit.end))
                for number in evaluator.guards[hit.guards] {
                    let name = ruleSet.program.names[ruleSet.program.conditions[Int(number)].name]
                    if !verdict.guards.contains(name) { verdict.guards.append(name) }
                }
                for exemption in Exemption.allCases
                where hit.exemptions.contains(exemption) && !verdict.exemptions.contains(exemption) {
                    verdict.exemptions.append(exemption)
                }
            }
            if hits.isEmpty { verdict.miss = miss(rule, parts, occurrences, in: text) }
            verdicts.append(verdict)
        }
        return verdicts
    }

    /// By rule, in the order of the text: what it does not take, and what was heard and not meant.
    private func droppedMatches(
        _ occurrences: [Occurrence], in text: UnsafeBufferPointer<UInt8>
    ) -> [Int: [DroppedMatch]] {
        var dropped: [Int: [DroppedMatch]] = [:]
        let program = ruleSet.program
        for occurrence in occurrences {
            for use in program.uses(of: occurrence.term) {
                guard let reason = RuleEvaluator.reasonToDrop(occurrence, program.leaves[use]) else { continue }
                for (rule, part) in parts(ofLeaf: use) {
                    dropped[rule, default: []].append(
                        DroppedMatch(part: part, match: occurrence.match, reason: reason))
                }
            }
        }
        for rejected in scanner.rejected(text) {
            // Nobody is told of an `unless` phrase that is heard and not meant.
            for use in program.uses(of: rejected.match.term) {
                for (rule, part) in parts(ofLeaf: use) {
                    dropped[rule, default: []].append(
                        DroppedMatch(
                            part: part, match: rejected.match, reason: .init(rejected.reason), words: rejected.words))
                }
            }
        }
        return dropped.mapValues { $0.sorted { ($0.match.start, $0.match.end) < ($1.match.start, $1.match.end) } }
    }

    private func parts(ofLeaf leaf: Int) -> [(rule: Int, part: Int)] {
        ruleSet.postings(ofLeaf: leaf).compactMap {
            if case .part(let part) = $0.role { ($0.rule, part) } else { nil }
        }
    }

    private func miss(
        _ rule: Int, _ parts: [Int], _ occurrences: [Occurrence], in text: UnsafeBufferPointer<UInt8>
    ) -> Miss {
        let absent = parts.indices.filter { !evaluator.isPresent(parts[$0]) }
        if !absent.isEmpty { return .missingParts(absent.map { $0 + 1 }) }
        if parts.contains(where: { evaluator.spans($0).isEmpty }) {
            let phrases = ruleSet.program.filters(of: ruleSet.program.roots[rule].node)
                .flatMap { evaluator.clearing($0) }
            var seen: [RuleEvaluator.Span] = []
            for phrase in phrases.sorted(by: { ($0.start, $1.end) < ($1.start, $0.end) }) where !seen.contains(phrase) {
                seen.append(phrase)
            }
            if !seen.isEmpty { return .cleared(by: seen.map { RuleEvaluator.Met(span: $0).text(ruleSet, in: text) }) }
        }
        var terms = Set(occurrences.map { ruleSet.matcherTerms[Int($0.meaning)] })
        if let index = ruleSet.contextIndex {
            var found = MatchBuffer()
            index.scan(text, into: &found)
            for match in found.found { terms.insert(ruleSet.contextTerms[match.term.index]) }
        }
        return Loosening(ruleSet.rules[rule], terms: terms, in: text).miss() ?? .apart(nil)
    }
}

extension Occurrence {
    fileprivate var match: TermMatch {
        TermMatch(term: term, start: start, end: end, path: path, score: score, isEmbedded: isEmbedded)
    }
}

extension RuleEvaluator.Met {
    fileprivate var match: TermMatch { TermMatch(term: term, start: start, end: end, path: path, score: score) }
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

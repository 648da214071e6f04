public import ClaimDetection
public import ClaimRules

extension RuleReading {
    /// Why a rule raised no alert.
    public enum ClearReason: Sendable, Equatable {
        /// The rule does not look at this kind of text.
        case otherTarget(Rule.Target)
        /// None of the terms of a part (1-based) is in the text.
        case missing(part: Int, terms: [String])
        /// The characters of a part are in the text, with a sign among them that is no gap.
        case interrupted(InterruptedTerm)
        /// A part is in the text, and the rule takes none of its matches.
        case dropped(DroppedHit)
        case cleared(phrase: String)
        /// All parts are there, but not within so many characters of one sentence, or not in this order. `needed` is the least
        /// `within` with which they would be met; nil if none would do.
        case apart(within: Int, order: Rule.Condition.Order, needed: Int?)
        /// All parts are there, and this keeps them from making a hit.
        case missed(Miss)
        /// The product on sale is of a category that the rule leaves out.
        case excludedProduct(String)
        /// The product on sale is of none of the rule's categories.
        case otherProduct(category: String, wanted: [String])
        /// The day lies outside those of the rule.
        case notInForce(from: String?, to: String?)
        /// The place lies outside those of the rule.
        case otherRegion(String, wanted: [String])
        /// An overlay excepts this room, shop or speaker: `key` is "room", "seller" or "speaker".
        case excepted(key: String, id: String)
        /// The rule is off, but for periods in which a campaign wakes it.
        case asleep
        /// The listing says the contrary: `told` is what it says of the fact, as far as that is one text.
        case factFails(FactTest, told: String?)
        /// The listing does not say, and the rule then raises nothing.
        case factUnknown(FactTest)
        /// None of the rule's bindings is for these goods and this speaker.
        case noBinding([Applicability])
        /// All steps are said, but not within so many milliseconds.
        case tooFarInTime(spanMS: Int64)
        /// What must be said is.
        case isSaid
        /// What must be said in this time may still be said.
        case heardTooLittle(withinMS: Int64)
        /// What was said does not add up to the threshold, or not in time.
        case scoreTooLow(Reached)
        /// The rule needs more hits in its window than one text may give.
        case threshold(Int)
        /// Its terms are there, but the detection did not accept them.
        case notAccepted
    }

    /// A match that a rule does not take.
    public struct DroppedHit: Sendable, Equatable {
        public var dropped: ClaimExplanation.Dropped
        /// What stands in the text there.
        public var surface: String
        /// The rule's, in percent; 0 if it has none.
        public var minScore: Int

        /// Whether it is heard so little that no rule without a `min_score` would look at it.
        public var isFaint: Bool { dropped.hit.score * 100 < Double(Evasion.usualLeast) }
    }

    /// Why the rule raised no alert. Of no use for one that did.
    public func reasonNotFired(_ number: Int) -> ClearReason {
        let rule = ruleSet.rules[number]
        guard rule.targets.contains(sample.target) else { return .otherTarget(sample.target) }
        guard case .text = rule.match else { return reasonOverTime(number) }
        switch outcomes[rule.id]?.outcome {
        case nil: return missing(part: 1, of: number)
        case .missed(.missingParts(let parts)):
            return dropped(number, part: parts[0]).first.map(ClearReason.dropped) ?? missing(part: parts[0], of: number)
        case .missed(.cleared(let phrases)): return .cleared(phrase: phrases[0])
        case .missed(.apart) where !rule.condition.parts.isEmpty:
            return .apart(
                within: rule.condition.within, order: rule.condition.order, needed: neededWithin(of: rule))
        case .missed(let miss): return .missed(miss)
        case .otherProduct(let category): return outOfScope(rule, category: category)
        case .fired: return reasonOfRoom(number) ?? .notAccepted
        case .otherTarget: return .notAccepted
        }
    }

    /// The matches of its terms that the rule does not take; of one part (1-based) if it is given. In the order of the
    /// text, but what is hardly heard comes last.
    public func dropped(_ number: Int, part: Int? = nil) -> [DroppedHit] {
        let rule = ruleSet.rules[number]
        let utf8 = Array(sample.text.utf8)
        let dropped = (outcomes[rule.id]?.dropped ?? []).filter { part == nil || $0.part == part }.map {
            DroppedHit(
                dropped: $0, surface: String(decoding: utf8[$0.hit.start..<$0.hit.end], as: UTF8.self),
                minScore: rule.evasion.minScore)
        }
        return dropped.filter { !$0.isFaint } + dropped.filter(\.isFaint)
    }

    private func missing(part: Int, of number: Int) -> ClearReason {
        if let term = interrupted[number]?.first(where: { $0.part == part }) { return .interrupted(term) }
        return .missing(part: part, terms: ruleSet.terms(ofPart: part - 1, rule: number))
    }

    /// The least `within` with which the rule, alone, would be met. Asks the detection, so that nothing is counted twice.
    private func neededWithin(of rule: Rule) -> Int? {
        func isMet(within: Int) -> Bool {
            var rule = rule
            switch rule.match {
            case .text(.near(let parts, var extent)):
                extent.within = within
                rule.match = .text(.near(parts, extent))
            case .text(.seq(let parts, var gaps, let isBothWays, var extent)):
                extent.within = within
                for number in gaps.indices {
                    gaps[number].characters = gaps[number].characters.lowerBound...within
                }
                rule.match = .text(.seq(parts, gaps: gaps, bothWays: isBothWays, extent))
            case .text, .timed, .score, .required: return false
            }
            guard let alone = try? RuleSet(alone: rule) else { return false }
            let explanation = ClaimExplainer(ruleSet: alone).explain(sample.text, target: sample.target)
            if case .fired? = explanation.rules.first?.outcome { return true }
            return false
        }
        var least = rule.condition.within + 1
        var enough = max(least, sample.text.unicodeScalars.count)
        guard isMet(within: enough) else { return nil }
        while least < enough {
            let middle = (least + enough) / 2
            if isMet(within: middle) { enough = middle } else { least = middle + 1 }
        }
        return least
    }

    func outOfScope(_ rule: Rule, category: String) -> ClearReason {
        let scope = rule.product ?? Rule.ProductScope(categories: [], excluded: [])
        let components = category.split(separator: "/").map(String.init)
        if let excluded = scope.excluded.first(where: components.contains) { return .excludedProduct(excluded) }
        return .otherProduct(category: category, wanted: scope.categories)
    }
}

import ChineseText
import ClaimDetection
import ClaimRules
import LiveEvents

/// What a rule asks for besides the words of one text: time, days, places, goods, facts, how often.
///
/// The rule is asked again, alone, with all of that taken away, and then with one condition put back at a time: the first
/// with which nothing is raised any more is the reason. Each try compiles the rule and judges the room once.
extension RuleReading {
    /// How far the signals of a score went.
    public struct Reached: Sendable, Equatable {
        /// Thousandths, each signal counted whole.
        public var sum: Int
        public var threshold: Int
        /// As the rule names them.
        public var said: [String]
        /// Of those that count for the claim.
        public var distinct: Int
        public var minDistinct: Int
    }

    /// Why a rule whose words are all said raised nothing; nil if none of these is the reason.
    func reasonOfRoom(_ number: Int) -> ClearReason? {
        let rule = ruleSet.rules[number]
        var bare = bare(rule)
        guard raises(bare) else { return nil }
        (bare.from, bare.to) = (rule.from, rule.to)
        guard raises(bare) else { return .notInForce(from: rule.from, to: rule.to) }
        bare.jurisdictions = rule.jurisdictions
        if !rule.jurisdictions.isEmpty, !raises(bare) {
            return .otherRegion(sample.room.region ?? "", wanted: rule.jurisdictions)
        }
        if let (key, id) = excepted(by: rule.excepted) { return .excepted(key: key.rawValue, id: id) }
        bare.status = rule.status
        if rule.status == .off, !raises(bare) { return .asleep }
        bare.status = .stable
        bare.product = rule.product
        if rule.product != nil, !raises(bare) {
            return sample.category.map { outOfScope(rule, category: $0) } ?? .notAccepted
        }
        for test in rule.facts {
            (bare.facts, bare.unknownFacts) = ([test], .verify)
            guard raises(bare) else { return .factFails(test, told: told(test)) }
            bare.unknownFacts = rule.unknownFacts
            guard raises(bare) else { return .factUnknown(test) }
        }
        (bare.facts, bare.unknownFacts) = (rule.facts, rule.unknownFacts)
        bare.bindings = rule.bindings
        if !rule.bindings.isEmpty, !raises(bare) { return .noBinding(rule.bindings.map(\.when)) }
        return rule.threshold > 1 ? .threshold(rule.threshold) : nil
    }

    /// Why a rule that looks at minutes of a room raised nothing.
    func reasonOverTime(_ number: Int) -> ClearReason {
        let rule = ruleSet.rules[number]
        var bare = bare(rule)
        func isSaid(_ signal: Expression) -> Bool {
            bare.match = .text(signal)
            return raises(bare)
        }
        switch rule.match {
        case .text: break
        case .timed(let steps, let isOrdered, let spanMS):
            let missing = steps.indices.filter { !isSaid(steps[$0]) }
            if let first = missing.first {
                return .missing(part: first + 1, terms: steps[first].words)
            }
            bare.match = .timed(steps, isOrdered: false, spanMS: spanMS)
            if isOrdered, !raises(self.bare(rule)), raises(bare) { return .missed(.apart(.order)) }
            bare.match = rule.match
            if !raises(bare) { return .tooFarInTime(spanMS: spanMS) }
        case .score(let score):
            let said = score.weights.filter { isSaid($0.signal) }
            let reached = Reached(
                sum: said.reduce(0) { $0 + $1.thousandths }, threshold: score.threshold, said: said.map(\.name),
                distinct: said.count { $0.thousandths > 0 }, minDistinct: score.minDistinct)
            bare.match = rule.match
            if !raises(bare) { return .scoreTooLow(reached) }
        case .required(let statement):
            if isSaid(statement.say) { return .isSaid }
            if !raises(self.bare(rule)) {
                return .heardTooLittle(withinMS: statement.withinMS)
            }
        }
        return reasonOfRoom(number) ?? .notAccepted
    }

    /// The rule with nothing but its words, their guards, and the time in which they must be said.
    private func bare(_ rule: Rule) -> Rule {
        var bare = rule
        (bare.status, bare.threshold) = (.stable, 1)
        (bare.from, bare.to, bare.jurisdictions, bare.product) = (nil, nil, [], nil)
        if case .required = rule.match { bare.product = rule.product }
        (bare.facts, bare.bindings) = ([], [])
        bare.excepted = Rule.Exceptions()
        return bare
    }

    private func excepted(by exceptions: Rule.Exceptions) -> (key: Key, id: String)? {
        let room = sample.room
        let all = [
            (Key.room, room.roomID, exceptions.rooms), (.seller, room.sellerID, exceptions.sellers),
            (.speaker, room.speakerID, exceptions.speakers),
        ]
        for (key, id, excepted) in all {
            if let id, excepted.contains(id) { return (key, id) }
        }
        return nil
    }

    private func raises(_ rule: Rule) -> Bool {
        guard let alone = try? RuleSet(alone: rule), let alerts = try? sample.alerts(alone) else {
            return false
        }
        return alerts.last.map { $0.state?.word != .withdrawn } ?? false
    }

    /// What the listing of the room says of a fact; nil if nothing.
    private func told(_ test: FactTest) -> String? {
        let fact = test.fact
        if fact == .attribute { return test.name.flatMap { sample.room.attributes[$0] } }
        if let text = sample.room.facts[fact] { return text }
        switch fact {
        case .category: return sample.room.category
        case .price: return sample.room.price.flatMap { $0.scaled(byPowerOfTen: -2) }.map { "\($0)" }
        case .attributes, .entries, .listing:
            let all = sample.room.attributes.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
            return all.isEmpty ? nil : all.joined(separator: ", ")
        default:
            return sample.room.attributes.sorted { $0.key < $1.key }.first { FactNames.fact($0.key) == fact }?.value
        }
    }
}

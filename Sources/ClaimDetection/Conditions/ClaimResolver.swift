import ClaimRules
import LiveEvents

/// What claims mean: whether their rule speaks of them at all, and by which of its bindings.
///
/// ```
///     能治糖尿病      rule health.cure     when 保健食品   → healthfood.disease    unknown   ┐ possible
///     listing: none                       when 食品       → food.treatment        unknown   │ the gravest is shown
///                                         when {}        → general.medical       yes       ┘
/// ```
/// Every condition is yes, no or unknown; of the bindings the first that holds is meant, and those before it that may.
/// What is unknown is raised at once, and decided again when a listing comes.
struct ClaimResolver {
    private let meanings: [Meaning]
    private let factTests: FactTests
    /// Of goods of which none is named, facts are compared of this many at most; of more they are unknown.
    private static let maxGoods = 16

    /// What a rule asks of a claim besides its words.
    private struct Meaning {
        var days: DayRange
        var regions: RegionScope
        /// Whether it is not in force, or not asked, at some times, places or people.
        var isLimited: Bool
        var standing: RuleStanding
        var excepted: Rule.Exceptions
        /// Whether all its hits mean what the rule itself says.
        var isPlain: Bool
        var severity: Severity
        var product: Question?
        var facts: [FactTests.Question]
        var dropsUnknownFacts: Bool
        var bindings: [Bound]
        /// Tells it from that of the rule as it was.
        var hash: UInt64
    }

    private struct Bound {
        var when: Applicability
        var product: Question?
        var facts: [FactTests.Question]
        var severity: Severity
        var exemptionsLower: Bool
    }

    /// A question of the category; its answer for several goods is kept under the number until they change.
    private struct Question {
        var number: Int32
        var scope: CategoryScope
    }

    init(_ ruleSet: RuleSet) {
        var words = FactTests.Builder()
        var count: Int32 = 0
        func question(_ scope: Rule.ProductScope?) -> Question? {
            guard let scope else { return nil }
            count += 1
            return Question(number: count, scope: CategoryScope(scope))
        }
        meanings = ruleSet.rules.enumerated().map { number, rule in
            let standing = RuleStanding(rule)
            return Meaning(
                days: DayRange(from: rule.from, to: rule.to), regions: RegionScope(rule.jurisdictions),
                isLimited: rule.from != nil || rule.to != nil || !rule.jurisdictions.isEmpty || !standing.isConstant
                    || !rule.excepted.isEmpty,
                standing: standing, excepted: rule.excepted,
                isPlain: !standing.mayRaise && rule.bindings.isEmpty && rule.facts.isEmpty && rule.exemptions.isEmpty
                    && rule.guards.allSatisfy { $0.action == .clear }, severity: rule.severity,
                product: question(rule.product), facts: rule.facts.prefix(64).map { words.question($0, of: rule) },
                dropsUnknownFacts: rule.unknownFacts == .drop,
                bindings: rule.bindings.prefix(64).map {
                    Bound(
                        when: $0.when, product: question($0.when.product),
                        facts: $0.when.facts.map { words.question($0, of: rule) },
                        severity: $0.severity ?? rule.severity, exemptionsLower: $0.exemptionsLower)
                },
                hash: ruleSet.claimHashes[number])
        }
        factTests = FactTests(words)
    }

    /// Whether all hits of a rule mean what the rule itself says, so that no claim need be made of them.
    func isPlain(rule: Int) -> Bool { meanings[rule].isPlain }

    /// Who says something, where and when.
    struct Occasion {
        var timeMS: Int64
        var region: String?
        var roomID: ArraySlice<UInt8>
        var speakerID: String?
        /// The shop whose goods it is about.
        var sellerID: String?
    }

    /// Whether a rule is in force at a time and place and asked of these people. A place that is not known counts as
    /// within; what a site excepts must be known to be that.
    func isInForce(rule: Int, _ occasion: @autoclosure () -> Occasion) -> Bool {
        guard meanings[rule].isLimited else { return true }
        let (meaning, occasion) = (meanings[rule], occasion())
        guard meaning.days.contains(ChinaDay.of(occasion.timeMS)), meaning.regions.contains(occasion.region),
            meaning.standing.status(at: occasion.timeMS, in: occasion.region) != .off
        else { return false }
        let excepted = meaning.excepted
        if excepted.isEmpty { return true }
        return !excepted.rooms.contains(String(decoding: occasion.roomID, as: UTF8.self))
            && occasion.speakerID.map(excepted.speakers.contains) != true
            && occasion.sellerID.map(excepted.sellers.contains) != true
    }

    /// What a claim means now; nil if its rule does not speak of it.
    ///
    /// Cost: a step per binding and condition; of several goods with none named, one look at each of them for every
    /// condition and state of the listings.
    func read(_ claim: Claim, rule: Int, listings: inout ActiveListings) -> ClaimReading? {
        let meaning = meanings[rule]
        let goods = Goods(of: claim, in: listings)
        var reading = ClaimReading()
        reading.meaning = meaning.hash
        reading.about = goods.only.map { listings.all[$0].id }
        switch truth(meaning.product, goods, &listings) {
        case .no: return nil
        case .unknown: reading.isUnresolved = true
        case .yes: break
        }
        for (number, test) in meaning.facts.enumerated() {
            switch truth(test, claim, goods, &listings) {
            case .no: return nil
            case .unknown:
                if meaning.dropsUnknownFacts { return nil }
                reading.unknownFacts |= 1 << UInt64(number)
            case .yes: break
            }
        }
        let region = claim.region ?? goods.only.flatMap { listings.all[$0].region }
        /// What raises a claim are campaigns; what lowers it are guards and what is not known, and exemptions where the law
        /// leaves them room.
        func severity(_ severity: Severity, exemptionsLower: Bool = true, binding: Int? = nil) -> Severity {
            let isLowered = claim.isLowered || exemptionsLower && !claim.exemptions.isEmpty
            return severity.raised(by: meaning.standing.raise(at: claim.timeMS, in: region, binding: binding))
                .lowered(by: (isLowered ? 1 : 0) + (reading.unknownFacts == 0 ? 0 : 1))
        }
        func severity(of number: Int) -> Severity {
            let binding = meaning.bindings[number]
            return severity(binding.severity, exemptionsLower: binding.exemptionsLower, binding: number)
        }
        reading.severity = severity(meaning.severity)
        if !meaning.bindings.isEmpty {
            var possible: UInt64 = 0
            var holds: Int?
            bindings: for (number, binding) in meaning.bindings.enumerated() {
                switch truth(binding, claim, goods, dropsUnknownFacts: meaning.dropsUnknownFacts, &listings) {
                case .no: continue
                case .unknown: possible |= 1 << UInt64(number)
                case .yes:
                    possible |= 1 << UInt64(number)
                    holds = number
                    break bindings
                }
            }
            guard possible != 0 else { return nil }
            let isOne = possible.nonzeroBitCount == 1 && holds != nil
            reading.isUnresolved = reading.isUnresolved || !isOne
            // Of those that may be meant the gravest, of equals the first.
            var gravest = possible.trailingZeroBitCount
            for number in meaning.bindings.indices where possible & 1 << UInt64(number) != 0 {
                if severity(of: number) > severity(of: gravest) {
                    gravest = number
                }
            }
            reading.binding = gravest
            reading.possible = isOne ? 0 : possible
            reading.severity = severity(of: gravest)
        }
        return reading
    }

    /// What a claim that was read under a rule of other bindings or facts means under the one in use; nil if it was read
    /// under this one. What that one does not speak of keeps its severity and loses its binding.
    func translated(_ claim: Claim, rule: Int, listings: inout ActiveListings) -> ClaimReading? {
        guard claim.reading.meaning != meanings[rule].hash else { return nil }
        if !claim.reading.isWithdrawn, let reading = read(claim, rule: rule, listings: &listings) { return reading }
        var reading = ClaimReading()
        reading.meaning = meanings[rule].hash
        (reading.severity, reading.about) = (claim.reading.severity, claim.reading.about)
        reading.isWithdrawn = claim.reading.isWithdrawn
        return reading
    }

    // MARK: Conditions

    /// The goods that a claim may be about.
    private struct Goods {
        /// The only one it can be.
        var only: Int?
        /// One is meant, and it has not come yet.
        var isMissing = false

        init(of claim: Claim, in listings: ActiveListings) {
            if let id = claim.listingID {
                only = listings.index(of: id)
                isMissing = only == nil
            } else {
                only = listings.explained ?? (listings.all.count == 1 ? 0 : nil)
            }
        }
    }

    private func truth(_ question: Question?, _ goods: Goods, _ listings: inout ActiveListings) -> Truth {
        guard let question else { return .yes }
        if let only = goods.only { return question.scope.truth(listings.all[only].category) }
        if goods.isMissing { return .unknown }
        return listings.agreement(on: question.number) { question.scope.truth($0.category) }
    }

    private func truth(
        _ binding: Bound, _ claim: Claim, _ goods: Goods, dropsUnknownFacts: Bool, _ listings: inout ActiveListings
    ) -> Truth {
        let when = binding.when
        if let channel = when.channel, channel != claim.channel { return .no }
        var result = Truth.yes
        if !when.roles.isEmpty {
            switch (claim.channel, claim.speaker?.role) {
            case (.listing, _): return .no
            case (.speech, let role?): result = result && Truth(role.word.map { when.roles.contains($0) } ?? false)
            case (.speech, nil): result = result && .unknown
            }
        }
        if let isSeller = when.isSeller {
            // Whoever writes a listing sells.
            let known = claim.channel == .listing ? true : claim.speaker?.isSeller
            result = result && (known.map { Truth($0 == isSeller) } ?? .unknown)
        }
        if result != .no { result = result && truth(binding.product, goods, &listings) }
        for test in binding.facts where result != .no {
            let fact = truth(test, claim, goods, &listings)
            result = result && (fact == .unknown && dropsUnknownFacts ? .no : fact)
        }
        return result
    }

    private func truth(
        _ test: FactTests.Question, _ claim: Claim, _ goods: Goods, _ listings: inout ActiveListings
    ) -> Truth {
        if test.asksNoListing { return factTests.truth(test, claim, .none, []) }
        func truth(of number: Int) -> Truth {
            let found = listings.foundWords(in: number, factTests.search)
            return factTests.truth(test, claim, listings.all[number], found)
        }
        if let only = goods.only { return truth(of: only) }
        guard !goods.isMissing, listings.all.count <= Self.maxGoods else { return .unknown }
        return listings.all.indices.agreement(truth)
    }

    // MARK: Evidence

    /// What the listing that a claim is about says of the facts of the rule and of the binding taken.
    func evidence(of claim: Claim, rule: Int, listings: inout ActiveListings) -> [Alert.Evidence] {
        let meaning = meanings[rule]
        var facts = meaning.facts
        // The binding that was taken says, too, what the listing must say.
        if claim.reading.possible == 0, let binding = claim.reading.binding, meaning.bindings.indices.contains(binding)
        {
            facts = meaning.bindings[binding].facts + facts
        }
        guard !facts.isEmpty, let id = claim.reading.about, let number = listings.index(of: id) else { return [] }
        let found = listings.foundWords(in: number, factTests.search)
        return factTests.evidence(facts, claim, listings.all[number], found)
    }
}

import ChineseText
import ClaimDetection
public import ClaimRules
import LiveEvents
import TermMatching

extension RuleReading {
    /// A stretch of the text that is no term of a rule and yet decides: a number, a match of a pattern, a word of a guard.
    public struct Mark: Sendable, Hashable {
        public enum Role: Sendable, Hashable {
            /// A number that a slot of the rule takes, or one of its kind out of its bounds.
            case number(NumberSlot, isTaken: Bool)
            /// A match of a pattern.
            case pattern
            /// A word that made the guard of this name apply.
            case contextWord(name: String, Guard.Action)
            /// A word that made an exemption apply.
            case exemptWord(Exemption)
        }
        /// UTF-8 byte offsets in the text.
        public var start: Int
        public var end: Int
        public var role: Role
    }

    /// Guard words that are tried one by one.
    private static let mostContextWords = 16

    /// The marks of the given rules, in order of the text, each once.
    ///
    /// Cost: each guard word of a rule to which a guard applied is judged once more with all others hidden.
    public func marks(of rules: [Int]) -> [Mark] {
        var seen: Set<Mark> = []
        return rules.flatMap { numbers(of: $0) + patterns(of: $0) + contextWords(of: $0) }.filter {
            seen.insert($0).inserted
        }.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    }

    /// The numbers in the text that slots of the rule take, or that are of their kind and out of their bounds.
    public func numbers(of rule: Int) -> [Mark] {
        let slots = ruleSet.rules[rule].match.signals.flatMap(\.slots)
        guard !slots.isEmpty else { return [] }
        var buffer = NumberBuffer()
        var text = sample.text
        text.withUTF8 { NumberReader.read($0, into: &buffer) }
        return (0..<buffer.count).compactMap { index in
            let mention = buffer[index]
            let slot = slots.first { $0.accepts(mention) } ?? slots.first { $0.amount(of: mention) != nil }
            return slot.map {
                Mark(
                    start: Int(mention.start), end: Int(mention.end), role: .number($0, isTaken: $0.accepts(mention)))
            }
        }
    }

    private func patterns(of rule: Int) -> [Mark] {
        guard ruleSet.rules[rule].match.signals.contains(where: \.hasPatterns),
            case .fired(let hits)? = outcomes[ruleSet.rules[rule].id]?.outcome
        else { return [] }
        return hits.joined().filter { hit in
            !self.hits.contains { $0.start == hit.start && $0.end == hit.end } && !isNumber(hit, rule)
        }.map { Mark(start: $0.start, end: $0.end, role: .pattern) }
    }

    private func isNumber(_ hit: ClaimExplanation.TermHit, _ rule: Int) -> Bool {
        numbers(of: rule).contains { $0.start == hit.start && $0.end == hit.end }
    }

    // MARK: Guards

    private func contextWords(of number: Int) -> [Mark] {
        let rule = ruleSet.rules[number]
        guard let outcome = outcomes[rule.id] else { return [] }
        var marks: [Mark] = []
        for guarding in rule.guards where Self.applies(guarding, in: outcome) {
            marks += words(of: guarding.words, in: rule) { Self.applies(guarding, in: $0) }.map {
                Mark(
                    start: $0.lowerBound, end: $0.upperBound,
                    role: .contextWord(name: guarding.name, guarding.action))
            }
        }
        for exempt in rule.exemptions where outcome.exemptions.contains(exempt.exemption) {
            marks += words(of: exempt.condition.words, in: rule) { $0.exemptions.contains(exempt.exemption) }.map {
                Mark(start: $0.lowerBound, end: $0.upperBound, role: .exemptWord(exempt.exemption))
            }
        }
        return marks
    }

    private static func applies(_ guarding: Guard, in outcome: ClaimExplanation.RuleOutcome) -> Bool {
        switch outcome.outcome {
        case .missed(.guarded(let name, _)): guarding.action == .clear && name == guarding.name
        default: guarding.action != .clear && outcome.guards.contains(guarding.name)
        }
    }

    /// The words of a set in the text of which one alone, all others hidden, makes the condition apply; all of them if it
    /// takes several.
    private func words(
        of set: WordSet, in rule: Rule, _ applies: (ClaimExplanation.RuleOutcome) -> Bool
    ) -> [Range<Int>] {
        guard let index = try? TermIndex(set.terms), let alone = try? RuleSet(alone: rule) else {
            return []
        }
        var matches = MatchBuffer()
        var text = sample.text
        text.withUTF8 { index.scan($0, into: &matches) }
        let places = Array(
            Set((0..<matches.count).map { Int(matches[$0].start)..<Int(matches[$0].end) }).sorted {
                ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
            }.prefix(Self.mostContextWords))
        guard places.count > 1 else { return places }
        let explainer = ClaimExplainer(ruleSet: alone)
        let deciding = places.filter { place in
            let hidden = hiding(places.filter { !$0.overlaps(place) })
            let rules = explainer.explain(hidden, target: sample.target, category: sample.category).rules
            return rules.first.map(applies) ?? false
        }
        return deciding.isEmpty ? places : deciding
    }

    /// The text with these bytes replaced by letters that no rule has, as many characters as there were.
    private func hiding(_ places: [Range<Int>]) -> String {
        var text = ""
        var offset = 0
        for scalar in sample.text.unicodeScalars {
            let isHidden = places.contains { $0.contains(offset) }
            // Three bytes for three, so that all Han keeps its place.
            text.unicodeScalars.append(isHidden ? "\u{AC00}" : scalar)
            offset += UTF8.width(scalar)
        }
        return text
    }
}

extension Expression {
    /// The slots in it, in the order written.
    package var slots: [NumberSlot] {
        switch self {
        case .words, .pattern: []
        case .number(let slot): [slot]
        case .any(let parts), .seq(let parts, _, _, _), .near(let parts, _): parts.flatMap(\.slots)
        case .named(_, let part): part.slots
        }
    }

    package var hasPatterns: Bool {
        switch self {
        case .words, .number: false
        case .pattern: true
        case .any(let parts), .seq(let parts, _, _, _), .near(let parts, _): parts.contains(where: \.hasPatterns)
        case .named(_, let part): part.hasPatterns
        }
    }
}

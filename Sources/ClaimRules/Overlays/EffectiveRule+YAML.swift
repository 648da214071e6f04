import ChineseText
import LiveEvents
import TermMatching

extension EffectiveRule {
    /// The rule in full, for people: keys as packs write them, every class written out. Not a pack to load: how words are
    /// disguised, facts and bindings stand in comments where they have no short form.
    public var yaml: String {
        var text = YAMLText()
        text.comment("\(rule.pack), \(rule.location)")
        for change in rule.changes {
            let reason = change.reason.map { " (\($0))" } ?? ""
            text.comment("\(change.key): \(change.overlay)\(reason), \(change.location)")
        }
        for phase in phases {
            text.comment("\(Key.campaign.rawValue) \(phase.campaign), \(phase.from) … \(phase.to), \(phase.location)")
        }
        text.field(.id, rule.id.rawValue)
        text.field(.revision, plain: "\(rule.revision)")
        text.field(.status, rule.status.rawValue)
        text.field(.title, rule.title)
        if let title = rule.titleEn { text.field(.titleEn, title) }
        text.field(.category, rule.category)
        text.field(.severity, rule.severity.rawValue)
        if let track = rule.legalTrack { text.field(.legalTrack, track.rawValue) }
        if !rule.legalBasis.isEmpty {
            text.field(.legalBasis, plain: "[\(rule.legalBasis.map(YAMLText.basis).joined(separator: ", "))]")
        }
        if !rule.openQuestions.isEmpty { text.field(.open, list: rule.openQuestions.map(\.text)) }
        text.field(.appliesTo, list: Rule.Target.allCases.filter(rule.targets.contains).map(\.rawValue))
        if let product = rule.product {
            let parts = [(Key.category, product.categories), (.not, product.excluded)].filter { !$0.1.isEmpty }
            text.field(
                .product,
                plain: "{\(parts.map { "\($0.0.rawValue): \(YAMLText.list($0.1))" }.joined(separator: ", "))}")
        }
        var cleared: [String] = []
        switch rule.match {
        case .text(let expression): text.field(.match, plain: YAMLText.expression(expression, &cleared))
        case .timed(let steps, let isOrdered, let spanMS):
            let parts = steps.map { YAMLText.expression($0, &cleared) }.joined(separator: ", ")
            text.field(
                .match,
                plain:
                    "{\((isOrdered ? Key.seq : .all).rawValue): [\(parts)], \(Key.span.rawValue): \(DayAndSpan.text(spanMS))}"
            )
        case .required(let statement):
            let say = YAMLText.expression(statement.say, &cleared)
            text.field(
                .required,
                plain:
                    "{\(Key.say.rawValue): \(say), \(Key.within.rawValue): \(DayAndSpan.text(statement.withinMS)), \(Key.after.rawValue): \(statement.start.rawValue)}"
            )
        case .score(let score):
            let weights = score.weights.map {
                "\(YAMLText.quoted($0.name)): \(YAMLText.decimal(Int($0.thousandths)))"
            }
            text.field(
                .score,
                plain:
                    "{\(Key.window.rawValue): \(DayAndSpan.text(score.windowMS)), \(Key.threshold.rawValue): \(YAMLText.decimal(Int(score.threshold))), \(Key.minDistinct.rawValue): \(score.minDistinct), \(Key.weights.rawValue): {\(weights.joined(separator: ", "))}}"
            )
            for weight in score.weights {
                text.comment("\(weight.name): \(YAMLText.expression(weight.signal, &cleared))")
            }
        }
        let guards = rule.guards.map(YAMLText.contextGuard)
        if !cleared.isEmpty || !guards.isEmpty {
            text.field(.unless, plain: "[\((cleared.map(YAMLText.quoted) + guards).joined(separator: ", "))]")
        }
        if !rule.needs.isEmpty {
            text.field(.needs, plain: "[\(rule.needs.map(YAMLText.contextGuard).joined(separator: ", "))]")
        }
        if !rule.exemptions.isEmpty {
            let parts = rule.exemptions.map {
                "\($0.exemption.rawValue): \(YAMLText.list($0.condition.words.terms.map(\.text)))"
            }
            text.field(.exempt, plain: "{\(parts.joined(separator: ", "))}")
        }
        for (number, binding) in rule.bindings.enumerated() {
            let severity = (binding.severity ?? rule.severity).rawValue
            text.comment(
                "\(Key.bind.rawValue) \(number + 1): \(binding.category ?? rule.category), \(severity), \((binding.legalBasis ?? rule.legalBasis).map(YAMLText.basis).joined(separator: ", "))"
            )
        }
        for test in rule.facts { text.comment("\(Key.facts.rawValue): \(test.shown)") }
        if let screen = rule.screen { text.field(.screen, plain: screen.shown) }
        for (key, who) in [
            (Key.room, rule.excepted.rooms), (.seller, rule.excepted.sellers), (.speaker, rule.excepted.speakers),
        ] where !who.isEmpty {
            text.comment("\(Key.except.rawValue) \(key.rawValue): \(YAMLText.list(who.sorted()))")
        }
        if let from = rule.from { text.field(.from, plain: from) }
        if let to = rule.to { text.field(.to, plain: to) }
        if rule.strictness > 1 { text.field(.strictness, plain: "\(rule.strictness)") }
        if !rule.jurisdictions.isEmpty { text.field(.jurisdictions, list: rule.jurisdictions) }
        if rule.leastLiveScore > 0 {
            text.comment("\(Key.minScore.rawValue): \(Fraction.written(percent: rule.leastLiveScore))")
        }
        text.field(.window, plain: DayAndSpan.text(rule.windowMS))
        text.field(.threshold, plain: "\(rule.threshold)")
        if !(rule.examples.match + rule.examples.clear).isEmpty {
            let (match, clear) = (rule.examples.match.map(\.text), rule.examples.clear.map(\.text))
            text.field(
                .examples,
                plain:
                    "{\(Key.match.rawValue): \(YAMLText.list(match)), \(Key.clear.rawValue): \(YAMLText.list(clear))}")
        }
        return text.lines.joined(separator: "\n") + "\n"
    }
}

/// Lines of YAML.
private struct YAMLText {
    var lines: [String] = []

    mutating func comment(_ text: String) {
        lines.append("# " + String(text.map { $0.isNewline ? " " : $0 }))
    }

    mutating func field(_ key: Key, _ text: String) { field(key, plain: Self.quoted(text)) }
    mutating func field(_ key: Key, list: [String]) { field(key, plain: Self.list(list)) }
    mutating func field(_ key: Key, plain: String) { lines.append("\(key.rawValue): \(plain)") }

    static func list(_ texts: [String]) -> String { "[\(texts.map(quoted).joined(separator: ", "))]" }

    /// Without quotes where a reader of YAML takes it for the same text.
    static func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty && Double(text) == nil
            && !RuleLanguage.wordsThatAreNoText.subtracting([Rule.Status.off.rawValue]).contains(text.lowercased())
            && text.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "." || $0 == "-" || $0 == "_"
            } && text.first != "-" && text.first != "."
        if isPlain { return text }
        var escaped = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": escaped += "\\\(scalar)"
            case _ where scalar.value < 32 || scalar.value == 127:
                escaped +=
                    "\\u" + String(repeating: "0", count: 2) + (scalar.value < 16 ? "0" : "")
                    + String(scalar.value, radix: 16)
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped + "\""
    }

    static func decimal(_ thousandths: Int) -> String { "\(Double(thousandths) / 1_000)" }

    static func basis(_ basis: LegalBasis) -> String {
        var parts = ["\(Key.law.rawValue): \(quoted(basis.law))", "\(Key.article.rawValue): \(quoted(basis.article))"]
        if let from = basis.from { parts.append("\(Key.from.rawValue): \(from)") }
        if let to = basis.to { parts.append("\(Key.to.rawValue): \(to)") }
        return "{\(parts.joined(separator: ", "))}"
    }

    static func words(_ set: WordSet) -> String { list(set.terms.map(\.text)) }

    static func expression(_ expression: Expression, _ cleared: inout [String]) -> String {
        func extent(_ extent: Extent) -> String {
            (extent.within.map { ", \(Key.within.rawValue): \($0)" } ?? "")
                + (extent.unit == .sentence ? "" : ", \(Key.span.rawValue): \(extent.unit.rawValue)")
        }
        switch expression {
        case .words(let set):
            for phrase in set.clearedBy where !cleared.contains(phrase.text) { cleared.append(phrase.text) }
            return words(set)
        case .number(let slot):
            let bounds = [(Key.min, slot.low), (.max, slot.high)].compactMap { key, value in
                value.map { "\(key.rawValue): \($0)" }
            }
            return "{\(slot.kind.rawValue): {\(bounds.joined(separator: ", "))}}"
        case .pattern(let pattern): return "{\(Key.pattern.rawValue): \(quoted(pattern.source))}"
        case .any(let parts):
            return "{\(Key.any.rawValue): [\(parts.map { self.expression($0, &cleared) }.joined(separator: ", "))]}"
        case .near(let parts, let reach):
            let inner = parts.map { self.expression($0, &cleared) }.joined(separator: ", ")
            return "{\(Key.near.rawValue): [\(inner)]\(extent(reach))}"
        case .seq(let parts, let gaps, let bothWays, let reach):
            var inner = self.expression(parts[0], &cleared)
            for (part, gap) in zip(parts.dropFirst(), gaps) {
                let without = gap.without.map { ", \(Key.without.rawValue): \(words($0))" } ?? ""
                if gap != .none {
                    inner +=
                        ", {\(Key.gap.rawValue): \(gap.characters.lowerBound)..\(gap.characters.upperBound)\(without)}"
                }
                inner += ", " + self.expression(part, &cleared)
            }
            let order = bothWays ? ", \(Key.order.rawValue): \(Rule.Condition.Order.any.rawValue)" : ""
            return "{\(Key.seq.rawValue): [\(inner)]\(extent(reach))\(order)}"
        case .named(let name, let part):
            return "{\(Key.any.rawValue): [\(self.expression(part, &cleared))], \(Key.name.rawValue): \(quoted(name))}"
        }
    }

    static func contextGuard(_ condition: Guard) -> String {
        var parts: [String]
        func reach(_ key: Key, _ characters: Int, _ unit: TextUnit) -> [String] {
            ["\(key.rawValue): \(characters)", "\(Key.any.rawValue): \(words(condition.words))"]
                + (unit == .clause ? [] : ["\(Key.span.rawValue): \(unit.rawValue)"])
        }
        switch condition.scope {
        case .before(let count, let unit): parts = reach(.before, count, unit)
        case .after(let count, let unit): parts = reach(.after, count, unit)
        case .around(let count, let unit): parts = reach(.around, count, unit)
        case .unit(let unit): parts = ["\(unit.rawValue): \(words(condition.words))"]
        case .inside: parts = ["\(Key.inside.rawValue): \(words(condition.words))"]
        case .overClause: parts = ["\(Key.clause.rawValue): \(words(condition.words))"]
        }
        if let except = condition.except { parts.append("\(Key.except.rawValue): \(words(except))") }
        if condition.isOdd { parts.append("\(Key.odd.rawValue): true") }
        if condition.action != .clear { parts.append("\(Key.then.rawValue): \(condition.action.rawValue)") }
        return "{\(parts.joined(separator: ", "))}"
    }
}

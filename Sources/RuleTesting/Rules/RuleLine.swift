import ChineseText
import ClaimRules
import LiveEvents
import TermMatching

/// Parts of rules in a line each, near to how packs write them; for differences.
enum RuleLine {
    /// Words shown of one set; the rest is counted.
    private static let mostWords = 8

    static func words(_ set: WordSet) -> String {
        let name = set.className.map { "@\($0) " } ?? ""
        let texts = set.terms.map(\.text)
        let more = texts.count > mostWords ? " … \(texts.count)" : ""
        return "\(name)[\(texts.prefix(mostWords).joined(separator: ", "))\(more)]"
    }

    /// Thousandths: 1.2.
    static func points(_ thousandths: Int) -> String { "\(Double(thousandths) / 1_000)" }
}

extension Guard {
    /// e.g. `h.denied {before: 4, any: [不能, 没法], then: clear}`
    var line: String {
        func within(_ unit: TextUnit) -> String { unit == .clause ? "" : ", span: \(unit.rawValue)" }
        let any = "any: \(RuleLine.words(words))"
        let place =
            switch scope {
            case .before(let count, let unit): "before: \(count)\(within(unit)), \(any)"
            case .after(let count, let unit): "after: \(count)\(within(unit)), \(any)"
            case .around(let count, let unit): "around: \(count)\(within(unit)), \(any)"
            case .unit(let unit): "\(unit.rawValue): \(RuleLine.words(words))"
            case .inside: "inside: \(RuleLine.words(words))"
            case .overClause: RuleLine.words(words)
            }
        let except = except.map { ", except: \(RuleLine.words($0))" } ?? ""
        return "\(name) {\(place)\(except)\(isOdd ? ", odd: true" : ""), then: \(action.rawValue)}"
    }
}

extension FactTest {
    /// e.g. `material differs_from: said, among: @cloth.fibre`
    var line: String {
        func operand(_ operand: Operand, _ percent: Int) -> String {
            let by = percent == 0 ? "" : ", by: \(percent)%"
            return switch operand {
            case .value(let value): "\(value)\(by)"
            case .said(let name): "\(name)\(by)"
            case .fact(let fact): "\(fact.rawValue)\(by)"
            }
        }
        let what =
            switch test {
            case .has(let words): "has: \(RuleLine.words(words))"
            case .lacks(let words): "lacks: \(RuleLine.words(words))"
            case .lacksSaid(let name, let kinds): "lacks: \(name), among: @\(kinds)"
            case .differsFromSaid(let name, let kinds): "differs_from: \(name), among: @\(kinds)"
            case .differsFromFact(let other, let kinds): "differs_from: \(other.rawValue), among: @\(kinds)"
            case .above(let value, let percent): "above: \(operand(value, percent))"
            case .below(let value, let percent): "below: \(operand(value, percent))"
            case .isKnown(let wanted): "known: \(wanted)"
            }
        return "\(shown) \(what)"
    }
}

extension Binding {
    /// e.g. `when {category: [食品], channel: listing} as food.treatment, high`
    var line: String {
        var conditions: [String] = []
        if let product = when.product {
            if !product.categories.isEmpty {
                conditions.append("category: [\(product.categories.joined(separator: ", "))]")
            }
            if !product.excluded.isEmpty { conditions.append("not: [\(product.excluded.joined(separator: ", "))]") }
        }
        if let channel = when.channel { conditions.append("channel: \(channel.rawValue)") }
        if !when.roles.isEmpty { conditions.append("role: [\(when.roles.map(\.rawValue).joined(separator: ", "))]") }
        if let isSeller = when.isSeller { conditions.append("seller: \(isSeller)") }
        conditions += when.facts.map(\.line)
        let basis = legalBasis?.map { "\($0.law) \($0.article)" }.joined(separator: "; ")
        let parts = [
            category.map { "as \($0)" }, severity?.rawValue, legalTrack?.rawValue, basis,
            exemptionsLower ? nil : "exempt: false",
        ].compactMap(\.self)
        return "when {\(conditions.joined(separator: ", "))}"
            + (parts.isEmpty ? "" : " " + parts.joined(separator: ", "))
    }
}

extension RoomScore {
    /// One line for each weight, and one for the rest.
    var lines: [String] {
        let rest =
            "window \(RuleDifferences.duration(windowMS)), threshold \(RuleLine.points(threshold)), min_distinct "
            + "\(minDistinct)\(decays ? ", decay linear" : "")"
        return [rest] + weights.map { "\($0.name) \(RuleLine.points($0.thousandths))" }
    }
}

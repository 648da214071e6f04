import ClaimRules
import TermMatching

extension Rule {
    /// The rule as detection sees it: what differs between two forms of one rule is left out.
    var meaning: Rule {
        var rule = self
        rule.condition = Condition(parts: [], within: 0, order: .any)
        (rule.unless, rule.aliases) = ([], [:])
        rule.location = SourceLocation(file: "", line: 1, column: 1)
        func placeless(_ examples: [Examples.Example]) -> [Examples.Example] {
            examples.map {
                var example = $0
                example.location = rule.location
                return example
            }
        }
        rule.examples = Examples(match: placeless(examples.match), clear: placeless(examples.clear))
        switch match {
        case .text(let expression): rule.match = .text(expression.sorted)
        case .timed(let steps, let isOrdered, let spanMS):
            rule.match = .timed(steps.map(\.sorted), isOrdered: isOrdered, spanMS: spanMS)
        case .score, .required: break
        }
        return rule
    }
}

extension Expression {
    /// With the words of each set in one order, and without the names of their classes.
    var sorted: Expression {
        switch self {
        case .words(var set):
            set.className = nil
            func inOrder(_ terms: [Term]) -> [Term] { terms.sorted { $0.text < $1.text } }
            (set.terms, set.minus, set.clearedBy) = (inOrder(set.terms), inOrder(set.minus), inOrder(set.clearedBy))
            return .words(set)
        case .number, .pattern: return self
        case .any(let parts): return .any(parts.map(\.sorted))
        case .seq(let parts, let gaps, let bothWays, let extent):
            return .seq(parts.map(\.sorted), gaps: gaps, bothWays: bothWays, extent)
        case .near(let parts, let extent): return .near(parts.map(\.sorted), extent)
        case .named(let name, let part): return .named(name, part.sorted)
        }
    }
}

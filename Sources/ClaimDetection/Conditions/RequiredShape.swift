import ClaimRules
import TermMatching

/// A statement that a rule requires, as rooms keep time for it; nil of a rule that is met by what is said.
struct RequiredShape {
    var start: RequiredStatement.Start
    /// Milliseconds of event time.
    var withinMS: Int64
    /// A word of the statement, which alerts show as what was not said.
    var wanted: String
    /// Tells what a room waits for under this rule from what it waited for under the rule as it was.
    var hash: String

    init?(_ match: Rule.Match) {
        guard case .required(let statement) = match else { return nil }
        (start, withinMS) = (statement.start, statement.withinMS)
        wanted = statement.say.firstWord ?? ""
        hash = TimedShape.hash("\(match)")
    }
}

extension Expression {
    fileprivate var firstWord: String? {
        switch self {
        case .words(let set): set.terms.first?.text
        case .number: nil
        case .pattern(let pattern): pattern.source
        case .any(let parts), .seq(let parts, gaps: _, bothWays: _, _), .near(let parts, _):
            parts.lazy.compactMap(\.firstWord).first
        case .named(_, let part): part.firstWord
        }
    }
}

public import ClaimRules
public import LiveEvents
import TermMatching

extension Expression {
    /// Every word that can meet it, in the order written, each once. Those of gaps and exceptions are not among them.
    public var words: [String] {
        var seen: Set<String> = []
        var words: [String] = []
        collect { if seen.insert($0).inserted { words.append($0) } }
        return words
    }

    private func collect(_ note: (String) -> Void) {
        switch self {
        case .words(let set): for term in set.terms { note(term.text) }
        case .number, .pattern: break
        case .any(let parts), .seq(let parts, _, _, _), .near(let parts, _): for part in parts { part.collect(note) }
        case .named(_, let part): part.collect(note)
        }
    }
}

extension Rule.Match {
    /// Every word that can meet it, in the order written, each once.
    public var words: [String] {
        switch self {
        case .text(let expression): expression.words
        case .timed, .score, .required: Expression.any(signals).words
        }
    }
}

extension LegalBasis {
    /// Whether the article applies on a day (yyyy-MM-dd).
    public func isInForce(on day: String) -> Bool { (from ?? day) <= day && day <= (to ?? day) }
}

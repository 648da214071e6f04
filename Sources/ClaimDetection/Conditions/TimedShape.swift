import ClaimRules

/// How the signals of a rule add up over time; nil of a rule that is met in one text.
struct TimedShape {
    enum Kind {
        /// Steps in the order written.
        case sequence
        /// All steps, in any order.
        case all
        case score(thousandths: [Int], threshold: Int, minDistinct: Int, decays: Bool)
    }

    var kind: Kind
    /// How many signals there are, 1 to 16.
    var count: Int
    /// Milliseconds of event time.
    var spanMS: Int64
    /// Tells the state that signals of this rule left from that of the rule as it was.
    var hash: String

    init?(_ match: Rule.Match) {
        switch match {
        case .text, .required: return nil
        case .timed(let steps, let isOrdered, let spanMS):
            (kind, count, self.spanMS) = (isOrdered ? .sequence : .all, steps.count, spanMS)
        case .score(let score):
            kind = .score(
                thousandths: score.weights.map(\.thousandths), threshold: score.threshold,
                minDistinct: score.minDistinct, decays: score.decays)
            (count, spanMS) = (score.weights.count, score.windowMS)
        }
        hash = Self.hash("\(match)")
    }

    static func hash(_ text: String) -> String { String(StableHash.of(text), radix: 16) }
}

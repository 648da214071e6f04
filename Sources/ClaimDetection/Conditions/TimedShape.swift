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

/// FNV-1a, 64 bits: the same in every process, so it can be stored.
enum StableHash {
    static func of(_ text: String) -> UInt64 { of(CollectionOfOne(text)) }

    /// Of texts one behind the other.
    static func of(_ texts: some Sequence<String>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for text in texts { for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 } }
        return hash
    }
}

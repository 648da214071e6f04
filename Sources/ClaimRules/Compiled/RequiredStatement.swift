/// A statement that must be said: the rule is met where nobody says it in time.
///
///     product: {category: [保健食品]}, required: {say: [不能代替药物, 不能替代药品], within: 5m, after: listed}
public struct RequiredStatement: Hashable, Sendable {
    /// What starts the clock.
    public enum Start: String, Sendable, CaseIterable {
        /// The goods are on sale.
        case listed
        /// The goods are explained, or a segment names them.
        case explaining
        /// The first words heard of the session.
        case session
    }

    public var say: Expression
    /// Milliseconds of event time; 1 minute to 1 hour.
    public var withinMS: Int64
    public var start: Start

    public init(say: Expression, withinMS: Int64, start: Start = .listed) {
        (self.say, self.withinMS, self.start) = (say, withinMS, start)
    }
}

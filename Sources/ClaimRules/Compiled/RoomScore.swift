/// Weak signals that add up over minutes: the pitch that never says the word.
///
///     window: 3m, threshold: 3.0, min_distinct: 3, weights: {"@pitch.body-signal": 1.2, "@pitch.decline": 0.6, …}
public struct RoomScore: Hashable, Sendable {
    /// What one kind of signal counts. A kind counts once, however often it is said.
    public struct Weight: Hashable, Sendable {
        /// As the rule writes it: `@pitch.decline`.
        public var name: String
        public var signal: Expression
        /// Thousandths; below 0 for what speaks against the claim.
        public var thousandths: Int

        public init(name: String, signal: Expression, thousandths: Int) {
            (self.name, self.signal, self.thousandths) = (name, signal, thousandths)
        }
    }

    /// 1 to 16.
    public var weights: [Weight]
    /// Milliseconds of event time; 30 seconds to 30 minutes.
    public var windowMS: Int64
    /// Thousandths.
    public var threshold: Int
    /// Kinds above 0 that must be there.
    public var minDistinct: Int
    /// Whether a signal weighs less the longer ago it is, down to nothing at the end of the window.
    public var decays: Bool

    public init(weights: [Weight], windowMS: Int64, threshold: Int, minDistinct: Int = 1, decays: Bool = false) {
        self.weights = weights
        self.windowMS = windowMS
        self.threshold = threshold
        self.minDistinct = minDistinct
        self.decays = decays
    }
}

extension Rule.Match {
    /// The expressions that are decided inside one text: the whole match, its steps or weights, or what must be said.
    public var signals: [Expression] {
        switch self {
        case .text(let expression): [expression]
        case .timed(let steps, isOrdered: _, spanMS: _): steps
        case .score(let score): score.weights.map(\.signal)
        case .required(let statement): [statement.say]
        }
    }
}

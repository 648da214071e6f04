public import LiveEvents

/// What other rules would have made of the same events: which alerts appear, vanish and change.
///
/// An alert is the same in both if it has the same id, which is that of its room, session, rule and window; each is compared
/// as it was last published. So a rule that got another id vanishes and appears. Alerts of rules on trial are among them.
public struct Backtest: Sendable {
    public enum Kind: String, Sendable, CaseIterable { case appeared, vanished, changed }

    /// What of an alert may differ.
    public enum Aspect: String, Sendable, CaseIterable {
        case severity, category
        /// In force or on trial.
        case mode
        case legalBasis = "legal_basis"
        case evidence
    }

    /// Alerts of one rule, or of all.
    public struct Counts: Sendable, Equatable {
        /// Alerts under the old rules.
        public var old = 0
        /// Alerts under the new rules.
        public var new = 0
        public var appeared = 0
        public var vanished = 0
        public var changed = 0
        /// Of the changed ones, by what differs; one alert may differ in several.
        public var aspects: [Aspect: Int] = [:]
        public init() {}
        /// Whether both rule sets raise the same alerts.
        public var isEmpty: Bool { appeared == 0 && vanished == 0 && changed == 0 }

        public subscript(kind: Kind) -> Int {
            switch kind {
            case .appeared: appeared
            case .vanished: vanished
            case .changed: changed
            }
        }
    }

    /// One alert as each of the rule sets left it.
    public struct Difference: Sendable {
        public var kind: Kind
        public var rule: RuleID
        public var aspects: [Aspect]
        /// As last published under the old rules; nil if it never was, or if there were too many alerts to keep it.
        public var old: Alert?
        /// The same under the new rules.
        public var new: Alert?
    }

    /// The content hash of the old rule set.
    public var oldRuleset = ""
    /// The content hash of the new rule set.
    public var newRuleset = ""
    public var events = 0
    /// Milliseconds of speech that was judged, the sum of end − start of its segments.
    public var speechMS: Int64 = 0
    public var counts = Counts()
    /// Every rule with an alert under either rule set.
    public var byRule: [RuleID: Counts] = [:]
    /// A few of each rule and kind, in the order of the events.
    public var examples: [Difference] = []
    /// Alerts beyond the bound of the comparison: they are in no count.
    public var uncompared = 0

    public init() {}

    public var hours: Double { Double(speechMS) / 3_600_000 }
    /// So many of something per hour of speech; nil without speech.
    public func perHour(_ count: Int) -> Double? { speechMS == 0 ? nil : Double(count) / hours }
}

import LiveEvents

/// A rule as it holds on one day: overlays are in it already, and the campaigns of that day are laid over it.
public struct EffectiveRule: Equatable, Sendable {
    /// With the status and the severities of the day.
    public var rule: Rule
    /// The campaigns of the day that mean it, in the order of their files.
    public var phases: [Rule.Phase]
    /// Whether the day lies within the rule's own dates.
    public var isWithinDates: Bool

    /// - Parameters:
    ///   - day: yyyy-MM-dd, in China; such days compare as text.
    ///   - region: Where it is said; nil is everywhere, so that campaigns of every region count.
    public init(_ rule: Rule, on day: String, in region: String? = nil) {
        self.rule = rule
        phases = rule.phases.filter { phase in
            phase.from <= day && day <= phase.to
                && (phase.jurisdictions.isEmpty
                    || region.map { phase.jurisdictions.contains(where: $0.hasPrefix) } ?? true)
        }
        isWithinDates = (rule.from.map { $0 <= day } ?? true) && (rule.to.map { day <= $0 } ?? true)
        for phase in phases {
            if let status = phase.status, status.rank > self.rule.status.rank { self.rule.status = status }
        }
        let whole = phases.filter { $0.bindings == nil }.map(\.raise).max() ?? 0
        self.rule.severity = rule.severity.raised(by: whole)
        for number in rule.bindings.indices {
            let raise = phases.filter { $0.bindings?.contains(number) ?? true }.map(\.raise).max() ?? 0
            if raise > 0 {
                self.rule.bindings[number].severity = (rule.bindings[number].severity ?? rule.severity).raised(
                    by: raise)
            }
        }
    }

    /// Whether something other than its pack has a say in it.
    public var isChanged: Bool { !rule.changes.isEmpty || !phases.isEmpty }
}

public import ClaimDetection
public import ClaimRules
public import LiveEvents

/// Runs two rule sets side by side over the same events.
///
/// ```
/// event ─┬─> rooms under the old rules ─┐
///        └─> rooms under the new rules ─┴─> by alert id: how each left it ─> Backtest
/// ```
/// Memory: that of both stores, some 100 bytes for each alert compared, and a few thousand alerts kept whole as examples.
public final class Backtester {
    /// Alerts compared; those beyond are only counted.
    public static let mostAlerts = 1_000_000
    /// Alerts kept whole. Beyond it only those that differ when they are published are, up to as many again.
    private static let mostKept = 10_000
    /// Examples of each rule and kind.
    private static let examplesEach = 3

    /// An alert's verdict, small enough to be kept for all of them.
    private struct Face: Equatable {
        var severity: String
        var isShadow: Bool
        var category: Int
        var legalBasis: Int
        var evidence: Int

        init(_ alert: Alert) {
            severity = alert.rule.severity.text
            isShadow = alert.mode == .shadow
            category = alert.rule.category.hashValue
            legalBasis = alert.rule.legalBasis.hashValue
            var hasher = Hasher()
            for evidence in alert.evidence {
                hasher.combine(evidence.source.topic)
                hasher.combine(evidence.source.offset.rawValue)
                hasher.combine(evidence.field)
                hasher.combine(evidence.span)
                hasher.combine(evidence.term)
                hasher.combine(evidence.path.text)
            }
            evidence = hasher.finalize()
        }

        func aspects(unlike other: Face) -> [Backtest.Aspect] {
            Backtest.Aspect.allCases.filter { aspect in
                switch aspect {
                case .severity: severity != other.severity
                case .category: category != other.category
                case .mode: isShadow != other.isShadow
                case .legalBasis: legalBasis != other.legalBasis
                case .evidence: evidence != other.evidence
                }
            }
        }
    }

    private struct Entry {
        let rule: RuleID
        var old: Face?
        var new: Face?
    }

    private let old: RoomStore
    private let new: RoomStore
    private var result = Backtest()
    /// In the order of the events.
    private var entries: [Entry] = []
    private var places: [String: Int] = [:]
    private var kept: [Int: (old: Alert?, new: Alert?)] = [:]

    public init(old: RuleSet, new: RuleSet, limits: DetectionLimits = DetectionLimits()) {
        self.old = RoomStore(ruleSet: old, limits: limits)
        self.new = RoomStore(ruleSet: new, limits: limits)
        (result.oldRuleset, result.newRuleset) = (old.contentHash, new.contentHash)
    }

    public func process(_ event: LiveEvent, origin: RecordOrigin) {
        result.events += 1
        if case .transcript(let segment) = event, segment.isFinal, segment.speakerRole != .viewer {
            result.speechMS += segment.endMS - segment.startMS
        }
        var touched: [Int] = []
        old.process(event, origin: origin) { alert in
            guard let place = place(of: alert) else { return }
            entries[place].old = Face(alert)
            keep(alert, at: place, \.old)
            touched.append(place)
        }
        new.process(event, origin: origin) { alert in
            guard let place = place(of: alert) else { return }
            entries[place].new = Face(alert)
            keep(alert, at: place, \.new)
            touched.append(place)
        }
        // Beyond the first thousands, what both agree on need not be kept.
        for place in touched where place >= Self.mostKept && entries[place].old == entries[place].new {
            kept[place] = nil
        }
        // What the stores have to say to a changelog waits for somebody to take it.
        if result.events % 4096 == 0 {
            old.flushChangelog { _ in }
            new.flushChangelog { _ in }
        }
    }

    /// What has come of the events so far. Cost: linear in the alerts.
    public var backtest: Backtest {
        var result = result
        var examples: [RuleID: [Backtest.Kind: [Backtest.Difference]]] = [:]
        var order: [(place: Int, difference: Backtest.Difference)] = []
        for (place, entry) in entries.enumerated() {
            let (kind, aspects) = Self.difference(entry)
            Self.count(entry, kind, aspects, in: &result.counts)
            Self.count(entry, kind, aspects, in: &result.byRule[entry.rule, default: .init()])
            guard let kind, let alerts = kept[place] else { continue }
            // One of which a side is gone shows less than the next.
            guard kind != .changed || (alerts.old != nil && alerts.new != nil) else { continue }
            guard examples[entry.rule]?[kind]?.count ?? 0 < Self.examplesEach else { continue }
            let difference = Backtest.Difference(
                kind: kind, rule: entry.rule, aspects: aspects, old: alerts.old, new: alerts.new)
            examples[entry.rule, default: [:]][kind, default: []].append(difference)
            order.append((place, difference))
        }
        result.examples = order.map(\.difference)
        return result
    }

    private static func difference(_ entry: Entry) -> (Backtest.Kind?, [Backtest.Aspect]) {
        guard let old = entry.old else { return (.appeared, []) }
        guard let new = entry.new else { return (.vanished, []) }
        let aspects = old.aspects(unlike: new)
        return (aspects.isEmpty ? nil : .changed, aspects)
    }

    private static func count(
        _ entry: Entry, _ kind: Backtest.Kind?, _ aspects: [Backtest.Aspect], in counts: inout Backtest.Counts
    ) {
        if entry.old != nil { counts.old += 1 }
        if entry.new != nil { counts.new += 1 }
        switch kind {
        case .appeared: counts.appeared += 1
        case .vanished: counts.vanished += 1
        case .changed: counts.changed += 1
        case nil: break
        }
        for aspect in aspects { counts.aspects[aspect, default: 0] += 1 }
    }

    /// nil for an alert beyond the bound.
    private func place(of alert: Alert) -> Int? {
        if let known = places[alert.alertID] { return known }
        guard entries.count < Self.mostAlerts else {
            if alert.revision == 1 { result.uncompared += 1 }
            return nil
        }
        places[alert.alertID] = entries.count
        entries.append(Entry(rule: alert.rule.id))
        return entries.count - 1
    }

    private func keep(_ alert: Alert, at place: Int, _ side: WritableKeyPath<(old: Alert?, new: Alert?), Alert?>) {
        guard place < Self.mostKept || kept.count < 2 * Self.mostKept || kept[place] != nil else { return }
        kept[place, default: (nil, nil)][keyPath: side] = alert
    }
}

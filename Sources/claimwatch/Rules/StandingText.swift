import ClaimRules
import LiveEvents

/// What overlays and campaigns have to do with a rule on one day, each in a line that names its file.
struct StandingText {
    let language: Language

    private func say(_ chinese: String, _ english: String) -> String { Wording(chinese, english).text(in: language) }

    /// - Parameter region: Where it is said; nil is everywhere.
    func lines(_ rule: Rule, on day: String, in region: String?) -> [String] {
        let changes = rule.changes.filter { $0.key != Key.examples.rawValue }.map(line)
        let phases = EffectiveRule(rule, on: day, in: region).phases.map(line)
        return (changes + phases).map(DisplayText.printable)
    }

    /// What overlays and campaigns of one state of the rules do that those of another do not, by rule; campaigns of any day.
    func differences(from old: [Rule], to new: [Rule]) -> [RuleID: [String]] {
        let before = Dictionary(old.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var found: [RuleID: [String]] = [:]
        for rule in new {
            let known = before[rule.id]
            let changes = rule.changes.filter { change in
                change.key != Key.examples.rawValue && known?.changes.contains(change) != true
            }
            let phases = rule.phases.filter { known?.phases.contains($0) != true }
            let gone = known?.changes.filter { $0.key != Key.examples.rawValue && !rule.changes.contains($0) } ?? []
            let ended = known?.phases.filter { !rule.phases.contains($0) } ?? []
            let lines =
                changes.map(line) + phases.map(line)
                + (gone.map(line) + ended.map(line)).map { say("没有了：", "no longer: ") + $0 }
            if !lines.isEmpty { found[rule.id] = lines.map(DisplayText.printable) }
        }
        return found
    }

    private func line(_ change: Rule.Change) -> String {
        let what =
            change.before.map { "\(change.key) \($0) → \(change.after)" }
            ?? say("\(change.key) 加 \(change.after)", "\(change.key) + \(change.after)")
        let reason = change.reason.map { say("，\($0)", ", \($0)") } ?? ""
        return say(
            "站点改动 \(change.overlay)：\(what)\(reason)（\(place(change.location))）",
            "overlay \(change.overlay): \(what)\(reason) (\(place(change.location)))")
    }

    private func line(_ phase: Rule.Phase) -> String {
        var parts: [String] = []
        if let status = phase.status { parts.append("\(Key.status.rawValue) \(status.rawValue)") }
        if phase.raise > 0 { parts.append(say("高 \(phase.raise) 级", "severity +\(phase.raise)")) }
        let title = phase.title.map { say("（\($0)）", " (\($0))") } ?? ""
        return say(
            "专项 \(phase.campaign)\(title)，\(phase.from) 到 \(phase.to)：\(parts.joined(separator: "，"))（\(place(phase.location))）",
            "campaign \(phase.campaign)\(title), \(phase.from) to \(phase.to): \(parts.joined(separator: ", ")) "
                + "(\(place(phase.location)))")
    }

    private func place(_ location: SourceLocation) -> String { "\(location.file):\(location.line)" }

    /// Why an alert is one on trial; nil if it is live.
    func whyTrial(_ alert: Alert, _ rule: Rule) -> String? {
        guard alert.mode == .shadow else { return nil }
        if rule.leastLiveScore > 0, alert.score * 100 < Double(rule.leastLiveScore) {
            let least = Fraction.written(percent: rule.leastLiveScore)
            return say(
                "进试行：把握 \(alert.score) 不到 \(Key.minScore.rawValue) \(least)",
                "on trial: the score \(alert.score) is below the \(Key.minScore.rawValue) of \(least)")
        }
        return say("进试行：规则是 shadow", "on trial: the rule is shadow")
    }
}

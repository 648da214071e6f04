import ClaimRules
import LiveEvents
import RuleTesting

/// Rules that are off and would have raised something: what an overlay switched off is silent, and nobody would know why.
enum SleepingRules {
    /// The alerts they would raise, with the rule as it stands.
    static func alerts(
        _ loaded: LoadedPacks, _ sample: SampleRun, screens: Screens = Screens()
    ) -> [(rule: Rule, alert: Alert)] {
        let off = loaded.rules.filter { !$0.isEverAwake }
        guard !off.isEmpty else { return [] }
        let woken = off.map { rule in
            var rule = rule
            rule.status = .stable
            return rule
        }
        guard let ruleSet = try? RuleSet(rules: woken, contentHash: "", screens: screens),
            let alerts = try? sample.alerts(ruleSet)
        else {
            return []
        }
        return off.compactMap { rule in
            // Of several revisions the last holds.
            alerts.last { $0.rule.id == rule.id }.map { (rule, $0) }
        }
    }

    static func lines(_ found: [(rule: Rule, alert: Alert)], on day: String, in language: Language) -> [StyledLine] {
        found.flatMap { rule, _ in
            var head = StyledLine(Wording("停用了", "switched off").text(in: language), .dim)
            head.add(
                "  "
                    + Wording(
                        "\(DisplayText.printable(rule.id.rawValue))：开着就会告警",
                        "\(DisplayText.printable(rule.id.rawValue)): would raise an alert if it were on"
                    ).text(in: language))
            let standing = StandingText(language: language).lines(rule, on: day, in: nil)
            let own = Wording(
                "规则包里就是停用的（\(rule.location)）", "its pack has it off (\(rule.location))"
            ).text(in: language)
            return [head]
                + (standing.isEmpty ? [DisplayText.printable(own)] : standing).map { StyledLine("        " + $0) }
        }
    }
}

import ClaimRules
import LiveEvents
import RuleTesting

/// A backtest as people read it.
enum BacktestReport {
    /// Examples shown of each kind.
    private static let mostExamples = 30

    /// - Parameter changes: What overlays and campaigns of the new rules do, and those of the old do not.
    static func report(
        _ backtest: Backtest, badLines: Int, changes: [RuleID: [String]] = [:], in language: Language
    ) -> Report {
        func say(_ chinese: String, _ english: String) -> String { Wording(chinese, english).text(in: language) }
        let counts = backtest.counts
        var report = Report(
            title: counts.isEmpty
                ? say("回测：两套规则的告警完全一样", "Backtest: both rule sets raise the same alerts")
                : say(
                    "回测：新增 \(counts.appeared) 条告警，消失 \(counts.vanished) 条，改变 \(counts.changed) 条",
                    "Backtest: alerts that appear \(counts.appeared), vanish \(counts.vanished), change \(counts.changed)"
                ))
        report.blocks.append(.table(summary(backtest, say)))
        report.blocks.append(.note(StyledLine(scope(backtest, badLines: badLines, say), .dim)))
        if counts.isEmpty {
            report.blocks += self.changes(changes, backtest, say)
            return report
        }

        report.blocks.append(.heading(say("按规则（没有差别的不列）", "By rule (those without a difference are left out)")))
        report.blocks.append(.table(rules(backtest, say)))
        if !counts.aspects.isEmpty {
            let changes = Backtest.Aspect.allCases.compactMap { aspect in
                counts.aspects[aspect].map { "\(name(aspect, say)) \($0)" }
            }
            report.blocks.append(
                .note(StyledLine(say("改变的是：", "What changes: ") + changes.joined(separator: say("，", ", ")), .dim)))
        }
        report.blocks += self.changes(changes, backtest, say)
        for kind in Backtest.Kind.allCases where counts[kind] > 0 {
            let examples = backtest.examples.filter { $0.kind == kind }
            report.blocks.append(.heading(heading(kind, counts[kind], shown: min(examples.count, mostExamples), say)))
            report.blocks.append(.quotes(examples.prefix(mostExamples).map { quote($0, language, say) }))
        }
        return report
    }

    private typealias Say = (String, String) -> String

    private static func summary(_ backtest: Backtest, _ say: Say) -> Report.Table {
        func row(_ title: String, _ old: String, _ new: String) -> [StyledLine] {
            [StyledLine(title), StyledLine(old), StyledLine(new)]
        }
        let counts = backtest.counts
        func hourly(_ count: Int) -> String { EvaluationReport.decimal(backtest.perHour(count), digits: 2) }
        return Report.Table(
            columns: [
                .init(title: say("指标", "measure")), .init(title: say("旧", "old"), isNumber: true),
                .init(title: say("新", "new"), isNumber: true),
            ],
            rows: [
                row(say("告警", "alerts"), "\(counts.old)", "\(counts.new)"),
                row(say("每小时口播", "per hour of speech"), hourly(counts.old), hourly(counts.new)),
            ])
    }

    private static func scope(_ backtest: Backtest, badLines: Int, _ say: Say) -> String {
        // 0.00 hours says nothing of a short test.
        let speech =
            if backtest.hours < 1 {
                say(
                    "口播 \(EvaluationReport.decimal(backtest.hours * 60, digits: 1)) 分钟",
                    "\(EvaluationReport.decimal(backtest.hours * 60, digits: 1)) minutes of speech")
            } else {
                say(
                    "口播 \(EvaluationReport.decimal(backtest.hours, digits: 2)) 小时",
                    "\(EvaluationReport.decimal(backtest.hours, digits: 2)) hours of speech")
            }
        var parts = [
            say("\(backtest.events) 个事件", counted(backtest.events, "event")),
            speech,
        ]
        if badLines > 0 { parts.append(say("\(badLines) 行不是事件", "\(counted(badLines, "line")) could not be used")) }
        if backtest.uncompared > 0 {
            parts.append(
                say(
                    "告警太多，\(backtest.uncompared) 条没有比较：分几次给文件",
                    "\(counted(backtest.uncompared, "alert")) beyond the bound not compared: give fewer files at once"))
        }
        parts.append(
            say(
                "规则集 \(backtest.oldRuleset) → \(backtest.newRuleset)",
                "rule set \(backtest.oldRuleset) → \(backtest.newRuleset)"))
        return parts.joined(separator: say("；", "; "))
    }

    private static func rules(_ backtest: Backtest, _ say: Say) -> Report.Table {
        var table = Report.Table(columns: [
            .init(title: say("规则", "rule")), .init(title: say("旧", "old"), isNumber: true),
            .init(title: say("新", "new"), isNumber: true), .init(title: say("新增", "appear"), isNumber: true),
            .init(title: say("消失", "vanish"), isNumber: true), .init(title: say("改变", "change"), isNumber: true),
            .init(title: say("每小时", "per hour"), isNumber: true, meaning: say("新增减消失", "appear less vanish")),
        ])
        let differing = backtest.byRule.filter { !$0.value.isEmpty }.sorted { a, b in
            let (p, q) = (total(a.value), total(b.value))
            return p != q ? p > q : a.key < b.key
        }
        for (rule, counts) in differing {
            let net = counts.appeared - counts.vanished
            let hourly = EvaluationReport.decimal(backtest.perHour(net), digits: 2)
            table.rows.append([
                StyledLine(DisplayText.printable(rule.rawValue)), StyledLine("\(counts.old)"),
                StyledLine("\(counts.new)"),
                StyledLine("\(counts.appeared)"), StyledLine("\(counts.vanished)"), StyledLine("\(counts.changed)"),
                StyledLine(net > 0 ? "+\(hourly)" : hourly),
            ])
        }
        return table
    }

    /// By whose line rules differ: first those whose alerts do, too.
    private static func changes(_ changes: [RuleID: [String]], _ backtest: Backtest, _ say: Say) -> [Report.Block] {
        guard !changes.isEmpty else { return [] }
        func isFelt(_ rule: RuleID) -> Bool { backtest.byRule[rule].map { !$0.isEmpty } ?? false }
        let felt = changes.keys.filter(isFelt).sorted()
        let idle = changes.keys.filter { !isFelt($0) }.sorted()
        var blocks: [Report.Block] = [.heading(say("是谁改的", "By which overlay or campaign"))]
        blocks.append(
            .quotes(
                felt.map { rule in
                    let counts = backtest.byRule[rule] ?? .init()
                    var head = StyledLine(DisplayText.printable(rule.rawValue), .bold)
                    head.add(
                        say("  告警 \(counts.old) → \(counts.new)", "  alerts \(counts.old) → \(counts.new)"), .dim)
                    return Report.Quote(
                        head: head, bodies: [.init(lines: (changes[rule] ?? []).map { StyledLine($0) })])
                }))
        if idle.isEmpty { return blocks }
        let shown = idle.prefix(mostExamples)
        blocks.append(
            .note(
                StyledLine(
                    say(
                        "改了，而这些事件里告警没有差别的规则 \(idle.count) 条：",
                        "Changed, without a difference in these events (\(idle.count)): ")
                        + shown.map { DisplayText.printable($0.rawValue) }.joined(separator: say("、", ", "))
                        + (idle.count > shown.count ? " …" : ""), .dim)))
        if felt.isEmpty {
            blocks.append(
                .quotes(
                    shown.prefix(5).map { rule in
                        Report.Quote(
                            head: StyledLine(DisplayText.printable(rule.rawValue)),
                            bodies: [.init(lines: (changes[rule] ?? []).map { StyledLine($0) })])
                    }))
        }
        return blocks
    }

    private static func total(_ counts: Backtest.Counts) -> Int { counts.appeared + counts.vanished + counts.changed }

    private static func heading(_ kind: Backtest.Kind, _ count: Int, shown: Int, _ say: Say) -> String {
        let title =
            switch kind {
            case .appeared: say("新增 \(count) 条", "Alerts that appear: \(count)")
            case .vanished: say("消失 \(count) 条", "Alerts that vanish: \(count)")
            case .changed: say("改变 \(count) 条", "Alerts that change: \(count)")
            }
        return shown < count ? title + say("，举例 \(shown) 条", ", \(shown) as examples") : title
    }

    private static func quote(_ difference: Backtest.Difference, _ language: Language, _ say: Say) -> Report.Quote {
        guard difference.kind == .changed, let old = difference.old, let new = difference.new else {
            let alert = difference.new ?? difference.old
            guard let alert else { return Report.Quote(head: StyledLine(difference.rule.rawValue), bodies: []) }
            return Report.Quote(
                head: AlertText.headline(alert, in: language),
                bodies: [.init(lines: AlertText.quotes(alert) + [origin(alert)])])
        }
        var head = AlertText.headline(new, in: language)
        let changes = difference.aspects.map { aspect in
            switch aspect {
            case .severity: change(aspect, severity(old, language), severity(new, language), say)
            case .category: change(aspect, old.rule.category, new.rule.category, say)
            case .mode: change(aspect, mode(old, say), mode(new, say), say)
            case .legalBasis: name(aspect, say) + articles(old.rule.legalBasis, new.rule.legalBasis)
            case .evidence: name(aspect, say)
            }
        }
        head.add(say("：", ": ") + DisplayText.printable(changes.joined(separator: say("；", "; "))), .dim)
        guard difference.aspects.contains(.evidence) else {
            return Report.Quote(head: head, bodies: [.init(lines: AlertText.quotes(new) + [origin(new)])])
        }
        return Report.Quote(
            head: head,
            bodies: [
                .init(label: say("旧", "old"), lines: AlertText.quotes(old) + [origin(old)]),
                .init(label: say("新", "new"), lines: AlertText.quotes(new) + [origin(new)]),
            ])
    }

    private static func change(_ aspect: Backtest.Aspect, _ old: String, _ new: String, _ say: Say) -> String {
        "\(name(aspect, say)) \(old) → \(new)"
    }

    /// The articles that go and come, with their dates: those may be all that differs.
    private static func articles(_ old: [LegalBasis], _ new: [LegalBasis]) -> String {
        func line(_ basis: LegalBasis) -> String {
            let dates = basis.from == nil && basis.to == nil ? "" : " (\(basis.from ?? "")–\(basis.to ?? ""))"
            return "\(basis.law) \(basis.article)\(dates)"
        }
        let gone = old.filter { !new.contains($0) }.map { " − \(line($0))" }
        let come = new.filter { !old.contains($0) }.map { " + \(line($0))" }
        return (gone + come).joined()
    }

    private static func name(_ aspect: Backtest.Aspect, _ say: Say) -> String {
        switch aspect {
        case .severity: say("级别", "severity")
        case .category: say("类别", "category")
        case .mode: say("状态", "status")
        case .legalBasis: say("法律依据", "law")
        case .evidence: say("证据", "evidence")
        }
    }

    private static func severity(_ alert: Alert, _ language: Language) -> String {
        alert.rule.severity.word.map { SeverityText.wording($0).text(in: language) } ?? alert.rule.severity.text
    }

    private static func mode(_ alert: Alert, _ say: Say) -> String {
        alert.mode == .shadow ? say("试行", "shadow") : say("正式", "stable")
    }

    private static func origin(_ alert: Alert) -> StyledLine {
        let record = alert.evidence.first.map { " · \($0.source.topic):\($0.source.offset)" } ?? ""
        return StyledLine(DisplayText.printable("\(alert.platform)/\(alert.roomID)\(record)"), .dim)
    }
}

import ClaimRules
import ClaimScreen
import Foundation
import LiveEvents
import RuleTesting

/// An evaluation as people read it.
enum EvaluationReport {
    /// - Parameter onlyTotals: No text is shown, so that a set of texts stays unseen.
    static func report(
        _ evaluation: Evaluation, badLines: Int, onlyTotals: Bool = false, in language: Language
    ) -> Report {
        func say(_ chinese: String, _ english: String) -> String { Wording(chinese, english).text(in: language) }
        let counts = evaluation.counts
        if evaluation.labels.isEmpty, evaluation.rooms.roomCount > 0 {
            var report = RoomCountsReport.report(evaluation, onlyTotals: onlyTotals, in: language)
            report.blocks.append(.note(StyledLine(scope(evaluation, badLines: badLines, say), .dim)))
            return report
        }
        var report = Report(
            title: say(
                "评测：\(counts.lines) 行，违规 \(counts.violating)，合规 \(counts.lawful)",
                "Evaluation: \(counted(counts.lines, "line")), \(counts.violating) violating, \(counts.lawful) lawful"))
        report.blocks.append(.table(summary(evaluation, say)))
        report.blocks.append(.note(StyledLine(scope(evaluation, badLines: badLines, say), .dim)))

        report.blocks.append(.heading(say("按标签", "By label")))
        report.blocks.append(.table(labels(evaluation, say)))
        report.blocks.append(.heading(say("按规则", "By rule")))
        let rules = ruleRows(evaluation, say)
        if rules.rows.isEmpty {
            report.blocks.append(.note(StyledLine(say("没有规则命中。", "No rule was met."))))
        } else {
            report.blocks.append(.table(rules))
            report.blocks.append(
                .note(
                    StyledLine(
                        say(
                            "独中、独误：别的规则都没报的行。\(silent(evaluation)) 条规则一次也没命中。",
                            "* Lines that nothing else accused. \(counted(silent(evaluation), "rule")) met nothing at all."
                        ),
                        .dim)))
            report.blocks.append(.heading(say("按类别", "By category")))
            report.blocks.append(.table(categoryRows(evaluation, say)))
        }
        if evaluation.rooms.roomCount > 0 {
            let rooms = RoomCountsReport.report(evaluation, onlyTotals: onlyTotals, in: language)
            report.blocks += [.heading(rooms.title)] + rooms.blocks
        }
        if onlyTotals { return report }
        report.blocks.append(
            .heading(
                say(
                    "最坏的误报：合规而被报的 \(counts.wrong) 行里，最重、最有把握的",
                    "Worst false: of \(counted(counts.wrong, "lawful line")) accused, the gravest and surest")))
        report.blocks += cases(evaluation.worstFalse, none: say("没有误报。", "There is none."), language)
        report.blocks.append(
            .heading(
                say(
                    "最坏的漏报：违规而没报的 \(counts.missed) 行里，先是有告警但不算数的，再是抽样",
                    "Worst missed: of \(counted(counts.missed, "violating line")) not accused, first those with an alert "
                        + "that does not count, then a sample")))
        report.blocks += cases(evaluation.worstMissed, none: say("没有漏报。", "There is none."), language)
        return report
    }

    private typealias Say = (String, String) -> String

    private static func summary(_ evaluation: Evaluation, _ say: Say) -> Report.Table {
        let counts = evaluation.counts
        let rows: [(String, String, String)] = [
            (
                say("准确率", "precision"), percent(counts.precision),
                say(
                    "被报的 \(counts.found + counts.wrong) 行里 \(counts.found) 行违规",
                    "\(counts.found) of \(counted(counts.found + counts.wrong, "accused line")) violating")
            ),
            (
                say("召回率", "recall"), percent(counts.recall),
                say(
                    "违规的 \(counts.violating) 行里报了 \(counts.found) 行",
                    "\(counts.found) of \(counted(counts.violating, "violating line")) accused")
            ),
            ("F1", decimal(counts.f1, digits: 3), say("两者的调和平均", "the harmonic mean of both")),
            (
                say("误报率", "false alarms"),
                percent(counts.lawful == 0 ? nil : Double(counts.wrong) / Double(counts.lawful)),
                say(
                    "合规的 \(counts.lawful) 行里报了 \(counts.wrong) 行",
                    "\(counts.wrong) of \(counted(counts.lawful, "lawful line")) accused")
            ),
            (
                say("每千行告警", "alerts per 1,000"), decimal(evaluation.alertsPerThousand, digits: 1),
                say("共 \(evaluation.alerts) 条告警", "\(counted(evaluation.alerts, "alert")) in all")
            ),
        ]
        return Report.Table(
            columns: [
                .init(title: say("指标", "measure")), .init(title: say("值", "value"), isNumber: true),
                .init(title: say("怎么来的", "of")),
            ], rows: rows.map { [StyledLine($0.0), StyledLine($0.1, .bold), StyledLine($0.2, .dim)] })
    }

    private static func scope(_ evaluation: Evaluation, badLines: Int, _ say: Say) -> String {
        let question = evaluation.question
        let trial = evaluation.rules.count { $0.status == .shadow }
        var parts = [
            say(
                "规则 \(evaluation.rules.count) 条（试行 \(trial)，\(question.countsShadow ? "计入" : "不计")）",
                "\(counted(evaluation.rules.count, "rule")) (\(trial) on trial, \(question.countsShadow ? "counted" : "not counted"))"
            )
        ]
        if !evaluation.labels.isEmpty {
            parts += [
                question.target == .speech
                    ? say("种类不写算口播", "speech unless told")
                    : say("种类不写算商品标题", "titles of goods unless told"),
                question.category.map { say("类目不写算 \($0)", "product \($0) unless told") }
                    ?? say("类目不写算未知", "product unknown unless told"),
            ]
        }
        if question.leastSeverity > .info {
            parts.append(
                say("只算 \(severity(question.leastSeverity, say)) 级以上", "\(question.leastSeverity.rawValue) and above"))
        }
        if let screen = question.screen {
            let least = decimal(question.leastScreen, digits: 2)
            parts.append(
                say(
                    "筛子 \(screen.name) 给 \(least) 以上的行才算",
                    "only lines that the screen \(screen.name) gives \(least) or more"))
        }
        if badLines > 0 { parts.append(say("\(badLines) 行不能用", "\(counted(badLines, "line")) could not be used")) }
        parts.append(say("规则集 \(evaluation.ruleset)", "rule set \(evaluation.ruleset)"))
        return parts.joined(separator: say("；", "; "))
    }

    private static func labels(_ evaluation: Evaluation, _ say: Say) -> Report.Table {
        var table = Report.Table(columns: [
            .init(title: say("标签", "label")), .init(title: say("算作", "counts as")),
            .init(title: say("行", "lines"), isNumber: true), .init(title: say("被报", "accused"), isNumber: true),
            .init(title: say("占", "share"), isNumber: true),
        ])
        for (label, count) in evaluation.labels.sorted(by: { ($1.value.lines, $0.key) < ($0.value.lines, $1.key) }) {
            let kind =
                switch evaluation.question.truth(of: label) {
                case .violating?: say("违规", "violating")
                case .lawful?: say("合规", "lawful")
                case .ignored?, nil: say("不计", "left out")
                }
            table.rows.append([
                StyledLine(DisplayText.printable(label)), StyledLine(kind), StyledLine("\(count.lines)"),
                StyledLine("\(count.accused)"), StyledLine(percent(Double(count.accused) / Double(count.lines))),
            ])
        }
        return table
    }

    /// Columns that rules and categories share.
    private static func shareColumns(_ say: Say) -> [Report.Table.Column] {
        [
            .init(
                title: say("中", "right"), isNumber: true, meaning: say("命中的违规行", "violating lines with an alert of it")),
            .init(title: say("误", "wrong"), isNumber: true, meaning: say("命中的合规行", "lawful lines with an alert of it")),
            .init(
                title: say("准确率", "share"), isNumber: true,
                meaning: say("命中的行里违规的占比", "the share of right among right and wrong")),
            .init(
                title: say("独中", "right*"), isNumber: true,
                meaning: say("去掉它就漏掉的违规行", "violating lines that would be missed without it")),
            .init(
                title: say("独误", "wrong*"), isNumber: true,
                meaning: say("去掉它就不误报的合规行", "lawful lines that would be spared without it")),
        ]
    }

    private static func cells(_ share: Evaluation.Share) -> [StyledLine] {
        [
            StyledLine("\(share.found)"), StyledLine("\(share.wrong)", share.wrong > share.found ? .boldRed : .plain),
            StyledLine(percent(share.precision)), StyledLine("\(share.foundAlone)"), StyledLine("\(share.wrongAlone)"),
        ]
    }

    private static func ruleRows(_ evaluation: Evaluation, _ say: Say) -> Report.Table {
        var table = Report.Table(
            columns: [.init(title: say("规则", "rule"))] + shareColumns(say) + [
                .init(title: say("级别", "severity")), .init(title: say("状态", "status")),
            ])
        let known = Dictionary(evaluation.rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for (id, share) in sorted(evaluation.byRule, name: \.rawValue) {
            let rule = known[id]
            table.rows.append(
                [StyledLine(DisplayText.printable(id.rawValue))] + cells(share) + [
                    StyledLine(rule.map { severity($0.severity, say) } ?? ""),
                    StyledLine(rule?.status == .shadow ? say("试行", "shadow") : say("正式", "stable"), .dim),
                ])
        }
        return table
    }

    private static func categoryRows(_ evaluation: Evaluation, _ say: Say) -> Report.Table {
        Report.Table(
            columns: [.init(title: say("类别", "category"))] + shareColumns(say),
            rows: sorted(evaluation.byCategory, name: \.self).map {
                [StyledLine(DisplayText.printable($0.0))] + cells($0.1)
            })
    }

    /// What accused most stands first.
    private static func sorted<Key>(_ shares: [Key: Evaluation.Share], name: (Key) -> String) -> [(
        Key, Evaluation.Share
    )] {
        shares.sorted { a, b in
            let (p, q) = (a.value.found + a.value.wrong, b.value.found + b.value.wrong)
            return p != q ? p > q : name(a.key) < name(b.key)
        }.map { ($0.key, $0.value) }
    }

    private static func silent(_ evaluation: Evaluation) -> Int {
        evaluation.rules.count { evaluation.byRule[$0.id] == nil }
    }

    private static func cases(_ cases: [Evaluation.Case], none: String, _ language: Language) -> [Report.Block] {
        if cases.isEmpty { return [.note(StyledLine(none))] }
        return [
            .quotes(
                cases.map { found in
                    var head = StyledLine(
                        Wording("第 \(found.line.number) 行", "line \(found.line.number)").text(in: language), .dim)
                    guard let alert = found.alert else {
                        return Report.Quote(head: head, bodies: [.init(lines: [excerpt(found.line.text)])])
                    }
                    head.add("  ")
                    head.add(AlertText.headline(alert, in: language))
                    head.add("  \(Int((alert.score * 100).rounded()))%", .dim)
                    return Report.Quote(head: head, bodies: [.init(lines: AlertText.quotes(alert))])
                })
        ]
    }

    /// The start of a long text.
    private static func excerpt(_ text: String) -> StyledLine {
        StyledLine(DisplayText.fitted(DisplayText.printable(text), columns: 240))
    }

    private static func severity(_ severity: Severity, _ say: Say) -> String {
        let words = SeverityText.wording(severity)
        return say(words.chinese, words.english)
    }

    /// `90.9%`; `–` for a share of nothing.
    static func percent(_ share: Double?) -> String { share.map { "\(decimal($0 * 100, digits: 1))%" } ?? "–" }

    static func decimal(_ number: Double?, digits: Int) -> String {
        guard let number else { return "–" }
        return number.formatted(
            .number.precision(.fractionLength(digits)).grouping(.never).locale(.init(identifier: "en_US_POSIX")))
    }
}

import ClaimRules
import Foundation
import LiveEvents
import RuleTesting

/// What `claimwatch rules` shows of rules.
struct RuleReports {
    let language: Language
    /// The day on which laws are in force or not, yyyy-MM-dd.
    let day: String

    func say(_ chinese: String, _ english: String) -> String { Wording(chinese, english).text(in: language) }

    // MARK: list

    func list(_ rules: [Rule]) -> Report {
        var report = Report(title: say("\(rules.count) 条规则", counted(rules.count, "rule")))
        for (pack, members) in grouped(rules, by: { "\($0.pack)\u{0}\($0.location.file)" }) {
            let parts = pack.split(separator: "\u{0}").map { DisplayText.printable(String($0)) }
            report.blocks.append(.heading("\(parts.joined(separator: "  "))  (\(members.count))"))
            var table = Report.Table(columns: [
                .init(title: say("规则", "rule"), givesWay: true), .init(title: say("级别", "severity")),
                .init(title: say("状态", "status")), .init(title: say("行", "line"), isNumber: true),
                .init(title: say("标题", "title"), givesWay: true),
            ])
            for rule in members {
                table.rows.append([
                    StyledLine(DisplayText.printable(rule.id.rawValue), .bold), severity(rule.severity),
                    StyledLine(
                        status(rule.status) + (rule.changes.isEmpty ? "" : " *")
                            + (rule.phases.isEmpty ? "" : say(" 专", " c")),
                        rule.status == .stable ? .plain : .dim),
                    StyledLine("\(rule.location.line)"), StyledLine(title(rule)),
                ])
            }
            report.blocks.append(.table(table))
        }
        if rules.contains(where: { !$0.changes.isEmpty || !$0.phases.isEmpty }) {
            report.blocks.append(
                .note(
                    StyledLine(
                        say(
                            "* 站点改过，专 有专项：看 claimwatch rules effective。",
                            "* changed by an overlay, c in a campaign: see `claimwatch rules effective`."), .dim)))
        }
        return report
    }

    // MARK: show

    func show(_ rule: Rule) -> Report {
        let text = ExpressionText(language: language)
        var report = Report(title: "\(DisplayText.printable(rule.id.rawValue))  \(title(rule))")
        func note(_ line: String) { report.blocks.append(.note(StyledLine(line))) }
        var head = StyledLine()
        head.add(
            SeverityText.wording(rule.severity).text(in: language), AlertText.look(ofSeverity: .known(rule.severity)))
        head.add(" · \(status(rule.status)) · ")
        head.add(say("第 \(rule.revision) 版", "revision \(rule.revision)"))
        head.add(
            " · \(say("包", "pack")) \(DisplayText.printable(rule.pack)) · \(DisplayText.printable("\(rule.location)"))",
            .dim)
        report.blocks.append(.note(head))
        if let other = language == .chinese ? rule.titleEn : rule.title, other != title(rule) {
            note(DisplayText.printable(other))
        }
        let conduct = Taxonomy.category(rule.category).map { "  " + $0.title.text(in: language) } ?? ""
        note(say("类别 ", "category ") + DisplayText.printable(rule.category) + conduct)
        note(scope(rule))

        if !rule.changes.isEmpty || !rule.phases.isEmpty {
            report.blocks.append(.heading(say("站点改动和专项", "Overlays and campaigns")))
            report.blocks.append(.table(changes(EffectiveRule(rule, on: day), allPhases: true)))
        }
        report.blocks.append(.heading(say("说了什么算", "What must be said")))
        report.blocks.append(
            .quotes([Report.Quote(head: StyledLine(), bodies: [.init(lines: text.lines(rule.match))])]))
        if let disguises = disguises(rule.evasion) { note(disguises) }
        if !rule.unless.isEmpty {
            report.blocks.append(.heading(say("命中处在这些话里就不算", "Not where it lies in one of these")))
            note(text.words(rule.unless))
        }
        let guards = rule.guards + rule.needs
        if !guards.isEmpty || !rule.exemptions.isEmpty {
            report.blocks.append(.heading(say("前后的话", "Words around it")))
            for entry in rule.guards { note(guardLine(entry, text)) }
            for entry in rule.needs { note(say("必须有：", "needed: ") + scopeText(entry.scope) + text.words(entry.words)) }
            for entry in rule.exemptions {
                note(say("豁免 ", "exemption ") + "\(entry.exemption.rawValue): " + text.words(entry.condition.words))
            }
        }
        let condition = ConditionText(language: language)
        if !rule.facts.isEmpty {
            report.blocks.append(.heading(say("商品页上要都是这样", "What the listing must say")))
            for fact in rule.facts { note(condition.line(fact)) }
            note(
                rule.unknownFacts == .verify
                    ? say("没写的：轻一级，待核实", "if it does not say: one step lower, to verify")
                    : say("没写的：不报", "if it does not say: no alert"))
        }
        if !rule.bindings.isEmpty {
            report.blocks.append(.heading(say("按商品和说话的人", "By goods and speaker")))
            report.blocks.append(.table(bindings(rule, condition)))
        }
        report.blocks.append(.heading(say("法律依据（\(day) 是否有效）", "Legal basis (whether in force on \(day))")))
        report.blocks.append(.table(laws(rule)))
        for question in rule.openQuestions {
            note(say("待核对：", "open: ") + DisplayText.printable(question.text))
        }
        if rule.examples.match.isEmpty && rule.examples.clear.isEmpty { return report }
        report.blocks.append(.heading(say("例句", "Examples")))
        report.blocks += examples(rule.examples.match, say("应命中", "must match"))
        report.blocks += examples(rule.examples.clear, say("应放过", "must stay clear"))
        return report
    }

    private func bindings(_ rule: Rule, _ condition: ConditionText) -> Report.Table {
        var table = Report.Table(columns: [
            .init(title: say("当", "when"), givesWay: true), .init(title: say("类别", "category"), givesWay: true),
            .init(title: say("级别", "severity")), .init(title: say("法律依据", "legal basis"), givesWay: true),
        ])
        for binding in rule.bindings {
            let laws = (binding.legalBasis ?? rule.legalBasis).map { "\($0.law) \($0.article)" }
            table.rows.append([
                StyledLine(condition.line(binding.when)),
                StyledLine(DisplayText.printable(binding.category ?? rule.category)),
                severity(binding.severity ?? rule.severity),
                StyledLine(DisplayText.printable(laws.joined(separator: say("；", "; ")))),
            ])
        }
        return table
    }

    private func scope(_ rule: Rule) -> String {
        let targets = [Rule.Target.speech, .listing].filter(rule.targets.contains).map {
            $0 == .speech ? say("口播", "speech") : say("商品页", "listings")
        }
        var parts = [say("看", "reads ") + targets.joined(separator: say("和", " and "))]
        if let product = rule.product {
            if !product.categories.isEmpty {
                parts.append(
                    say("商品是 ", "goods: ")
                        + product.categories.map(DisplayText.printable).joined(separator: say("、", ", ")))
            }
            if !product.excluded.isEmpty {
                parts.append(
                    say("除 ", "but not ")
                        + product.excluded.map(DisplayText.printable).joined(separator: say("、", ", ")))
            }
        }
        let window = rule.windowMS % 60_000 == 0 ? rule.windowMS / 60_000 : nil
        if let window { parts.append(say("\(window) 分钟内并成一条", "one alert in \(counted(Int(window), "minute"))")) }
        if rule.threshold > 1 { parts.append(say("命中 \(rule.threshold) 次才报", "after \(rule.threshold) hits")) }
        if rule.from != nil || rule.to != nil { parts.append(dates(rule.from, rule.to)) }
        if !rule.jurisdictions.isEmpty {
            let codes = rule.jurisdictions.map(DisplayText.printable).joined(separator: say("、", ", "))
            parts.append(say("地区 \(codes)", "region \(codes)"))
        }
        if let track = rule.legalTrack { parts.append(say("法律路径 ", "legal track ") + track.rawValue) }
        return parts.joined(separator: say("；", "; "))
    }

    private func disguises(_ evasion: Evasion) -> String? {
        var parts: [String] = []
        if evasion.gaps > 0 {
            parts.append(say("字间最多 \(evasion.gaps) 个符号", "up to \(counted(evasion.gaps, "sign")) between"))
        }
        if evasion.fillers { parts.append(say("填充词", "fillers")) }
        if evasion.homophones { parts.append(say("同音字和拼音", "homophones and pinyin")) }
        if evasion.split { parts.append(say("拆字", "split characters")) }
        if evasion.numbers { parts.append(say("数字的其他写法", "numbers written another way")) }
        if evasion.wholeWords { parts.append(say("只认整词", "whole words only")) }
        if evasion.minScore > 0 {
            parts.append(say("低于 \(evasion.minScore)% 不算", "at least \(evasion.minScore)% sure"))
        }
        return parts.isEmpty ? nil : say("看穿：", "seen through: ") + parts.joined(separator: say("、", ", "))
    }

    private func guardLine(_ entry: ClaimRules.Guard, _ text: ExpressionText) -> String {
        let action =
            switch entry.action {
            case .clear: say("排除", "clears")
            case .lower: say("降一级", "lowers")
            case .mark: say("标注", "marks")
            }
        let except = entry.except.map { say("；除 ", "; but not ") + text.words($0) } ?? ""
        return
            "\(action) \(DisplayText.printable(entry.name)): \(scopeText(entry.scope))\(text.words(entry.words))\(except)"
    }

    private func scopeText(_ scope: ClaimRules.Guard.Scope) -> String {
        switch scope {
        case .before(let count, _): say("前 \(count) 字内 ", "\(count) characters before: ")
        case .after(let count, _): say("后 \(count) 字内 ", "\(count) characters behind: ")
        case .around(let count, _): say("前后 \(count) 字内 ", "\(count) characters around: ")
        case .unit(.clause): say("同一分句 ", "in the clause: ")
        case .unit(.sentence): say("同一句 ", "in the sentence: ")
        case .unit(.segment): say("同一段 ", "in the segment: ")
        case .inside: say("词与词之间 ", "between its words: ")
        case .overClause: say("分句上 ", "over the clause: ")
        }
    }

    private func laws(_ rule: Rule) -> Report.Table {
        var table = Report.Table(columns: [
            .init(title: say("法", "law"), givesWay: true), .init(title: say("条", "article"), givesWay: true),
            .init(title: say("起", "from")), .init(title: say("止", "to")), .init(title: say("有效", "in force")),
        ])
        let bindings = rule.bindings.flatMap { $0.legalBasis ?? [] }
        var seen: Set<LegalBasis> = []
        for basis in rule.legalBasis + bindings where seen.insert(basis).inserted {
            table.rows.append([
                StyledLine(DisplayText.printable(basis.law)), StyledLine(DisplayText.printable(basis.article)),
                StyledLine(basis.from ?? "–"), StyledLine(basis.to ?? "–"), inForce(basis),
            ])
        }
        return table
    }

    private func examples(_ examples: [Rule.Examples.Example], _ title: String) -> [Report.Block] {
        guard !examples.isEmpty else { return [] }
        let lines = examples.map { example in
            let condition = ConditionText(language: language)
            var line = StyledLine(condition.text(example))
            let scenery = condition.scenery(example)
            if !scenery.isEmpty { line.add("  [\(scenery.joined(separator: say("，", ", ")))]", .dim) }
            return line
        }
        return [.quotes([Report.Quote(head: StyledLine(title, .dim), bodies: [.init(lines: lines)])])]
    }

    // MARK: stats

    func stats(_ rules: [Rule], terms: Int) -> Report {
        let examples = rules.reduce(0) { $0 + $1.examples.match.count + $1.examples.clear.count }
        var report = Report(
            title: say(
                "\(Set(rules.map(\.pack)).count) 个包，\(rules.count) 条规则，\(terms) 个词，\(examples) 个例句",
                "\(counted(Set(rules.map(\.pack)).count, "pack")), \(counted(rules.count, "rule")), \(counted(terms, "term")), "
                    + counted(examples, "example")))
        report.blocks.append(.heading(say("按法律依据（\(day)）", "By legal basis (on \(day))")))
        report.blocks.append(.table(byLaw(rules)))
        let lapsed = rules.filter { !isLawful($0) }
        if !lapsed.isEmpty {
            report.blocks.append(
                .note(
                    StyledLine(
                        say("没有一条依据在 \(day) 有效的规则：", "Rules without a basis in force on \(day): ")
                            + lapsed.map { DisplayText.printable($0.id.rawValue) }.joined(separator: say("、", ", ")),
                        .boldRed)))
        }
        report.blocks.append(.heading(say("按类别", "By category")))
        report.blocks.append(.table(byCategory(rules)))
        report.blocks.append(.heading(say("按包", "By pack")))
        report.blocks.append(.table(byPack(rules)))
        report.blocks += openQuestions(LawTable(rules, on: day))
        report.blocks.append(
            .note(
                StyledLine(
                    say(
                        "每一类有哪些规则、依据哪一条、管到谁：加 --laws。",
                        "Which rules and articles each category has, and whom they reach: --laws."), .dim)))
        return report
    }

    private func byLaw(_ rules: [Rule]) -> Report.Table {
        var table = Report.Table(columns: [
            .init(title: say("法", "law"), givesWay: true), .init(title: say("条", "article"), givesWay: true),
            .init(title: say("起", "from")), .init(title: say("止", "to")), .init(title: say("有效", "in force")),
            .init(title: say("规则", "rules"), isNumber: true),
        ])
        var counts: [LegalBasis: Int] = [:]
        for rule in rules {
            for basis in Set(rule.legalBasis + rule.bindings.flatMap { $0.legalBasis ?? [] }) {
                counts[basis, default: 0] += 1
            }
        }
        for (basis, count) in counts.sorted(by: { LawTable.precedes($0.key, $1.key) }) {
            table.rows.append([
                StyledLine(DisplayText.printable(basis.law)), StyledLine(DisplayText.printable(basis.article)),
                StyledLine(basis.from ?? "–"), StyledLine(basis.to ?? "–"), inForce(basis), StyledLine("\(count)"),
            ])
        }
        return table
    }

    private func byCategory(_ rules: [Rule]) -> Report.Table {
        counts(rules, say("类别", "category")) { rule in
            let bound = rule.bindings.compactMap(\.category)
            return bound.isEmpty ? [rule.category] : Array(Set(bound))
        }
    }

    private func byPack(_ rules: [Rule]) -> Report.Table { counts(rules, say("包", "pack")) { [$0.pack] } }

    private func counts(_ rules: [Rule], _ title: String, by names: (Rule) -> [String]) -> Report.Table {
        var table = Report.Table(columns: [
            .init(title: title, givesWay: true), .init(title: say("规则", "rules"), isNumber: true),
            .init(title: say("正式", "stable"), isNumber: true), .init(title: say("试行", "shadow"), isNumber: true),
            .init(title: say("停用", "off"), isNumber: true), .init(title: say("词", "terms"), isNumber: true),
            .init(title: say("最高级别", "gravest")),
        ])
        var groups: [String: [Rule]] = [:]
        for rule in rules { for name in names(rule) { groups[name, default: []].append(rule) } }
        for (name, members) in groups.sorted(by: { $0.key < $1.key }) {
            let words = Set(members.flatMap { $0.match.words })
            table.rows.append([
                StyledLine(DisplayText.printable(name)), StyledLine("\(members.count)"),
                StyledLine("\(members.count { $0.status == .stable })"),
                StyledLine("\(members.count { $0.status == .shadow })"),
                StyledLine("\(members.count { $0.status == .off })"), StyledLine("\(words.count)"),
                members.map(\.severity).max().map(severity) ?? StyledLine(),
            ])
        }
        return table
    }

    private func isLawful(_ rule: Rule) -> Bool {
        (rule.legalBasis + rule.bindings.flatMap { $0.legalBasis ?? [] }).contains { $0.isInForce(on: day) }
    }

    // MARK: diff

    func diff(_ differences: RuleDifferences) -> Report {
        var report = Report(
            title: differences.isEmpty
                ? say("规则没有差别", "The rules are the same")
                : say(
                    "规则：新增 \(differences.added.count)，删除 \(differences.removed.count)，改动 \(differences.changed.count)",
                    "Rules: added \(differences.added.count), removed \(differences.removed.count), changed "
                        + "\(differences.changed.count)"))
        if !differences.added.isEmpty {
            report.blocks.append(.heading(say("新增", "Added")))
            report.blocks.append(.table(brief(differences.added)))
        }
        if !differences.removed.isEmpty {
            report.blocks.append(.heading(say("删除", "Removed")))
            report.blocks.append(.table(brief(differences.removed)))
        }
        guard !differences.changed.isEmpty else { return report }
        report.blocks.append(.heading(say("改动", "Changed")))
        report.blocks.append(
            .quotes(
                differences.changed.map { changed in
                    var head = StyledLine(DisplayText.printable(changed.new.id.rawValue), .bold)
                    head.add("  \(title(changed.new))")
                    head.add("  \(DisplayText.printable("\(changed.new.location)"))", .dim)
                    var lines = changed.changes.map(line)
                    if changed.lacksRevision {
                        lines.append(
                            StyledLine(
                                say(
                                    "revision 没有加一（仍是 \(changed.new.revision)）",
                                    "revision was not raised (still \(changed.new.revision))"),
                                .yellow))
                    }
                    return Report.Quote(head: head, bodies: [.init(lines: lines)])
                }))
        return report
    }

    private func brief(_ rules: [Rule]) -> Report.Table {
        Report.Table(
            columns: [
                .init(title: say("规则", "rule"), givesWay: true), .init(title: say("级别", "severity")),
                .init(title: say("状态", "status")), .init(title: say("标题", "title"), givesWay: true),
            ],
            rows: rules.map {
                [
                    StyledLine(DisplayText.printable($0.id.rawValue), .bold), severity($0.severity),
                    StyledLine(status($0.status)), StyledLine(title($0)),
                ]
            })
    }

    private func line(_ change: RuleDifferences.Change) -> StyledLine {
        var line = StyledLine("\(DisplayText.printable(change.field)): ")
        let words = ExpressionText(language: language)
        if !change.added.isEmpty { line.add("+ \(words.words(change.added))", .cyan) }
        if !change.added.isEmpty, !change.removed.isEmpty { line.add("  ") }
        if !change.removed.isEmpty { line.add("− \(words.words(change.removed))", .boldRed) }
        if change.added.isEmpty, change.removed.isEmpty {
            let none = say("无", "none")
            if change.old == nil, change.new == nil {
                line.add(say("改了", "changed"))
            } else {
                line.add("\(DisplayText.printable(change.old ?? none)) → \(DisplayText.printable(change.new ?? none))")
            }
        }
        return line
    }

    // MARK: Words

    func title(_ rule: Rule) -> String {
        DisplayText.printable(language == .english ? rule.titleEn ?? rule.title : rule.title)
    }

    func severity(_ severity: Severity) -> StyledLine {
        StyledLine(SeverityText.wording(severity).text(in: language), AlertText.look(ofSeverity: .known(severity)))
    }

    func status(_ status: Rule.Status) -> String {
        switch status {
        case .stable: say("正式", "stable")
        case .shadow: say("试行", "shadow")
        case .off: say("停用", "off")
        }
    }

    func inForce(_ basis: LegalBasis) -> StyledLine {
        if basis.isInForce(on: day) { return StyledLine(say("是", "yes")) }
        if let from = basis.from, day < from { return StyledLine(say("未到", "not yet"), .yellow) }
        return StyledLine(say("已失效", "no more"), .boldRed)
    }

    private func dates(_ from: String?, _ to: String?) -> String {
        say("\(from ?? "…") 至 \(to ?? "…") 有效", "in force \(from ?? "…") to \(to ?? "…")")
    }

    /// In the order in which the groups first come.
    private func grouped(_ rules: [Rule], by key: (Rule) -> String) -> [(String, [Rule])] {
        var order: [String] = []
        var groups: [String: [Rule]] = [:]
        for rule in rules {
            let name = key(rule)
            if groups[name] == nil { order.append(name) }
            groups[name, default: []].append(rule)
        }
        return order.map { ($0, groups[$0] ?? []) }
    }
}

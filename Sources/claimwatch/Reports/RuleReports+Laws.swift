import ClaimRules
import LiveEvents
import RuleTesting

extension RuleReports {
    /// Category by category: the rules, the articles with their dates, and whom they reach; then what a person has to look at.
    func laws(_ table: LawTable) -> Report {
        let seen = table.rows.filter { !$0.rules.isEmpty }
        var report = Report(
            title: say(
                "法律对照（\(day)）：\(table.rows.count) 类，有规则的 \(seen.count) 类",
                "Law table (on \(day)): \(counted(table.rows.count, "kind")) of conduct, \(seen.count) with rules"))
        report.blocks.append(
            .note(
                StyledLine(
                    say(
                        "每条依据后面是管到谁：口播还是商品页，商家还是别人，哪些商品；不写就是不限。算广告还是商家自己讲解，告警的 legal_track 说。",
                        "Behind each article: whom it reaches. Speech or listings, sellers or others, which goods; else all. "
                            + "Whether it is advertising or the seller's own talk, an alert says in legal_track."),
                    .dim)))
        for group in Taxonomy.Group.allCases.map(Optional.some) + [nil] {
            let rows = table.rows.filter { $0.known?.group == group }
            guard !rows.isEmpty else { continue }
            let title = group.map { "\($0.rawValue)  \($0.title.text(in: language))" }
            report.blocks.append(.heading(title ?? say("分类表以外", "Not in the taxonomy")))
            report.blocks.append(.quotes(rows.map(quote)))
        }
        report.blocks += gaps(table.gaps)
        report.blocks += openQuestions(table)
        return report
    }

    private func quote(_ row: LawTable.Row) -> Report.Quote {
        var head = StyledLine(DisplayText.printable(row.category), .bold)
        if let known = row.known { head.add("  " + known.title.text(in: language)) }
        if row.rules.isEmpty {
            if let reason = row.known?.unseen {
                head.add(say("  没有规则：", "  no rule: ") + reason.text(in: language), .dim)
            } else {
                head.add(say("  没有规则", "  NO RULE"), .boldRed)
            }
        } else {
            head.add(say("  规则 ", "  rules ") + counts(row), .dim)
        }
        return Report.Quote(head: head, bodies: [.init(lines: row.articles.map(line))])
    }

    /// e.g. "3（正式 2，试行 1）".
    private func counts(_ row: LawTable.Row) -> String {
        let parts = [Rule.Status.stable, .shadow, .off].compactMap { status in
            let count = row.count(status)
            return count == 0 ? nil : "\(self.status(status)) \(count)"
        }
        return "\(row.rules.count)" + say("（", " (") + parts.joined(separator: say("，", ", ")) + say("）", ")")
    }

    private func line(_ article: LawTable.Article) -> StyledLine {
        let basis = article.basis
        var line = StyledLine(DisplayText.printable("\(basis.law) \(basis.article)"), .cyan)
        line.add("  \(basis.from ?? "?")–\(basis.to ?? "")")
        if !article.isInForce {
            line.add(" ")
            line.add(inForce(basis))
        }
        let reach = text(article.reach)
        if !reach.isEmpty { line.add("  " + DisplayText.printable(reach), .dim) }
        return line
    }

    private func text(_ reach: LawTable.Reach) -> String {
        let comma = say("、", ", ")
        var parts: [String] = []
        if reach.channels.count == 1, let only = reach.channels.first {
            parts.append(only == .speech ? say("口播", "speech") : say("商品页", "listings"))
        }
        if let sellers = reach.sellers, sellers.count == 1 {
            parts.append(sellers.contains(true) ? say("商家自己", "the seller") : say("不是商家", "not the seller"))
        }
        if let roles = reach.roles { parts.append(roles.map(\.rawValue).sorted().joined(separator: comma)) }
        if let goods = reach.goods {
            parts.append(goods.sorted().joined(separator: comma))
        } else if !reach.excluded.isEmpty {
            parts.append(say("除 ", "not ") + reach.excluded.sorted().joined(separator: comma))
        }
        return parts.joined(separator: say("；", "; "))
    }

    private func gaps(_ gaps: [LawTable.Gap]) -> [Report.Block] {
        guard !gaps.isEmpty else {
            return [
                .heading(say("缺什么", "What is missing")),
                .note(
                    StyledLine(
                        say(
                            "没有：每一类都有正式的规则和在 \(day) 有效的依据，每条依据都有起始日期。",
                            "Nothing: each kind has a stable rule and a basis in force on \(day), each basis its first day."
                        ))),
            ]
        }
        let lines = gaps.map { gap in
            switch gap {
            case .noRule(let category): say("\(category)：没有规则", "\(category): no rule")
            case .noneStable(let category):
                say("\(category)：规则都在试行或停用", "\(category): all its rules are on trial or off")
            case .noneInForce(let category):
                say("\(category)：没有在 \(day) 有效的依据", "\(category): no basis in force on \(day)")
            case .noFirstDay(let rule, let basis):
                say(
                    "\(rule)：\(basis.law) \(basis.article) 没写起始日期（from）",
                    "\(rule): \(basis.law) \(basis.article) has no first day (from)")
            }
        }
        return [
            .heading(say("缺什么", "What is missing")),
            .quotes([
                Report.Quote(
                    head: StyledLine(),
                    bodies: [.init(lines: lines.map { StyledLine(DisplayText.printable($0), .yellow) })])
            ]),
        ]
    }

    /// What of the law a person has still to settle.
    func openQuestions(_ table: LawTable) -> [Report.Block] {
        guard !table.questions.isEmpty else { return [] }
        var quotes: [(asker: String, quote: Report.Quote)] = []
        for entry in table.questions {
            let asker =
                entry.question.isOfPack
                ? say("包 ", "pack ") + (entry.rules.first?.pack ?? "")
                : entry.rules.map(\.id.rawValue).joined(separator: say("、", ", "))
            let line = StyledLine(DisplayText.printable(entry.question.text))
            if quotes.last?.asker == asker {
                quotes[quotes.count - 1].quote.bodies[0].lines.append(line)
            } else {
                let location = entry.question.location
                let head = DisplayText.printable("\(asker)  \(location.file):\(location.line)")
                quotes.append((asker, Report.Quote(head: StyledLine(head, .dim), bodies: [.init(lines: [line])])))
            }
        }
        return [
            .heading(
                say(
                    "待人核对的法律问题（\(table.questions.count)）",
                    "Open questions of law, for a person (\(table.questions.count))")),
            .quotes(quotes.map(\.quote)),
        ]
    }
}

/// Rules counted by law, category and pack, as JSON.
enum StatsJSON {
    static func encode(_ rules: [Rule], terms: Int, _ table: LawTable, into json: inout JSONWriter) {
        json.beginObject()
        json.field("schema", "rule-stats.v1")
        json.field("day", table.day)
        json.field("rules", Int64(rules.count))
        json.field("terms", Int64(terms))
        json.field(
            "examples", Int64(rules.reduce(0) { $0 + $1.examples.match.count + $1.examples.clear.count }))
        json.key("categories")
        json.beginArray()
        for row in table.rows { encode(row, &json) }
        json.endArray()
        json.key("packs")
        json.beginArray()
        for (pack, members) in Dictionary(grouping: rules, by: \.pack).sorted(by: { $0.key < $1.key }) {
            json.beginObject()
            json.field("pack", pack)
            counts(members, &json)
            json.endObject()
        }
        json.endArray()
        json.key("missing")
        json.beginArray()
        for gap in table.gaps { encode(gap, &json) }
        json.endArray()
        json.key("open_questions")
        json.beginArray()
        for entry in table.questions {
            json.beginObject()
            json.field("text", entry.question.text)
            if entry.question.isOfPack { json.field("pack", entry.rules.first?.pack) }
            json.field("rules", entry.rules.map(\.id.rawValue))
            EffectiveJSON.place(entry.question.location, &json)
            json.endObject()
        }
        json.endArray()
        json.endObject()
    }

    private static func encode(_ row: LawTable.Row, _ json: inout JSONWriter) {
        json.beginObject()
        json.field("category", row.category)
        json.field("group", row.known.map { String($0.group.rawValue) })
        json.field("title", row.known?.title.chinese)
        json.field("title_en", row.known?.title.english)
        json.field("unseen", row.known?.unseen?.english)
        counts(row.rules, &json)
        json.key("articles")
        json.beginArray()
        for article in row.articles {
            json.beginObject()
            json.field("law", article.basis.law)
            json.field("article", article.basis.article)
            json.field("from", article.basis.from)
            json.field("to", article.basis.to)
            json.field("in_force", article.isInForce)
            json.field("channels", article.reach.channels.map(\.rawValue).sorted())
            if let roles = article.reach.roles { json.field("roles", roles.map(\.rawValue).sorted()) }
            if let sellers = article.reach.sellers, let isSeller = sellers.first { json.field("seller", isSeller) }
            if let goods = article.reach.goods { json.field("goods", goods.sorted()) }
            if !article.reach.excluded.isEmpty { json.field("goods_excluded", article.reach.excluded.sorted()) }
            json.field("rules", article.rules.map(\.rawValue))
            json.endObject()
        }
        json.endArray()
        json.endObject()
    }

    private static func counts(_ rules: [Rule], _ json: inout JSONWriter) {
        json.field("rules", rules.map(\.id.rawValue))
        json.field("stable", Int64(rules.count { $0.status == .stable }))
        json.field("shadow", Int64(rules.count { $0.status == .shadow }))
        json.field("off", Int64(rules.count { $0.status == .off }))
    }

    private static func encode(_ gap: LawTable.Gap, _ json: inout JSONWriter) {
        func of(_ category: String, _ what: String, _ json: inout JSONWriter) {
            json.field("what", what)
            json.field("category", category)
        }
        json.beginObject()
        switch gap {
        case .noRule(let category): of(category, "no_rule", &json)
        case .noneStable(let category): of(category, "none_stable", &json)
        case .noneInForce(let category): of(category, "none_in_force", &json)
        case .noFirstDay(let rule, let basis):
            json.field("what", "no_first_day")
            json.field("rule", rule.rawValue)
            json.field("law", basis.law)
            json.field("article", basis.article)
        }
        json.endObject()
    }
}

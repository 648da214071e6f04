import ClaimRules
import LiveEvents

extension RuleReports {
    // MARK: effective

    /// What overlays and campaigns make of rules: each that is not as its pack says, and by which file and line.
    ///
    /// - Parameter idle: Changes that have no effect, since their rule is gone or is so anyway.
    func effective(_ rules: [Rule], idle: [PackProblem] = []) -> Report {
        let held = rules.map { EffectiveRule($0, on: day) }
        let changed = held.filter(\.isChanged)
        let live = held.count { $0.rule.status == .stable && $0.isWithinDates }
        let trial = held.count { $0.rule.status == .shadow && $0.isWithinDates }
        var report = Report(
            title: say(
                "\(day)：\(rules.count) 条规则，正式 \(live)，试行 \(trial)；有改动的 \(changed.count)",
                "\(day): \(counted(rules.count, "rule")), \(live) stable, \(trial) on trial; \(changed.count) changed"))
        if changed.isEmpty {
            report.blocks.append(
                .note(
                    StyledLine(
                        say(
                            "没有站点改动，也没有这一天的专项：都照规则包写的。", "No overlay and no campaign of that day: all as the packs say."
                        ))))
        }
        for rule in changed {
            var head = StyledLine(status(rule.rule.status), rule.rule.status == .stable ? .plain : .dim)
            head.add(" · ")
            head.add(
                SeverityText.wording(rule.rule.severity).text(in: language),
                AlertText.look(ofSeverity: .known(rule.rule.severity)))
            if !rule.isWithinDates {
                head.add(say(" · 这一天不在规则的起止日期里", " · the day is outside the rule's own dates"), .dim)
            }
            report.blocks.append(
                .heading("\(DisplayText.printable(rule.rule.id.rawValue))  \(title(rule.rule))"))
            report.blocks.append(.note(head))
            report.blocks.append(.table(changes(rule, allPhases: false)))
        }
        if !idle.isEmpty {
            report.blocks.append(
                .heading(
                    say("不起作用或要再看一遍的改动（\(idle.count)）", "Changes without effect, or to look at again (\(idle.count))")))
            report.blocks.append(
                .quotes(
                    idle.map { problem in
                        let place = "\(problem.location.file):\(problem.location.line)"
                        return Report.Quote(
                            head: StyledLine(DisplayText.printable(place), .dim),
                            bodies: [
                                .init(lines: [
                                    StyledLine(DisplayText.printable(problem.wording.text(in: language)), .yellow)
                                ])
                            ])
                    }))
        }
        return report
    }

    /// - Parameter allPhases: Also those of other days.
    func changes(_ held: EffectiveRule, allPhases: Bool) -> Report.Table {
        var table = Report.Table(columns: [
            .init(title: say("改什么", "key")), .init(title: say("规则包", "pack says"), givesWay: true),
            .init(title: say("现在", "now"), givesWay: true), .init(title: say("谁改的", "changed by"), givesWay: true),
        ])
        for change in held.rule.changes {
            var by = DisplayText.printable("\(change.location.file):\(change.location.line)")
            if let reason = change.reason { by += " " + DisplayText.printable(reason) }
            table.rows.append([
                StyledLine(change.key), StyledLine(DisplayText.printable(change.before ?? "+")),
                StyledLine(DisplayText.printable(change.after)), StyledLine(by, .dim),
            ])
        }
        for phase in allPhases ? held.rule.phases : held.phases {
            var parts: [String] = []
            if let status = phase.status { parts.append(self.status(status)) }
            if phase.raise > 0 { parts.append(say("高 \(phase.raise) 级", "+\(phase.raise) severity")) }
            if !phase.jurisdictions.isEmpty { parts.append(phase.jurisdictions.joined(separator: say("、", ", "))) }
            let place = DisplayText.printable("\(phase.location.file):\(phase.location.line)")
            table.rows.append([
                StyledLine(say("专项 ", "campaign ") + DisplayText.printable(phase.campaign)),
                StyledLine("\(phase.from) … \(phase.to)"),
                StyledLine(DisplayText.printable(parts.joined(separator: say("，", ", ")))), StyledLine(place, .dim),
            ])
        }
        return table
    }
}

/// What `rules effective` shows, as one JSON object.
enum EffectiveJSON {
    static func encode(_ rules: [Rule], idle: [PackProblem] = [], on day: String, into json: inout JSONWriter) {
        json.beginObject()
        json.field("schema", "effective.v1")
        json.field("day", day)
        json.key("rules")
        json.beginArray()
        for rule in rules {
            let held = EffectiveRule(rule, on: day)
            json.beginObject()
            json.field("id", rule.id.rawValue)
            json.field("pack", rule.pack)
            json.field("revision", Int64(rule.revision))
            json.field("status", held.rule.status.rawValue)
            json.field("severity", held.rule.severity.rawValue)
            json.field("in_force", held.isWithinDates && held.rule.status != .off)
            place(rule.location, &json)
            if !rule.changes.isEmpty {
                json.key("changes")
                json.beginArray()
                for change in rule.changes { encode(change, into: &json) }
                json.endArray()
            }
            if !held.phases.isEmpty {
                json.key("campaigns")
                json.beginArray()
                for phase in held.phases { encode(phase, into: &json) }
                json.endArray()
            }
            json.endObject()
        }
        json.endArray()
        json.key("idle")
        json.beginArray()
        for problem in idle {
            json.beginObject()
            json.field("code", problem.code?.rawValue)
            json.field("message", problem.wording.english)
            place(problem.location, &json)
            json.endObject()
        }
        json.endArray()
        json.endObject()
    }

    static func encode(_ change: Rule.Change, into json: inout JSONWriter) {
        json.beginObject()
        json.field("key", change.key)
        json.field("before", change.before)
        json.field("after", change.after)
        json.field("overlay", change.overlay)
        json.field("reason", change.reason)
        place(change.location, &json)
        json.endObject()
    }

    static func encode(_ phase: Rule.Phase, into json: inout JSONWriter) {
        json.beginObject()
        json.field("campaign", phase.campaign)
        json.field("title", phase.title)
        json.field("from", phase.from)
        json.field("to", phase.to)
        json.field("status", phase.status?.rawValue)
        json.field("raise", Int64(phase.raise))
        place(phase.location, &json)
        json.endObject()
    }

    static func place(_ location: SourceLocation, _ json: inout JSONWriter) {
        json.field("file", location.file)
        json.field("line", Int64(location.line))
    }
}

import ClaimRules
import Foundation
import LiveEvents
import RuleTesting

/// An explained alert, for an officer who reads it: what was said, why it counts, the law, and what to do next.
struct AlertExplanationText {
    let language: Language
    let style: TextStyle
    /// nil leaves lines whole.
    var columns: Int?
    /// The folders of the rules, as they were given.
    var rules: [String]

    /// Where sites keep their changes, as the guide has it.
    static let siteFolder = "site"
    private static let mostQuiet = 12

    private func say(_ chinese: String, _ english: String) -> String { Wording(chinese, english).text(in: language) }

    func lines(_ explanation: AlertExplanation) -> [String] {
        let alert = explanation.alert
        var lines = [line(AlertText.headline(alert, in: language), 0)]
        lines += AlertText.quotes(alert).map { line($0, 4) }
        lines.append(line(StyledLine(origin(alert), .dim), 4))
        lines += ["", heading(say("为什么报", "Why it was raised"))]
        lines += why(explanation)
        lines += ["", heading(say("法律依据（\(explanation.day) 那天）", "Law (on \(explanation.day))"))]
        lines += laws(explanation)
        lines += ["", heading(say("下一步", "What to do next"))]
        lines += next(explanation)
        return lines
    }

    private func heading(_ text: String) -> String { StyledLine(text, .bold).rendered(style) }

    private func line(_ line: StyledLine, _ margin: Int = 2) -> String {
        line.rendered(style, columns: columns, indent: (margin, margin + 2))
    }

    private func line(_ text: String, _ margin: Int = 2) -> String {
        line(StyledLine(DisplayText.printable(text)), margin)
    }

    private func origin(_ alert: Alert) -> String {
        func named(_ name: String?, _ id: String?) -> String? {
            switch (name, id) {
            case (let name?, let id?): "\(name) (\(id))"
            case (let one?, nil), (nil, let one?): one
            case (nil, nil): nil
            }
        }
        let time = AlertExplanation.said(alert).formatted(
            chinaTime.year().month().day().time(includingFractionalSeconds: false))
        var parts = [time, say("直播间 ", "room ") + "\(alert.platform)/\(alert.roomID)"]
        if let listing = alert.listing {
            parts.append(say("商品 ", "goods ") + (named(listing.title, listing.listingID) ?? ""))
            if let category = listing.category { parts.append(say("类目 ", "category ") + category) }
            if let seller = named(listing.sellerName, listing.sellerID) { parts.append(say("店铺 ", "shop ") + seller) }
        }
        if let speaker = named(alert.speaker?.name, alert.speaker?.id) {
            parts.append(say("说话人 ", "speaker ") + speaker)
        }
        parts.append(
            say("告警 ", "alert ") + "\(alert.alertID) " + say("第 \(alert.revision) 版", "revision \(alert.revision)"))
        return DisplayText.printable(parts.joined(separator: " · "))
    }

    // MARK: Why

    private func why(_ explanation: AlertExplanation) -> [String] {
        let alert = explanation.alert
        guard let rule = explanation.rule else {
            return [
                line(
                    say(
                        "这些规则包里没有 \(alert.rule.id)：改了名，或不是这套规则。用 --rules 给出判它的那套（规则集 \(alert.ruleset)）。",
                        "These packs have no rule \(alert.rule.id): it was renamed, or another set decided. Give that set with "
                            + "--rules (rule set \(alert.ruleset))."))
            ]
        }
        var lines = [
            line(
                say(
                    "规则 \(rule.id) 第 \(rule.revision) 版，\(rule.location.file):\(rule.location.line)",
                    "rule \(rule.id), revision \(rule.revision), \(rule.location.file):\(rule.location.line)"))
        ]
        if rule.revision != alert.rule.revision {
            lines.append(
                line(
                    say(
                        "告警是照第 \(alert.rule.revision) 版判的，规则已经改过；下面说的是现在的规则。",
                        "the alert was decided by revision \(alert.rule.revision); what follows is the rule of now.")))
        }
        lines.append(line(words(alert)))
        if let category = alert.listing?.category, !rule.bindings.isEmpty || rule.product != nil {
            lines.append(
                line(
                    say(
                        "商品类目 \(category)，按 \(conduct(alert)) 算",
                        "the goods are \(category), so it counts as \(conduct(alert))")))
        }
        if let screen = alert.screen {
            lines.append(
                line(
                    say("筛子 \(screen.model) 给 \(screen.score) 分", "the screen \(screen.model) gave \(screen.score)")))
        }
        if alert.categoryUnresolved {
            lines.append(
                line(say("当时不知道卖的是什么（类目未知）", "what was on sale was not known then (category not known)")))
        }
        lines += guards(explanation)
        let standing = StandingText(language: language)
        lines += standing.lines(rule, on: explanation.day, in: alert.region).map { line($0) }
        if let trial = standing.whyTrial(alert, rule) { lines.append(line(trial)) }
        lines.append(line(verdict(explanation, rule)))
        return lines
    }

    /// The kind of conduct, with its title where the taxonomy has it.
    private func conduct(_ alert: Alert) -> String {
        let title = Taxonomy.category(alert.rule.category)?.title.text(in: language)
        return alert.rule.category + (title.map { say("（\($0)）", " (\($0))") } ?? "")
    }

    /// The words that met the rule, and how each was heard.
    private func words(_ alert: Alert) -> String {
        let reasons = ReasonText(language: language)
        var seen: Set<String> = []
        let words = alert.evidence.map { piece in
            let place = piece.segmentID == nil ? say("（商品页）", " (listing)") : ""
            let manner =
                piece.path.word.map { $0 == .literal ? "" : " \(reasons.manner($0, piece.score))" }
                ?? " \(piece.path.text)"
            let term = piece.term == piece.matched ? "" : say("（词是 \(piece.term)）", " (term \(piece.term))")
            return "「\(piece.matched)」\(term)\(manner)\(place)"
        }.filter { seen.insert($0).inserted }
        return say("说了 ", "it holds ") + words.joined(separator: say("、", ", "))
    }

    private func guards(_ explanation: AlertExplanation) -> [String] {
        let applied = Set(explanation.alert.guards.map(\.name))
        var lines = explanation.alert.guards.map { entry in
            line(
                entry.action == .known(.lower)
                    ? say("低一级：有 \(entry.name)", "one step lower: \(entry.name) applies")
                    : say("注明：有 \(entry.name)", "marked: \(entry.name) applies"))
        }
        if !explanation.alert.exemptions.isEmpty {
            let names = explanation.alert.exemptions.joined(separator: say("、", ", "))
            lines.append(line(say("可能豁免，低一级：\(names)", "may be exempt, one step lower: \(names)")))
        }
        for look in explanation.guards where !look.words.isEmpty && !applied.contains(look.name) {
            let words = look.words.prefix(6).map { "「\($0)」" }.joined()
            lines.append(
                line(
                    say(
                        "看过 \(look.name)：原话里有 \(words)，但不在它管的位置",
                        "looked at \(look.name): \(words) is said, but not where it counts")))
        }
        let quiet = explanation.guards.filter { $0.words.isEmpty && !applied.contains($0.name) }.map(\.name)
        if !quiet.isEmpty {
            let shown =
                quiet.prefix(Self.mostQuiet).joined(separator: say("、", ", "))
                + (quiet.count > Self.mostQuiet ? " …" : "")
            lines.append(
                line(
                    say(
                        "看过的排除条件里，这 \(quiet.count) 个的词原话里没有：\(shown)",
                        "of the guards looked at, no word of these \(quiet.count) is said: \(shown)")))
        }
        return lines
    }

    func verdict(_ explanation: AlertExplanation, _ rule: Rule) -> String {
        if explanation.again != nil {
            return say("照现在的规则再判一次：仍然告警", "judged again by the rules of now: it would be raised again")
        }
        guard let number = explanation.number else {
            if let screen = rule.screen, rule.isEverAwake {
                return say(
                    "照现在的规则再判一次：不告警，没有筛子 \(screen.model)（用 --screens 给出）",
                    "judged again by the rules of now: not raised, there is no screen \(screen.model) (give it with --screens)"
                )
            }
            return say("照现在的规则再判一次：不告警，规则停用", "judged again by the rules of now: not raised, the rule is off")
        }
        let reason = ReasonText(language: language).whyClear(explanation.reading, rule: number)
        let isOver = if case .text = rule.match { false } else { true }
        let quotes =
            isOver
            ? say("（这条规则看几分钟的话，告警里只有摘出来的几句）", " (the rule looks at minutes, and the alert holds a few quotes)")
            : ""
        return say(
            "照现在的规则再判一次：不告警，\(reason)\(quotes)", "judged again by the rules of now: not raised, \(reason)\(quotes)")
    }

    // MARK: Law

    private func laws(_ explanation: AlertExplanation) -> [String] {
        explanation.alert.rule.legalBasis.map { basis in
            var dates: [String] = []
            if let from = basis.from { dates.append(say("\(from) 起", "from \(from)")) }
            if let to = basis.to { dates.append(say("到 \(to)", "to \(to)")) }
            dates.append(
                basis.isInForce(on: explanation.day)
                    ? say("那天有效", "in force that day") : say("那天无效", "NOT in force that day"))
            var line = StyledLine("\(DisplayText.printable("\(basis.law) \(basis.article)"))", .cyan)
            line.add("  " + DisplayText.printable(dates.joined(separator: say("，", ", "))), .dim)
            return self.line(line)
        }
            + (explanation.rule?.openQuestions ?? []).map { question in
                self.line(say("待核对：\(question.text)", "to be settled by a person: \(question.text)"))
            }
    }

    // MARK: Next

    private func next(_ explanation: AlertExplanation) -> [String] {
        guard explanation.rule != nil else {
            return [line(say("先找到判它的那套规则。", "Find the rules that decided it first."))]
        }
        let (key, id) = explanation.excepted
        let who =
            key == .seller
            ? say("这家店（\(id)）", "this shop (\(id))")
            : say("这个直播间（\(id)；告警里没有店铺号）", "this room (\(id); the alert names no shop)")
        let file = "\(Self.siteFolder)/\(explanation.overlayName).yaml"
        var lines = [
            line(
                say(
                    "报得对：照平台的办案流程处理，这里不用动。", "If it is right: follow your procedure; nothing is to be done here.")),
            line(
                say(
                    "要给\(who)破例：把下面这段存成 \(file)（站点自己的文件夹，不改规则包；同样的命令加 --overlay --reason \"理由\" 只输出这段）：",
                    "To except \(who): save this as \(file), in a folder of the site's own; the packs stay as they are (the "
                        + "same command with --overlay --reason \"…\" prints nothing else):")),
            "",
        ]
        lines += explanation.overlay(in: language).split(separator: "\n").map { "    " + $0 }
        lines += [
            "",
            line(say("看它对不对、少报哪些，再放上线：", "See whether it holds and what it drops, then put it live:")),
        ]
        lines += explanation.commands(rules: rules, folder: Self.siteFolder).map { "    " + $0 }
        lines.append(
            line(
                say(
                    "backtest 满意了，在 run 的配置里写 rules: [\((rules + [Self.siteFolder]).joined(separator: ", "))]，重启。",
                    "When backtest shows what you want, write rules: [\((rules + [Self.siteFolder]).joined(separator: ", "))] in the configuration of run, and restart it."
                ), 2))
        lines.append(
            line(
                say(
                    "谁这样说都不该报：不写 \(Key.except.rawValue)，改写 \(Key.unless.rawValue): [整句里更长的说法]，例句的 \(key.rawValue) 也去掉。",
                    "If nobody should be accused of it: instead of \(Key.except.rawValue) write \(Key.unless.rawValue): "
                        + "[a longer phrase of the sentence], and leave the \(key.rawValue) out of the examples.")))
        return lines
    }
}

import ClaimRules
import LiveEvents
import RuleTesting

/// What came of a text, for `explain`: the answer first, then why.
///
/// ```
/// no alert  contact.wechat 引流
///           part 1: 「微信」 (as 「威信」) is heard (homophone 0.80), but 「威信」 is an ordinary word
/// ```
struct OutcomeList {
    let language: Language
    let style: TextStyle
    /// Of the terminal; nil leaves lines whole.
    var columns: Int?
    /// Rules that raised nothing are shown, too, where another one did.
    var showsAll = true

    /// Matches that a rule drops: a text of 64 KiB may hold thousands.
    private static let mostDropped = 20
    /// Rules that raised nothing, unless all are asked for.
    private static let mostClear = 5
    /// Of a rule with more words in the text than these only the words that its alert cites are told: what is built of
    /// classes has some word nearly everywhere.
    private static let mostTerms = 6

    private func say(_ chinese: String, _ english: String) -> String { Wording(chinese, english).text(in: language) }
    var reasons: ReasonText { ReasonText(language: language) }
    private var verdicts: (raised: String, none: String) { (say("会告警", "ALERT"), say("不告警", "no alert")) }
    private var margin: Int { 2 + max(DisplayText.width(verdicts.raised), DisplayText.width(verdicts.none)) }

    func lines(_ reading: RuleReading, fired alerts: [Alert]) -> [String] {
        let touched = reading.rulesTouched
        guard !touched.isEmpty else {
            return [say("\(verdicts.none)  文本里没有任何规则的词。", "\(verdicts.none)  No rule has a term in this text.")]
        }
        let shown = shown(reading, fired: alerts)
        var lines = shown.flatMap { self.lines($0, reading, alert(of: $0, reading, alerts)) }
        let left = touched.count - shown.count
        if left > 0 {
            lines.append(
                line(
                    StyledLine(
                        say(
                            "另有 \(left) 条规则在文本里有词而没有告警，--all 列出原因。",
                            "\(counted(left, "other rule")) with a term in the text raised nothing: --all tells why."
                        ), .dim)))
        }
        return lines
    }

    /// The rules to tell of: those that raised something, or else those that were nearest to it.
    func shown(_ reading: RuleReading, fired alerts: [Alert]) -> [Int] {
        let touched = reading.rulesTouched
        let raised = touched.filter { alert(of: $0, reading, alerts) != nil }
        let others = touched.filter { alert(of: $0, reading, alerts) == nil }
        if showsAll { return raised + nearestFirst(others, reading) }
        if raised.isEmpty { return Array(nearestFirst(others, reading).prefix(Self.mostClear)) }
        return raised + others.filter { isExcepted($0, reading) }
    }

    /// Whether an overlay alone keeps the rule silent: whoever wrote it looks for just that.
    private func isExcepted(_ number: Int, _ reading: RuleReading) -> Bool {
        guard !reading.ruleSet.rules[number].excepted.isEmpty else { return false }
        if case .excepted = reading.reasonNotFired(number) { return true }
        return false
    }

    /// Whether a hit says something of the rules that are told of.
    func teller(_ reading: RuleReading, fired alerts: [Alert]) -> (RuleReading.Hit) -> Bool {
        if showsAll { return { _ in true } }
        var told: [Int: Told] = [:]
        for rule in shown(reading, fired: alerts) {
            told[rule] = self.told(rule, reading, alert(of: rule, reading, alerts))
        }
        return { hit in hit.postings.contains { told[$0.rule]?.holds(hit, $0.role) ?? false } }
    }

    /// What of a rule's words in the text is told.
    private struct Told {
        /// The hits that the rule takes.
        var taken: [(hit: RuleReading.Hit, role: RuleSet.Posting.Role)]
        /// The words that are told of; nil: all.
        var cited: Set<String>?

        func holds(_ hit: RuleReading.Hit, _ role: RuleSet.Posting.Role) -> Bool {
            role == .unless || cited?.contains(hit.term) ?? true
        }
    }

    private func told(_ number: Int, _ reading: RuleReading, _ alert: Alert?) -> Told {
        let taken = reading.hits(of: number).filter { !reading.drops($0.hit, rule: number, role: $0.role) }
        guard let alert, !showsAll, taken.count > Self.mostTerms else { return Told(taken: taken) }
        return Told(taken: taken, cited: Set(alert.evidence.map(\.term)))
    }

    private func nearestFirst(_ rules: [Int], _ reading: RuleReading) -> [Int] {
        func isFar(_ rule: Int) -> Bool {
            switch reading.reasonNotFired(rule) {
            case .missing, .otherTarget, .dropped: true
            default: false
            }
        }
        let far = Set(rules.filter(isFar))
        return rules.filter { !far.contains($0) } + rules.filter(far.contains)
    }

    func alert(of number: Int, _ reading: RuleReading, _ alerts: [Alert]) -> Alert? {
        // Of several revisions the last holds.
        alerts.last { $0.rule.id == reading.ruleSet.rules[number].id }
    }

    private func lines(_ number: Int, _ reading: RuleReading, _ alert: Alert?) -> [String] {
        let rule = reading.ruleSet.rules[number]
        var lines: [String] = []
        var whyClear: String?
        var head = StyledLine()
        if let alert {
            head.add(padded(verdicts.raised), .boldRed)
            head.add(AlertText.headline(alert, in: language))
            lines.append(head.rendered(style, columns: columns, indent: (0, margin)))
            if let law = AlertText.law(alert, in: language) { lines.append(line(StyledLine(law, .cyan))) }
            // What all rules of the pack ask would stand under every alert.
            for question in rule.openQuestions where !question.isOfPack {
                lines.append(
                    line(
                        StyledLine(
                            say("待核对：", "to be settled by a person: ") + DisplayText.printable(question.text), .dim)))
            }
            if alert.categoryUnresolved {
                lines.append(
                    line(StyledLine(say("给出 --category，由商品类目决定", "with --category the product decides"), .dim)))
            }
            lines += (circumstances(alert) + screened(alert, number, reading)).map { line(StyledLine($0)) }
        } else {
            let reason = reasons.whyClear(reading, rule: number)
            whyClear = reason
            head.add(padded(verdicts.none), .dim)
            head.add(DisplayText.printable(rule.id.rawValue) + say("：", ": "))
            head.add(reason)
            lines.append(head.rendered(style, columns: columns, indent: (0, margin)))
        }
        let standing = StandingText(language: language)
        let room = reading.sample.room
        lines += standing.lines(rule, on: room.day ?? today(), in: room.region).map { line(StyledLine($0)) }
        if let trial = alert.flatMap({ standing.whyTrial($0, rule) }), rule.leastLiveScore > 0 {
            lines.append(line(StyledLine(trial)))
        }
        let told = told(number, reading, alert)
        let terms = terms(told)
        if !terms.isEmpty { lines.append(line(StyledLine(terms.joined(separator: say("，", ", "))))) }
        // The first may be why the rule is clear, and has been said then.
        let dropped = told.cited == nil ? reasons.whyDropped(reading, rule: number).filter { $0 != whyClear } : []
        lines += dropped.prefix(Self.mostDropped).map { line(StyledLine(say("没算：", "dropped ") + $0)) }
        if dropped.count > Self.mostDropped {
            let more = dropped.count - Self.mostDropped
            lines.append(line(StyledLine(say("… 还有 \(more) 处", "… and \(more) more"))))
        }
        return lines
    }

    /// What bears an alert out or weakens it besides the words.
    private func circumstances(_ alert: Alert) -> [String] {
        var lines: [String] = []
        let listing = alert.evidence.filter { $0.segmentID == nil && alert.state != nil }
        for piece in listing {
            lines.append(
                say("商品页 ", "the listing's ") + DisplayText.printable("\(piece.field)「\(piece.matched)」"))
        }
        if !alert.unknownFacts.isEmpty {
            let names = DisplayText.printable(alert.unknownFacts.joined(separator: say("、", ", ")))
            lines.append(
                say(
                    "待核实，低一级：商品页没写 \(names)；用 --fact \(alert.unknownFacts[0])=… 给出",
                    "to verify, one step lower: the listing does not tell \(names); give it with --fact "
                        + "\(alert.unknownFacts[0])=…"))
        }
        for guarding in alert.guards {
            let name = DisplayText.printable(guarding.name)
            lines.append(
                guarding.action == .known(.lower)
                    ? say("低一级：有 \(name)", "one step lower: \(name) applies")
                    : say("注明：有 \(name)", "marked: \(name) applies"))
        }
        if !alert.exemptions.isEmpty {
            let names = DisplayText.printable(alert.exemptions.joined(separator: say("、", ", ")))
            lines.append(say("可能豁免，低一级：\(names)", "may be exempt, one step lower: \(names)"))
        }
        for binding in alert.bindings where binding.category != alert.rule.category {
            lines.append(
                say("也可能是 ", "it may also be ")
                    + DisplayText.printable("\(binding.category) (\(binding.severity.text))"))
        }
        if let score = alert.roomScore { lines.append(say("分数 \(score)", "score \(score)")) }
        return lines
    }

    /// What the rule's screen said, or that it could not be asked.
    private func screened(_ alert: Alert, _ number: Int, _ reading: RuleReading) -> [String] {
        guard let screen = reading.ruleSet.rules[number].screen else { return [] }
        guard let answer = alert.screen else {
            return [
                say(
                    "没有问筛子 \(screen.model)：没有这个模型，用 --screens 给出",
                    "the screen \(screen.model) was not asked: there is no such model, give it with --screens"
                )
            ]
        }
        let (score, least) = ("\(answer.score)", Fraction.written(percent: screen.least))
        return [
            say(
                "筛子 \(answer.model) 给 \(score) 分，规则要 \(least)",
                "the screen \(answer.model) gives \(score), and the rule asks for \(least)")
        ]
    }

    private func line(_ line: StyledLine) -> String {
        line.rendered(style, columns: columns, indent: (margin, margin))
    }

    private func padded(_ verdict: String) -> String {
        verdict + String(repeating: " ", count: margin - DisplayText.width(verdict))
    }

    private func terms(_ told: Told) -> [String] {
        var seen: Set<String> = []
        return told.taken.filter { told.holds($0.hit, $0.role) }.map { hit, role in
            let manner = hit.path == .literal || role == .unless ? "" : " \(reasons.manner(hit.path, hit.score))"
            return "\(reasons.describe(role))\(say("", " "))「\(DisplayText.printable(hit.term))」\(manner)"
        }.filter { seen.insert($0).inserted }
    }
}

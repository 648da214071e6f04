import ClaimRules
import LiveEvents
import RuleTesting

/// A failed example as `test` and `run` show it: where it stands, the text, what matched in it, why.
struct ExampleFailureText {
    let language: Language

    private func say(_ chinese: String, _ english: String) -> String { Wording(chinese, english).text(in: language) }

    func paragraph(_ failure: ExampleTests.Failure) -> String {
        let head = "\(DisplayText.printable("\(failure.example.location)")): \(failure.rule): "
        switch failure.cause {
        case .missed(let reading):
            let reason = ReasonText(language: language).whyClear(reading, rule: failure.number)
            return head + say("应该命中，却没有告警", "must match, but raised no alert") + "\n"
                + body(failure, reading, why: say("\(reason)。改规则，或改例句。", "\(reason). Change the rule, or the example."))
        case .raised(let reading):
            return head + say("应该放过，却告警了", "must stay clear, but raised an alert") + "\n"
                + body(
                    failure, reading,
                    why: say(
                        "各段都命中，也没有被排除。加一条 \(Key.unless) 短语，或换更长的词。",
                        "every part was met and nothing cleared it. Add an \(Key.unless) phrase, or choose longer terms."
                    ))
        case .differs(let differences):
            let lines = differences.map { difference in
                let (expected, found) = (
                    DisplayText.printable(difference.expected), DisplayText.printable(difference.found)
                )
                return say(
                    "\n  \(difference.key)：例句要的是 \(expected)，告警是 \(found.isEmpty ? "没有" : found)。",
                    "\n  \(difference.key): the example wants \(expected), the alert says "
                        + "\(found.isEmpty ? "nothing" : found).")
            }
            return head + say("命中了，告警却不一样", "raised an alert, and another one") + lines.joined() + "\n  "
                + say("改规则，或改例句。", "Change the rule, or the example.") + "\n"
        case .unusable(let error):
            return head + say("例句不能用来判断：", "the example cannot be judged: ") + BadLines.reason(error)
        }
    }

    private func body(_ failure: ExampleTests.Failure, _ reading: RuleReading, why: String) -> String {
        """
          \(DisplayText.printable(failure.example.text))\(scenery(failure.example))
        \(marks(reading, rule: failure.number))  \(say("原因：", "why: "))\(why)
        """
    }

    /// What the example says beside its text: `[食品/茶]`, `[商品标题，食品/茶]`.
    private func scenery(_ example: Rule.Examples.Example) -> String {
        let said = ConditionText(language: language).scenery(example)
        return said.isEmpty ? "" : "  [\(said.joined(separator: say("，", ", ")))]"
    }

    /// A line of carets for each hit and each number of the rule, each ending in a line break.
    private func marks(_ reading: RuleReading, rule: Int) -> String {
        let reasons = ReasonText(language: language)
        return reading.hits(of: rule).map { hit, role in
            let carets = DisplayText.carets(under: reading.sample.text, from: hit.start, to: hit.end)
            let fate = reading.drops(hit, rule: rule, role: role) ? say("，没算", ", dropped") : ""
            let place = reasons.place(hit.start..<hit.end, in: reading.sample.text)
            return """
                  \(carets) \(reasons.describe(role))\(say("：", ": "))\(DisplayText.printable(hit.term))  \
                \(reasons.manner(hit.path, hit.score))\(fate)  (\(place))\n
                """
        }.joined()
            + reading.numbers(of: rule).map { mark in
                let carets = DisplayText.carets(under: reading.sample.text, from: mark.start, to: mark.end)
                return "  \(carets) \(reasons.label(mark, in: reading.sample.text))\n"
            }.joined()
    }
}

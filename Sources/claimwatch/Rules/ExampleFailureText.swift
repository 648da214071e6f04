import ClaimRules
import LiveEvents
import RuleTesting

/// A failed example as `test` and `run` show it: where it stands, the text, what matched in it, why.
enum ExampleFailureText {
    static func paragraph(_ failure: ExampleTests.Failure) -> String {
        let head = "\(failure.example.location): \(failure.rule): "
        switch failure.cause {
        case .missed(let reading):
            let reason = ReasonText.whyClear(reading, rule: failure.number)
            return head + "must match, but raised no alert\n"
                + body(failure, reading, why: "\(reason). Change the rule, or the example.")
        case .raised(let reading):
            return head + "must stay clear, but raised an alert\n"
                + body(
                    failure, reading,
                    why:
                        "every part was met and nothing cleared it. Add an \(Key.unless) phrase, or choose longer terms."
                )
        case .unusable(let error): return head + "the example cannot be judged: \(error.detail)"
        }
    }

    private static func body(_ failure: ExampleTests.Failure, _ reading: RuleReading, why: String) -> String {
        """
          \(DisplayText.printable(failure.example.text))\(scenery(failure.example))
        \(marks(reading, rule: failure.number))  why: \(why)
        """
    }

    /// What the example says beside its text: `[食品/茶]`, `[listing, 食品/茶]`.
    private static func scenery(_ example: Rule.Examples.Example) -> String {
        let target = example.target == .listing ? example.target.rawValue : nil
        let said = [target, example.category].compactMap { $0 }
        return said.isEmpty ? "" : "  [\(DisplayText.printable(said.joined(separator: ", ")))]"
    }

    /// A line of carets for each hit of the rule, each ending in a line break.
    private static func marks(_ reading: RuleReading, rule: Int) -> String {
        reading.hits(of: rule).map { hit, role in
            let carets = DisplayText.carets(under: reading.sample.text, from: hit.start, to: hit.end)
            let fate = reading.drops(hit, rule: rule, role: role) ? ", dropped" : ""
            return """
                  \(carets) \(ReasonText.describe(role)): \(hit.term)  \(ReasonText.manner(hit.path, hit.score))\(fate)  \
                (bytes \(hit.start)..<\(hit.end))\n
                """
        }.joined()
    }
}

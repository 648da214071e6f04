import ClaimRules
import LiveEvents
import TermMatching

/// What comes of the examples written in rule packs when the live detection judges them.
struct ExampleTrial {
    private(set) var count = 0
    /// Each of several lines: where, the text, what matched in it, why.
    private(set) var failures: [String] = []

    /// Judges every example of every rule, those of rules that are off too. Cost: one room for each example.
    /// - Throws: Exit status 65 if a term of a rule that is off cannot be compiled.
    static func run(_ loaded: LoadedPacks, contentHash: String) throws -> ExampleTrial {
        var trial = ExampleTrial()
        let ruleSet = try underTest(loaded.rules, contentHash: contentHash)
        for (number, rule) in ruleSet.rules.enumerated() {
            for example in rule.examples.match {
                trial.judge(example, mustFire: true, rule: number, ruleSet: ruleSet)
            }
            for example in rule.examples.clear {
                trial.judge(example, mustFire: false, rule: number, ruleSet: ruleSet)
            }
        }
        return trial
    }

    /// Every rule awake, and one hit enough.
    private static func underTest(_ rules: [Rule], contentHash: String) throws -> RuleSet {
        let awake = rules.map { rule in
            var rule = rule
            if rule.status == .off { rule.status = .stable }
            rule.threshold = 1
            return rule
        }
        do {
            return try RuleSet(rules: awake, contentHash: contentHash)
        } catch {
            throw failure(.badData, "a term of the packs cannot be compiled: \(error.reason)")
        }
    }

    private mutating func judge(
        _ example: Rule.Examples.Example, mustFire: Bool, rule number: Int, ruleSet: RuleSet
    ) {
        count += 1
        let rehearsal = Rehearsal(text: example.text, category: example.category, target: example.target)
        let rule = ruleSet.rules[number]
        do throws(LiveEvents.DecodingError) {
            let alerts = try rehearsal.alerts(ruleSet)
            let fired = alerts.contains { $0.rule.id == rule.id }
            guard fired != mustFire else { return }
            let reading = RuleReading(rehearsal, ruleSet: ruleSet)
            let reason =
                mustFire
                ? "\(reading.reasonNotFired(number)). Change the rule, or the example."
                : "every part was met and nothing cleared it. Add an 'unless' phrase, or choose longer terms."
            let verdict = mustFire ? "must match, but raised no alert" : "must stay clear, but raised an alert"
            failures.append(
                """
                \(example.location): \(rule.id): \(verdict)
                  \(DisplayText.printable(example.text))\(Self.scenery(example))
                \(Self.marks(reading, rule: number))  why: \(reason)
                """)
        } catch {
            failures.append("\(example.location): \(rule.id): the example cannot be judged: \(error.detail)")
        }
    }

    /// What the example says beside its text: `[食品/茶]`, `[listing, 食品/茶]`.
    private static func scenery(_ example: Rule.Examples.Example) -> String {
        let said = [example.target == .listing ? "listing" : nil, example.category].compactMap { $0 }
        return said.isEmpty ? "" : "  [\(DisplayText.printable(said.joined(separator: ", ")))]"
    }

    /// A line of carets for each hit of the rule, each ending in a line break.
    private static func marks(_ reading: RuleReading, rule: Int) -> String {
        reading.hits(of: rule).map { hit, role in
            let carets = DisplayText.carets(under: reading.rehearsal.text, from: hit.start, to: hit.end)
            let fate = reading.drops(hit, rule: rule, role: role) ? ", dropped" : ""
            return """
                  \(carets) \(RuleReading.describe(role)): \(hit.term)  \(hit.manner)\(fate)  \
                (bytes \(hit.start)..<\(hit.end))\n
                """
        }.joined()
    }
}

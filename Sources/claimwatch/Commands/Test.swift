import ArgumentParser
import ClaimRules
import LiveEvents
import PatternMatching

struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the examples written in rule packs.",
        discussion: """
            Judges every example with the detection that also runs live: an example under `match` must raise an alert \
            of its rule, one under `clear` must not, whatever other rules say. Where an example names a category, a \
            product of that category is on sale. Rules that are off are tested too, and a threshold is taken as 1.

            For each failure the text is shown, what matched in it, and why the rule fired or not.

            EXIT STATUS: 0 every example passed; 1 one failed; 65 a pack has an error (see `claimwatch check`); 78 a \
            folder is missing, unreadable or empty.
            """)

    @Argument(help: "Folders with rule packs.", completion: .directory)
    var folders: [String]

    func validate() throws {
        guard !folders.isEmpty else { throw ValidationError("give a folder with rule packs") }
    }

    func run() throws {
        let loaded = try LoadedRules.load(folders: folders)
        for problem in loaded.problems where problem.kind == .error { StandardError.print(problem.description) }
        guard let compiled = loaded.ruleSet else {
            throw failure(.badData, "put right the errors above, then test again")
        }
        var report = ExampleReport()
        let ruleSet = try Self.underTest(loaded.rules, contentHash: compiled.contentHash)
        for (number, rule) in ruleSet.rules.enumerated() {
            for example in rule.examples.match {
                report.judge(example, mustFire: true, rule: number, ruleSet: ruleSet)
            }
            for example in rule.examples.clear {
                report.judge(example, mustFire: false, rule: number, ruleSet: ruleSet)
            }
        }
        for failure in report.failures { print(failure + "\n") }
        print("\(report.count) examples of \(ruleSet.rules.count) rules: \(report.failures.count) failed")
        if !report.failures.isEmpty { throw ExitCode(ExitStatus.exampleFailed.rawValue) }
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
}

/// What came of the examples judged so far.
private struct ExampleReport {
    var count = 0
    var failures: [String] = []

    mutating func judge(_ example: Rule.Examples.Example, mustFire: Bool, rule number: Int, ruleSet: RuleSet) {
        count += 1
        let rehearsal = Rehearsal(text: example.text, category: example.category, target: example.target)
        let rule = ruleSet.rules[number]
        do throws(LiveEvents.DecodingError) {
            let alerts = try rehearsal.alerts(ruleSet)
            let fired = alerts.contains { $0.rule.id == rule.id }
            guard fired != mustFire else { return }
            let reading = RuleReading(rehearsal, ruleSet: ruleSet)
            let reason = mustFire ? reading.reasonNotFired(number) : "every part was met and nothing cleared it"
            let verdict = mustFire ? "must match, but raised no alert" : "must stay clear, but raised an alert"
            failures.append(
                """
                \(example.location): \(rule.id): \(verdict)
                  \(DisplayText.printable(example.text))\(example.category.map { "  [\($0)]" } ?? "")
                \(Self.marks(reading, rule: number))  why: \(reason)
                """)
        } catch {
            failures.append("\(example.location): \(rule.id): the example cannot be judged: \(error.detail)")
        }
    }

    /// A line of carets for each hit of the rule, each ending in a line break.
    private static func marks(_ reading: RuleReading, rule: Int) -> String {
        reading.hits(of: rule).map { hit, role in
            let carets = DisplayText.carets(under: reading.rehearsal.text, from: hit.start, to: hit.end)
            return "  \(carets) \(RuleReading.describe(role)): \(hit.term)  (bytes \(hit.start)..<\(hit.end))\n"
        }.joined()
    }
}

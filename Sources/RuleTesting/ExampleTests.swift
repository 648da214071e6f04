public import ClaimRules
public import LiveEvents
public import TermMatching

/// What comes of the examples written in rule packs when the live detection runs on them.
public struct ExampleTests: Sendable {
    /// An example that shows something else than its author says.
    public struct Failure: Sendable {
        public enum Cause: Sendable {
            /// It must match, and no alert of its rule came.
            case missed(RuleReading)
            /// It must stay clear, and its rule raised an alert.
            case raised(RuleReading)
            /// Its alert came and says something else than it must; at least one.
            case differs([ExampleDifference])
            /// It breaks a bound of the records.
            case unusable(LiveEvents.DecodingError)
        }
        public var rule: RuleID
        /// Index into the rules of the reading.
        public var number: Int
        public var example: Rule.Examples.Example
        public var cause: Cause
    }

    private let day: String?
    public private(set) var count = 0
    /// In order of the packs.
    public private(set) var failures: [Failure] = []

    private init(day: String?) { self.day = day }

    /// Tries every example of every rule, those of rules that are off too. Cost: one room for each example.
    /// - Parameter day: Of examples that name none (yyyy-MM-dd), or the nearest on which their rule is in force; nil is a
    ///   fixed one, so that what comes of them does not depend on the calendar.
    /// - Throws: `TermError` if a term of a rule that is off cannot be compiled; those of other rules have been.
    public static func run(_ loaded: LoadedPacks, day: String? = nil) throws(TermError) -> ExampleTests {
        var tests = ExampleTests(day: day)
        let ruleSet = try underTest(loaded)
        let rooms = SampleRooms(ruleSet)
        for (number, rule) in ruleSet.rules.enumerated() {
            for example in rule.examples.match { tests.run(example, mustFire: true, rule: number, rooms, ruleSet) }
            for example in rule.examples.clear { tests.run(example, mustFire: false, rule: number, rooms, ruleSet) }
        }
        return tests
    }

    /// Every rule awake, and one hit enough. Examples show what a rule looks at: they are judged as if every screen agreed,
    /// whatever model a site has.
    private static func underTest(_ loaded: LoadedPacks) throws(TermError) -> RuleSet {
        let awake = loaded.rules.map { rule in
            var rule = rule
            if rule.status == .off { rule.status = .stable }
            rule.threshold = 1
            rule.screen = nil
            return rule
        }
        return try RuleSet(rules: awake, contentHash: loaded.ruleSet?.contentHash ?? "")
    }

    private mutating func run(
        _ example: Rule.Examples.Example, mustFire: Bool, rule number: Int, _ rooms: SampleRooms, _ ruleSet: RuleSet
    ) {
        count += 1
        let rule = ruleSet.rules[number].id
        var said = example
        said.day = said.day ?? day
        let cause: Failure.Cause
        do throws(LiveEvents.DecodingError) {
            // Of several revisions the last holds.
            let alert = try rooms.alerts(example, of: ruleSet.rules[number], day: day).last { $0.rule.id == rule }
            if mustFire, let alert {
                let differences = example.expected.differences(from: alert)
                if differences.isEmpty { return }
                failures.append(
                    Failure(rule: rule, number: number, example: example, cause: .differs(differences)))
                return
            }
            guard (alert != nil) != mustFire else { return }
            let reading = RuleReading(SampleRun(said), ruleSet: ruleSet)
            cause = mustFire ? .missed(reading) : .raised(reading)
        } catch {
            cause = .unusable(error)
        }
        failures.append(Failure(rule: rule, number: number, example: example, cause: cause))
    }
}

import ClaimRules
import LiveEvents
import TermMatching
import Testing

@testable import ClaimDetection

@Suite struct `A profile of work` {
    private static func word(_ text: String) -> Expression { .words(WordSet(terms: [Term(text)])) }

    private static func rules() throws -> RuleSet {
        let (a, b) = (word("甲甲"), word("乙乙"))
        let segment = Extent(unit: .segment)
        let slot = Expression.number(try NumberSlot(kind: .weight))
        func made(_ id: String, _ match: Rule.Match, _ change: (inout Rule) -> Void = { _ in }) -> Rule {
            var own = rule(id, parts: [["甲甲"]])
            own.match = match
            change(&own)
            return own
        }
        func asked(_ text: String) -> Guard {
            Guard(name: "g", scope: .before(4, .segment), words: WordSet(terms: [Term(text)]))
        }
        return try RuleSet(
            rules: [
                made("any", .text(.any([a, b]))),
                made("minus", .text(.words(WordSet(terms: [Term("甲甲")], minus: [Term("甲甲汤")])))),
                made("seq", .text(.seq([a, b], gaps: [Gap(0...6)], bothWays: false, segment))),
                made("near", .text(.near([a, b], Extent(within: 9, unit: .segment)))),
                made("all", .text(.near([a, b], segment))),
                made("weight", .text(.seq([slot, a], gaps: [Gap(0...6)], bothWays: false, segment))),
                made("pattern", .text(.pattern(try TextPattern.read("甲甲.{0,4}乙乙", isAlone: false)))),
                made("unless", .text(a)) { $0.guards = [asked("不")] },
                made("needs", .text(b)) { $0.needs = [asked("就")] },
            ], contentHash: "")
    }

    private static let speech: [Step] = [
        .say("今天就说乙乙，再说"), .say("三斤甲甲就乙乙"), .say("没有别的", at: 1_002_000), .say("不甲甲", room: "r2"),
        .listing("L1", "甲甲和乙乙"),
    ]

    @Test func `puts steps down to each construct that did something`() throws {
        let ruleSet = try Self.rules()
        let profile = WorkProfile(ruleSet)
        RoomStore(ruleSet: ruleSet, profile: profile).play(Self.speech)
        let expected: [WorkProfile.Construct] = [
            .terms, .any, .minus, .seq, .near, .all, .weight, .pattern, .unless, .needs, .hit,
        ]
        for construct in WorkProfile.Construct.allCases {
            #expect((profile[construct].steps > 0) == expected.contains(construct), "\(construct)")
        }
        #expect(profile.events == Self.speech.count)
        #expect(profile.rules.allSatisfy { $0.asked > 0 && $0.steps > 0 && $0.hits > 0 })
    }

    @Test func `gives rules and constructs the same sum`() throws {
        let ruleSet = try Self.rules()
        let profile = WorkProfile(ruleSet)
        RoomStore(ruleSet: ruleSet, profile: profile).play(Self.speech)
        #expect(profile.rules.reduce(0) { $0 + $1.steps } == profile.steps - profile[.terms].steps)
    }

    @Test func `changes no alert`() throws {
        let ruleSet = try Self.rules()
        let counted = RoomStore(ruleSet: ruleSet, profile: WorkProfile(ruleSet)).play(Self.speech)
        let plain = RoomStore(ruleSet: ruleSet).play(Self.speech)
        #expect(!plain.isEmpty && counted.map(\.alertID) == plain.map(\.alertID))
    }

    @Test func `shows that a rule costs nothing where none of its words occurs`() throws {
        let ruleSet = try Self.rules()
        let profile = WorkProfile(ruleSet)
        RoomStore(ruleSet: ruleSet, profile: profile).play([.say("今天三斤五斤，没有别的")])
        #expect(profile.rules.allSatisfy { $0.asked == 0 })
        #expect(profile.steps == profile[.terms].steps)
    }

    /// What makes texts of many segments cheap: a rule that can be met by nothing new is asked and no more.
    @Test func `shows that numbers before a word are not read again`() throws {
        let ruleSet = try Self.rules()
        func steps(_ speech: [Step]) -> Int {
            let profile = WorkProfile(ruleSet)
            RoomStore(ruleSet: ruleSet, profile: profile).play(speech)
            return profile[.weight].steps
        }
        let first = [Step.say("三斤甲甲就好")]
        let later = (1...20).map { Step.say("这里还有五斤六斤", at: 1_000_000 + Int64($0) * 1_200) }
        #expect(steps(first) > 0 && steps(first + later) == steps(first))
    }
}

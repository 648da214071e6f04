import ClaimRules
import LiveEvents
import TermMatching
import Testing

@testable import ClaimDetection

@Suite struct `Disguised terms` {
    private static func set(_ evasion: Evasion, aliases: [String: [Term.Alias]] = [:], unless: [String] = []) -> RuleSet
    {
        ruleSet(
            rule(
                "r", parts: [["治疗", "微信", "大麻", "免疫力", "胖子"]], unless: unless, evasion: evasion, aliases: aliases))
    }

    @Test(
        arguments: [
            ("能治疗的", .literal, 1), ("能治療的", .folded, 0.95), ("能治✨疗的", .gap, 0.95),
            ("提升免那个疫力", .filler, 0.85), ("能止疗的", .homophone, 0.8), ("能zhi疗的", .pinyin, 0.95),
            ("加绿泡泡聊", .alias, 0.6), ("小月半子", .split, 0.85),
        ] as [(String, EvidencePath, Double)])
    func `are evidence with the way they were met and how sure it is`(text: String, path: EvidencePath, score: Double)
        throws
    {
        let set = Self.set(
            Evasion(gaps: 1, fillers: true, homophones: true, split: true),
            aliases: ["微信": [.init("绿泡泡", score: 60)]])
        let alert = try #require(RoomStore(ruleSet: set).play([.say(text)]).first)
        #expect(alert.evidence.map(\.path) == [.known(path)])
        #expect(alert.evidence.map(\.score) == [score])
        #expect(alert.score == score)
        #expect(alert.evasion == (path != .literal))
        #expect(["治疗", "免疫力", "微信", "胖子"].contains(alert.evidence[0].term))
    }

    @Test func `are not met where the rule does not ask for it`() {
        let store = RoomStore(ruleSet: Self.set(Evasion()))
        #expect(store.play([.say("能止疗的，治✨疗，绿泡泡，小月半子，免那个疫力")]).isEmpty)
    }

    @Test(arguments: [(79, 1), (80, 1), (81, 0)])
    func `are dropped below the score the rule asks for`(minScore: Int, alerts: Int) {
        let store = RoomStore(ruleSet: Self.set(Evasion(homophones: true, minScore: minScore)))
        #expect(store.play([.say("能止疗的")]).count == alerts)
        #expect(store.play([.say("能治疗的", room: "r2")]).count == 1)
        #expect(store.play([.say("能治療的", room: "r3")]).count == 1)
    }

    @Test(arguments: [(true, 0), (false, 1)])
    func `are dropped inside other words where the rule asks for whole ones`(wholeWords: Bool, alerts: Int) {
        let store = RoomStore(ruleSet: Self.set(Evasion(wholeWords: wholeWords)))
        #expect(store.play([.say("这东西大麻烦了")]).count == alerts)
        #expect(store.play([.say("有大麻的", room: "r2")]).count == 1)
    }

    @Test(
        arguments: [
            "这个不能治 疗", "这个不能 治✨疗", "不能呃治疗", "不能那个治疗", "不能止疗", "不能zhi疗",
        ])
    func `are cleared by a phrase that is seen through the same disguises`(text: String) {
        let store = RoomStore(
            ruleSet: Self.set(Evasion(gaps: 2, fillers: true, homophones: true), unless: ["不能治疗", "威信"]))
        #expect(store.play([.say(text)]).isEmpty)
        // 威信 does not clear what sounds like it.
        #expect(store.play([.say("加我微信", room: "r2"), .say("加我薇信", room: "r3")]).count == 2)
    }

    @Test func `are not cleared by a disguised phrase where the rule sees none`() {
        let store = RoomStore(ruleSet: Self.set(Evasion(), unless: ["不能治疗"]))
        #expect(store.play([.say("不 能治疗")]).count == 1)
        #expect(store.play([.say("不能治疗", room: "r2")]).isEmpty)
    }

    /// Two parts lie apart by what a reader sees between them.
    @Test(
        arguments: [
            (String(repeating: "\u{200B}", count: 12), 1), (String(repeating: "\u{200B}", count: 200), 1), ("👨‍👩‍👧👨‍👩‍👧", 1),
            ("的的的", 1),
            ("的的的的", 0), ("👍👍👍👍", 0),
        ] as [(String, Int)])
    func `are as far apart as a reader sees`(between: String, alerts: Int) {
        let store = RoomStore(ruleSet: ruleSet(rule("r", parts: [["治好"], ["糖尿病"]], within: 8)))
        #expect(store.play([.say("治好" + between + "糖尿病")]).count == alerts)
    }

    @Test func `are cleared by phrases as plain ones are`() {
        let store = RoomStore(ruleSet: Self.set(Evasion(homophones: true), unless: ["止疗药"]))
        #expect(store.play([.say("这个止疗药不行")]).isEmpty)
    }

    @Test func `are met across segments, with evidence in each`() throws {
        let store = RoomStore(ruleSet: Self.set(Evasion(homophones: true)))
        let alerts = store.play([.say("这个能止", at: 1_000_000), .say("疗的", at: 1_001_000)])
        #expect(try #require(alerts.first).evidence.map(\.matched) == ["止", "疗"])
        #expect(alerts[0].evidence.map(\.path) == [.known(.homophone), .known(.homophone)])
    }

    @Test func `make a hit as sure as its least sure part, and an alert as its surest hit`() throws {
        let one = rule("r", parts: [["治疗"], ["糖尿病"]], within: 10, evasion: Evasion(homophones: true))
        let alerts = RoomStore(ruleSet: ruleSet(one)).play([.say("能止疗糖尿病"), .say("能治疗糖尿病", at: 1_100_000)])
        #expect(alerts.map(\.score) == [0.8, 1])
        #expect(alerts.map(\.evasion) == [true, false])
    }

    @Test func `keep path and score through the changelog`() {
        let set = Self.set(Evasion(homophones: true))
        let first = RoomStore(ruleSet: set)
        let before = first.play([.say("能止疗的")])
        var state = Changelog()
        state.take(from: first)
        let second = RoomStore(ruleSet: set)
        state.restore(into: second)
        let after = second.play([.say("能治疗的", at: 1_100_000)], from: 1)
        #expect(after.first?.evidence.first == before.first?.evidence.first)
        #expect(after.first?.score == 1)
        #expect(after.first?.revision == 2)
    }

    @Test func `explain why a rule drops them`() {
        let explainer = ClaimExplainer(ruleSet: Self.set(Evasion(homophones: true, minScore: 90, wholeWords: true)))
        let outcomes = explainer.explain("能止疗的，大麻烦").rules
        #expect(outcomes.map(\.outcome) == [.missed(.missingParts([1]))])
        #expect(outcomes.first?.dropped.map(\.reason) == [.belowMinScore, .insideWord])
        #expect(outcomes.first?.dropped.map(\.hit.term) == ["治疗", "大麻"])
    }
}

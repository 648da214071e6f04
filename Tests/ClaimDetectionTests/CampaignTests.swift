@testable import ClaimDetection
import ClaimRules
import LiveEvents
import TermMatching
import Testing

/// The first moment of a day in China, epoch milliseconds.
private func begin(_ day: String) -> Int64 { ChinaDay.beginMS(ChinaDay.parse(day)!) }

private func phase(
    _ name: String, from: String = "2026-03-01", to: String = "2026-05-31", status: Rule.Status? = nil, raise: Int = 0,
    bindings: [Int]? = nil, in jurisdictions: [String] = []
) -> Rule.Phase {
    Rule.Phase(
        campaign: name, from: from, to: to, status: status, raise: raise, bindings: bindings,
        jurisdictions: jurisdictions, location: SourceLocation(file: "c.yaml", line: 1, column: 1))
}

private func tea(_ status: Rule.Status, _ phases: Rule.Phase...) -> Rule {
    var tea = rule("tea", parts: [["降血脂"]], windowMS: 60_000, status: status)
    tea.severity = .medium
    tea.phases = phases
    return tea
}

private func said(_ rule: Rule, at times: Int64..., text: String = "降血脂") -> [Alert] {
    RoomStore(ruleSet: ruleSet(rule)).play(times.map { .say(text, at: $0) })
}

@Suite struct `Campaigns` {
    struct Row: CustomTestStringConvertible {
        var name: String
        var rule: Rule
        var at: Int64
        var mode: Alert.Mode?
        var severity = Severity.medium
        var campaigns = ["spring"]
        var testDescription: String { name }
    }

    static let rows: [Row] = [
        Row(
            name: "a moment before the first day", rule: tea(.shadow, phase("spring", status: .stable, raise: 1)),
            at: begin("2026-03-01") - 1_001, mode: .shadow, campaigns: []),
        Row(
            name: "midnight in China of the first day", rule: tea(.shadow, phase("spring", status: .stable, raise: 1)),
            at: begin("2026-03-01") - 1_000, mode: .live, severity: .high),
        Row(
            name: "the last moment of the last day", rule: tea(.shadow, phase("spring", status: .stable, raise: 1)),
            at: begin("2026-06-01") - 1_001, mode: .live, severity: .high),
        Row(
            name: "the day after", rule: tea(.shadow, phase("spring", status: .stable, raise: 1)),
            at: begin("2026-06-01") - 1_000, mode: .shadow, campaigns: []),
        Row(
            name: "a rule that is off outside", rule: tea(.off, phase("spring", status: .shadow)),
            at: begin("2026-02-01"), mode: nil, campaigns: []),
        Row(
            name: "a rule that is off, within", rule: tea(.off, phase("spring", status: .shadow)),
            at: begin("2026-04-01"), mode: .shadow),
        Row(
            name: "no campaign takes a rule back", rule: tea(.stable, phase("spring", status: .shadow, raise: 2)),
            at: begin("2026-04-01"), mode: .live, severity: .critical),
        Row(
            name: "of two the one that raises most, and both are named",
            rule: tea(.stable, phase("spring", raise: 2), phase("all", raise: 1)), at: begin("2026-04-01"), mode: .live,
            severity: .critical, campaigns: ["spring", "all"]),
        Row(
            name: "an unknown region is within", rule: tea(.stable, phase("spring", raise: 1, in: ["3207"])),
            at: begin("2026-04-01"), mode: .live, severity: .high),
    ]

    @Test(arguments: rows) func `count for the time of the event`(row: Row) {
        let alerts = said(row.rule, at: row.at)
        #expect(alerts.map(\.mode) == (row.mode.map { [$0] } ?? []))
        #expect(alerts.first?.campaigns ?? [] == row.campaigns)
        if row.mode != nil { #expect(alerts.first?.rule.severity == .known(row.severity)) }
    }

    @Test func `an alert that was live stays live, and gets graver as they begin`() {
        var wide = tea(.shadow, phase("spring", status: .stable, raise: 1))
        wide.windowMS = 86_400_000
        let over = said(wide, at: begin("2026-03-01") - 11_000, begin("2026-03-01") + 1)
        #expect(over.map(\.mode) == [.shadow, .live])
        #expect(over.map(\.revision) == [1, 2] && over[0].alertID == over[1].alertID)
        #expect(over.map(\.rule.severity) == [.known(.medium), .known(.high)])
        // Days end at 16:00 UTC, in the middle of a window of a day.
        let out = said(wide, at: begin("2026-06-01") - 11_000, begin("2026-06-01") + 1)
        #expect(out.map(\.mode) == [.live, .live])
        #expect(out.map(\.rule.severity) == [.known(.high), .known(.high)])
    }

    @Test func `raise the bindings that they mean and no others`() {
        var rule = tea(.stable, phase("spring", raise: 1, bindings: [0]))
        rule.bindings = [
            Binding(when: Applicability(product: .init(categories: ["食品"], excluded: [])), category: "food.x"),
            Binding(when: Applicability(), category: "other.x"),
        ]
        func alert(_ category: String) -> Alert? {
            RoomStore(ruleSet: ruleSet(rule)).play([
                .listing("a", "x", category: category, at: begin("2026-04-01")), .say("降血脂", at: begin("2026-04-01")),
            ]).last
        }
        #expect(alert("食品")?.rule.severity == .known(.high) && alert("食品")?.campaigns == ["spring"])
        #expect(alert("服饰")?.rule.severity == .known(.medium) && alert("服饰")?.campaigns == [])
    }

    @Test func `come out of an alert's JSON as they went in`() throws {
        let alert = try #require(said(tea(.stable, phase("spring", raise: 1)), at: begin("2026-04-01")).first)
        var bytes: [UInt8] = []
        alert.encode(into: &bytes)
        let read = try bytes.withUnsafeBufferPointer { try Alert(decoding: $0) }
        #expect(read.campaigns == ["spring"])
        #expect(String(decoding: bytes, as: UTF8.self).contains("\"campaigns\":[\"spring\"]"))
    }
}

@Suite struct `What a site excepts` {
    private func excepting(_ change: (inout Rule.Exceptions) -> Void) -> RuleSet {
        var rule = tea(.stable)
        change(&rule.excepted)
        return ruleSet(rule)
    }

    @Test func `is not raised of that room, speaker or shop, and of all others is`() {
        let room = excepting { $0.rooms = ["r2"] }
        #expect(
            RoomStore(ruleSet: room).play([.say("降血脂", room: "r2"), .say("降血脂", room: "r1")]).map(\.roomID) == ["r1"])
        let speaker = excepting { $0.speakers = ["u"] }
        #expect(RoomStore(ruleSet: speaker).play([.say("降血脂", speaker: "u")]).isEmpty)
        #expect(RoomStore(ruleSet: speaker).play([.say("降血脂", speaker: "v")]).count == 1)
        #expect(RoomStore(ruleSet: speaker).play([.say("降血脂")]).count == 1)
        let shop = excepting { $0.sellers = ["s"] }
        func listing(_ seller: String?, _ title: String = "茶") -> Step {
            var event = ListingEvent(
                platform: "douyin", roomID: "r1", sessionID: "s1", listingID: "a", action: .listed, timeMS: 1_000_000)
            event.title = title
            event.seller = seller.map { .init(id: $0) }
            return .list(event)
        }
        #expect(RoomStore(ruleSet: shop).play([listing("s"), .say("降血脂")]).isEmpty)
        #expect(RoomStore(ruleSet: shop).play([listing("s", "降血脂的茶")]).isEmpty)
        #expect(RoomStore(ruleSet: shop).play([listing("t"), .say("降血脂")]).count == 1)
        #expect(RoomStore(ruleSet: shop).play([listing(nil), .say("降血脂")]).count == 1)
    }

    @Test func `an alert that is less sure than the site asks for is on trial, until a surer hit joins it`() {
        var best = rule("best", parts: [["降血脂"]], windowMS: 60_000, evasion: Evasion(homophones: true))
        func modes(_ texts: [String], least: Int = 95) -> [Alert.Mode] {
            best.leastLiveScore = least
            return RoomStore(ruleSet: ruleSet(best)).play(texts.map { .say($0 + "。") }).map(\.mode)
        }
        #expect(modes(["降血脂"]) == [.live])
        #expect(modes(["降雪之"]) == [.shadow])
        #expect(modes(["降雪之"], least: 0) == [.live])
        // Revisions come at 1, 2 and 4 hits.
        #expect(modes(["降雪之", "降血脂", "降雪之", "降雪之"]) == [.shadow, .live, .live])
    }
}

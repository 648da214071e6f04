import ClaimRules
import LiveEvents
import TermMatching
import TestSupport
import Testing

@testable import ClaimDetection

/// 本品不能代替药物 within a minute.
private func owing(
    _ id: String = "owing", _ start: RequiredStatement.Start = .listed, product: [String]? = ["保健食品"],
    say: [String] = ["不能代替药物"], unless: [String] = []
) -> Rule {
    var owing = rule(id, parts: [["x"]], targets: [.speech], windowMS: 60_000)
    owing.product = product.map { .init(categories: $0, excluded: []) }
    owing.match = .required(
        RequiredStatement(
            say: .words(WordSet(terms: say.map { Term($0) }, clearedBy: unless.map { Term($0) })), withinMS: 60_000,
            start: start))
    return owing
}

/// Seconds after the beginning.
private func at(_ seconds: Int64) -> Int64 { 1_000_000 + seconds * 1_000 }

private func list(
    _ seconds: Int64, _ category: String? = "食品/保健食品", _ action: ListingEvent.Action = .listed, id: String = "l1"
)
    -> Step
{ .listing(id, "人参片", category: category, action: action, at: at(seconds)) }

private func say(_ seconds: Int64, _ text: String, listing: String = "", role: SpeakerRole = .host) -> Step {
    .say(text, at: at(seconds), role: role, listing: listing)
}

/// Thirteen characters every two seconds.
private func talk(_ seconds: ClosedRange<Int64>, listing: String = "") -> [Step] {
    stride(from: seconds.lowerBound, through: seconds.upperBound, by: 2).map {
        say($0, "大家看一下这一款颜色多好看", listing: listing)
    }
}

@Suite struct `A statement that must be said` {
    struct Row: CustomTestStringConvertible {
        var name: String
        var rules = [owing()]
        var steps: [Step]
        var alerts: Int
        var testDescription: String { name }
        init(_ name: String, _ rules: Rule..., steps: [Step], alerts: Int) {
            (self.name, self.steps, self.alerts) = (name, steps, alerts)
            if !rules.isEmpty { self.rules = rules }
        }
    }

    private static let before = talk(-20...(-2))

    @Test(arguments: [
        Row("is missed", steps: before + [list(0)] + talk(0...70), alerts: 1),
        Row("is not due yet", steps: before + [list(0)] + talk(0...58), alerts: 0),
        Row("is due with the segment that begins then", steps: before + [list(0)] + talk(0...60), alerts: 1),
        Row("is said", steps: before + [list(0)] + talk(0...30) + [say(31, "它不能代替药物啊")] + talk(32...200), alerts: 0),
        Row(
            "is said in two segments",
            steps: before + [list(0)] + talk(0...30) + [say(31, "它不能代"), say(32, "替药物啊。")] + talk(34...200), alerts: 0),
        Row(
            "is said in the segment that is due", steps: before + [list(0)] + talk(0...58) + [say(60, "它不能代替药物啊")],
            alerts: 0),
        Row("is said too late", steps: before + [list(0)] + talk(0...60) + [say(62, "它不能代替药物啊")], alerts: 1),
        Row("was said shortly before", steps: before + [say(-1, "它不能代替药物啊"), list(0)] + talk(0...200), alerts: 0),
        Row(
            "was said long before",
            steps: talk(-100...(-80)) + [say(-78, "它不能代替药物啊")] + talk(-76...(-2)) + [list(0)] + talk(0...70), alerts: 1),
        Row(
            "is said and cleared", owing(unless: ["谁说不能代替药物"]),
            steps: before + [list(0), say(0, "谁说不能代替药物")] + talk(2...70), alerts: 1),
        Row(
            "is said by a viewer", steps: before + [list(0), say(0, "不能代替药物", role: .viewer)] + talk(0...70), alerts: 1),
        Row(
            "stands in the listing",
            steps: before + [.listing("l1", "人参片，不能代替药物", category: "保健食品", at: at(0))] + talk(0...70), alerts: 1),
        Row("is owed by other goods only", steps: before + [list(0, "食品/茶")] + talk(0...70), alerts: 0),
        Row(
            "is not owed as long as the category is not known", steps: before + [list(0, nil)] + talk(0...70), alerts: 0
        ),
        Row(
            "is owed when the category turns up",
            steps: before + [list(0, nil)] + talk(0...20) + [list(20, "保健食品", .updated)] + talk(22...78), alerts: 0),
        Row(
            "is owed a minute after the category turned up",
            steps: before + [list(0, nil)] + talk(0...20) + [list(20, "保健食品", .updated)] + talk(22...80), alerts: 1),
        Row(
            "is not owed when the category turns out to be another",
            steps: before + [list(0)] + talk(0...20) + [list(20, "食品/茶", .updated)] + talk(22...80), alerts: 0),
        Row(
            "is not owed by goods that are gone",
            steps: before + [list(0)] + talk(0...20) + [list(20, nil, .delisted)] + talk(22...80), alerts: 0),
        Row(
            "is owed once by goods that are told of again",
            steps: before + [list(0)] + talk(0...20) + [list(20)] + talk(22...200), alerts: 1),
        Row("may lie in a gap of the transcript", steps: before + [list(0)] + talk(0...20) + talk(40...200), alerts: 0),
        Row("may lie in a gap behind the listing", steps: before + [list(0)] + talk(16...200), alerts: 0),
        Row("may not lie in a pause of the host", steps: before + [list(0)] + talk(0...20) + talk(35...70), alerts: 1),
        Row(
            "is not missed by silence", steps: before + [list(0)] + talk(0...20) + [list(100, "食品", id: "l2")],
            alerts: 0),
        Row(
            "is not missed by few words",
            steps: before + [list(0)] + stride(from: 0, through: 200, by: 8).map { say($0, "嗯，是。") }, alerts: 0),
        Row(
            "runs from the first words where the session begins with listings", steps: [list(-1_000)] + talk(0...58),
            alerts: 0),
        Row("is missed a minute after the first words", steps: [list(-1_000)] + talk(0...60), alerts: 1),
        Row(
            "of what is explained is not owed before", owing("e", .explaining),
            steps: before + [list(0)] + talk(0...100), alerts: 0),
        Row(
            "of what is explained", owing("e", .explaining),
            steps: before + [list(0)] + talk(0...10) + [list(12, nil, .explaining)] + talk(12...72), alerts: 1),
        Row(
            "of what a segment names", owing("e", .explaining),
            steps: before + [list(0)] + talk(0...10) + talk(12...72, listing: "l1"), alerts: 1),
        Row(
            "of what a segment names, a moment before", owing("e", .explaining),
            steps: before + [list(0)] + talk(0...10) + talk(12...70, listing: "l1"), alerts: 0),
        Row("of a session", owing("s", .session, product: nil), steps: talk(0...60), alerts: 1),
        Row(
            "of a session that says it", owing("s", .session, product: nil),
            steps: talk(0...40) + [say(42, "不能代替药物")] + talk(44...200), alerts: 0),
        Row(
            "of a session is owed once", owing("s", .session, product: nil), steps: talk(0...60) + talk(100...200),
            alerts: 1),
        Row(
            "of two goods is one alert a window", steps: before + [list(0), list(2, id: "l2")] + talk(4...70), alerts: 2
        ),
    ])
    func `is raised`(row: Row) {
        let store = RoomStore(ruleSet: try! RuleSet(rules: row.rules, contentHash: "0"))
        #expect(store.play(row.steps).count == row.alerts)
    }

    @Test func `shows what began the time and what was heard when it was over`() throws {
        let steps = Self.before + [list(0)] + talk(0...60)
        let alert = try #require(RoomStore(ruleSet: ruleSet(owing())).play(steps).first)
        #expect(alert.evidence.map(\.group) == ["since", "until"])
        #expect(alert.evidence.map(\.field) == ["title", "text"])
        #expect(alert.evidence.map(\.term) == ["不能代替药物", "不能代替药物"])
        #expect(alert.evidence.map(\.startMS) == [at(0), at(60)])
        #expect(alert.evidence.map(\.source.offset) == [10, Offset(Int64(steps.count - 1))])
        #expect(alert.evidence.map(\.quote) == ["人参片", "大家看一下这一款颜色多好看"])
        #expect(alert.listing?.listingID == "l1")
        #expect(!alert.evasion && alert.score == 1 && !alert.categoryUnresolved)
    }

    @Test func `asks what its bindings and facts ask`() throws {
        var asking = owing()
        asking.facts = [FactTest(.title, .has(WordSet(terms: [Term("人参")])))]
        asking.bindings = [
            Binding(when: Applicability(product: .init(categories: ["药品"], excluded: [])), category: "drug"),
            Binding(when: Applicability(), category: "else", severity: .critical),
        ]
        let steps = Self.before + [list(0)] + talk(0...60)
        let alert = try #require(RoomStore(ruleSet: ruleSet(asking)).play(steps).first)
        #expect(alert.rule.category == "else" && alert.rule.severity == .known(.critical))
        asking.facts = [FactTest(.title, .has(WordSet(terms: [Term("蜂胶")])))]
        #expect(RoomStore(ruleSet: ruleSet(asking)).play(steps).isEmpty)
    }

    @Test func `is owed by sixteen goods of a room at most, which is counted`() {
        let goods = (0..<20).map { list(0, "保健食品", id: "g\($0)") }
        let store = RoomStore(ruleSet: ruleSet(owing()))
        let alerts = store.play(Self.before + goods + talk(0...60))
        #expect(store.counters[.obligations] == 4)
        #expect(store.counters.hits == 16)
        #expect(!alerts.isEmpty)
    }

    @Test func `is forgotten with a rule that is changed, and with one that comes later nobody is accused of the past`()
    {
        let other = owing(say: ["不能代替药物", "不能替代药品"])
        let steps = Self.before + [list(0)] + talk(0...40)
        let store = RoomStore(ruleSet: ruleSet(owing(), owing("s", .session, product: nil)))
        store.play(steps)
        store.use(ruleSet(other))
        #expect(store.play(talk(42...100), from: 100).isEmpty)
        let late = RoomStore(ruleSet: ruleSet(rule("none", parts: [["无"]])))
        late.play(steps)
        late.use(ruleSet(owing("s", .session, product: nil), owing()))
        #expect(late.play(talk(42...200), from: 100).isEmpty)
    }

    @Test func `leaves the changelog with its room`() {
        var limits = DetectionLimits()
        limits.maxRooms = 1
        let store = RoomStore(ruleSet: ruleSet(owing()), limits: limits)
        var log = Changelog()
        store.play(Self.before + [list(0)] + talk(0...20))
        log.take(from: store)
        #expect(log.records.count == 3)
        store.play([.say("你好", room: "r2", at: at(30))], from: 50)
        log.take(from: store)
        #expect(log.records.keys.map { String(decoding: $0, as: UTF8.self) } == [#"["h","douyin","r2","s1"]"#])
    }

    // MARK: Histories

    private static let set = ruleSet(
        owing(), owing("e", .explaining, product: ["食品"], say: ["请遵医嘱"]),
        owing("s", .session, product: nil, say: ["数字人"]), rule("best", parts: [["最好"]]))

    private static func history(seed: UInt64) -> [Step] {
        var random = SplitMix64(seed: seed)
        var seconds: Int64 = 0
        return (0..<240).map { _ in
            seconds += Int64.random(in: 1...3, using: &random)
            if Int.random(in: 0..<50, using: &random) == 0 { seconds += Int64.random(in: 5...25, using: &random) }
            let room = "r\(Int.random(in: 0..<2, using: &random))"
            if Int.random(in: 0..<12, using: &random) == 0 {
                return .listing(
                    "l\(Int.random(in: 0..<4, using: &random))", "人参片",
                    category: ["食品/保健食品", "食品", "服饰", nil].randomElement(using: &random)!,
                    action: [.listed, .explaining, .updated, .delisted].randomElement(using: &random)!, room: room,
                    at: at(seconds))
            }
            var text = "大家看一下这一款颜色多好看啊，给主播点点关注"
            let said = Int.random(in: 0..<40, using: &random)
            if said < 3 { text += ["不能代替药物", "请遵医嘱", "数字人"][said] }
            return .say(
                text, room: room, at: at(seconds),
                listing: ["", "", "", "", "l0", "l1"].randomElement(using: &random)!)
        }
    }

    @Test(arguments: UInt64(0)..<60)
    func `comes back after a restart at any record`(seed: UInt64) {
        var random = SplitMix64(seed: seed &+ 500)
        let steps = Self.history(seed: seed)
        let whole = RoomStore(ruleSet: Self.set).play(steps)
        var topic = Changelog()
        var alerts: [Alert] = []
        var (next, replayFrom) = (0, 0)
        while next < steps.count {
            let store = RoomStore(ruleSet: Self.set)
            #expect(topic.restore(into: store).unreadable.isEmpty)
            store.replayed(Array(steps[replayFrom..<next]), from: Int64(replayFrom))
            let end = min(steps.count, next + Int.random(in: 1...6, using: &random))
            alerts += store.play(Array(steps[next..<end]), from: Int64(next))
            next = end
            replayFrom = store.replayOffset(noEarlierThan: Int64(next - 5)).map(Int.init) ?? next
            topic.take(from: store)
            // Work after the last commit is lost with the process.
            store.play(Array(steps[next..<min(steps.count, next + 3)]), from: Int64(next))
        }
        #expect(alerts == whole, "seed \(seed)")
    }

    /// Each history judged from the whole of it, as the guide tells it: a listing that owes the statement from `since` on is
    /// raised by the first segment a minute later or more, unless something in between excuses it.
    @Test(arguments: UInt64(0)..<200)
    func `agrees with the whole history looked at again`(seed: UInt64) {
        let steps = Self.history(seed: seed).filter { step in
            switch step {
            case .list(let event): event.roomID == "r0"
            case .say(_, let room, _, _, _, _, _, _, _): room == "r0"
            }
        }
        let store = RoomStore(ruleSet: ruleSet(owing()))
        store.play(steps)
        var raised = 0
        var category: [String: String] = [:]
        func owes(_ id: String) -> Bool { category[id]?.contains("保健食品") == true }
        for (number, step) in steps.enumerated() {
            guard case .list(let event) = step else { continue }
            let id = event.listingID
            let owed = owes(id)
            if event.action == .delisted {
                category[id] = nil
            } else {
                category[id] = event.category ?? category[id] ?? ""
            }
            guard owes(id), !owed else { continue }
            if isMissed(id, from: event.timeMS, number, steps) { raised += 1 }
        }
        #expect(store.counters.hits == raised, "seed \(seed)")
    }

    private func isMissed(_ id: String, from listedMS: Int64, _ number: Int, _ steps: [Step]) -> Bool {
        func speech(_ step: Step) -> (start: Int64, text: String)? {
            if case .say(let text, _, _, let at, _, _, _, _, _) = step { (at, text) } else { nil }
        }
        var since = listedMS
        let earlier = steps[..<number].compactMap(speech)
        func says(_ text: String) -> Bool { text.contains("不能代替药物") }
        let isFirst = earlier.isEmpty
        var last = since
        var heard = 0
        var hasBegun = false
        for step in steps[(number + 1)...] {
            switch step {
            case .list(let event) where event.listingID == id:
                if event.action == .delisted { return false }
                if let category = event.category, !category.contains("保健食品") { return false }
            case .list: continue
            case .say(let text, _, _, let start, _, _, _, _, _):
                if start - last > 15_000 {
                    guard isFirst, !hasBegun else { return false }
                    since = start
                }
                if !hasBegun {
                    hasBegun = true
                    if earlier.contains(where: { says($0.text) && $0.start + 1_000 >= listedMS - 60_000 }) {
                        return false
                    }
                }
                if says(text) { return false }
                if start >= since + 60_000 { return heard >= 200 }
                last = max(since, start + 1_000)
                heard += text.count
            }
        }
        return false
    }
}

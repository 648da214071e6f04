import ClaimDetection
import ClaimRules
import LiveEvents
import Testing

private let cure = rule("food.treatment", parts: [["根治", "治好"], ["糖尿病", "高血压"]], within: 12, unless: ["不能根治"])
private let best = rule("abs.superlative", parts: [["最好", "最好的酒"]], unless: ["最好的朋友"])

@Suite struct `Rules met in speech` {
    struct Row: CustomTestStringConvertible {
        var name: String
        var texts: [String]
        var rules: [RuleID]
        var testDescription: String { name }
    }

    @Test(arguments: [
        Row(name: "a word", texts: ["这是最好的"], rules: ["abs.superlative"]),
        Row(name: "nothing", texts: ["今天天气不错"], rules: []),
        Row(name: "overlapping words are one hit", texts: ["最好的酒"], rules: ["abs.superlative"]),
        Row(name: "an unless phrase clears", texts: ["你是我最好的朋友"], rules: []),
        Row(name: "and clears only what it touches", texts: ["最好的朋友，最好的酒"], rules: ["abs.superlative"]),
        Row(name: "two parts", texts: ["根治糖尿病"], rules: ["food.treatment"]),
        Row(name: "in the other order", texts: ["糖尿病能根治"], rules: ["food.treatment"]),
        Row(name: "one part only", texts: ["根治一切"], rules: []),
        Row(name: "too far apart", texts: ["根治一二三四五六七八九十糖尿病"], rules: []),
        Row(name: "just near enough", texts: ["根治一二三四五六七糖尿病"], rules: ["food.treatment"]),
        Row(name: "in two sentences", texts: ["可以根治。糖尿病不行"], rules: []),
        Row(name: "cleared part", texts: ["不能根治糖尿病"], rules: []),
        Row(name: "cut by the ASR inside a word", texts: ["这个能根", "治糖尿病"], rules: ["food.treatment"]),
        Row(name: "cut between the parts", texts: ["这个能根治", "我妈的", "糖尿病"], rules: ["food.treatment"]),
        Row(name: "not judged twice", texts: ["这是最好", "的没错", "真的"], rules: ["abs.superlative"]),
        Row(name: "a longer word later is the same hit", texts: ["这是最好", "的酒"], rules: ["abs.superlative"]),
        Row(name: "a sentence end between segments", texts: ["这个能根治。大家好", "糖尿病"], rules: []),
        Row(name: "a soft mark between segments", texts: ["这个能根治。", "糖尿病"], rules: ["food.treatment"]),
    ])
    func `in order`(row: Row) {
        let store = RoomStore(ruleSet: ruleSet(cure, best))
        let steps = row.texts.enumerated().map { Step.say($1, at: 1_000_000 + Int64($0) * 1_000) }
        #expect(store.play(steps).map(\.rule.id) == row.rules)
    }

    @Test func `written order is kept when asked for`() {
        let set = ruleSet(rule("r", parts: [["根治"], ["糖尿病"]], within: 12, order: .written))
        #expect(RoomStore(ruleSet: set).play([.say("根治糖尿病")]).count == 1)
        #expect(RoomStore(ruleSet: set).play([.say("糖尿病能根治")]).isEmpty)
    }

    @Test func `a phrase cut in two has evidence from both segments`() throws {
        let alerts = RoomStore(ruleSet: ruleSet(cure)).play(
            [.say("大家好。这个能根", at: 1_000), .say("治糖尿病的", at: 2_000)], from: 40)
        let evidence = try #require(alerts.first).evidence
        #expect(evidence.map(\.matched) == ["根", "治", "糖尿病"])
        #expect(evidence.map(\.term) == ["根治", "根治", "糖尿病"])
        #expect(evidence.map(\.source.offset) == [40, 41, 41])
        #expect(evidence.map(\.span) == [21..<24, 0..<3, 3..<12])
        #expect(evidence.map(\.quote) == ["这个能根", "治糖尿病的", "治糖尿病的"])
    }

    @Test func `another speaker, a long pause, another session or room ends the phrase`() {
        let set = ruleSet(cure)
        let first = Step.say("这个能根治", at: 1_000, speaker: "a")
        #expect(RoomStore(ruleSet: set).play([first, .say("糖尿病", at: 2_000, speaker: "a")]).count == 1)
        #expect(RoomStore(ruleSet: set).play([first, .say("糖尿病", at: 2_000, speaker: "b")]).isEmpty)
        #expect(RoomStore(ruleSet: set).play([first, .say("糖尿病", at: 30_000, speaker: "a")]).isEmpty)
        #expect(RoomStore(ruleSet: set).play([first, .say("糖尿病", room: "r2", at: 2_000, speaker: "a")]).isEmpty)
        #expect(RoomStore(ruleSet: set).play([first, .say("糖尿病", session: "s2", at: 2_000, speaker: "a")]).isEmpty)
    }

    /// What a recogniser writes at the end of a segment, and how long the host then says nothing.
    @Test(arguments: [
        ("这个能根治。", 400, "糖尿病", true), ("这个能根治！", 400, "糖尿病", true), ("这个能根治，", 1_400, "糖尿病", true),
        ("这个能根治…… ", 400, "糖尿病", true), ("这个能根治\n", 400, "糖尿病", true), ("能根，", 400, "治糖尿病", true),
        ("能根。", 400, "治糖尿病", true), ("这个能根治。", 400, "。糖尿病", false), ("这个能根治。", 1_600, "糖尿病", false),
        ("这个能根治，", 1_600, "糖尿病", true), ("这个能根治。大家好。", 400, "糖尿病", false),
        ("这个能根治A。", 400, "糖尿病", false), ("这个能根治？糖尿病", 400, "大家好", false),
    ])
    func `a mark at the end of a segment is soft if the speaker goes on`(
        _ first: String, _ pauseMS: Int, _ second: String, _ isHit: Bool
    ) {
        let steps: [Step] = [.say(first, at: 1_000), .say(second, at: 2_000 + Int64(pauseMS))]
        let alerts = RoomStore(ruleSet: ruleSet(cure)).play(steps)
        #expect(alerts.count == (isHit ? 1 : 0))
        // The same where the room was rebuilt from its first segment.
        let rebuilt = RoomStore(ruleSet: ruleSet(cure))
        rebuilt.replayed([steps[0]], from: 0)
        #expect(rebuilt.play([steps[1]], from: 1) == alerts)
    }

    @Test func `marks are taken at their word if the limit says so`() {
        var limits = DetectionLimits()
        limits.maxSoftPauseMS = -1
        let store = RoomStore(ruleSet: ruleSet(cure), limits: limits)
        #expect(store.play([.say("能根治。", at: 1_000), .say("糖尿病", at: 2_100)]).isEmpty)
    }

    @Test func `evidence across a soft mark has the places of both records`() throws {
        let alerts = RoomStore(ruleSet: ruleSet(cure)).play(
            [.say("大家好。这个能根。", at: 1_000), .say("治糖尿病的。", at: 2_000)], from: 40)
        let evidence = try #require(alerts.first).evidence
        #expect(evidence.map(\.matched) == ["根", "治", "糖尿病"])
        #expect(evidence.map(\.span) == [21..<24, 0..<3, 3..<12])
    }

    @Test(arguments: [
        ("<|zh|><|NEUTRAL|><|Speech|>这个能根治糖尿病", true), ("这个能根<|0.52|>治<|zh|>糖尿病", true),
        ("能根<|治糖尿病", false), ("能根<||>治糖尿病", false), ("能根<|zh|治糖尿病", false),
    ])
    func `control tags of recognisers are no text`(_ text: String, _ isHit: Bool) {
        #expect(RoomStore(ruleSet: ruleSet(cure)).play([.say(text)]).isEmpty == !isHit)
    }

    @Test(arguments: [
        ("能<b>根</b>治糖尿病", true), ("能<span style=\"color: red\">根</span>治<BR/>大家好", false),
        ("能<font color=red>根</font>治&nbsp;糖尿病", true), ("能根治<br>糖尿病", false), ("能根治<p class='x'>糖尿病", false),
        ("能根<治>糖尿病", false), ("能根< b >治糖尿病", false), ("根<b治糖尿病", false),
        ("根<b " + String(repeating: "x", count: 2_000) + ">治糖尿病", false),
    ])
    func `the HTML of a listing is no text`(_ text: String, _ isHit: Bool) throws {
        var event = ListingEvent(
            platform: "douyin", roomID: "r1", sessionID: "s1", listingID: "L1", action: .listed, timeMS: 1_000)
        event.description = text
        let alerts = RoomStore(ruleSet: ruleSet(cure)).play([.list(event)])
        #expect(alerts.isEmpty == !isHit, "\(text)")
        for evidence in alerts.first?.evidence ?? [] {
            let raw = Array(text.utf8)[evidence.span]
            #expect(String(decoding: raw, as: UTF8.self) == evidence.matched)
        }
    }

    @Test func `interim segments and viewers raise nothing and leave no carry-over`() {
        let store = RoomStore(ruleSet: ruleSet(cure))
        let steps: [Step] = [.say("根治糖尿病", isFinal: false), .say("根治糖尿病", role: .viewer)]
        #expect(store.play(steps).isEmpty)
        #expect(store.counters.skipped == 2)
        #expect(store.play([.say("糖尿病")]).isEmpty)
    }

    @Test func `the speaker decides the legal track unless the rule does`() {
        let free = rule("free", parts: [["最好"]])
        let price = rule("price", parts: [["最好"]], track: .price)
        let alerts = RoomStore(ruleSet: ruleSet(free, price)).play([
            .say("最好", isSeller: true), .say("最好", room: "r2", isSeller: false), .listing("l", "最好", room: "r3"),
        ])
        #expect(
            alerts.map(\.rule.legalTrack)
                == [LegalTrack.aucl, .price, .adLaw, .price, .label, .price].map(OpenEnum.known))
    }

    @Test func `a shadow rule raises shadow alerts`() {
        let alerts = RoomStore(ruleSet: ruleSet(rule("s", parts: [["最好"]], status: .shadow))).play([.say("最好")])
        #expect(alerts.map(\.mode) == [.shadow])
    }
}

@Suite struct `Products on sale` {
    private static let set = ruleSet(
        rule("food", parts: [["根治"]], product: .init(categories: ["食品"], excluded: ["保健食品", "药品"])))

    struct Row: CustomTestStringConvertible {
        var name: String
        var shelf: [Step]
        var listing = ""
        /// nil: no alert; else whether the category is unresolved.
        var unresolved: Bool?
        var testDescription: String { name }
    }

    @Test(arguments: [
        Row(name: "nothing listed", shelf: [], unresolved: true),
        Row(name: "food", shelf: [.listing("a", "蜂蜜", category: "食品/蜂蜜")], unresolved: false),
        Row(name: "a whole component only", shelf: [.listing("a", "胶囊", category: "保健食品/胶囊")], unresolved: nil),
        Row(name: "excluded wins", shelf: [.listing("a", "x", category: "食品/保健食品")], unresolved: nil),
        Row(name: "no category", shelf: [.listing("a", "x")], unresolved: true),
        Row(
            name: "one of two", shelf: [.listing("a", "x", category: "食品"), .listing("b", "y", category: "服饰")],
            unresolved: true),
        Row(
            name: "the one explained",
            shelf: [
                .listing("a", "x", category: "食品"), .listing("b", "y", category: "服饰"),
                .listing("b", "y", category: "服饰", action: .explaining),
            ], unresolved: nil),
        Row(
            name: "the one named by the segment",
            shelf: [.listing("a", "x", category: "食品"), .listing("b", "y", category: "服饰")], listing: "a",
            unresolved: false),
        Row(
            name: "delisted",
            shelf: [.listing("b", "y", category: "服饰"), .listing("b", "", action: .delisted)], unresolved: true),
    ])
    func `decide`(row: Row) {
        let alerts = RoomStore(ruleSet: Self.set).play(row.shelf + [.say("能根治", listing: row.listing)])
        #expect(alerts.map(\.categoryUnresolved) == (row.unresolved.map { [$0] } ?? []))
    }

    @Test func `listing texts are judged with their field`() {
        var event = ListingEvent(
            platform: "p", roomID: "r", sessionID: "s", listingID: "l", action: .listed, timeMS: 5)
        event.description = "每天一勺，根治"
        event.category = "食品"
        event.attributes = [.init(name: "功效", value: "根治")]
        let alerts = RoomStore(ruleSet: Self.set).play([.list(event)])
        #expect(alerts.last?.evidence.map(\.field) == ["description", "attributes.功效"])
        #expect(alerts.first?.evidence.first?.span == 15..<21)
    }
}

@Suite struct `Alert windows` {
    private static let set = ruleSet(rule("r", parts: [["最好"]], windowMS: 60_000))

    @Test func `later hits are merged and published when they have doubled`() {
        let alerts = RoomStore(ruleSet: Self.set).play((0..<9).map { .say("最好", at: 600_000 + Int64($0) * 1_000) })
        #expect(alerts.map(\.occurrences) == [1, 2, 4, 8])
        #expect(alerts.map(\.revision) == [1, 2, 3, 4])
        #expect(Set(alerts.map(\.alertID)).count == 1)
        #expect(alerts.last?.evidence.map(\.source.offset) == [0, 1, 2, 7])
        #expect(alerts.last?.window == Alert.Window(startMS: 600_000, endMS: 660_000))
    }

    @Test func `another window, session, room or rule is another alert`() {
        let steps: [Step] = [
            .say("最好", at: 600_000), .say("最好", at: 700_000), .say("最好", session: "s2", at: 600_000),
            .say("最好", room: "r2", at: 600_000),
        ]
        #expect(Set(RoomStore(ruleSet: Self.set).play(steps).map(\.alertID)).count == 4)
    }

    @Test func `a late hit never publishes an id anew`() {
        let times: [Int64] = [600_000, 660_000, 720_000, 600_000, 500_000]
        let alerts = RoomStore(ruleSet: Self.set).play(times.map { .say("最好", at: $0) })
        #expect(Set(alerts.map { "\($0.alertID) \($0.revision)" }).count == alerts.count)
        #expect(alerts.map(\.revision) == [1, 1, 1, 2])
    }

    @Test func `a threshold waits`() {
        let set = ruleSet(rule("r", parts: [["最好"]], threshold: 3))
        let alerts = RoomStore(ruleSet: set).play((0..<6).map { .say("最好", at: 1_200_000 + $0 * 61_000) })
        #expect(alerts.map(\.occurrences) == [3, 6])
    }

    @Test(
        arguments: [
            ("other words", ["最好", "第一", "最佳"], 1, true), ("the same words", ["最好", "最好", "最好"], 1, false),
            ("the same words, each a minute later", ["最好", "最好", "最好"], 61, true),
            ("the same words in one text", ["最好最好最好最好"], 1, false),
            ("two phrases that take turns", [String](repeating: "最好第一", count: 20), 2, false),
            ("two phrases that take turns, and another", ["最好第一", "最好第一", "最佳"], 2, true),
            ("five phrases that take turns", ["最好", "第一", "最佳", "最优", "最高"], 1, true),
            ("a loop that goes on for minutes", [String](repeating: "最好", count: 40), 10, false),
        ] as [(String, [String], Int64, Bool)])
    func `a threshold is not met by a recogniser's loop`(name: String, said: [String], seconds: Int64, isMet: Bool) {
        let set = ruleSet(rule("r", parts: [["最好", "第一", "最佳", "最优", "最高"]], threshold: 3))
        let steps = said.enumerated().map { Step.say($1, at: 1_200_000 + Int64($0) * seconds * 1_000) }
        #expect(RoomStore(ruleSet: set).play(steps).isEmpty != isMet, "\(name)")
        // Each step after a restart of its own.
        var topic = Changelog()
        var alerts: [Alert] = []
        for (number, step) in steps.enumerated() {
            let store = RoomStore(ruleSet: set)
            topic.restore(into: store)
            alerts += store.play([step], from: Int64(number))
            topic.take(from: store)
        }
        #expect(alerts.isEmpty != isMet, "\(name)")
    }

    @Test func `ids are the same in every run`() {
        let alert = RoomStore(ruleSet: Self.set).play([.say("最好", at: 600_000)])[0]
        #expect(alert.alertID == RoomStore(ruleSet: Self.set).play([.say("最好", at: 600_001)])[0].alertID)
        #expect(alert.alertID.count == 32)
    }
}

@Suite struct `Bounds` {
    @Test func `rooms beyond the bound are forgotten with their state`() {
        var limits = DetectionLimits()
        limits.maxRooms = 3
        let store = RoomStore(ruleSet: ruleSet(best), limits: limits)
        var topic = Changelog()
        for number in 0..<50 {
            store.play([.listing("l", "x", room: "r\(number)"), .say("最好", room: "r\(number)")])
            topic.take(from: store)
        }
        #expect(store.roomCount == 3)
        #expect(store.counters.roomsForgotten == 47)
        #expect(topic.records.count == 6)
    }

    @Test func `listings beyond the bound are forgotten, the oldest first`() {
        var limits = DetectionLimits()
        limits.maxListingsPerRoom = 2
        let store = RoomStore(ruleSet: ruleSet(best), limits: limits)
        store.play((0..<5).map { .listing("l\($0)", "x") })
        var topic = Changelog()
        topic.take(from: store)
        #expect(topic.records.count == 2)
        #expect(store.counters.listingsForgotten == 3)
    }

    @Test func `a text of one word repeated stays bounded`() {
        let store = RoomStore(ruleSet: ruleSet(cure, best))
        store.play([.say(String(repeating: "最好", count: 10_000)), .say(String(repeating: "根治糖尿病", count: 4_000))])
        #expect(store.counters.textsCutShort > 0)
    }
}

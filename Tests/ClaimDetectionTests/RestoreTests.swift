import ClaimDetection
import ClaimRules
import LiveEvents
import TermMatching
import TestSupport
import Testing

/// A restart at any record decides alike: state topic plus replay give the store that was lost.
@Suite struct `Restoring a room store` {
    private static let set = ruleSet(
        rule(
            "food", parts: [["根治", "治好"], ["糖尿病", "高血压"]], within: 12, product: .init(categories: ["食品"], excluded: [])),
        rule("best", parts: [["最好"]], unless: ["最好的朋友"], windowMS: 60_000),
        rule("often", parts: [["买它"]], windowMS: 60_000, threshold: 2), bound, steps, score, asking,
        inCampaign)

    /// Rules that look at several texts, and one that asks the listing.
    private static var steps: Rule {
        var steps = rule("steps", parts: [["x"]], windowMS: 60_000)
        steps.match = .timed(
            [["糖尿病"], ["最好"], ["治好"]].map { .words(WordSet(terms: $0.map { Term($0) })) }, isOrdered: true,
            spanMS: 20_000)
        return steps
    }
    private static var score: Rule {
        var score = rule("score", parts: [["x"]], windowMS: 60_000)
        score.match = .score(
            RoomScore(
                weights: [("高血压", 900), ("治好", 700), ("买它", 500), ("嗯那个", -300)].map {
                    .init(name: $0.0, signal: .words(WordSet(terms: [Term($0.0)])), thousandths: $0.1)
                }, windowMS: 30_000, threshold: 1_500, minDistinct: 2, decays: true))
        return score
    }
    private static var asking: Rule {
        var asking = rule("asking", parts: [["x"]], windowMS: 60_000)
        asking.match = .text(.named("said", .words(WordSet(terms: [Term("高血压"), Term("根治")]))))
        asking.kinds = ["sick": [WordKind("a", [Term("高血压")]), WordKind("b", [Term("根治")])]]
        asking.facts = [FactTest(.title, .lacksSaid("said", className: "sick")), FactTest(.brand, .isKnown(false))]
        return asking
    }

    /// On trial until a midnight in the middle of the history, then live and graver.
    private static var inCampaign: Rule {
        var waking = rule("campaign", parts: [["高血压", "治好"]], windowMS: 60_000, status: .shadow)
        waking.phases = [
            .init(
                campaign: "c", from: "1970-01-02", to: "1970-01-03", status: .stable, raise: 1, jurisdictions: [],
                location: waking.location)
        ]
        return waking
    }

    /// A rule whose hits mean different things, so that listings revise what was raised.
    private static var bound: Rule {
        var bound = rule("bound", parts: [["高血压", "买它"]], windowMS: 60_000)
        bound.bindings = [
            Binding(
                when: Applicability(product: .init(categories: ["食品"], excluded: [])), category: "food",
                legalBasis: [.init(law: "食品安全法", article: "第七十三条")], severity: .critical),
            Binding(when: Applicability(roles: [.guest]), category: "guest", severity: .low),
            Binding(when: Applicability(product: .init(categories: ["服饰"], excluded: [])), legalTrack: .price),
        ]
        return bound
    }

    /// Speech made of halves of terms, so that nearly everything depends on the carry-over.
    private static func history(seed: UInt64, count: Int) -> [Step] {
        var random = SplitMix64(seed: seed)
        let words = ["根", "治", "糖尿", "病", "最", "好", "的朋友", "买它", "。", "高血压", "嗯那个", "治好"]
        return (0..<count).map { number in
            // Midnight in China is 50 s after the beginning.
            let at = 57_550_000 + Int64(number) * 900
            let room = "r\(Int.random(in: 0..<3, using: &random))"
            if Int.random(in: 0..<8, using: &random) == 0 {
                let actions: [ListingEvent.Action] = [.listed, .explaining, .updated, .delisted]
                return .listing(
                    "l\(Int.random(in: 0..<3, using: &random))",
                    ["最好", "高血压", "根治的茶"].randomElement(using: &random)!,
                    category: ["食品", "服饰", "美妆", nil].randomElement(using: &random)!,
                    action: actions.randomElement(using: &random)!, room: room, at: at)
            }
            let text = (0..<Int.random(in: 1...4, using: &random)).map { _ in words.randomElement(using: &random)! }
            return .say(
                text.joined(), room: room, at: at, speaker: ["", "a"].randomElement(using: &random)!,
                role: [.host, .guest].randomElement(using: &random)!,
                listing: ["", "", "l0", "l1"].randomElement(using: &random)!)
        }
    }

    @Test(arguments: UInt64(0)..<60)
    func `at any record goes on as if nothing had happened`(seed: UInt64) {
        var random = SplitMix64(seed: seed &+ 1_000)
        let steps = Self.history(seed: seed, count: 120)
        let whole = RoomStore(ruleSet: Self.set).play(steps)

        var topic = Changelog()
        var alerts: [Alert] = []
        var next = 0
        var replayFrom = 0
        while next < steps.count {
            let store = RoomStore(ruleSet: Self.set)
            topic.restore(into: store)
            store.replayed(Array(steps[replayFrom..<next]), from: Int64(replayFrom))
            // Several commits in one life, then a crash after the last of them.
            for _ in 0..<Int.random(in: 1...3, using: &random) where next < steps.count {
                let end = min(steps.count, next + Int.random(in: 1...12, using: &random))
                alerts += store.play(Array(steps[next..<end]), from: Int64(next))
                next = end
                let replay = store.replayOffset(noEarlierThan: Int64(next - Int.random(in: 0...10, using: &random)))
                topic.take(from: store)
                replayFrom = replay.map(Int.init) ?? next
            }
            // Work after the last commit is lost with the process.
            store.play(Array(steps[next..<min(steps.count, next + 3)]), from: Int64(next))
        }
        #expect(alerts == whole, "seed \(seed)")
        #expect(!whole.isEmpty)
    }

    @Test func `is tried on revisions too`() {
        var (resolved, withdrawn) = (0, 0)
        for seed in UInt64(0)..<60 {
            let store = RoomStore(ruleSet: Self.set)
            let alerts = store.play(Self.history(seed: seed, count: 120))
            resolved += store.counters.revised
            withdrawn += alerts.count { $0.state == .known(.withdrawn) }
        }
        #expect(resolved > 100)
        #expect(withdrawn > 5)
    }

    /// Restores one record and gives the reason why it was left out.
    private static func reason(_ key: String, _ value: String, _ rooms: RoomStore = RoomStore(ruleSet: set)) -> String?
    {
        let report = Changelog(log: [StateChange(key: Array(key.utf8), value: Array(value.utf8))]).restore(into: rooms)
        return report.unreadable.first?.reason
    }

    @Test(arguments: [
        ("x", "{}", "the key"), ("[]", "{}", "the key"), (#"["l","p","r","s","i"]"#, #"{"f":2}"#, "format 2"),
        (#"["z","p","r","s"]"#, #"{"f":1}"#, "the key is of no kind"),
        (#"["t","p","r","s"]"#, #"{"f":1,"text":"a","speaker":"","pieces":[{"start":9}]}"#, "lacks the text 'topic'"),
        (#"["t","p","r","s"]"#, #"{"f":1,"text":"a","speaker":"","pieces":[]}"#, "first piece"),
        (#"["l","p","r","s","i"]"#, #"{"f":1,"order":1,"explaining":0}"#, "lacks the text 'id'"),
        (#"["l","p","r","s","i"]"#, "not JSON", "not JSON"),
    ])
    func `leaves out what it cannot read, and says why`(key: String, value: String, reason: String) throws {
        let found = try #require(Self.reason(key, value))
        #expect(found.contains(reason) || reason == "the key" && found.contains("JSON"), "\(found)")
    }

    @Test func `names a record that it cannot read and takes all others`() {
        let first = RoomStore(ruleSet: Self.set)
        first.play([.say("最好"), .say("最好", room: "r2")])
        var log = Changelog()
        log.take(from: first)
        let broken = Array(#"["w","douyin","r2","s1","best",960000]"#.utf8)
        #expect(log.records[broken] != nil)
        log.log.append(StateChange(key: broken, value: Array("{".utf8)))
        let second = RoomStore(ruleSet: Self.set)
        let report = log.restore(into: second)
        #expect(report.unreadable.map(\.key) == [broken])
        #expect(second.play([.say("最好")], from: 5).map(\.revision) == [2])
        #expect(second.play([.say("最好", room: "r2")], from: 6).map(\.revision) == [1])
    }

    @Test func `decodes the last value of a key alone`() {
        let key = Array(#"["l","p","r","s","i"]"#.utf8)
        var log = Changelog(log: [StateChange(key: key, value: Array("broken".utf8))])
        log.log.append(StateChange(key: key, value: Array(#"{"f":1,"id":"i","order":0,"explaining":0}"#.utf8)))
        let report = log.restore(into: RoomStore(ruleSet: Self.set))
        #expect(report.unreadable.isEmpty)
        #expect(report.rooms == 1)
        log.log.append(StateChange(key: key, value: nil))
        #expect(log.restore(into: RoomStore(ruleSet: Self.set)).rooms == 0)
    }

    @Test func `forgets the rooms used longest ago, not those written longest ago`() {
        var limits = DetectionLimits()
        limits.maxRooms = 3
        let first = RoomStore(ruleSet: Self.set, limits: limits)
        var log = Changelog()
        // The busy room opens its window first, then speaks without a claim while the others come and go.
        first.play([.say("最好", room: "busy", at: 0)])
        log.take(from: first)
        for number in 0..<4 {
            let at = Int64(number + 1) * 700_000
            first.play([.say("你好。", room: "busy", at: at), .say("最好", room: "r\(number)", at: at + 1)], from: 10)
            log.take(from: first)
        }
        #expect(first.counters[.rooms] == 2)
        var fewer = limits
        fewer.maxRooms = 2
        let second = RoomStore(ruleSet: Self.set, limits: fewer)
        let report = log.restore(into: second)
        #expect(report.rooms == 2)
        #expect(report.roomsForgotten == 1)
        #expect(second.counters[.rooms] == 1)
        #expect(second.play([.say("最好", room: "busy", at: 1)], from: 99).map(\.revision) == [2])
        // What is forgotten leaves the changelog too.
        log.take(from: second)
        #expect(log.records.keys.filter { String(decoding: $0, as: UTF8.self).contains("\"r2\"") }.isEmpty)
    }

    @Test func `reads what the first release wrote`() throws {
        let evidence =
            #"{"topic":"live.transcripts","partition":3,"offset":7,"field":"text","segment":2,"start_ms":960001,"#
            + #""end_ms":961000,"quote":"这是最好的","from":6,"to":12,"matched":"最好","term":"最好","path":"literal"}"#
        let log = Changelog(
            log: [
                (
                    #"["l","douyin","r1","s1","l1"]"#,
                    #"{"f":1,"id":"l1","title":"蜂蜜","category":"食品/蜂蜜","order":4,"explaining":1}"#
                ),
                (
                    #"["w","douyin","r1","s1","best",960000]"#,
                    #"{"f":1,"occurrences":1,"revision":1,"published":1,"evidence":[[\#(evidence)]]}"#
                ),
                (
                    #"["t","douyin","r1","s1"]"#,
                    #"{"f":1,"text":"这个能根","speaker":"","pieces":[{"topic":"live.transcripts","partition":3,"offset":8,"#
                        + #""segment":3,"start_ms":961000,"end_ms":962000,"text_offset":9,"start":0}]}"#
                ),
            ].map { StateChange(key: Array($0.utf8), value: Array($1.utf8)) })
        let rooms = RoomStore(ruleSet: Self.set)
        #expect(log.restore(into: rooms).unreadable.isEmpty)
        let alerts = rooms.play([.say("治糖尿病，最好", at: 963_000)], from: 9)
        let food = try #require(alerts.first { $0.rule.id == "food" })
        #expect(food.evidence.map(\.matched) == ["根", "治", "糖尿病"])
        #expect(food.evidence[0].span == 18..<21)
        #expect(food.listing?.title == "蜂蜜")
        let best = try #require(alerts.first { $0.rule.id == "best" })
        #expect(best.revision == 2)
        #expect(best.evidence.map(\.source.offset) == [7, 9])
        #expect(best.evidence[0].score == 1)
    }

    @Test func `keeps the windows of a rule that is switched off and on again`() {
        let best = rule("best", parts: [["最好"]], windowMS: 600_000)
        let other = rule("other", parts: [["买它"]], windowMS: 600_000)
        let (with, without) = (ruleSet(best, other), ruleSet(other))
        let say = (0..<8).map { Step.say("最好，买它", at: 600_000 + Int64($0)) }
        let whole = RoomStore(ruleSet: with).play(say + say).filter { $0.rule.id == "best" }

        var log = Changelog()
        let first = RoomStore(ruleSet: with)
        var alerts = first.play(say)
        log.take(from: first)
        let second = RoomStore(ruleSet: without)
        log.restore(into: second)
        alerts += second.play([.say("最好", at: 600_050)], from: 50)
        log.take(from: second)
        let third = RoomStore(ruleSet: with)
        log.restore(into: third)
        alerts += third.play(say, from: 8)
        #expect(alerts.filter { $0.rule.id == "best" } == whole)

        // The same in one life, between two records.
        let swapped = RoomStore(ruleSet: with)
        var live = swapped.play(say)
        swapped.use(without)
        live += swapped.play([.say("最好", at: 600_050)], from: 50)
        swapped.use(with)
        live += swapped.play(say, from: 8)
        #expect(live.filter { $0.rule.id == "best" } == whole)
    }

    @Test func `numbers that would overflow later are refused`() {
        let most = Int64.max
        let least = Int64.min
        let evidence = #"{"topic":"t","partition":0,"offset":1,"field":"text","start_ms":1,"end_ms":1,"quote":"q","#
        for (key, value) in [
            (#"["l","p","r","s","i"]"#, #"{"f":1,"id":"i","order":\#(most),"explaining":0}"#),
            (
                #"["w","p","r","s","best",\#(least)]"#,
                #"{"f":1,"occurrences":1,"revision":1,"published":1,"evidence":[]}"#
            ),
            (
                #"["w","p","r","s","best",0]"#,
                #"{"f":1,"occurrences":\#(most),"revision":1,"published":1,"evidence":[]}"#
            ),
            (
                #"["w","p","r","s","best",0]"#,
                #"{"f":1,"occurrences":1,"revision":\#(most),"published":1,"evidence":[]}"#
            ),
            (
                #"["w","p","r","s","best",0]"#,
                #"{"f":1,"occurrences":1,"revision":1,"published":\#(most),"evidence":[]}"#
            ),
            (
                #"["w","p","r","s","best",0]"#,
                #"{"f":1,"occurrences":1,"revision":1,"published":1,"evidence":[[\#(evidence)"from":-1,"to":1,"#
                    + #""matched":"m","term":"m","path":"literal"}]]}"#
            ),
            (
                #"["t","p","r","s"]"#,
                #"{"f":1,"text":"最好","speaker":"","pieces":[{"topic":"t","partition":0,"offset":1,"segment":1,"#
                    + #""start_ms":1,"end_ms":1,"text_offset":\#(most),"start":0}]}"#
            ),
        ] {
            #expect(Self.reason(key, value)?.contains("out of range") == true, "\(key) \(value)")
        }
    }
}

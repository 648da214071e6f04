import ClaimScreen
import LiveEvents
import TermMatching
import TestSupport
import Testing

@testable import ClaimDetection
@testable import ClaimRules

/// Texts with 断根 were confirmed, those with 发货 dismissed.
private let cures: ScreenModel = {
    var texts = LabelledTexts(bits: 10)
    for number in 0..<40 {
        var text = number.isMultiple(of: 2) ? "这个茶喝了就断根\(number)" : "这个茶今天就发货\(number)"
        text.withUTF8 { texts.add($0, isConfirmed: number.isMultiple(of: 2)) }
    }
    return ScreenModel.learn(name: "m", from: texts)
}()

private func asking(
    _ id: String = "tea", _ words: [String] = ["茶"], least: Int = 50, _ without: Rule.Screen.WithoutModel = .shadow
) -> Rule {
    var asking = rule(id, parts: [words], windowMS: 60_000)
    asking.screen = Rule.Screen(model: "m", least: least, withoutModel: without)
    return asking
}

private func set(_ rules: Rule..., model: ScreenModel? = cures) -> RuleSet {
    var screens = Screens()
    if let model { _ = screens.add(model) }
    return try! RuleSet(rules: rules, contentHash: "0123456789abcdef", screens: screens)
}

private func percent(_ text: String) -> Int { Int(cures.score(text) * 100) }

@Suite struct `Hits that a screen is asked about` {
    @Test func `count if it agrees, and their alert says so`() throws {
        let store = RoomStore(ruleSet: set(asking()))
        let alerts = store.play([.say("这个茶喝了就断根"), .say("这个茶今天就发货", room: "r2")])
        #expect(alerts.map(\.roomID) == ["r1"])
        let alert = try #require(alerts.first)
        #expect(alert.screen == .init(model: "m", score: Double(percent("这个茶喝了就断根")) / 100))
        #expect(alert.mode == .live)
        #expect((store.counters.hits, store.counters.screened) == (1, 1))
    }

    @Test func `are asked about what was said before, too, and not about other sentences`() {
        let goes = RoomStore(ruleSet: set(asking("x", ["茶"])))
        #expect(goes.play([.say("喝了就断根", at: 0), .say("这个茶", at: 1_000)]).count == 1)
        // A sentence that ended, and a pause, are other speech.
        let ended = RoomStore(ruleSet: set(asking("x", ["茶"])))
        #expect(ended.play([.say("喝了就断根。", at: 0), .say("这个茶今天就发货", at: 9_000)]).isEmpty)
        #expect(ended.play([.say("喝了就断根", room: "r2", at: 0), .say("这个茶今天就发货", room: "r2", at: 60_000)]).isEmpty)
    }

    @Test func `keep the most that it gave one of them`() {
        let store = RoomStore(ruleSet: set(asking(least: 1)))
        let alerts = store.play([
            .say("这个茶今天就发货", at: 0), .say("这个茶喝了就断根", at: 20_000), .say("这个茶今天就发货", at: 40_000),
            .say("这个茶今天就发货", at: 58_000),
        ])
        let (low, high) = (Double(percent("这个茶今天就发货")) / 100, Double(percent("这个茶喝了就断根")) / 100)
        #expect(low < high)
        #expect(alerts.map { $0.screen?.score } == [low, high, high])
    }

    @Test(
        arguments: [
            (Rule.Screen.WithoutModel.shadow, Alert.Mode.shadow), (.keep, .live), (.drop, nil),
        ] as [(Rule.Screen.WithoutModel, Alert.Mode?)])
    func `without the model are what the rule says, and name none`(without: Rule.Screen.WithoutModel, mode: Alert.Mode?)
    {
        let alerts = RoomStore(ruleSet: set(asking(least: 100, without), model: nil)).play([.say("这个茶今天就发货")])
        #expect(alerts.map(\.mode) == (mode.map { [$0] } ?? []))
        #expect(alerts.allSatisfy { $0.screen == nil })
    }

    @Test func `count from the very score that the rule asks for`() {
        let text = "这个茶喝了就断根"
        #expect(RoomStore(ruleSet: set(asking(least: percent(text)))).play([.say(text)]).count == 1)
        #expect(RoomStore(ruleSet: set(asking(least: percent(text) + 1))).play([.say(text)]).isEmpty)
    }

    @Test func `of a listing are asked about its text without markup`() {
        let store = RoomStore(ruleSet: set(asking()))
        func listed(_ description: String, room: String) -> Step {
            var event = ListingEvent(
                platform: "douyin", roomID: room, sessionID: "s1", listingID: "l", action: .listed, timeMS: 0)
            event.description = description
            return .list(event)
        }
        let alerts = store.play([
            listed("<p class=\"fahuo\">这个茶喝了就断根</p>", room: "r1"), listed("这个茶今天就发货", room: "r2"),
        ])
        #expect(alerts.map { $0.screen?.score } == [Double(percent("这个茶喝了就断根")) / 100])
    }

    @Test func `of other rules are not`() {
        let store = RoomStore(ruleSet: set(asking(least: 100), rule("plain", parts: [["茶"]])))
        let alerts = store.play([.say("这个茶今天就发货")])
        #expect(alerts.map(\.rule.id) == ["plain"])
        #expect(alerts.allSatisfy { $0.screen == nil })
    }

    @Test func `are told by explain with the score`() throws {
        let explainer = ClaimExplainer(ruleSet: set(asking()))
        let (good, bad) = ("这个茶喝了就断根", "这个茶今天就发货")
        #expect(
            explainer.explain(bad).rules.map(\.outcome)
                == [.missed(.screened(model: "m", percent: percent(bad), least: 50))])
        guard case .fired? = explainer.explain(good).rules.first?.outcome else {
            Issue.record("the screen agrees")
            return
        }
    }

    @Test(arguments: UInt64(0)..<20)
    func `are decided alike after a restart at any record`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let words = ["这个茶", "喝了", "就断根", "今天就", "发货", "。", "茶", "断", "根", "嗯"]
        let steps = (0..<100).map { number in
            Step.say(
                (0..<Int.random(in: 1...5, using: &random)).map { _ in words.randomElement(using: &random)! }.joined(),
                room: "r\(Int.random(in: 0..<2, using: &random))", at: Int64(number) * 900)
        }
        let rules = set(asking(least: 55), asking("drunk", ["喝了", "断根"], least: 45))
        var limits = DetectionLimits()
        limits.maxCarryOverBytes = 60
        let whole = RoomStore(ruleSet: rules, limits: limits)
        let expected = whole.play(steps)
        #expect(!expected.isEmpty && whole.counters.screened > 0)
        var (topic, alerts, next, replayFrom) = (Changelog(), [Alert](), 0, 0)
        while next < steps.count {
            let store = RoomStore(ruleSet: rules, limits: limits)
            topic.restore(into: store)
            store.replayed(Array(steps[replayFrom..<next]), from: Int64(replayFrom))
            let end = min(steps.count, next + Int.random(in: 1...12, using: &random))
            alerts += store.play(Array(steps[next..<end]), from: Int64(next))
            next = end
            let replay = store.replayOffset(noEarlierThan: Int64(next - Int.random(in: 0...6, using: &random)))
            topic.take(from: store)
            replayFrom = replay.map(Int.init) ?? next
        }
        #expect(alerts == expected, "seed \(seed)")
    }

    @Test func `go on under another model in the same window`() throws {
        let first = RoomStore(ruleSet: set(asking(least: 10)))
        let before = first.play([.say("这个茶喝了就断根")])
        first.use(set(asking(least: 10), model: nil))
        let after = first.play([.say("这个茶喝了就断根", at: 1_020_000 + 1)], from: 9)
        #expect(before.first?.mode == .live)
        #expect(after.first?.mode == .shadow)
        #expect(before.first?.ruleset != after.first?.ruleset)
    }
}

@Suite struct `What a screen is shown` {
    /// Character by character, as the doc comment says it.
    private func naive(_ hit: Range<Int>, _ text: [UInt8], _ first: Int, _ most: Int) -> Range<Int> {
        let borders = (first...text.count).filter { $0 == text.count || text[$0] & 0xC0 != 0x80 }
        let middle = borders.firstIndex(of: max(first, hit.upperBound))!
        let (before, behind) = (middle, borders.count - 1 - middle)
        let least = min(behind, most / 2)
        let taken = min(before, most - least)
        return borders[middle - taken]..<borders[middle + min(behind, most - taken)]
    }

    @Test(arguments: UInt64(0)..<200)
    func `is as many characters around the hit as may be`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let pieces = ["茶", "a", "，", "😀", "é"]
        let characters = (0..<Int.random(in: 1...30, using: &random)).map { _ in pieces.randomElement(using: &random)! }
        let text = Array(characters.joined().utf8)
        let borders = (0...text.count).filter { $0 == text.count || text[$0] & 0xC0 != 0x80 }
        let first = borders.randomElement(using: &random)!
        let ends = borders.filter { $0 >= first }
        let end = ends.randomElement(using: &random)!
        for most in [2, 8, 20, 100] {
            let found = text.withUnsafeBufferPointer {
                Screening.stretch(around: first..<end, in: $0, from: first, most: most)
            }
            #expect(found == naive(first..<end, text, first, most), "seed \(seed), most \(most)")
        }
    }

    @Test func `is never more than its bound, however long the text`() {
        let text = Array(String(repeating: "茶", count: 20_000).utf8)
        text.withUnsafeBufferPointer { text in
            for hit in [0..<3, 30_000..<30_003, 59_997..<60_000] {
                for (length, most) in [(1, 40), (30, 90), (4_000, 400)] {
                    #expect(Screening.stretch(around: hit, in: text, from: 0, [], length: length).count == 3 * most)
                }
            }
        }
    }

    @Test(
        arguments: [
            // The hit, the size of the lines that the model knows, what it is shown.
            ("根治", 4, "能根治的"), ("根治", 8, "能根治的"), ("根治", 9, "我们家这个能根治的"), ("根治", 13, "大家听我们家这个能根治的"),
            ("这个能根", 4, "我们家这个能根治的"), ("大家", 40, "大家听"), ("大家听我们家这个能根治的", 4, "大家听我们家这个能根治的"),
            ("今天", 3, "今天发"), ("今天", 10, "能根治的今天发"), ("今天", 40, "大家听我们家这个能根治的今天发"),
        ])
    func `is the segments of the hit, and before them as many as the model's lines were long`(
        hit: String, length: Int, shown: String
    ) throws {
        let segments = ["先说的，", "大家听", "我们家这个", "能根治的", "今天发"]
        var pieces: [CarryOver.Piece] = []
        var text: [UInt8] = []
        for segment in segments {
            pieces.append(
                .init(
                    topic: 0, partition: 0, offset: 0, segmentID: nil, startMS: 0, endMS: 0, textOffset: 0,
                    start: text.count))
            text += segment.utf8
        }
        let place = try #require(text.firstRange(of: Array(hit.utf8)))
        let found = text.withUnsafeBufferPointer {
            Screening.stretch(around: place, in: $0, from: segments[0].utf8.count, pieces, length: length)
        }
        #expect(String(decoding: text[found], as: UTF8.self) == shown)
    }

    @Test func `is measured by models of any size`() {
        var texts = LabelledTexts(bits: 12)
        for number in 0..<20 {
            var text = number.isMultiple(of: 2) ? "茶断根\(number)" : "茶发货\(number)"
            text.withUTF8 { texts.add($0, isConfirmed: number.isMultiple(of: 2)) }
        }
        var screens = Screens()
        _ = screens.add(cures)
        _ = screens.add(ScreenModel.learn(name: "n", from: texts))
        var other = asking("other")
        other.screen?.model = "n"
        let set = try! RuleSet(rules: [asking(), other, asking("third")], contentHash: "", screens: screens)
        let alerts = RoomStore(ruleSet: set).play([.say("这个茶断根")])
        let n = Double(Int(screens["n"]!.score("这个茶断根") * 100)) / 100, m = Double(percent("这个茶断根")) / 100
        #expect(alerts.map { $0.screen?.score } == [m, n, m])
    }
}

@Suite struct `A rule that counts only alone` {
    private static func wide(_ id: String, _ words: [String], _ severity: Severity = .medium) -> Rule {
        var wide = asking(id, words, least: 1)
        wide.screen?.isAlone = true
        wide.severity = severity
        return wide
    }

    private static func sharp(_ status: Rule.Status = .stable, _ severity: Severity = .high) -> Rule {
        var sharp = rule("sharp", parts: [["断根"]], windowMS: 60_000)
        (sharp.status, sharp.severity) = (status, severity)
        return sharp
    }

    @Test(
        arguments: [
            // What is said, the rule beside it, who tells of it.
            ("这个茶喝了就断根", sharp(), ["sharp"]), ("这个茶今天就发货", sharp(), ["wide"]),
            ("这个茶喝了就断根", sharp(.shadow), ["sharp", "wide"]), ("这个茶喝了就断根", sharp(.stable, .low), ["sharp", "wide"]),
            ("这个茶喝了就断根", sharp(.stable, .medium), ["sharp"]), ("喝了就断根", sharp(), ["sharp"]),
        ])
    func `leaves a text to one that is as grave and in force`(text: String, beside: Rule, tell: [RuleID]) {
        let set = set(Self.wide("wide", ["茶"]), beside)
        #expect(Set(RoomStore(ruleSet: set).play([.say(text)]).map(\.rule.id)) == Set(tell))
        let told = ClaimExplainer(ruleSet: set).explain(text).rules.filter {
            if case .fired = $0.outcome { true } else { false }
        }
        #expect(Set(told.map(\.ruleID)) == Set(tell))
    }

    @Test func `leaves it to the first of its kind`() {
        let rules = set(Self.wide("a", ["货"]), Self.wide("b", ["茶"]), Self.wide("c", ["茶", "货"]))
        #expect(RoomStore(ruleSet: rules).play([.say("这个茶今天就发货")]).map(\.rule.id) == ["a"])
        #expect(RoomStore(ruleSet: rules).play([.say("这个茶喝了")]).map(\.rule.id) == ["b"])
        let graver = set(Self.wide("a", ["货"]), Self.wide("b", ["茶"], .high))
        #expect(RoomStore(ruleSet: graver).play([.say("这个茶今天就发货")]).map(\.rule.id) == ["a", "b"])
    }

    @Test func `says why it is silent`() {
        let outcomes = ClaimExplainer(ruleSet: set(Self.wide("wide", ["茶"]), Self.sharp())).explain("这个茶喝了就断根").rules
        #expect(outcomes.first { $0.ruleID == "wide" }?.outcome == .missed(.leftTo("sharp")))
    }

    @Test func `is not silenced by a signal of a rule that looks at minutes`() {
        var steps = rule("steps", parts: [["断根"]], windowMS: 60_000)
        func word(_ text: String) -> Expression { .words(WordSet(terms: [Term(text)])) }
        steps.match = .timed([word("断根"), word("发货")], isOrdered: true, spanMS: 30_000)
        let store = RoomStore(ruleSet: set(Self.wide("wide", ["茶"]), steps))
        #expect(store.play([.say("这个茶喝了就断根", at: 0)]).map(\.rule.id) == ["wide"])
    }

    @Test func `counts where it is another room's, or another time's`() {
        let alerts = RoomStore(ruleSet: set(Self.wide("wide", ["茶"]), Self.sharp())).play([
            .say("喝了就断根。", at: 0), .say("这个茶今天就发货", at: 5_000), .say("这个茶", room: "r2", at: 6_000),
        ])
        #expect(alerts.map(\.rule.id) == ["sharp", "wide", "wide"])
    }
}

import ClaimRules
import LiveEvents
import TermMatching
import TestSupport
import Testing

@testable import ClaimDetection

private func words(_ texts: String...) -> ClaimRules.Expression {
    .words(WordSet(terms: texts.map { Term($0) }))
}

private func timed(_ steps: [ClaimRules.Expression], isOrdered: Bool = true, spanMS: Int64 = 30_000) -> Rule {
    var timed = rule("timed", parts: [["x"]])
    timed.match = .timed(steps, isOrdered: isOrdered, spanMS: spanMS)
    return timed
}

private let divert = timed([words("别在这儿拍"), words("扫那个码付")])
private let pitch: Rule = {
    var pitch = rule("pitch", parts: [["x"]])
    pitch.match = .score(
        RoomScore(
            weights: [
                .init(name: "signal", signal: words("腿软", "睡不好"), thousandths: 1_200),
                .init(name: "decline", signal: words("岁数"), thousandths: 600),
                .init(name: "must", signal: words("必须吃"), thousandths: 1_500),
                .init(name: "order", signal: words("拍一单"), thousandths: -200),
            ], windowMS: 180_000, threshold: 3_000, minDistinct: 3))
    return pitch
}()

private func say(_ said: [(Int64, String)], room: String = "r1") -> [Step] {
    said.map { .say($1, room: room, at: 1_000_000 + $0 * 1_000) }
}

@Suite struct `Steps in time` {
    struct Row: CustomTestStringConvertible {
        var name: String
        var rule = divert
        var said: [(Int64, String)]
        var alerts: Int
        var testDescription: String { name }
    }

    private static let all = timed([words("甲"), words("乙"), words("丙")], isOrdered: false, spanMS: 10_000)
    private static let three = timed([words("甲"), words("乙"), words("丙")], spanMS: 10_000)

    @Test(arguments: [
        Row(name: "one after the other", said: [(0, "别在这儿拍"), (20, "扫那个码付")], alerts: 1),
        Row(name: "in one segment", said: [(0, "别在这儿拍，扫那个码付")], alerts: 1),
        Row(name: "the first only", said: [(0, "别在这儿拍")], alerts: 0),
        Row(name: "the second only", said: [(0, "扫那个码付")], alerts: 0),
        Row(name: "in the wrong order", said: [(0, "扫那个码付"), (5, "别在这儿拍")], alerts: 0),
        Row(name: "at the end of the span", said: [(0, "别在这儿拍"), (30, "扫那个码付")], alerts: 1),
        Row(name: "a second too late", said: [(0, "别在这儿拍"), (31, "扫那个码付")], alerts: 0),
        Row(name: "the later start counts", said: [(0, "别在这儿拍"), (20, "别在这儿拍"), (45, "扫那个码付")], alerts: 1),
        Row(name: "each start is used once", said: [(0, "别在这儿拍"), (5, "扫那个码付"), (9, "扫那个码付")], alerts: 1),
        Row(name: "three steps", rule: three, said: [(0, "甲"), (4, "乙"), (9, "丙")], alerts: 1),
        Row(name: "the span is that of the whole", rule: three, said: [(0, "甲"), (6, "乙"), (12, "丙")], alerts: 0),
        Row(
            name: "a step in between said twice", rule: three, said: [(0, "甲"), (1, "乙"), (2, "甲"), (11, "丙")],
            alerts: 0),
        Row(name: "any order", rule: all, said: [(0, "丙"), (4, "甲"), (9, "乙")], alerts: 1),
        Row(name: "any order, too far apart", rule: all, said: [(0, "丙"), (4, "甲"), (11, "乙")], alerts: 0),
        Row(
            name: "any order, the latest of each", rule: all, said: [(0, "丙"), (4, "甲"), (9, "丙"), (14, "乙")], alerts: 1
        ),
        Row(
            name: "one stretch is not two steps", rule: timed([words("甲乙"), words("乙")]), said: [(0, "甲乙")], alerts: 0),
        Row(
            name: "the same words twice", rule: timed([words("甲"), words("甲")]), said: [(0, "甲"), (1, "甲")], alerts: 1),
    ])
    func `meet a rule`(row: Row) {
        let rooms = RoomStore(ruleSet: ruleSet(row.rule))
        #expect(rooms.play(say(row.said)).count == row.alerts)
    }

    @Test func `show what was said in each`() throws {
        let alerts = RoomStore(ruleSet: ruleSet(divert)).play(say([(0, "都别在这儿拍"), (20, "扫那个码付")]), from: 4)
        let alert = try #require(alerts.first)
        #expect(alert.evidence.map(\.matched) == ["别在这儿拍", "扫那个码付"])
        #expect(alert.evidence.map(\.source.offset) == [4, 5])
        #expect(alert.occurrences == 1)
        #expect(alert.roomScore == nil)
    }

    @Test func `are those of one room`() {
        let rooms = RoomStore(ruleSet: ruleSet(divert))
        #expect(rooms.play(say([(0, "别在这儿拍")]) + say([(1, "扫那个码付")], room: "r2")).isEmpty)
    }

    @Test func `are forgotten when the rule is another, which is counted`() {
        let rooms = RoomStore(ruleSet: ruleSet(divert))
        rooms.play(say([(0, "别在这儿拍")]))
        rooms.use(ruleSet(timed([words("别在这儿拍"), words("扫那个码付", "加我")])))
        #expect(rooms.play(say([(1, "扫那个码付")]), from: 1).isEmpty)
        #expect(rooms.counters[.accumulators] == 1)
        rooms.use(ruleSet(timed([words("别在这儿拍"), words("扫那个码付", "加我")])))
        #expect(rooms.play(say([(2, "别在这儿拍"), (3, "加我")]), from: 2).count == 1)
    }

    @Test func `wait for at most 64 rules of a room`() {
        let rules = (0..<70).map { number in
            var own = timed([words("起\(number)头"), words("收尾")])
            own.id = RuleID("r\(number)")
            return own
        }
        let rooms = RoomStore(ruleSet: try! RuleSet(rules: rules, contentHash: "0"))
        rooms.play(say((0..<70).map { (Int64($0) / 10, "起\($0)头。") }))
        #expect(rooms.counters[.accumulators] == 6)
        #expect(rooms.play(say([(8, "收尾")]), from: 70).count == 64)
    }

    @Test(arguments: UInt64(0)..<200)
    func `agree with all signals looked at again`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let count = Int.random(in: 2...4, using: &random)
        let span = Int64.random(in: 1...12, using: &random)
        let isOrdered = Bool.random(using: &random)
        let shape = TimedShape(.timed((0..<count).map { words("\($0)") }, isOrdered: isOrdered, spanMS: span))!
        var accumulator = Accumulator(rule: 0, shape: shape.hash)
        var seen: [(step: Int, time: Int64)] = []
        var time: Int64 = 0
        for _ in 0..<80 {
            time += Int64.random(in: 0...4, using: &random)
            let step = Int.random(in: 0..<count, using: &random)
            seen.append((step, time))
            let met = accumulator.take(step, at: time, [], shape) != nil
            var isMet = false
            if isOrdered {
                // Whether a chain of steps ends here: all choices.
                func chain(_ step: Int, before end: Int) -> Bool {
                    if step < 0 { return true }
                    return seen[..<end].indices.contains {
                        seen[$0].step == step && time - seen[$0].time <= span && chain(step - 1, before: $0)
                    }
                }
                isMet = step == count - 1 && chain(step - 1, before: seen.count - 1)
            } else {
                isMet = (0..<count).allSatisfy { own in seen.contains { $0.step == own && time - $0.time <= span } }
            }
            #expect(met == isMet, "seed \(seed)")
            if isMet { seen.removeAll() }
        }
    }
}

@Suite struct `A room's score` {
    private static func play(_ said: [(Int64, String)]) -> [Alert] {
        RoomStore(ruleSet: ruleSet(pitch)).play(say(said))
    }

    @Test func `adds up weak signals`() throws {
        let alerts = Self.play([(0, "腿软"), (40, "上了岁数"), (90, "必须吃")])
        let alert = try #require(alerts.first)
        #expect(alerts.count == 1)
        #expect(alert.roomScore == 3.3)
        #expect(alert.evidence.map(\.matched) == ["腿软", "岁数", "必须吃"])
    }

    @Test func `counts each kind once`() {
        #expect(Self.play([(0, "腿软"), (1, "睡不好"), (2, "腿软"), (3, "必须吃")]).isEmpty)
    }

    @Test func `is lowered by what speaks against it, and by time`() {
        #expect(Self.play([(0, "腿软"), (1, "岁数"), (2, "拍一单"), (3, "必须吃")]).count == 1)
        #expect(Self.play([(0, "腿软"), (1, "岁数"), (181, "必须吃")]).isEmpty)
        #expect(Self.play([(0, "腿软"), (1, "岁数"), (179, "必须吃")]).count == 1)
    }

    @Test func `raises when it crosses the threshold, and not again while it stays above`() {
        let rooms = RoomStore(ruleSet: ruleSet(pitch))
        let alerts = rooms.play(say([(0, "腿软"), (1, "岁数"), (2, "必须吃"), (3, "必须吃"), (4, "腿软")]))
        #expect(alerts.map(\.occurrences) == [1])
        #expect(rooms.counters.hits == 1)
    }

    @Test func `comes back after a restart`() {
        let said = say([(0, "腿软"), (1, "岁数"), (2, "必须吃"), (3, "腿软"), (200, "必须吃"), (210, "腿软"), (220, "岁数")])
        let whole = RoomStore(ruleSet: ruleSet(pitch)).play(said)
        #expect(whole.count == 2)
        for cut in 0...said.count {
            let first = RoomStore(ruleSet: ruleSet(pitch))
            var alerts = first.play(Array(said[..<cut]))
            var log = Changelog()
            log.take(from: first)
            let second = RoomStore(ruleSet: ruleSet(pitch))
            #expect(log.restore(into: second).unreadable.isEmpty)
            alerts += second.play(Array(said[cut...]), from: Int64(cut))
            #expect(alerts == whole)
        }
    }

    @Test(arguments: UInt64(0)..<200)
    func `agrees with all signals looked at again`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let weights = (0..<4).map { _ in Int.random(in: -500...1_500, using: &random) }
        let decays = Bool.random(using: &random)
        let score = RoomScore(
            weights: weights.enumerated().map { .init(name: "\($0)", signal: words("\($0)"), thousandths: $1) },
            windowMS: 20, threshold: 1_800, minDistinct: 2, decays: decays)
        let shape = TimedShape(.score(score))!
        var accumulator = Accumulator(rule: 0, shape: shape.hash)
        var seen: [(number: Int, time: Int64)] = []
        func isAbove() -> Bool {
            guard let now = seen.last?.time else { return false }
            var sum = 0
            var distinct = 0
            for number in 0..<4 {
                guard let latest = seen.last(where: { $0.number == number }), now - latest.time < 20 else { continue }
                sum += decays ? weights[number] * (20 - Int(now - latest.time)) / 20 : weights[number]
                if weights[number] > 0 { distinct += 1 }
            }
            return sum >= 1_800 && distinct >= 2
        }
        var time: Int64 = 0
        var met = 0
        for _ in 0..<100 {
            time += Int64.random(in: 0...6, using: &random)
            let number = Int.random(in: 0..<4, using: &random)
            let wasAbove = isAbove()
            let isNew = !seen.contains { $0.number == number && time - $0.time < 20 }
            seen.append((number, time))
            let expected = isAbove() && (!wasAbove || isNew && weights[number] > 0)
            let found = accumulator.take(number, at: time, [], shape)
            #expect((found != nil) == expected, "seed \(seed)")
            if found != nil { met += 1 }
        }
    }
}

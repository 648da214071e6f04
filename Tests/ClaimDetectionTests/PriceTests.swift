import ClaimRules
import LiveEvents
import TermMatching
import TestSupport
import Testing

@testable import ClaimDetection

private let dayMS: Int64 = 86_400_000
/// 08:00 of a day in China.
private let beginMS: Int64 = 1_767_225_600_000

private func offer(
    _ day: Double, _ price: Int64?, session: String = "s1", _ action: ListingEvent.Action = .updated, id: String = "l1",
    room: String = "r1", original: Int64? = nil
) -> Step {
    var event = ListingEvent(
        platform: "douyin", roomID: room, sessionID: session, listingID: id, action: action,
        timeMS: beginMS + Int64(day * Double(dayMS)))
    (event.priceCents, event.originalPriceCents) = (price, original)
    return .list(event)
}

private func say(_ day: Double, _ text: String, session: String = "s1", room: String = "r1", listing: String = "l1")
    -> Step
{
    .say(text, room: room, session: session, at: beginMS + Int64(day * Double(dayMS)), listing: listing)
}

private func asking(_ id: String, _ word: String, _ tests: FactTest..., unknown: UnknownFacts = .drop) -> Rule {
    var asking = rule(id, parts: [[word]], windowMS: 60_000)
    (asking.facts, asking.unknownFacts) = (tests, unknown)
    return asking
}

private let lowest = asking("lowest", "全网最低", FactTest(.price, .above(.fact(.price7dMin), byPercent: 0)))
private let former = asking("former", "原价", FactTest(.originalPrice, .above(.fact(.price7dMin), byPercent: 0)))
private let isLowest = asking("is", "真低价", FactTest(.price7dMin, .above(.fact(.price), byPercent: 0)))

@Suite struct `What goods cost before` {
    struct Row: CustomTestStringConvertible {
        var name: String
        var steps: [Step]
        var alerts: [String]
        var testDescription: String { name }
        init(_ name: String, _ steps: [Step], _ alerts: String...) {
            (self.name, self.steps, self.alerts) = (name, steps, alerts)
        }
    }

    @Test(arguments: [
        Row("is not known of one offer", [offer(0, 9_900), say(0.1, "全网最低")]),
        Row("was lower", [offer(0, 8_900), offer(1, 9_900), say(1.1, "全网最低")], "lowest"),
        Row(
            "was lower in another session", [offer(0, 8_900, session: "s0"), offer(1, 9_900), say(1.1, "全网最低")],
            "lowest"),
        Row("was lower in another room", [offer(0, 8_900, room: "r2"), offer(1, 9_900), say(1.1, "全网最低")]),
        Row("was lower of other goods", [offer(0, 8_900, id: "l2"), offer(1, 9_900), say(1.1, "全网最低")]),
        Row("was higher", [offer(0, 12_900), offer(1, 9_900), say(1.1, "全网最低")]),
        Row("was lower eight days ago", [offer(0, 8_900), offer(0.1, 9_900), say(8.1, "全网最低")]),
        Row("was lower seven days ago", [offer(0, 8_900), offer(0.1, 9_900), say(7.1, "全网最低")], "lowest"),
        Row("was lower until three days ago", [offer(0, 8_900), offer(7, 9_900), say(10, "全网最低")], "lowest"),
        Row("is not what goods cost now", [offer(0, 9_900, original: 12_900), say(0.1, "原价")]),
        Row("was the former price", [offer(0, 12_900), offer(1, 9_900, original: 12_900), say(1.1, "原价")]),
        Row(
            "was lower than the former price", [offer(0, 11_900), offer(1, 9_900, original: 12_900), say(1.1, "原价")],
            "former"),
        Row(
            "was as low in the session before",
            [offer(0, 9_900, session: "s0"), offer(1, 9_900, original: 12_900), say(1.1, "原价")], "former"),
        Row(
            "was as low before they went and came back",
            [offer(0, 9_900), offer(0.5, nil, .delisted), offer(1, 9_900, .listed, original: 12_900), say(1.1, "原价")],
            "former"),
        Row("is what they cost for seven days", [offer(0, 9_900, original: 12_900), say(7.1, "原价")], "former"),
        Row(
            "may have been lower as long as a week was not seen", [offer(0, 12_900), offer(1, 9_900), say(1.1, "真低价")]),
        Row("was higher for the whole week", [offer(0, 12_900), offer(7, 9_900), say(7.1, "真低价")], "is"),
        Row(
            "is left by an event that names no price",
            [offer(0, 8_900), offer(1, nil), offer(2, 9_900), offer(3, nil), say(3.1, "全网最低")], "lowest"),
    ])
    func `is compared`(row: Row) {
        let store = RoomStore(ruleSet: ruleSet(lowest, former, isLowest))
        #expect(store.play(row.steps).map(\.rule.id.rawValue) == row.alerts)
    }

    @Test func `stands in the alert beside the price`() throws {
        let alert = try #require(
            RoomStore(ruleSet: ruleSet(lowest)).play([offer(0, 8_900), offer(1, 9_900), say(1.1, "全网最低")]).first)
        #expect(alert.evidence.map(\.field) == ["text", "price_cents", "price_7d_min"])
        #expect(alert.evidence.map(\.matched) == ["全网最低", "9900", "8900"])
    }

    @Test func `is a lead where it is not known`() throws {
        let open = asking("open", "全网最低", FactTest(.price, .above(.fact(.price7dMin), byPercent: 0)), unknown: .verify)
        let alert = try #require(RoomStore(ruleSet: ruleSet(open)).play([offer(0, 9_900), say(0.1, "全网最低")]).first)
        #expect(alert.state == .known(.toVerify))
        #expect(alert.unknownFacts == ["price"])
    }

    @Test func `is kept only if a rule asks`() {
        var log = Changelog()
        let store = RoomStore(ruleSet: ruleSet(rule("other", parts: [["无"]])))
        store.play([offer(0, 8_900)])
        log.take(from: store)
        #expect(log.records.keys.allSatisfy { !String(decoding: $0, as: UTF8.self).hasPrefix(#"["p""#) })
        store.use(ruleSet(lowest))
        store.play([offer(1, 9_900), offer(2, 9_800)])
        log.take(from: store)
        #expect(log.records.keys.contains(Array(#"["p","douyin","r1","l1"]"#.utf8)))
        store.use(ruleSet(rule("other", parts: [["无"]])))
        log.take(from: store)
        #expect(log.records.keys.allSatisfy { !String(decoding: $0, as: UTF8.self).hasPrefix(#"["p""#) })
    }

    @Test func `is forgotten of the goods told of longest ago, which is counted`() {
        var limits = DetectionLimits()
        limits.maxPrices = 32
        let store = RoomStore(ruleSet: ruleSet(lowest), limits: limits)
        var log = Changelog()
        for number in 0..<40 {
            store.play([offer(Double(number) / 100, 8_900, id: "g\(number)")])
            log.take(from: store)
        }
        let kept = log.records.keys.count { String(decoding: $0, as: UTF8.self).hasPrefix(#"["p""#) }
        #expect(kept <= 32 && kept >= 28)
        #expect(store.counters[.prices] == 40 - kept)
        store.play([offer(1, 9_900, id: "g0"), offer(1, 9_900, id: "g39")])
        #expect(store.play([say(1.1, "全网最低", listing: "g0"), say(1.2, "全网最低", listing: "g39")]).count == 1)
    }

    private static func history(seed: UInt64) -> [Step] {
        var random = SplitMix64(seed: seed)
        var day = 0.0
        return (0..<80).map { _ in
            day += Double(Int.random(in: 1...30, using: &random)) / 40
            let session = "s\(Int(day / 1.5))"
            let id = "l\(Int.random(in: 0..<2, using: &random))"
            if Bool.random(using: &random) {
                return say(day, ["全网最低", "原价", "真低价"].randomElement(using: &random)!, session: session, listing: id)
            }
            return offer(
                day, [nil, 8_900, 9_900, 12_900].randomElement(using: &random)!, session: session,
                [.listed, .updated, .updated, .delisted].randomElement(using: &random)!, id: id,
                original: [nil, 9_900, 15_900].randomElement(using: &random)!)
        }
    }

    @Test(arguments: UInt64(0)..<60)
    func `comes back after a restart at any record`(seed: UInt64) {
        let set = ruleSet(lowest, former, isLowest)
        let steps = Self.history(seed: seed)
        let whole = RoomStore(ruleSet: set).play(steps)
        var topic = Changelog()
        var alerts: [Alert] = []
        for (number, step) in steps.enumerated() {
            let store = RoomStore(ruleSet: set)
            #expect(topic.restore(into: store).unreadable.isEmpty)
            alerts += store.play([step], from: Int64(number))
            topic.take(from: store)
        }
        #expect(alerts == whole, "seed \(seed)")
    }

    /// Against all offers that were ever made.
    @Test(arguments: UInt64(0)..<200)
    func `agrees with all offers looked at again`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var past = PastPrices(firstMS: beginMS, fen: 10, sinceMS: beginMS)
        var ended: [(from: Int64, to: Int64, fen: Int64)] = []
        var standing: (from: Int64, fen: Int64)? = (beginMS, 10)
        var now = beginMS
        for _ in 0..<60 {
            now += Int64.random(in: 0...(3 * dayMS), using: &random)
            if Bool.random(using: &random) {
                past.end(at: now)
                if let standing { ended.append((standing.from, now, standing.fen)) }
                standing = nil
                if Int.random(in: 0..<4, using: &random) > 0 {
                    standing = (now, Int64.random(in: 1...20, using: &random))
                    (past.fen, past.sinceMS) = (standing!.fen, now)
                }
            }
            func day(_ timeMS: Int64) -> Int64 { (timeMS + 8 * 3_600_000) / dayMS }
            var prices = ended.filter { day($0.to) >= day(now) - 7 }.map(\.fen)
            if let standing, standing.from <= now - 7 * dayMS { prices.append(standing.fen) }
            let found = past.minimum(before: now)
            #expect(found?.fen == prices.min(), "seed \(seed)")
            if let found { #expect(found.isWhole == (beginMS <= now - 7 * dayMS), "seed \(seed)") }
        }
    }
}

import ClaimRules
import LiveEvents
import TestSupport
import Testing

@testable import ClaimDetection

/// Whatever is written can be read back, and fits a Kafka message, under any limits that the configuration permits.
@Suite struct `What is written to the changelog` {
    /// The most that a broker takes in one record unless told otherwise.
    private static let maxMessageBytes = 1_000_000

    struct Extreme: CustomTestStringConvertible {
        var name: String
        var limits = DetectionLimits()
        var steps: [Step]
        var testDescription: String { name }
    }

    private static let set = ruleSet(
        rule("cure", parts: [["根治糖尿病"]]), rule("best", parts: [["最好"]]),
        rule("two", parts: [["根治"], ["糖尿病"]], within: 10_000))

    private static func limits(_ change: (inout DetectionLimits) -> Void) -> DetectionLimits {
        var limits = DetectionLimits()
        change(&limits)
        return limits
    }

    private static let extremes = [
        Extreme(
            name: "300 segments of one letter",
            steps: (0..<300).map { .say("a", at: 1_000_000 + Int64($0)) } + [.say("最好", at: 1_001_000)]),
        Extreme(
            name: "a match over 282 segments",
            steps: [.say("根")] + (0..<280).map { _ in .say("\u{AD}") } + [.say("治糖尿病")]),
        Extreme(
            name: "a match over 5,000 segments of a carry-over of 64 KiB",
            limits: limits { $0.maxCarryOverBytes = 65_536 },
            steps: [.say("根")] + (0..<5_000).map { _ in .say("\u{AD}") } + [.say("治糖尿病最好")]),
        Extreme(
            name: "a text of 400 KB inside one match",
            limits: limits { $0.maxCarryOverBytes = 65_536 },
            steps: [.say("根" + String(repeating: "\u{AD}", count: 200_000) + "治糖尿病")]),
        Extreme(
            name: "control characters, which JSON makes six times as long",
            limits: limits { $0.maxCarryOverBytes = 65_536 },
            steps: (0..<8).map {
                .say(String(repeating: "\u{1}", count: 8_000) + "最好" + String(repeating: "\u{1}", count: 100) + "\($0)")
            }),
        Extreme(
            name: "a title of 1.5 MB",
            steps: [.listing("l", "最好" + String(repeating: "\u{1}", count: 1_500_000)), .say("最好", listing: "l")]),
        Extreme(
            name: "ids and names of control characters",
            steps: [
                .listing(String(repeating: "\u{2}", count: 256), "最好"),
                .say("最好", room: "r1", speaker: String(repeating: "\u{3}", count: 256)),
            ]),
        Extreme(name: "no carry-over", limits: limits { $0.maxCarryOverBytes = 0 }, steps: [.say("最"), .say("好最好")]),
    ]

    @Test(arguments: extremes)
    func `is read back and fits a message`(extreme: Extreme) {
        let first = RoomStore(ruleSet: Self.set, limits: extreme.limits)
        for alert in first.play(extreme.steps) {
            var bytes: [UInt8] = []
            alert.encode(into: &bytes)
            #expect(bytes.count <= Self.maxMessageBytes)
        }
        // Everything is too old to be read again, so carry-overs are written too.
        _ = first.replayOffset(noEarlierThan: .max)
        var log = Changelog()
        log.take(from: first)
        #expect(log.records.values.allSatisfy { $0.count <= Self.maxMessageBytes })
        #expect(!log.records.isEmpty)

        let second = RoomStore(ruleSet: Self.set, limits: extreme.limits)
        #expect(log.restore(into: second).unreadable.isEmpty)
        let more: [Step] = [.say("最好", at: 1_002_000), .say("根治糖尿病", at: 1_003_000)]
        let next = Int64(extreme.steps.count)
        #expect(second.play(more, from: next) == first.play(more, from: next))
        // And under the smallest limits as well.
        let least = Self.limits {
            $0.maxRooms = 1
            $0.maxListingsPerRoom = 1
            $0.maxCarryOverBytes = 0
            $0.maxOccurrences = 1
        }
        let third = RoomStore(ruleSet: Self.set, limits: least)
        #expect(log.restore(into: third).unreadable.isEmpty)
        third.play(more, from: next)
    }

    @Test func `counts evidence that is cut`() {
        let rooms = RoomStore(ruleSet: Self.set)
        let alerts = rooms.play([.say("根" + String(repeating: "\u{AD}", count: 20_000) + "治糖尿病")])
        #expect(rooms.counters[.evidence] > 0)
        #expect(alerts.allSatisfy { !$0.evidence.isEmpty && $0.evidence.allSatisfy { $0.matched.utf8.count <= 1_024 } })
    }

    @Test func `counts a carry-over of too many segments`() {
        let rooms = RoomStore(ruleSet: Self.set, limits: Self.limits { $0.maxCarryOverBytes = 65_536 })
        rooms.play((0..<600).map { .say("a", at: 1_000_000 + Int64($0)) })
        #expect(rooms.counters[.segments] == 600 - CarryOver.maxPieces)
    }
}

@Suite struct `Listings` {
    private static let set = ruleSet(rule("best", parts: [["最好"]], product: .init(categories: ["食品"], excluded: [])))

    @Test func `are told apart by the bytes of their ids`() {
        let rooms = RoomStore(ruleSet: Self.set)
        rooms.play([
            .listing("\u{E9}", "a", category: "食品"), .listing("e\u{301}", "b", category: "食品"),
            .listing("e\u{301}", "b", action: .delisted),
        ])
        let alerts = rooms.play([.say("最好", listing: "\u{E9}")], from: 3)
        #expect(alerts.first?.listing?.title == "a")
        var log = Changelog()
        log.take(from: rooms)
        let second = RoomStore(ruleSet: Self.set)
        #expect(log.restore(into: second).rooms == 1)
        #expect(second.play([.say("最好", listing: "\u{E9}")], from: 4).first?.listing?.title == "a")
    }

    @Test(arguments: [
        ("食品", "食品", true), ("食品/水产/冻虾", "水产", true), ("保健食品", "食品", false), ("食品＞水产", "食品/水产", true),
        ("食品 / 水 产", "水产", true), ("食品›水产|冻虾", "水产／冻虾", true), ("水产/食品", "食品/水产", false), ("食品/水產", "水产", true),
        ("", "食品", false), ("食品", "", false), ("//食品//", "食品", true), ("食\0品", "食品", true),
    ])
    func `have categories compared by whole components`(path: String, name: String, isIn: Bool) {
        #expect(CategoryPath(path).contains(CategoryPath(name)) == isIn)
    }

    @Test func `have at most 32 components that count`() {
        let path = (1...40).map { "c\($0)" }.joined(separator: "/")
        #expect(CategoryPath(path).contains(CategoryPath("c32")))
        #expect(!CategoryPath(path).contains(CategoryPath("c33")))
    }

    @Test func `are looked through once for each rule, however many hits a text has`() {
        var listings = ActiveListings()
        var categories = CategoryCache()
        for number in 0..<500 {
            let step = Step.listing("l\(number)", "x", category: "服饰")
            if case .list(let event) = step {
                let source = RecordSource(topic: "t", partition: 0, offset: 0)
                _ = listings.apply(event, from: source, limits: DetectionLimits(), &categories)
            }
        }
        var looks = 0
        for _ in 0..<1_000 {
            let fits = listings.fitsAny(rule: 3) { _ in
                looks += 1
                return false
            }
            #expect(!fits)
        }
        #expect(looks == 500)
    }
}

@Suite struct `The table of rooms` {
    private static func number(_ table: inout RoomTable, _ id: String) -> Int32 {
        let bytes = Array(id.utf8)
        return bytes.withUnsafeBufferPointer { table.number(UnsafeBufferPointer(rebasing: $0[..<1]), $0, $0) }
    }

    @Test(arguments: UInt64(0)..<20)
    func `finds, makes and forgets rooms as a list would`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var table = RoomTable()
        // The one used last stands last.
        var naive: [String] = []
        for _ in 0..<2_000 {
            if Int.random(in: 0..<4, using: &random) == 0, !naive.isEmpty {
                let oldest = naive.removeFirst()
                guard let room = table.removeOldest() else {
                    Issue.record("no room left")
                    return
                }
                #expect(String(decoding: room.roomID, as: UTF8.self) == oldest)
            } else {
                let id = "room \(Int.random(in: 0..<300, using: &random))"
                let number = Self.number(&table, id)
                #expect(String(decoding: table.room(number).pointee.sessionID, as: UTF8.self) == id)
                naive.removeAll { $0 == id }
                naive.append(id)
            }
            #expect(table.count == naive.count)
        }
        let ids = table.numbers.map { String(decoding: table.room($0).pointee.roomID, as: UTF8.self) }
        #expect(ids == naive.reversed())
    }
}

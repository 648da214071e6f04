import ClaimDetection
import ClaimRules
import Foundation
import LiveEvents
import RuleTesting
import Testing

enum TestPacks {
    static func load(_ folder: URL, _ names: String...) throws -> LoadedPacks {
        RulePackLoader.load(
            try names.map { name in
                let bytes = try Data(contentsOf: folder.appending(path: "\(name).yaml"))
                return PackFile(path: "\(name).yaml", bytes: Array(bytes))
            })
    }
}

/// The six rules that a lawyer sketched before there was a language for them: an effect on a disease with the law by goods,
/// results in time, superlatives with exemptions, testimonials over two segments, a pitch that adds up, and a function
/// beyond the registration.
@Suite struct `The rules that lawyers sketched` {
    @Test func `can be written, and their examples come out`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Sketches")
        let loaded = try TestPacks.load(folder, "words", "pitch", "rules")
        #expect(loaded.problems.map(\.description) == [])
        let tests = try ExampleTests.run(loaded)
        #expect(tests.count == 28)
        #expect(tests.failures.map { "\($0.rule): \($0.example.text) \($0.cause)" } == [])
    }
}

/// Whole rooms with ground truth: three simulated ones, and rules written for them in claimwatch/2.
///
/// What only its meaning gives away (低俗擦边 of r13) has no rule.
@Suite struct `Rooms with ground truth` {
    struct Room: CustomTestStringConvertible {
        let id: String
        /// In order of time; the number of an event is its offset.
        let records: [[UInt8]]
        /// Labels with the segments in which they are said.
        let truths: [(label: String, segments: [Int64])]
        let hardNegatives: [Int64]
        var testDescription: String { id }
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Rooms")

    private static func ruleSet() throws -> RuleSet {
        let loaded = try TestPacks.load(folder, "words", "rooms")
        #expect(loaded.problems.map(\.description) == [])
        #expect(try ExampleTests.run(loaded).failures.map { "\($0.rule): \($0.example.text) \($0.cause)" } == [])
        return try #require(loaded.ruleSet)
    }

    static let rooms: [Room] = {
        let text = try! String(contentsOf: folder.appending(path: "rooms.jsonl"), encoding: .utf8)
        return text.split(separator: "\n").map { line in
            let room = try! JSONSerialization.jsonObject(with: Data(line.utf8)) as! [String: Any]
            let segments = room["segments"] as! [[String: Any]]
            let listings = room["listing_events"] as! [[String: Any]]
            let events =
                segments.map { (time: $0["start_ms"] as! Int64, event: $0) }
                + listings.map { (time: $0["time_ms"] as! Int64, event: $0) }
            let truths = room["truth"] as! [[String: Any]]
            return Room(
                id: room["id"] as! String,
                records: events.sorted { $0.time < $1.time }.map {
                    Array(try! JSONSerialization.data(withJSONObject: $0.event))
                },
                truths: truths.filter { $0["reach"] as! String != "implied" }.map {
                    ($0["label"] as! String, ($0["segment_ids"] as! [Int]).map(Int64.init))
                },
                hardNegatives: (room["hard_negatives"] as! [[String: Any]]).flatMap {
                    ($0["segment_ids"] as! [Int]).map(Int64.init)
                })
        }
    }()

    @Test(arguments: rooms)
    func `every truth is seen, and nothing else`(room: Room) throws {
        let alerts = play(room, RoomStore(ruleSet: try Self.ruleSet()))
        for truth in room.truths {
            let hit = alerts.first { alert in
                alert.rule.category == truth.label
                    && alert.evidence.contains { $0.segmentID.map(truth.segments.contains) ?? false }
            }
            #expect(hit != nil, "\(truth)")
        }
        for alert in alerts {
            let segments = alert.evidence.compactMap(\.segmentID)
            #expect(
                room.truths.contains {
                    $0.label == alert.rule.category && $0.segments.contains(where: segments.contains)
                },
                "\(alert.rule.id) \(alert.evidence.map(\.quote))")
            #expect(!segments.contains(where: room.hardNegatives.contains))
        }
    }

    /// A restart after every record, each with the changelog and the replay that the one before left.
    @Test(arguments: rooms)
    func `are decided alike with a restart at any record`(room: Room) throws {
        let ruleSet = try Self.ruleSet()
        let whole = play(room, RoomStore(ruleSet: ruleSet))
        var store = RoomStore(ruleSet: ruleSet)
        var alerts: [Alert] = []
        var changelog: [StateChange] = []
        let decoder = EventDecoder()
        for number in room.records.indices {
            try take(room.records[number], decoder) { store.process($0, origin: origin(number)) { alerts.append($0) } }
            let replay = store.replayOffset(noEarlierThan: Int64(number) - 3).map(Int.init) ?? number + 1
            store.flushChangelog { changelog.append($0) }
            store = RoomStore(ruleSet: ruleSet)
            for change in changelog {
                change.key.withUnsafeBufferPointer { key in
                    if let value = change.value {
                        value.withUnsafeBufferPointer { store.restore(key: key, value: $0) }
                    } else {
                        store.restore(key: key, value: nil)
                    }
                }
            }
            #expect(store.finishRestore().unreadable.isEmpty)
            for earlier in replay..<number + 1 where replay <= number {
                try take(room.records[earlier], decoder) { store.replay($0, origin: origin(earlier)) }
            }
        }
        #expect(alerts == whole)
    }

    private func play(_ room: Room, _ store: RoomStore) -> [Alert] {
        var alerts: [Alert] = []
        let decoder = EventDecoder()
        for (number, record) in room.records.enumerated() {
            try! take(record, decoder) { store.process($0, origin: origin(number)) { alerts.append($0) } }
        }
        return alerts
    }

    private func take(_ record: [UInt8], _ decoder: EventDecoder, _ body: (LiveEvent) -> Void) throws {
        try record.withUnsafeBufferPointer { body(try decoder.decode($0)) }
    }

    private func origin(_ number: Int) -> RecordOrigin {
        RecordOrigin(source: RecordSource(topic: "live", partition: 0, offset: Offset(Int64(number))))
    }
}

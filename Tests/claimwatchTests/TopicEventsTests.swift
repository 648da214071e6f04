import ClaimDetection
import Foundation
import KafkaTransport
import LiveEvents
import Testing

@testable import claimwatch

/// The input topics read once, on the embedded cluster.
@Suite(.serialized) struct `Events of topics` {
    private let cluster: EmbeddedCluster
    private var settings = Settings()

    init() throws {
        cluster = try EmbeddedCluster(brokers: 1)
        settings.bootstrapServers = cluster.bootstrapServers
        for topic in ["live.transcripts", "live.listings"] { try cluster.createTopic(topic, partitions: 2) }
    }

    private func send(_ records: [(topic: String, partition: Int32, timeMS: Int64, value: String)]) throws {
        let producer = try Producer(settings.properties)
        for record in records {
            var value = record.value
            try value.withUTF8 {
                try producer.produce(
                    topic: record.topic, partition: record.partition, key: nil, value: $0, timestampMS: record.timeMS)
            }
        }
        try producer.flush(timeoutMS: 10_000)
    }

    private static func segment(_ number: Int) -> String {
        """
        {"schema":"transcript.v1","platform":"p","room_id":"r","session_id":"s","segment_id":\(number),"is_final":true,\
        "start_ms":\(number),"end_ms":\(number + 1),"text":"第\(number)句"}
        """
    }

    private static func listing(_ id: String) -> String {
        """
        {"schema":"listing.v1","platform":"p","room_id":"r","session_id":"s","listing_id":"\(id)","action":"listed","time_ms":5}
        """
    }

    private func read(_ range: TopicEvents.Range = .init()) throws -> (places: [String], bad: Int) {
        var places: [String] = []
        var bad = BadLines()
        try TopicEvents(settings, range).read(&bad) { _, origin in
            places.append("\(origin.source.topic.dropFirst(5))/\(origin.source.partition)@\(origin.source.offset)")
        }
        return (places, bad.count)
    }

    @Test func `come merged by the time of their records, partition after partition, each once`() throws {
        defer { withExtendedLifetime(cluster) {} }
        let start: Int64 = 1_795_800_000_000
        try send([
            ("live.transcripts", 0, start + 10, Self.segment(1)), ("live.transcripts", 0, start + 30, Self.segment(2)),
            ("live.listings", 0, start + 20, Self.listing("a")), ("live.listings", 0, start + 30, Self.listing("b")),
            ("live.transcripts", 1, start + 5, Self.segment(3)), ("live.transcripts", 1, start + 6, "no event"),
        ])
        let all = [
            "transcripts/0@0", "listings/0@0", "listings/0@1", "transcripts/0@1", "transcripts/1@0",
        ]
        #expect(try read().places == all)
        #expect(try read().bad == 1)
        // Nothing was committed: a second read gives the same.
        #expect(try read(.init(from: start + 20, to: start + 30)).places == ["listings/0@0"])
        #expect(try read(.init(last: 1)).places == ["listings/0@1", "transcripts/0@1"])
    }

    @Test func `of empty topics are none`() throws {
        defer { withExtendedLifetime(cluster) {} }
        #expect(try read().places == [])
    }

    @Test(
        arguments: [
            ("2026-11-27", 1_795_708_800_000), ("2026-11-27T20:00", 1_795_780_800_000),
            ("2026-11-27T12:00:00Z", 1_795_780_800_000), ("2026-11-27T12:00:00+00:00", 1_795_780_800_000),
            ("gestern", nil),
            ("2026-13-01", nil),
        ] as [(String, Int64?)])
    func `are chosen by points in time`(text: String, milliseconds: Int64?) {
        #expect(PointInTime.milliseconds(text) == milliseconds)
    }
}

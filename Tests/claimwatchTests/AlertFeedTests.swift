import KafkaTransport
import LiveEvents
import StreamShell
import Testing

@testable import claimwatch

@Suite struct `Alert feed` {
    @Test func `gives each published alert once`() throws {
        let cluster = try EmbeddedCluster()
        let stage = try DemoStage(cluster: cluster, rooms: 1)
        let feed = try AlertFeed(stage.settings, partitions: DemoStage.partitions)

        let producer = try Producer(stage.settings.properties)
        for id in ["a", "b"] {
            var json: [UInt8] = []
            alert(id: id).encode(into: &json)
            try json.withUnsafeBufferPointer {
                try producer.produce(topic: stage.settings.stream.alertsTopic, key: nil, value: $0)
            }
        }
        try producer.flush(timeoutMS: 10_000)
        var ids: [String] = []
        for _ in 0..<1000 where ids.count < 2 { ids += try feed.next(timeoutMS: 100).map(\.alertID) }
        #expect(ids.sorted() == ["a", "b"])
    }

    private func alert(id: String) -> Alert {
        Alert(
            alertID: id, revision: 1, mode: .live,
            rule: Alert.Rule(
                id: "r", revision: 1, pack: "p", title: "t", category: "c", severity: .known(.low), legalBasis: [],
                legalTrack: .known(.price)),
            ruleset: "h", platform: "demo", roomID: "r", sessionID: "s", speaker: nil, listing: nil, evidence: [],
            score: 1, evasion: false, occurrences: 1, window: Alert.Window(startMS: 0, endMS: 1),
            categoryUnresolved: false, region: nil, eventTimeMS: 0, trace: nil)
    }
}

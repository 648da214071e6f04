import ClaimRules
import Foundation
import KafkaTransport
import LiveEvents
import Synchronization

/// The demo's Kafka and the rooms that talk into it.
///
/// A thread of its own plays the rooms, each about one sentence or listing a second.
final class DemoStage: Sendable {
    /// Equal for speech, listings and state; a few, so that more than one worker would have work.
    static let partitions: Int32 = 4
    private static let tick: useconds_t = 50_000

    let settings: Settings
    let rooms: Int
    private let played = Atomic<Int>(0)
    private let isStopping = Atomic<Bool>(false)
    private let failureText = Mutex<String?>(nil)

    /// Records written to the input topics so far.
    var eventsPlayed: Int { played.load(ordering: .relaxed) }
    /// Why the player stopped before its time, if it did.
    var playerFailure: String? { failureText.withLock { $0 } }

    /// Creates the topics in the cluster. The cluster must outlive the stage.
    init(cluster: EmbeddedCluster, rooms: Int, rules: String) throws(KafkaError) {
        var settings = Settings()
        settings.bootstrapServers = cluster.bootstrapServers
        settings.rules = rules
        settings.group = "demo"
        self.settings = settings
        self.rooms = rooms
        for topic in TopicPlan(settings).topics {
            try cluster.createTopic(topic.name, partitions: Self.partitions)
        }
    }

    /// Plays until `stop`.
    func start() {
        Thread.detachNewThread {
            do throws(KafkaError) {
                try self.play()
            } catch {
                self.failureText.withLock { $0 = "\(error)" }
            }
        }
    }

    func stop() { isStopping.store(true, ordering: .relaxed) }

    private func play() throws(KafkaError) {
        let producer = try Producer(settings.properties)
        let startMS = Int64(Date().timeIntervalSince1970 * 1000)
        var simulated = (0..<rooms).map { SimulatedRoom(number: $0, startMS: startMS) }
        var random = SplitMix64(seed: 7)
        let ticksPerSecond = 1_000_000 / Int(Self.tick)
        while !isStopping.load(ordering: .relaxed) {
            for index in simulated.indices where Int.random(in: 0..<ticksPerSecond, using: &random) == 0 {
                try send(simulated[index].next(), roomID: simulated[index].roomID, producer)
                played.add(1, ordering: .relaxed)
            }
            try producer.flush(timeoutMS: 10_000)
            usleep(Self.tick)
        }
    }

    private func send(
        _ record: SimulatedRoom.Record, roomID: String, _ producer: Producer
    ) throws(KafkaError) {
        let topic = record.topic == .transcripts ? settings.topics.transcripts : settings.topics.listings
        let key = Array(roomID.utf8)
        try key.withUnsafeBufferPointer { key throws(KafkaError) in
            try record.value.withUnsafeBufferPointer { value throws(KafkaError) in
                try producer.produce(topic: topic, key: key, value: value)
            }
        }
    }
}

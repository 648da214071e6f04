import ClaimRules
import Foundation
import KafkaTransport
import StreamEngine
import StreamShell
import StreamSimulation
import Synchronization

/// The demo's Kafka and the rooms that talk into it.
///
/// A thread of its own sends each event when its time has come; a room speaks about once a second.
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
    init(cluster: EmbeddedCluster, rooms: Int) throws(KafkaError) {
        var settings = Settings()
        settings.bootstrapServers = cluster.bootstrapServers
        settings.stream.group = "demo"
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
        var generator = EventGenerator(rooms: rooms, seed: 7, claimShare: 0.035, startMS: Self.nowMS, pauseMS: 1000)
        var upcoming = generator.next()
        while !isStopping.load(ordering: .relaxed) {
            let nowMS = Self.nowMS
            while let event = upcoming, event.timeMS <= nowMS {
                try send(event, producer)
                played.add(1, ordering: .relaxed)
                upcoming = generator.next()
            }
            try producer.flush(timeoutMS: 10_000)
            usleep(Self.tick)
        }
    }

    private static var nowMS: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

    private func send(_ event: EventGenerator.Event, _ producer: Producer) throws(KafkaError) {
        let topic = settings.stream.worker.name(of: event.topic)
        let key = Array(event.roomID.utf8)
        try key.withUnsafeBufferPointer { key throws(KafkaError) in
            try event.json.withUnsafeBufferPointer { value throws(KafkaError) in
                try producer.produce(topic: topic, key: key, value: value)
            }
        }
    }
}

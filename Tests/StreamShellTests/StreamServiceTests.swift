import ClaimRules
import KafkaTransport
import StreamEngine
import StreamShell
import Synchronization
import Testing

@Suite(.serialized) struct `A stream service on the embedded cluster` {
    static func noRules() throws -> RuleSet { try RuleSet(rules: [], contentHash: "0123") }

    static func configuration(_ cluster: EmbeddedCluster) -> StreamConfiguration {
        var configuration = StreamConfiguration()
        configuration.properties = KafkaProperties([("bootstrap.servers", cluster.bootstrapServers)])
        configuration.instance = "test"
        configuration.checksStateTopic = false
        return configuration
    }

    static func createTopics(on cluster: EmbeddedCluster, listingsPartitions: Int32 = 2) throws {
        try cluster.createTopic("live.transcripts", partitions: 2)
        try cluster.createTopic("live.listings", partitions: listingsPartitions)
        try cluster.createTopic("claimwatch-state", partitions: 2)
        for topic in ["live.alerts", "live.alerts.shadow", "live.deadletters"] {
            try cluster.createTopic(topic, partitions: 1)
        }
    }

    @Test func `names the missing topics`() throws {
        let cluster = try EmbeddedCluster(brokers: 1)
        let service = try StreamService(Self.configuration(cluster), ruleSet: Self.noRules())
        let error = #expect(throws: StartupError.self) { try service.run() }
        #expect(error?.exitCode == 78)
        #expect(error?.description.contains("live.transcripts") == true)
    }

    @Test func `refuses unequal partition counts`() throws {
        let cluster = try EmbeddedCluster(brokers: 1)
        try Self.createTopics(on: cluster, listingsPartitions: 3)
        let service = try StreamService(Self.configuration(cluster), ruleSet: Self.noRules())
        let error = #expect(throws: StartupError.self) { try service.run() }
        #expect(error?.exitCode == 78)
        #expect(error?.description.contains("live.listings has 3") == true)
    }

    @Test func `refuses a producer limit that no dead letter would pass, before it asks a broker`() throws {
        let cluster = try EmbeddedCluster(brokers: 1)
        var configuration = Self.configuration(cluster)
        configuration.properties["message.max.bytes"] = "20000"
        let service = try StreamService(configuration, ruleSet: Self.noRules())
        let error = #expect(throws: StartupError.self) { try service.run() }
        #expect(error?.exitCode == 78)
        #expect(error?.description.contains("message.max.bytes") == true)
    }

    @Test func `sets broken records aside once and stops cleanly`() throws {
        let cluster = try EmbeddedCluster(brokers: 1)
        try Self.createTopics(on: cluster)
        let producer = try Producer(KafkaProperties([("bootstrap.servers", cluster.bootstrapServers)]))
        for number in 0..<10 {
            try Array("room-\(number)".utf8).withUnsafeBufferPointer { key in
                try Array("not JSON".utf8).withUnsafeBufferPointer { value in
                    try producer.produce(topic: "live.transcripts", key: key, value: value)
                }
            }
        }
        try producer.flush(timeoutMS: 10_000)
        producer.close()
        let service = try StreamService(Self.configuration(cluster), ruleSet: Self.noRules())
        let watcher = StopWhen(service) { $0.deadLetters >= 10 }
        watcher.start()
        try service.run()
        #expect(service.statistics.events == 10)
        #expect(service.statistics.deadLetters == 10)
        let reader = try LogReader(KafkaProperties([("bootstrap.servers", cluster.bootstrapServers)]))
        var seen = 0
        _ = try reader.read(
            TopicPartition(topic: "live.deadletters", partition: 0), from: .earliest, timeoutMS: 10_000
        ) { _ in seen += 1 }
        #expect(seen == 10)
    }
}

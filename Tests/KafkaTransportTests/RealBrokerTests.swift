import KafkaTransport
import Testing

@Suite(.serialized) struct `Real broker` {
    let broker: BrokerForTests
    let input = TopicPartition(topic: "input", partition: 0)
    let output = TopicPartition(topic: "output", partition: 0)

    init() throws {
        broker = try BrokerForTests()
        let outcomes = try AdminClient(broker.properties).createTopics(
            ["input", "output"].map {
                .init(name: $0, partitions: 2, replication: 1, config: [("retention.bytes", "50000000")])
            }, timeoutMS: 10_000)
        for (name, error) in outcomes { #expect(error == nil, "\(name)") }
    }

    private func transactional(_ id: String = "worker") throws -> TransactionalProducer {
        let producer = try TransactionalProducer(broker.properties, transactionalID: id)
        try producer.initTransactions()
        return producer
    }

    private func committedValues(_ p: TopicPartition, from: LogReader.Start = .earliest) throws
        -> (values: [String], next: Int64)
    {
        var values: [String] = []
        let next = try LogReader(broker.properties).read(p, from: from, timeoutMS: 10_000) {
            values.append(String(decoding: $0.value!, as: UTF8.self))
        }
        return (values, next)
    }

    @Test func `records, offsets and metadata commit together; an abort leaves nothing`() throws {
        defer { withExtendedLifetime(broker) {} }
        try Producer(broker.properties).send(["1", "2", "3"], to: input)
        let member = try GroupMember(broker.properties, group: "workers", topics: ["input"])
        try member.join()
        #expect(try member.consumer.committed([input], timeoutMS: 5000).first?.offset == nil)
        #expect(try member.readToEnd(input).values == ["1", "2", "3"])

        let producer = try transactional()
        try producer.begin()
        try producer.send(["dropped"], to: output)
        try producer.sendOffsets([.init(partition: input, offset: 1, metadata: "dropped")], for: member.consumer)
        try producer.flush(timeoutMS: 10_000)
        try producer.abort()
        #expect(try committedValues(output).values == [])
        #expect(try member.consumer.committed([input], timeoutMS: 5000).first?.offset == nil)

        try producer.begin()
        try producer.send(["kept", "too"], to: output)
        try producer.flush(timeoutMS: 10_000)
        let end = try #require(producer.deliveredEnd(producer.topic(output.topic), output.partition))
        #expect(try committedValues(output).values == [])
        try producer.sendOffsets(
            [.init(partition: input, offset: 3, metadata: #"{"replay":2}"#)], for: member.consumer)
        try producer.commit()

        let read = try committedValues(output)
        #expect(read.values == ["kept", "too"])
        // The commit marker takes an offset of its own.
        #expect(read.next == end + 1)
        #expect(try committedValues(output, from: .at(read.next)).values == [])
        #expect(
            try member.consumer.committed([input], timeoutMS: 5000)
                == [CommittedOffset(partition: input, offset: 3, metadata: #"{"replay":2}"#)])

        // From the middle of a partition without aborts: this broker, unlike Kafka, also lists aborted transactions
        // that ended before the offset asked for, and so hides the same producer's later records.
        let clean = TopicPartition(topic: "output", partition: 1)
        try producer.begin()
        try producer.send(["a", "b"], to: clean)
        try producer.commit()
        #expect(try committedValues(clean, from: .at(1)).values == ["b"])
        member.consumer.close()
    }

    @Test func `a newer producer of the same id fences the older`() throws {
        defer { withExtendedLifetime(broker) {} }
        let older = try transactional()
        try older.begin()
        try older.send(["zombie"], to: output)
        try older.flush(timeoutMS: 10_000)
        let newer = try transactional()
        let error = #expect(throws: KafkaError.self) {
            try older.send(["zombie again"], to: output)
            try older.commit()
        }
        #expect(error?.errorClass == .fatal, "\(String(describing: error))")
        try newer.begin()
        try newer.send(["alive"], to: output)
        try newer.commit()
        #expect(try committedValues(output).values == ["alive"])
    }

    @Test func `a group member survives rewinds with records on the way`() throws {
        defer { withExtendedLifetime(broker) {} }
        let values = (0..<3000).map { "value \($0)" }
        try Producer(broker.properties).send(values, to: input)
        let member = try GroupMember(broker.properties, group: "rewind", topics: ["input"])
        try member.join()
        for start in [0, 1500, 2999, 10] {
            // Cut short, so that fetched records are still in the queue.
            var batch = RecordBatch(capacity: 10)
            _ = member.consumer.fetch(input, into: &batch, max: 10)
            batch.removeAll()
            try member.consumer.assign(member.partitions.map { ($0, $0 == input ? Int64(start) : 0) })
            #expect(try member.readToEnd(input).offsets == (start..<3000).map(Int64.init))
        }
        try member.consumer.assign(member.partitions.map { ($0, 99_999) })
        let error = #expect(throws: KafkaError.self) { try member.readToEnd(input) }
        #expect(error?.isOffsetOutOfRange == true, "\(String(describing: error))")
        member.consumer.close()
    }

    @Test func `a member holds partitions without reading, hears of a rebalance meanwhile, and reads on later`() throws
    {
        defer { withExtendedLifetime(broker) {} }
        try Producer(broker.properties).send(["1", "2"], to: input)
        let member = try GroupMember(broker.properties, group: "holders", topics: ["input"])
        try member.join()
        try member.consumer.hold()
        #expect(!member.consumer.keepAlive())
        try member.consumer.assign(member.partitions.map { ($0, 0) })
        #expect(try member.readToEnd(input).values == ["1", "2"])

        try member.consumer.hold()
        let second = try GroupMember(broker.properties, group: "holders", topics: ["input"])
        let deadline = ContinuousClock.now + .seconds(15)
        while !member.consumer.keepAlive() {
            try #require(ContinuousClock.now < deadline)
            _ = second.consumer.nextEvent()
            member.wakeup.wait(timeoutMS: 50)
        }
        guard case .revoke(let partitions, lost: false) = member.consumer.nextEvent() else {
            Issue.record("no revoke after keepAlive announced a rebalance")
            return
        }
        #expect(Set(partitions) == Set(member.partitions))
        try member.consumer.unassign()
        second.consumer.close()
        member.consumer.close()
    }

    @Test func `assignments may follow each other at once`() throws {
        defer { withExtendedLifetime(broker) {} }
        try Producer(broker.properties).send(["1", "2"], to: input)
        let member = try GroupMember(broker.properties, group: "hasty", topics: ["input"])
        try member.join()
        // A fault here is an assertion of librdkafka, which ends the whole process.
        for round in 0..<200 {
            try member.consumer.hold()
            if round % 3 == 0 { try member.consumer.unassign() }
            try member.consumer.assign(member.partitions.map { ($0, 0) })
        }
        #expect(try member.readToEnd(input).values == ["1", "2"])
        member.consumer.close()
    }

    @Test func `a read that is no longer wanted ends at once`() throws {
        defer { withExtendedLifetime(broker) {} }
        try Producer(broker.properties).send((0..<3000).map { "\($0)" }, to: input)
        var seen = 0
        let error = #expect(throws: KafkaError.self) {
            try LogReader(broker.properties).read(
                input, from: .earliest, timeoutMS: 10_000, shouldContinue: { seen == 0 }, { _ in seen += 1 })
        }
        #expect(error?.name == "_INTR")
        #expect((1...1001).contains(seen))
    }

    @Test func `a static member that was dropped takes its partitions back`() throws {
        defer { withExtendedLifetime(broker) {} }
        let properties = broker.properties.merging(KafkaProperties([("group.instance.id", "worker-0")]))
        for _ in 0..<2 {
            let member = try GroupMember(properties, group: "static", topics: ["input", "output"])
            try member.join()
            #expect(member.partitions.count == 4)
            member.consumer.close()
        }
    }

    @Test func `topics are created with their settings`() throws {
        defer { withExtendedLifetime(broker) {} }
        let admin = try AdminClient(broker.properties)
        #expect(
            try admin.partitionCounts(of: ["input", "absent"], timeoutMS: 5000) == ["input": 2, "absent": nil])
        #expect(try admin.topicConfig("input")["retention.bytes"] == "50000000")
        let again = try admin.createTopics([.init(name: "input", partitions: 2, replication: 1)], timeoutMS: 10_000)
        #expect(again.first?.1?.name == "TOPIC_ALREADY_EXISTS")
    }
}

import KafkaTransport
import Testing

@Suite(.serialized) struct `Embedded cluster` {
    let cluster: EmbeddedCluster
    let topic = TopicPartition(topic: "records", partition: 1)
    var properties: KafkaProperties { KafkaProperties([("bootstrap.servers", cluster.bootstrapServers)]) }

    init() throws {
        cluster = try EmbeddedCluster()
        try cluster.createTopic("records", partitions: 3)
    }

    @Test func `a member reads a partition to its end, rewinds, and reads on`() throws {
        defer { withExtendedLifetime(cluster) {} }
        let producer = try Producer(properties)
        let values = (0..<250).map { "value \($0)" }
        try producer.send(values, to: topic)
        let member = try GroupMember(properties, group: "readers", topics: ["records"])
        try member.join()
        #expect(Set(member.partitions.map(\.partition)) == [0, 1, 2])

        let first = try member.readToEnd(topic)
        #expect(first.values == values)
        #expect(first.end == 250)

        try member.consumer.assign(member.partitions.map { ($0, $0 == topic ? 200 : 0) })
        let again = try member.readToEnd(topic, max: 7)
        #expect(again.offsets == Array(200..<250))

        try producer.send(["late"], to: topic)
        let late = try member.readToEnd(topic)
        #expect(late.values == ["late"])
        #expect(late.end == 251)

        #expect(try member.consumer.watermarks(topic, timeoutMS: 5000) == (0, 251))
        try member.consumer.unassign()
        var batch = RecordBatch(capacity: 1)
        #expect(member.consumer.fetch(topic, into: &batch, max: 1) == .empty)
        member.consumer.close()
    }

    @Test func `a full batch takes no more`() throws {
        defer { withExtendedLifetime(cluster) {} }
        try Producer(properties).send(["a", "b", "c"], to: topic)
        let member = try GroupMember(properties, group: "full", topics: ["records"])
        try member.join()
        var batch = RecordBatch(capacity: 2)
        try member.run {
            _ = member.consumer.fetch(topic, into: &batch, max: 5); return batch.count == 2
        }
        #expect(member.consumer.fetch(topic, into: &batch, max: 5) == .empty)
        #expect(batch[0].offset == 0 && batch[1].offset == 1)
    }

    @Test func `keys, nulls, headers and times survive`() throws {
        defer { withExtendedLifetime(cluster) {} }
        let producer = try Producer(properties)
        try bytes("key") {
            try producer.produce(
                topic: topic.topic, partition: 1, key: $0, value: nil, headers: [("trace", [1, 2]), ("empty", [])],
                timestampMS: 1_700_000_000_123)
        }
        try bytes("") { try producer.produce(topic: topic.topic, partition: 1, key: nil, value: $0) }
        try producer.flush(timeoutMS: 10_000)
        var seen = 0
        let end = try LogReader(properties).read(topic, from: .earliest, timeoutMS: 10_000) { record in
            if seen == 0 {
                #expect(record.key.map(Array.init) == Array("key".utf8))
                #expect(record.value == nil)
                #expect(record.header("trace") == [1, 2])
                #expect(record.header("empty") == [])
                #expect(record.header("absent") == nil)
                #expect(record.timestampMS == 1_700_000_000_123)
            } else {
                #expect(record.key == nil)
                #expect(record.value?.count == 0)
            }
            seen += 1
        }
        #expect(seen == 2 && end == 2)
    }

    @Test func `a partition is read anew behind a read that is closed and still held`() throws {
        defer { withExtendedLifetime(cluster) {} }
        let topic = TopicPartition(topic: topic.topic, partition: 1)
        let producer = try Producer(properties)
        try bytes("one") { try producer.produce(topic: topic.topic, partition: 1, key: nil, value: $0) }
        try producer.flush(timeoutMS: 10_000)
        let wakeup = try Wakeup()
        let reader = try LogReader(properties, wakeup: wakeup)
        /// Records up to the end, or what came within ten seconds.
        func records(_ cursor: LogCursor) -> Int {
            let deadline = ContinuousClock.now + .seconds(10)
            var batch = RecordBatch(capacity: 10)
            while ContinuousClock.now < deadline {
                if case .endOfPartition = cursor.fetch(into: &batch, max: 10) { break }
                wakeup.wait(timeoutMS: 50)
            }
            return batch.count
        }
        var first: LogCursor? = try reader.open(topic, from: .earliest)
        #expect(records(first!) == 1)
        first?.close()
        let second = try reader.open(topic, from: .earliest)
        first = nil
        #expect(records(second) == 1)
    }

    @Test(arguments: [
        (EmbeddedCluster.Request.endTransaction, Int32(47), KafkaError.Class.fatal),
        (.commitOffsetsInTransaction, 22, .abortable),
        (.commitOffsetsInTransaction, 25, .abortable),
        (.commitOffsetsInTransaction, 82, .abortable),
        (.addPartitionsToTransaction, 29, .abortable),
    ])
    func `librdkafka's classes come through`(request: EmbeddedCluster.Request, code: Int32, expected: KafkaError.Class)
        throws
    {
        defer { withExtendedLifetime(cluster) {} }
        let producer = try TransactionalProducer(properties, transactionalID: "classes")
        try producer.initTransactions()
        let consumer = try Consumer(
            properties.merging(KafkaProperties([("group.id", "classes")])), wakeup: try Wakeup())
        try producer.begin()
        cluster.push([code], on: request)
        let error = #expect(throws: KafkaError.self) {
            try producer.send(["x"], to: topic)
            try producer.sendOffsets([.init(partition: topic, offset: 1)], for: consumer)
            try producer.commit()
        }
        #expect(error?.errorClass == expected, "\(String(describing: error))")
        if expected == .abortable {
            try producer.abort()
            try producer.begin()
            try producer.send(["y"], to: topic)
            try producer.commit()
        }
    }

    @Test func `retriable answers are repeated`() throws {
        defer { withExtendedLifetime(cluster) {} }
        let producer = try TransactionalProducer(properties, transactionalID: "again")
        cluster.push([14, 15, 16], on: .initProducerID)
        try producer.initTransactions()
        try producer.begin()
        cluster.push([51, 51], on: .addPartitionsToTransaction)
        cluster.push([14, 14], on: .endTransaction)
        cluster.push([6, 19], on: .produce)
        try producer.send(["a", "b"], to: topic)
        try producer.flush(timeoutMS: 10_000)
        let records = try producer.topic("records")
        #expect(producer.deliveredEnd(records, 1) == 2)
        #expect(producer.deliveredEnd(records, 0) == nil)
        try producer.commit()
    }

    @Test func `a record too large is an abortable failure of its transaction`() throws {
        defer { withExtendedLifetime(cluster) {} }
        let producer = try TransactionalProducer(properties, transactionalID: "large")
        try producer.initTransactions()
        try producer.begin()
        cluster.push([10], on: .produce)
        try producer.send(["x"], to: topic)
        let error = #expect(throws: KafkaError.self) { try producer.flush(timeoutMS: 10_000) }
        #expect(error?.errorClass == .abortable)
        try producer.abort()
    }

    @Test func `topics are counted and not created`() throws {
        defer { withExtendedLifetime(cluster) {} }
        let admin = try AdminClient(properties)
        for _ in 0..<2 {
            let counts = try admin.partitionCounts(of: ["records", "absent"], timeoutMS: 5000)
            #expect(counts == ["records": 3, "absent": nil])
        }
        #expect(try admin.brokerCount(timeoutMS: 5000) == 1)
    }
}

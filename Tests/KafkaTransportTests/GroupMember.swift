import KafkaTransport
import Testing

/// A consumer and its loop, as a worker has them: events answered, records read, the wakeup waited on between.
final class GroupMember {
    let consumer: Consumer
    let wakeup: Wakeup
    private(set) var partitions: [TopicPartition] = []
    private(set) var errors: [KafkaError] = []

    init(_ properties: KafkaProperties, group: String, topics: [String]) throws {
        wakeup = try Wakeup()
        consumer = try Consumer(
            properties.merging(
                KafkaProperties([
                    ("group.id", group), ("session.timeout.ms", "6000"), ("heartbeat.interval.ms", "500"),
                    ("fetch.wait.max.ms", "10"), ("auto.offset.reset", "error"),
                ])), wakeup: wakeup)
        try consumer.subscribe(topics)
    }

    /// Serves the group until `done`, at most `seconds`.
    func run(seconds: Int = 15, until done: () throws -> Bool) throws {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while true {
            while let event = consumer.nextEvent() {
                switch event {
                case .assign(let assigned):
                    partitions = assigned
                    try consumer.assign(assigned.map { ($0, 0) })
                case .revoke:
                    partitions = []
                    try consumer.unassign()
                case .error(let error): errors.append(error)
                }
            }
            if try done() { return }
            try #require(ContinuousClock.now < deadline, "not done in \(seconds) s; errors: \(errors)")
            // Longer than the deadline: a queue that does not wake its reader fails the test.
            wakeup.wait(timeoutMS: 20_000)
        }
    }

    func join() throws { try run { !partitions.isEmpty } }

    /// Reads a partition until its end is told: the values and the end's offset.
    func readToEnd(_ p: TopicPartition, max: Int = 100) throws -> (values: [String], offsets: [Int64], end: Int64) {
        var batch = RecordBatch(capacity: 100)
        var values: [String] = []
        var offsets: [Int64] = []
        var end: Int64?
        try run {
            while end == nil {
                switch consumer.fetch(p, into: &batch, max: max) {
                case .records(let count):
                    #expect(count == batch.count)
                    for index in 0..<batch.count {
                        values.append(batch[index].value.map { String(decoding: $0, as: UTF8.self) } ?? "null")
                        offsets.append(batch[index].offset)
                    }
                    batch.removeAll()
                case .empty: return false
                case .endOfPartition(let offset): end = offset
                case .failed(let error): throw error
                }
            }
            return true
        }
        return (values, offsets, try #require(end))
    }
}

func bytes<R>(_ text: String?, _ body: (UnsafeBufferPointer<UInt8>?) throws -> R) rethrows -> R {
    guard let text else { return try body(nil) }
    return try Array(text.utf8).withUnsafeBufferPointer { try body($0) }
}

extension Producer {
    func send(_ values: [String], to p: TopicPartition) throws {
        for value in values {
            try bytes(value) { try produce(topic: p.topic, partition: p.partition, key: nil, value: $0) }
        }
        try flush(timeoutMS: 10_000)
    }
}

extension TransactionalProducer {
    func send(_ values: [String], to p: TopicPartition) throws {
        let topic = try topic(p.topic)
        for value in values {
            try bytes(value) { try produce(to: topic, partition: p.partition, key: nil, value: $0) }
        }
    }
}

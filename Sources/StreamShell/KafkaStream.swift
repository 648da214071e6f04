import Glibc
import KafkaTransport
import StreamEngine

/// One worker's consumer and transactional producer, as the engine wants to see them. One thread.
final class KafkaStream: StreamLog {
    /// The topics that are written to, looked up once.
    private struct OutputTopics {
        let alerts: TransactionalProducer.Topic
        let shadow: TransactionalProducer.Topic
        let deadLetters: TransactionalProducer.Topic
        let changelog: TransactionalProducer.Topic

        init(_ configuration: StreamConfiguration, _ producer: TransactionalProducer) throws(KafkaError) {
            alerts = try producer.topic(configuration.alertsTopic)
            shadow = try producer.topic(configuration.shadowTopic)
            deadLetters = try producer.topic(configuration.deadLettersTopic)
            changelog = try producer.topic(configuration.stateTopic)
        }

        subscript(topic: OutputTopic) -> TransactionalProducer.Topic {
            switch topic {
            case .alerts: alerts
            case .shadow: shadow
            case .deadLetters: deadLetters
            case .changelog: changelog
            }
        }
    }

    private let configuration: StreamConfiguration
    private let outputs: OutputTopics
    private let consumer: Consumer
    private let producer: TransactionalProducer
    private let wakeup: Wakeup
    /// Reads the changelog of one task after the other while an assignment is restored: a client takes a while to connect.
    private var changelogReader: LogReader?
    /// The last read of it. Whoever still holds its feed must not end it behind the next one's back.
    private var changelogCursor: LogCursor?
    /// Whether `begin` has been called and neither `commit` nor `abort` has ended it.
    private var isInTransaction = false
    private let isStopping: () -> Bool
    /// For one question of a take-over: short, so that a stop is noticed between two of them.
    private let questionTimeoutMS: Int32 = 3000

    init(
        _ configuration: StreamConfiguration, consumer: Consumer, producer: TransactionalProducer, wakeup: Wakeup,
        isStopping: @escaping () -> Bool
    ) throws(KafkaError) {
        self.isStopping = isStopping
        outputs = try OutputTopics(configuration, producer)
        self.configuration = configuration
        self.consumer = consumer
        self.producer = producer
        self.wakeup = wakeup
    }

    /// Monotonic. The coarse clock is off by some milliseconds and costs 6 ns, a fifth of the exact one.
    var nowMS: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    private func partition(_ topic: InputTopic, _ number: Int32) -> TopicPartition {
        TopicPartition(topic: configuration.worker.name(of: topic), partition: number)
    }

    private func changelog(_ number: Int32) -> TopicPartition {
        TopicPartition(topic: configuration.stateTopic, partition: number)
    }

    static func failure(_ error: KafkaError) -> StreamFailure {
        switch error.errorClass {
        case .abortable: .abortable("\(error)")
        default: error.isTimeout ? .unavailable("\(error)") : .fatal("\(error)")
        }
    }

    static func call<Result>(_ body: () throws(KafkaError) -> Result) throws(StreamFailure) -> Result {
        do throws(KafkaError) { return try body() } catch { throw Self.failure(error) }
    }

    /// A question that can be asked again: a broker that has just come up, a coordinator that moves, offsets of a dead
    /// worker whose transaction has not ended yet.
    private func ask<Result>(_ body: () throws(KafkaError) -> Result) throws(StreamFailure) -> Result {
        do throws(KafkaError) { return try body() } catch {
            guard error.errorClass == .retriable || error.isTimeout || error.isUnknownTopic else {
                throw Self.failure(error)
            }
            throw .retriable("\(error)")
        }
    }

    /// A call of a transaction that can be repeated.
    private static func turn(_ body: () throws(KafkaError) -> Void) throws(StreamFailure) {
        do throws(KafkaError) { try body() } catch {
            switch error.errorClass {
            case .fatal, .abortable: throw Self.failure(error)
            case .retriable: throw .retriable("\(error)")
            case .other: throw error.isTimeout ? .retriable("\(error)") : Self.failure(error)
            }
        }
    }

    // MARK: Ownership

    func hold() throws(StreamFailure) {
        try Self.call { () throws(KafkaError) in try consumer.hold() }
    }

    func committed(_ partitions: [Int32]) throws(StreamFailure) -> [Int32: CommittedOffsets] {
        guard !partitions.isEmpty else { return [:] }
        let wanted = partitions.flatMap { number in InputTopic.allCases.map { partition($0, number) } }
        let answers = try ask { () throws(KafkaError) in
            try consumer.committed(wanted, timeoutMS: questionTimeoutMS)
        }
        var result: [Int32: CommittedOffsets] = [:]
        for answer in answers {
            if answer.partition.topic == configuration.worker.transcriptsTopic {
                result[answer.partition.partition, default: CommittedOffsets()].transcripts = answer.offset
                result[answer.partition.partition, default: CommittedOffsets()].metadata = answer.metadata
            } else {
                result[answer.partition.partition, default: CommittedOffsets()].listings = answer.offset
            }
        }
        return result
    }

    func bounds(_ topic: InputTopic, _ number: Int32) throws(StreamFailure) -> (low: Int64, high: Int64) {
        try ask { () throws(KafkaError) in
            try consumer.watermarks(partition(topic, number), timeoutMS: questionTimeoutMS)
        }
    }

    func openChangelog(_ number: Int32) throws(StreamFailure) -> Feed {
        let reader = try reader()
        changelogCursor?.close()
        let cursor = try Self.call { () throws(KafkaError) in try reader.open(changelog(number), from: .earliest) }
        changelogCursor = cursor
        return Feed(changelog: cursor, capacity: configuration.worker.restoreQuantum)
    }

    private func reader() throws(StreamFailure) -> LogReader {
        if let changelogReader { return changelogReader }
        let reader = try Self.call { () throws(KafkaError) in
            try LogReader(configuration.properties, wakeup: wakeup)
        }
        changelogReader = reader
        return reader
    }

    func open(_ tasks: [TaskOffsets]) throws(StreamFailure) -> [(transcripts: Feed, listings: Feed)] {
        changelogCursor = nil
        changelogReader = nil
        var starts: [(TopicPartition, offset: Int64)] = []
        for task in tasks {
            starts.append((partition(.transcripts, task.partition), task.transcripts))
            starts.append((partition(.listings, task.partition), task.listings))
        }
        try Self.call { () throws(KafkaError) in try consumer.assign(starts) }
        return tasks.map { task in
            (feed(partition(.transcripts, task.partition)), feed(partition(.listings, task.partition)))
        }
    }

    private func feed(_ partition: TopicPartition) -> Feed {
        guard let queue = consumer.queue(of: partition) else {
            preconditionFailure("\(partition) was assigned and has no queue")
        }
        return Feed(input: queue, capacity: configuration.worker.quantum)
    }

    func close() throws(StreamFailure) {
        try Self.call { () throws(KafkaError) in try consumer.unassign() }
    }

    // MARK: Transaction

    func begin() throws(StreamFailure) {
        try Self.call { () throws(KafkaError) in try producer.begin() }
        isInTransaction = true
    }

    var isAwaited: Bool { isStopping() || consumer.keepAlive() }

    func produce(_ record: Outbox.Record, withinMS: Int64) throws(StreamFailure) {
        try Self.turn { () throws(KafkaError) in
            try producer.produce(
                to: outputs[record.topic], partition: record.partition, key: record.key, value: record.value,
                headers: record.headers.map { ($0.name, Array($0.value.utf8)) }, timeoutMS: Int32(clamping: withinMS))
        }
    }

    func flush(withinMS: Int64) throws(StreamFailure) {
        try Self.turn { () throws(KafkaError) in try producer.flush(timeoutMS: Int32(clamping: withinMS)) }
    }

    func changelogEnd(_ number: Int32) -> Int64? { producer.deliveredEnd(outputs.changelog, number) }

    func sendOffsets(_ tasks: [TaskOffsets], withinMS: Int64) throws(StreamFailure) {
        var commits: [TransactionalProducer.OffsetToCommit] = []
        for task in tasks {
            commits.append(
                .init(
                    partition: partition(.transcripts, task.partition), offset: task.transcripts,
                    metadata: task.metadata))
            commits.append(.init(partition: partition(.listings, task.partition), offset: task.listings))
        }
        try Self.turn { () throws(KafkaError) in
            try producer.sendOffsets(commits, for: consumer, timeoutMS: Int32(clamping: withinMS))
        }
    }

    func commit(withinMS: Int64) throws(StreamFailure) {
        try Self.turn { () throws(KafkaError) in try producer.commit(timeoutMS: Int32(clamping: withinMS)) }
        isInTransaction = false
    }

    func abort(withinMS: Int64) throws(StreamFailure) {
        guard isInTransaction else { return }
        try Self.turn { () throws(KafkaError) in try producer.abort(timeoutMS: Int32(clamping: withinMS)) }
        isInTransaction = false
    }
}

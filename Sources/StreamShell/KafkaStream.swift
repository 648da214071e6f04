import Glibc
import KafkaTransport
import StreamEngine

/// One worker's consumer and transactional producer, as the engine wants to see them. One thread.
final class KafkaStream: StreamLog {
    /// Records taken from a partition's queue at once.
    private static let batchSize = 500

    /// One input partition: its fetched records and how many of them are taken.
    private final class Feed {
        let partition: TopicPartition
        var batch = RecordBatch(capacity: KafkaStream.batchSize)
        var next = 0
        var isAtEnd = false
        init(_ partition: TopicPartition) { self.partition = partition }
    }
    private struct Lane {
        var transcripts: Feed
        var listings: Feed
    }

    private let configuration: StreamConfiguration
    private let consumer: Consumer
    private let producer: TransactionalProducer
    private var lanes: [Int32: Lane] = [:]
    /// Reads the state of one lane after the other while an assignment is restored: a client takes a while to connect.
    private var stateReader: LogReader?
    /// Whether `begin` has been called and neither `commit` nor `abort` has ended it.
    private var isInTransaction = false
    private let isStopping: () -> Bool
    private let timeoutMS: Int32 = 10_000
    /// For one question during a restore: short, so that a stop is noticed between two of them.
    private let questionTimeoutMS: Int32 = 3000

    /// - Parameter isStopping: Looked at between the steps of a restore, which then gives up.
    init(
        _ configuration: StreamConfiguration, consumer: Consumer, producer: TransactionalProducer,
        isStopping: @escaping () -> Bool
    ) {
        self.configuration = configuration
        self.isStopping = isStopping
        self.consumer = consumer
        self.producer = producer
    }

    private func partition(_ topic: InputTopic, _ number: Int32) -> TopicPartition {
        TopicPartition(topic: configuration.worker.name(of: topic), partition: number)
    }

    private func stateTopic(_ number: Int32) -> TopicPartition {
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

    // MARK: Start of a lane

    /// Takes partitions over without reading them yet, so that the group need not wait for the restore.
    func hold() throws(StreamFailure) {
        lanes = [:]
        try Self.call { () throws(KafkaError) in try consumer.hold() }
    }

    /// Nil, or why a restore should be given up. Called at least every few seconds of it: it also keeps this member in
    /// the group, which otherwise takes the partitions away after `max.poll.interval.ms`.
    private func interruption() -> StreamFailure? {
        if consumer.keepAlive() { return .interrupted("the group changes") }
        return isStopping() ? .interrupted("a stop was asked for") : nil
    }

    /// Asks again while nobody answers: a broker that has just come up, a coordinator that moves, offsets of a dead
    /// worker whose transaction has not ended yet.
    private func asking<Result>(_ body: () throws(KafkaError) -> Result) throws(StreamFailure) -> Result {
        let clock = ContinuousClock()
        let deadline = clock.now + .milliseconds(Int64(configuration.takeoverTimeoutMS))
        while true {
            if let interruption = interruption() { throw interruption }
            do throws(KafkaError) { return try body() } catch {
                guard error.errorClass == .retriable || error.isTimeout || error.isUnknownTopic, clock.now < deadline
                else {
                    throw Self.failure(error)
                }
            }
            usleep(200_000)
        }
    }

    func committed(_ partitions: [Int32]) throws(StreamFailure) -> [Int32: CommittedLane] {
        guard !partitions.isEmpty else { return [:] }
        let wanted = partitions.flatMap { number in InputTopic.allCases.map { partition($0, number) } }
        let answers = try asking { () throws(KafkaError) in
            try consumer.committed(wanted, timeoutMS: questionTimeoutMS)
        }
        var result: [Int32: CommittedLane] = [:]
        for answer in answers {
            if answer.partition.topic == configuration.worker.transcriptsTopic {
                result[answer.partition.partition, default: CommittedLane()].transcripts = answer.offset
                result[answer.partition.partition, default: CommittedLane()].metadata = answer.metadata
            } else {
                result[answer.partition.partition, default: CommittedLane()].listings = answer.offset
            }
        }
        return result
    }

    func bounds(_ topic: InputTopic, _ number: Int32) throws(StreamFailure) -> (low: Int64, high: Int64) {
        try asking { () throws(KafkaError) in
            try consumer.watermarks(partition(topic, number), timeoutMS: questionTimeoutMS)
        }
    }

    func readState(
        _ number: Int32, atLeast: Int64,
        _ body: (_ key: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>?) -> Void
    ) throws(StreamFailure) -> Int64 {
        let reader = try reader()
        let clock = ContinuousClock()
        let deadline = clock.now + .milliseconds(Int64(configuration.takeoverTimeoutMS))
        while true {
            var interruption: StreamFailure?
            var end: Int64 = 0
            do throws(KafkaError) {
                // Again from the first: a read from the middle depends on how well a broker hides aborted records.
                end = try reader.read(
                    stateTopic(number), from: .earliest, timeoutMS: configuration.restoreTimeoutMS,
                    goesOn: {
                        interruption = self.interruption()
                        return interruption == nil
                    }
                ) { record in
                    if let key = record.key { body(key, record.value) }
                }
            } catch { throw interruption ?? Self.failure(error) }
            // The open transaction of a worker that died hides the end until it is fenced or its time is over.
            if end >= atLeast || clock.now >= deadline { return end }
            usleep(200_000)
        }
    }

    private func reader() throws(StreamFailure) -> LogReader {
        if let stateReader { return stateReader }
        let reader = try Self.call { () throws(KafkaError) in try LogReader(configuration.properties) }
        stateReader = reader
        return reader
    }

    func open(_ offsets: [LaneOffsets]) throws(StreamFailure) {
        lanes = [:]
        stateReader = nil
        var starts: [(TopicPartition, offset: Int64)] = []
        for lane in offsets {
            let (speech, listings) = (partition(.transcripts, lane.partition), partition(.listings, lane.partition))
            lanes[lane.partition] = Lane(transcripts: Feed(speech), listings: Feed(listings))
            starts.append((speech, lane.transcripts))
            starts.append((listings, lane.listings))
        }
        try Self.call { () throws(KafkaError) in try consumer.assign(starts) }
    }

    func close() throws(StreamFailure) {
        lanes = [:]
        try Self.call { () throws(KafkaError) in try consumer.unassign() }
    }

    // MARK: Records

    private func feed(_ topic: InputTopic, _ number: Int32) -> Feed? {
        topic == .transcripts ? lanes[number]?.transcripts : lanes[number]?.listings
    }

    func head(_ topic: InputTopic, _ number: Int32) throws(StreamFailure) -> LaneMerge.Head {
        guard let feed = feed(topic, number) else { return .empty }
        if feed.next >= feed.batch.count {
            feed.batch.removeAll()
            feed.next = 0
            switch consumer.fetch(feed.partition, into: &feed.batch, max: Self.batchSize) {
            case .records: feed.isAtEnd = false
            case .empty: return feed.isAtEnd ? .end : .empty
            case .endOfPartition:
                feed.isAtEnd = true
                return .end
            case .failed(let error):
                if error.errorClass == .retriable || error.isTimeout { return .empty }
                // Retention was faster. A restore finds the first record that is left, and tells.
                if error.isOffsetOutOfRange { throw .abortable("\(error)") }
                throw Self.failure(error)
            }
        }
        return .record(timestampMS: feed.batch[feed.next].timestampMS)
    }

    func take(_ topic: InputTopic, _ number: Int32, _ body: (InputRecord) -> Void) {
        guard let feed = feed(topic, number), feed.next < feed.batch.count else { return }
        let record = feed.batch[feed.next]
        body(
            InputRecord(
                offset: record.offset, timestampMS: record.timestampMS, key: record.key, value: record.value,
                trace: record.header("traceparent").map { String(decoding: $0, as: UTF8.self) }))
        feed.next += 1
    }

    /// Records fetched or still on the broker, from these positions on, as of the last fetch of each partition.
    ///
    /// Asks nobody: it runs between records, and 128 questions to a broker once cost six sevenths of the speed.
    func lag(of positions: [LaneOffsets]) -> Int64 {
        var lag: Int64 = 0
        for lane in positions {
            for (topic, position) in [(InputTopic.transcripts, lane.transcripts), (.listings, lane.listings)] {
                // At the end there is no lag.
                if let feed = feed(topic, lane.partition), feed.isAtEnd, feed.next >= feed.batch.count { continue }
                guard let end = consumer.knownEnd(of: partition(topic, lane.partition)) else { continue }
                lag += max(0, end - position)
            }
        }
        return lag
    }

    // MARK: Transaction

    func begin() throws(StreamFailure) {
        try Self.call { () throws(KafkaError) in try producer.begin() }
        isInTransaction = true
    }

    func produce(_ record: Outbox.Record) throws(StreamFailure) {
        let topic =
            switch record.topic {
            case .alerts: configuration.alertsTopic
            case .shadow: configuration.shadowTopic
            case .deadLetters: configuration.deadLettersTopic
            case .state: configuration.stateTopic
            }
        try Self.call { () throws(KafkaError) in
            try producer.produce(
                topic: topic, partition: record.partition, key: record.key, value: record.value,
                headers: record.headers.map { ($0.name, Array($0.value.utf8)) }, timestampMS: 0)
        }
    }

    func flush() throws(StreamFailure) {
        do throws(KafkaError) { try producer.flush(timeoutMS: timeoutMS) } catch {
            // Nothing is committed yet, so whatever was not delivered can be taken back.
            if error.errorClass == .fatal { throw Self.failure(error) }
            throw .abortable("\(error)")
        }
    }

    func stateEnd(_ number: Int32) -> Int64? { producer.deliveredEnd(stateTopic(number)) }

    func sendOffsets(_ offsets: [LaneOffsets]) throws(StreamFailure) {
        var commits: [TransactionalProducer.OffsetToCommit] = []
        for lane in offsets {
            commits.append(
                .init(
                    partition: partition(.transcripts, lane.partition), offset: lane.transcripts,
                    metadata: lane.metadata))
            commits.append(.init(partition: partition(.listings, lane.partition), offset: lane.listings))
        }
        try Self.call { () throws(KafkaError) in try producer.sendOffsets(commits, for: consumer) }
    }

    func commit() throws(StreamFailure) {
        try Self.call { () throws(KafkaError) in try producer.commit() }
        isInTransaction = false
    }

    func abort() throws(StreamFailure) {
        guard isInTransaction else { return }
        try Self.call { () throws(KafkaError) in try producer.abort() }
        isInTransaction = false
    }
}

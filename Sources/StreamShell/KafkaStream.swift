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
    private let timeoutMS: Int32 = 10_000

    init(_ configuration: StreamConfiguration, consumer: Consumer, producer: TransactionalProducer) {
        self.configuration = configuration
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

    /// For questions that may simply be asked again: a broker that has just come up, a coordinator that moves.
    private func asking<Result>(_ body: () throws(KafkaError) -> Result) throws(StreamFailure) -> Result {
        for _ in 0..<2 {
            if let answer = try? body() { return answer }
            usleep(200_000)
        }
        return try Self.call(body)
    }

    // MARK: Start of a lane

    func committed(_ partitions: [Int32]) throws(StreamFailure) -> [Int32: CommittedLane] {
        guard !partitions.isEmpty else { return [:] }
        let wanted = partitions.flatMap { number in InputTopic.allCases.map { partition($0, number) } }
        let answers = try asking { () throws(KafkaError) in try consumer.committed(wanted, timeoutMS: timeoutMS) }
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
            try consumer.watermarks(partition(topic, number), timeoutMS: timeoutMS)
        }
    }

    func readState(
        _ number: Int32, atLeast: Int64,
        _ body: (_ key: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>?) -> Void
    ) throws(StreamFailure) -> Int64 {
        let reader = try reader()
        var next: Consumer.StartOffset = .earliest
        // An open transaction of the worker before hides the end until it is fenced.
        for _ in 0..<50 {
            let end = try Self.call { () throws(KafkaError) in
                try reader.read(stateTopic(number), from: next, timeoutMS: configuration.restoreTimeoutMS) { record in
                    if let key = record.key { body(key, record.value) }
                }
            }
            if end >= atLeast { return end }
            next = .at(end)
            usleep(200_000)
        }
        if case .at(let end) = next { return end }
        return 0
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
        var starts: [(TopicPartition, Consumer.StartOffset)] = []
        for lane in offsets {
            let (speech, listings) = (partition(.transcripts, lane.partition), partition(.listings, lane.partition))
            lanes[lane.partition] = Lane(transcripts: Feed(speech), listings: Feed(listings))
            starts.append((speech, .at(lane.transcripts)))
            starts.append((listings, .at(lane.listings)))
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

    func begin() throws(StreamFailure) { try Self.call { () throws(KafkaError) in try producer.begin() } }

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

    func commit() throws(StreamFailure) { try Self.call { () throws(KafkaError) in try producer.commit() } }

    func abort() throws(StreamFailure) { try Self.call { () throws(KafkaError) in try producer.abort() } }
}

import CRdkafka

/// Reads partitions from their first record, committed records only, without a consumer group. One owner, one thread.
public final class LogReader {
    public enum Start: Sendable, Equatable {
        case earliest
        case at(Int64)
    }

    private let handle: ClientHandle
    private let wakeup: Wakeup

    /// - Parameter wakeup: Signalled when there is something to read.
    public init(_ properties: KafkaProperties, wakeup: Wakeup) throws(KafkaError) {
        self.wakeup = wakeup
        handle = try ClientHandle(
            RD_KAFKA_CONSUMER,
            properties.removing(["group.id", "group.instance.id"])
                .withDefaults([
                    ("socket.nagle.disable", "true"), ("allow.auto.create.topics", "false"),
                    // How soon the end of an empty partition is known.
                    ("fetch.wait.max.ms", "50"),
                ])
                .merging(
                    KafkaProperties([
                        ("enable.auto.commit", "false"), ("enable.partition.eof", "true"),
                        ("isolation.level", "read_committed"),
                        // An offset that is gone is for the caller to judge.
                        ("auto.offset.reset", "error"),
                    ])),
            optional: [("fetch.queue.backoff.ms", "20")])
    }

    public convenience init(_ properties: KafkaProperties) throws(KafkaError) {
        try self.init(properties, wakeup: try Wakeup())
    }

    /// Begins to read a partition. One read of a partition at a time.
    public func open(_ p: TopicPartition, from start: Start) throws(KafkaError) -> LogCursor {
        try LogCursor(p, from: start, handle, wakeup)
    }

    /// Gives each committed record from `start` to the end of the partition to `body`, in offset order.
    ///
    /// The end is that of the moment it is reached: an open transaction hides what comes after its first record.
    /// - Parameters:
    ///   - timeoutMS: The longest time without a record or the end.
    ///   - shouldContinue: Asked at least every 50 ms and every 1000 records; false ends the read with the error `_INTR`.
    /// - Returns: The offset to read next, which transaction markers move beyond the last record's.
    public func read(
        _ p: TopicPartition, from start: Start, timeoutMS: Int32, shouldContinue: () -> Bool = { true },
        _ body: (RecordView) -> Void
    ) throws(KafkaError) -> Int64 {
        let cursor = try open(p, from: start)
        let clock = ContinuousClock()
        var deadline = clock.now + .milliseconds(Int64(timeoutMS))
        var batch = RecordBatch(capacity: 1000)
        while clock.now < deadline {
            guard shouldContinue() else {
                throw KafkaError(RD_KAFKA_RESP_ERR__INTR, reason: "the read of \(p) was given up")
            }
            switch cursor.fetch(into: &batch, max: batch.capacity) {
            case .records:
                for index in 0..<batch.count { body(batch[index]) }
                batch.removeAll()
                deadline = clock.now + .milliseconds(Int64(timeoutMS))
            case .endOfPartition(let end): return end
            case .empty: wakeup.wait(timeoutMS: 50)
            case .failed(let error):
                // The client itself reconnects.
                guard error.isTimeout else { throw error }
            }
        }
        throw handle.error(RD_KAFKA_RESP_ERR__TIMED_OUT, doing: "read \(p) to its end")
    }
}

/// A partition that is being read. The read ends with `close`, or with this object.
public final class LogCursor {
    private let handle: ClientHandle
    private let topic: OpaquePointer
    private let partition: Int32
    private let queue: PartitionQueue
    private var isOpen = true

    init(_ p: TopicPartition, from start: LogReader.Start, _ handle: ClientHandle, _ wakeup: Wakeup) throws(KafkaError)
    {
        guard let topic = rd_kafka_topic_new(handle.pointer, p.topic, nil) else {
            throw handle.error(rd_kafka_last_error(), doing: "open \(p)")
        }
        (self.handle, self.topic, partition) = (handle, topic, p.partition)
        let queue: OpaquePointer = rd_kafka_queue_new(handle.pointer)
        self.queue = PartitionQueue(p, queue, of: handle, wakeup: wakeup)
        let offset =
            switch start {
            case .earliest: Int64(RD_KAFKA_OFFSET_BEGINNING)
            case .at(let offset): offset
            }
        guard rd_kafka_consume_start_queue(topic, p.partition, offset, queue) == 0 else {
            throw handle.error(rd_kafka_last_error(), doing: "read \(p)")
        }
    }

    deinit {
        close()
        rd_kafka_topic_destroy(topic)
    }

    /// Ends the read; nothing comes from here any more. A partition must be closed before it is read anew: the client
    /// knows one read of a partition, and to end the old one late would end the new one.
    public func close() {
        if isOpen { rd_kafka_consume_stop(topic, partition) }
        isOpen = false
    }

    /// Adds what is there; see `PartitionQueue.fetch`.
    public func fetch(into batch: inout RecordBatch, max: Int) -> FetchStatus {
        let status = queue.fetch(into: &batch, max: max)
        // Serves the callbacks that say why nothing comes.
        if status == .empty { rd_kafka_poll(handle.pointer, 0) }
        return status
    }

    public var knownEnd: Int64? { queue.knownEnd }
}

import CRdkafka

/// Reads a partition to its end, committed records only, without a consumer group. One owner, one thread.
public final class LogReader {
    public enum Start: Sendable, Equatable {
        case earliest
        case at(Int64)
    }

    /// Records taken at once from the local queue.
    private static let batchSize = 1000

    private let handle: ClientHandle

    public init(_ properties: KafkaProperties) throws(KafkaError) {
        handle = try ClientHandle(
            RD_KAFKA_CONSUMER,
            properties.removing(["group.id", "group.instance.id"])
                .withDefaults([("socket.nagle.disable", "true"), ("allow.auto.create.topics", "false")])
                .merging(
                    KafkaProperties([
                        ("enable.auto.commit", "false"), ("enable.partition.eof", "true"),
                        ("isolation.level", "read_committed"),
                        // An offset that is gone is for the caller to judge.
                        ("auto.offset.reset", "error"),
                    ])),
            optional: [("fetch.queue.backoff.ms", "20")])
    }

    /// Gives each committed record from `start` to the end of the partition to `body`, in offset order.
    ///
    /// The end is that of the moment it is reached: an open transaction hides what comes after its first record.
    /// - Parameters:
    ///   - timeoutMS: The longest time without a record or the end.
    ///   - goesOn: Asked at least every 50 ms and every 1000 records; false ends the read with the error `_INTR`.
    /// - Returns: The offset to read next, which transaction markers move beyond the last record's.
    public func read(
        _ p: TopicPartition, from start: Start, timeoutMS: Int32, goesOn: () -> Bool = { true },
        _ body: (RecordView) -> Void
    ) throws(KafkaError) -> Int64 {
        guard let topic = rd_kafka_topic_new(handle.pointer, p.topic, nil) else {
            throw handle.error(rd_kafka_last_error(), doing: "open \(p)")
        }
        defer { rd_kafka_topic_destroy(topic) }
        let queue: OpaquePointer = rd_kafka_queue_new(handle.pointer)
        defer { rd_kafka_queue_destroy(queue) }
        let offset =
            switch start {
            case .earliest: Int64(RD_KAFKA_OFFSET_BEGINNING)
            case .at(let offset): offset
            }
        guard rd_kafka_consume_start_queue(topic, p.partition, offset, queue) == 0 else {
            throw handle.error(rd_kafka_last_error(), doing: "read \(p)")
        }
        defer { rd_kafka_consume_stop(topic, p.partition) }

        let clock = ContinuousClock()
        var deadline = clock.now + .milliseconds(Int64(timeoutMS))
        var batch = RecordBatch(capacity: Self.batchSize)
        var end: Int64?
        var failure: rd_kafka_resp_err_t?
        while clock.now < deadline {
            guard goesOn() else { throw KafkaError(RD_KAFKA_RESP_ERR__INTR, reason: "the read of \(p) was given up") }
            rd_kafka_poll(handle.pointer, 0)
            // A batch call with a timeout waits until the batch is full, so wait for one and then take the rest.
            guard let first = rd_kafka_consume_queue(queue, 50) else { continue }
            Self.sort(first.pointee, &end, &failure)
            if first.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR { body(RecordView(first)) }
            rd_kafka_message_destroy(first)
            if end == nil, failure == nil {
                _ = batch.fill(from: queue, max: Self.batchSize) { Self.sort($0, &end, &failure) }
                for index in 0..<batch.count { body(batch[index]) }
                batch.removeAll()
            }
            if let failure {
                let error = handle.error(failure, doing: "read \(p)")
                // The client itself reconnects.
                if !error.isTimeout { throw error }
            }
            if let end { return end }
            if failure == nil { deadline = clock.now + .milliseconds(Int64(timeoutMS)) }
            failure = nil
        }
        throw handle.error(RD_KAFKA_RESP_ERR__TIMED_OUT, doing: "read \(p) to its end")
    }

    private static func sort(_ message: rd_kafka_message_t, _ end: inout Int64?, _ failure: inout rd_kafka_resp_err_t?)
    {
        switch message.err {
        case RD_KAFKA_RESP_ERR_NO_ERROR: break
        case RD_KAFKA_RESP_ERR__PARTITION_EOF: end = message.offset
        default: failure = message.err
        }
    }
}

import CRdkafka

/// What a fetch from one partition came to.
public enum FetchStatus: Sendable, Equatable {
    /// That many were added to the batch, at least 1.
    case records(Int)
    /// Nothing there now, or the batch is full.
    case empty
    /// Everything is read; the payload is the position, markers of transactions counted.
    case endOfPartition(Int64)
    case failed(KafkaError)
}

/// The records of one partition as librdkafka has fetched them, and what it said beside them. One thread.
///
/// It is of use as long as the assignment, or the reader, that made it; afterwards it is empty.
public final class PartitionQueue {
    public let partition: TopicPartition
    private let handle: ClientHandle
    private let queue: OpaquePointer
    private var pending: FetchStatus?

    /// Takes the queue over.
    init(_ partition: TopicPartition, _ queue: OpaquePointer, of handle: ClientHandle, wakeup: Wakeup) {
        (self.partition, self.queue, self.handle) = (partition, queue, handle)
        // An eventfd takes eight bytes.
        var one: UInt64 = 1
        rd_kafka_queue_io_event_enable(queue, wakeup.fileDescriptor, &one, 8)
    }

    deinit { rd_kafka_queue_destroy(queue) }

    /// Adds what is there, without waiting, in offset order.
    ///
    /// - Parameter max: The most records to add; also bounded by the room in the batch.
    public func fetch(into batch: inout RecordBatch, max: Int) -> FetchStatus {
        if let status = pending {
            pending = nil
            return status
        }
        var status: FetchStatus?
        var endedAt = 0
        let start = batch.count
        let added = batch.fill(from: queue, max: max) { entry in
            if entry.err == RD_KAFKA_RESP_ERR__PARTITION_EOF {
                if case .failed = status { return }
                (status, endedAt) = (.endOfPartition(entry.offset), Int(entry.offset))
            } else {
                status = .failed(handle.error(of: entry))
            }
        }
        guard added > 0 else { return status ?? .empty }
        // An end that records came after is no end any more.
        if case .endOfPartition = status, batch[start + added - 1].offset >= endedAt { status = nil }
        pending = status
        return .records(added)
    }

    /// The end of the partition as the last fetch told it, or nil before the first. Asks nobody, so it may be called
    /// between records; it is older than `Consumer.watermarks` by at most one fetch, and counts open transactions too.
    public var knownEnd: Int64? {
        var (low, high): (Int64, Int64) = (0, 0)
        let code = rd_kafka_get_watermark_offsets(
            handle.pointer, partition.topic, partition.partition, &low, &high)
        return code == RD_KAFKA_RESP_ERR_NO_ERROR && high >= 0 ? high : nil
    }
}

extension ClientHandle {
    /// The error that an entry of a queue carries.
    func error(of message: rd_kafka_message_t) -> KafkaError {
        if let fatalError { return fatalError }
        var message = message
        return KafkaError(message.err, reason: String(cString: rd_kafka_message_errstr(&message)))
    }
}

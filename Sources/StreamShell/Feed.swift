import KafkaTransport
import StreamEngine

/// The records of one partition in librdkafka's own memory, as the engine takes them.
final class Feed: RecordFeed {
    /// Where they come from: an assigned input partition, or a changelog partition that is read without a group.
    private enum Source {
        case input(PartitionQueue)
        case changelog(LogCursor)
    }
    private let source: Source
    private var batch: RecordBatch
    private let records: UnsafeMutablePointer<InputRecord>

    private init(_ source: Source, capacity: Int) {
        self.source = source
        batch = RecordBatch(capacity: capacity)
        records = .allocate(capacity: capacity)
    }

    convenience init(input: PartitionQueue, capacity: Int) { self.init(.input(input), capacity: capacity) }
    convenience init(changelog: LogCursor, capacity: Int) { self.init(.changelog(changelog), capacity: capacity) }

    deinit { records.deallocate() }

    func fetch(atMost count: Int) throws(StreamFailure) -> FetchResult {
        batch.removeAll()
        let status =
            switch source {
            case .input(let queue): queue.fetch(into: &batch, max: count)
            case .changelog(let cursor): cursor.fetch(into: &batch, max: count)
            }
        switch status {
        case .records(let count):
            for index in 0..<count {
                let record = batch[index]
                // InputRecord holds nothing that would have to be released, so what lay here before is just overwritten.
                (records + index).initialize(
                    to: InputRecord(
                        offset: record.offset, timestampMS: record.timestampMS, key: record.key, value: record.value))
            }
            return .records(UnsafeBufferPointer(start: records, count: count))
        case .empty: return .empty
        case .endOfPartition(let next): return .end(next: next)
        case .failed(let error):
            if error.errorClass == .retriable || error.isTimeout { return .empty }
            // Retention was faster. A restore finds the first record that is left, and tells.
            if error.isOffsetOutOfRange { throw .abortable("\(error)") }
            throw KafkaStream.failure(error)
        }
    }

    func traceparent(at index: Int, length: Int) -> [UInt8]? {
        index < batch.count ? batch[index].header("traceparent", length: length) : nil
    }

    var knownEnd: Int64? {
        switch source {
        case .input(let queue): queue.knownEnd
        case .changelog(let cursor): cursor.knownEnd
        }
    }
}

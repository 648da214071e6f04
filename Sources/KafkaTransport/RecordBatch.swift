import CRdkafka

/// Consumed records in librdkafka's own memory, given back by `removeAll` or with the batch.
///
/// One record kept alive pins the whole fetch response it came in (up to megabytes), so keep a batch short.
/// Empty it before the consumer that filled it is closed.
public struct RecordBatch: ~Copyable {
    private let entries: UnsafeMutablePointer<UnsafeMutablePointer<rd_kafka_message_t>?>
    public let capacity: Int
    public private(set) var count = 0

    /// - Parameter capacity: The most records it holds at once, at least 1.
    public init(capacity: Int) {
        precondition(capacity > 0, "a batch holds at least one record")
        self.capacity = capacity
        entries = .allocate(capacity: capacity)
        entries.initialize(repeating: nil, count: capacity)
    }

    deinit {
        for index in 0..<count { rd_kafka_message_destroy(entries[index]) }
        entries.deallocate()
    }

    public subscript(index: Int) -> RecordView {
        precondition(index >= 0 && index < count, "record \(index) of \(count)")
        return RecordView(entries[index]!)
    }

    /// Gives the records back. Views of them are dead from here.
    public mutating func removeAll() {
        for index in 0..<count { rd_kafka_message_destroy(entries[index]) }
        count = 0
    }

    /// Takes what is on the queue, without waiting. Entries that are no records are handed to `other` and freed.
    mutating func fill(from queue: OpaquePointer, max: Int, other: (rd_kafka_message_t) -> Void) -> Int {
        let room = min(max, capacity - count)
        guard room > 0 else { return 0 }
        let taken = rd_kafka_consume_batch_queue(queue, 0, entries + count, room)
        let start = count
        for index in 0..<Swift.max(0, taken) {
            let message = entries[start + index]!
            if message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR {
                entries[count] = message
                count += 1
            } else {
                other(message.pointee)
                rd_kafka_message_destroy(message)
            }
        }
        return count - start
    }
}

/// One record, borrowed from its batch: valid until the batch is emptied.
public struct RecordView {
    private let message: UnsafeMutablePointer<rd_kafka_message_t>
    init(_ message: UnsafeMutablePointer<rd_kafka_message_t>) { self.message = message }

    public var offset: Int64 { message.pointee.offset }
    public var partition: Int32 { message.pointee.partition }

    /// Create or append time in milliseconds since 1970, -1 if there is none.
    public var timestampMS: Int64 {
        var type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
        return rd_kafka_message_timestamp(message, &type)
    }

    public var key: UnsafeBufferPointer<UInt8>? { Self.bytes(message.pointee.key, message.pointee.key_len) }

    /// `nil` for a tombstone.
    public var value: UnsafeBufferPointer<UInt8>? { Self.bytes(message.pointee.payload, message.pointee.len) }

    /// The last header of this name, copied; `nil` if there is none, its value is null, or it is not `length` bytes long.
    ///
    /// librdkafka parses the headers when they are first asked for: ask only when they are needed.
    public func header(_ name: StaticString, length: Int? = nil) -> [UInt8]? {
        var headers: OpaquePointer?
        guard rd_kafka_message_headers(message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR, let headers else { return nil }
        var value: UnsafeRawPointer?
        var size = 0
        let result = name.withUTF8Buffer {
            $0.withMemoryRebound(to: CChar.self) {
                rd_kafka_header_get_last(headers, $0.baseAddress, &value, &size)
            }
        }
        guard result == RD_KAFKA_RESP_ERR_NO_ERROR, let value, length == nil || size == length else { return nil }
        return [UInt8](UnsafeRawBufferPointer(start: value, count: size))
    }

    private static func bytes(_ start: UnsafeMutableRawPointer?, _ count: Int) -> UnsafeBufferPointer<UInt8>? {
        guard let start else { return nil }
        return UnsafeBufferPointer(start: UnsafePointer(start.assumingMemoryBound(to: UInt8.self)), count: count)
    }
}

/// Output that waits for the next transaction: one byte arena, reused from commit to commit.
///
/// ```
/// bytes    | room-1{"schema":"alert.v1",…}room-7{…}          |
/// entries    ^key  ^value                  ^key  ^value
/// ```
public struct Outbox: Sendable {
    /// One record, lent for the length of a call.
    public struct Record {
        public var topic: OutputTopic
        /// -1 chooses by key.
        public var partition: Int32
        public var key: UnsafeBufferPointer<UInt8>?
        public var value: UnsafeBufferPointer<UInt8>?
        public var headers: [(name: String, value: String)]
        public init(
            topic: OutputTopic, partition: Int32, key: UnsafeBufferPointer<UInt8>?,
            value: UnsafeBufferPointer<UInt8>?, headers: [(name: String, value: String)] = []
        ) {
            (self.topic, self.partition, self.key, self.value) = (topic, partition, key, value)
            self.headers = headers
        }
    }
    private struct Entry {
        var topic: OutputTopic
        var key: Range<Int>?
        var value: Range<Int>
        var headers: [(name: String, value: String)]
    }

    private var bytes: [UInt8] = []
    private var entries: [Entry] = []

    public init() {}
    public var byteCount: Int { bytes.count }

    /// Adds a record whose value `write` appends.
    /// - Returns: Bytes of key and value.
    @discardableResult
    public mutating func add(
        _ topic: OutputTopic, key: (some Collection<UInt8>)?, headers: [(name: String, value: String)] = [],
        write: (inout [UInt8]) -> Void
    ) -> Int {
        let start = bytes.count
        if let key { bytes.append(contentsOf: key) }
        let middle = bytes.count
        write(&bytes)
        entries.append(
            Entry(topic: topic, key: key == nil ? nil : start..<middle, value: middle..<bytes.count, headers: headers))
        return bytes.count - start
    }

    /// Takes the record back that was added last.
    public mutating func removeLast() {
        guard let entry = entries.popLast() else { return }
        bytes.removeLast(bytes.count - (entry.key?.lowerBound ?? entry.value.lowerBound))
    }

    /// Lends each record, in order.
    public func forEach(_ body: (Record) throws(StreamFailure) -> Void) throws(StreamFailure) {
        for entry in entries {
            let result: Result<Void, StreamFailure> = bytes.withUnsafeBufferPointer { all in
                do throws(StreamFailure) {
                    try body(
                        Record(
                            topic: entry.topic, partition: -1,
                            key: entry.key.map { UnsafeBufferPointer(rebasing: all[$0]) },
                            value: UnsafeBufferPointer(rebasing: all[entry.value]), headers: entry.headers))
                    return .success(())
                } catch { return .failure(error) }
            }
            try result.get()
        }
    }

    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
    }
}

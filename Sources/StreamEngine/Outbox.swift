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
        var partition: Int32 = -1
        var key: Range<Int>?
        /// Nil is a tombstone.
        var value: Range<Int>?
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

    /// Adds a record of the changelog.
    /// - Parameter value: Nil is a tombstone.
    mutating func addChange(to partition: Int32, key: [UInt8], value: [UInt8]?) {
        let start = bytes.count
        bytes.append(contentsOf: key)
        let middle = bytes.count
        if let value { bytes.append(contentsOf: value) }
        entries.append(
            Entry(
                topic: .changelog, partition: partition, key: start..<middle,
                value: value == nil ? nil : middle..<bytes.count, headers: []))
    }

    /// Takes the record back that `add` added last.
    public mutating func removeLast() {
        guard let entry = entries.popLast(), let start = (entry.key ?? entry.value)?.lowerBound else { return }
        bytes.removeLast(bytes.count - start)
    }

    /// Lends each record, in order.
    public func forEach(_ body: (Record) throws(StreamFailure) -> Void) throws(StreamFailure) {
        try bytes.withUnsafeBufferPointer { all throws(StreamFailure) in
            for entry in entries {
                try body(
                    Record(
                        topic: entry.topic, partition: entry.partition,
                        key: entry.key.map { UnsafeBufferPointer(rebasing: all[$0]) },
                        value: entry.value.map { UnsafeBufferPointer(rebasing: all[$0]) }, headers: entry.headers))
            }
        }
    }

    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
    }
}

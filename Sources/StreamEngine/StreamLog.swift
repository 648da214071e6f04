/// The two input topics of a lane.
public enum InputTopic: Equatable, Sendable, CaseIterable { case transcripts, listings }

/// Where an output record goes.
public enum OutputTopic: Equatable, Sendable { case alerts, shadow, deadLetters, state }

/// One input record, lent by the log for the length of a call.
public struct InputRecord {
    public var offset: Int64
    public var timestampMS: Int64
    public var key: UnsafeBufferPointer<UInt8>?
    public var value: UnsafeBufferPointer<UInt8>?
    /// W3C traceparent header.
    public var trace: String?
    public init(
        offset: Int64, timestampMS: Int64, key: UnsafeBufferPointer<UInt8>?, value: UnsafeBufferPointer<UInt8>?,
        trace: String? = nil
    ) {
        self.offset = offset
        self.timestampMS = timestampMS
        self.key = key
        self.value = value
        self.trace = trace
    }
}

/// What the group has committed for a lane. Nil: nothing yet.
public struct CommittedLane: Equatable, Sendable {
    public var transcripts: Int64?
    public var listings: Int64?
    public var metadata: String?
    public init(transcripts: Int64? = nil, listings: Int64? = nil, metadata: String? = nil) {
        (self.transcripts, self.listings, self.metadata) = (transcripts, listings, metadata)
    }
}

/// Next offsets of a lane: to begin at, or to commit.
public struct LaneOffsets: Equatable, Sendable {
    public var partition: Int32
    public var transcripts: Int64
    public var listings: Int64
    /// For the transcripts partition's commit.
    public var metadata: String
    public init(partition: Int32, transcripts: Int64, listings: Int64, metadata: String = "") {
        (self.partition, self.transcripts, self.listings) = (partition, transcripts, listings)
        self.metadata = metadata
    }
}

/// Why a call on the log failed, by what has to be done about it. Retriable errors never come this far.
public enum StreamFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// Abort the transaction, drop what is in memory, restore, read again.
    case abortable(String)
    /// Stop the worker.
    case fatal(String)
    /// The brokers do not answer: stop the worker.
    case unavailable(String)
    /// The shell gave a restore up, because it is to stop or the group takes the partitions back: serve it.
    case interrupted(String)

    public var description: String {
        switch self {
        case .abortable(let reason), .fatal(let reason), .unavailable(let reason), .interrupted(let reason): reason
        }
    }
}

/// Kafka as a worker sees it. `StreamShell` implements it with librdkafka, tests with arrays.
public protocol StreamLog: AnyObject {
    func committed(_ partitions: [Int32]) throws(StreamFailure) -> [Int32: CommittedLane]
    /// First offset kept and next offset to be written.
    func bounds(_ topic: InputTopic, _ partition: Int32) throws(StreamFailure) -> (low: Int64, high: Int64)
    /// Reads the whole state partition and gives its next offset. Waits, within bounds, until that is `atLeast`, and
    /// then may lend records again from the first.
    func readState(
        _ partition: Int32, atLeast: Int64,
        _ body: (_ key: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>?) -> Void
    ) throws(StreamFailure) -> Int64
    /// Begins to fetch at these offsets; also goes back.
    func open(_ lanes: [LaneOffsets]) throws(StreamFailure)
    /// Gives every partition back.
    func close() throws(StreamFailure)

    /// What the next `take` would give.
    func head(_ topic: InputTopic, _ partition: Int32) throws(StreamFailure) -> LaneMerge.Head
    /// Lends the record that `head` announced and moves on.
    func take(_ topic: InputTopic, _ partition: Int32, _ body: (InputRecord) -> Void)

    func begin() throws(StreamFailure)
    /// - Parameter partition: -1 chooses by key.
    func produce(_ record: Outbox.Record) throws(StreamFailure)
    /// Returns when every record is acknowledged.
    func flush() throws(StreamFailure)
    /// The next offset of a state partition after `flush`, if the transaction wrote to it.
    func stateEnd(_ partition: Int32) -> Int64?
    func sendOffsets(_ lanes: [LaneOffsets]) throws(StreamFailure)
    func commit() throws(StreamFailure)
    func abort() throws(StreamFailure)
}

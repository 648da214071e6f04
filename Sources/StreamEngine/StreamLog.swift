/// The two input topics of a stream task.
public enum InputTopic: Equatable, Sendable, CaseIterable { case transcripts, listings }

/// Where an output record goes. `changelog` is the compacted topic that holds the rooms' state.
public enum OutputTopic: Equatable, Sendable { case alerts, shadow, deadLetters, changelog }

/// One record, lent by its feed until the next `fetch` from that feed.
public struct InputRecord {
    public var offset: Int64
    public var timestampMS: Int64
    public var key: UnsafeBufferPointer<UInt8>?
    /// Nil is a tombstone.
    public var value: UnsafeBufferPointer<UInt8>?
    public init(
        offset: Int64, timestampMS: Int64, key: UnsafeBufferPointer<UInt8>?, value: UnsafeBufferPointer<UInt8>?
    ) {
        self.offset = offset
        self.timestampMS = timestampMS
        self.key = key
        self.value = value
    }
}

/// What a feed has for its task.
public enum FetchResult {
    /// At least one record, in offset order, valid until the next `fetch`.
    case records(UnsafeBufferPointer<InputRecord>)
    /// Nothing has arrived; more may come.
    case empty
    /// The partition has no more committed records; `next` is the offset after the last, markers of transactions counted.
    case end(next: Int64)
}

/// The records of one partition as they arrive. It belongs to one task, so that nobody looks it up per record.
public protocol RecordFeed: AnyObject {
    /// Takes back the records lent before and lends the next ones, without waiting.
    func fetch(atMost count: Int) throws(StreamFailure) -> FetchResult
    /// The `traceparent` header of a lent record, if it has one of `length` bytes. Asked for only when an alert is raised.
    func traceparent(at index: Int, length: Int) -> [UInt8]?
    /// The partition's next offset as the last answer of the brokers told it, nil before the first. Asks nobody.
    var knownEnd: Int64? { get }
}

/// What the group has committed for a task. Nil: nothing yet.
public struct CommittedOffsets: Equatable, Sendable {
    public var transcripts: Int64?
    public var listings: Int64?
    public var metadata: String?
    public init(transcripts: Int64? = nil, listings: Int64? = nil, metadata: String? = nil) {
        (self.transcripts, self.listings, self.metadata) = (transcripts, listings, metadata)
    }
}

/// Next offsets of a task: to begin at, or to commit.
public struct TaskOffsets: Equatable, Sendable {
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

/// Why the log could not do what was asked, by what the engine does about it.
public enum StreamFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// Nobody answers at the moment: the engine asks again, until its patience for the question is over.
    case retriable(String)
    /// The transaction cannot commit: the engine aborts it, restores the tasks and tries again after a while.
    case abortable(String)
    /// The client is of no more use, or something is wrong that no retry mends: stop the worker.
    case fatal(String)
    /// The brokers did not answer for as long as is reasonable: stop the worker.
    case unavailable(String)

    public var description: String {
        switch self {
        case .retriable(let reason), .abortable(let reason), .fatal(let reason), .unavailable(let reason): reason
        }
    }
}

/// Kafka as a worker sees it. `StreamShell` implements it with librdkafka, `StreamSimulation` with arrays.
///
/// Only the questions (`committed`, `bounds`) and the calls with `withinMS` may wait for brokers. These throw `retriable` if
/// they are not done by then, and are repeated with the same arguments.
public protocol StreamLog: AnyObject {
    associatedtype Feed: RecordFeed

    /// Milliseconds of a clock that never goes back; its zero means nothing. Read after each record, so it must be cheap.
    var nowMS: Int64 { get }

    /// Takes partitions over without reading them yet, so that the group need not wait for a restore.
    func hold() throws(StreamFailure)
    func committed(_ partitions: [Int32]) throws(StreamFailure) -> [Int32: CommittedOffsets]
    /// The first offset kept and the next offset to be written.
    func bounds(_ topic: InputTopic, _ partition: Int32) throws(StreamFailure) -> (low: Int64, high: Int64)
    /// Begins to read a partition of the changelog topic from its first record.
    func openChangelog(_ partition: Int32) throws(StreamFailure) -> Feed
    /// Begins to fetch at these offsets, in place of all that was fetched before: a pair of feeds for each task.
    func open(_ tasks: [TaskOffsets]) throws(StreamFailure) -> [(transcripts: Feed, listings: Feed)]
    /// Gives every partition back.
    func close() throws(StreamFailure)

    /// Whether a stop or a rebalance waits for this worker. Asked in the middle of a transaction that takes long.
    var isAwaited: Bool { get }
    func begin() throws(StreamFailure)
    /// Queues a record; waits only if the queue is full.
    func produce(_ record: Outbox.Record, withinMS: Int64) throws(StreamFailure)
    /// Returns when every record is acknowledged.
    func flush(withinMS: Int64) throws(StreamFailure)
    /// The next offset of a changelog partition after `flush`, if the transaction wrote to it.
    func changelogEnd(_ partition: Int32) -> Int64?
    /// Begins anew when it is repeated; the others go on where they stopped.
    func sendOffsets(_ tasks: [TaskOffsets], withinMS: Int64) throws(StreamFailure)
    /// After a call of it, nothing but another call of it may follow until one has ended otherwise than `retriable`.
    func commit(withinMS: Int64) throws(StreamFailure)
    func abort(withinMS: Int64) throws(StreamFailure)
}

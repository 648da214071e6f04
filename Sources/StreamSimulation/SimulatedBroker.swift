public import StreamEngine

/// What brokers keep: it survives every crash of a worker. A value, so that a test can go on from a copy.
///
/// Offsets may have gaps, as compaction and transaction markers leave them.
public struct SimulatedBroker {
    /// A record of an input topic.
    public struct Record: Equatable {
        public var offset: Int64
        public var timestampMS: Int64
        public var key: [UInt8]?
        public var value: [UInt8]?
        public var traceparent: [UInt8]?
        public init(
            offset: Int64, timestampMS: Int64, key: [UInt8]?, value: [UInt8]?, traceparent: [UInt8]? = nil
        ) {
            self.offset = offset
            self.timestampMS = timestampMS
            self.key = key
            self.value = value
            self.traceparent = traceparent
        }
    }
    /// A committed record of an output topic other than the changelog.
    public struct Output: Equatable {
        public var topic: OutputTopic
        public var key: [UInt8]?
        public var value: [UInt8]?
        public init(topic: OutputTopic, key: [UInt8]?, value: [UInt8]?) {
            (self.topic, self.key, self.value) = (topic, key, value)
        }
    }
    public struct ChangelogRecord: Equatable {
        public var offset: Int64
        public var key: [UInt8]
        public var value: [UInt8]?
        public init(offset: Int64, key: [UInt8], value: [UInt8]?) {
            (self.offset, self.key, self.value) = (offset, key, value)
        }
    }
    /// A partition of an input topic.
    public struct InputPartition: Hashable {
        public var topic: InputTopic
        public var partition: Int32
        public init(_ topic: InputTopic, _ partition: Int32) { (self.topic, self.partition) = (topic, partition) }
    }

    public var inputs: [InputPartition: [Record]] = [:]
    public var committed: [Int32: CommittedOffsets] = [:]
    public var outputs: [Output] = []
    public var changelog: [Int32: [ChangelogRecord]] = [:]
    /// The first offset that retention has left, by input partition; 0 if nothing is said.
    public var low: [InputPartition: Int64] = [:]
    /// Until when a partition's changelog is hidden behind the open transaction of a worker that died.
    public var changelogHiddenUntilMS: [Int32: Int64] = [:]

    public init() {}

    public func end(of partition: InputPartition) -> Int64 { (inputs[partition]?.last?.offset ?? -1) + 1 }
    public func changelogEnd(_ partition: Int32) -> Int64 { (changelog[partition]?.last?.offset ?? -1) + 1 }

    /// Adds an input record behind the last of its partition.
    public mutating func append(
        _ topic: InputTopic, _ partition: Int32, timestampMS: Int64, key: [UInt8]?, value: [UInt8]?, gap: Int64 = 0,
        traceparent: [UInt8]? = nil
    ) {
        let place = InputPartition(topic, partition)
        inputs[place, default: []].append(
            Record(
                offset: end(of: place) + gap, timestampMS: timestampMS, key: key, value: value, traceparent: traceparent
            ))
    }

    /// Alerts by key, in order: within a room order is a promise, between rooms it is not.
    public var alertsByRoom: [[UInt8]: [Output]] {
        Dictionary(grouping: outputs.filter { $0.topic != .deadLetters }, by: { $0.key ?? [] })
    }
    /// The values of all dead letters, sorted.
    public var deadLetters: [String] {
        outputs.filter { $0.topic == .deadLetters }.map { String(decoding: $0.value ?? [], as: UTF8.self) }.sorted()
    }
}

/// What goes wrong between a worker and its brokers, and how often.
public struct BrokerFaults: Sendable {
    /// One call of a transaction in this many fails; 0 never. A third of them crash the worker, the rest are abortable.
    public var failsOneIn: UInt64 = 0
    /// One question of a take-over in this many is not answered; 0 never.
    public var unansweredOneIn: UInt64 = 0
    /// One fetch in this many finds nothing, though records are there; 0 never.
    public var lateFetchOneIn: UInt64 = 4
    /// The longest that a call of a transaction takes, milliseconds.
    public var maxLatencyMS: UInt64 = 0
    /// A call of a transaction that may wait for brokers.
    public enum Step: Hashable, Sendable, CaseIterable { case flush, sendOffsets, commit, abort }
    /// Milliseconds until the brokers answer such a call. They forget `sendOffsets` when it is given up, and begin anew.
    public var silence: [Step: Int64] = [:]
    /// A record that the output topics refuse; its transaction fails, each time.
    public var refuses: (@Sendable (SimulatedBroker.Output) -> Bool)?
    public init(failsOneIn: UInt64 = 0, unansweredOneIn: UInt64 = 0) {
        (self.failsOneIn, self.unansweredOneIn) = (failsOneIn, unansweredOneIn)
    }
}

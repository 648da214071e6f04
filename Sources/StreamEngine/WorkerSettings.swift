public import LiveEvents

/// What a worker's decisions depend on besides the records. Each default stands here, or in the struct that holds it.
public struct WorkerSettings: Sendable {
    /// Where a task without a committed offset begins.
    public enum Start: String, Sendable { case earliest, latest }

    public var transcriptsTopic = "live.transcripts"
    public var listingsTopic = "live.listings"
    public var ruleSetHash = ""
    public var start = Start.earliest
    public var commit = CommitSettings()
    public var retry = RetrySettings()
    public var decoding = DecodingLimits()
    /// Milliseconds that one topic of a task waits for the other.
    public var maxTaskIdleMS: Int64 = 1000
    /// Milliseconds of work after which `step` returns; the record at hand is finished first. Stops, rebalances and
    /// commits are looked at between steps.
    public var maxStepMS: Int64 = 50
    /// Records taken from one task before the next has its turn.
    public var quantum = 500
    /// Records of the changelog taken in at once while a task is restored.
    public var restoreQuantum = 500
    /// Records that a restart reads again at most; carry-overs that begin earlier go into the changelog.
    public var maxReplayRecords: Int64 = 5000
    /// Rooms of tasks that were given back and are kept in memory until the next assignment, an empty task counted as
    /// one; 0 restores every task.
    public var maxSuspendedRooms = 200_000
    /// Bytes of a broken record's key and of its value kept in its dead letter, if `maxOutputRecordBytes` allows.
    public var maxDeadLetterBytes = 64 << 10
    /// Bytes of key and value that an output record may have, at least `leastOutputRecordBytes`. The shell sets it by the
    /// producer's `message.max.bytes`; the default is what librdkafka lets pass by its own, and a little less.
    public var maxOutputRecordBytes = 990_000
    /// With less, no dead letter could hold its reason, nor most alerts their evidence.
    public static let leastOutputRecordBytes = 50_000
    public init() {}

    /// Bytes of key and value kept in a dead letter. The key stands in it twice, once as base64 beside the payload: less
    /// than 4 bytes for each. What is left is more than reason, path and detail ever take.
    var keptDeadLetterBytes: Int { max(0, min(maxDeadLetterBytes, (maxOutputRecordBytes - 20_000) / 4)) }

    /// The name of an input topic.
    public func name(of topic: InputTopic) -> String {
        topic == .transcripts ? transcriptsTopic : listingsTopic
    }
}

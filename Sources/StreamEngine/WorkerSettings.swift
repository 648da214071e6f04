public import LiveEvents

/// What a worker's decisions depend on besides the records.
public struct WorkerSettings: Sendable {
    /// Where a lane without a committed offset begins.
    public enum Start: String, Sendable { case earliest, latest }

    public var transcriptsTopic = "live.transcripts"
    public var listingsTopic = "live.listings"
    public var ruleSetHash = ""
    public var start = Start.earliest
    public var commitFloorMS: Int64 = 10
    public var commitIntervalMS: Int64 = 1000
    /// Milliseconds that one topic of a lane waits for the other.
    public var maxLaneWaitMS: Int64 = 1000
    /// Records that a restart reads again at most; older tails go into the state.
    public var maxReplayRecords: Int64 = 5000
    /// Rooms of lanes that were given back and are kept in memory until the next assignment, an empty lane counted as
    /// one; 0 restores every lane.
    public var maxParkedRooms = 200_000
    /// Records taken from one lane before the next lane has its turn.
    public var laneTurn = 500
    /// Bytes of a broken record kept in its dead letter.
    public var maxDeadLetterBytes = 64 << 10
    public var decoding = DecodingLimits()
    public init() {}

    /// The name of an input topic.
    public func name(of topic: InputTopic) -> String {
        topic == .transcripts ? transcriptsTopic : listingsTopic
    }
}

/// Running totals of one worker.
public struct WorkerStatistics: Equatable, Sendable {
    public var events = 0
    public var alerts = 0
    public var deadLetters = 0
    /// Records not yet taken, over all lanes, as far as known.
    public var lag: Int64 = 0
    public var rooms = 0
    public var lanes = 0
    public var commits = 0
    public var aborts = 0
    /// Lanes read back from the state topic.
    public var restores = 0
    /// Lanes that came back unchanged from a rebalance and needed no restore.
    public var reused = 0
    public var replayed = 0
    /// Times one topic of a lane went on without the other.
    public var impatience = 0
    /// Lanes whose committed offset had already been deleted by retention.
    public var truncated = 0
    public init() {}
}

extension WorkerStatistics {
    /// Adds another worker's totals.
    public mutating func add(_ other: WorkerStatistics) {
        events += other.events
        alerts += other.alerts
        deadLetters += other.deadLetters
        lag += other.lag
        rooms += other.rooms
        lanes += other.lanes
        commits += other.commits
        aborts += other.aborts
        restores += other.restores
        reused += other.reused
        replayed += other.replayed
        impatience += other.impatience
        truncated += other.truncated
    }
}

/// Running totals of one worker.
public struct WorkerStatistics: Equatable, Sendable {
    public var events = 0
    public var alerts = 0
    public var deadLetters = 0
    /// Records not yet taken, over all tasks, as far as known.
    public var lag: Int64 = 0
    public var rooms = 0
    public var tasks = 0
    public var commits = 0
    public var aborts = 0
    /// Tasks read back from the changelog topic.
    public var restored = 0
    /// Tasks that came back unchanged from a rebalance and needed no restore.
    public var recycled = 0
    public var replayed = 0
    /// Times one topic of a task went on without the other.
    public var enforcedProcessing = 0
    /// Partitions whose committed offset had already been deleted by retention.
    public var lostToRetention = 0
    /// Changelog records that could not be read and were left where they are.
    public var stateRecordsSetAside = 0
    /// Output that was larger than a record may be.
    public var outputsTooLarge = 0
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
        tasks += other.tasks
        commits += other.commits
        aborts += other.aborts
        restored += other.restored
        recycled += other.recycled
        replayed += other.replayed
        enforcedProcessing += other.enforcedProcessing
        lostToRetention += other.lostToRetention
        stateRecordsSetAside += other.stateRecordsSetAside
        outputsTooLarge += other.outputsTooLarge
    }
}

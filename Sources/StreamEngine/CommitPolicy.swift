/// When to commit, how much one transaction may hold and how long it may take. The defaults stand here and nowhere else.
public struct CommitSettings: Equatable, Sendable {
    /// Milliseconds between commits while alerts or dead letters are pending and the worker keeps up. An alert is seen at
    /// its commit, so this bounds both its latency and the number of transactions per second.
    public var floorMS: Int64 = 10
    /// The same while there is a backlog, if that is longer: an alert that is minutes late may wait a little more, and a
    /// transaction costs milliseconds of CPU however little is in it.
    public var busyFloorMS: Int64 = 500
    /// Milliseconds between commits while nothing is pending but progress.
    public var intervalMS: Int64 = 1000
    /// Records whose outcome one transaction may hold: what is taken again after an abort.
    public var maxRecords = 100_000
    /// Pending output, bytes; bounds the memory of the outbox.
    public var maxOutputBytes = 8 << 20
    /// Milliseconds that one transaction may wait for brokers, an abort likewise. The shell sets it to
    /// `transaction.timeout.ms`: the brokers abort a transaction that lasts longer.
    public var timeoutMS: Int64 = 15_000
    /// The same from when a stop or a rebalance waits for the worker, until the commit is asked for: long enough for a broker
    /// that is slow, too short for one that is gone.
    public var awaitedTimeoutMS: Int64 = 3000
    public init() {}

    /// Milliseconds between commits while there is a backlog and output: never longer than without output.
    var busyDelayMS: Int64 { max(floorMS, min(busyFloorMS, intervalMS)) }
}

/// When a transaction is due: soon if somebody waits for an alert, less often while catching up, rarely if nobody waits.
///
/// After a failed transaction the next ones are smaller, so that one record that cannot be published is found without
/// keeping the others back: a sixteenth after each failure, twice as much after each success.
public struct CommitPolicy: Sendable {
    public let settings: CommitSettings
    /// Records that the next transaction may hold.
    public private(set) var maxRecords: Int
    /// Whether records were left waiting at the end of the last pass over the tasks.
    public var hasBacklog = false
    public private(set) var records = 0
    private var lastCommitMS: Int64

    public init(_ settings: CommitSettings = CommitSettings(), nowMS: Int64) {
        self.settings = settings
        maxRecords = settings.maxRecords
        lastCommitMS = nowMS
    }

    @inline(__always)
    public mutating func recordTaken() { records += 1 }

    public mutating func committed(nowMS: Int64) {
        restart(nowMS: nowMS)
        maxRecords = min(settings.maxRecords, maxRecords * 2)
    }

    public mutating func aborted(nowMS: Int64) {
        restart(nowMS: nowMS)
        maxRecords = max(1, maxRecords / 16)
    }

    /// Counts from here: there was nothing to commit, or what there was is gone.
    public mutating func restart(nowMS: Int64) {
        lastCommitMS = nowMS
        records = 0
    }

    /// True as soon as no further record should be taken before a commit.
    @inline(__always)
    public func isFull(outputBytes: Int) -> Bool { records >= maxRecords || outputBytes >= settings.maxOutputBytes }

    public func isDue(outputBytes: Int, nowMS: Int64) -> Bool {
        if isFull(outputBytes: outputBytes) { return true }
        guard outputBytes > 0 || records > 0 else { return false }
        return nowMS - lastCommitMS >= delayMS(outputBytes)
    }

    /// Milliseconds until a commit may be due, for the shell's wait.
    public func waitMS(outputBytes: Int, nowMS: Int64) -> Int64 {
        guard outputBytes > 0 || records > 0 else { return settings.intervalMS }
        return max(0, lastCommitMS + delayMS(outputBytes) - nowMS)
    }

    private func delayMS(_ outputBytes: Int) -> Int64 {
        if outputBytes == 0 { return settings.intervalMS }
        return hasBacklog ? settings.busyDelayMS : settings.floorMS
    }
}

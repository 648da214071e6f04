/// When a transaction is due: soon if somebody waits for an alert, rarely if nobody does.
///
/// An alert is seen at its commit, so the floor bounds both the latency and the number of transactions per second.
public struct CommitPolicy: Sendable {
    /// Milliseconds between commits while alerts or dead letters are pending.
    public var floorMS: Int64 = 10
    /// Milliseconds between commits otherwise.
    public var intervalMS: Int64 = 1000
    public var maxRecords = 20_000
    /// Pending output, bytes; bounds the memory of the outbox.
    public var maxOutputBytes = 8 << 20

    private var lastCommitMS: Int64
    private var records = 0

    public init(floorMS: Int64 = 10, intervalMS: Int64 = 1000, nowMS: Int64) {
        (self.floorMS, self.intervalMS, lastCommitMS) = (floorMS, intervalMS, nowMS)
    }

    public mutating func recordTaken() { records += 1 }

    public mutating func committed(nowMS: Int64) {
        lastCommitMS = nowMS
        records = 0
    }

    /// True as soon as no further record should be taken before a commit.
    public func isFull(outputBytes: Int) -> Bool { records >= maxRecords || outputBytes >= maxOutputBytes }

    public func isDue(outputBytes: Int, nowMS: Int64) -> Bool {
        if isFull(outputBytes: outputBytes) { return true }
        let age = nowMS - lastCommitMS
        return outputBytes > 0 ? age >= floorMS : records > 0 && age >= intervalMS
    }

    /// Milliseconds until a commit may be due, for the shell's wait.
    public func waitMS(outputBytes: Int, nowMS: Int64) -> Int64 {
        guard outputBytes > 0 || records > 0 else { return intervalMS }
        return max(0, lastCommitMS + (outputBytes > 0 ? floorMS : intervalMS) - nowMS)
    }
}

/// How long a worker goes on trying. The defaults stand here and nowhere else.
public struct RetrySettings: Equatable, Sendable {
    /// Milliseconds before a failed transaction is tried again; doubled by each further failure.
    public var firstBackoffMS: Int64 = 100
    public var maxBackoffMS: Int64 = 15_000
    /// Transactions that may fail in a row, all from the same committed offsets, before the worker gives up. With the
    /// back-off above that takes a minute, which outlasts a broker's failover.
    public var maxFailures = 11
    /// Milliseconds between two tries of a question that nobody answers.
    public var questionBackoffMS: Int64 = 200
    /// Milliseconds to wait for what a dead worker's open transaction hides, and for any one answer of a take-over: longer
    /// than `transaction.timeout.ms` (15 s) and the 10 s that a broker takes to notice.
    public var takeoverTimeoutMS: Int64 = 35_000
    /// Milliseconds without a record until the read of a changelog partition is given up.
    public var restoreTimeoutMS: Int64 = 60_000
    public init() {}
}

/// Counts failed transactions and says when to try again.
public struct RetryPolicy: Sendable {
    public let settings: RetrySettings
    /// Failures since the last commit.
    public private(set) var failures = 0

    public init(_ settings: RetrySettings = RetrySettings()) { self.settings = settings }

    public mutating func succeeded() { failures = 0 }

    /// Notes a failure.
    /// - Returns: Milliseconds to wait before the next try; nil if there should be none.
    public mutating func failed() -> Int64? {
        failures += 1
        guard failures < settings.maxFailures else { return nil }
        var backoffMS = settings.firstBackoffMS
        for _ in 1..<failures where backoffMS < settings.maxBackoffMS { backoffMS *= 2 }
        return min(backoffMS, settings.maxBackoffMS)
    }
}

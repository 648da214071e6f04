/// How long one transaction may keep its worker waiting for brokers.
///
/// ```
/// begun ───────────────────────────────────────────────┤ timeoutMS, while nobody waits for the worker
///         a stop or a rebalance ───────────┤ awaitedTimeoutMS, unless the other comes first
/// ```
/// Giving up loses nothing. Before the commit is asked for, the transaction is aborted and its records are taken again, by
/// this worker or by the next owner. Once it is asked for, only the brokers know how it ends, so the worker ends too, and
/// the next start learns it from them.
public struct TransactionTime: Sendable {
    /// Milliseconds of a call that goes on where it stopped when it is repeated: how soon a stop is noticed.
    static let sliceMS: Int64 = 500

    private let settings: CommitSettings
    private var endMS: Int64
    private var isAwaited = false

    public init(_ settings: CommitSettings, begunMS: Int64, isAwaited: Bool = false) {
        self.settings = settings
        endMS = begunMS + settings.timeoutMS
        if isAwaited { somebodyWaits(nowMS: begunMS) }
    }

    /// Milliseconds left, 0 when the time is over.
    public func leftMS(nowMS: Int64) -> Int64 { max(0, endMS - nowMS) }

    /// A stop or a rebalance waits for the worker. Only the first call counts.
    public mutating func somebodyWaits(nowMS: Int64) {
        if isAwaited { return }
        isAwaited = true
        endMS = min(endMS, nowMS + settings.awaitedTimeoutMS)
    }

    /// Milliseconds to give the next call.
    /// - Parameter beginsAnew: Whether a repeated call begins from its start, so that short calls would never end.
    func sliceMS(nowMS: Int64, beginsAnew: Bool) -> Int64 {
        max(1, min(leftMS(nowMS: nowMS), beginsAnew ? max(settings.awaitedTimeoutMS, Self.sliceMS) : Self.sliceMS))
    }
}

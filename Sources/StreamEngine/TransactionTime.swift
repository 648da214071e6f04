/// How long one transaction may keep its worker waiting for brokers.
///
/// ```
/// begun ───────────────────────────────────────────────┤ timeoutMS
///         a stop or a rebalance ───────────┤ awaitedTimeoutMS, until the commit is asked for
/// ```
/// Giving up loses nothing. Before the commit is asked for, the transaction is aborted and its records are taken again, by
/// this worker or by the next owner: that is cheap, so nobody waits long for it. Once it is asked for, only the brokers know
/// how it ends. Then giving up ends the worker, and the next start learns it from them: so all the time is theirs, however
/// many wait, and brokers that restart one by one end no worker.
struct TransactionTime: Sendable {
    /// Milliseconds of a call that goes on where it stopped when it is repeated: how soon a stop is noticed.
    static let sliceMS: Int64 = 500

    private let settings: CommitSettings
    private let lastMS: Int64
    private var endMS: Int64
    private var isAwaited = false
    private var isAskedFor = false

    init(_ settings: CommitSettings, begunMS: Int64, isAwaited: Bool = false) {
        self.settings = settings
        lastMS = begunMS + settings.timeoutMS
        endMS = lastMS
        if isAwaited { somebodyWaits(nowMS: begunMS) }
    }

    /// Milliseconds left, 0 when the time is over.
    func leftMS(nowMS: Int64) -> Int64 { max(0, endMS - nowMS) }

    /// A stop or a rebalance waits for the worker. Only the first call counts.
    mutating func somebodyWaits(nowMS: Int64) {
        if isAwaited || isAskedFor { return }
        isAwaited = true
        endMS = min(endMS, nowMS + settings.awaitedTimeoutMS)
    }

    /// From here on only the brokers know how the transaction ends.
    mutating func isLeftToBrokers() {
        isAskedFor = true
        endMS = lastMS
    }

    /// Milliseconds to give the next call.
    /// - Parameter beginsAnew: Whether a repeated call begins from its start, so that short calls would never end.
    func sliceMS(nowMS: Int64, beginsAnew: Bool) -> Int64 {
        max(1, min(leftMS(nowMS: nowMS), beginsAnew ? max(settings.awaitedTimeoutMS, Self.sliceMS) : Self.sliceMS))
    }
}

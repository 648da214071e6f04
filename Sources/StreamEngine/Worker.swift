import ClaimDetection
import LiveEvents

/// Takes records, judges them, commits: every decision of the pipeline, without a clock, a thread or a socket.
///
/// ```
///   assign ──> ask for committed offsets ──> restore task after task ──> open ──> merge by time ─> decode ─> judge
///                                            from the changelog topic             │       outbox: alerts, dead letters
///        ^                                                                        │                 │ due?
///        │ after a back-off                                                       └──── commit <────┘
///        └── abortable: abort, drop what changed          begin, outbox, changelog, flush, offsets + metadata, commit
///            too many in a row, or fatal: thrown to the shell, which exits
/// ```
///
/// All of it happens inside `step`, a little at a time: a step ends after `maxStepMS` of work, whatever records cost,
/// so that the shell can look at stops and rebalances. A transaction is open only inside a commit, so whatever happens
/// between two commits leaves nothing behind on the brokers: a dropped task is as if its records had never been taken.
public final class Worker<Log: StreamLog, Rooms: RoomProcessing> {
    let log: Log
    let settings: WorkerSettings
    let makeRooms: () -> Rooms
    let processor: RecordProcessor
    /// Tasks that are open: their feeds are attached.
    var tasks: [StreamTask<Rooms>] = []
    /// Tasks that were given back as their last commit left them, by partition, until the next assignment is complete.
    var suspended: [Int32: StreamTask<Rooms>] = [:]
    /// The assignment that is being taken over; nil if there is none.
    var takeover: Takeover<Log.Feed, Rooms>?
    var retry: RetryPolicy
    /// Nothing is tried before this time: somebody did not answer, or a transaction failed.
    var notBeforeMS = Int64.min
    /// The task that the next step begins with, so that none has to wait for ever.
    private var nextTask = 0

    public init(log: Log, settings: WorkerSettings, makeRooms: @escaping () -> Rooms) {
        self.log = log
        self.settings = settings
        self.makeRooms = makeRooms
        processor = RecordProcessor(settings, nowMS: log.nowMS)
        retry = RetryPolicy(settings.retry)
    }

    // MARK: Work

    /// Does what there is to do, for about `maxStepMS` and whatever the record at hand takes: a part of a take-over,
    /// or records of each task in turn; then commits if that is due.
    /// - Returns: Whether there may be more to do at once; if not, the shell may wait for `waitMS`.
    public func step() throws(StreamFailure) -> Bool {
        let nowMS = log.nowMS
        guard nowMS >= notBeforeMS else { return false }
        do throws(StreamFailure) {
            let deadlineMS = nowMS + settings.maxStepMS
            let isBusy = takeover == nil ? try work(until: deadlineMS) : try takeOver(until: deadlineMS)
            if processor.policy.isDue(outputBytes: processor.outbox.byteCount, nowMS: log.nowMS) { try commit() }
            return isBusy
        } catch {
            guard case .abortable(let cause) = error else { throw error }
            try recover(from: cause)
            return false
        }
    }

    private func work(until deadlineMS: Int64) throws(StreamFailure) -> Bool {
        var (isBusy, hasBacklog) = (false, false)
        for turn in 0..<tasks.count {
            let number = (nextTask + turn) % tasks.count
            switch try tasks[number].work(processor, until: deadlineMS, clock: { log.nowMS }) {
            case .nothing: continue
            case .drained: isBusy = true
            case .hasMore: (isBusy, hasBacklog) = (true, true)
            }
            let isOver = log.nowMS >= deadlineMS
            if isOver { hasBacklog = true }
            if isOver || processor.isFull {
                nextTask = number + 1
                break
            }
        }
        processor.policy.hasBacklog = hasBacklog
        return isBusy
    }

    /// Milliseconds that the shell may sleep if nothing arrives.
    public var waitMS: Int64 {
        let nowMS = log.nowMS
        if nowMS < notBeforeMS { return min(100, notBeforeMS - nowMS) }
        return min(100, processor.policy.waitMS(outputBytes: processor.outbox.byteCount, nowMS: nowMS))
    }

    /// After a failed transaction: everything since the last commit is undone and taken again, after a while.
    private func recover(from cause: String) throws(StreamFailure) {
        processor.statistics.aborts += 1
        try abort()
        let backoffMS = retry.failed()
        processor.journal.note(.aborted(cause: cause, failures: retry.failures, retryInMS: backoffMS))
        guard let backoffMS else {
            throw .fatal(
                "\(retry.failures) transactions in a row failed from the same offsets; the last one: \(cause). Nothing is lost: "
                    + "the next start reads the records again. Check that every output topic takes records of up to "
                    + "\(settings.maxOutputRecordBytes) bytes (max.message.bytes) and that this user may write to it.")
        }
        let partitions = tasks.map(\.partition) + (takeover?.partitions ?? [])
        processor.policy.aborted(nowMS: log.nowMS)
        try begin(partitions, isRecovery: true)
        notBeforeMS = log.nowMS + backoffMS
    }

    // MARK: What the operator sees

    public var statistics: WorkerStatistics {
        var totals = processor.statistics
        totals.tasks = tasks.count
        totals.rooms = tasks.reduce(0) { $0 + $1.rooms.roomCount }
        return totals
    }

    /// Whether every assigned partition is ready. False while nothing is assigned.
    public var isReady: Bool { takeover == nil && !tasks.isEmpty }

    /// Counts the records that are not yet taken, for `statistics.lag`.
    public func measureLag() {
        processor.statistics.lag = tasks.reduce(0) { $0 + $1.transcripts.lag + $1.listings.lag }
    }

    /// What happened one by one since the last call, in order.
    public func takeEvents() -> [EngineEvent] { processor.journal.takeEvents() }

    /// What was counted since the last call.
    public func takeTally() -> EngineEvent.Tally {
        for task in tasks { task.tellTotals(to: processor) }
        return processor.journal.takeTally()
    }
}

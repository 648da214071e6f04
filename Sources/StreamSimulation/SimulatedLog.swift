public import StreamEngine

/// One worker's consumer and transactional producer before a `SimulatedBroker`, failing where the seed says.
public final class SimulatedLog: StreamLog {
    public var broker: SimulatedBroker
    public let clock: SimulatedClock
    public var faults: BrokerFaults
    var random: SplitMix64
    /// Partitions whose changelog was opened, in order.
    public private(set) var restored: [Int32] = []
    /// Transactions that were begun.
    public private(set) var transactions = 0
    /// Whether the group has been answered and nothing is fetched yet.
    public private(set) var isHolding = false
    /// Counts assignments: feeds of an earlier one have nothing more.
    fileprivate var generation = 0
    private var pending: [SimulatedBroker.Output] = []
    private var pendingChangelog: [(partition: Int32, key: [UInt8], value: [UInt8]?)] = []
    private var pendingOffsets: [TaskOffsets] = []
    private var isOpen = false
    private var isCommitAsked = false
    private var isUndecided = false
    /// When the brokers answer the call at hand, nil if it has not been asked.
    private var silentUntilMS: Int64?

    public init(broker: SimulatedBroker, seed: UInt64, faults: BrokerFaults = BrokerFaults(), clock: SimulatedClock) {
        self.broker = broker
        self.faults = faults
        self.clock = clock
        random = SplitMix64(seed: seed)
    }

    public var nowMS: Int64 { clock.nowMS }

    /// When a stop or a rebalance begins to wait for the worker.
    public var awaitedFromMS = Int64.max
    public var isAwaited: Bool { clock.nowMS >= awaitedFromMS }

    private func happens(oneIn count: UInt64) -> Bool { count > 0 && random.next() % count == 0 }

    private func call() throws(StreamFailure) {
        if faults.maxLatencyMS > 0 { clock.advance(byMS: Int64(random.next() % (faults.maxLatencyMS + 1))) }
        guard happens(oneIn: faults.failsOneIn) else { return }
        throw random.next() % 3 == 0 ? .fatal("crash") : .abortable("simulated")
    }

    private func ask() throws(StreamFailure) {
        if happens(oneIn: faults.unansweredOneIn) { throw .retriable("simulated silence") }
    }

    // MARK: Ownership

    public func hold() throws(StreamFailure) {
        generation += 1
        isHolding = true
    }

    public func committed(_ partitions: [Int32]) throws(StreamFailure) -> [Int32: CommittedOffsets] {
        try ask()
        return broker.committed.filter { partitions.contains($0.key) }
    }

    public func bounds(_ topic: InputTopic, _ partition: Int32) throws(StreamFailure) -> (low: Int64, high: Int64) {
        try ask()
        let place = SimulatedBroker.InputPartition(topic, partition)
        return (broker.low[place] ?? 0, broker.end(of: place))
    }

    public func openChangelog(_ partition: Int32) throws(StreamFailure) -> SimulatedFeed {
        try ask()
        restored.append(partition)
        return SimulatedFeed(self, .changelog(partition))
    }

    public func open(_ tasks: [TaskOffsets]) throws(StreamFailure) -> [(
        transcripts: SimulatedFeed, listings: SimulatedFeed
    )] {
        generation += 1
        isHolding = false
        return tasks.map { task in
            (
                SimulatedFeed(self, .input(.init(.transcripts, task.partition)), from: task.transcripts),
                SimulatedFeed(self, .input(.init(.listings, task.partition)), from: task.listings)
            )
        }
    }

    public func close() throws(StreamFailure) {
        generation += 1
        isHolding = false
    }

    // MARK: Transaction

    public func begin() throws(StreamFailure) {
        precondition(!isOpen, "transaction begun twice")
        try call()
        isOpen = true
        isCommitAsked = false
        silentUntilMS = nil
        transactions += 1
        (pending, pendingChangelog, pendingOffsets) = ([], [], [])
    }

    public func produce(_ record: Outbox.Record, withinMS: Int64) throws(StreamFailure) {
        precondition(isOpen && !isCommitAsked, "a record outside of a transaction")
        try call()
        if record.topic == .changelog {
            pendingChangelog.append((record.partition, Array(record.key!), record.value.map { Array($0) }))
        } else {
            pending.append(
                .init(topic: record.topic, key: record.key.map { Array($0) }, value: record.value.map { Array($0) }))
        }
    }

    public func flush(withinMS: Int64) throws(StreamFailure) {
        try wait(.flush, withinMS)
        try call()
        if let refuses = faults.refuses, pending.contains(where: refuses) {
            throw .abortable("an output topic refuses a record")
        }
    }

    public func changelogEnd(_ partition: Int32) -> Int64? {
        let count = pendingChangelog.count { $0.partition == partition }
        return count == 0 ? nil : broker.changelogEnd(partition) + Int64(count)
    }

    public func sendOffsets(_ tasks: [TaskOffsets], withinMS: Int64) throws(StreamFailure) {
        precondition(isOpen && !isCommitAsked, "offsets outside of a transaction")
        try wait(.sendOffsets, withinMS)
        try call()
        pendingOffsets = tasks
    }

    public func commit(withinMS: Int64) throws(StreamFailure) {
        precondition(isOpen, "a commit outside of a transaction")
        isCommitAsked = true
        try wait(.commit, withinMS)
        try call()
        isOpen = false
        broker.outputs += pending
        for change in pendingChangelog {
            broker.changelog[change.partition, default: []].append(
                .init(offset: broker.changelogEnd(change.partition), key: change.key, value: change.value))
        }
        for task in pendingOffsets {
            broker.committed[task.partition] = CommittedOffsets(
                transcripts: task.transcripts, listings: task.listings, metadata: task.metadata)
        }
        // Committed, but the answer is lost: only a crash looks like this.
        if happens(oneIn: faults.failsOneIn) { throw .fatal("crash after commit") }
    }

    public func abort(withinMS: Int64) throws(StreamFailure) {
        // An abort may follow a commit that failed, but none that may still happen.
        precondition(!isUndecided, "an abort while the outcome of a commit is not known")
        try wait(.abort, withinMS)
        isOpen = false
    }

    /// Lets the time of a call pass that the brokers do not answer yet.
    private func wait(_ step: BrokerFaults.Step, _ withinMS: Int64) throws(StreamFailure) {
        precondition(withinMS > 0, "a call without time")
        isUndecided = false
        guard let silentMS = faults.silence[step] else { return }
        let untilMS = silentUntilMS ?? clock.nowMS + silentMS
        silentUntilMS = step == .sendOffsets ? nil : untilMS
        clock.advance(byMS: min(withinMS, untilMS - clock.nowMS))
        guard clock.nowMS >= untilMS else {
            isUndecided = step == .commit
            throw .retriable("simulated silence")
        }
        silentUntilMS = nil
    }
}

/// The records of one simulated partition, in pieces of a size that the seed says.
public final class SimulatedFeed: RecordFeed {
    enum Source {
        case input(SimulatedBroker.InputPartition)
        case changelog(Int32)
    }
    private unowned let log: SimulatedLog
    private let source: Source
    private let generation: Int
    private var next: Int64
    private var traceparents: [[UInt8]?] = []
    /// Freed at the next fetch, so that a sanitizer sees who keeps a record too long.
    private var memory: [UnsafeMutableBufferPointer<UInt8>] = []
    private var lending: UnsafeMutableBufferPointer<InputRecord>?

    init(_ log: SimulatedLog, _ source: Source, from offset: Int64 = 0) {
        (self.log, self.source, next) = (log, source, offset)
        generation = log.generation
    }

    deinit { takeBack() }

    private func takeBack() {
        for bytes in memory { bytes.deallocate() }
        memory.removeAll()
        lending?.deallocate()
        lending = nil
        traceparents.removeAll()
    }

    private func lend(_ bytes: [UInt8]?) -> UnsafeBufferPointer<UInt8>? {
        guard let bytes else { return nil }
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, bytes.count))
        _ = copy.initialize(from: bytes)
        memory.append(copy)
        return UnsafeBufferPointer(start: copy.baseAddress, count: bytes.count)
    }

    public func fetch(atMost count: Int) throws(StreamFailure) -> FetchResult {
        takeBack()
        if log.faults.lateFetchOneIn > 0, log.random.next() % log.faults.lateFetchOneIn == 0 { return .empty }
        let wanted = 1 + log.random.next(below: max(1, count))
        var records: [InputRecord] = []
        switch source {
        case .input(let place):
            guard generation == log.generation else { return .empty }
            let all = log.broker.inputs[place] ?? []
            var index = all.partitioningIndex { $0.offset >= next }
            if index < all.count, next < log.broker.low[place] ?? 0 { throw .abortable("offset out of range") }
            while records.count < wanted, index < all.count {
                let record = all[index]
                records.append(
                    InputRecord(
                        offset: record.offset, timestampMS: record.timestampMS, key: lend(record.key),
                        value: lend(record.value)))
                traceparents.append(record.traceparent)
                index += 1
            }
            guard let last = records.last else { return .end(next: max(next, log.broker.end(of: place))) }
            next = last.offset + 1
        case .changelog(let partition):
            if log.clock.nowMS < log.broker.changelogHiddenUntilMS[partition] ?? .min { return .end(next: 0) }
            let all = log.broker.changelog[partition] ?? []
            var index = all.partitioningIndex { $0.offset >= next }
            while records.count < wanted, index < all.count {
                let record = all[index]
                records.append(
                    InputRecord(
                        offset: record.offset, timestampMS: 0, key: lend(record.key), value: lend(record.value)))
                index += 1
            }
            guard let last = records.last else { return .end(next: log.broker.changelogEnd(partition)) }
            next = last.offset + 1
        }
        let lending = UnsafeMutableBufferPointer<InputRecord>.allocate(capacity: records.count)
        _ = lending.initialize(from: records)
        self.lending = lending
        return .records(UnsafeBufferPointer(lending))
    }

    public func traceparent(at index: Int, length: Int) -> [UInt8]? {
        guard index < traceparents.count, let header = traceparents[index], header.count == length else { return nil }
        return header
    }

    public var knownEnd: Int64? {
        switch source {
        case .input(let place): log.broker.end(of: place)
        case .changelog(let partition): log.broker.changelogEnd(partition)
        }
    }
}

extension Array {
    /// The first index whose element, and all after it, satisfy the predicate.
    fileprivate func partitioningIndex(_ belongsBehind: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if belongsBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

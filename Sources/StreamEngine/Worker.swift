import ClaimDetection
import LiveEvents

/// Takes records, judges them, commits: every decision of the pipeline, without a clock, a thread or a socket.
///
/// ```
///            assign                       step, again and again
///   committed offsets + metadata    ┌─> for each lane: merge by time ─> decode ─> judge ─┐
///   state topic ─> book.restore     │      (below the committed offset: book.replay)     v
///   transcripts from "r",           │                                        outbox: alerts, dead letters
///   listings from their commit      │                                                    │ due?
///        ^                          └────────────── commit <─────────────────────────────┘
///        │                             begin, outbox, state changes, flush, offsets + metadata, commit
///        └── abortable: abort, drop changed lanes, assign again     fatal: thrown to the shell, which exits
/// ```
///
/// A transaction is open only inside `commit`, so whatever happens between two commits leaves nothing behind on the
/// brokers: a dropped lane is as if its records had never been taken.
public final class Worker<Log: StreamLog, Book: Judge> {
    public private(set) var statistics = WorkerStatistics()
    private let log: Log
    private let settings: WorkerSettings
    private let makeBook: () -> Book
    private let decoder: EventDecoder
    private var lanes: [Lane<Book>] = []
    /// Lanes given back without a change since their commit, by partition, until the next assignment.
    private var parked: [Int32: Lane<Book>] = [:]
    private var notices: [LaneNotice] = []
    private var toldNotices: Set<LaneNotice> = []
    private var outbox = Outbox()
    private var pendingAlerts = 0
    private var pendingDeadLetters = 0
    private var policy: CommitPolicy
    /// Impatience of lanes that are gone.
    private var pastImpatience = 0

    public init(log: Log, settings: WorkerSettings, nowMS: Int64, makeBook: @escaping () -> Book) {
        self.log = log
        self.settings = settings
        self.makeBook = makeBook
        decoder = EventDecoder(limits: settings.decoding)
        policy = CommitPolicy(
            floorMS: settings.commitFloorMS, intervalMS: settings.commitIntervalMS, nowMS: nowMS)
    }

    // MARK: Ownership

    /// Takes over these lanes and no others, and begins to fetch.
    ///
    /// An eager rebalance takes every lane away, also those that come straight back. Such a lane is kept as it is if the
    /// group's committed offsets and metadata are still those of its own last commit: then nobody had it in between.
    /// Any other is restored from the state topic.
    public func assign(_ partitions: [Int32]) throws(StreamFailure) {
        park()
        parked = parked.filter { partitions.contains($0.key) }
        do throws(StreamFailure) {
            let committed = try log.committed(partitions)
            for partition in partitions.sorted() {
                let committed = committed[partition] ?? CommittedLane()
                if let lane = parked.removeValue(forKey: partition), lane.committed == committed, try isThere(lane) {
                    lane.merge = LaneMerge(maxWaitMS: settings.maxLaneWaitMS)
                    lanes.append(lane)
                    statistics.reused += 1
                } else {
                    lanes.append(try restore(partition, committed))
                    statistics.restores += 1
                }
            }
        } catch {
            // What is restored so far need not be restored again.
            park()
            throw error
        }
        parked.removeAll()
        try log.open(
            lanes.map {
                LaneOffsets(partition: $0.partition, transcripts: $0.fetchFrom, listings: $0.listings)
            })
    }

    /// Gives every lane back, after a last commit unless they are lost already.
    public func revoke(lost: Bool, nowMS: Int64) throws(StreamFailure) {
        if !lost {
            do throws(StreamFailure) { try commit(nowMS: nowMS) } catch {
                guard case .abortable = error else { throw error }
                // The next owner takes the records from the last commit on.
                statistics.aborts += 1
                try log.abort()
            }
        }
        park()
        try log.close()
    }

    /// The last commit before a clean stop.
    public func finish(nowMS: Int64) throws(StreamFailure) { try revoke(lost: false, nowMS: nowMS) }

    /// Lets every lane go, and keeps at hand those that are as their last commit left them, within
    /// `maxParkedRooms`. Output that is not committed is dropped: its records will be read again.
    private func park() {
        pastImpatience += lanes.reduce(0) { $0 + $1.merge.impatience }
        var rooms = parked.values.reduce(0) { $0 + max(1, $1.book.roomCount) }
        for lane in lanes where !lane.isChanged && !lane.isReplaying {
            rooms += max(1, lane.book.roomCount)
            if rooms > settings.maxParkedRooms { break }
            parked[lane.partition] = lane
        }
        lanes.removeAll()
        outbox.removeAll()
        (pendingAlerts, pendingDeadLetters) = (0, 0)
    }

    /// Whether retention has left the records that a lane is to go on with.
    private func isThere(_ lane: Lane<Book>) throws(StreamFailure) -> Bool {
        guard try log.bounds(.transcripts, lane.partition).low <= lane.transcripts else { return false }
        return try log.bounds(.listings, lane.partition).low <= lane.listings
    }

    /// Rebuilds one lane as of its last commit.
    private func restore(_ partition: Int32, _ committed: CommittedLane) throws(StreamFailure) -> Lane<Book> {
        let metadata = committed.metadata.flatMap(CommitMetadata.init(parsing:))
        if let metadata, metadata.ruleSet != settings.ruleSetHash {
            tell(.rulesChanged(partition: partition, from: metadata.ruleSet, to: settings.ruleSetHash))
        }
        if metadata == nil, let offset = committed.transcripts {
            tell(.foreignCommit(partition: partition, committed: offset))
        }
        let book = makeBook()
        let stateEnd = try log.readState(partition, atLeast: metadata?.stateEnd ?? 0) { key, value in
            book.restore(key: key, value: value)
        }
        if let broken = book.finishRestore().unreadable.first {
            throw .fatal(
                "state of partition \(partition) cannot be read (\(broken.reason); key "
                    + "\(String(decoding: broken.key.prefix(512), as: UTF8.self))). It was written by another version: "
                    + "start with a new group, or go back to that version.")
        }
        if let metadata, stateEnd < metadata.stateEnd {
            throw .fatal(
                "state of partition \(partition) ends at offset \(stateEnd), but the group committed up to "
                    + "\(metadata.stateEnd). Was the state topic recreated? Restore it, or start with a new group.")
        }
        let speech = try log.bounds(.transcripts, partition)
        let listing = try log.bounds(.listings, partition)
        let transcripts = try begin(.transcripts, partition, committed.transcripts, speech)
        let listings = try begin(.listings, partition, committed.listings, listing)
        let replayFrom = max(speech.low, min(metadata?.replayFrom ?? transcripts, transcripts))
        return Lane(
            partition: partition, book: book, maxWaitMS: settings.maxLaneWaitMS, transcripts: transcripts,
            listings: listings, replayFrom: replayFrom, stateEnd: stateEnd, committed: committed,
            // A start at the end is worth a commit: the next start must not jump ahead.
            isChanged: settings.start == .latest && (committed.transcripts == nil || committed.listings == nil))
    }

    private func begin(
        _ topic: InputTopic, _ partition: Int32, _ committed: Int64?, _ bounds: (low: Int64, high: Int64)
    ) throws(StreamFailure) -> Int64 {
        guard let committed else { return settings.start == .earliest ? bounds.low : bounds.high }
        if committed > bounds.high {
            throw .fatal(
                "\(settings.name(of: topic))[\(partition)] ends at offset \(bounds.high), but the group committed \(committed). "
                    + "Was the topic recreated? Start with a new group.")
        }
        if committed < bounds.low {
            statistics.truncated += 1
            tell(
                .recordsLost(
                    topic: settings.name(of: topic), partition: partition, committed: committed, first: bounds.low))
            return bounds.low
        }
        return committed
    }

    private func tell(_ notice: LaneNotice) {
        if toldNotices.insert(notice).inserted { notices.append(notice) }
    }

    /// What the operator should know, each once; then it is forgotten here.
    public func takeNotices() -> [LaneNotice] {
        defer { notices.removeAll() }
        return notices
    }

    // MARK: Work

    /// Takes what is there, each lane at most a turn, and commits if that is due.
    /// - Returns: Whether any record was taken; if not, the shell may wait.
    public func step(nowMS: Int64) throws(StreamFailure) -> Bool {
        do throws(StreamFailure) {
            var isBusy = false
            for lane in lanes where try turn(of: lane, nowMS: nowMS) { isBusy = true }
            if policy.isDue(outputBytes: outbox.byteCount, nowMS: nowMS) { try commit(nowMS: nowMS) }
            publishTotals()
            return isBusy
        } catch {
            guard case .abortable = error else { throw error }
            try recover(nowMS: nowMS)
            return true
        }
    }

    /// Milliseconds that the shell may sleep if no record arrives.
    public func waitMS(nowMS: Int64) -> Int64 {
        min(100, policy.waitMS(outputBytes: outbox.byteCount, nowMS: nowMS))
    }

    private func recover(nowMS: Int64) throws(StreamFailure) {
        statistics.aborts += 1
        try log.abort()
        let partitions = lanes.map(\.partition)
        policy.committed(nowMS: nowMS)
        try assign(partitions)
    }

    private func turn(of lane: Lane<Book>, nowMS: Int64) throws(StreamFailure) -> Bool {
        for taken in 0..<settings.laneTurn {
            if policy.isFull(outputBytes: outbox.byteCount) { return taken > 0 }
            let speech = try log.head(.transcripts, lane.partition)
            if lane.isReplaying {
                switch speech {
                case .record: log.take(.transcripts, lane.partition) { replay($0, in: lane) }
                case .empty: return taken > 0
                case .end: lane.isReplaying = false
                }
                continue
            }
            let listing = try log.head(.listings, lane.partition)
            switch lane.merge.choose(transcripts: speech, listings: listing, nowMS: nowMS) {
            case .wait: return taken > 0
            case .transcripts: log.take(.transcripts, lane.partition) { accept($0, .transcripts, in: lane) }
            case .listings: log.take(.listings, lane.partition) { accept($0, .listings, in: lane) }
            }
        }
        return true
    }

    /// A record before the committed offset was judged, or set aside, before the restart.
    private func replay(_ record: InputRecord, in lane: Lane<Book>) {
        guard record.offset < lane.transcripts else {
            // The records up to here are gone (compaction, control records): this one is new.
            lane.isReplaying = false
            return accept(record, .transcripts, in: lane)
        }
        if record.offset + 1 == lane.transcripts { lane.isReplaying = false }
        statistics.replayed += 1
        guard record.key != nil, let value = record.value, let event = try? decoder.decode(value) else { return }
        lane.book.replay(event, origin: origin(of: record, .transcripts, lane))
    }

    /// Judges a new record and moves on.
    private func accept(_ record: InputRecord, _ topic: InputTopic, in lane: Lane<Book>) {
        process(record, topic, in: lane)
        switch topic {
        case .transcripts: lane.transcripts = record.offset + 1
        case .listings: lane.listings = record.offset + 1
        }
        lane.isChanged = true
        policy.recordTaken()
    }

    private func process(_ record: InputRecord, _ topic: InputTopic, in lane: Lane<Book>) {
        statistics.events += 1
        guard record.key != nil else {
            return setAside(record, topic, lane, .missingKey, "", "records are keyed by room_id; this one has no key")
        }
        guard let value = record.value else {
            return setAside(record, topic, lane, .undecodable(.empty), "", "the record has no value")
        }
        do throws(DecodingError) {
            let event = try decoder.decode(value)
            lane.book.process(event, origin: origin(of: record, topic, lane)) { alert in
                pendingAlerts += 1
                outbox.add(alert.mode == .live ? .alerts : .shadow, key: alert.roomID.utf8) { alert.encode(into: &$0) }
            }
        } catch {
            setAside(record, topic, lane, .undecodable(error.reason), error.path, error.detail)
        }
    }

    private func setAside(
        _ record: InputRecord, _ topic: InputTopic, _ lane: Lane<Book>, _ reason: DeadLetter.Reason, _ path: String,
        _ detail: String
    ) {
        let source = RecordSource(
            topic: settings.name(of: topic), partition: Partition(lane.partition), offset: Offset(record.offset))
        let letter = DeadLetter(
            reason: .known(reason), path: path, detail: detail, source: source, timestampMS: record.timestampMS,
            keyBytes: record.key.map { Array($0.prefix(settings.maxDeadLetterBytes)) },
            payload: record.value.map { Array($0.prefix(settings.maxDeadLetterBytes)) } ?? [],
            payloadBytes: record.value?.count ?? 0)
        pendingDeadLetters += 1
        outbox.add(
            .deadLetters, key: record.key?.prefix(settings.maxDeadLetterBytes),
            headers: [
                ("reason", reason.rawValue), ("topic", source.topic), ("partition", "\(source.partition)"),
                ("offset", "\(source.offset)"),
            ]
        ) { letter.encode(into: &$0) }
    }

    private func origin(of record: InputRecord, _ topic: InputTopic, _ lane: Lane<Book>) -> RecordOrigin {
        RecordOrigin(
            source: RecordSource(
                topic: settings.name(of: topic), partition: Partition(lane.partition), offset: Offset(record.offset)),
            trace: record.trace)
    }

    // MARK: Commit

    /// Output, state, offsets: all in one transaction or not at all.
    private func commit(nowMS: Int64) throws(StreamFailure) {
        // A lane that is still replaying has taken nothing new.
        let changed = lanes.filter { $0.isChanged && !$0.isReplaying }
        guard !changed.isEmpty else { return policy.committed(nowMS: nowMS) }
        try log.begin()
        try outbox.forEach { record throws(StreamFailure) in try log.produce(record) }
        var replayFrom: [Int64] = []
        for lane in changed {
            let oldest = max(0, lane.transcripts - settings.maxReplayRecords)
            // While tails are still being read again, the book does not know yet where the oldest begins.
            replayFrom.append(min(lane.book.replayOffset(noEarlierThan: oldest) ?? lane.transcripts, lane.transcripts))
            try writeState(of: lane)
        }
        try log.flush()
        var offsets: [LaneOffsets] = []
        for (lane, replayFrom) in zip(changed, replayFrom) {
            let metadata = CommitMetadata(
                replayFrom: replayFrom, stateEnd: log.stateEnd(lane.partition) ?? lane.stateEnd,
                ruleSet: settings.ruleSetHash)
            lane.stateEnd = metadata.stateEnd
            offsets.append(
                LaneOffsets(
                    partition: lane.partition, transcripts: lane.transcripts, listings: lane.listings,
                    metadata: metadata.encoded))
        }
        try log.sendOffsets(offsets)
        try log.commit()
        for (lane, offsets) in zip(changed, offsets) {
            lane.isChanged = false
            lane.committed = CommittedLane(
                transcripts: offsets.transcripts, listings: offsets.listings, metadata: offsets.metadata)
        }
        settle(nowMS: nowMS)
    }

    private func writeState(of lane: Lane<Book>) throws(StreamFailure) {
        var failure: StreamFailure?
        lane.book.flushChangelog { change in
            guard failure == nil else { return }
            change.key.withUnsafeBufferPointer { key in
                func produce(_ value: UnsafeBufferPointer<UInt8>?) {
                    do throws(StreamFailure) {
                        try log.produce(Outbox.Record(topic: .state, partition: lane.partition, key: key, value: value))
                    } catch { failure = error }
                }
                if let value = change.value { value.withUnsafeBufferPointer { produce($0) } } else { produce(nil) }
            }
        }
        if let failure { throw failure }
    }

    /// Counts what is now committed, and makes room for the next.
    private func settle(nowMS: Int64) {
        statistics.commits += 1
        statistics.alerts += pendingAlerts
        statistics.deadLetters += pendingDeadLetters
        (pendingAlerts, pendingDeadLetters) = (0, 0)
        policy.committed(nowMS: nowMS)
        outbox.removeAll()
    }

    private func publishTotals() {
        statistics.lanes = lanes.count
        statistics.rooms = lanes.reduce(0) { $0 + $1.book.roomCount }
        statistics.impatience = pastImpatience + lanes.reduce(0) { $0 + $1.merge.impatience }
    }

    /// How far each lane is, for the lag.
    public var positions: [LaneOffsets] {
        lanes.map { LaneOffsets(partition: $0.partition, transcripts: $0.transcripts, listings: $0.listings) }
    }
    public func setLag(_ lag: Int64) { statistics.lag = lag }
}

import ClaimDetection

/// An assignment on its way to work: what is ready, what is being restored, what is still to come.
struct Takeover<Feed: RecordFeed, Rooms: RoomProcessing> {
    /// In ascending order.
    let partitions: [Int32]
    /// Whether the partitions were the worker's before: it comes back from an aborted transaction.
    let isRecovery: Bool
    /// The group's committed offsets, nil until they are known.
    var committed: [Int32: CommittedOffsets]?
    /// Tasks that are ready, in the order of `partitions`.
    var ready: [StreamTask<Rooms>] = []
    /// How far the next task is.
    var restore: Restore?
    var recycled = 0
    /// When the question at hand is given up, nil if it has not been asked.
    var patienceEndsMS: Int64?

    struct Restore {
        let task: StreamTask<Rooms>
        let metadata: CommitMetadata?
        let begunMS: Int64
        /// Nil when the changelog has been read.
        var changelog: Feed?
        var records = 0
        /// Since when no record has come.
        var quietSinceMS: Int64
    }
}

extension Worker {
    // MARK: Ownership

    /// Takes over these partitions and no others; `step` does the work.
    ///
    /// An eager rebalance takes every task away, also those that come straight back. Such a task is recycled if the
    /// group's committed offsets and metadata are still those of its own last commit: then nobody had it in between.
    /// Any other is restored from the changelog topic.
    public func assign(_ partitions: [Int32]) throws(StreamFailure) {
        processor.journal.note(.assigned(partitions: partitions.sorted()))
        try begin(partitions, isRecovery: false)
        // What kept the last assignment from working need not keep this one.
        notBeforeMS = .min
    }

    func begin(_ partitions: [Int32], isRecovery: Bool) throws(StreamFailure) {
        suspend()
        suspended = suspended.filter { partitions.contains($0.key) }
        try log.hold()
        takeover = partitions.isEmpty ? nil : Takeover(partitions: partitions.sorted(), isRecovery: isRecovery)
    }

    /// Gives every partition back, after a last commit unless they are lost already.
    public func revoke(lost: Bool) throws(StreamFailure) {
        let partitions = tasks.map(\.partition) + (takeover?.partitions ?? [])
        try giveBack(lost: lost)
        processor.journal.note(.revoked(partitions: partitions.sorted(), lost: lost))
    }

    /// The last commit before a clean stop.
    public func finish() throws(StreamFailure) { try giveBack(lost: false) }

    /// Lets go of every record and feed, for a shell whose client is about to end after a failure.
    public func abandon() {
        suspend()
        suspended.removeAll()
    }

    private func giveBack(lost: Bool) throws(StreamFailure) {
        if !lost {
            do throws(StreamFailure) { try commit(isAwaited: true) } catch {
                guard case .abortable(let cause) = error else { throw error }
                // The next owner takes the records from the last commit on.
                processor.statistics.aborts += 1
                processor.journal.note(.aborted(cause: cause, failures: retry.failures + 1, retryInMS: 0))
                try abort()
            }
        }
        if let takeover, !takeover.isRecovery {
            processor.journal.note(.takeoverGivenUp(partitions: takeover.partitions))
        }
        suspend()
        try log.close()
    }

    /// Lets every task go, and keeps those that are as their last commit left them, within `maxSuspendedRooms`.
    /// Output that is not committed is dropped: its records will be read again.
    private func suspend() {
        var rooms = suspended.values.reduce(0) { $0 + max(1, $1.rooms.roomCount) }
        for task in tasks + (takeover?.ready ?? []) {
            task.tellTotals(to: processor)
            task.attach(nil, nil, maxTaskIdleMS: settings.maxTaskIdleMS)
            guard task.isAsCommitted, rooms + max(1, task.rooms.roomCount) <= settings.maxSuspendedRooms else {
                continue
            }
            rooms += max(1, task.rooms.roomCount)
            suspended[task.partition] = task
        }
        tasks.removeAll()
        takeover = nil
        processor.forgetOutput()
        processor.policy.restart(nowMS: log.nowMS)
    }

    // MARK: Take-over

    /// Goes on with the take-over until the deadline.
    /// - Returns: False if somebody has to answer first.
    func takeOver(until deadlineMS: Int64) throws(StreamFailure) -> Bool {
        do throws(StreamFailure) {
            repeat {
                guard try advanceTakeover() else { return false }
                takeover?.patienceEndsMS = nil
            } while takeover != nil && log.nowMS < deadlineMS
            return true
        } catch {
            guard case .retriable(let reason) = error else { throw error }
            let nowMS = log.nowMS
            let endMS = takeover?.patienceEndsMS ?? nowMS + settings.retry.takeoverTimeoutMS
            if nowMS >= endMS { throw .unavailable(reason) }
            if takeover?.patienceEndsMS == nil { processor.journal.note(.unanswered(reason: reason)) }
            takeover?.patienceEndsMS = endMS
            notBeforeMS = nowMS + settings.retry.questionBackoffMS
            return false
        }
    }

    /// One bounded piece of the take-over.
    /// - Returns: False if nothing more can be done at the moment.
    private func advanceTakeover() throws(StreamFailure) -> Bool {
        guard var current = takeover else { return false }
        guard let committed = current.committed else {
            takeover?.committed = try log.committed(current.partitions)
            return true
        }
        if let restore = current.restore { return try advance(restore) }
        guard current.ready.count < current.partitions.count else {
            try open(current)
            return true
        }
        let partition = current.partitions[current.ready.count]
        let own = committed[partition] ?? CommittedOffsets()
        if let task = suspended[partition], task.committed == own, try isThere(task) {
            suspended[partition] = nil
            current.ready.append(task)
            current.recycled += 1
            processor.statistics.recycled += 1
            processor.journal.note(.recycled(partition: partition))
        } else {
            suspended[partition] = nil
            current.restore = try beginRestore(partition, own)
        }
        takeover = current
        return true
    }

    /// Whether retention has left the records that a task is to go on with.
    private func isThere(_ task: StreamTask<Rooms>) throws(StreamFailure) -> Bool {
        let next = task.offsets
        guard try log.bounds(.transcripts, task.partition).low <= next.transcripts else { return false }
        return try log.bounds(.listings, task.partition).low <= next.listings
    }

    private func open(_ done: Takeover<Log.Feed, Rooms>) throws(StreamFailure) {
        let feeds = try log.open(done.ready.map(\.fetchOffsets))
        for (task, feed) in zip(done.ready, feeds) {
            task.attach(feed.transcripts, feed.listings, maxTaskIdleMS: settings.maxTaskIdleMS)
        }
        tasks = done.ready
        takeover = nil
        suspended.removeAll()
        let restored = done.partitions.count - done.recycled
        processor.journal.note(
            done.isRecovery
                ? .recovered(partitions: done.partitions)
                : .tookOver(partitions: done.partitions, restored: restored, recycled: done.recycled))
    }

    // MARK: Restore

    private func beginRestore(
        _ partition: Int32, _ committed: CommittedOffsets
    ) throws(StreamFailure) -> Takeover<Log.Feed, Rooms>.Restore {
        let metadata = committed.metadata.flatMap(CommitMetadata.init(parsing:))
        let changelog = try log.openChangelog(partition)
        if let metadata, metadata.ruleSet != settings.ruleSetHash {
            processor.journal.noteOnce(
                .rulesChanged(partition: partition, from: metadata.ruleSet, to: settings.ruleSetHash))
        }
        if metadata == nil, let offset = committed.transcripts {
            processor.journal.noteOnce(.foreignCommit(partition: partition, committed: offset))
        }
        let task = StreamTask(partition: partition, settings: settings, committed: committed, rooms: makeRooms())
        return .init(
            task: task, metadata: metadata, begunMS: log.nowMS, changelog: changelog, quietSinceMS: log.nowMS)
    }

    /// Takes some records of the changelog in, or, behind the last, looks where the task goes on.
    private func advance(_ current: Takeover<Log.Feed, Rooms>.Restore) throws(StreamFailure) -> Bool {
        var restore = current
        let partition = restore.task.partition
        guard let changelog = restore.changelog else {
            try endRestore(restore)
            return true
        }
        switch try changelog.fetch(atMost: settings.restoreQuantum) {
        case .records(let records):
            restore.records += records.count
            restore.quietSinceMS = log.nowMS
            restore.task.restore(records)
            takeover?.restore = restore
            return true
        case .empty:
            let quietMS = log.nowMS - restore.quietSinceMS
            guard quietMS >= settings.retry.restoreTimeoutMS else { return false }
            throw .unavailable(
                "partition \(partition) of the changelog topic gave no record for \(quietMS) ms while it was read back. Check "
                    + "that its leader is up.")
        case .end(let next):
            let wanted = restore.metadata?.changelogEnd ?? 0
            if next >= wanted {
                try endReading(restore)
                restore.task.changelogEnd = next
                restore.changelog = nil
                takeover?.restore = restore
                return true
            }
            let nowMS = log.nowMS
            guard nowMS - restore.begunMS < settings.retry.takeoverTimeoutMS else {
                throw .fatal(
                    "state of partition \(partition) ends at offset \(next), but the group committed up to \(wanted). Was "
                        + "the state topic recreated? Restore it, or start with a new group.")
            }
            // The open transaction of a worker that died hides the end until it is fenced or its time is over. Again
            // from the first: a read from the middle depends on how well a broker hides aborted records.
            restore.changelog = try log.openChangelog(partition)
            restore.task.restart(with: makeRooms())
            (restore.records, restore.quietSinceMS) = (0, nowMS)
            takeover?.restore = restore
            notBeforeMS = nowMS + settings.retry.questionBackoffMS
            return false
        }
    }

    /// One record that cannot be read is an accident, and is left out; most of them are another version's.
    private func endReading(_ restore: Takeover<Log.Feed, Rooms>.Restore) throws(StreamFailure) {
        let partition = restore.task.partition
        let (report, listingsForgotten) = restore.task.endReading()
        if report.roomsForgotten > 0 || listingsForgotten > 0 {
            processor.journal.note(
                .forgottenInRestore(
                    partition: partition, rooms: report.roomsForgotten, listings: listingsForgotten))
        }
        for record in report.unreadable {
            processor.statistics.stateRecordsSetAside += 1
            let key = String(decoding: record.key.prefix(512), as: UTF8.self)
            processor.journal.note(.stateRecordSetAside(partition: partition, key: key, reason: record.reason))
        }
        let count = report.unreadable.count
        guard count >= 8, count * 2 > restore.records else { return }
        throw .fatal(
            "\(count) of \(restore.records) state records of partition \(partition) cannot be read. They were written by "
                + "another version: start with a new group, or go back to that version.")
    }

    private func endRestore(_ restore: Takeover<Log.Feed, Rooms>.Restore) throws(StreamFailure) {
        let (task, committed) = (restore.task, restore.task.committed)
        let speech = try log.bounds(.transcripts, task.partition)
        let listing = try log.bounds(.listings, task.partition)
        let transcripts = try start(.transcripts, task.partition, committed.transcripts, speech)
        let listings = try start(.listings, task.partition, committed.listings, listing)
        task.endRestore(
            transcripts: transcripts, listings: listings,
            replayFrom: max(speech.low, min(restore.metadata?.replayFrom ?? transcripts, transcripts)),
            changelogEnd: task.changelogEnd,
            // A start at the end is worth a commit: the next start must not jump ahead.
            isChanged: settings.start == .latest && (committed.transcripts == nil || committed.listings == nil))
        processor.statistics.restored += 1
        processor.journal.note(
            .restored(
                partition: task.partition, records: restore.records, changelogEnd: task.changelogEnd,
                tookMS: log.nowMS - restore.begunMS))
        takeover?.ready.append(task)
        takeover?.restore = nil
    }

    private func start(
        _ topic: InputTopic, _ partition: Int32, _ committed: Int64?, _ bounds: (low: Int64, high: Int64)
    ) throws(StreamFailure) -> Int64 {
        guard let committed else { return settings.start == .earliest ? bounds.low : bounds.high }
        if committed > bounds.high {
            throw .fatal(
                "\(settings.name(of: topic))[\(partition)] ends at offset \(bounds.high), but the group committed \(committed). "
                    + "Was the topic recreated? Start with a new group.")
        }
        if committed < bounds.low {
            processor.statistics.lostToRetention += 1
            processor.journal.noteOnce(
                .recordsLost(
                    topic: settings.name(of: topic), partition: partition, committed: committed, first: bounds.low))
            return bounds.low
        }
        return committed
    }
}

import ClaimDetection

extension Worker {
    /// Output, changelog, offsets: all in one transaction or not at all.
    /// - Parameter isAwaited: Whether a stop or a rebalance waits for it.
    func commit(isAwaited: Bool = false) throws(StreamFailure) {
        let begunMS = log.nowMS
        // A task that is still replaying has taken nothing new.
        let changed = tasks.filter { $0.isChanged && $0.phase == .live }
        guard !changed.isEmpty else { return processor.policy.restart(nowMS: begunMS) }
        var time = TransactionTime(settings.commit, begunMS: begunMS, isAwaited: isAwaited)
        let offsets: [TaskOffsets]
        do throws(StreamFailure) { offsets = try write(changed, &time) } catch {
            // Nothing is committed yet, so whatever was not delivered can be taken back.
            guard case .retriable(let reason) = error else { throw error }
            throw .abortable("the brokers did not take it within \(log.nowMS - begunMS) ms: \(reason)")
        }
        time.isLeftToBrokers()
        do throws(StreamFailure) {
            try insist(&time) { sliceMS throws(StreamFailure) in try log.commit(withinMS: sliceMS) }
        } catch {
            guard case .retriable(let reason) = error else { throw error }
            throw .unavailable(
                "the brokers do not answer: whether a transaction is committed was not known after "
                    + "\(log.nowMS - begunMS) ms: \(reason). The next start asks again; nothing is lost or doubled. Check "
                    + "the brokers.")
        }
        for (task, offsets) in zip(changed, offsets) {
            task.isChanged = false
            task.committed = CommittedOffsets(
                transcripts: offsets.transcripts, listings: offsets.listings, metadata: offsets.metadata)
            task.tellTotals(to: processor)
        }
        retry.succeeded()
        processor.settle(tookMS: log.nowMS - begunMS, nowMS: log.nowMS)
    }

    /// Everything of a transaction but its end.
    /// - Returns: The next offsets of these tasks.
    private func write(
        _ changed: [StreamTask<Rooms>], _ time: inout TransactionTime
    ) throws(StreamFailure) -> [TaskOffsets] {
        // The changelog is encoded before the transaction begins: librdkafka tells the coordinator of each new partition a
        // millisecond later, and 2.0.2 spins until then. So all of them should come at once.
        var replayFrom: [Int64] = []
        for task in changed {
            let next = task.transcripts.position
            // While carry-overs are still being read again, the rooms do not know yet where the oldest begins.
            let oldest = task.rooms.replayOffset(noEarlierThan: max(0, next - settings.maxReplayRecords))
            replayFrom.append(min(oldest ?? next, next))
            collectChangelog(of: task)
        }
        try log.begin()
        try processor.outbox.forEach { record throws(StreamFailure) in
            try insist(&time) { sliceMS throws(StreamFailure) in try log.produce(record, withinMS: sliceMS) }
        }
        try insist(&time) { sliceMS throws(StreamFailure) in try log.flush(withinMS: sliceMS) }
        var offsets: [TaskOffsets] = []
        for (task, replayFrom) in zip(changed, replayFrom) {
            let metadata = CommitMetadata(
                replayFrom: replayFrom, changelogEnd: log.changelogEnd(task.partition) ?? task.changelogEnd,
                ruleSet: settings.ruleSetHash)
            task.changelogEnd = metadata.changelogEnd
            var next = task.offsets
            next.metadata = metadata.encoded
            offsets.append(next)
        }
        try insist(&time, beginsAnew: true) { sliceMS throws(StreamFailure) in
            try log.sendOffsets(offsets, withinMS: sliceMS)
        }
        return offsets
    }

    /// Adds what changed in a task's rooms to the outbox.
    private func collectChangelog(of task: StreamTask<Rooms>) {
        task.rooms.flushChangelog { change in
            var value = change.value
            if let size = value?.count, change.key.count + size > settings.maxOutputRecordBytes {
                let key = String(decoding: change.key.prefix(512), as: UTF8.self)
                processor.noteTooLarge(.changelog, change.key.count + size, key: key)
                value = nil
            }
            processor.outbox.addChange(to: task.partition, key: change.key, value: value)
        }
    }

    /// Gives a failed transaction up.
    func abort() throws(StreamFailure) {
        let begunMS = log.nowMS
        var time = TransactionTime(settings.commit, begunMS: begunMS)
        time.isLeftToBrokers()
        do throws(StreamFailure) {
            try insist(&time) { sliceMS throws(StreamFailure) in try log.abort(withinMS: sliceMS) }
        } catch {
            guard case .retriable(let reason) = error else { throw error }
            throw .unavailable(
                "the brokers do not answer: a transaction could not be aborted within \(log.nowMS - begunMS) ms: \(reason). "
                    + "The next start does it; nothing is lost or doubled. Check the brokers.")
        }
    }

    /// Repeats a call of a transaction that nobody answers until its time is over; then its failure is `retriable`.
    private func insist(
        _ time: inout TransactionTime, beginsAnew: Bool = false,
        _ call: (_ sliceMS: Int64) throws(StreamFailure) -> Void
    ) throws(StreamFailure) {
        while true {
            do throws(StreamFailure) { return try call(time.sliceMS(nowMS: log.nowMS, beginsAnew: beginsAnew)) } catch {
                guard case .retriable = error else { throw error }
                if log.isAwaited { time.somebodyWaits(nowMS: log.nowMS) }
                if time.leftMS(nowMS: log.nowMS) == 0 { throw error }
            }
        }
    }
}

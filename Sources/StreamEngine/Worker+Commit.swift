import ClaimDetection

extension Worker {
    /// Output, changelog, offsets: all in one transaction or not at all.
    func commit() throws(StreamFailure) {
        let begunMS = log.nowMS
        // A task that is still replaying has taken nothing new.
        let changed = tasks.filter { $0.isChanged && $0.phase == .live }
        guard !changed.isEmpty else { return processor.policy.restart(nowMS: begunMS) }
        try log.begin()
        try processor.outbox.forEach { record throws(StreamFailure) in try log.produce(record) }
        var replayFrom: [Int64] = []
        for task in changed {
            let next = task.transcripts.position
            // While carry-overs are still being read again, the rooms do not know yet where the oldest begins.
            let oldest = task.rooms.replayOffset(noEarlierThan: max(0, next - settings.maxReplayRecords))
            replayFrom.append(min(oldest ?? next, next))
            try writeChangelog(of: task)
        }
        try log.flush()
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
        try log.sendOffsets(offsets)
        try log.commit()
        for (task, offsets) in zip(changed, offsets) {
            task.isChanged = false
            task.committed = CommittedOffsets(
                transcripts: offsets.transcripts, listings: offsets.listings, metadata: offsets.metadata)
            task.tellTotals(to: processor)
        }
        retry.succeeded()
        processor.settle(tookMS: log.nowMS - begunMS, nowMS: log.nowMS)
    }

    private func writeChangelog(of task: StreamTask<Rooms>) throws(StreamFailure) {
        var failure: StreamFailure?
        task.rooms.flushChangelog { change in
            guard failure == nil else { return }
            var value = change.value
            if let size = value?.count, change.key.count + size > settings.maxOutputRecordBytes {
                let key = String(decoding: change.key.prefix(512), as: UTF8.self)
                processor.noteTooLarge(.changelog, change.key.count + size, key: key)
                value = nil
            }
            change.key.withUnsafeBufferPointer { key in
                func produce(_ value: UnsafeBufferPointer<UInt8>?) {
                    do throws(StreamFailure) {
                        try log.produce(
                            Outbox.Record(topic: .changelog, partition: task.partition, key: key, value: value))
                    } catch { failure = error }
                }
                if let value { value.withUnsafeBufferPointer { produce($0) } } else { produce(nil) }
            }
        }
        if let failure { throw failure }
    }
}

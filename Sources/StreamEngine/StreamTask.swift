import ClaimDetection

/// One partition number of both input topics, the rooms in it and how far they are.
///
/// ```
/// restoring ── changelog read to its end ──> replaying ── caught up with the commit ──> live
///                                  └──────── nothing to read again ───────────────────────^
/// ```
final class StreamTask<Rooms: RoomProcessing> {
    enum Phase {
        /// The rooms are being read back from the changelog topic.
        case restoring
        /// Transcripts before the committed offset are read again, to rebuild the carry-over of the speech.
        case replaying
        /// New records are processed.
        case live
    }
    /// What a quantum came to.
    enum Outcome {
        case nothing
        /// Records were taken, all that were there.
        case drained
        /// Records were taken and more are waiting.
        case hasMore
    }

    let partition: Int32
    private(set) var rooms: Rooms
    private(set) var phase = Phase.restoring
    var merge: TimestampMerge
    private(set) var transcripts: InputQueue
    private(set) var listings: InputQueue
    /// The changelog topic's next offset as of the last commit or restore.
    var changelogEnd: Int64 = 0
    /// Where a replay begins.
    private var replayFrom: Int64 = 0
    /// What the group has committed for this task, as this worker last saw or made it.
    var committed: CommittedOffsets
    /// Whether the next commit has something to say about this task.
    var isChanged = false
    /// Whether a record was replayed. A task whose replay has not begun may begin it later.
    private var hasReplayed = false
    private var toldCounters = DetectionCounters()
    private var toldEnforcedProcessing = 0

    init(partition: Int32, settings: WorkerSettings, committed: CommittedOffsets, rooms: Rooms) {
        self.partition = partition
        self.committed = committed
        self.rooms = rooms
        merge = TimestampMerge(maxTaskIdleMS: settings.maxTaskIdleMS)
        transcripts = InputQueue(.transcripts, name: settings.transcriptsTopic, partition: partition, position: 0)
        listings = InputQueue(.listings, name: settings.listingsTopic, partition: partition, position: 0)
    }

    var offsets: TaskOffsets {
        TaskOffsets(partition: partition, transcripts: transcripts.position, listings: listings.position)
    }

    /// Where both topics have to be fetched from.
    var fetchOffsets: TaskOffsets {
        TaskOffsets(
            partition: partition, transcripts: phase == .replaying ? replayFrom : transcripts.position,
            listings: listings.position)
    }

    /// Whether the task could go on later as it is: nothing has changed since its commit.
    var isAsCommitted: Bool {
        switch phase {
        case .restoring: false
        case .replaying: !isChanged && !hasReplayed
        case .live: !isChanged
        }
    }

    // MARK: Restore

    /// Takes changelog records in.
    func restore(_ records: UnsafeBufferPointer<InputRecord>) {
        for record in records {
            if let key = record.key { rooms.restore(key: key, value: record.value) }
        }
    }

    /// Ends the read of the changelog. What the limits forget here is in the report, not in the totals of `tellTotals`.
    func endReading() -> (report: RestoreReport, listingsForgotten: Int) {
        let report = rooms.finishRestore()
        let listings = rooms.counters.listingsForgotten - toldCounters.listingsForgotten
        toldCounters = rooms.counters
        return (report, listings)
    }

    /// Begins the restore anew with empty rooms.
    func restart(with rooms: Rooms) {
        self.rooms = rooms
        toldCounters = DetectionCounters()
    }

    /// The rooms are those of the commit; what follows are records.
    func endRestore(transcripts: Int64, listings: Int64, replayFrom: Int64, changelogEnd: Int64, isChanged: Bool) {
        self.transcripts.position = transcripts
        self.listings.position = listings
        self.replayFrom = replayFrom
        self.changelogEnd = changelogEnd
        self.isChanged = isChanged
        phase = replayFrom < transcripts ? .replaying : .live
    }

    /// Begins to take from these feeds, or none.
    func attach(_ transcripts: (any RecordFeed)?, _ listings: (any RecordFeed)?, maxTaskIdleMS: Int64) {
        self.transcripts.attach(transcripts)
        self.listings.attach(listings)
        merge = TimestampMerge(maxTaskIdleMS: maxTaskIdleMS)
        toldEnforcedProcessing = 0
    }

    // MARK: Work

    /// Takes what is there: at most a quantum, at most until the deadline, at most until the outbox is full.
    @_specialize(where Rooms == RoomStore)
    func work(
        _ processor: RecordProcessor, until deadlineMS: Int64, clock: () -> Int64
    ) throws(StreamFailure) -> Outcome {
        let quantum = processor.settings.quantum
        transcripts.beginQuantum()
        listings.beginQuantum()
        var nowMS = clock()
        for taken in 0..<quantum {
            let speech = try transcripts.head(fetch: quantum)
            if phase == .replaying {
                guard case .record = speech else {
                    if speech == .end { phase = .live } else { return taken > 0 ? .drained : .nothing }
                    continue
                }
                replay(processor)
            } else {
                let listing = try listings.head(fetch: quantum)
                switch merge.choose(transcripts: speech, listings: listing, nowMS: nowMS) {
                case .wait: return taken > 0 ? .drained : .nothing
                case .transcripts: processor.accept(&transcripts, rooms)
                case .listings: processor.accept(&listings, rooms)
                }
                isChanged = true
            }
            nowMS = clock()
            if nowMS >= deadlineMS || processor.isFull { break }
        }
        return .hasMore
    }

    private func replay(_ processor: RecordProcessor) {
        let offset = transcripts.current.offset
        if offset < transcripts.position {
            hasReplayed = true
            processor.replay(&transcripts, rooms)
            if offset + 1 == transcripts.position { phase = .live }
        } else {
            // The records up to here are gone (compaction, control records): this one is new.
            phase = .live
            processor.accept(&transcripts, rooms)
            isChanged = true
        }
    }

    /// Adds to a tally what happened since the last time.
    func tellTotals(to processor: RecordProcessor) {
        let counters = rooms.counters
        processor.journal.tally.roomsForgotten += counters.roomsForgotten - toldCounters.roomsForgotten
        processor.journal.tally.listingsForgotten += counters.listingsForgotten - toldCounters.listingsForgotten
        processor.journal.tally.textsCutShort += counters.textsCutShort - toldCounters.textsCutShort
        let enforced = merge.enforcedProcessing - toldEnforcedProcessing
        processor.journal.tally.enforcedProcessing += enforced
        processor.statistics.enforcedProcessing += enforced
        toldCounters = counters
        toldEnforcedProcessing = merge.enforcedProcessing
    }
}

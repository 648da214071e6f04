import ClaimDetection
import LiveEvents

/// What the tasks of a worker share while they process records: decoder, outbox, policy, counts.
final class RecordProcessor {
    let settings: WorkerSettings
    var outbox = Outbox()
    var policy: CommitPolicy
    var statistics = WorkerStatistics()
    var journal = EventJournal()
    /// Output in the outbox, not counted before it is committed.
    var pendingAlerts = 0
    var pendingDeadLetters = 0
    private let decoder: EventDecoder

    init(_ settings: WorkerSettings, nowMS: Int64) {
        self.settings = settings
        decoder = EventDecoder(limits: settings.decoding)
        policy = CommitPolicy(settings.commit, nowMS: nowMS)
    }

    var isFull: Bool {
        @inline(__always) get { policy.isFull(outputBytes: outbox.byteCount) }
    }

    /// Judges the queue's current record, or makes it a dead letter, and moves on.
    @inline(__always)
    func accept<Rooms: RoomProcessing>(_ queue: inout InputQueue, _ rooms: Rooms) {
        let record = queue.current
        statistics.events += 1
        queue.origin.source.offset = Offset(record.offset)
        if record.key != nil, let value = record.value {
            do throws(DecodingError) {
                let event = try decoder.decode(value)
                rooms.process(event, origin: queue.origin) { publish($0, for: record, in: queue) }
            } catch {
                deadLetter(record, queue.origin.source, .undecodable(error.reason), error.path, error.detail)
            }
        } else if record.key == nil {
            deadLetter(
                record, queue.origin.source, .missingKey, "", "records are keyed by room_id; this one has no key")
        } else {
            deadLetter(record, queue.origin.source, .undecodable(.empty), "", "the record has no value")
        }
        queue.position = record.offset + 1
        queue.advance()
        policy.recordTaken()
    }

    /// Shows the rooms a record that was judged, or dead-lettered, before a restart.
    func replay<Rooms: RoomProcessing>(_ queue: inout InputQueue, _ rooms: Rooms) {
        let record = queue.current
        statistics.replayed += 1
        journal.tally.replayed += 1
        queue.origin.source.offset = Offset(record.offset)
        if record.key != nil, let value = record.value, let event = try? decoder.decode(value) {
            rooms.replay(event, origin: queue.origin)
        }
        queue.advance()
    }

    /// Drops all output that is not committed: its records will be read again.
    func forgetOutput() {
        outbox.removeAll()
        (pendingAlerts, pendingDeadLetters) = (0, 0)
    }

    /// Counts what is now committed, and makes room for the next.
    func settle(tookMS: Int64, nowMS: Int64) {
        statistics.commits += 1
        statistics.alerts += pendingAlerts
        statistics.deadLetters += pendingDeadLetters
        journal.tally.commits += 1
        journal.tally.records += policy.records
        journal.tally.alerts += pendingAlerts
        journal.tally.longestCommitMS = max(journal.tally.longestCommitMS, tookMS)
        policy.committed(nowMS: nowMS)
        forgetOutput()
    }

    private func publish(_ alert: Alert, for record: InputRecord, in queue: InputQueue) {
        let topic: OutputTopic = alert.mode == .live ? .alerts : .shadow
        let size =
            if let trace = queue.traceparent {
                add(
                    {
                        var traced = alert; traced.trace = trace; return traced
                    }(), topic)
            } else {
                add(alert, topic)
            }
        guard size > settings.maxOutputRecordBytes else {
            pendingAlerts += 1
            return
        }
        outbox.removeLast()
        noteTooLarge(topic, size, key: alert.roomID)
        deadLetter(
            record, queue.origin.source, .alertTooLarge, "",
            "rule \(alert.rule.id) raised alert \(alert.alertID), which has \(size) bytes; at most "
                + "\(settings.maxOutputRecordBytes) can be published")
    }

    private func add(_ alert: Alert, _ topic: OutputTopic) -> Int {
        outbox.add(topic, key: alert.roomID.utf8) { alert.encode(into: &$0) }
    }

    func noteTooLarge(_ output: OutputTopic, _ bytes: Int, key: String) {
        statistics.outputsTooLarge += 1
        journal.note(
            .outputTooLarge(
                output: output, bytes: bytes, limit: settings.maxOutputRecordBytes, key: Self.short(key, 256)))
    }

    private func deadLetter(
        _ record: InputRecord, _ source: RecordSource, _ reason: DeadLetter.Reason, _ path: String, _ detail: String
    ) {
        let kept = settings.keptDeadLetterBytes
        let letter = DeadLetter(
            reason: .known(reason), path: Self.short(path, 512), detail: Self.short(detail, 2048), source: source,
            timestampMS: record.timestampMS,
            keyBytes: record.key.map { Array($0.prefix(kept)) },
            payload: record.value.map { Array($0.prefix(kept)) } ?? [],
            payloadBytes: record.value?.count ?? 0)
        pendingDeadLetters += 1
        journal.countDeadLetter(reason.rawValue, source)
        outbox.add(
            .deadLetters, key: record.key?.prefix(kept),
            headers: [
                ("reason", reason.rawValue), ("topic", source.topic), ("partition", "\(source.partition)"),
                ("offset", "\(source.offset)"),
            ]
        ) { letter.encode(into: &$0) }
    }

    /// At most so many bytes of a text, cut between two characters: what is hostile may be one character of a megabyte.
    static func short(_ text: String, _ maxBytes: Int) -> String {
        guard text.utf8.count > maxBytes else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: maxBytes)
        while end > text.startIndex, String.Index(end, within: text.unicodeScalars) == nil {
            end = text.utf8.index(before: end)
        }
        return String(text.unicodeScalars[..<end])
    }
}

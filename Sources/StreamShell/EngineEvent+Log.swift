import LiveEvents
import Logging
import StreamEngine

/// One line for people on call: how loud, and what it says.
struct LogLine: Equatable {
    var level: Logger.Level
    var text: String
}

/// The words of every engine event. Nothing else in the stream writes what the engine did.
enum EventLines {
    /// A commit that takes longer than this is told, milliseconds.
    static let slowCommitMS: Int64 = 5000

    /// The lines for what happened one by one. Partitions that say the same share one.
    static func lines(_ events: [EngineEvent]) -> [LogLine] {
        var lines: [LogLine] = []
        var changed: [[String]: [Int32]] = [:]
        for event in events {
            if case .rulesChanged(let partition, let from, let to) = event {
                changed[[from, to], default: []].append(partition)
            } else {
                lines.append(line(event))
            }
        }
        for (sets, partitions) in changed.sorted(by: { $0.value[0] < $1.value[0] }) {
            lines.append(
                LogLine(
                    level: .notice,
                    text:
                        "the rules changed since the last commit of partitions \(partitions): rule set \(sets[0]) until "
                        + "then, \(sets[1]) from here on"))
        }
        return lines
    }

    private static func line(_ event: EngineEvent) -> LogLine {
        switch event {
        case .assigned(let partitions):
            partitions.isEmpty
                ? LogLine(
                    level: .notice,
                    text:
                        "the group gave it no partitions: there are more members than partitions, or another takes them over"
                )
                : LogLine(level: .info, text: "is to take partitions \(partitions) over")
        case .restored(let partition, let records, _, let tookMS):
            LogLine(level: .debug, text: "restored partition \(partition): \(records) state records in \(tookMS) ms")
        case .recycled(let partition): LogLine(level: .debug, text: "kept partition \(partition) as it was")
        case .tookOver(let partitions, let restored, let recycled):
            LogLine(
                level: .info,
                text: "took partitions \(partitions) over: \(restored) restored, \(recycled) kept as they were")
        case .takeoverGivenUp(let partitions):
            LogLine(
                level: .info,
                text:
                    "gave a restore up: partitions \(partitions) were taken away, or a stop was asked for, before all were "
                    + "ready")
        case .revoked(_, let lost):
            LogLine(level: .info, text: "gave its partitions back\(lost ? ", lost" : "")")
        case .rulesChanged(let partition, let from, let to):
            LogLine(level: .notice, text: "the rules of partition \(partition) changed from \(from) to \(to)")
        case .foreignCommit(let partition, let committed):
            LogLine(
                level: .warning,
                text:
                    "the group's commit of partition \(partition) at offset \(committed) was not made by this version of "
                    + "ClaimWatch: claims that were cut in two there are missed, and alert windows are those of the state "
                    + "topic's end. If offsets were reset on purpose, start with a new group.")
        case .recordsLost(let topic, let partition, let committed, let first):
            LogLine(
                level: .warning,
                text:
                    "\(topic)[\(partition)]: the group is to go on at offset \(committed), but retention has deleted all "
                    + "before \(first): up to \(first - committed) records were lost unread. Give the topic a longer "
                    + "retention, or the group more workers.")
        case .stateRecordSetAside(let partition, let key, let reason):
            LogLine(
                level: .warning,
                text:
                    "a state record of partition \(partition) cannot be read (\(reason)) and is left out: \(key). Only what "
                    + "it held is forgotten.")
        case .forgottenInRestore(let partition, let rooms, let listings):
            LogLine(
                level: .warning,
                text:
                    "the state of partition \(partition) is larger than the limits: \(rooms) rooms, with their open windows, and "
                    + "\(listings) listings used longest ago were forgotten. Raise limits.max_rooms or "
                    + "limits.max_listings_per_room if they were lowered by mistake.")
        case .aborted(let cause, let failures, let retryInMS):
            LogLine(
                level: .warning,
                text: "a transaction was aborted (\(failures) in a row): \(cause). "
                    + (retryInMS.map { "Its records are taken again in \($0) ms." } ?? "It is not tried again."))
        case .recovered(let partitions):
            LogLine(level: .info, text: "takes partitions \(partitions) up again after the abort")
        case .unanswered(let reason):
            LogLine(level: .warning, text: "a restore waits for an answer: \(reason)")
        case .outputTooLarge(let output, let bytes, let limit, let key):
            LogLine(
                level: .warning,
                text: output == .changelog
                    ? "a state record of \(bytes) bytes is larger than \(limit) and is deleted instead: \(key). A restart will "
                        + "not know what it held."
                    : "an alert of room \(key) has \(bytes) bytes, more than \(limit): its input is a dead letter instead"
            )
        case .tally(let tally): LogLine(level: .info, text: "\(tally)")
        case .eventsDropped(let count):
            LogLine(level: .warning, text: "\(count) more events came too fast to be told one by one")
        }
    }

    /// The lines for what was counted in some seconds: only what somebody should know.
    static func lines(_ tally: EngineEvent.Tally, seconds: Int64) -> [LogLine] {
        var lines: [LogLine] = []
        func warn(_ text: String) { lines.append(LogLine(level: .warning, text: text)) }
        for letters in tally.deadLetters {
            warn(
                "\(letters.count) dead letters in \(seconds) s, reason \(letters.reason); the first is "
                    + "\(letters.first.topic)[\(letters.first.partition)] offset \(letters.first.offset)")
        }
        if tally.roomsForgotten > 0 {
            warn(
                "\(tally.roomsForgotten) rooms were forgotten in \(seconds) s to make room for others, with their open windows "
                    + "and listings: raise limits.max_rooms, or use more partitions")
        }
        if tally.listingsForgotten > 0 {
            warn(
                "\(tally.listingsForgotten) listings were forgotten in \(seconds) s: their rooms sell more than "
                    + "limits.max_listings_per_room")
        }
        if tally.textsCutShort > 0 {
            warn("\(tally.textsCutShort) texts in \(seconds) s had too many hits and were not judged to their end")
        }
        if tally.enforcedProcessing > 0 {
            lines.append(
                LogLine(
                    level: .debug,
                    text:
                        "\(tally.enforcedProcessing) times in \(seconds) s one topic went on without waiting longer for the "
                        + "other"))
        }
        if tally.longestCommitMS >= slowCommitMS {
            warn("the slowest commit of \(seconds) s took \(tally.longestCommitMS) ms: the brokers are slow to answer")
        }
        return lines
    }
}

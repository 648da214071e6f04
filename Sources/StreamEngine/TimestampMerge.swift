/// Which of the two topics of a task gives the next record.
///
/// ```
/// transcripts | listings | next
/// record t    | record l | the earlier timestamp; a tie goes to the listing
/// record      | end      | transcripts            (and the other way round)
/// record      | empty    | wait, at most `maxTaskIdleMS`, then transcripts
/// empty, end  | empty, end | wait
/// ```
///
/// "Empty" says only that nothing has arrived yet, "end" that there is nothing. Waiting makes catching up after a
/// downtime join speech and listings as they were joined live. Going on without the other topic is called enforced
/// processing, as in Kafka Streams.
public struct TimestampMerge: Sendable {
    public enum Head: Equatable, Sendable {
        case record(timestampMS: Int64)
        case empty
        case end
    }
    public enum Choice: Equatable, Sendable { case transcripts, listings, wait }

    /// Milliseconds that one topic waits for the other.
    public let maxTaskIdleMS: Int64
    /// Times the wait ended without an answer.
    public private(set) var enforcedProcessing = 0
    private var waitingSinceMS: Int64?
    private var isEnforced = false

    public init(maxTaskIdleMS: Int64 = 1000) { self.maxTaskIdleMS = maxTaskIdleMS }

    /// - Parameter nowMS: Any clock that never goes back.
    public mutating func choose(transcripts: Head, listings: Head, nowMS: Int64) -> Choice {
        switch (transcripts, listings) {
        case (.record(let speech), .record(let listing)):
            endWait()
            return listing <= speech ? .listings : .transcripts
        case (.record, .end):
            endWait()
            return .transcripts
        case (.end, .record):
            endWait()
            return .listings
        case (.record, .empty): return isWaitOver(nowMS) ? .transcripts : .wait
        case (.empty, .record): return isWaitOver(nowMS) ? .listings : .wait
        default: return .wait
        }
    }

    private mutating func endWait() {
        waitingSinceMS = nil
        isEnforced = false
    }

    /// After enforced processing has begun, the task does not wait again until the silent topic has spoken.
    private mutating func isWaitOver(_ nowMS: Int64) -> Bool {
        if isEnforced { return true }
        guard let since = waitingSinceMS else {
            waitingSinceMS = nowMS
            return maxTaskIdleMS <= 0
        }
        guard nowMS - since >= maxTaskIdleMS else { return false }
        isEnforced = true
        enforcedProcessing += 1
        return true
    }
}

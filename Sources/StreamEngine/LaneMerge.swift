/// Which of the two topics of a lane gives the next record.
///
/// ```
/// transcripts | listings | next
/// record t    | record l | the earlier timestamp; a tie goes to the listing
/// record      | end      | transcripts            (and the other way round)
/// record      | empty    | wait, at most `maxWaitMS`, then transcripts
/// empty, end  | empty, end | wait
/// ```
///
/// "Empty" says only that nothing has arrived yet, "end" that there is nothing. Waiting makes catching up after a
/// downtime join speech and listings as they were joined live.
public struct LaneMerge: Sendable {
    public enum Head: Equatable, Sendable {
        case record(timestampMS: Int64)
        case empty
        case end
    }
    public enum Choice: Equatable, Sendable { case transcripts, listings, wait }

    /// Milliseconds that one topic waits for the other.
    public let maxWaitMS: Int64
    /// Times the wait ended without an answer.
    public private(set) var impatience = 0
    private var waitingSinceMS: Int64?
    private var hasGivenUp = false

    public init(maxWaitMS: Int64 = 1000) { self.maxWaitMS = maxWaitMS }

    /// - Parameter nowMS: Any clock that never goes back.
    public mutating func choose(transcripts: Head, listings: Head, nowMS: Int64) -> Choice {
        switch (transcripts, listings) {
        case (.record(let speech), .record(let listing)):
            rest()
            return listing <= speech ? .listings : .transcripts
        case (.record, .end):
            rest()
            return .transcripts
        case (.end, .record):
            rest()
            return .listings
        case (.record, .empty): return isPatienceOver(nowMS) ? .transcripts : .wait
        case (.empty, .record): return isPatienceOver(nowMS) ? .listings : .wait
        default: return .wait
        }
    }

    private mutating func rest() {
        waitingSinceMS = nil
        hasGivenUp = false
    }

    /// Once given up, the lane does not wait again until the silent topic has spoken.
    private mutating func isPatienceOver(_ nowMS: Int64) -> Bool {
        if hasGivenUp { return true }
        guard let since = waitingSinceMS else {
            waitingSinceMS = nowMS
            return maxWaitMS <= 0
        }
        guard nowMS - since >= maxWaitMS else { return false }
        hasGivenUp = true
        impatience += 1
        return true
    }
}

/// One partition number of both input topics, the rooms in it and how far they are.
final class Lane<Book: Judge> {
    let partition: Int32
    let book: Book
    var merge: LaneMerge
    /// Next offset to process. During replay the log is behind it.
    var transcripts: Int64
    var listings: Int64
    /// Transcripts below `transcripts` are still being read again.
    var isReplaying: Bool
    /// The state topic's next offset as of the last commit or restore.
    var stateEnd: Int64
    /// Where a replay begins.
    private let replayFrom: Int64
    /// What the group has committed for this lane, as this worker last saw or made it.
    var committed: CommittedLane
    /// Whether the next commit has something to say about this lane.
    var isChanged: Bool

    init(
        partition: Int32, book: Book, maxWaitMS: Int64, transcripts: Int64, listings: Int64, replayFrom: Int64,
        stateEnd: Int64, committed: CommittedLane, isChanged: Bool
    ) {
        self.partition = partition
        self.book = book
        merge = LaneMerge(maxWaitMS: maxWaitMS)
        self.transcripts = transcripts
        self.listings = listings
        self.replayFrom = replayFrom
        isReplaying = replayFrom < transcripts
        self.stateEnd = stateEnd
        self.committed = committed
        self.isChanged = isChanged
    }

    /// Where the transcripts have to be fetched from.
    var fetchFrom: Int64 { isReplaying ? replayFrom : transcripts }
}

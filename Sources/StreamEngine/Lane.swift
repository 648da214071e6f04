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
    /// Whether the next commit has something to say about this lane.
    var isChanged: Bool

    init(
        partition: Int32, book: Book, maxWaitMS: Int64, transcripts: Int64, listings: Int64, isReplaying: Bool,
        stateEnd: Int64, isChanged: Bool
    ) {
        self.partition = partition
        self.book = book
        merge = LaneMerge(maxWaitMS: maxWaitMS)
        self.transcripts = transcripts
        self.listings = listings
        self.isReplaying = isReplaying
        self.stateEnd = stateEnd
        self.isChanged = isChanged
    }
}

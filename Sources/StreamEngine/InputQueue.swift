import ClaimDetection
import LiveEvents

/// One input partition of a task: the records its feed has lent, and how far they are taken.
///
/// A feed that had nothing is not asked again within the same quantum: under a backlog of speech the quiet listings
/// would be polled for each record.
struct InputQueue {
    let topic: InputTopic
    /// Nil until the task is open, and when it is suspended.
    private(set) var feed: (any RecordFeed)?
    private var records = UnsafeBufferPointer<InputRecord>(start: nil, count: 0)
    private var index = 0
    private var hadNothing = false
    private var isAtEnd = false
    /// The next offset to process. While the task replays, the feed is behind it.
    var position: Int64
    /// Where the record being processed came from; only its offset changes.
    var origin: RecordOrigin

    init(_ topic: InputTopic, name: String, partition: Int32, position: Int64) {
        self.topic = topic
        self.position = position
        origin = RecordOrigin(
            source: RecordSource(topic: name, partition: Partition(partition), offset: Offset(position)))
    }

    /// Begins to take from this feed, or none; what the one before lent is forgotten.
    mutating func attach(_ feed: (any RecordFeed)?) {
        records = UnsafeBufferPointer(start: nil, count: 0)
        (index, hadNothing, isAtEnd) = (0, false, false)
        self.feed = feed
    }

    mutating func beginQuantum() { hadNothing = false }

    /// What `current` is, fetched if need be.
    @inline(__always)
    mutating func head(fetch count: Int) throws(StreamFailure) -> TimestampMerge.Head {
        if index < records.count { return .record(timestampMS: records[index].timestampMS) }
        return try fetchHead(count)
    }

    private mutating func fetchHead(_ count: Int) throws(StreamFailure) -> TimestampMerge.Head {
        if hadNothing { return isAtEnd ? .end : .empty }
        guard let feed else { return .empty }
        records = UnsafeBufferPointer(start: nil, count: 0)
        index = 0
        switch try feed.fetch(atMost: count) {
        case .records(let lent):
            records = lent
            isAtEnd = false
            return .record(timestampMS: lent[0].timestampMS)
        case .empty: hadNothing = true
        case .end:
            hadNothing = true
            isAtEnd = true
        }
        return isAtEnd ? .end : .empty
    }

    /// The record that `head` announced.
    var current: InputRecord {
        @inline(__always) get { records[index] }
    }

    @inline(__always)
    mutating func advance() { index += 1 }

    /// The W3C trace context of the current record, nil if there is none or it is malformed.
    var traceparent: String? {
        feed?.traceparent(at: index, length: TraceParent.length).flatMap(TraceParent.text)
    }

    /// Records on the brokers that are not yet taken, as far as known.
    var lag: Int64 {
        if isAtEnd, index >= records.count { return 0 }
        guard let end = feed?.knownEnd else { return 0 }
        return max(0, end - position)
    }
}

/// The header that carries a trace from program to program: https://www.w3.org/TR/trace-context/#traceparent-header
enum TraceParent {
    /// `00-` 32 hexadecimal digits `-` 16 `-` 2.
    static let length = 55

    /// The header as text, nil for any other bytes: what is copied into an alert must be short and plain.
    static func text(_ bytes: [UInt8]) -> String? {
        guard bytes.count == length else { return nil }
        for (index, byte) in bytes.enumerated() {
            let isDash = index == 2 || index == 35 || index == 52
            let isHex = (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
            guard isDash ? byte == UInt8(ascii: "-") : isHex else { return nil }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

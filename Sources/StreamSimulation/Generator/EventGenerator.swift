import LiveEvents
public import StreamEngine

/// Rooms that talk and sell, from a seed: the events of all of them in the order of event time, without end.
///
/// `claimwatch demo`, the benchmarks and the end-to-end tests all read from here. Each room opens by listing three goods.
/// Then rooms speak in random turns, segments of some 72 bytes (an event has about 340); a few of them hold a claim, and
/// half of the claims are cut across two segments of their room. One room in eight begins a new session after its
/// hundredth segment.
///
/// The same arguments give the same bytes, on every machine.
public struct EventGenerator: IteratorProtocol, Sequence {
    /// An event as a producer sends it.
    public struct Event: Equatable, Sendable {
        public var topic: InputTopic
        /// The record's key.
        public var roomID: String
        /// Event time, epoch milliseconds: later than that of every event before.
        public var timeMS: Int64
        /// One JSON object, transcript.v1 or listing.v1, without a line break.
        public var json: [UInt8]
    }

    private let claimShare: Double
    /// The longest step of event time between two events.
    private let maxStepMS: Int
    private var timeMS: Int64
    private var random: SplitMix64
    private var rooms: [Room]
    private var goodsListed = 0

    /// - Parameters:
    ///   - rooms: How many rooms speak at once, at least 1.
    ///   - seed: What all that is random follows from.
    ///   - claimShare: The share of the segments that begin a claim, 0 to 1.
    ///   - startMS: The event time at which all begins, epoch milliseconds.
    ///   - pauseMS: Milliseconds from one segment of a room to its next, on average.
    public init(rooms: Int, seed: UInt64, claimShare: Double = 0.03, startMS: Int64, pauseMS: Int = 3000) {
        precondition(rooms > 0 && (0...1).contains(claimShare) && pauseMS > 0, "no such rooms")
        self.claimShare = claimShare
        // Steps are from 1 to this; their mean times the rooms is the pause.
        maxStepMS = Swift.max(1, 2 * pauseMS / rooms - 1)
        timeMS = startMS
        var random = SplitMix64(seed: seed)
        self.rooms = (0..<rooms).map { Room(number: $0, &random) }
        self.random = random
    }

    /// Never nil.
    public mutating func next() -> Event? {
        timeMS += 1 + Int64(random.next(below: maxStepMS))
        guard goodsListed == rooms.count * Shop.itemCount else {
            defer { goodsListed += 1 }
            let (room, item) = goodsListed.quotientAndRemainder(dividingBy: Shop.itemCount)
            return event(rooms[room].listing(of: item, timeMS))
        }
        let room = random.next(below: rooms.count)
        return event(rooms[room].speak(timeMS, claimShare: claimShare, &random))
    }

    private func event(_ listing: ListingEvent) -> Event {
        var json: [UInt8] = []
        listing.encode(into: &json)
        return Event(topic: .listings, roomID: listing.roomID, timeMS: timeMS, json: json)
    }

    private func event(_ segment: Transcript) -> Event {
        var json: [UInt8] = []
        segment.encode(into: &json)
        return Event(topic: .transcripts, roomID: segment.roomID, timeMS: timeMS, json: json)
    }
}

public import ClaimDetection
public import LiveEvents
public import StreamEngine

/// Small rooms whose every alert depends on all that they should remember: a listing count and an alert count through
/// the changelog, the last two texts through replay.
public final class RecallingRooms: RoomProcessing {
    private struct Room {
        var listings = 0
        var alerts = 0
        var lastTexts: [(offset: Int64, text: String)] = []
        var isChanged = false
    }
    private var rooms: [String: Room] = [:]
    private var report = RestoreReport()

    public init() {}

    public var roomCount: Int { rooms.count }
    public var counters: DetectionCounters { DetectionCounters() }

    public func process(_ event: LiveEvent, origin: RecordOrigin, publish: (Alert) -> Void) {
        switch event {
        case .listing(let listing):
            rooms[listing.roomID, default: Room()].listings += 1
            rooms[listing.roomID]!.isChanged = true
        case .transcript(let segment):
            let id = segment.roomID.string
            var room = rooms[id] ?? Room()
            room.lastTexts.append((origin.source.offset.rawValue, segment.text.string))
            if room.lastTexts.count > 2 { room.lastTexts.removeFirst() }
            if segment.segmentID % 3 == 0 {
                room.alerts += 1
                room.isChanged = true
                publish(alert(id, room))
            }
            rooms[id] = room
        }
    }

    public func replay(_ event: LiveEvent, origin: RecordOrigin) {
        guard case .transcript(let segment) = event else { return }
        let id = segment.roomID.string
        rooms[id, default: Room()].lastTexts.append((origin.source.offset.rawValue, segment.text.string))
        if rooms[id]!.lastTexts.count > 2 { rooms[id]!.lastTexts.removeFirst() }
    }

    public func replayOffset(noEarlierThan oldestReplay: Int64) -> Int64? {
        rooms.values.compactMap { $0.lastTexts.first?.offset }.min()
    }

    public func flushChangelog(_ write: (StateChange) -> Void) {
        for (id, room) in rooms.sorted(by: { $0.key < $1.key }) where room.isChanged {
            write(StateChange(key: Array(id.utf8), value: Array("\(room.listings) \(room.alerts)".utf8)))
            rooms[id]!.isChanged = false
        }
    }

    public func restore(key: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>?) {
        guard let value else { return }
        let counts = String(decoding: value, as: UTF8.self).split(separator: " ").compactMap { Int($0) }
        guard counts.count == 2 else {
            report.unreadable.append(.init(key: Array(key), reason: "not two counts"))
            return
        }
        rooms[String(decoding: key, as: UTF8.self), default: Room()].listings = counts[0]
        rooms[String(decoding: key, as: UTF8.self)]!.alerts = counts[1]
    }

    public func finishRestore() -> RestoreReport { report }

    private func alert(_ id: String, _ room: Room) -> Alert {
        Alert(
            alertID: "\(id)/\(room.alerts)", revision: room.listings, mode: .live,
            rule: Alert.Rule(
                id: "r", revision: 1, pack: "p", title: "t", category: "c", severity: .known(.high), legalBasis: [],
                legalTrack: .known(.adLaw)),
            ruleset: "", platform: "p", roomID: id, sessionID: room.lastTexts.map(\.text).joined(separator: "|"),
            speaker: nil, listing: nil, evidence: [], score: 1, evasion: false, occurrences: 1,
            window: Alert.Window(startMS: 0, endMS: 1), categoryUnresolved: false, region: nil, eventTimeMS: 0,
            trace: nil)
    }
}

/// Rooms whose every record takes its time on the simulated clock.
public final class TimedRooms<Rooms: RoomProcessing>: RoomProcessing {
    private let rooms: Rooms
    private let clock: SimulatedClock
    private let costMS: (LiveEvent?) -> Int64

    /// - Parameter costMS: What a record costs, nil being a record of the changelog.
    public init(_ rooms: Rooms, clock: SimulatedClock, costMS: @escaping (LiveEvent?) -> Int64) {
        (self.rooms, self.clock, self.costMS) = (rooms, clock, costMS)
    }

    public var roomCount: Int { rooms.roomCount }
    public var counters: DetectionCounters { rooms.counters }
    public func process(_ event: LiveEvent, origin: RecordOrigin, publish: (Alert) -> Void) {
        clock.advance(byMS: costMS(event))
        rooms.process(event, origin: origin, publish: publish)
    }
    public func replay(_ event: LiveEvent, origin: RecordOrigin) {
        clock.advance(byMS: costMS(event))
        rooms.replay(event, origin: origin)
    }
    public func replayOffset(noEarlierThan oldestReplay: Int64) -> Int64? {
        rooms.replayOffset(noEarlierThan: oldestReplay)
    }
    public func flushChangelog(_ write: (StateChange) -> Void) { rooms.flushChangelog(write) }
    public func restore(key: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>?) {
        clock.advance(byMS: costMS(nil))
        rooms.restore(key: key, value: value)
    }
    public func finishRestore() -> RestoreReport { rooms.finishRestore() }
}

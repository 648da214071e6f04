import ClaimDetection
import LiveEvents
import StreamEngine

/// A judge whose every alert depends on all it should remember: a listing count and window counts through the state,
/// the last two texts through replay.
final class TailJudge: Judge {
    private struct Room {
        var listings = 0
        var alerts = 0
        var tail: [(offset: Int64, text: String)] = []
        var isChanged = false
    }
    private var rooms: [String: Room] = [:]
    var roomCount: Int { rooms.count }

    func process(_ event: LiveEvent, origin: RecordOrigin, publish: (Alert) -> Void) {
        switch event {
        case .listing(let listing):
            rooms[listing.roomID, default: Room()].listings += 1
            rooms[listing.roomID]!.isChanged = true
        case .transcript(let segment):
            let id = segment.roomID.string
            var room = rooms[id] ?? Room()
            room.tail.append((origin.source.offset.rawValue, segment.text.string))
            if room.tail.count > 2 { room.tail.removeFirst() }
            if segment.segmentID % 3 == 0 {
                room.alerts += 1
                room.isChanged = true
                publish(alert(id, room))
            }
            rooms[id] = room
        }
    }

    func replay(_ event: LiveEvent, origin: RecordOrigin) {
        guard case .transcript(let segment) = event else { return }
        let id = segment.roomID.string
        rooms[id, default: Room()].tail.append((origin.source.offset.rawValue, segment.text.string))
        if rooms[id]!.tail.count > 2 { rooms[id]!.tail.removeFirst() }
    }

    func replayOffset(noEarlierThan oldestReplay: Int64) -> Int64? {
        rooms.values.compactMap { $0.tail.first?.offset }.min()
    }

    func flushChangelog(_ write: (StateChange) -> Void) {
        for (id, room) in rooms.sorted(by: { $0.key < $1.key }) where room.isChanged {
            write(StateChange(key: Array(id.utf8), value: Array("\(room.listings) \(room.alerts)".utf8)))
            rooms[id]!.isChanged = false
        }
    }

    func restore(key: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>?) {
        guard let value else { return }
        let counts = String(decoding: value, as: UTF8.self).split(separator: " ").compactMap { Int($0) }
        guard counts.count == 2 else { fatalError("not two counts") }
        rooms[String(decoding: key, as: UTF8.self), default: Room()].listings = counts[0]
        rooms[String(decoding: key, as: UTF8.self)]!.alerts = counts[1]
    }

    func finishRestore() -> RestoreReport { RestoreReport() }

    private func alert(_ id: String, _ room: Room) -> Alert {
        Alert(
            alertID: "\(id)/\(room.alerts)", revision: room.listings, mode: .live,
            rule: Alert.Rule(
                id: "r", revision: 1, pack: "p", title: "t", category: "c", severity: .known(.high), legalBasis: [],
                legalTrack: .known(.adLaw)),
            ruleset: "", platform: "p", roomID: id, sessionID: room.tail.map(\.text).joined(separator: "|"),
            speaker: nil, listing: nil, evidence: [], score: 1, evasion: false, occurrences: 1,
            window: Alert.Window(startMS: 0, endMS: 1), categoryUnresolved: false, region: nil, eventTimeMS: 0,
            trace: nil)
    }
}

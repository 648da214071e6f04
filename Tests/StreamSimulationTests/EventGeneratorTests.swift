import ClaimDetection
import ClaimRules
import LiveEvents
import StreamEngine
import Testing

@testable import StreamSimulation

@Suite struct `Event generator` {
    private static let startMS: Int64 = 1_767_225_600_000

    @Test(arguments: UInt64(1)...5)
    func `writes events that decode, under their room's key and on their topic`(seed: UInt64) throws {
        let decoder = EventDecoder()
        for event in EventGenerator(rooms: 30, seed: seed, claimShare: 0.3, startMS: Self.startMS).prefix(2000) {
            switch (event.topic, try event.json.withUnsafeBufferPointer { try decoder.decode($0) }) {
            case (.transcripts, .transcript(let segment)):
                #expect(segment.roomID.string == event.roomID)
                #expect(segment.startMS == event.timeMS)
            case (.listings, .listing(let listing)):
                #expect(listing.roomID == event.roomID)
                #expect(listing.timeMS == event.timeMS)
            default: Issue.record("an event of \(event.roomID) is meant for the other topic")
            }
        }
    }

    /// The sum of FNV-1a over all bytes. A change of a sentence or a rate changes it, another compiler or machine must not.
    @Test func `the same arguments give the same bytes on every machine`() {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for event in EventGenerator(rooms: 20, seed: 1, startMS: Self.startMS).prefix(500) {
            for byte in event.json { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
        #expect(hash == 15_051_165_080_291_039_138)
    }

    @Test func `another seed gives other events`() {
        let one = EventGenerator(rooms: 10, seed: 1, startMS: Self.startMS).prefix(100)
        let other = EventGenerator(rooms: 10, seed: 2, startMS: Self.startMS).prefix(100)
        #expect(Array(one) != Array(other))
    }

    @Test(arguments: [1, 7, 400, 2000])
    func `event time grows with each event, and a room speaks once in its pause`(rooms: Int) {
        let events = Array(EventGenerator(rooms: rooms, seed: 3, startMS: Self.startMS).prefix(3 * rooms + 1000))
        #expect(zip(events, events.dropFirst()).allSatisfy { $0.timeMS < $1.timeMS })
        let meanStep = Double(events.last!.timeMS - events.first!.timeMS) / Double(events.count - 1)
        // A step has whole milliseconds.
        #expect(abs(meanStep - max(1, 3000 / Double(rooms))) < 0.1 * max(1, 3000 / Double(rooms)))
    }

    @Test func `each room lists its goods before anyone speaks`() {
        let events = Array(EventGenerator(rooms: 20, seed: 1, startMS: Self.startMS).prefix(200))
        #expect(events.prefix(60).allSatisfy { $0.topic == .listings })
        #expect(events.dropFirst(60).allSatisfy { $0.topic == .transcripts })
        let byRoom = Dictionary(grouping: events.prefix(60), by: \.roomID)
        #expect(byRoom.count == 20 && byRoom.values.allSatisfy { $0.count == 3 })
    }

    @Test func `a room's sentences are numbered in turn, and some rooms begin a second session`() throws {
        var places: [String: (session: String, segment: Int64)] = [:]
        var second: Set<String> = []
        let decoder = EventDecoder()
        for event in EventGenerator(rooms: 32, seed: 1, startMS: Self.startMS).prefix(32 * 140) {
            guard case .transcript(let segment) = try event.json.withUnsafeBufferPointer({ try decoder.decode($0) })
            else { continue }
            let session = segment.sessionID.string
            let before = places[event.roomID] ?? (session, 0)
            if session != before.session {
                #expect(second.insert(event.roomID).inserted)
                #expect(before.segment == 100 && segment.segmentID == 1)
            } else {
                #expect(segment.segmentID == before.segment + 1)
            }
            places[event.roomID] = (session, segment.segmentID)
        }
        #expect((1...10).contains(second.count))
    }

    @Test func `half of the claims are cut where their words must meet across two segments`() throws {
        let ends = Self.claims.map(\.end)
        var begun = 0
        var cut = 0
        let decoder = EventDecoder()
        // Here every segment begins a claim or ends one that was cut.
        for event in EventGenerator(rooms: 10, seed: 1, claimShare: 1, startMS: Self.startMS).prefix(2000) {
            guard case .transcript(let segment) = try event.json.withUnsafeBufferPointer({ try decoder.decode($0) })
            else { continue }
            let text = segment.text.string
            if ends.contains(where: text.hasPrefix) { cut += 1 } else { begun += 1 }
        }
        #expect(abs(Double(cut) / Double(begun) - 0.5) < 0.05)
    }

    @Test func `there is talk alone where no claims are asked for`() {
        for event in EventGenerator(rooms: 20, seed: 1, claimShare: 0, startMS: Self.startMS).prefix(500) {
            let text = String(decoding: event.json, as: UTF8.self)
            #expect(!Self.claims.contains { text.contains($0.whole) })
        }
    }

    /// Every claim about every item it can be made of.
    private static let claims: [(whole: String, end: String)] = Shop.all.flatMap { shop in
        shop.items.flatMap { item in
            (shop.claims + Shop.commonClaims).map { claim -> (whole: String, end: String) in
                let halves = claim.replacing("{}", with: item.word).split(separator: "|").map(String.init)
                precondition(halves.count == 2, "\(claim) has no place where it may be cut")
                return (halves.joined(), halves[1])
            }
        }
    }

    @Test func `events are as large as the benchmarks say`() {
        let events = EventGenerator(rooms: 40, seed: 1, startMS: Self.startMS).prefix(4000)
        let bytes = events.reduce(0) { $0 + $1.json.count }
        #expect(abs(Double(bytes) / 4000 - 340) < 5)
    }
}

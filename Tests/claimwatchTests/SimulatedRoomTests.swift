import LiveEvents
import Testing

@testable import claimwatch

@Suite struct `Simulated rooms` {
    @Test(arguments: 0..<Shop.all.count)
    func `send records that decode, the same in every run`(number: Int) throws {
        var room = SimulatedRoom(number: number, startMS: 1_767_225_600_000)
        var twin = SimulatedRoom(number: number, startMS: 1_767_225_600_000)
        let decoder = EventDecoder()
        for step in 0..<300 {
            let record = room.next()
            #expect(record.value == twin.next().value)
            let event = try record.value.withUnsafeBufferPointer { try decoder.decode($0) }
            switch (event, record.topic) {
            case (.transcript(let segment), .transcripts): #expect(segment.roomID.string == room.roomID)
            case (.listing(let listing), .listings): #expect(listing.roomID == room.roomID)
            default: Issue.record("step \(step): the record went to the wrong topic")
            }
        }
    }
}

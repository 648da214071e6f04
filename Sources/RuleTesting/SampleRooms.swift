import ClaimDetection
public import ClaimRules
public import LiveEvents

/// Rooms made up for texts, each text in a room of its own, judged by the detection that also runs live.
///
/// One store and one decoder serve them all, so a text costs its own judgement only. The room before is forgotten with each
/// new one: memory stays that of one room however many texts come.
public final class SampleRooms {
    private let rooms: RoomStore
    private let decoder = EventDecoder()
    private var record: [UInt8] = []
    private var count: Int64 = 0

    public init(_ ruleSet: RuleSet) {
        var limits = DetectionLimits()
        limits.maxRooms = 1
        rooms = RoomStore(ruleSet: ruleSet, limits: limits)
    }

    /// The alerts a text raises in a fresh room.
    /// - Throws: `DecodingError` if the text breaks a bound of the records.
    public func alerts(_ sample: SampleRun) throws(LiveEvents.DecodingError) -> [Alert] {
        try alerts(SampleScene(sample))
    }

    /// The alerts an example of a rule raises in the room it tells of.
    /// - Parameter day: On which it is said if it names none, as near as the rule is in force; nil is a fixed one.
    /// - Throws: `DecodingError` if a text breaks a bound of the records.
    public func alerts(
        _ example: Rule.Examples.Example, of rule: Rule, day: String? = nil
    ) throws(LiveEvents.DecodingError) -> [Alert] {
        try alerts(SampleScene(example, of: rule, day: day))
    }

    private func alerts(_ scene: SampleScene) throws(LiveEvents.DecodingError) -> [Alert] {
        count += 1
        // What it has to say to a changelog is of no use here, and waits for somebody to take it.
        if count % 64 == 0 { rooms.flushChangelog { _ in } }
        // A room of its own: prices outlive sessions. One that is named is on a platform of its own.
        let room = scene.roomID ?? "sample-\(count)"
        let platform = scene.roomID == nil ? SpokenText.platform : "\(SpokenText.platform)-\(count)"
        var alerts: [Alert] = []
        var offset: Int64 = 0
        for var listing in scene.listings {
            (listing.platform, listing.roomID) = (platform, room)
            listing.sessionID = "\(count)\(listing.sessionID)"
            rooms.process(.listing(listing), origin: origin(offset: offset)) { alerts.append($0) }
            offset += 1
        }
        if scene.segments.isEmpty { return alerts }
        alerts.removeAll()  // The made-up listings are scenery; only what is said counts.
        var words = SpokenText(roomID: room, sessionID: "\(count)")
        words.platform = platform
        (words.role, words.isSeller, words.region) = (scene.role, scene.isSeller, scene.region)
        words.speakerID = scene.speakerID
        for (number, segment) in scene.segments.enumerated() {
            words.segmentID = Int64(number) + 1
            (words.startMS, words.endMS, words.listingID) = (segment.startMS, segment.endMS, segment.listing)
            words.encode(segment.text, into: &record)
            try record.withUnsafeBufferPointer { bytes throws(LiveEvents.DecodingError) in
                rooms.process(try decoder.decode(bytes), origin: origin(offset: offset)) { alerts.append($0) }
            }
            offset += 1
        }
        return alerts
    }

    private func origin(offset: Int64) -> RecordOrigin {
        RecordOrigin(source: RecordSource(topic: "sample", partition: 0, offset: Offset(offset)))
    }
}

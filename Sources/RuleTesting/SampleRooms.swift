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
        count += 1
        // What it has to say to a changelog is of no use here, and waits for somebody to take it.
        if count % 64 == 0 { rooms.flushChangelog { _ in } }
        var alerts: [Alert] = []
        let listing = listing(sample)
        if let listing { rooms.process(.listing(listing), origin: origin(offset: 0)) { alerts.append($0) } }
        guard sample.target == .speech else { return alerts }
        alerts.removeAll()  // The made-up listing is scenery; only what is said counts.
        var words = SpokenText(roomID: "sample", sessionID: "\(count)")
        words.startMS += 1000
        words.endMS += 2000
        words.listingID = listing?.listingID
        words.encode(sample.text, into: &record)
        try record.withUnsafeBufferPointer { bytes throws(LiveEvents.DecodingError) in
            rooms.process(try decoder.decode(bytes), origin: origin(offset: 1)) { alerts.append($0) }
        }
        return alerts
    }

    private func listing(_ sample: SampleRun) -> ListingEvent? {
        guard sample.category != nil || sample.target == .listing else { return nil }
        var listing = ListingEvent(
            platform: "text", roomID: "sample", sessionID: "\(count)", listingID: "1", action: .listed,
            timeMS: SpokenText.timeMS)
        listing.category = sample.category
        if sample.target == .listing { listing.title = sample.text }
        return listing
    }

    private func origin(offset: Int64) -> RecordOrigin {
        RecordOrigin(source: RecordSource(topic: "sample", partition: 0, offset: Offset(offset)))
    }
}

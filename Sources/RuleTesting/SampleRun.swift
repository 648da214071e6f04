import ClaimDetection
public import ClaimRules
public import LiveEvents

/// One text put through the real detection, in a room made up for it.
public struct SampleRun: Sendable {
    public var text: String
    /// The category of the product on sale; nil leaves the room without a listing.
    public var category: String?
    public var target: Rule.Target

    public init(text: String, category: String? = nil, target: Rule.Target = .speech) {
        (self.text, self.category, self.target) = (text, category, target)
    }

    /// The alerts the text raises in a fresh room.
    /// - Throws: `DecodingError` if the text breaks a bound of the records.
    public func alerts(_ ruleSet: RuleSet) throws(LiveEvents.DecodingError) -> [Alert] {
        let rooms = RoomStore(ruleSet: ruleSet)
        var alerts: [Alert] = []
        if let listing {
            rooms.process(.listing(listing), origin: origin(offset: 0)) { alerts.append($0) }
        }
        guard target == .speech else { return alerts }
        alerts.removeAll()  // The made-up listing is scenery; only what is said counts.
        var record: [UInt8] = []
        var words = SpokenText(roomID: "sample", sessionID: "sample")
        words.startMS += 1000
        words.endMS += 2000
        words.listingID = listing?.listingID
        words.encode(text, into: &record)
        let decoder = EventDecoder()
        try record.withUnsafeBufferPointer { bytes throws(LiveEvents.DecodingError) in
            rooms.process(try decoder.decode(bytes), origin: origin(offset: 1)) { alerts.append($0) }
        }
        return alerts
    }

    private var listing: ListingEvent? {
        guard category != nil || target == .listing else { return nil }
        var listing = ListingEvent(
            platform: "text", roomID: "sample", sessionID: "sample", listingID: "1", action: .listed,
            timeMS: SpokenText.timeMS)
        listing.category = category
        if target == .listing { listing.title = text }
        return listing
    }

    private func origin(offset: Int64) -> RecordOrigin {
        RecordOrigin(source: RecordSource(topic: "sample", partition: 0, offset: Offset(offset)))
    }
}

/// A transcript segment that owns its text: what tools and simulated rooms send.
public struct Transcript: Equatable, Sendable {
    public var platform: String
    public var roomID: String
    public var sessionID: String
    public var segmentID: Int64
    public var isFinal = true
    /// Epoch milliseconds.
    public var startMS: Int64
    public var endMS: Int64
    public var text: String
    public var speaker: Speaker?
    public var listingID: String?
    public var region: String?

    public init(
        platform: String, roomID: String, sessionID: String, segmentID: Int64, startMS: Int64, endMS: Int64,
        text: String
    ) {
        self.platform = platform
        self.roomID = roomID
        self.sessionID = sessionID
        self.segmentID = segmentID
        self.startMS = startMS
        self.endMS = endMS
        self.text = text
    }

    /// Appends the segment as one JSON object (transcript.v1).
    public func encode(into bytes: inout [UInt8]) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("schema", "transcript.v1")
        writer.field("platform", platform)
        writer.field("room_id", roomID)
        writer.field("session_id", sessionID)
        writer.field("segment_id", segmentID)
        writer.field("is_final", isFinal)
        writer.field("start_ms", startMS)
        writer.field("end_ms", endMS)
        writer.field("text", text)
        if let speaker {
            writer.key("speaker")
            speaker.write(to: &writer)
        }
        writer.field("listing_id", listingID)
        writer.field("region", region)
        writer.endObject()
        bytes.append(contentsOf: writer.bytes)
    }
}

extension ListingEvent {
    /// Appends the event as one JSON object (listing.v1).
    public func encode(into bytes: inout [UInt8]) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("schema", "listing.v1")
        writer.field("platform", platform)
        writer.field("room_id", roomID)
        writer.field("session_id", sessionID)
        writer.field("listing_id", listingID)
        writer.field("action", action.word)
        writer.field("time_ms", timeMS)
        writer.field("title", title)
        writer.field("description", description)
        writer.field("category", category)
        writer.field("brand", brand)
        writer.field("price_cents", priceCents)
        writer.field("original_price_cents", originalPriceCents)
        if !attributes.isEmpty {
            writer.key("attributes")
            writer.beginObject()
            for attribute in attributes { writer.field(attribute.name, attribute.value) }
            writer.endObject()
        }
        if !certificates.isEmpty {
            writer.key("certificates")
            writer.beginArray()
            for certificate in certificates { writer.string(certificate) }
            writer.endArray()
        }
        if let seller {
            writer.key("seller")
            writer.beginObject()
            writer.field("id", seller.id)
            writer.field("name", seller.name)
            writer.field("license_no", seller.licenseNo)
            writer.field("region", seller.region)
            writer.endObject()
        }
        writer.endObject()
        bytes.append(contentsOf: writer.bytes)
    }
}

extension ListingEvent.Action {
    /// The word in the record.
    public var word: String {
        switch self {
        case .listed: "listed"
        case .explaining: "explaining"
        case .updated: "updated"
        case .delisted: "delisted"
        case .other(let word): word
        }
    }
}

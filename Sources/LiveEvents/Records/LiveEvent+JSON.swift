/// A transcript segment that owns its text: what tools and simulated rooms send.
public struct Transcript: Equatable, Sendable {
    /// Where the room is, e.g. "douyin".
    public var platform: String
    /// The live room (直播间); also the key of the record.
    public var roomID: String
    /// One broadcast (场次) of the room.
    public var sessionID: String
    /// The order of the segment in its session; from 0.
    public var segmentID: Int64
    /// False for a guess that a later segment replaces.
    public var isFinal = true
    /// Epoch milliseconds.
    public var startMS: Int64
    /// Epoch milliseconds; not before the start.
    public var endMS: Int64
    /// What was said.
    public var text: String
    /// Who speaks.
    public var speaker: Speaker?
    /// The listing being explained.
    public var listingID: String?
    /// GB/T 2260 code.
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
        JSONWriter.append(to: &bytes) { writer in
            writer.beginObject()
            writer.field(EventField.schema.key, "transcript.v1")
            writer.field(EventField.platform.key, platform)
            writer.field(EventField.roomID.key, roomID)
            writer.field(EventField.sessionID.key, sessionID)
            writer.field(EventField.segmentID.key, segmentID)
            writer.field(EventField.isFinal.key, isFinal)
            writer.field(EventField.startMS.key, startMS)
            writer.field(EventField.endMS.key, endMS)
            writer.field(EventField.text.key, text)
            if let speaker {
                writer.key(EventField.speaker.key)
                speaker.write(to: &writer)
            }
            writer.field(EventField.listingID.key, listingID)
            writer.field(EventField.region.key, region)
            writer.endObject()
        }
    }
}

extension ListingEvent {
    /// Appends the event as one JSON object (listing.v1).
    public func encode(into bytes: inout [UInt8]) {
        JSONWriter.append(to: &bytes) { writer in
            writer.beginObject()
            writer.field(EventField.schema.key, "listing.v1")
            writer.field(EventField.platform.key, platform)
            writer.field(EventField.roomID.key, roomID)
            writer.field(EventField.sessionID.key, sessionID)
            writer.field(EventField.listingID.key, listingID)
            writer.field(EventField.action.key, action.word)
            writer.field(EventField.timeMS.key, timeMS)
            writer.field(EventField.title.key, title)
            writer.field(EventField.description.key, description)
            writer.field(EventField.category.key, category)
            writer.field(EventField.brand.key, brand)
            writer.field(EventField.priceCents.key, priceCents)
            writer.field(EventField.originalPriceCents.key, originalPriceCents)
            if !attributes.isEmpty {
                writer.key(EventField.attributes.key)
                writer.beginObject()
                for attribute in attributes {
                    writer.key(attribute.name)
                    writer.string(attribute.value)
                }
                writer.endObject()
            }
            if !certificates.isEmpty {
                writer.field(EventField.certificates.key, certificates)
            }
            if let seller {
                writer.key(EventField.seller.key)
                writer.beginObject()
                writer.field(EventField.sellerID.key, seller.id)
                writer.field(EventField.sellerName.key, seller.name)
                writer.field(EventField.sellerLicenseNo.key, seller.licenseNo)
                writer.field(EventField.sellerRegion.key, seller.region)
                writer.endObject()
            }
            writer.endObject()
        }
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

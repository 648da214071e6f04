/// What a topic delivers: something said in a room, or a change to what the room sells.
public enum LiveEvent {
    case transcript(TranscriptSegment)
    case listing(ListingEvent)
}

/// A stretch of speech as the ASR heard it. Its text fields are views: valid until the decoder's next `decode`.
public struct TranscriptSegment {
    public var platform: ByteView
    public var roomID: ByteView
    public var sessionID: ByteView
    /// The order of the segment in its session.
    public var segmentID: Int64
    /// Interim segments are guesses that a later one replaces.
    public var isFinal: Bool
    /// Epoch milliseconds.
    public var startMS: Int64
    public var endMS: Int64
    public var text: ByteView
    /// Empty when the event names no speaker.
    public var speakerID: ByteView = .empty
    public var speakerName: ByteView = .empty
    /// Nil when the event names no role, or one that this version does not know.
    public var speakerRole: SpeakerRole?
    /// The role as written; empty when the event names none.
    public var speakerRoleText: ByteView = .empty
    public var speakerIsSeller: Bool?
    /// The listing being explained; empty when not said.
    public var listingID: ByteView = .empty
    public var asrEngine: ByteView = .empty
    public var asrConfidence: Double?
    /// GB/T 2260 code; empty when not said.
    public var region: ByteView = .empty

    public init(
        platform: ByteView, roomID: ByteView, sessionID: ByteView, segmentID: Int64, isFinal: Bool, startMS: Int64,
        endMS: Int64, text: ByteView
    ) {
        self.platform = platform
        self.roomID = roomID
        self.sessionID = sessionID
        self.segmentID = segmentID
        self.isFinal = isFinal
        self.startMS = startMS
        self.endMS = endMS
        self.text = text
    }
}

extension TranscriptSegment {
    /// A copy of what the event says of the speaker; nil when it says nothing.
    public var speaker: Speaker? {
        let unknownRole = speakerRoleText.isEmpty ? nil : OpenEnum<SpeakerRole>.unknown(speakerRoleText.string)
        let speaker = Speaker(
            id: speakerID.isEmpty ? nil : speakerID.string, name: speakerName.isEmpty ? nil : speakerName.string,
            role: speakerRole.map(OpenEnum.known) ?? unknownRole, isSeller: speakerIsSeller)
        return speaker == Speaker() ? nil : speaker
    }
}

/// A change to what a room sells. Owned, since most of it goes into the room's state.
public struct ListingEvent: Equatable, Sendable {
    public enum Action: Equatable, Sendable {
        case listed, explaining, updated, delisted
        /// A value this version does not know; treated like `updated`.
        case other(String)
    }
    public struct Attribute: Equatable, Sendable {
        public var name: String
        public var value: String
        public init(name: String, value: String) { (self.name, self.value) = (name, value) }
    }
    public struct Seller: Equatable, Sendable {
        public var id: String?
        public var name: String?
        public var licenseNo: String?
        public var region: String?
        public init(id: String? = nil, name: String? = nil, licenseNo: String? = nil, region: String? = nil) {
            (self.id, self.name, self.licenseNo, self.region) = (id, name, licenseNo, region)
        }
    }

    public var platform: String
    public var roomID: String
    public var sessionID: String
    public var listingID: String
    public var action: Action
    /// Epoch milliseconds.
    public var timeMS: Int64
    public var title: String?
    public var description: String?
    /// A path, e.g. "食品/水产/冻虾".
    public var category: String?
    public var brand: String?
    public var priceCents: Int64?
    public var originalPriceCents: Int64?
    /// In the order of the record.
    public var attributes: [Attribute] = []
    public var certificates: [String] = []
    public var seller: Seller?

    public init(
        platform: String, roomID: String, sessionID: String, listingID: String, action: Action, timeMS: Int64
    ) {
        self.platform = platform
        self.roomID = roomID
        self.sessionID = sessionID
        self.listingID = listingID
        self.action = action
        self.timeMS = timeMS
    }
}

/// What a topic delivers: something said in a room, or a change to what the room sells.
public enum LiveEvent {
    case transcript(TranscriptSegment)
    case listing(ListingEvent)
}

/// A stretch of speech as the ASR heard it. Its text fields are views: valid until the decoder's next `decode`.
public struct TranscriptSegment {
    /// Where the room is, e.g. "douyin".
    public var platform: ByteView
    /// The live room (直播间); also the key of the record.
    public var roomID: ByteView
    /// One broadcast (场次) of the room.
    public var sessionID: ByteView
    /// The order of the segment in its session.
    public var segmentID: Int64
    /// Interim segments are guesses that a later one replaces.
    public var isFinal: Bool
    /// Epoch milliseconds.
    public var startMS: Int64
    /// Epoch milliseconds; not before the start.
    public var endMS: Int64
    /// What was said, at most `maxTextBytes` of valid UTF-8.
    public var text: ByteView
    /// Empty when the event names no speaker.
    public var speakerID: ByteView = .empty
    /// 昵称; empty when not said.
    public var speakerName: ByteView = .empty
    /// Nil when the event names no role, or one that this version does not know.
    public var speakerRole: SpeakerRole?
    /// The role as written; empty when the event names none.
    public var speakerRoleText: ByteView = .empty
    /// The speaker sells for itself.
    public var speakerIsSeller: Bool?
    /// The listing being explained; empty when not said.
    public var listingID: ByteView = .empty
    /// The recogniser and its version; empty when not said.
    public var asrEngine: ByteView = .empty
    /// 0 to 1.
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
    /// What happened to the listing.
    public enum Action: Equatable, Sendable {
        case listed, explaining, updated, delisted
        /// A value this version does not know; treated like `updated`.
        case other(String)
    }
    /// A property of the goods as the seller states it, e.g. 材质: 棉.
    public struct Attribute: Equatable, Sendable {
        /// As the platform shows it.
        public var name: String
        /// As the seller states it.
        public var value: String
        public init(name: String, value: String) { (self.name, self.value) = (name, value) }
    }
    /// Who sells (经营者).
    public struct Seller: Equatable, Sendable {
        /// The shop, as its platform numbers it.
        public var id: String?
        /// As the platform shows it.
        public var name: String?
        /// 统一社会信用代码.
        public var licenseNo: String?
        /// GB/T 2260 code.
        public var region: String?
        public init(id: String? = nil, name: String? = nil, licenseNo: String? = nil, region: String? = nil) {
            (self.id, self.name, self.licenseNo, self.region) = (id, name, licenseNo, region)
        }
    }

    /// Where the room is, e.g. "douyin".
    public var platform: String
    /// The live room (直播间); also the key of the record.
    public var roomID: String
    /// One broadcast (场次) of the room.
    public var sessionID: String
    /// The listing, as its platform numbers it.
    public var listingID: String
    /// What happened.
    public var action: Action
    /// Epoch milliseconds.
    public var timeMS: Int64
    /// 标题.
    public var title: String?
    /// 详情.
    public var description: String?
    /// A path, e.g. "食品/水产/冻虾".
    public var category: String?
    /// 品牌.
    public var brand: String?
    /// 现价, in fen.
    public var priceCents: Int64?
    /// 划线价, in fen.
    public var originalPriceCents: Int64?
    /// In the order of the record.
    public var attributes: [Attribute] = []
    /// Licence and registration numbers (许可证、备案号), in the order of the record.
    public var certificates: [String] = []
    /// Who sells.
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

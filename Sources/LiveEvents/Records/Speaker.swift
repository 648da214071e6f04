/// Who speaks, as far as the event says.
public struct Speaker: Hashable, Sendable {
    /// The account, as its platform numbers it.
    public var id: String?
    /// 昵称.
    public var name: String?
    /// The part it plays in the room.
    public var role: OpenEnum<SpeakerRole>?
    /// The speaker sells for itself, not for another.
    public var isSeller: Bool?
    public init(id: String? = nil, name: String? = nil, role: OpenEnum<SpeakerRole>? = nil, isSeller: Bool? = nil) {
        (self.id, self.name, self.role, self.isSeller) = (id, name, role, isSeller)
    }
}

/// The part a speaker plays in a room: 主播, 助播, 嘉宾, 观众, 数字人.
public enum SpeakerRole: String, Sendable, CaseIterable {
    case host, assistant, guest, viewer, ai
}

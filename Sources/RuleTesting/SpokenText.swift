import ClaimDetection
public import LiveEvents

/// Plain text as the transcript record a host's words would come in.
///
/// Text from a file, an example or the command line goes through the same decoder and the same bounds as a record from
/// Kafka, so it is decided alike.
public struct SpokenText: Sendable {
    /// Plain text has no time. A fixed one (2026-01-01 00:00 UTC) keeps ids and output the same from run to run.
    public static let timeMS: Int64 = 1_767_225_600_000

    /// Noon of a day (yyyy-MM-dd) in China, epoch milliseconds; nil if it is no day.
    public static func noonMS(of day: String) -> Int64? {
        ChinaDay.parse(day).map { ChinaDay.beginMS($0) + 12 * 3_600_000 }
    }

    /// Where plain text is said to come from.
    static let platform = "text"

    public var platform = platform
    public var roomID: String
    public var sessionID: String
    public var segmentID: Int64 = 1
    public var startMS = timeMS
    public var endMS = timeMS
    public var listingID: String?
    public var region: String?
    public var role: SpeakerRole?
    public var isSeller: Bool?
    public var speakerID: String?

    public init(roomID: String, sessionID: String) { (self.roomID, self.sessionID) = (roomID, sessionID) }

    /// Writes transcript.v1 with the given words over what `record` holds. The words need not be valid UTF-8: to say
    /// so is the decoder's part.
    public func encode(_ text: UnsafeBufferPointer<UInt8>, into record: inout [UInt8]) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("schema", "transcript.v1")
        writer.field("platform", platform)
        writer.field("room_id", roomID)
        writer.field("session_id", sessionID)
        writer.field("segment_id", segmentID)
        writer.field("is_final", true)
        writer.field("start_ms", startMS)
        writer.field("end_ms", endMS)
        writer.key("text")
        writer.string(ByteView(text))
        if role != nil || isSeller != nil || speakerID != nil {
            writer.key("speaker")
            writer.beginObject()
            writer.field("id", speakerID)
            writer.field("role", role?.rawValue)
            if let isSeller { writer.field("is_seller", isSeller) }
            writer.endObject()
        }
        writer.field("listing_id", listingID)
        writer.field("region", region)
        writer.endObject()
        record = writer.bytes
    }

    public func encode(_ text: String, into record: inout [UInt8]) {
        var text = text
        text.withUTF8 { encode($0, into: &record) }
    }
}

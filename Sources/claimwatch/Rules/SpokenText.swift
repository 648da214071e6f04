import LiveEvents

/// Plain text as the transcript record a host's words would come in.
///
/// Text from a file, an example or the command line goes through the same decoder and the same bounds as a record from
/// Kafka, so it is judged alike.
struct SpokenText {
    /// Plain text has no time. A fixed one (2026-01-01 00:00 UTC) keeps ids and output the same from run to run.
    static let timeMS: Int64 = 1_767_225_600_000

    var platform = "text"
    var roomID: String
    var sessionID: String
    var segmentID: Int64 = 1
    var startMS = timeMS
    var endMS = timeMS
    var listingID: String?
    var region: String?

    /// Writes transcript.v1 with the given words over what `record` holds.
    func encode(_ text: UnsafeBufferPointer<UInt8>, into record: inout [UInt8]) {
        record.removeAll(keepingCapacity: true)
        func append(_ json: String) { record.append(contentsOf: json.utf8) }
        func append(_ name: String, string value: String) {
            append(",\"\(name)\":\"")
            var value = value
            value.withUTF8 { appendEscaped($0, to: &record) }
            append("\"")
        }
        append("{\"schema\":\"transcript.v1\"")
        append("platform", string: platform)
        append("room_id", string: roomID)
        append("session_id", string: sessionID)
        append(",\"segment_id\":\(segmentID),\"is_final\":true,\"start_ms\":\(startMS),\"end_ms\":\(endMS),\"text\":\"")
        appendEscaped(text, to: &record)
        append("\"")
        if let listingID { append("listing_id", string: listingID) }
        if let region { append("region", string: region) }
        append("}")
    }

    func encode(_ text: String, into record: inout [UInt8]) {
        var text = text
        text.withUTF8 { encode($0, into: &record) }
    }

    private func appendEscaped(_ bytes: UnsafeBufferPointer<UInt8>, to record: inout [UInt8]) {
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                record.append(UInt8(ascii: "\\"))
                record.append(byte)
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                record.append(contentsOf: "\\u00".utf8)
                record.append(digits[Int(byte >> 4)])
                record.append(digits[Int(byte & 15)])
            default:
                record.append(byte)
            }
        }
    }
}

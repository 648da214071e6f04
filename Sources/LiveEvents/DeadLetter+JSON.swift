extension DeadLetter {
    /// Appends the dead letter as one JSON object (deadletter.v1).
    public func encode(into bytes: inout [UInt8]) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("schema", "deadletter.v1")
        writer.field("reason", reason)
        writer.field("path", path)
        writer.field("detail", detail)
        writer.key("source")
        source.write(to: &writer)
        writer.field("timestamp_ms", timestampMS)
        writer.field("key", keyBytes.map(Base64.encode))
        writer.field("payload", Base64.encode(payload))
        writer.field("payload_bytes", Int64(payloadBytes))
        writer.endObject()
        bytes.append(contentsOf: writer.bytes)
    }
}

/// RFC 4648 base64 with padding.
enum Base64 {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        var position = 0
        while position < bytes.count {
            let left = min(3, bytes.count - position)
            var group = UInt32(bytes[position]) << 16
            if left > 1 { group |= UInt32(bytes[position + 1]) << 8 }
            if left > 2 { group |= UInt32(bytes[position + 2]) }
            for digit in 0..<4 {
                result.append(
                    digit <= left ? digits[Int(group >> UInt32(18 - 6 * digit) & 63)] : UInt8(ascii: "="))
            }
            position += 3
        }
        return String(decoding: result, as: UTF8.self)
    }
}

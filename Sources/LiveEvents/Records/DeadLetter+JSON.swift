extension DeadLetter {
    /// Appends the dead letter as one JSON object (deadletter.v1).
    public func encode(into bytes: inout [UInt8]) {
        JSONWriter.append(to: &bytes) { writer in
            writer.beginObject()
            writer.field(FieldName.schema, "deadletter.v1")
            writer.field(FieldName.reason, reason)
            writer.field(FieldName.path, path)
            writer.field(FieldName.detail, detail)
            writer.key(FieldName.source)
            source.write(to: &writer)
            writer.field(FieldName.timestampMS, timestampMS)
            writer.field(FieldName.key, keyBytes.map(Base64.encode))
            writer.field(FieldName.payload, Base64.encode(payload))
            writer.field(FieldName.payloadBytes, Int64(payloadBytes))
            writer.endObject()
        }
    }

    /// Reads one deadletter.v1 record back: the inverse of `encode`, for those who mend and send again.
    ///
    /// `payload` holds the whole record if it has `payloadBytes` bytes; else its beginning.
    /// - Throws: `DecodingError` with the path of the field.
    public init(
        decoding bytes: UnsafeBufferPointer<UInt8>, limits: DecodingLimits = .published
    ) throws(DecodingError) {
        let fields = try JSONObjectReader(bytes, schema: "deadletter.v1", limits: limits)
        self.init(
            reason: OpenEnum(try fields.string(FieldName.reason)), path: try fields.string(FieldName.path),
            detail: try fields.string(FieldName.detail),
            source: try RecordSource(try fields.object(FieldName.source)),
            timestampMS: try fields.int(FieldName.timestampMS),
            keyBytes: try fields.optionalBase64(FieldName.key), payload: try fields.base64(FieldName.payload),
            payloadBytes: try fields.integer(FieldName.payloadBytes, atLeast: 0))
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

    /// Nil if the text is not what `encode` writes: other characters, no padding, or bits after the last byte.
    static func decode(_ text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count % 4 == 0 else { return nil }
        let padding = digits.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        guard padding <= 2 else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(digits.count / 4 * 3)
        var (bits, count): (UInt32, Int) = (0, 0)
        for digit in digits.dropLast(padding) {
            guard let value = values[Int(digit)] else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                result.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
                bits &= 1 << UInt32(count) - 1
            }
        }
        return bits == 0 ? result : nil
    }

    private static let values: [UInt8?] = {
        var values = [UInt8?](repeating: nil, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }()
}

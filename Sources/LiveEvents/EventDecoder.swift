/// The bounds a record must keep. Beyond them it is a dead letter, not an event.
public struct DecodingLimits: Sendable {
    public var maxRecordBytes = 1 << 20
    public var maxTextBytes = 64 << 10
    public var maxDepth = 16
    public var maxArrayElements = 256
    public init() {}
}

/// Why a record is not an event. Carried into the dead letter.
public struct DecodingError: Error, Equatable, Sendable {
    /// Stable words for counters and dead letters.
    public enum Reason: String, Sendable {
        case empty, tooLarge = "too_large", notJSON = "not_json", invalidUTF8 = "invalid_utf8"
        case missingField = "missing_field", wrongType = "wrong_type", outOfRange = "out_of_range"
        case tooDeep = "too_deep", duplicateKey = "duplicate_key", unknownSchema = "unknown_schema"
    }
    public let reason: Reason
    /// The field's path, e.g. "speaker.role"; empty for the whole record.
    public let path: String
    /// What was expected and what was found, for people.
    public let detail: String
    public init(reason: Reason, path: String = "", detail: String) {
        (self.reason, self.path, self.detail) = (reason, path, detail)
    }
}

/// Turns record bytes into events. Owns the parser's buffers, so one decoder serves one thread.
public final class EventDecoder {
    public init(limits: DecodingLimits = DecodingLimits()) {}

    /// Decodes one record by its `schema` field.
    ///
    /// The views in a transcript are valid until the next call.
    public func decode(_ record: UnsafeBufferPointer<UInt8>) throws(DecodingError) -> LiveEvent {
        throw DecodingError(reason: .notJSON, detail: "skeleton")
    }
}

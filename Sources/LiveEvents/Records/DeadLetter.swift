/// A record that could not be used, as it goes to the dead-letter topic.
///
/// The record's own bytes travel as base64 in `payload` (cut to `maxPayloadBytes`), because they may be anything.
public struct DeadLetter: Equatable, Sendable {
    /// Why a record was set aside.
    public enum Reason: Hashable, Sendable {
        /// The record is no event.
        case undecodable(DecodingError.Reason)
        /// The record has no key, so the room it belongs to is not known.
        case missingKey
        /// The record raised an alert that is larger than a record may be.
        case alertTooLarge
    }

    /// Why the record was set aside.
    public var reason: OpenEnum<Reason>
    /// The field's path, e.g. "speaker.role"; empty for the whole record.
    public var path: String
    /// What was expected and what was found, for people.
    public var detail: String
    /// Where the record stands.
    public var source: RecordSource
    /// The record's timestamp, epoch milliseconds.
    public var timestampMS: Int64
    /// The key of the record, cut as `payload` is; nil if it has none.
    public var keyBytes: [UInt8]?
    /// The record, or its beginning.
    public var payload: [UInt8]
    /// The size of the record before `payload` was cut.
    public var payloadBytes: Int
    public init(
        reason: OpenEnum<Reason>, path: String, detail: String, source: RecordSource, timestampMS: Int64,
        keyBytes: [UInt8]?, payload: [UInt8], payloadBytes: Int
    ) {
        self.reason = reason
        self.path = path
        self.detail = detail
        self.source = source
        self.timestampMS = timestampMS
        self.keyBytes = keyBytes
        self.payload = payload
        self.payloadBytes = payloadBytes
    }
}

extension DeadLetter.Reason: RawRepresentable, CaseIterable {
    public static let allCases: [DeadLetter.Reason] =
        DecodingError.Reason.allCases.map(undecodable)
        + [.missingKey, .alertTooLarge]

    public init?(rawValue: String) {
        if let reason = DecodingError.Reason(rawValue: rawValue) {
            self = .undecodable(reason)
        } else if let reason = [Self.missingKey, .alertTooLarge].first(where: { $0.rawValue == rawValue }) {
            self = reason
        } else {
            return nil
        }
    }

    public var rawValue: String {
        switch self {
        case .undecodable(let reason): reason.rawValue
        case .missingKey: "missing_key"
        case .alertTooLarge: "alert_too_large"
        }
    }
}

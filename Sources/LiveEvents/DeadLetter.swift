/// A record that could not be used, as it goes to the dead-letter topic.
///
/// The record's own bytes travel as base64 in `payload` (cut to `maxPayloadBytes`), because they may be anything.
public struct DeadLetter: Equatable, Sendable {
    /// A `DecodingError.Reason` word, or "missing_key".
    public var reason: String
    public var path: String
    public var detail: String
    public var source: Alert.Source
    /// The record's timestamp, epoch milliseconds.
    public var timestampMS: Int64
    public var keyBytes: [UInt8]?
    public var payload: [UInt8]
    /// The size of the record before `payload` was cut.
    public var payloadBytes: Int
    public init(
        reason: String, path: String, detail: String, source: Alert.Source, timestampMS: Int64, keyBytes: [UInt8]?,
        payload: [UInt8], payloadBytes: Int
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

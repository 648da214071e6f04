public import LiveEvents

/// Where a record came from and what its headers say, as evidence needs it.
public struct RecordOrigin: Sendable {
    public var source: RecordSource
    /// W3C traceparent header, if the record has one.
    public var trace: String?
    public init(source: RecordSource, trace: String? = nil) { (self.source, self.trace) = (source, trace) }
}

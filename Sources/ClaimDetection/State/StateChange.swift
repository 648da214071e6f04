/// One key of a partition's state that changed since the last `flushChangelog`; `value` nil deletes it.
public struct StateChange: Equatable, Sendable {
    public var key: [UInt8]
    public var value: [UInt8]?
    public init(key: [UInt8], value: [UInt8]?) { (self.key, self.value) = (key, value) }
}

/// A state record that cannot be read back.
public struct StateError: Error, Equatable, Sendable {
    public let reason: String
    public init(reason: String) { self.reason = reason }
}

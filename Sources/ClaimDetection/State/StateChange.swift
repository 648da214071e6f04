/// One key of a partition's state that changed since the last `flushChangelog`; `value` nil deletes it.
public struct StateChange: Equatable, Sendable {
    public var key: [UInt8]
    public var value: [UInt8]?
    public init(key: [UInt8], value: [UInt8]?) { (self.key, self.value) = (key, value) }
}

/// A record of the changelog that cannot be read back.
public struct StateError: Error, Equatable, Sendable {
    public let reason: String
    public init(reason: String) { self.reason = reason }
}

/// What came of reading the changelog back.
public struct RestoreReport: Equatable, Sendable {
    /// A record that was left out; all others were taken.
    public struct Unreadable: Equatable, Sendable {
        public var key: [UInt8]
        public var reason: String
        public init(key: [UInt8], reason: String) { (self.key, self.reason) = (key, reason) }
    }
    /// Room sessions that came back.
    public var rooms = 0
    /// Rooms forgotten at once to keep `maxRooms`, those used longest ago; their keys go with the next flush.
    public var roomsForgotten = 0
    public var unreadable: [Unreadable] = []
    public init() {}
}

public import ClaimRules
public import LiveEvents

/// Where a record came from and what its headers say, as evidence needs it.
public struct RecordOrigin: Sendable {
    public var source: Alert.Source
    /// W3C traceparent header, if the record has one.
    public var trace: String?
    public init(source: Alert.Source, trace: String? = nil) { (self.source, self.trace) = (source, trace) }
}

/// One key of a partition's state that changed since the last `drainChanges`; `value` nil deletes it.
public struct StateChange: Equatable, Sendable {
    public var key: [UInt8]
    public var value: [UInt8]?
    public init(key: [UInt8], value: [UInt8]?) { (self.key, self.value) = (key, value) }
}

/// Bounds of one partition's rooms.
public struct DetectionLimits: Sendable {
    /// Room sessions held; beyond it the one idle longest is forgotten.
    public var maxRooms = 20_000
    /// Listings on sale held per room; beyond it the oldest is forgotten.
    public var maxListingsPerRoom = 500
    /// Speech carried over from segment to segment, UTF-8 bytes.
    public var maxTailBytes = 600
    /// Speech is carried over at most this long a pause.
    public var maxTailPauseMS: Int64 = 15_000
    public init() {}
}

/// What happened in detection that is not an alert; added up per batch.
public struct DetectionCounters: Equatable, Sendable {
    public var segments = 0
    public var listings = 0
    public var interimSkipped = 0
    public var hits = 0
    public var cleared = 0
    public var merged = 0
    public var roomsForgotten = 0
    public var listingsForgotten = 0
    public init() {}
}

/// The rooms of one partition: events in, alerts out.
///
/// What a decision depends on lives here and nowhere else. Listings and open windows travel through the state topic
/// (`drainChanges`, `restore`); the tail of the speech is rebuilt by `replay` of the records from `replayOffset` on.
public final class RoomBook {
    public init(ruleSet: RuleSet, limits: DetectionLimits = DetectionLimits()) {}

    /// Judges one event. Alerts are handed to `publish` in order.
    public func process(_ event: LiveEvent, origin: RecordOrigin, publish: (Alert) -> Void) {}

    /// Rebuilds the tails from a record before the committed offset. Raises nothing, changes no state key.
    public func replay(_ event: LiveEvent, origin: RecordOrigin) {}

    /// Takes one record of the state topic back in.
    /// - Throws: `StateError` if it was not written by this format.
    public func restore(key: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>?) throws(StateError) {}

    /// The smallest transcript offset that has to be read again to rebuild the tails, or nil if none has.
    ///
    /// Call it before `drainChanges`: tails older than `oldestReplay` are spilled into the state instead.
    public func replayOffset(noEarlierThan oldestReplay: Int64) -> Int64? { nil }

    /// What has to be written to the state topic so that a restart decides alike. One entry per changed key.
    public func drainChanges(_ write: (StateChange) -> Void) {}

    public var counters = DetectionCounters()
    /// Room sessions held now.
    public var roomCount: Int { 0 }
}

/// A state record that cannot be read back.
public struct StateError: Error, Equatable, Sendable {
    public let reason: String
    public init(reason: String) { self.reason = reason }
}

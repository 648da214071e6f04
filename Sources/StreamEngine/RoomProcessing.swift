public import ClaimDetection
public import LiveEvents

/// What a stream task needs of the rooms of its partition: decide, remember what decisions depend on, come back from it.
///
/// `RoomStore` is the one in production; the simulation also has a small one whose every alert depends on all that it
/// should remember.
public protocol RoomProcessing: AnyObject {
    /// Sessions held now, for the statistics.
    var roomCount: Int { get }
    /// Running totals; the engine tells of their growth.
    var counters: DetectionCounters { get }
    /// Judges a new event. Alerts are handed to `publish` in order.
    func process(_ event: LiveEvent, origin: RecordOrigin, publish: (Alert) -> Void)
    /// Sees a record before the committed offset again; publishes nothing.
    func replay(_ event: LiveEvent, origin: RecordOrigin)
    /// The smallest transcript offset that must be read again to rebuild the carry-over, nil if none must.
    func replayOffset(noEarlierThan oldestReplay: Int64) -> Int64?
    /// Hands over every key of the changelog topic that changed since the last call.
    func flushChangelog(_ write: (StateChange) -> Void)
    /// Takes one record of the changelog topic back in; a later record of the same key replaces it.
    func restore(key: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>?)
    /// Ends the restore: tells which records cannot be read. The others are taken in all the same.
    func finishRestore() -> RestoreReport
}

extension RoomStore: RoomProcessing {}

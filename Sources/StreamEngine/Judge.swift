public import ClaimDetection
public import LiveEvents

/// What a lane needs of the rooms it feeds: decide, remember what decisions depend on, come back from it.
///
/// `RoomStore` is the one in production; tests use a small deterministic one.
public protocol Judge: AnyObject {
    /// Sessions held now, for the statistics.
    var roomCount: Int { get }
    func process(_ event: LiveEvent, origin: RecordOrigin, publish: (Alert) -> Void)
    /// Sees a record before the committed offset again; publishes nothing.
    func replay(_ event: LiveEvent, origin: RecordOrigin)
    func replayOffset(noEarlierThan oldestReplay: Int64) -> Int64?
    func flushChangelog(_ write: (StateChange) -> Void)
    func restore(key: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>?)
    func finishRestore() -> RestoreReport
}

extension RoomStore: Judge {}

import LiveEvents

/// One session of one room: what is on sale, what was just said, which alerts are open.
///
/// It lies in `RoomTable` and is never copied; its arrays are all that is allocated for it.
struct Room: ~Copyable {
    let hash: UInt64
    /// Platform, room and session one after the other: to tell a room by its ids, one place in memory is read.
    private let ids: [UInt8]
    private let platformEnd: Int
    private let roomEnd: Int
    var platform: ArraySlice<UInt8> { ids[..<platformEnd] }
    var roomID: ArraySlice<UInt8> { ids[platformEnd..<roomEnd] }
    var sessionID: ArraySlice<UInt8> { ids[roomEnd...] }

    var listings = ActiveListings()
    var windows = AlertWindows()
    var accumulators = Accumulators()
    var obligations = Obligations()
    var carryOver = CarryOver()

    /// The carry-over's version that stands in the changelog, or nil if none does.
    var spilledVersion: Int?
    var isCarryOverChanged = false
    /// Whether the room stands in the queue of those that have something to write.
    var isQueued = false
    /// The latest event time, epoch milliseconds: when the room was last used, also after a restart.
    private(set) var lastUsedMS = Int64.min
    /// `lastUsedMS` as it stands in the changelog.
    private var writtenUseMS = Int64.min

    /// `lastUsedMS` if the room was used.
    var knownUseMS: Int64? { lastUsedMS == .min ? nil : lastUsedMS }

    /// How far behind the use in the changelog may be, milliseconds of event time.
    static let useIntervalMS: Int64 = 600_000

    init(
        platform: UnsafeBufferPointer<UInt8>, roomID: UnsafeBufferPointer<UInt8>,
        sessionID: UnsafeBufferPointer<UInt8>, hash: UInt64
    ) {
        var ids: [UInt8] = []
        ids.reserveCapacity(platform.count + roomID.count + sessionID.count)
        ids.append(contentsOf: platform)
        ids.append(contentsOf: roomID)
        ids.append(contentsOf: sessionID)
        self.ids = ids
        platformEnd = platform.count
        roomEnd = platform.count + roomID.count
        self.hash = hash
    }

    func matches(
        _ platform: UnsafeBufferPointer<UInt8>, _ room: UnsafeBufferPointer<UInt8>,
        _ session: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard platform.count == platformEnd, room.count == roomEnd - platformEnd, session.count == ids.count - roomEnd
        else { return false }
        return ids.withUnsafeBufferPointer { ids in
            ByteView(room).holds(UnsafeBufferPointer(rebasing: ids[platformEnd..<roomEnd]))
                && ByteView(session).holds(UnsafeBufferPointer(rebasing: ids[roomEnd...]))
                && ByteView(platform).holds(UnsafeBufferPointer(rebasing: ids[..<platformEnd]))
        }
    }

    /// Whether nothing was heard of it yet.
    var isNew: Bool { lastUsedMS == .min }

    /// Has the carry-over written to the changelog, if it is not there as it is.
    mutating func spill() -> Bool {
        if spilledVersion == carryOver.version { return false }
        spilledVersion = carryOver.version
        isCarryOverChanged = true
        return true
    }

    /// Takes the carry-over out of the changelog, if it is there.
    mutating func unspill() -> Bool {
        if spilledVersion == nil { return false }
        spilledVersion = nil
        isCarryOverChanged = true
        return true
    }

    /// Notes an event of the room.
    ///
    /// - Returns: Whether the changelog should learn of it: it does every ten minutes, if there is a record to tell it by.
    mutating func use(at timeMS: Int64) -> Bool {
        guard timeMS > lastUsedMS else { return false }
        lastUsedMS = timeMS
        guard writtenUseMS != .min, timeMS - writtenUseMS >= Self.useIntervalMS else { return false }
        writtenUseMS = timeMS
        return listings.noteAny() || windows.noteAny() || accumulators.noteAny() || obligations.noteAny()
    }

    /// Notes that a record of the room, which tells its last use, is written.
    mutating func useIsWritten() { writtenUseMS = lastUsedMS }

    /// Takes back what a record of the changelog tells; nil if it was written before records told it.
    mutating func restoreUse(_ timeMS: Int64?) {
        lastUsedMS = max(lastUsedMS, timeMS ?? .min)
        writtenUseMS = max(lastUsedMS, 0)
    }
}

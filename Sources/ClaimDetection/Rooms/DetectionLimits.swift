/// Bounds of one partition's rooms. Each has a counter in `DetectionCounters` for when it bites.
public struct DetectionLimits: Sendable {
    /// Room sessions held; beyond it the one idle longest is forgotten, with its listings and windows.
    public var maxRooms = 20_000
    /// Listings on sale held per room; beyond it the oldest is forgotten.
    public var maxListingsPerRoom = 500
    /// Speech carried over from segment to segment, UTF-8 bytes (600 are 200 Chinese characters).
    public var maxTailBytes = 600
    /// Speech is carried over at most this long a pause, from the end of one segment to the start of the next.
    public var maxTailPauseMS: Int64 = 15_000
    /// Term occurrences judged per text; beyond it the rest of the text is not judged. A text of 64 KiB made of one
    /// term is bounded by it.
    public var maxOccurrences = 8_192
    public init() {}
}

/// What happened in detection that is not an alert; added up per batch.
public struct DetectionCounters: Equatable, Sendable {
    public var segments = 0
    public var listings = 0
    /// Interim segments and speech of viewers, which raise nothing.
    public var skipped = 0
    /// Rules met.
    public var hits = 0
    /// Occurrences that an `unless` phrase cleared.
    public var cleared = 0
    /// Hits that joined an open window without a new alert.
    public var merged = 0
    public var roomsForgotten = 0
    public var listingsForgotten = 0
    public var textsCutShort = 0
    public init() {}
}

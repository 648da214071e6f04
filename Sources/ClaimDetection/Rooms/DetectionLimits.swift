/// Bounds of one partition's rooms. Each is counted in `DetectionCounters` when it bites.
public struct DetectionLimits: Equatable, Sendable {
    /// Room sessions held; beyond it the one used longest ago is forgotten, with its listings and windows.
    public var maxRooms = 20_000
    /// Listings on sale held per room; beyond it the oldest is forgotten.
    public var maxListingsPerRoom = 500
    /// Speech carried over from segment to segment, UTF-8 bytes (600 are 200 Chinese characters).
    public var maxCarryOverBytes = 600
    /// Speech is carried over at most this long a pause, from the end of one segment to the start of the next.
    public var maxCarryOverPauseMS: Int64 = 15_000
    /// A mark that ends a segment ends no sentence if the speaker goes on within this time: recognisers write marks where
    /// they cut. -1: marks are always taken at their word.
    public var maxSoftPauseMS: Int64 = 1_500
    /// A longer pause between two segments may hide a statement that must be said: nobody is accused of its lack.
    public var maxUnheardMS: Int64 = 15_000
    /// Listings, of rooms, whose prices of the last days are kept if a rule asks for them; some 200 bytes each.
    public var maxPrices = 200_000
    /// Occurrences judged per text; beyond it the rest of the text is not judged. A text of 64 KiB made of one
    /// term is bounded by it.
    public var maxOccurrences = 8_192
    /// Work done for the conditions of one text, in spans looked at; beyond it the rest of the conditions is not judged. Speech
    /// takes some hundred; a text of 64 KiB made for the purpose reaches it.
    public var maxStepsPerText = 4_000_000
    /// Bytes of one text that regular expressions search, over all of them; beyond it no more are searched.
    public var maxPatternBytesPerText = 4_194_304
    /// The title, category, brand and seller of a listing as alerts show them, UTF-8 bytes each; the rest is cut off.
    /// Rules see the whole.
    public var maxListingTextBytes = 1_024
    /// Evidence that one hit leaves, bytes as JSON. An alert and a record of the changelog show four hits, so both stay
    /// well below the 1,000,000 bytes that a broker takes in one record.
    public var maxEvidenceBytes = 32_768
    public init() {}
}

/// A bound of detection; to tell an operator which one bit.
public enum DetectionBound: String, Sendable, CaseIterable {
    /// `maxRooms`: a room was forgotten, and may raise an alert a second time.
    case rooms
    /// `maxListingsPerRoom`: a listing was forgotten.
    case listings
    /// `maxOccurrences`, `maxStepsPerText` or `maxPatternBytesPerText`: the end of a text was not judged.
    case occurrences
    /// `maxEvidenceBytes`: a hit shows only a part of its evidence.
    case evidence
    /// More than 64 rules of a room wait for signals, or a rule is another now: what was waited for is forgotten.
    case accumulators
    /// More than 16 goods of a room owe a statement under one rule, or more than 64 rules require one: what is beyond is
    /// not watched.
    case obligations
    /// `maxPrices`: what some goods cost before was forgotten.
    case prices
    /// Of a listing's attributes and certificates that rules ask for, more than 2,048 bytes or 24 were not kept.
    case facts
    /// Speech from more than 512 segments was not carried over whole.
    case segments
}

/// What happened in detection that is not an alert; added up until somebody resets it.
public struct DetectionCounters: Equatable, Sendable {
    public var segments = 0
    public var listings = 0
    /// Interim segments and speech of viewers, which raise nothing.
    public var skipped = 0
    /// Rules met.
    public var hits = 0
    /// Occurrences that an `unless` phrase cleared.
    public var cleared = 0
    /// Hits that a learned screen gave too little.
    public var screened = 0
    /// Hits that joined an open window without a new alert.
    public var merged = 0
    /// Alerts published again because a listing told what they are about.
    public var revised = 0
    public var roomsForgotten = 0
    public var listingsForgotten = 0
    public var textsCutShort = 0
    public var evidenceCutShort = 0
    public var factsCutShort = 0
    public var accumulatorsForgotten = 0
    public var obligationsForgotten = 0
    public var pricesForgotten = 0
    public var carryOversCutShort = 0
    public init() {}

    /// How often a bound bit.
    public subscript(bound: DetectionBound) -> Int {
        switch bound {
        case .rooms: roomsForgotten
        case .listings: listingsForgotten
        case .occurrences: textsCutShort
        case .evidence: evidenceCutShort
        case .facts: factsCutShort
        case .accumulators: accumulatorsForgotten
        case .obligations: obligationsForgotten
        case .prices: pricesForgotten
        case .segments: carryOversCutShort
        }
    }
}

import LiveEvents

/// What goods of a room cost before they cost what they cost now: the lowest price of each of the last days.
///
/// ```
///     129 元 ├──────────────┤ 19th to 21st      99 元 ├───▶ stands      lowest of 7 days: 129 元
/// ```
/// The offer that stands is not its own past: a price that was 129 for a week may be called the former one of 99. Only an
/// offer older than seven days is what the goods cost in all of them.
struct PastPrices: Equatable {
    struct Day: Equatable {
        /// As `ChinaDay` counts.
        var day: Int32
        var fen: Int64
    }

    /// Of offers that ended, in order of day; those of eight days at most.
    var days: [Day] = []
    /// When a price was first seen, epoch milliseconds.
    var firstMS: Int64
    /// What stands, and since when; nil: nothing.
    var fen: Int64?
    var sinceMS: Int64

    private static let span: Int32 = 7
    private static let spanMS: Int64 = 7 * 86_400_000

    /// The lowest price of the seven days before a time, and whether all of them were seen; nil if nothing is known.
    func minimum(before timeMS: Int64) -> (fen: Int64, isWhole: Bool)? {
        let firstDay = ChinaDay.of(timeMS) - Self.span
        var lowest = days.lazy.filter { $0.day >= firstDay }.map(\.fen).min()
        let weekAgo = timeMS - Self.spanMS
        if let fen, sinceMS <= weekAgo { lowest = min(lowest ?? fen, fen) }
        return lowest.map { ($0, firstMS <= weekAgo) }
    }

    /// The offer that stands ends.
    mutating func end(at timeMS: Int64) {
        guard let fen else { return }
        let last = ChinaDay.of(timeMS)
        for day in max(ChinaDay.of(sinceMS), last - Self.span)...max(ChinaDay.of(sinceMS), last) {
            let place = days.firstIndex { $0.day >= day } ?? days.count
            if place < days.count, days[place].day == day {
                days[place].fen = min(days[place].fen, fen)
            } else {
                days.insert(Day(day: day, fen: fen), at: place)
            }
        }
        days.removeAll { $0.day < last - Self.span }
        if days.count > Int(Self.span) + 1 { days.removeFirst(days.count - Int(Self.span) - 1) }
        self.fen = nil
    }
}

/// The prices of one listing of a room, over its sessions.
struct PriceHistory: Equatable {
    var past: PastPrices
    /// The session of the latest event.
    var session: String
    /// The latest event, epoch milliseconds.
    var seenMS: Int64

    /// Takes in an event. What it does not say stays; another session is another offer, also at the same price.
    mutating func take(_ event: ListingEvent) {
        let now = max(event.timeMS, seenMS)
        let isGone = event.action == .delisted
        let isSame = event.sessionID == session
        if !isSame || isGone || event.priceCents != nil && event.priceCents != past.fen {
            past.end(at: isSame ? now : seenMS)
            (past.fen, past.sinceMS) = (isGone ? nil : event.priceCents, now)
        }
        (session, seenMS) = (event.sessionID, now)
    }
}

/// The prices of a partition's goods, by room and listing: they outlive sessions.
struct PriceBook {
    /// By key of the changelog.
    private var histories: [[UInt8]: PriceHistory] = [:]
    /// Since the last flush.
    private var changed: Set<[UInt8]> = []

    /// Takes in an event.
    ///
    /// - Returns: What the goods cost before, and how many others were forgotten to keep the bound: a sixteenth at once, those
    ///   told of longest ago. Nil as long as no price was told.
    mutating func note(_ event: ListingEvent, most: Int) -> (past: PastPrices, forgotten: Int)? {
        let key = StateKey.price(event.platform, event.roomID, event.listingID)
        var history: PriceHistory
        if let known = histories[key] {
            history = known
            history.take(event)
        } else {
            guard let fen = event.priceCents, event.action != .delisted else { return nil }
            history = PriceHistory(
                past: PastPrices(firstMS: event.timeMS, fen: fen, sinceMS: event.timeMS), session: event.sessionID,
                seenMS: event.timeMS)
        }
        histories[key] = history
        changed.insert(key)
        return (history.past, forget(beyond: most))
    }

    /// Forgets all: no rule asks for prices any more.
    mutating func forgetAll() {
        changed.formUnion(histories.keys)
        histories = [:]
    }

    mutating func restore(_ key: [UInt8], _ history: PriceHistory) { histories[key] = history }

    /// Forgets the oldest beyond a bound.
    mutating func forget(beyond most: Int) -> Int {
        guard histories.count > max(most, 1) else { return 0 }
        let excess = histories.count - max(most, 1) + histories.count / 16
        let oldest = histories.sorted {
            $0.value.seenMS == $1.value.seenMS
                ? $0.key.lexicographicallyPrecedes($1.key) : $0.value.seenMS < $1.value.seenMS
        }.prefix(excess)
        for (key, _) in oldest {
            histories[key] = nil
            changed.insert(key)
        }
        return excess
    }

    mutating func flush(_ write: (StateChange) -> Void) {
        for key in changed.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            write(StateChange(key: key, value: histories[key].map { PriceRecord(history: $0).encoded() }))
        }
        changed.removeAll(keepingCapacity: true)
    }
}

/// The caller's buffer for matches: grows to the largest text seen and is reused, so a scan allocates nothing.
///
/// It never shrinks. `limit` bounds it: 64 KiB of one letter have 66 million matches of 1,024 nested terms, which would
/// take a gigabyte.
///
/// It also lends a scan the room for the text as symbols, a piece of it if it is long: about 30 bytes for each of them, and
/// for an index with loose terms some 20 more and 0.7 MiB.
public struct MatchBuffer: ~Copyable {
    /// The `limit` of a buffer that is given none: a million matches, 16 MiB.
    public static let defaultLimit = 1 << 20

    var store: MatchStore
    /// Matches of the loose view, until they are merged.
    var loose = MatchStore(capacity: 16)
    /// How many matches the buffer may hold, at least 1. A scan that finds one more stops there; see `isCutShort`.
    ///
    /// The room taken is that of `limit` matches and of the terms that end at one place, twice as much while it grows.
    public var limit: Int {
        didSet { precondition(limit > 0, "a limit of \(limit) matches: give at least 1") }
    }
    /// Whether a scan stopped at `limit` since the last `removeAll`.
    ///
    /// The buffer then holds the first `limit` matches in order; there are more, and the rest of that text was not
    /// searched.
    public private(set) var isCutShort = false
    /// The symbols of the text being scanned.
    var line = SymbolLine()
    var looseBuffer = LooseBuffer()
    var words = WordView()
    /// Split characters whose parts are read as words, for `PassedOver`; nil if nobody asks.
    var splitsRead: [TermMatch]?

    public init(capacity: Int = 256, limit: Int = defaultLimit) {
        precondition(limit > 0, "a limit of \(limit) matches: give at least 1")
        self.limit = limit
        store = MatchStore(capacity: capacity)
    }

    /// How many matches the buffer holds.
    public var count: Int { store.count }

    /// How many matches fit before the buffer grows.
    package var capacity: Int { store.capacity }

    public mutating func removeAll() {
        store.removeAll()
        isCutShort = false
    }

    public subscript(index: Int) -> TermMatch {
        precondition(index >= 0 && index < count, "match index out of range")
        return store.matches[index]
    }

    /// Drops what is beyond `limit`.
    ///
    /// - Returns: Whether there was something.
    @inline(__always)
    mutating func cutAtLimit() -> Bool {
        guard store.count > limit else { return false }
        store.removeAll(from: limit)
        isCutShort = true
        return true
    }
}

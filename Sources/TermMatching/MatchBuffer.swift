import ChineseText

/// The caller's buffer for matches: grows to the largest text seen and is reused, so a scan allocates nothing.
///
/// It never shrinks. `limit` bounds it: 64 KiB of one letter have 66 million matches of 1,024 nested terms, which would
/// take a gigabyte.
///
/// It also lends a scan the room for the text as symbols, a piece of it if it is long: about 30 bytes for each of them, and
/// for an index with fuzzy terms some 13 more and 16 KiB.
public struct MatchBuffer: ~Copyable {
    /// The `limit` of a buffer that is given none: a million matches, 16 MiB.
    public static let defaultLimit = 1 << 20

    var store: MatchStore
    /// Matches of fuzzy terms, until they are merged.
    var fuzzy = MatchStore(capacity: 16)
    /// How many matches the buffer may hold, at least 1. A scan that finds one more stops there; see `isCutShort`.
    ///
    /// The room taken is that of `limit` matches and of the terms that end at one place, twice as much while it grows.
    public var limit: Int {
        didSet { precondition(limit > 0, "a limit of \(limit) matches: give at least 1") }
    }
    /// What fuzzy matching may do for a text.
    public var budget = WorkBudget.standard
    /// Whether not everything was found since the last `removeAll`: a scan stopped at `limit`, or spent its `budget`.
    ///
    /// At the limit the buffer holds the first `limit` matches in order; there are more, and the rest of that text was not
    /// searched. For the budget see `unverified`.
    public var isCutShort: Bool { isFull || unverified > 0 }
    /// How many places at which a fuzzy term may end were not looked at, since the text had spent its `budget`; counted since
    /// the last `removeAll`. Exact matches are all there.
    public internal(set) var unverified = 0
    /// Units of work (`WorkBudget`) done for fuzzy terms since the last `removeAll`.
    public internal(set) var work = 0
    /// Whether a scan stopped at `limit` since the last `removeAll`.
    private(set) var isFull = false
    /// The symbols of the text being scanned.
    var line = DecodedText()
    var fuzzyBuffer = FuzzyBuffer()
    var words = WordView()
    /// The numbers around a match.
    var numbers = NumberBuffer(capacity: 16)
    /// For `RejectedMatch`: split characters whose parts are read as words, and parts of longer numbers; nil if nobody asks.
    var partsRead: [TermMatch]?

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
        isFull = false
        unverified = 0
        work = 0
    }

    public subscript(index: Int) -> TermMatch {
        precondition(index >= 0 && index < count, "match index out of range")
        return store.matches[index]
    }

    /// The matches in order, lent until the buffer is used again.
    ///
    /// It is `mutating`, as is `isWhole`, since a caller of another module copies the whole buffer to read one field.
    public var found: UnsafeBufferPointer<TermMatch> {
        mutating get { UnsafeBufferPointer(start: store.matches, count: store.count) }
    }

    /// Whether everything was found since the last `removeAll`; see `isCutShort`.
    public var isWhole: Bool { mutating get { !isCutShort } }

    /// Drops what is beyond `limit`.
    ///
    /// - Returns: Whether there was something.
    @inline(__always)
    mutating func cutAtLimit() -> Bool {
        guard store.count > limit else { return false }
        store.removeAll(from: limit)
        isFull = true
        return true
    }
}

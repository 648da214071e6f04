/// The caller's buffer for matches: grows to the largest text seen and is reused, so a scan allocates nothing.
///
/// It never shrinks. `limit` bounds it: 64 KiB of one letter have 66 million matches of 1,024 nested terms, which would
/// take 800 MB.
///
/// It also lends a scan the room for the text as symbols: about 30 bytes for each of them.
public struct MatchBuffer: ~Copyable {
    /// The `limit` of a buffer that is given none: a million matches, 12 MiB.
    public static let defaultLimit = 1 << 20

    private var storage: UnsafeMutablePointer<TermMatch>
    /// How many matches fit before the buffer grows.
    package private(set) var capacity: Int
    /// How many matches the buffer holds.
    public private(set) var count = 0
    /// How many matches the buffer may hold, at least 1. A scan that finds one more stops there; see `isCutShort`.
    ///
    /// The room taken is that of `limit` matches and of the terms that end at one place, twice as much while it grows.
    public var limit: Int {
        didSet { precondition(limit > 0, "a limit of \(limit) matches: give at least 1") }
    }
    /// Whether a scan stopped at `limit` since the last `removeAll`.
    ///
    /// The buffer then holds exactly the first `limit` matches in order; there are more, and the rest of that text was
    /// not searched.
    public private(set) var isCutShort = false
    /// The symbols of the text being scanned.
    var line = SymbolLine()

    public init(capacity: Int = 256, limit: Int = defaultLimit) {
        precondition(limit > 0, "a limit of \(limit) matches: give at least 1")
        self.limit = limit
        self.capacity = max(capacity, 16)
        storage = .allocate(capacity: self.capacity)
    }

    deinit { storage.deallocate() }

    public mutating func removeAll() {
        count = 0
        isCutShort = false
    }

    mutating func removeAll(from first: Int) { count = first }

    /// Drops what is beyond `limit`.
    ///
    /// - Returns: Whether there was something.
    @inline(__always)
    mutating func cutAtLimit() -> Bool {
        guard count > limit else { return false }
        count = limit
        isCutShort = true
        return true
    }

    /// Moves the matches from `first` on by `distance` bytes.
    mutating func shift(from first: Int, by distance: Int32) {
        for index in first..<count {
            storage[index].start += distance
            storage[index].end += distance
        }
    }

    public subscript(index: Int) -> TermMatch {
        precondition(index >= 0 && index < count, "match index out of range")
        return storage[index]
    }

    @inline(__always)
    mutating func append(_ match: TermMatch) {
        if count == capacity { grow() }
        storage[count] = match
        count += 1
    }

    /// Sorts the matches from `first` on, which all end at the same place, by start and term.
    ///
    /// They come nearly in the opposite order, so they are turned round and then sorted by insertion.
    mutating func sort(from first: Int) {
        reverse(from: first)
        for index in first + 1..<count {
            let match = storage[index]
            var place = index
            while place > first {
                let before = storage[place - 1]
                guard (match.start, match.term) < (before.start, before.term) else { break }
                storage[place] = before
                place -= 1
            }
            storage[place] = match
        }
    }

    /// Turns round the matches from `first` on.
    mutating func reverse(from first: Int) {
        var found = UnsafeMutableBufferPointer(start: storage + first, count: count - first)
        found.reverse()
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<TermMatch>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: storage, count: count)
        storage.deallocate()
        storage = larger
        capacity *= 2
    }
}

/// The caller's buffer for matches: grows to the largest text seen and is reused, so a scan allocates nothing.
///
/// It also lends a scan the room for the text as symbols: 12 bytes for each of them.
public struct MatchBuffer: ~Copyable {
    @usableFromInline var storage: UnsafeMutablePointer<TermMatch>
    @usableFromInline var capacity: Int
    /// How many matches the buffer holds.
    public private(set) var count = 0
    /// The symbols of the text being scanned.
    var line = SymbolLine()

    public init(capacity: Int = 256) {
        self.capacity = max(capacity, 16)
        storage = .allocate(capacity: self.capacity)
    }

    deinit { storage.deallocate() }

    public mutating func removeAll() { count = 0 }

    mutating func removeAll(from first: Int) { count = first }

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

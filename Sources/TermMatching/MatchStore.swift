/// A list of matches that grows and is reused.
struct MatchStore: ~Copyable {
    private(set) var matches: UnsafeMutablePointer<TermMatch>
    private(set) var capacity: Int
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = max(capacity, 16)
        matches = .allocate(capacity: self.capacity)
    }

    deinit { matches.deallocate() }

    mutating func removeAll(from first: Int = 0) { count = first }

    @inline(__always)
    mutating func append(_ match: TermMatch) {
        if count == capacity { grow(to: capacity * 2) }
        matches[count] = match
        count += 1
    }

    /// Whether the match is among those last appended that end where it ends.
    func isLast(_ match: TermMatch) -> Bool {
        var index = count - 1
        while index >= 0, matches[index].end == match.end {
            if matches[index].term == match.term, matches[index].start == match.start { return true }
            index -= 1
        }
        return false
    }

    /// Moves the matches from `first` on by `distance` bytes.
    mutating func shift(from first: Int, by distance: Int32) {
        for index in first..<count {
            matches[index].start += distance
            matches[index].end += distance
        }
    }

    /// Turns round the matches from `first` on.
    mutating func reverse(from first: Int) {
        var found = UnsafeMutableBufferPointer(start: matches + first, count: count - first)
        found.reverse()
    }

    /// Sorts the matches from `first` on, which all end at the same place, by start and term.
    ///
    /// They come nearly in the opposite order, so they are turned round and then sorted by insertion.
    mutating func sort(from first: Int) {
        reverse(from: first)
        insertionSort(from: first)
    }

    /// Sorts matches that come nearly in order.
    mutating func insertionSort(from first: Int) {
        guard count - first > 1 else { return }
        for index in first + 1..<count {
            let match = matches[index]
            var place = index
            while place > first, match.isBefore(matches[place - 1]) {
                matches[place] = matches[place - 1]
                place -= 1
            }
            matches[place] = match
        }
    }

    /// Moves matches that come nearly in order to those from `first` on, which are sorted.
    mutating func merge(_ other: inout MatchStore, from first: Int) {
        if other.count == 0 { return }
        defer { other.removeAll() }
        other.insertionSort(from: 0)
        var mine = count - 1
        var theirs = other.count - 1
        if count + other.count > capacity { grow(to: max(capacity * 2, count + other.count)) }
        count += other.count
        var place = count - 1
        while theirs >= 0 {
            if mine >= first, other.matches[theirs].isBefore(matches[mine]) {
                matches[place] = matches[mine]
                mine -= 1
            } else {
                matches[place] = other.matches[theirs]
                theirs -= 1
            }
            place -= 1
        }
    }

    /// Of sorted matches from `first` on, keeps one of each that are the same term at the same place.
    mutating func dropRepeated(from first: Int) {
        guard count - first > 1 else { return }
        var kept = first + 1
        for index in first + 1..<count {
            let (match, last) = (matches[index], matches[kept - 1])
            if match.term == last.term, match.start == last.start, match.end == last.end, match.path == last.path {
                continue
            }
            matches[kept] = match
            kept += 1
        }
        count = kept
    }

    private mutating func grow(to capacity: Int) {
        let larger = UnsafeMutablePointer<TermMatch>.allocate(capacity: capacity)
        larger.moveInitialize(from: matches, count: count)
        matches.deallocate()
        matches = larger
        self.capacity = capacity
    }
}

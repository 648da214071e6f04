import CTermScan

/// One text as symbols, with where each came from.
///
///     raw text   胖 U+200B ㎏          bytes 0..<3, 3..<6, 6..<9
///     entries    0  0  胖  k   g      leading zeros, so that every symbol has some before it
///     starts           0   6   –      – : not the first symbol of its code point, no match begins here
///
/// It is written in one of two ways. A kernel packs: an entry is a code point, which the symbol map translates when it is
/// needed, since most never are, and a start is a byte's distance from the base of its step of 16. The general reader writes
/// symbols (`isSymbol` set), and starts as they are.
struct DecodedText: ~Copyable {
    /// Entries before the first that may be read, and are 0.
    static let leadingZeros = 16
    /// The `starts` value of a symbol that does not begin its code point.
    static let noStart = Int32.min
    /// Marks an entry that is a symbol already.
    static let isSymbol: UInt32 = 0x8000_0000

    /// From the first symbol on; `carried`, and `leadingZeros` before them, stand in front of it.
    private(set) var entries: UnsafeMutablePointer<UInt32>
    /// Of the general reader, and of carried symbols: where each starts.
    private(set) var starts: UnsafeMutablePointer<Int32>
    private(set) var offsets: UnsafeMutablePointer<UInt8>
    private(set) var bases: UnsafeMutablePointer<UInt32>
    private(set) var hits: UnsafeMutablePointer<UInt64>
    /// Of a large set, the entries with a hit that a kernel has listed, and what it hashed them to.
    private(set) var listed: UnsafeMutablePointer<UInt32>
    private(set) var hashes: UnsafeMutablePointer<UInt32>
    /// Numbers of entries at which a term may end.
    private(set) var candidates: UnsafeMutablePointer<UInt32>
    /// Where the terms of each candidate are.
    private(set) var spans: UnsafeMutablePointer<UInt64>
    /// Symbols that fit.
    private(set) var capacity = 0
    /// Symbols that fit before the first.
    private var room = 0
    /// Symbols of earlier segments that stand before the first (`SegmentedScan`).
    private(set) var carried = 0
    /// Whether a kernel wrote it.
    var isPacked = false
    /// Whether the kernel that wrote it lists its hits.
    var isListed = false
    /// Whether the kernel that wrote it asked the filter of three symbols too.
    var isNarrowed = false
    /// How many symbols there are.
    var count = 0

    init() {
        entries = Self.allocateEntries(0, before: 0)
        starts = .allocate(capacity: 1)
        offsets = .allocate(capacity: 1)
        bases = .allocate(capacity: 1)
        hits = .allocate(capacity: 1)
        listed = .allocate(capacity: 1)
        hashes = .allocate(capacity: 1)
        candidates = .allocate(capacity: 1)
        spans = .allocate(capacity: 1)
        grow(to: 1024, keeping: 0)
    }

    deinit {
        (entries - Self.leadingZeros - room).deallocate()
        (starts - room).deallocate()
        offsets.deallocate()
        bases.deallocate()
        hits.deallocate()
        listed.deallocate()
        hashes.deallocate()
        candidates.deallocate()
        spans.deallocate()
    }

    private static func allocateEntries(_ capacity: Int, before: Int) -> UnsafeMutablePointer<UInt32> {
        let memory = UnsafeMutablePointer<UInt32>.allocate(capacity: leadingZeros + before + capacity)
        memory.initialize(repeating: isSymbol, count: leadingZeros + before)
        return memory + leadingZeros + before
    }

    /// Makes room for `needed` symbols; keeps the first `used` entries, starts and hits.
    @inline(__always)
    mutating func reserve(_ needed: Int, keeping used: Int = 0) {
        if needed > capacity { grow(to: max(needed, capacity * 2), keeping: used) }
    }

    @inline(never)
    private mutating func grow(to capacity: Int, keeping used: Int) {
        self.capacity = capacity
        moveSymbols(before: room, after: capacity, keeping: used)
        let after = capacity + Int(CTERM_SLACK)
        offsets.deallocate()
        offsets = .allocate(capacity: after)
        bases.deallocate()
        bases = .allocate(capacity: after / 16 + 1)
        let hits = UnsafeMutablePointer<UInt64>.allocate(capacity: after / 64 + 2)
        hits.update(from: self.hits, count: (used + 63) / 64)
        self.hits.deallocate()
        self.hits = hits
        listed.deallocate()
        listed = .allocate(capacity: after)
        hashes.deallocate()
        hashes = .allocate(capacity: after)
        candidates.deallocate()
        candidates = .allocate(capacity: after)
        spans.deallocate()
        spans = .allocate(capacity: after)
    }

    /// Gives entries and starts new memory.
    private mutating func moveSymbols(before: Int, after: Int, keeping used: Int) {
        let entries = Self.allocateEntries(after + Int(CTERM_SLACK), before: before)
        (entries - carried).update(from: self.entries - carried, count: carried + used)
        (self.entries - Self.leadingZeros - room).deallocate()
        self.entries = entries
        let starts = UnsafeMutablePointer<Int32>.allocate(capacity: before + after + Int(CTERM_SLACK)) + before
        (starts - carried).update(from: self.starts - carried, count: carried + used)
        (self.starts - room).deallocate()
        self.starts = starts
        room = before
    }

    /// Puts symbols of earlier segments before the first.
    mutating func carry(_ symbols: [SegmentedScan.Symbol]) {
        if symbols.count > room { moveSymbols(before: max(symbols.count, room * 2), after: capacity, keeping: 0) }
        carried = symbols.count
        for (place, symbol) in zip(-carried..<0, symbols) {
            entries[place] = Self.isSymbol | symbol.number
            starts[place] = symbol.start
        }
    }

    /// Takes them away again, so that there are zeros before the first.
    mutating func dropCarried() {
        (entries - carried).update(repeating: Self.isSymbol, count: carried)
        carried = 0
    }

    /// The byte at which a symbol starts, or `noStart`.
    @inline(__always)
    func start(of number: Int) -> Int32 { places.start(of: number) }

    /// Where its symbols start, until it is written again.
    @inline(__always)
    var places: Places { Places(isPacked: isPacked, starts: starts, offsets: offsets, bases: bases) }

    /// Where the symbols of a line start.
    struct Places {
        let isPacked: Bool
        let starts: UnsafePointer<Int32>
        let offsets: UnsafePointer<UInt8>
        let bases: UnsafePointer<UInt32>

        @inline(__always)
        func start(of number: Int) -> Int32 {
            isPacked && number >= 0
                ? Int32(truncatingIfNeeded: bases[number >> 4]) &+ Int32(offsets[number]) : starts[number]
        }
    }

    /// The same memory as the kernels see it.
    @inline(__always)
    var kernelText: cterm_text {
        cterm_text(
            entries: entries, offsets: offsets, bases: bases, hits: hits, listed: listed, hashes: hashes,
            narrowed: 0)
    }

    /// Makes candidates of the first two symbols: a kernel does not know the symbols that are carried before them. There must
    /// be a symbol.
    mutating func hitFirst() { hits[0] |= count > 1 ? 3 : 1 }

    /// Makes candidates of no symbols from one on, as far as `end`; there must be room for them.
    mutating func clearHits(from number: Int, to end: Int) {
        if number & 63 != 0 { hits[number >> 6] &= 1 << UInt64(number & 63) - 1 }
        let first = (number + 63) >> 6
        (hits + first).update(repeating: 0, count: max((end + 63) >> 6 - first, 0))
    }
}

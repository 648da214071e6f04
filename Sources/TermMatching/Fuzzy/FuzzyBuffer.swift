import CTermScan

/// Room that a `FuzzyScan` borrows: some 13 bytes a symbol and 20 KiB, kept for the next text.
struct FuzzyBuffer: ~Copyable {
    /// Where the kernels work. Its memory is that below.
    /// On the heap: Swift 6.3 with the thread sanitizer cannot compile writes to a C struct that is stored here.
    let scan: UnsafeMutablePointer<fuzzy_scan>
    /// The code points of a line that has symbols instead.
    private(set) var codes: UnsafeMutablePointer<UInt32>
    private(set) var letters: UnsafeMutablePointer<LatinRun.Letter>
    private var entries: UnsafeMutablePointer<UInt32>
    /// Five arrays, one behind the other.
    private var bits: UnsafeMutablePointer<UInt64>
    private let hits: UnsafeMutablePointer<fuzzy_buckets>
    let account: UnsafeMutablePointer<WorkAccount>
    /// Terms of some blocks.
    let candidates: UnsafeMutablePointer<UInt32>
    private var capacity = 0

    private static let before = Int(FUZZY_ENTRIES_BEFORE)

    init() {
        scan = .allocate(capacity: 1)
        scan.initialize(to: fuzzy_scan())
        account = .allocate(capacity: 1)
        account.initialize(to: WorkAccount(.standard))
        hits = .allocate(capacity: Int(FUZZY_BLOCK))
        candidates = .allocate(capacity: 16 * Int(FUZZY_MOST_BLOCKS))
        codes = .allocate(capacity: 1)
        letters = .allocate(capacity: 1)
        entries = .allocate(capacity: Self.before)
        bits = .allocate(capacity: 1)
    }

    deinit {
        scan.deallocate()
        account.deallocate()
        hits.deallocate()
        candidates.deallocate()
        codes.deallocate()
        letters.deallocate()
        entries.deallocate()
        bits.deallocate()
    }

    /// Makes room for a line of so many entries.
    @inline(__always)
    mutating func reserve(_ count: Int) {
        if count > capacity { grow(to: max(count, 2 * capacity, 256)) }
    }

    @inline(never)
    private mutating func grow(to capacity: Int) {
        self.capacity = capacity
        codes.deallocate()
        codes = .allocate(capacity: capacity)
        letters.deallocate()
        letters = .allocate(capacity: capacity)
        entries.deallocate()
        entries = .allocate(capacity: Self.before + capacity)
        entries.initialize(repeating: 0, count: Self.before)
        let words = (capacity + 63) / 64
        bits.deallocate()
        bits = .allocate(capacity: 5 * words)
        scan.pointee.entries = entries + Self.before
        scan.pointee.marked = bits
        scan.pointee.skipped = bits + words
        scan.pointee.pairs = bits + 2 * words
        scan.pointee.suffixes = bits + 3 * words
        scan.pointee.passed = bits + 4 * words
        scan.pointee.hits = hits
    }
}

import CTermScan

/// Room that a `LooseScan` borrows: some 18 bytes a symbol, kept for the next text.
struct LooseBuffer: ~Copyable {
    /// Where the kernel works. Its memory is that below.
    /// On the heap: Swift 6.3 with the thread sanitizer cannot compile writes to a C struct that is stored here.
    let scan: UnsafeMutablePointer<cloose_scan>
    private(set) var classes: UnsafeMutablePointer<UInt16>
    private var sieved: UnsafeMutablePointer<UInt64>
    private var specials: UnsafeMutablePointer<UInt64>
    private var hits: UnsafeMutablePointer<cloose_hit>
    private(set) var candidates: UnsafeMutablePointer<cloose_candidate>
    /// The code points of a line that has symbols instead.
    private(set) var codes: UnsafeMutablePointer<UInt32>
    private(set) var letters: UnsafeMutablePointer<LatinRun.Letter>
    /// Half a megabyte, made for the first table.
    private var memo: UnsafeMutablePointer<UInt64>?
    /// What the memo says is of this table. Kept alive, so that no other can be taken for it.
    private var table: LooseTable?
    private var era: UInt32 = 0
    private var capacity = 0
    private var candidateCapacity = 0
    var asked = AskedTerms()
    var repeated = RepeatedPlaces()
    private static let leastCandidates = 1024

    init() {
        scan = .allocate(capacity: 1)
        scan.initialize(to: cloose_scan())
        classes = .allocate(capacity: 1)
        sieved = .allocate(capacity: 1)
        specials = .allocate(capacity: 1)
        hits = .allocate(capacity: 1)
        candidates = .allocate(capacity: 1)
        codes = .allocate(capacity: 1)
        letters = .allocate(capacity: 1)
    }

    deinit {
        scan.deallocate()
        classes.deallocate()
        sieved.deallocate()
        specials.deallocate()
        hits.deallocate()
        candidates.deallocate()
        codes.deallocate()
        letters.deallocate()
        memo?.deallocate()
    }

    /// Makes room for a line of `entries` and for the candidates of a table.
    @inline(__always)
    mutating func reset(_ entries: Int, for table: LooseTable) {
        let most = table.tables.pointee.most
        if entries > capacity || most > candidateCapacity { grow(max(entries, 256), most) }
        letters.update(repeating: .unread, count: entries)
        if table !== self.table { beginEra(table) }
    }

    /// Forgets what the memo says, of another table.
    @inline(never)
    private mutating func beginEra(_ table: LooseTable) {
        self.table = table
        asked.reset(table.termCount)
        let size = Int(CLOOSE_MEMO_SIZE)
        if memo == nil { memo = .allocate(capacity: size) }
        era += 1
        // Era 0 is that of memory never written.
        if era == CLOOSE_ERAS { era = 1 }
        if era == 1 { memo!.initialize(repeating: 0, count: size) }
        scan.pointee.memo = memo
        scan.pointee.era = era
    }

    @inline(never)
    private mutating func grow(_ entries: Int, _ most: Int) {
        if most > candidateCapacity {
            candidateCapacity = most + Self.leastCandidates
            hits.deallocate()
            hits = .allocate(capacity: candidateCapacity)
            candidates.deallocate()
            candidates = .allocate(capacity: candidateCapacity)
        }
        if entries > capacity {
            capacity = max(entries, capacity * 2)
            classes.deallocate()
            classes = .allocate(capacity: capacity)
            sieved.deallocate()
            sieved = .allocate(capacity: (capacity + 63) / 64)
            specials.deallocate()
            specials = .allocate(capacity: (capacity + 63) / 64)
            codes.deallocate()
            codes = .allocate(capacity: capacity)
            letters.deallocate()
            letters = .allocate(capacity: capacity)
        }
        scan.pointee.classes = classes
        scan.pointee.sieved = sieved
        scan.pointee.specials = specials
        scan.pointee.hits = hits
        scan.pointee.candidates = candidates
        scan.pointee.capacity = candidateCapacity
    }
}

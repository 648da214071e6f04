import CSymbolScan

/// Room that a `LooseScan` borrows: some 14 bytes a symbol, kept for the next text.
struct LooseBuffer: ~Copyable {
    /// Where the kernel works.
    var scan = cloose_scan()
    /// The code points of a line that has symbols instead.
    private(set) var codes: UnsafeMutablePointer<UInt32>
    let run: UnsafeMutablePointer<LatinRun>
    private var capacity = 0
    private static let leastCandidates = 1024

    init() {
        codes = .allocate(capacity: 1)
        run = .allocate(capacity: 1)
        run.initialize(to: LatinRun())
    }

    deinit {
        scan.classes?.deallocate()
        scan.sieved?.deallocate()
        scan.specials?.deallocate()
        scan.hits?.deallocate()
        scan.candidates?.deallocate()
        codes.deallocate()
        run.deallocate()
    }

    /// Makes room for a line of `entries` and for candidates, `most` at once.
    @inline(__always)
    mutating func reset(_ entries: Int, most: Int) {
        run.pointee.forget()
        if entries > capacity || most > scan.capacity { grow(max(entries, 256), most) }
    }

    @inline(never)
    private mutating func grow(_ entries: Int, _ most: Int) {
        if most > scan.capacity {
            scan.candidates?.deallocate()
            scan.capacity = most + Self.leastCandidates
            scan.candidates = .allocate(capacity: scan.capacity)
            scan.hits?.deallocate()
            scan.hits = .allocate(capacity: scan.capacity)
        }
        guard entries > capacity else { return }
        capacity = max(entries, capacity * 2)
        scan.classes?.deallocate()
        scan.classes = .allocate(capacity: capacity)
        scan.sieved?.deallocate()
        scan.sieved = .allocate(capacity: capacity + 1)
        scan.specials?.deallocate()
        scan.specials = .allocate(capacity: capacity + 1)
        codes.deallocate()
        codes = .allocate(capacity: capacity)
    }
}

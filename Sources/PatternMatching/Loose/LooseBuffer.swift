import CSymbolScan

/// Room that a `LooseScan` borrows: some 200 bytes a symbol, kept for the next text.
struct LooseBuffer: ~Copyable {
    /// The class of each entry; three before the first are readable, as the kernel wants it.
    private(set) var classes: UnsafeMutablePointer<UInt16>
    private(set) var sieved: UnsafeMutablePointer<UInt32>
    private(set) var candidates: UnsafeMutablePointer<cloose_candidate>
    /// The code points of a line that has symbols instead.
    private(set) var codes: UnsafeMutablePointer<UInt32>
    let run: UnsafeMutablePointer<LatinRun>
    private var capacity = 0
    private static let leadingClasses = 3

    init() {
        (classes, sieved, candidates, codes) = Self.allocate(0)
        run = .allocate(capacity: 1)
        run.initialize(to: LatinRun())
    }

    deinit {
        deallocate()
        run.deallocate()
    }

    private static func allocate(
        _ capacity: Int
    ) -> (
        UnsafeMutablePointer<UInt16>, UnsafeMutablePointer<UInt32>, UnsafeMutablePointer<cloose_candidate>,
        UnsafeMutablePointer<UInt32>
    ) {
        let classes = UnsafeMutablePointer<UInt16>.allocate(capacity: leadingClasses + capacity + 1)
        classes.initialize(repeating: 0, count: leadingClasses)
        // The kernel writes one before it knows whether it is one.
        return (
            classes + leadingClasses, .allocate(capacity: capacity + 1),
            .allocate(capacity: Int(CLOOSE_EACH) * capacity + 1), .allocate(capacity: capacity + 1)
        )
    }

    private func deallocate() {
        (classes - Self.leadingClasses).deallocate()
        sieved.deallocate()
        candidates.deallocate()
        codes.deallocate()
    }

    /// Makes room for a line of `entries`.
    @inline(__always)
    mutating func reset(_ entries: Int) {
        run.pointee.forget()
        if entries > capacity { grow(to: max(entries, capacity * 2, 256)) }
    }

    @inline(never)
    private mutating func grow(to capacity: Int) {
        self.capacity = capacity
        deallocate()
        (classes, sieved, candidates, codes) = Self.allocate(capacity)
    }
}

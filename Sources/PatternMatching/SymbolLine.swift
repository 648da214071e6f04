/// One text as symbols, with where each came from.
///
///     raw text   胖 U+200B ㎏          bytes 0..<3, 3..<6, 6..<9
///     symbols    0  0  胖  k   g      two leading zeros, so that every symbol has two before it
///     starts           0   6   –      – : not the first symbol of its code point, no match begins here
///     ends             3   0   9      0 : not the last symbol of its code point, no match ends here
struct SymbolLine: ~Copyable {
    static let leadingZeros = 2
    /// The `starts` value of a symbol that does not begin its code point.
    static let noStart = UInt32.max

    private(set) var symbols: UnsafeMutablePointer<UInt32>
    private(set) var starts: UnsafeMutablePointer<UInt32>
    private(set) var ends: UnsafeMutablePointer<UInt32>
    private(set) var capacity: Int

    init() {
        capacity = 1024
        symbols = .allocate(capacity: capacity)
        starts = .allocate(capacity: capacity)
        ends = .allocate(capacity: capacity)
    }

    deinit {
        symbols.deallocate()
        starts.deallocate()
        ends.deallocate()
    }

    /// Makes room for `needed` symbols; keeps the first `used`.
    mutating func grow(to needed: Int, keeping used: Int) {
        guard needed > capacity else { return }
        capacity = max(needed, capacity * 2)
        Self.move(&symbols, used, capacity)
        Self.move(&starts, used, capacity)
        Self.move(&ends, used, capacity)
    }

    private static func move(_ pointer: inout UnsafeMutablePointer<UInt32>, _ used: Int, _ capacity: Int) {
        let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
        larger.moveInitialize(from: pointer, count: used)
        pointer.deallocate()
        pointer = larger
    }
}

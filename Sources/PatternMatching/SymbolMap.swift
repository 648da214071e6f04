/// From code points to the symbols of one set of terms, folding included.
///
/// Folding costs nothing at run time because it is baked in: 糖, and every code point that folds to it, have the same
/// entry. Code points that are in no term are 0 whatever they fold to.
///
///     entry  0                 in no term
///            1 ..< 1 << 30     a symbol
///            1 << 30 | o, n    n symbols from `expansions[o]`, o in bits 5 to 29, n in bits 0 to 4
///            1 << 31           dropped
///
/// 256 KiB for the basic plane, of which a text touches a small part, and 16 KiB and its pages for the rest.
///
/// Unchecked, because the memory is written by `init` alone and only read afterwards.
final class SymbolMap: @unchecked Sendable {
    static let expansion: UInt32 = 1 << 30
    static let dropped: UInt32 = 1 << 31

    let basicPlane: UnsafeMutablePointer<UInt32>
    let astralPages: UnsafeMutablePointer<UInt32>
    let astral: UnsafeMutablePointer<UInt32>
    let expansions: UnsafeMutablePointer<UInt32>

    /// - Parameter symbols: The symbol of each folded scalar that is in a term.
    init(_ symbols: [UInt32: UInt32]) {
        let basicPlane = UnsafeMutablePointer<UInt32>.allocate(capacity: 0x10000)
        basicPlane.initialize(repeating: 0, count: 0x10000)
        let astralPages = UnsafeMutablePointer<UInt32>.allocate(capacity: 0x1000)
        astralPages.initialize(repeating: 0, count: 0x1000)
        var pages = [UInt32](repeating: 0, count: 256)
        var pool: [UInt32] = []
        func set(_ codePoint: UInt32, _ entry: UInt32) {
            guard codePoint >= 0x10000 else { return basicPlane[Int(codePoint)] = entry }
            let page = Int(codePoint >> 8) - 0x100
            if astralPages[page] == 0 {
                guard entry != 0 else { return }
                astralPages[page] = UInt32(pages.count)
                pages.append(contentsOf: repeatElement(0, count: 256))
            }
            pages[Int(astralPages[page]) + Int(codePoint & 0xFF)] = entry
        }
        for (scalar, symbol) in symbols { set(scalar, symbol) }
        FoldingTable.shared.forEachFolded { codePoint, folding in
            switch folding {
            case .nothing: set(codePoint, Self.dropped)
            case .one(let scalar): set(codePoint, symbols[scalar] ?? 0)
            case .several(let scalars):
                let expanded = scalars.map { symbols[$0] ?? 0 }
                // A match covers whole code points, so one strange symbol keeps the code point out of every match.
                guard !expanded.contains(0) else { return set(codePoint, 0) }
                set(codePoint, Self.expansion | UInt32(pool.count) << 5 | UInt32(expanded.count))
                pool += expanded
            }
        }
        self.basicPlane = basicPlane
        self.astralPages = astralPages
        astral = .allocate(capacity: pages.count)
        astral.initialize(from: pages, count: pages.count)
        expansions = .allocate(capacity: max(pool.count, 1))
        expansions.initialize(from: pool, count: pool.count)
    }

    deinit {
        basicPlane.deallocate()
        astralPages.deallocate()
        astral.deallocate()
        expansions.deallocate()
    }

    /// Writes the symbols of `text` to `line`.
    ///
    /// - Returns: The number of symbols, leading zeros included.
    @inline(__always)
    func read(_ text: UnsafeBufferPointer<UInt8>, into line: inout SymbolLine) -> Int {
        let bytes = text.baseAddress!
        let count = text.count
        // Each code point takes a byte at least; only expansions can need more.
        line.grow(to: SymbolLine.leadingZeros + count, keeping: 0)
        var symbols = line.symbols
        var starts = line.starts
        var ends = line.ends
        for index in 0..<SymbolLine.leadingZeros {
            symbols[index] = 0
            starts[index] = SymbolLine.noStart
            ends[index] = 0
        }
        var used = SymbolLine.leadingZeros
        var offset = 0
        while offset < count {
            let decoded = decodeScalar(bytes, at: offset, count: count)
            let entry = self[decoded.codePoint]
            let start = offset
            offset += decoded.length
            if entry < Self.expansion {
                symbols[used] = entry
                starts[used] = UInt32(truncatingIfNeeded: start)
                ends[used] = UInt32(truncatingIfNeeded: offset)
                used += 1
            } else if entry != Self.dropped {
                let length = Int(entry & 31)
                let first = Int((entry & ~Self.expansion) >> 5)
                line.grow(to: used + length + (count - offset), keeping: used)
                symbols = line.symbols
                starts = line.starts
                ends = line.ends
                for index in 0..<length {
                    symbols[used] = expansions[first + index]
                    starts[used] = index == 0 ? UInt32(truncatingIfNeeded: start) : SymbolLine.noStart
                    ends[used] = index == length - 1 ? UInt32(truncatingIfNeeded: offset) : 0
                    used += 1
                }
            }
        }
        return used
    }

    @inline(__always)
    private subscript(codePoint: UInt32) -> UInt32 {
        if codePoint < 0x10000 { return basicPlane[Int(codePoint)] }
        if codePoint == DecodedScalar.invalid { return 0 }
        return astral[Int(astralPages[Int(codePoint >> 8) - 0x100]) + Int(codePoint & 0xFF)]
    }
}

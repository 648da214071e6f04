import CTermScan
import ChineseText

/// From code points to the symbols of one set of terms, folding included.
///
/// Folding costs nothing at run time because it is baked in: 糖, and every code point that folds to it, have the same
/// entry. Code points that are in no term are 0 whatever they fold to.
///
///     entry  0                 in no term
///            1 ..< 1 << 29     a symbol
///            1 << 29 | s       symbol s, by a code point that the pair filter does not list
///            1 << 30 | o, n    n line entries from `expansions[o]`, o in bits 5 to 28, n in bits 0 to 4
///            1 << 31           dropped
///
/// The three last are irregular: a kernel leaves a text that has one to `SymbolMap.read`.
///
/// 256 KiB for the basic plane, of which a text touches a small part, and 16 KiB and its pages for the rest.
///
/// Unchecked, because the memory is written by `init` alone and only read afterwards.
final class SymbolMap: @unchecked Sendable {
    static let unlisted: UInt32 = 1 << 29
    static let expansion: UInt32 = 1 << 30
    static let dropped: UInt32 = 1 << 31
    /// Code points of one symbol that the pair filter lists at most: enough for the Han, full-width and formal forms of a
    /// digit. Styled letters have dozens more.
    static let listedPerSymbol = 12

    let basicPlane: UnsafeMutablePointer<UInt32>
    let astralPages: UnsafeMutablePointer<UInt32>
    let astral: UnsafeMutablePointer<UInt32>
    let expansions: UnsafeMutablePointer<UInt32>
    /// One bit for 128 code points of the basic plane: irregular entries, or a term of one symbol.
    let irregularPages: UnsafeMutablePointer<UInt32>
    /// One bit for 256 code points beyond it: entries that are not 0.
    let usedAstralPages: UnsafeMutablePointer<UInt32>

    /// - Parameters:
    ///   - symbols: The symbol of each folded scalar that is in a term.
    ///   - singles: Symbols from 1 to this are terms by themselves.
    ///   - list: Called with each code point of the basic plane that a kernel may meet for a symbol.
    init(_ symbols: [UInt32: UInt32], singles: UInt32, list: (_ codePoint: UInt32, _ symbol: UInt32) -> Void) {
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
        var listed = [UInt8](repeating: 0, count: symbols.count + 1)
        for (scalar, symbol) in symbols {
            set(scalar, symbol)
            guard scalar < 0x10000 else { continue }
            listed[Int(symbol)] = 1
            list(scalar, symbol)
        }
        FoldingTable.shared.forEachFolded { codePoint, folding in
            switch folding {
            case .nothing: set(codePoint, Self.dropped)
            case .one(let scalar):
                guard let symbol = symbols[scalar] else { return set(codePoint, 0) }
                if Self.isCommon(codePoint), listed[Int(symbol)] < Self.listedPerSymbol {
                    listed[Int(symbol)] += 1
                    list(codePoint, symbol)
                    set(codePoint, symbol)
                } else {
                    set(codePoint, Self.unlisted | symbol)
                }
            case .several(let scalars):
                let expanded = scalars.map { symbols[$0] ?? 0 }
                // A match covers whole code points, so one strange symbol keeps the code point out of every match.
                guard !expanded.contains(0) else { return set(codePoint, 0) }
                set(codePoint, Self.expansion | UInt32(pool.count) << 5 | UInt32(expanded.count))
                pool += expanded.map { DecodedText.isSymbol | $0 }
            }
        }
        self.basicPlane = basicPlane
        self.astralPages = astralPages
        astral = .allocate(capacity: pages.count)
        astral.initialize(from: pages, count: pages.count)
        // `read` takes them eight at a time.
        pool += repeatElement(0, count: 8)
        expansions = .allocate(capacity: pool.count)
        expansions.initialize(from: pool, count: pool.count)
        irregularPages = .allocate(capacity: 0x10000 / 128 / 32)
        irregularPages.initialize(repeating: 0, count: 0x10000 / 128 / 32)
        for codePoint in 0..<0x10000
        where basicPlane[codePoint] >= Self.unlisted || basicPlane[codePoint] &- 1 < singles {
            irregularPages[codePoint >> 12] |= 1 << UInt32(codePoint >> 7 & 31)
        }
        usedAstralPages = .allocate(capacity: 0x1000 / 32)
        usedAstralPages.initialize(repeating: 0, count: 0x1000 / 32)
        for page in 0..<0x1000 where astralPages[page] != 0 {
            usedAstralPages[page >> 5] |= 1 << UInt32(page & 31)
        }
    }

    /// Code points that Chinese text has a page of: letters, ideographs, full-width forms. The pages of others may be
    /// special without making common text slow.
    private static func isCommon(_ codePoint: UInt32) -> Bool {
        switch codePoint {
        case 0..<0x80, 0x3000..<0x3040, 0x3400..<0xA000, 0xFF00..<0xFF60: true
        default: false
        }
    }

    deinit {
        basicPlane.deallocate()
        astralPages.deallocate()
        astral.deallocate()
        expansions.deallocate()
        irregularPages.deallocate()
        usedAstralPages.deallocate()
    }

    /// Writes the symbols of `text` to `line`, behind those it has; understands every byte sequence. A term may end at each
    /// symbol of a term that ends its code point.
    ///
    /// - Parameter base: Added to every start.
    func read(_ text: UnsafeBufferPointer<UInt8>, from base: Int = 0, into line: inout DecodedText) {
        guard let bytes = text.baseAddress else { return }
        let count = text.count
        var used = line.count
        // Each code point takes a byte at least; only expansions can need more.
        var room = used + count
        line.reserve(room, keeping: used)
        line.clearHits(from: used, to: room)
        var (entries, starts, hits) = (line.entries, line.starts, line.hits)
        var offset = 0
        while offset < count {
            let decoded = decodeScalar(bytes, at: offset, count: count)
            let entry = self[decoded.codePoint]
            let start = Int32(truncatingIfNeeded: offset + base)
            offset += decoded.length
            if entry < Self.expansion {
                entries[used] = DecodedText.isSymbol | entry & ~Self.unlisted
                starts[used] = start
                used += 1
                // No term ends at what is in none.
                if entry == 0 { continue }
            } else if entry != Self.dropped {
                let length = Int(entry & 31)
                if used + length + (count - offset) > room {
                    room = 2 * room + length
                    line.reserve(room, keeping: used)
                    line.clearHits(from: used, to: room)
                    (entries, starts, hits) = (line.entries, line.starts, line.hits)
                }
                expand(expansions + Int((entry & ~Self.expansion) >> 5), length, entries + used, starts + used)
                starts[used] = start
                used += length
            } else {
                continue
            }
            hits[(used - 1) >> 6] |= 1 << UInt64((used - 1) & 63)
        }
        line.count = used
    }

    /// Writes the entries of an expansion, eight at a time, so up to seven too many: the line has room for them.
    @inline(__always)
    private func expand(
        _ symbols: UnsafePointer<UInt32>, _ length: Int, _ entries: UnsafeMutablePointer<UInt32>,
        _ starts: UnsafeMutablePointer<Int32>
    ) {
        var place = 0
        while place < length {
            UnsafeMutableRawPointer(entries + place).storeBytes(
                of: UnsafeRawPointer(symbols + place).loadUnaligned(as: SIMD8<UInt32>.self), as: SIMD8<UInt32>.self)
            UnsafeMutableRawPointer(starts + place).storeBytes(
                of: SIMD8<Int32>(repeating: DecodedText.noStart), as: SIMD8<Int32>.self)
            place += 8
        }
    }

    @inline(__always)
    private subscript(codePoint: UInt32) -> UInt32 {
        if codePoint < 0x10000 { return basicPlane[Int(codePoint)] }
        if codePoint == DecodedScalar.invalid { return 0 }
        return astral[Int(astralPages[Int(codePoint >> 8) - 0x100]) + Int(codePoint & 0xFF)]
    }
}

/// What each code point folds to, looked up in two stages.
///
///     code point ─ high 13 bits ─> page number ─┐
///                └ low 8 bits ───────────────────┴─> entry
///     entry  0              the code point itself
///            1 << 30 | c    the one scalar c
///            2 << 30 | o, n n scalars from `expansions[o]`, o in bits 5 to 29, n in bits 0 to 4
///            3 << 30        nothing: the code point is ignorable
///
/// Decoded once, on first use, from `FoldingData` (about a millisecond in a release build). Some 200 kB.
///
/// Unchecked, because the memory is written by `init` alone and only read afterwards.
public final class FoldingTable: @unchecked Sendable {
    public static let shared = FoldingTable()

    @usableFromInline let pageNumbers: UnsafeMutablePointer<UInt16>
    @usableFromInline let entries: [UInt32]
    @usableFromInline let expansions: [UInt32]

    private static let pageCount = 0x1100

    private init() {
        pageNumbers = .allocate(capacity: Self.pageCount)
        pageNumbers.initialize(repeating: 0, count: Self.pageCount)
        var entries = [UInt32](repeating: 0, count: 256)
        var expansions: [UInt32] = []
        var reader = PackedNumbers(FoldingData.records)
        var codePoint = 0
        var scalar = 0
        for _ in 0..<FoldingData.recordCount {
            codePoint += reader.number()
            let length = reader.number()
            let offset = expansions.count
            for _ in 0..<length {
                scalar += reader.signedNumber()
                expansions.append(UInt32(scalar))
            }
            let entry: UInt32
            switch length {
            case 0: entry = 3 << 30
            case 1: entry = 1 << 30 | UInt32(expansions.removeLast())
            default: entry = 2 << 30 | UInt32(offset) << 5 | UInt32(length)
            }
            let page = codePoint >> 8
            if pageNumbers[page] == 0 {
                pageNumbers[page] = UInt16(entries.count >> 8)
                entries.append(contentsOf: repeatElement(0, count: 256))
            }
            entries[Int(pageNumbers[page]) << 8 | codePoint & 0xFF] = entry
        }
        self.entries = entries
        self.expansions = expansions
    }

    deinit { pageNumbers.deallocate() }

    /// What a code point folds to; never traps for a value below 0x110000.
    @inlinable public subscript(codePoint: UInt32) -> Folding {
        let entry = entries[Int(pageNumbers[Int(codePoint >> 8)]) << 8 | Int(codePoint & 0xFF)]
        let low = entry & 0x3FFF_FFFF
        switch entry >> 30 {
        case 0: return .one(codePoint)
        case 1: return .one(low)
        case 2: return .several(expansions[Int(low >> 5)..<Int(low >> 5 + low & 31)])
        default: return .nothing
        }
    }

    /// The one scalar that a code point folds to; 0 if there is none, or several, or if it is none of Unicode's.
    @inlinable @inline(__always)
    public func single(_ codePoint: UInt32) -> UInt32 {
        guard codePoint < 0x110000 else { return 0 }
        let entry = entries[Int(pageNumbers[Int(codePoint >> 8)]) << 8 | Int(codePoint & 0xFF)]
        return entry == 0 ? codePoint : entry >> 30 == 1 ? entry & 0x3FFF_FFFF : 0
    }

    /// The folded scalars of a text, ignorable code points left out.
    public func forEachScalar(of text: String, _ body: (UInt32) -> Void) {
        for scalar in text.unicodeScalars {
            switch self[scalar.value] {
            case .nothing: break
            case .one(let folded): body(folded)
            case .several(let folded): folded.forEach(body)
            }
        }
    }

    /// Every code point that does not fold to itself, in ascending order.
    public func forEachFolded(_ body: (_ codePoint: UInt32, _ folding: Folding) -> Void) {
        for page in 0..<UInt32(Self.pageCount) where pageNumbers[Int(page)] != 0 {
            for codePoint in page << 8..<(page + 1) << 8
            where entries[Int(pageNumbers[Int(page)]) << 8 | Int(codePoint & 0xFF)] != 0 {
                body(codePoint, self[codePoint])
            }
        }
    }
}

/// The folded form of one code point.
public enum Folding: Sendable {
    case nothing
    case one(UInt32)
    case several(ArraySlice<UInt32>)
}

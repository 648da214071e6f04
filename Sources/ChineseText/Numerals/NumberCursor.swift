/// A place in a text as numbers are read: the scalar there, and where in the raw text it is.
///
/// Numerals are taken from the raw code point, traditional ones to simplified; all else is folded. So what the folding
/// makes of numerals does not matter here. Ignorable code points are passed over: their bytes are inside a number or
/// outside it, never its border.
struct NumberCursor {
    /// The scalar here; one of the marks below; `atEnd` behind the text.
    private(set) var scalar: Unicode.Scalar = atEnd
    private var raw: UInt32 = 0
    // Narrow, because cursors are copied more than anything else here; texts end before 2 GiB.
    private var first: Int32
    private var last: Int32
    private var lastBefore: Int32
    private let limit: Int32
    /// Which scalar of the code point's folded form this is, of how many.
    private var part: UInt16 = 0
    private var parts: UInt16 = 1
    private let bytes: UnsafePointer<UInt8>

    // The last private code points; a text that has one of them has `unreadable`.
    static let atEnd: Unicode.Scalar = "\u{10FFFB}"
    /// A number complete in one code point (½, ⒈, ⑾): `enclosed` tells which.
    static let complete: Unicode.Scalar = "\u{10FFFC}"
    /// Invalid bytes, and raised or lowered digits, which are exponents or the numbers of notes.
    static let unreadable: Unicode.Scalar = "\u{10FFFD}"

    /// - Precondition: `count` is below 2^31, and `offset` not above it.
    init(_ bytes: UnsafePointer<UInt8>, count: Int, at offset: Int) {
        self.bytes = bytes
        limit = Int32(count)
        first = Int32(offset)
        last = first
        lastBefore = first
        load()
    }

    /// The raw bytes of the code point here.
    var start: Int { Int(first) }
    var end: Int { Int(last) }
    /// The byte after the code point before this one.
    var previousEnd: Int { Int(lastBefore) }

    /// Whether a mention may begin or end here.
    var isAtBorder: Bool { part == 0 }

    /// Whether this code point is of the wide forms, where ， groups digits as , does.
    var isFullWidth: Bool { raw & 0xFF00 == 0xFF00 }

    /// Whether G here means a gram: 5g, 5Kg, but a 2G modem.
    var isCapital: Bool { raw >= 0x41 && raw <= 0x5A || raw >= 0xFF21 && raw <= 0xFF3A }

    mutating func advance() {
        guard scalar != Self.atEnd else { return }
        if part + 1 < parts, case .several(let scalars) = FoldingTable.shared[raw] {
            part += 1
            scalar = Self.scalar(scalars[scalars.startIndex + Int(part)])
            return
        }
        lastBefore = last
        first = last
        load()
    }

    func advanced() -> NumberCursor {
        var next = self
        next.advance()
        return next
    }

    mutating func skip(_ wanted: Unicode.Scalar) -> Bool {
        guard scalar == wanted else { return false }
        advance()
        return true
    }

    /// Reads the next code point that is not ignorable, from `start` on.
    private mutating func load() {
        part = 0
        parts = 1
        while first < limit {
            let decoded = decodeScalar(bytes, at: start, count: Int(limit))
            last = first + Int32(decoded.length)
            raw = decoded.codePoint
            if raw < 0x80 {
                scalar = Unicode.Scalar(UInt8(raw >= 0x41 && raw <= 0x5A ? raw + 0x20 : raw))
                return
            }
            guard let unfolded = Unicode.Scalar(raw), raw < 0x10FFFB, !Self.isNote(raw) else {
                scalar = Self.unreadable
                return
            }
            if Self.listNumber(raw) != nil {
                scalar = Self.complete
                return
            }
            let numeral = Self.simplified(unfolded)
            if numeral != unfolded || Numeral(numeral) != nil {
                scalar = numeral
                return
            }
            switch FoldingTable.shared[raw] {
            case .one(let folded):
                scalar = Self.scalar(folded)
                return
            case .several(let scalars):
                if Self.enclosed(scalars) != nil {
                    scalar = Self.complete
                } else {
                    scalar = Self.scalar(scalars[scalars.startIndex])
                    parts = UInt16(scalars.count)
                }
                return
            case .nothing:
                first = last
            }
        }
        first = limit
        last = limit
        raw = 0
        scalar = Self.atEnd
    }

    /// The number complete in the code point here: 1 and 2 for ½, 11 and 1 for ⑾.
    var enclosed: (numerator: Int64, denominator: Int64)? {
        guard scalar == Self.complete else { return nil }
        if let number = Self.listNumber(raw) { return (number, 1) }
        guard case .several(let scalars) = FoldingTable.shared[raw] else { return nil }
        return Self.enclosed(scalars)
    }

    /// The number of ⑾, ⒒, ㈩ or 🄂, which ends where the code point does: a price may follow it.
    private static func listNumber(_ raw: UInt32) -> Int64? {
        switch raw {
        case 0x2474...0x2487: Int64(raw - 0x2473)
        case 0x2488...0x249B: Int64(raw - 0x2487)
        case 0x3220...0x3229: Int64(raw - 0x321F)
        case 0x1F100: 0
        case 0x1F101...0x1F10A: Int64(raw - 0x1F101)
        default: nil
        }
    }

    /// Reads `1⁄2`: what is more than digits and no date or time.
    private static func enclosed(_ scalars: ArraySlice<UInt32>) -> (numerator: Int64, denominator: Int64)? {
        var numbers: (Int64, Int64) = (0, 0)
        var inSecond = false
        var digits = 0
        var marks = 0
        for folded in scalars {
            let scalar = Self.scalar(folded)
            switch Numeral(scalar) {
            case .digit(let digit, _):
                digits += 1
                guard digits <= 4 else { return nil }
                if inSecond { numbers.1 = numbers.1 * 10 + digit } else { numbers.0 = numbers.0 * 10 + digit }
            case .power(1, _):
                digits += 1
                numbers.0 = 10
            default:
                marks += 1
                switch scalar {
                case "⁄" where digits > 0 && !inSecond: inSecond = true
                case "(" where digits == 0: break
                case ")" where digits > 0, "." where digits > 0, "," where digits > 0: break
                default: return nil
                }
            }
        }
        guard digits > 0, marks > 0 else { return nil }
        if inSecond { return numbers.1 > 0 ? numbers : nil }
        return (numbers.0, 1)
    }

    private static func isNote(_ raw: UInt32) -> Bool {
        switch raw {
        case 0xB2, 0xB3, 0xB9, 0x2070...0x2079, 0x2080...0x2089: true
        default: false
        }
    }

    private static func scalar(_ folded: UInt32) -> Unicode.Scalar {
        Unicode.Scalar(folded).map(simplified) ?? unreadable
    }

    /// The simplified form of a numeral; other scalars as they are.
    private static func simplified(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "兩": "两"
        case "萬": "万"
        case "億": "亿"
        case "貳", "弍": "贰"
        case "陸": "陆"
        case "幾": "几"
        case "弌": "壹"
        case "叄", "弎": "叁"
        case "倆": "俩"
        default: scalar
        }
    }
}

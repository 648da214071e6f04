/// Reads what `scripts/generate-tables` packs into string literals, because large array literals compile slowly.
///
/// A digit is one of 64 letters. A number is digits of 5 bits, lowest first, bit 5 set if more follow; a signed number
/// is zigzag coded.
struct PackedNumbers {
    private var next: UnsafePointer<UInt8>

    init(_ literal: StaticString) { next = literal.utf8Start }

    mutating func digit() -> Int {
        let byte = next.pointee
        next += 1
        switch byte {
        case 0x41...0x5A: return Int(byte) - 0x41
        case 0x61...0x7A: return Int(byte) - 0x61 + 26
        case 0x30...0x39: return Int(byte) - 0x30 + 52
        case 0x2D: return 62
        default: return 63
        }
    }

    mutating func number() -> Int {
        var value = 0
        var shift = 0
        while true {
            let digit = digit()
            value |= (digit & 31) << shift
            if digit & 32 == 0 { return value }
            shift += 5
        }
    }

    mutating func signedNumber() -> Int {
        let value = number()
        return value & 1 == 0 ? value >> 1 : -(value >> 1) - 1
    }
}

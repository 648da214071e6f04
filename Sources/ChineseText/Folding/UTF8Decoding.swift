/// One step through UTF-8: a scalar, or a maximal invalid sequence.
@usableFromInline package struct DecodedScalar {
    /// The code point, or `invalid`.
    @usableFromInline package var codePoint: UInt32
    /// How many bytes it took, at least one.
    @usableFromInline package var length: Int

    @inlinable package static var invalid: UInt32 { .max }

    @usableFromInline init(codePoint: UInt32, length: Int) { (self.codePoint, self.length) = (codePoint, length) }
}

/// Decodes the scalar at `bytes[offset]`, reading nothing at or beyond `count`.
///
/// What is not well-formed (Unicode, table 3-7) is taken in maximal sequences, as the standard advises for U+FFFD
/// and as Swift's own `String(decoding:as:)` does it.
@inlinable @inline(__always)
package func decodeScalar(_ bytes: UnsafePointer<UInt8>, at offset: Int, count: Int) -> DecodedScalar {
    let first = UInt32(bytes[offset])
    if first < 0x80 { return DecodedScalar(codePoint: first, length: 1) }
    // Chinese text is nearly all of this shape; E0 and ED restrict their second byte and take the general way.
    if first & 0xF0 == 0xE0, count - offset >= 3, first != 0xE0, first != 0xED {
        let second = UInt32(bytes[offset + 1])
        let third = UInt32(bytes[offset + 2])
        if second & 0xC0 == 0x80, third & 0xC0 == 0x80 {
            return DecodedScalar(codePoint: (first & 0x0F) << 12 | (second & 0x3F) << 6 | third & 0x3F, length: 3)
        }
    }
    return decodeScalarSlowly(bytes, at: offset, count: count)
}

@inline(never)
@usableFromInline
func decodeScalarSlowly(_ bytes: UnsafePointer<UInt8>, at offset: Int, count: Int) -> DecodedScalar {
    let first = bytes[offset]
    if first >= 0xF0, count - offset >= 4 {
        let word = UnsafeRawPointer(bytes + offset).loadUnaligned(as: UInt32.self).bigEndian
        let codePoint = word >> 6 & 0x1C_0000 | word >> 4 & 0x3_F000 | word >> 2 & 0xFC0 | word & 0x3F
        // What is not in this range is too long, or restricted by its second byte.
        if word & 0xF8C0_C0C0 == 0xF080_8080, (0x1_0000...0x10_FFFF).contains(codePoint) {
            return DecodedScalar(codePoint: codePoint, length: 4)
        }
    }
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch first {
    case 0xC2...0xDF: length = 2
    case 0xE0:
        length = 3
        second = 0xA0...0xBF
    case 0xED:
        length = 3
        second = 0x80...0x9F
    case 0xE1...0xEF: length = 3
    case 0xF0:
        length = 4
        second = 0x90...0xBF
    case 0xF1...0xF3: length = 4
    case 0xF4:
        length = 4
        second = 0x80...0x8F
    default: return DecodedScalar(codePoint: DecodedScalar.invalid, length: 1)
    }
    var codePoint = UInt32(first) & (0x7F >> UInt32(length))
    for index in 1..<length {
        guard offset + index < count else {
            return DecodedScalar(codePoint: DecodedScalar.invalid, length: index)
        }
        let byte = bytes[offset + index]
        guard index == 1 ? second.contains(byte) : byte & 0xC0 == 0x80 else {
            return DecodedScalar(codePoint: DecodedScalar.invalid, length: index)
        }
        codePoint = codePoint << 6 | UInt32(byte & 0x3F)
    }
    return DecodedScalar(codePoint: codePoint, length: length)
}

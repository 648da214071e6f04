/// Which code points a number may begin with, one bit each, so that a scan passes all others by one test.
///
/// 8 KiB for the basic plane; beyond it are styled digits only, which the folding table tells. Built on first use.
final class NumberStarts: Sendable {
    static let shared = NumberStarts()

    private let bits: [UInt64]

    private init() {
        var bits = [UInt64](repeating: 0, count: 1024)
        func set(_ codePoint: UInt32) { bits[Int(codePoint >> 6)] |= 1 << UInt64(codePoint & 63) }
        for codePoint in UInt32(0)..<0x10000 where Self.begins(codePoint) { set(codePoint) }
        self.bits = bits
    }

    func contains(_ codePoint: UInt32) -> Bool {
        guard codePoint < 0x10000 else { return codePoint != DecodedScalar.invalid && Self.begins(codePoint) }
        return bits[Int(codePoint >> 6)] &>> UInt64(codePoint & 63) & 1 != 0
    }

    private static func begins(_ codePoint: UInt32) -> Bool {
        guard let scalar = Unicode.Scalar(codePoint) else { return false }
        var bytes: (UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0)
        let encoded = UTF8.encode(scalar)!
        return withUnsafeMutableBytes(of: &bytes) { buffer in
            buffer.copyBytes(from: encoded)
            let bytes = buffer.bindMemory(to: UInt8.self)
            let cursor = NumberCursor(bytes.baseAddress!, count: encoded.count, at: 0)
            switch cursor.scalar {
            case NumberCursor.complete, "第", "负", "半", "上", "近", "超", "好", "斤", "-", "\u{2212}", "¥": return true
            default: return Numeral(cursor.scalar) != nil
            }
        }
    }
}

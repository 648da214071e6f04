import Crypto
import LiveEvents

/// The id of an alert: the first 128 bits of SHA-256 over what makes it one alert, each with its length in front.
enum AlertID {
    static func make(room: borrowing Room, _ ruleID: RuleID, _ windowStartMS: Int64) -> String {
        var fields: [UInt8] = []
        fields.reserveCapacity(256)
        func add(_ field: UnsafeBufferPointer<UInt8>) {
            withUnsafeBytes(of: UInt32(field.count).bigEndian) { fields.append(contentsOf: $0) }
            fields.append(contentsOf: field)
        }
        room.platform.withUnsafeBufferPointer(add)
        room.roomID.withUnsafeBufferPointer(add)
        room.sessionID.withUnsafeBufferPointer(add)
        var rule = ruleID.rawValue
        rule.withUTF8(add)
        var start = String(windowStartMS)
        start.withUTF8(add)
        var hash = SHA256()
        fields.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return hash.finalize().withUnsafeBytes { digest in
            String(unsafeUninitializedCapacity: 32) { text in
                for place in 0..<16 {
                    text[2 * place] = digit(digest[place] >> 4)
                    text[2 * place + 1] = digit(digest[place] & 15)
                }
                return 32
            }
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}

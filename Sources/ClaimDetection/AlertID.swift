import Crypto

/// The id of an alert: the first 128 bits of SHA-256 over what makes it one alert, each with its length in front.
enum AlertID {
    static func make(
        platform: [UInt8], roomID: [UInt8], sessionID: [UInt8], ruleID: String, windowStartMS: Int64
    ) -> String {
        var hash = SHA256()
        for field in [platform, roomID, sessionID, Array(ruleID.utf8), Array(String(windowStartMS).utf8)] {
            withUnsafeBytes(of: UInt32(field.count).bigEndian) { hash.update(bufferPointer: $0) }
            field.withUnsafeBytes { hash.update(bufferPointer: $0) }
        }
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: hash.finalize().prefix(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self)
    }
}

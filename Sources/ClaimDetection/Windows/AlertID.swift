import LiveEvents
import Crypto

/// The id of an alert: the first 128 bits of SHA-256 over what makes it one alert, each with its length in front.
enum AlertID {
    static func make(
        room: Room, ruleID: RuleID, windowStartMS: Int64
    ) -> String {
        var hash = SHA256()
        let window = [Array(ruleID.rawValue.utf8)[...], Array(String(windowStartMS).utf8)[...]]
        for field in [room.platform, room.roomID, room.sessionID] + window {
            withUnsafeBytes(of: UInt32(field.count).bigEndian) { hash.update(bufferPointer: $0) }
            field.withUnsafeBytes { hash.update(bufferPointer: $0) }
        }
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: hash.finalize().prefix(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self)
    }
}

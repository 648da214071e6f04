import Crypto
import LiveEvents

/// The id of an alert: the first 128 bits of SHA-256 over what makes it one alert, each with its length in front.
enum AlertID {
    static func make(room: borrowing Room, ruleID: RuleID, windowStartMS: Int64) -> String {
        var fields: [UInt8] = []
        fields.reserveCapacity(256)
        func add(_ field: some Collection<UInt8>) {
            withUnsafeBytes(of: UInt32(field.count).bigEndian) { fields.append(contentsOf: $0) }
            fields.append(contentsOf: field)
        }
        add(room.platform)
        add(room.roomID)
        add(room.sessionID)
        add(ruleID.rawValue.utf8)
        add(String(windowStartMS).utf8)
        return String(unsafeUninitializedCapacity: 32) { text in
            var place = 0
            for byte in SHA256.hash(data: fields).prefix(16) {
                text[place] = digit(byte >> 4)
                text[place + 1] = digit(byte & 15)
                place += 2
            }
            return place
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}

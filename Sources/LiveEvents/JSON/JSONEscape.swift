/// Which bytes of a text JSON does not take as they are: control characters, quotes and backslashes.
public enum JSONEscape {
    /// The bytes that `text` takes in JSON, without its quotes, if each control character becomes \u0000.
    public static func size(of text: String) -> Int {
        var size = text.utf8.count
        text.withBytes { bytes in
            var place = first(in: bytes, from: 0)
            while place < bytes.count {
                size += bytes[place] < 0x20 ? 5 : 1
                place = first(in: bytes, from: place + 1)
            }
        }
        return size
    }

    /// The first byte at or after `begin` that needs an escape; the text's end if none does.
    ///
    /// Eight bytes are looked at together. Those of Chinese characters have their highest bit set and need no second look.
    static func first(in text: UnsafeBufferPointer<UInt8>, from begin: Int) -> Int {
        let raw = UnsafeRawBufferPointer(text)
        var place = begin
        while raw.count - place >= 8, !mayNeedEscape(raw, at: place) { place += 8 }
        // The last eight may hold some that were looked at before.
        if place > begin, raw.count - place < 8, !mayNeedEscape(raw, at: raw.count - 8) { return raw.count }
        while place < raw.count, !needsEscape(raw[place]) { place += 1 }
        return place
    }

    @inline(__always)
    private static func needsEscape(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x22 || byte == 0x5C }

    /// Whether one of the eight bytes from `place` on needs an escape; never false if one does.
    @inline(__always)
    private static func mayNeedEscape(_ text: UnsafeRawBufferPointer, at place: Int) -> Bool {
        let bytes = text.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let high = ones &* 0x80
        if ~bytes & high == 0 { return false }
        // A byte below the number that is taken from it borrows from its highest bit, which was clear.
        let control = (bytes &- ones &* 0x20) & ~bytes
        let quote = bytes ^ (ones &* 0x22)
        let backslash = bytes ^ (ones &* 0x5C)
        return (control | ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)) & high != 0
    }
}

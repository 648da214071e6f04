/// Where sentences end: 。！？ and their ASCII forms `!` `?`, and a line break. A full stop `.` does not, since it
/// stands in numbers and names.
enum Sentence {
    /// The byte after the last sentence end in `text`, or `first`.
    ///
    /// Eight bytes are looked at together: most hold nothing that could be the last byte of an end.
    static func startOfLast(in text: UnsafeBufferPointer<UInt8>, from first: Int) -> Int {
        var end = text.count
        let raw = UnsafeRawBufferPointer(text)
        while end > first {
            if end - first >= 8, !mayEnd(raw.loadUnaligned(fromByteOffset: end - 8, as: UInt64.self)) {
                end -= 8
                continue
            }
            if isEnd(text, before: end, from: first) { return end }
            end -= 1
        }
        return first
    }

    /// Whether a sentence ends in the bytes `start..<end`.
    static func ends(in text: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Bool {
        startOfLast(in: UnsafeBufferPointer(rebasing: text[..<end]), from: start) > start
    }

    /// Whether one of eight bytes is 0x0A, 0x21 or 0x3F, or stands as the last of 。！？ does (0x81, 0x82, 0x9F).
    @inline(__always)
    private static func mayEnd(_ bytes: UInt64) -> Bool {
        // A byte that is zero borrows from its highest bit; one above it may be marked with it, which costs a closer look.
        func hasByte(_ value: UInt64) -> UInt64 {
            let differing = bytes ^ (value &* 0x0101_0101_0101_0101)
            return (differing &- 0x0101_0101_0101_0101) & ~differing
        }
        let ascii = hasByte(0x0A) | hasByte(0x21) | hasByte(0x3F)
        let ofThree = hasByte(0x81) | hasByte(0x82) | hasByte(0x9F)
        return (ascii | ofThree) & 0x8080_8080_8080_8080 != 0
    }

    private static func isEnd(_ text: UnsafeBufferPointer<UInt8>, before end: Int, from first: Int) -> Bool {
        switch text[end - 1] {
        case 0x21, 0x3F, 0x0A: true
        // U+3002 。 = E3 80 82
        case 0x82: end - first >= 3 && text[end - 3] == 0xE3 && text[end - 2] == 0x80
        // U+FF01 ！ = EF BC 81, U+FF1F ？ = EF BC 9F
        case 0x81, 0x9F: end - first >= 3 && text[end - 3] == 0xEF && text[end - 2] == 0xBC
        default: false
        }
    }
}

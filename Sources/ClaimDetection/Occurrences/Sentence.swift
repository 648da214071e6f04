/// Where sentences end: 。！？ and their ASCII forms `!` `?`, and a line break. A full stop `.` does not, since it
/// stands in numbers and names.
package enum Sentence {
    /// The byte after the last sentence end in `text` that begins at or behind `first`, or `first`.
    ///
    /// `first` lies between two code points of valid UTF-8, which are stepped over whole.
    static func startOfLast(in text: UnsafeBufferPointer<UInt8>, from first: Int) -> Int {
        var start = first
        var place = first
        while place < text.count {
            let lead = text[place]
            if lead >= 0xE0 {
                if lead == 0xE3 || lead == 0xEF, isWideEnd(text, at: place) { start = place + 3 }
                place &+= lead < 0xF0 ? 3 : 4
            } else if lead >= 0x80 {
                place &+= 2
            } else {
                place &+= 1
                if lead == 0x21 || lead == 0x3F || lead == 0x0A { start = place }
            }
        }
        return start
    }

    /// The byte before the marks and spaces that end `text`, if a recogniser may have written them where nobody stopped:
    /// 。！？，、；：… and their ASCII forms, spaces, line breaks. `first` if there is nothing else.
    ///
    /// Behind a Latin letter or a digit they stay, all of them: there they also part words (iPhone, 1,000).
    package static func endBeforeMarks(in text: UnsafeBufferPointer<UInt8>, from first: Int) -> Int {
        var end = text.count
        while end > first {
            let length = lengthOfMark(endingAt: end, in: text, from: first)
            if length == 0 { break }
            end -= length
        }
        if end > first, end < text.count, CodePoints.isASCIIAlphanumeric(text[end - 1]) { return text.count }
        return end
    }

    private static func lengthOfMark(endingAt end: Int, in text: UnsafeBufferPointer<UInt8>, from first: Int) -> Int {
        switch text[end - 1] {
        case 0x20, 0x21, 0x2C, 0x3A, 0x3B, 0x3F, 0x09, 0x0A, 0x0D: return 1
        default: break
        }
        guard end - first >= 3 else { return 0 }
        return switch (text[end - 3], text[end - 2], text[end - 1]) {
        // U+3000, 、 and 。; ！ ， ： ； ？; …
        case (0xE3, 0x80, 0x80...0x82), (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x8C), (0xEF, 0xBC, 0x9A...0x9B),
            (0xEF, 0xBC, 0x9F), (0xE2, 0x80, 0xA6):
            3
        default: 0
        }
    }

    /// Whether a sentence ends in the bytes `start..<end`.
    static func ends(in text: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Bool {
        startOfLast(in: UnsafeBufferPointer(rebasing: text[..<end]), from: start) > start
    }

    /// Whether 。 (U+3002, E3 80 82), ！ (U+FF01, EF BC 81) or ？ (U+FF1F, EF BC 9F) begins at `place`.
    private static func isWideEnd(_ text: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
        guard text.count - place >= 3 else { return false }
        return switch (text[place], text[place + 1], text[place + 2]) {
        case (0xE3, 0x80, 0x82), (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x9F): true
        default: false
        }
    }
}

/// Where sentences end: 。！？ and their ASCII forms `!` `?`, and a line break. A full stop `.` does not, since it
/// stands in numbers and names.
enum Sentence {
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

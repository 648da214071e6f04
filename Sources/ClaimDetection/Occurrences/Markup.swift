/// What stands in a text and is not said or read: control tags of recognisers (`<|zh|>`) and the HTML of descriptions
/// (能<b>根</b>治).
///
/// It is overwritten, byte for byte, by code points that folding drops, so that every offset stays what it was:
///
///     能 < b > 根 < / b > 治
///     能 ␣ ␣ ␣ 根 ␣␣ ␣ ␣ ␣ 治        ␣␣␣ is U+200B, ␣␣ is U+00AD
enum Markup {
    private static let lessThan: UInt8 = 0x3C
    private static let greaterThan: UInt8 = 0x3E
    private static let bar: UInt8 = 0x7C
    /// Bytes of a tag at most, brackets included; a longer one is text.
    static let maxControlTag = 36
    static let maxTag = 1_024

    /// Hides `<|…|>` with letters, digits, `_`, `.` and `-` inside.
    ///
    /// Linear in the bytes; one search for `<` where there is none.
    static func hideControlTags(in bytes: inout [UInt8], from first: Int) {
        bytes.withUnsafeMutableBufferPointer { text in
            var place = first
            while let open = next(lessThan, in: UnsafeBufferPointer(text), from: place) {
                place = open + 1
                let limit = min(text.count, open + maxControlTag)
                guard open + 4 < limit, text[open + 1] == bar else { continue }
                var end = open + 2
                while end < limit, isNameByte(text[end]) { end += 1 }
                guard end > open + 2, end + 1 < limit, text[end] == bar, text[end + 1] == greaterThan else { continue }
                hide(text, open..<end + 2)
                place = end + 2
            }
        }
    }

    /// The text with its tags and non-breaking spaces hidden, or nil if it has none. A tag that parts lines (`<br>`, `<p>`)
    /// leaves a line break.
    ///
    /// Linear in the bytes times `maxTag` at worst: for `<` without `>`.
    static func withoutHTML(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard next(lessThan, in: text, from: 0) != nil || next(0x26, in: text, from: 0) != nil else { return nil }
        var result = Array(text)
        var hasAny = false
        result.withUnsafeMutableBufferPointer { text in
            var place = 0
            while place < text.count {
                let byte = text[place]
                if byte == lessThan, let tag = tag(in: UnsafeBufferPointer(text), at: place) {
                    if tag.isInline {
                        hide(text, tag.range)
                    } else {
                        text[tag.range.lowerBound] = 0x0A
                        hide(text, tag.range.lowerBound + 1..<tag.range.upperBound)
                    }
                    place = tag.range.upperBound
                    hasAny = true
                } else if byte == 0x26, holds("&nbsp;", UnsafeBufferPointer(text), at: place) {
                    hide(text, place..<place + 6)
                    place += 6
                    hasAny = true
                } else {
                    place += 1
                }
            }
        }
        return hasAny ? result : nil
    }

    /// Eight bytes at a time: a zero byte of `word ^ pattern` borrows from its top bit.
    private static func next(_ byte: UInt8, in text: UnsafeBufferPointer<UInt8>, from first: Int) -> Int? {
        guard let base = UnsafeRawPointer(text.baseAddress) else { return nil }
        let ones: UInt64 = 0x0101_0101_0101_0101
        var place = first
        while text.count - place >= 8 {
            let differs = base.loadUnaligned(fromByteOffset: place, as: UInt64.self) ^ (ones &* UInt64(byte))
            if (differs &- ones) & ~differs & (ones << 7) != 0 { break }
            place += 8
        }
        while place < text.count {
            if text[place] == byte { return place }
            place += 1
        }
        return nil
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        CodePoints.isASCIIAlphanumeric(byte) || byte == 0x5F || byte == 0x2D || byte == 0x2E
    }

    /// The tag that begins at `open`: a name behind `<` or `</`, then a space, `/` or `>`, and `>` before the next `<`.
    private static func tag(
        in text: UnsafeBufferPointer<UInt8>, at open: Int
    ) -> (range: Range<Int>, isInline: Bool)? {
        var place = open + 1
        if place < text.count, text[place] == 0x2F { place += 1 }
        let nameStart = place
        while place < text.count, CodePoints.isASCIIAlphanumeric(text[place]), place - nameStart < 12 { place += 1 }
        guard place > nameStart, place < text.count, text[nameStart] > 0x39 else { return nil }
        let name = nameStart..<place
        guard text[place] == greaterThan || text[place] == 0x2F || text[place] <= 0x20 else { return nil }
        let limit = min(text.count, open + maxTag)
        while place < limit, text[place] != greaterThan {
            if text[place] == lessThan { return nil }
            place += 1
        }
        guard place < limit else { return nil }
        return (open..<place + 1, inlineNames.contains { holds($0, text, name) })
    }

    /// Elements inside a line of text.
    private static let inlineNames: [StaticString] = [
        "b", "strong", "i", "em", "u", "s", "font", "span", "a", "mark", "small", "big", "sub", "sup", "ins", "del",
    ]

    private static func holds(_ name: StaticString, _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        range.count == name.utf8CodeUnitCount
            && range.allSatisfy { text[$0] | 0x20 == name.utf8Start[$0 - range.lowerBound] }
    }

    private static func holds(_ word: StaticString, _ text: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
        let count = word.utf8CodeUnitCount
        return text.count - place >= count && (0..<count).allSatisfy { text[place + $0] == word.utf8Start[$0] }
    }

    /// Writes U+200B (E2 80 8B) over the range, and U+00AD (C2 AD) over what three does not divide.
    ///
    /// - Precondition: two bytes or more.
    private static func hide(_ text: UnsafeMutableBufferPointer<UInt8>, _ range: Range<Int>) {
        precondition(range.count >= 2, "nothing that is hidden takes one byte")
        var place = range.lowerBound
        while (range.upperBound - place) % 3 != 0 {
            (text[place], text[place + 1]) = (0xC2, 0xAD)
            place += 2
        }
        while place < range.upperBound {
            (text[place], text[place + 1], text[place + 2]) = (0xE2, 0x80, 0x8B)
            place += 3
        }
    }
}

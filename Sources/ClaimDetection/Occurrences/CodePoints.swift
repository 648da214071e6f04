/// Places between the code points of UTF-8 text.
enum CodePoints {
    static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

    static func isASCIIAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }

    /// The first code point border at or after `position`.
    static func border(in text: UnsafeBufferPointer<UInt8>, atOrAfter position: Int) -> Int {
        var position = max(0, min(position, text.count))
        while position < text.count, isContinuation(text[position]) { position += 1 }
        return position
    }

    /// The last code point border at or before `position`.
    static func border(in text: UnsafeBufferPointer<UInt8>, atOrBefore position: Int) -> Int {
        var position = max(0, min(position, text.count))
        while position > 0, position < text.count, isContinuation(text[position]) { position -= 1 }
        return position
    }
}

extension String {
    /// The text, or as much of its beginning as has at most `maxBytes` in whole code points.
    func cut(toBytes maxBytes: Int) -> String {
        var copy = self
        guard copy.utf8.count > maxBytes else { return self }
        return copy.withUTF8 { bytes in
            String(decoding: bytes[..<CodePoints.border(in: bytes, atOrBefore: maxBytes)], as: UTF8.self)
        }
    }
}

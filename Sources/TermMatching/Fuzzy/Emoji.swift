import ChineseText

/// Emoji of several code points, which a reader counts as one sign (UTS #51, ED-13 to ED-17).
///
///     👍🏽     a hand, and a colour of skin          👨‍👩‍👧     three people, joined by U+200D
///     🇨🇳     two regional indicators                #️⃣     a sign, U+FE0F and the enclosing keycap U+20E3
///
/// U+200D and U+FE0F vanish in folding and have no entry of their own.
enum Emoji {
    /// Regional indicators looked at to know which two are a flag.
    private static let mostIndicators = 32

    static func isRegionalIndicator(_ codePoint: UInt32) -> Bool { (0x1F1E6...0x1F1FF).contains(codePoint) }

    /// Whether an entry, above 0, is one emoji with the entry before it, if that is a sign.
    ///
    /// - Parameter start: Where an entry starts in the text.
    static func isContinued(at entry: Int, of text: UnsafeBufferPointer<UInt8>, _ start: (Int) -> Int) -> Bool {
        let codePoint = codePoint(at: start(entry), text)
        switch codePoint {
        case 0x1F3FB...0x1F3FF, 0x20E3: return true
        case 0x1F1E6...0x1F1FF:
            var count = 1
            while count < mostIndicators, count <= entry,
                isRegionalIndicator(Self.codePoint(at: start(entry - count), text))
            {
                count += 1
            }
            return count.isMultiple(of: 2)
        default: return isJoined(start(entry), text)
        }
    }

    /// Whether U+200D stands before a byte.
    private static func isJoined(_ byte: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        byte >= 3 && text[byte - 3] == 0xE2 && text[byte - 2] == 0x80 && text[byte - 1] == 0x8D
    }

    private static func codePoint(at byte: Int, _ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
        guard byte >= 0, let base = text.baseAddress else { return DecodedScalar.invalid }
        return decodeScalar(base, at: byte, count: text.count).codePoint
    }
}

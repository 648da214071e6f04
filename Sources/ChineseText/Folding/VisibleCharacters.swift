/// Characters as a reader counts them: code points, without those that folding drops, and an emoji sequence as one.
///
///     治好\u{200B}\u{200B}糖      3: a zero-width space is not seen
///     好👨‍👩‍👧糖              3: a family of three people is one sign
///     👍🏽🇨🇳5️⃣              3
///
/// So invisible characters cannot push two words apart. Of combining marks only those that folding drops count as nothing.
public enum VisibleCharacters {
    /// Counts the characters that begin in the UTF-8 bytes `start..<end`; each maximal invalid sequence is one.
    ///
    /// Linear in the bytes; allocates nothing.
    ///
    /// - Precondition: `start` and `end` lie within `text`.
    public static func count(in text: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Int {
        precondition(start >= 0 && end <= text.count, "a stretch beyond its text")
        guard start < end, let base = text.baseAddress else { return 0 }
        var count = 0
        var offset = start
        var isEmoji = false
        var isJoined = false
        var indicators = 0
        while offset < end {
            let decoded = decodeScalar(base, at: offset, count: end)
            offset += decoded.length
            let codePoint = decoded.codePoint
            if codePoint == zeroWidthJoiner { isJoined = isEmoji }
            if codePoint != DecodedScalar.invalid, case .nothing = FoldingTable.shared[codePoint] { continue }
            switch codePoint {
            case 0x1F3FB...0x1F3FF where isEmoji: break  // A colour of skin.
            case 0x1F1E6...0x1F1FF:
                indicators += 1
                if indicators % 2 == 1 { count += 1 }
                isJoined = false
                continue
            case 0x2190...0x2BFF, 0x1F000...0x1FAFF:
                if !isJoined { count += 1 }
                isEmoji = true
            default:
                count += 1
                isEmoji = false
            }
            isJoined = false
            indicators = 0
        }
        return count
    }

    private static let zeroWidthJoiner: UInt32 = 0x200D
}

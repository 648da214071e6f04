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
        var sequence = SignSequence()
        while offset < end {
            let decoded = decodeScalar(base, at: offset, count: end)
            offset += decoded.length
            if sequence.begins(decoded.codePoint) { count += 1 }
        }
        return count
    }

    /// For each byte of `text[start...]`, and for the place behind the last, how many characters begin before it, counted
    /// from `start`.
    ///
    /// Linear in the bytes; allocates nothing once `counts` has grown.
    ///
    /// - Parameter counts: Its first `text.count - start + 1` elements are replaced.
    /// - Precondition: `start` lies within `text`.
    public static func countBeginnings(
        in text: UnsafeBufferPointer<UInt8>, from start: Int, into counts: inout [Int32]
    ) {
        precondition(start >= 0 && start <= text.count, "a stretch beyond its text")
        let length = text.count - start
        if counts.count <= length {
            counts.append(contentsOf: repeatElement(0, count: length + 1 - counts.count))
        }
        counts.withUnsafeMutableBufferPointer { counts in
            counts[0] = 0
            guard let base = text.baseAddress else { return }
            var count: Int32 = 0
            var offset = start
            var sequence = SignSequence()
            while offset < text.count {
                let decoded = decodeScalar(base, at: offset, count: text.count)
                if sequence.begins(decoded.codePoint) { count += 1 }
                for place in offset + 1...offset + decoded.length { counts[place - start] = count }
                offset += decoded.length
            }
        }
    }

    /// What of an emoji sequence came before.
    private struct SignSequence {
        private var isEmoji = false
        private var isJoined = false
        private var indicators = 0

        /// Whether a character begins with the next code point.
        @inline(__always)
        mutating func begins(_ codePoint: UInt32) -> Bool {
            if codePoint == VisibleCharacters.zeroWidthJoiner { isJoined = isEmoji }
            if codePoint != DecodedScalar.invalid, case .nothing = FoldingTable.shared[codePoint] { return false }
            var begins = true
            switch codePoint {
            case 0x1F3FB...0x1F3FF where isEmoji: begins = false  // A colour of skin.
            case 0x1F1E6...0x1F1FF:
                indicators += 1
                isJoined = false
                return indicators % 2 == 1
            case 0x2190...0x2BFF, 0x1F000...0x1FAFF:
                begins = !isJoined
                isEmoji = true
            default: isEmoji = false
            }
            isJoined = false
            indicators = 0
            return begins
        }
    }

    private static let zeroWidthJoiner: UInt32 = 0x200D
}

/// Whether a found stretch is what a reader reads there.
public enum Embedding {
    /// Whether a reader sees other words, or another number, than the stretch.
    public static func isEmbedded(_ range: Range<Int>, in scalars: UnsafeBufferPointer<UInt32>) -> Bool {
        guard !range.isEmpty else { return false }
        if extendsNumber(range, in: scalars) { return true }
        let segmenter = Segmenter()
        if segmenter.coversLonger(scalars, range.lowerBound, range.upperBound) { return true }
        // At a number's edge the number decides, not how the digits and the word beside them are cut.
        return !isDigit(scalars[range.lowerBound]) && !isDigit(scalars[range.upperBound - 1])
            && !segmenter.respectsBoundaries(scalars, range.lowerBound, range.upperBound)
    }

    /// Whether the words around are cut so that the whole stretch lies in one.
    public static func isWithinWord(_ range: Range<Int>, in scalars: UnsafeBufferPointer<UInt32>) -> Bool {
        guard range.count > 1 else { return false }
        let segmenter = Segmenter()
        return segmenter.coversLonger(scalars, range.lowerBound, range.upperBound)
            || segmenter.isOrdinaryWord(UnsafeBufferPointer(rebasing: scalars[range]))
                && segmenter.respectsBoundaries(scalars, range.lowerBound, range.upperBound)
    }

    /// Whether a number at an edge of the stretch goes on beyond it: 第1 in 第15, 1折 in 8.1折, 百分之百 in 百分之百五.
    private static func extendsNumber(_ range: Range<Int>, in scalars: UnsafeBufferPointer<UInt32>) -> Bool {
        let (first, last) = (range.lowerBound, range.upperBound - 1)
        if isNumeral(scalars[first]), first > 0 {
            if isNumeral(scalars[first - 1]) { return true }
            if first > 1, isPoint(scalars[first - 1]), isDigit(scalars[first - 2]) { return true }
        }
        if isNumeral(scalars[last]), last + 1 < scalars.count {
            if isNumeral(scalars[last + 1]) { return true }
            if last + 2 < scalars.count, isPoint(scalars[last + 1]), isDigit(scalars[last + 2]) { return true }
        }
        return false
    }

    /// Folded: Han digits are ASCII digits here.
    private static func isDigit(_ scalar: UInt32) -> Bool { (0x30...0x39).contains(scalar) }

    private static func isPoint(_ scalar: UInt32) -> Bool { scalar == 0x2E || scalar == 0x70B9 }

    private static func isNumeral(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x30...0x39, 0x5341, 0x767E, 0x5343, 0x4E07, 0x4EBF: true  // 十百千万亿
        default: false
        }
    }
}

/// Whether a found stretch is what a reader reads there.
public enum Embedding {
    /// Whether a reader sees other words, or another number, than the stretch.
    public static func isEmbedded(_ range: Range<Int>, in scalars: UnsafeBufferPointer<UInt32>) -> Bool {
        guard !range.isEmpty else { return false }
        if NumberEdges.goOn(range, in: scalars) { return true }
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

    /// Folded: Han digits are ASCII digits here.
    private static func isDigit(_ scalar: UInt32) -> Bool { (0x30...0x39).contains(scalar) }
}

import ChineseText

/// What a text folds to, and where in it the bytes of the text have gone.
struct FoldedPlaces {
    let text: String
    /// The raw bytes of each folded scalar, and where it begins in `text`.
    private var symbols: [(raw: Range<Int>, start: Int)] = []
    private let byteCount: Int

    init(_ raw: String) {
        let folded = FoldedText(raw)
        text = folded.text
        var offset = 0
        for symbol in folded.symbols {
            symbols.append((symbol.raw, offset))
            offset += UTF8.width(symbol.scalar ?? "\u{FFFD}")
        }
        byteCount = offset
    }

    /// The UTF-8 bytes of `text` that came from a range of raw bytes.
    func range(of raw: Range<Int>) -> Range<Int> {
        let first = symbols.firstIndex { $0.raw.upperBound > raw.lowerBound }
        let end = symbols.firstIndex { $0.raw.lowerBound >= raw.upperBound }
        let start = first.map { symbols[$0].start } ?? byteCount
        return start..<max(start, end.map { symbols[$0].start } ?? byteCount)
    }
}

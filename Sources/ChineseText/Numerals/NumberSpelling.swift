/// The ways to write the numbers of a term: 七天瘦十斤 is 7天瘦10斤, 99% is 百分之九十九, 9.9元 is 九块九.
///
/// For compiling terms. Each number is written in each way beside each of the others, since nobody who hides a number
/// keeps to one: 30天瘦20斤 is 三十天瘦20斤 too. Folding makes 一, 壹 and 1 alike, so 3十 is 三十 and not listed.
public struct NumberSpelling: Sendable {
    /// Spellings of one term at most, the likeliest. Each is one more pattern in the index.
    public static let most = 128
    /// Numbers of one term that are written in other ways; those behind them are kept as they are.
    public static let mostNumbers = 6

    /// The term with its numbers written in other ways, the likeliest first; without what folds like the term.
    public let texts: [String]
    /// How many there are beyond `texts`, which the limits leave out.
    public let leftOut: Int

    public init(of text: String) {
        let bytes = Array(text.utf8)
        let numbers = Self.mentions(in: bytes).map { mention in
            (place: Int(mention.start)..<Int(mention.end), ways: Self.ways(mention, of: bytes))
        }.filter { $0.ways.count > 1 }
        var written = [(text: "", rank: 0)]
        var next = 0
        var all = 1
        for (place, ways) in numbers.prefix(Self.mostNumbers) {
            let before = String(decoding: bytes[next..<place.lowerBound], as: UTF8.self)
            // The rank of a spelling is how unlikely its numbers are together; no part of a likely one is unlikely.
            written = written.flatMap { head in
                ways.enumerated().map { (head.text + before + $1, head.rank + $0) }
            }
            written = Self.sorted(written)
            next = place.upperBound
        }
        for number in numbers { all = min(all * number.ways.count, 1 << 32) }
        let rest = String(decoding: bytes[next...], as: UTF8.self)
        texts = written.dropFirst().map { $0.text + rest }
        leftOut = all - 1 - texts.count
    }

    /// The likeliest, and `most` beside the first, which is the term itself.
    private static func sorted(_ written: [(text: String, rank: Int)]) -> [(text: String, rank: Int)] {
        // Stable, so that the result is the same everywhere.
        let order = written.indices.sorted { (written[$0].rank, $0) < (written[$1].rank, $1) }
        return order.prefix(most + 1).map { written[$0] }
    }

    /// The quantity as written, and the other ways that are read as the same where it stands; no two fold alike.
    private static func ways(_ mention: NumberMention, of bytes: [UInt8]) -> [String] {
        let place = Int(mention.start)..<Int(mention.end)
        let written = String(decoding: bytes[place], as: UTF8.self)
        var folded: Set = [FoldedText(written).text]
        let others = QuantityWriter(mention, in: bytes).ways().filter { way in
            guard folded.insert(FoldedText(way).text).inserted else { return false }
            let spelled = bytes[..<place.lowerBound] + Array(way.utf8) + bytes[place.upperBound...]
            let end = place.lowerBound + way.utf8.count
            return mentions(in: Array(spelled)).contains {
                Int($0.start) == place.lowerBound && Int($0.end) == end && $0.isSameQuantity(as: mention)
            }
        }
        return [written] + others
    }

    private static func mentions(in bytes: [UInt8]) -> [NumberMention] {
        var mentions = NumberBuffer(capacity: 4)
        bytes.withUnsafeBufferPointer { NumberReader.read($0, into: &mentions) }
        return (0..<mentions.count).map { mentions[$0] }
    }
}

/// Words beside a number that say that there are fewer or more.
///
///     不到五百块        below        找不到五百块        none: 找不到 is a word
///     五百块以上        above        五百上下            none
enum NumberLimits {
    private typealias Word = (bytes: [UInt8], limit: NumberMention.Limit)

    /// Those before a number; of two that fit the first counts.
    private static let before: [Word] = [
        ("不超过", .below), ("没超过", .below), ("不到", .below), ("没到", .below), ("不足", .below), ("不满", .below),
        ("未满", .below), ("不高于", .below), ("不多于", .below), ("不大于", .below), ("至多", .below), ("最多", .below),
        ("不少于", .above), ("不低于", .above), ("不小于", .above), ("少于", .below), ("低于", .below), ("小于", .below),
        ("超过", .above), ("多于", .above), ("高于", .above), ("大于", .above), ("至少", .above), ("最少", .above),
        ("起码", .above),
    ].map { (Array($0.utf8), $1) }

    private static let behind: [Word] = [
        ("以内", .below), ("之内", .below), ("以下", .below), ("之下", .below), ("不到", .below), ("封顶", .below),
        ("以上", .above), ("之上", .above), ("往上", .above), ("开外", .above), ("起步", .above),
    ].map { (Array($0.utf8), $1) }

    /// Before 不到 these make another word: 买不到, 等不到.
    private static let verbs = ["买", "找", "看", "等", "拿", "听", "见", "想", "做", "得", "收", "抢", "捞"].map { Array($0.utf8) }
    private static let small = Array("小".utf8)
    /// Before 小 these make another word: 大小, 最小.
    private static let sizes = ["大", "从", "很", "最", "太", "缩", "减", "多", "够"].map { Array($0.utf8) }
    private static let notReached = Array("不到".utf8)

    /// - Parameter isRound: Whether it is a hundred or more in Han powers, before which 小 is "just under".
    static func limit(
        _ bytes: UnsafePointer<UInt8>, count: Int, start: Int, end: Int, isRound: Bool
    ) -> NumberMention.Limit {
        var first = start
        if first > 0, bytes[first - 1] == 0x20 { first -= 1 }
        if let word = before.first(where: { stands($0.bytes, bytes, endingAt: first) }) {
            let place = first - word.bytes.count
            let isVerb = word.bytes == notReached && verbs.contains { stands($0, bytes, endingAt: place) }
            if !isVerb { return word.limit }
        }
        if isRound, stands(small, bytes, endingAt: start),
            !sizes.contains(where: { stands($0, bytes, endingAt: start - small.count) })
        {
            return .below
        }
        var last = end
        if last < count, bytes[last] == 0x20 { last += 1 }
        return behind.first { stands($0.bytes, bytes, endingAt: last + $0.bytes.count, count: count) }?.limit ?? .none
    }

    private static func stands(
        _ word: [UInt8], _ bytes: UnsafePointer<UInt8>, endingAt end: Int, count: Int = .max
    ) -> Bool {
        guard end >= word.count, end <= count else { return false }
        for place in 1...word.count where bytes[end - place] != word[word.count - place] { return false }
        return true
    }
}

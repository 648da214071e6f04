import ClaimRules
import ClaimScreen

/// What learned screens think of the text around hits.
///
/// A model knows stretches of the size that its lines had, so it is shown one: the segments that hold the hit, and of those
/// before it as many as fit into that size. Of a segment of more than three times the size it sees so much, with the hit in
/// the middle as far as the segment reaches to both sides.
///
/// ```
///   …大家都知道。| 我给大家说一下 | 就是我们家这个 | 吃了一个疗程 血糖就稳了 |
///                ^ judged text begins           ^ segment     ^ the hit
/// ```
/// Nothing is asked where no hit is. The judged text is the same after a restart, and so is the score.
struct Screening: ~Copyable {
    /// Characters that a model is shown at most, and at least of a text that has them.
    static let characters = 40...400

    /// By rule; nil of a rule that asks no model, or one that is not there.
    private let asked: [Question?]
    /// By rule: whether its hits count only where no other rule has one, with the model or without.
    private let alone: [Bool]
    let hasAlone: Bool
    private var features = ScreenFeatures(bits: ScreenFeatures.bits.lowerBound)
    /// Hits of one text mostly ask the same of the same stretch.
    private var latest: (model: String, stretch: Range<Int>, percent: Int)?

    private struct Question {
        var model: ScreenModel
        /// Percent.
        var least: Int
    }

    struct Answer {
        /// The score, in percent, rounded down: 59 is less than 60 in the alert as in the decision.
        var percent: Int
        var agrees: Bool
    }

    init(_ ruleSet: RuleSet) {
        asked = ruleSet.rules.indices.map { number in
            guard let model = ruleSet.screen(ofRule: number), let screen = ruleSet.rules[number].screen else {
                return nil
            }
            return Question(model: model, least: screen.least)
        }
        alone = ruleSet.rules.map { $0.screen?.isAlone ?? false }
        hasAlone = alone.contains(true)
    }

    func isAlone(_ rule: Int) -> Bool { alone[rule] }

    /// Another text is judged.
    mutating func begin() { latest = nil }

    /// What the rule's screen thinks of a hit; nil if the rule asks none.
    ///
    /// - Parameters:
    ///   - hit: Bytes of `text`.
    ///   - first: Where the judged text begins in `text`.
    ///   - pieces: Its segments, in order; empty if it is one.
    mutating func answer(
        rule: Int, hit: Range<Int>, in text: UnsafeBufferPointer<UInt8>, from first: Int, pieces: [CarryOver.Piece] = []
    ) -> Answer? {
        guard let question = asked[rule] else { return nil }
        let stretch = Self.stretch(around: hit, in: text, from: first, pieces, length: question.model.length)
        let percent: Int
        if let latest, latest.stretch == stretch, latest.model == question.model.name {
            percent = latest.percent
        } else {
            features.use(bits: question.model.bits)
            features.read(UnsafeBufferPointer(rebasing: text[stretch]))
            percent = Int(question.model.score(features) * 100)
            latest = (question.model.name, stretch, percent)
        }
        return Answer(percent: percent, agrees: percent >= question.least)
    }

    /// The bytes that a model is shown that learned from texts of `length` characters.
    static func stretch(
        around hit: Range<Int>, in text: UnsafeBufferPointer<UInt8>, from first: Int, _ pieces: [CarryOver.Piece],
        length: Int
    ) -> Range<Int> {
        var piece = pieces.lastIndex { $0.start <= hit.lowerBound } ?? 0
        let end = pieces.first { $0.start >= hit.upperBound }?.start ?? text.count
        var start = max(first, piece < pieces.count ? pieces[piece].start : first)
        let most = min(max(3 * length, Self.characters.lowerBound), Self.characters.upperBound)
        let enough = max(most, length)
        var characters = count(start..<end, of: text, upTo: enough)
        while piece > 0, start > first {
            let earlier = max(first, pieces[piece - 1].start)
            let more = count(earlier..<start, of: text, upTo: enough)
            guard characters + more <= length else { break }
            (start, characters, piece) = (earlier, characters + more, piece - 1)
        }
        if characters <= most { return start..<end }
        return stretch(around: hit, in: UnsafeBufferPointer(rebasing: text[..<end]), from: start, most: most)
    }

    /// Half of the characters behind the hit's end or before it, and more on one side where the other has fewer.
    static func stretch(
        around hit: Range<Int>, in text: UnsafeBufferPointer<UInt8>, from first: Int, most: Int
    ) -> Range<Int> {
        let middle = max(first, hit.upperBound)
        let (_, ahead) = forward(from: middle, most: most / 2, in: text)
        let (start, before) = backward(from: middle, most: most - ahead, in: text, first)
        let (end, _) = forward(from: middle, most: most - before, in: text)
        return start..<end
    }

    /// The characters of a stretch; of a longer one some number above `most`, so that a long text costs no more.
    private static func count(_ range: Range<Int>, of text: UnsafeBufferPointer<UInt8>, upTo most: Int) -> Int {
        var count = 0
        for place in range where text[place] & 0xC0 != 0x80 {
            count += 1
            if count > most { break }
        }
        return count
    }

    private static func forward(
        from place: Int, most: Int, in text: UnsafeBufferPointer<UInt8>
    ) -> (end: Int, characters: Int) {
        var (end, count) = (place, 0)
        while end < text.count, count < most {
            end = CodePoints.border(in: text, atOrAfter: end + 1)
            count += 1
        }
        return (end, count)
    }

    private static func backward(
        from place: Int, most: Int, in text: UnsafeBufferPointer<UInt8>, _ first: Int
    ) -> (start: Int, characters: Int) {
        var (start, count) = (place, 0)
        while start > first, count < most {
            start = max(first, CodePoints.border(in: text, atOrBefore: start - 1))
            count += 1
        }
        return (start, count)
    }
}

import ClaimRules
import ClaimScreen

/// What learned screens think of the text around hits.
///
/// A model learned from lines of some hundred characters, so it is shown a stretch of that size: at most
/// `mostCharacters` of the judged text, with the hit in the middle as far as the text reaches to both sides.
///
/// ```
///   …大家都知道。| 我给大家说一下 就是我们家这个 吃了一个疗程 血糖就稳了 |
///                ^ carry-over begins         ^ the hit          ^ what was said so far
/// ```
/// Nothing is asked where no hit is. The judged text is the same after a restart, and so is the score.
struct Screening: ~Copyable {
    /// Characters of a text that a model is shown.
    static let mostCharacters = 400

    /// By rule; nil of a rule that asks no model, or one that is not there.
    private let asked: [Question?]
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
    }

    /// Another text is judged.
    mutating func begin() { latest = nil }

    /// What the rule's screen thinks of a hit; nil if the rule asks none.
    ///
    /// - Parameters:
    ///   - hit: Bytes of `text`.
    ///   - first: Where the judged text begins in `text`.
    mutating func answer(
        rule: Int, hit: Range<Int>, in text: UnsafeBufferPointer<UInt8>, from first: Int
    ) -> Answer? {
        guard let question = asked[rule] else { return nil }
        let stretch = Self.stretch(around: hit, in: text, from: first)
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

    /// The bytes that a model is shown: half of the characters behind the hit's end or before it, and more on one side where
    /// the other has fewer.
    static func stretch(
        around hit: Range<Int>, in text: UnsafeBufferPointer<UInt8>, from first: Int, most: Int = mostCharacters
    ) -> Range<Int> {
        let middle = max(first, hit.upperBound)
        let (_, ahead) = forward(from: middle, most: most / 2, in: text)
        let (start, before) = backward(from: middle, most: most - ahead, in: text, first)
        let (end, _) = forward(from: middle, most: most - before, in: text)
        return start..<end
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

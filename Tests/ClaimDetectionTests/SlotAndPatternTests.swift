import ClaimRules
import LiveEvents
import TermMatching
import Testing

@testable import ClaimDetection

/// Rules with numbers and regular expressions, in speech as it comes: whole, in segments, and with what is not meant.
@Suite struct SlotAndPatternTests {
    struct Row: CustomTestStringConvertible {
        let expression: Expression
        let segments: [String]
        /// What the parts of the hits say, each part by segment.
        let evidence: [String]
        var testDescription: String { segments.joined(separator: " | ") }

        init(_ expression: Expression, _ segments: String..., says evidence: String...) {
            (self.expression, self.segments, self.evidence) = (expression, segments, evidence)
        }
    }

    private static func words(_ texts: String...) -> Expression { .words(WordSet(terms: texts.map { Term($0) })) }

    private static func slot(
        _ kind: NumberSlot.Kind, _ min: String? = nil, _ max: String? = nil, unit: [String] = [], bare: Bool = false
    ) -> Expression {
        .number(try! NumberSlot(kind: kind, min: min, max: max, units: unit, isBare: bare))
    }

    private static func pattern(_ source: String) -> Expression {
        .pattern(try! TextPattern.read(source, isAlone: false))
    }

    private static func seq(_ first: Expression, _ gap: ClosedRange<Int>, _ second: Expression) -> Expression {
        .seq([first, second], gaps: [Gap(gap)], bothWays: false, Extent())
    }

    static let rows: [Row] = {
        let lost = seq(words("瘦", "掉", "甩"), 0...3, slot(.weight, "2斤", "100斤"))
        let healed = seq(slot(.duration, nil, "180天"), 0...10, words("收口", "不疼了"))
        let cheap = seq(words("只要"), 0...2, slot(.price, nil, "60元", bare: true))
        let first = pattern("全国.{0,6}(?:第一|唯一)")
        let clinic = seq(pattern("[一二三]甲"), 0...2, words("医院"))
        return [
            Row(lost, "一个月掉个七八斤没问题", says: "掉", "七八斤"),
            Row(lost, "一个月掉个一斤没问题"),
            Row(lost, "掉了三公斤", says: "掉", "三公斤"),
            Row(lost, "掉了三百斤"),
            Row(lost, "掉了三块"),
            // The number comes with a segment in which there is no word of the rule.
            Row(lost, "一个月掉个", "七八斤没问题", says: "掉", "七八斤"),
            Row(lost, "一个月掉个七", "八斤没问题", says: "掉", "七", "八斤"),
            Row(lost, "一个月掉个七八", "斤没问题", says: "掉", "七八", "斤"),
            Row(healed, "贴了二十来天它就收口了", says: "二十来天", "收口"),
            Row(healed, "贴了二十来天", "它就收口了", says: "二十来天", "收口"),
            Row(healed, "贴了二十", "来天它就收口了", says: "二十", "来天", "收口"),
            Row(healed, "敷三个晚上它就收口了", says: "三个晚上", "收口"),
            Row(healed, "吃了两年它就收口了"),
            Row(healed, "三月它就收口了"),
            Row(healed, "半个月了。它就收口了"),
            Row(cheap, "今天只要五十九块九", says: "只要", "五十九块九"),
            Row(cheap, "今天只要五十九", says: "只要", "五十九"),
            Row(cheap, "今天只要六十一"),
            Row(cheap, "今天只要", "五十九", says: "只要", "五十九"),
            Row(first, "我们是全國銷量第一的牌子", says: "全國銷量第一"),
            Row(first, "我们是全国", "销量第一的牌子", says: "全国", "销量第一"),
            Row(first, "我们是全国。销量第一的牌子"),
            // The longest that the expression asks for first.
            Row(first, "全国第一，全国唯一", says: "全国第一，全国唯一"),
            Row(first, "全国第一。全国唯一", says: "全国第一", "全国唯一"),
            Row(clinic, "三甲的医院都在用", says: "三甲", "医院"),
            Row(clinic, "叁甲医院都在用", says: "叁甲", "医院"),
            Row(clinic, "四甲医院都在用"),
            Row(clinic, "三甲", "的医院都在用", says: "三甲", "医院"),
            // A number within the match of a pattern, and a match within a number, are each their own.
            Row(seq(words("重"), 0...0, pattern("5k?g")), "重5㎏", says: "重", "5㎏"),
        ]
    }()

    private static func hits(_ row: Row) -> [String] {
        var rule = rule("a", parts: [["甲"]])
        rule.match = .text(row.expression)
        let store = RoomStore(ruleSet: ruleSet(rule))
        let steps = row.segments.enumerated().map { Step.say($1, at: 1_000_000 + Int64($0) * 1_000) }
        let alerts = store.play(steps)
        guard let last = alerts.last else { return [] }
        return last.evidence.map(\.matched)
    }

    @Test(arguments: rows)
    func `a rule is met as it is said`(_ row: Row) {
        #expect(Self.hits(row) == row.evidence)
    }
}

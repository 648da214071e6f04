import ClaimRules
import TermMatching
import Testing

@testable import ClaimDetection

/// The work for one text is counted in steps (`maxStepsPerText`). It must grow as the text does, whatever the text is made of.
@Suite struct StepCountTests {
    /// An expression over the words 甲, 乙, 丙 and 丁, and what a text made to be dear for it repeats.
    struct Row: CustomTestStringConvertible {
        let name: String
        let expression: Expression
        let piece: String
        var testDescription: String { name }
    }

    private static func word(_ text: String...) -> Expression { .words(WordSet(terms: text.map { Term($0) })) }

    private static func seq(
        _ parts: [Expression], _ gap: ClosedRange<Int> = 0...60, without: String? = nil, bothWays: Bool = false,
        within: Int? = nil
    ) -> Expression {
        let forbidden = without.map { WordSet(terms: [Term($0)]) }
        return .seq(
            parts, gaps: [Gap](repeating: Gap(gap, without: forbidden), count: parts.count - 1), bothWays: bothWays,
            Extent(within: within, unit: .segment))
    }

    private static func near(_ parts: [Expression], within: Int? = nil) -> Expression {
        .near(parts, Extent(within: within, unit: .segment))
    }

    private static func pattern(_ source: String) -> Expression {
        .pattern(try! TextPattern.read(source, isAlone: false))
    }

    static let rows: [Row] = {
        let (a, b, c, d) = (word("甲"), word("乙"), word("丙"), word("丁"))
        let number = Expression.number(try! NumberSlot(kind: .number))
        return [
            Row(name: "any", expression: .any([seq([a, b]), seq([b, a]), c]), piece: "甲乙丙"),
            Row(name: "seq, by turns", expression: seq([a, b]), piece: "甲乙"),
            Row(name: "seq, of itself", expression: seq([a, a]), piece: "甲"),
            Row(name: "seq of four", expression: seq([a, b, a, b]), piece: "甲乙"),
            Row(name: "seq, without", expression: seq([a, b], without: "不"), piece: "甲不乙甲乙"),
            Row(name: "seq, both ways", expression: seq([a, b], bothWays: true), piece: "甲甲乙乙"),
            Row(name: "seq in seq", expression: seq([seq([a, b], within: 9), seq([b, a], within: 9)]), piece: "甲乙"),
            Row(
                name: "near in seq in near", expression: near([seq([near([a, b]), c], within: 30), d]), piece: "甲乙丙丁"),
            Row(name: "near of two", expression: near([a, b], within: 200), piece: "甲乙"),
            Row(name: "near of six", expression: near([a, b, c, d, a, b]), piece: "甲乙丙丁"),
            Row(name: "near of nested words", expression: near([word("甲", "甲甲"), word("甲甲甲", "甲")]), piece: "甲"),
            Row(name: "number", expression: seq([number, a]), piece: "三盒甲"),
            Row(name: "pattern", expression: seq([pattern("甲.*丁|甲"), b]), piece: "甲乙"),
            Row(
                name: "minus", expression: .words(WordSet(terms: [Term("甲")], minus: [Term("甲乙"), Term("乙甲")])),
                piece: "甲乙甲丙"),
            Row(
                name: "cleared", expression: .words(WordSet(terms: [Term("甲")], clearedBy: [Term("乙甲"), Term("甲丙")])),
                piece: "甲乙甲甲"),
        ]
    }()

    /// Steps for a text of about `length` characters, and whether any hit was found.
    private static func steps(_ expression: Expression, _ piece: String, _ length: Int) -> (steps: Int, isWhole: Bool) {
        var rule = rule("a", parts: [["甲"]])
        rule.match = .text(expression)
        let ruleSet = ruleSet(rule)
        let text = Array(String(repeating: piece, count: length / piece.count).utf8)
        var limits = DetectionLimits()
        limits.maxOccurrences = 1 << 20
        var counters = DetectionCounters()
        var evaluator = RuleEvaluator(ruleSet)
        var matches = MatchBuffer()
        return text.withUnsafeBufferPointer { text in
            ruleSet.index.scan(text, into: &matches)
            let isWhole = evaluator.evaluate(
                matches.found.map { Occurrence($0) }, in: text, from: 0, pieces: [], behind: 0, target: .speech,
                limits: limits, counters: &counters)
            return (limits.maxStepsPerText - evaluator.steps, isWhole)
        }
    }

    @Test(arguments: rows)
    func `steps grow with the text`(_ row: Row) {
        let (one, two, four) = (
            Self.steps(row.expression, row.piece, 240), Self.steps(row.expression, row.piece, 480),
            Self.steps(row.expression, row.piece, 960)
        )
        #expect(two.steps <= one.steps * 23 / 10, "\(one.steps) and \(two.steps)")
        #expect(four.steps <= two.steps * 23 / 10, "\(two.steps) and \(four.steps)")
    }

    @Test(arguments: rows)
    func `the longest text needs no more steps than there are`(_ row: Row) {
        // 64 KiB of characters of three bytes.
        let steps = Self.steps(row.expression, row.piece, 21_840).steps
        #expect(steps <= DetectionLimits().maxStepsPerText)
    }
}

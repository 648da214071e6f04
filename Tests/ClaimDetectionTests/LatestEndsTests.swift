import ChineseText
import ClaimRules
import TermMatching
import TestSupport
import Testing

@testable import ClaimDetection

/// A text that grows is judged again only where something new may end; what is found is the same as if all of it were judged.
@Suite struct `Text that was judged before` {
    private static let pieces = [
        "甲", "乙", "丙", "，", "，", "。", "、", "；", "三", "五", "十", "百", "两", "半", "第", "一", "点", "几", "来", "到", "-", "斤",
        "天",
        "块", "成", "九块九", "1", "2", "１", "２００", "，１００", ",", "\u{200B}", " ", "a", "二十来天", "七八斤", "百分之",
    ]

    private static func text(_ random: inout SplitMix64) -> (bytes: [UInt8], borders: [Int]) {
        var text: [UInt8] = []
        var borders = [0]
        for _ in 0..<3 + random.below(30) {
            for scalar in Self.pieces[random.below(Self.pieces.count)].unicodeScalars {
                text += Array(String(scalar).utf8)
                borders.append(text.count)
            }
        }
        return (text, borders)
    }

    private static func numbers(
        _ text: [UInt8], from start: Int, behind border: Int, _ slot: NumberSlot
    ) -> (found: [Occurrence], latest: Int32) {
        var source = NumberSource()
        var found: [Occurrence] = []
        text.withUnsafeBufferPointer { source.read($0, from: start, isCut: false) }
        source.find(slot, into: &found)
        for number in found.indices { found[number].meaning = 0 }
        return (found.filter { Int($0.end) > border }, source.latestEnd(slot))
    }

    @Test(arguments: UInt64(0)..<400)
    func `numbers behind a border are read from a comma on as from the front`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let any = try NumberSlot(kind: .number)
        for _ in 0..<50 {
            let (text, borders) = Self.text(&random)
            let border = borders[random.below(borders.count)]
            let start = text.withUnsafeBufferPointer { NumberSource.start($0, from: 0, before: border) }
            let whole = Self.numbers(text, from: 0, behind: border, any)
            let short = Self.numbers(text, from: start, behind: border, any)
            let shown = "seed \(seed): \(String(decoding: text, as: UTF8.self)), border \(border), from \(start)"
            #expect(short.found == whole.found, "\(shown)")
            #expect(Int(whole.latest) == (whole.found.last.map { Int($0.end) } ?? min(Int(whole.latest), border)))
        }
    }

    private static let rules: [Expression] = {
        func word(_ text: String) -> Expression { .words(WordSet(terms: [Term(text)])) }
        func seq(_ parts: [Expression], bothWays: Bool = false) -> Expression {
            .seq(
                parts, gaps: [Gap](repeating: Gap(0...6), count: parts.count - 1), bothWays: bothWays,
                Extent(unit: .segment))
        }
        let (a, b) = (word("甲"), word("乙"))
        let number = Expression.number(try! NumberSlot(kind: .number))
        let weight = Expression.number(try! NumberSlot(kind: .weight, min: "2斤"))
        let pattern = Expression.pattern(try! TextPattern.read("甲.{0,4}(?:斤|天)", isAlone: false))
        return [
            number, pattern, seq([number, a]), seq([a, number]), seq([a, weight]), seq([weight, b], bothWays: true),
            .near([a, number], Extent(within: 8, unit: .segment)), .any([seq([number, a]), seq([b, weight])]),
            seq([pattern, b]), seq([b, pattern]), seq([a, number, b]), .named("n", seq([seq([a, b]), number])),
        ]
    }()

    @Test(arguments: UInt64(0)..<200)
    func `what ends behind a border is found as if nothing had been judged`(seed: UInt64) {
        var random = SplitMix64(seed: seed &+ 9_000)
        let ruleSet = try! RuleSet(
            rules: Self.rules.enumerated().map { number, expression in
                var own = rule("r\(number)", parts: [["甲"]])
                own.match = .text(expression)
                return own
            }, contentHash: "")
        var evaluator = RuleEvaluator(ruleSet)
        var matches = MatchBuffer()
        for _ in 0..<40 {
            let (text, borders) = Self.text(&random)
            let border = borders[random.below(borders.count)]
            func hits(behind border: Int) -> [RuleEvaluator.Hit] {
                text.withUnsafeBufferPointer { text in
                    matches.removeAll()
                    ruleSet.index.scan(text, into: &matches)
                    var counters = DetectionCounters()
                    _ = evaluator.evaluate(
                        matches.found.map { Occurrence($0) }, in: text, from: 0, pieces: [], behind: border,
                        target: .speech, limits: DetectionLimits(), counters: &counters)
                    return evaluator.hits.map {
                        RuleEvaluator.Hit(rule: $0.rule, start: $0.start, end: $0.end, parts: 0..<0)
                    }
                }
            }
            let expected = hits(behind: 0).filter { Int($0.end) > border }
            let shown = "seed \(seed): \(String(decoding: text, as: UTF8.self)), border \(border)"
            #expect(hits(behind: border) == expected, "\(shown)")
        }
    }
}

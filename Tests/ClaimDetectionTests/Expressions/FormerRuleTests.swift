import ClaimRules
import TestSupport
import Testing

@testable import ClaimDetection

/// Rules of claimwatch/1, which are read into expressions, against what that version says of them: a term of each part, none
/// under a phrase of `unless`, all in one sentence and so many characters, in any order or as written.
@Suite struct `Rules of claimwatch one` {
    @Test(arguments: UInt64(0)..<200)
    func `mean what they meant`(seed: UInt64) {
        var cases = ExpressionCases(seed: seed &+ 3_000_000)
        let rules = cases.formerRules(4)
        var run = ExpressionRun(rules)
        for number in 0..<25 {
            let pieces = cases.pieces()
            let found = run.hits(pieces)
            for (index, rule) in rules.enumerated() {
                let expected = Self.hits(rule, NaiveEvaluator(pieces))
                let spans = found[index].map { NaiveEvaluator.Span(start: $0.start, end: $0.end) }
                if spans != expected {
                    Issue.record(
                        """
                        seed \(seed), text \(number) \(pieces): found \(spans), expected \(expected)
                        \(rule.condition) unless \(rule.unless)
                        """)
                    return
                }
            }
        }
    }

    private static func hits(_ rule: Rule, _ text: NaiveEvaluator) -> [NaiveEvaluator.Span] {
        let phrases = text.occurrences(rule.unless)
        let parts = rule.condition.parts.map { terms in
            text.occurrences(terms).filter { span in !phrases.contains { text.overlap($0, span) } }
        }
        if parts.count == 1 {
            return apart(parts[0].sorted { ($0.start, $1.end) < ($1.start, $0.end) })
        }
        // Of more than six parts two may have the same characters.
        let all =
            parts.count > 6
            ? parts.dropFirst().reduce(parts[0]) { hulls, part in
                Set(hulls.flatMap { hull in part.map { self.hull([hull, $0]) } })
            }
            : Set(
                text.choices(parts).filter { choice in
                    let inOrder = rule.condition.order == .any ? choice.sorted() : choice
                    return zip(inOrder, inOrder.dropFirst()).allSatisfy { $0.end <= $1.start }
                }.map(hull))
        let hulls = all.filter {
            text.sentences[$0.start] == text.sentences[$0.end - 1] && $0.end - $0.start <= rule.condition.within
        }
        return apart(hulls.sorted { ($0.end, $1.start) < ($1.end, $0.start) })
    }

    private static func hull(_ spans: [NaiveEvaluator.Span]) -> NaiveEvaluator.Span {
        NaiveEvaluator.Span(start: spans.map(\.start).min()!, end: spans.map(\.end).max()!)
    }

    private static func apart(_ spans: [NaiveEvaluator.Span]) -> [NaiveEvaluator.Span] {
        var covered = 0
        return spans.filter {
            guard $0.start >= covered else { return false }
            covered = $0.end
            return true
        }
    }

    /// Sentences more than a minute apart, so that each is judged alone: an alert at the threshold, towards which equal
    /// words of a sentence count once, then each time the hits have doubled.
    @Test(arguments: UInt64(0)..<100)
    func `make alerts at their thresholds`(seed: UInt64) {
        var cases = ExpressionCases(seed: seed &+ 4_000_000)
        var made = cases.formerRules(50).first { $0.condition.parts.count == 1 }!
        made.threshold = 1 + cases.random.below(4)
        let rooms = RoomStore(ruleSet: ruleSet(made))
        var counts: [Int64: (hits: Int, counted: Int, published: Int)] = [:]
        for number in 0..<20 {
            let text = cases.pieces(marks: false).joined() + "。"
            let at = Int64(1_000_000 + 70_000 * number)
            var expected = 0
            var said: Set<String> = []
            for hit in Self.hits(made, NaiveEvaluator([text])) {
                var window = counts[at / made.windowMS, default: (0, 0, 0)]
                let words = String(String.UnicodeScalarView(Array(text.unicodeScalars)[hit.start..<hit.end]))
                window.hits += 1
                if said.insert(words).inserted || made.threshold == 1 { window.counted += 1 }
                if window.published == 0 ? window.counted >= made.threshold : window.hits >= 2 * window.published {
                    window.published = window.hits
                    expected += 1
                }
                counts[at / made.windowMS] = window
            }
            let alerts = rooms.play([.say(text, at: at)], from: Int64(number))
            #expect(
                alerts.count == expected,
                "seed \(seed), sentence \(number) \(text): \(made.condition) \(made.unless)")
        }
    }
}

import ClaimRules
import Foundation
import TermMatching
import TestSupport
import Testing

@testable import ClaimDetection

/// Hits of random rules in random texts against an evaluator that tries every choice.
///
/// `CLAIMWATCH_EXPRESSION_CASES` asks for more than the usual 20,000 cases, 100 of a seed.
@Suite struct `Expressions` {
    private static let seeds: Range<UInt64> = {
        let asked = ProcessInfo.processInfo.environment["CLAIMWATCH_EXPRESSION_CASES"].flatMap { UInt64($0) }
        return 0..<(asked ?? 20_000) / 100
    }()

    @Test(arguments: seeds)
    func `are found as by trying every choice`(seed: UInt64) {
        var cases = ExpressionCases(seed: seed)
        let rules = cases.rules(4)
        var run = ExpressionRun(rules)
        for number in 0..<25 {
            let pieces = cases.pieces()
            let border = cases.random.below(pieces.count)
            let sureness = Sureness(seed: seed &* 25 &+ UInt64(number))
            let characters = pieces[..<border].joined().unicodeScalars.count
            let bytes = pieces[..<border].joined().utf8.count
            let isFrontCut = bytes > 4 && number.isMultiple(of: 7)
            let naive = NaiveEvaluator(pieces, sureness: sureness, isFrontCut: isFrontCut)
            let found = run.hits(
                pieces, behind: border, sureness: sureness, maxCarryOverBytes: isFrontCut ? bytes : nil)
            for (index, rule) in rules.enumerated() {
                guard case .text(let expression) = rule.match else { continue }
                let expected = naive.hits(rule, behind: characters)
                let spans = naive.spans(expression).sorted { ($0.end, $0.start) < ($1.end, $1.start) }
                if found[index] != expected || run.spans[index] != spans {
                    Issue.record(
                        """
                        seed \(seed), text \(number) \(pieces), border \(border): found \(found[index]), \
                        expected \(expected); found \(run.spans[index]), expected \(spans)
                        \(rule.match) \(rule.guards) \(rule.needs) \(rule.exemptions)
                        """)
                    return
                }
            }
        }
    }

    /// What is said in several segments meets the rules that it meets as a whole.
    @Test(arguments: UInt64(0)..<60)
    func `are met in segments as in the whole`(seed: UInt64) {
        var cases = ExpressionCases(seed: seed &+ 1_000_000)
        let rules = cases.rules(5, plain: true)
        var run = ExpressionRun(rules)
        for _ in 0..<20 {
            let pieces = cases.pieces(marks: false)
            let whole = run.hits(pieces).map { !$0.isEmpty }
            var met = [Bool](repeating: false, count: rules.count)
            for last in pieces.indices {
                for (rule, hits) in run.hits(Array(pieces[...last]), behind: last).enumerated() where !hits.isEmpty {
                    met[rule] = true
                }
            }
            #expect(met == whole, "seed \(seed): \(pieces)")
        }
    }

    /// The order of the rules decides nothing.
    @Test(arguments: UInt64(0)..<40)
    func `do not depend on the rules beside them`(seed: UInt64) {
        var cases = ExpressionCases(seed: seed &+ 2_000_000)
        let rules = cases.rules(6)
        var forwards = ExpressionRun(rules)
        var backwards = ExpressionRun(rules.reversed())
        for _ in 0..<10 {
            let pieces = cases.pieces()
            #expect(forwards.hits(pieces) == backwards.hits(pieces).reversed(), "seed \(seed): \(pieces)")
        }
    }
}

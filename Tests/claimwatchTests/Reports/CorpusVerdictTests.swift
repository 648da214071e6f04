import ClaimRules
import LiveEvents
import RuleTesting
import Testing

@testable import claimwatch

@Suite struct `Figures that rules must reach` {
    /// Ten violating lines of which four are found, and twenty lawful ones of which one is accused.
    private func evaluation() throws -> Evaluation {
        let loaded = RulePackLoader.load([
            PackFile(
                path: "tea.yaml",
                bytes: Array(
                    """
                    pack: tea
                    requires: claimwatch/2
                    rules:
                      - {id: tea.cure, title: 茶, severity: high, legal_basis: [{law: 广告法, article: 第十七条}], match: [治病],
                         examples: {match: [治病, 能治病], clear: [茶, 好茶]}}
                    """.utf8))
        ])
        let evaluator = Evaluator(try #require(loaded.ruleSet, "\(loaded.problems)"))
        for number in 1...30 {
            let isViolating = number <= 10
            let text = number <= 4 || number == 30 ? "第\(number)句能治病" : "第\(number)句好茶"
            try evaluator.judge(LabelledLine(number: number, label: isViolating ? "violating" : "clean", text: text))
        }
        return evaluator.evaluation
    }

    @Test(
        arguments: [
            (nil, nil, true), (0.4, 0.05, true), (0.401, nil, false), (nil, 0.049, false), (0.4, 0.04, false),
            (0, 1, true),
        ] as [(Double?, Double?, Bool)])
    func `are compared with those found`(minRecall: Double?, maxFalse: Double?, isReached: Bool) throws {
        let verdict = CorpusVerdict(
            try evaluation(), minRecall: minRecall, maxFalse: maxFalse, language: .english)
        #expect(verdict.isReached == isReached)
        #expect(
            verdict.lines.first
                == "corpus of 30 lines: recall 40% (4 of 10), falsely accused 5% (1 of 20)")
        #expect((verdict.lines.count == 1) == isReached)
    }

    @Test func `come with the worst lines where they are not reached`() throws {
        let verdict = CorpusVerdict(try evaluation(), minRecall: 0.5, maxFalse: 0.01, language: .chinese)
        #expect(verdict.lines[1] == "召回率不到 50%。漏报最像的：")
        #expect(verdict.lines.contains("误报超过 1%。最重的："))
        #expect(verdict.lines.last == "  30: 第30句能治病  [tea.cure]")
    }

    @Test(
        arguments: [("0.6", 0.6), ("60%", 0.6), ("1", 1), ("0", 0), ("1.1", nil), ("-1", nil), ("x", nil)]
            as [(String, Double?)])
    func `are shares`(text: String, value: Double?) { #expect(Share(argument: text)?.value == value) }
}

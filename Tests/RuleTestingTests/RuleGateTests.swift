import ClaimRules
import LiveEvents
import Testing

@testable import RuleTesting

@Suite struct `The gate` {
    @Test func `lets packs through whose every example holds, those of rules that are off too`() throws {
        let report = RuleGate.examine([SamplePacks.file()])
        #expect(report.loaded.problems.isEmpty)
        let examples = try #require(report.examples)
        #expect(examples.count == 8)
        #expect(examples.failures.isEmpty)
        #expect(report.ruleSet?.rules.map(\.id) == ["tea.cure"])
    }

    @Test func `names every example that fails, and gives no rule set`() throws {
        let text = SamplePacks.tea.replacing("match: [白茶降血脂,", with: "match: [白茶很好,").replacing(
            "clear: [全网第一, 很好]", with: "clear: [{text: 全网第一, listing: true}, 很好]")
        let report = RuleGate.examine([SamplePacks.file(text)])
        #expect(report.loaded.ruleSet != nil)
        #expect(report.ruleSet == nil)
        let failures = try #require(report.examples).failures
        #expect(failures.map(\.rule) == ["tea.cure", "tea.rest"])
        #expect(failures.map(\.example.text) == ["白茶很好", "全网第一"])
        guard case .missed(let reading) = failures[0].cause, case .raised = failures[1].cause else {
            Issue.record("\(failures)")
            return
        }
        #expect(reading.reasonNotFired(failures[0].number) == .missing(part: 2, terms: ["降血脂", "治病"]))
    }

    @Test func `tries no example of a pack with an error`() {
        let report = RuleGate.examine([
            SamplePacks.file(SamplePacks.tea.replacing("severity: high", with: "severity: 高"))
        ])
        #expect(report.loaded.problems.map(\.message) == ["'高' is no 'severity'. Did you mean 'high'?"])
        #expect(report.examples == nil)
        #expect(report.ruleSet == nil)
    }
}

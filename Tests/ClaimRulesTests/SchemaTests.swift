import Foundation
import Testing

@testable import ClaimRules

@Suite struct `What is made of the table` {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized

    @Test func `is the schema in schemas`() throws {
        let file = try String(contentsOf: Self.root.appending(path: "schemas/rulepack.v1.json"), encoding: .utf8)
        #expect(
            file == RuleLanguage.schema,
            "schemas/rulepack.v1.json is out of date: claimwatch schema rulepack > schemas/rulepack.v1.json")
    }

    @Test func `is the reference in the guide for authors`() throws {
        let file = try String(contentsOf: Self.root.appending(path: "deploy/rules/README.md"), encoding: .utf8)
        let parts = file.components(separatedBy: "<!-- reference: begin -->\n")
        #expect(parts.count == 2)
        let reference = parts.last?.components(separatedBy: "<!-- reference: end -->").first
        #expect(
            reference == RuleLanguage.guide,
            "deploy/rules/README.md is out of date: put `claimwatch guide` between its markers")
    }

    @Test(arguments: ["window"]) func `is a pattern of spans that agrees with the reader`(key: String) throws {
        guard case .duration(let range) = RuleLanguage.rule[.window].shape else { Issue.record("no span"); return }
        for (unit, most) in [("s", 100_000), ("m", 3_000), ("h", 100)] {
            let length = try #require(DayAndSpan.milliseconds("1\(unit)"))
            let numbers = try Regex(
                RangePattern.of((range.lowerBound + length - 1) / length...range.upperBound / length))
            for number in 0...most {
                let isWithin = range.contains(Int64(number) * length)
                #expect(((try numbers.wholeMatch(in: "\(number)")) != nil) == isWithin, "\(number)\(unit)")
            }
        }
    }

    @Test func `is a pattern of any range`() throws {
        for (least, most) in [(0, 0), (0, 9), (1, 10), (7, 123), (95, 105), (100, 999), (99, 1000), (123, 456)] {
            let pattern = try Regex(RangePattern.of(Int64(least)...Int64(most)))
            for number in 0...1100 {
                #expect(((try pattern.wholeMatch(in: "\(number)")) != nil) == (least...most).contains(number))
            }
        }
    }
}

import ClaimRules
import LiveEvents
import RuleTesting
import Testing

@testable import claimwatch

/// What `explain`, `test` and `check --json` show, in both languages.
@Suite struct `Screens of rule authors` {
    private let loaded = RulePackLoader.load([
        PackFile(
            path: "tea.yaml",
            bytes: Array(
                """
                pack: tea
                requires: claimwatch/1
                rules:
                  - id: tea.cure
                    title: 茶叶治病
                    title_en: Tea that cures
                    severity: high
                    legal_basis: [{law: 广告法, article: 第十七条}]
                    product: {category: [茶]}
                    match: {all: [[白茶], [降血脂, 治病]], within: 8}
                    unless: [不能治病]
                    examples:
                      match: [白茶降血脂, 这个茶能治病]
                      clear: [{text: 白茶降血脂, listing: true, category: 茶}, 白茶不能治病]
                  - id: tea.first
                    title: 全网第一
                    severity: low
                    legal_basis: [{law: 广告法, article: 第九条}]
                    match: {any: [全网第一, 第一]}
                    evasion: {gaps: 1}
                    examples: {match: [全网第一, 第-一], clear: [好茶, 好喝]}

                """.utf8))
    ])

    private static let texts = [
        "这个白茶降血脂，全网第-一的",
        "这个白茶，你听我说啊，喝上三个月，它降血脂",
        "白茶不能治病",
        String(repeating: "今天给大家带来的是", count: 6) + "第一的白茶，" + String(repeating: "家人们看一下这个颜色", count: 6),
        "天气不错",
    ]

    @Test(arguments: Language.allCases, [80, 120])
    func `of explain answer first, and fit`(language: Language, columns: Int) throws {
        let ruleSet = try #require(loaded.ruleSet)
        var screens: [String] = []
        for text in Self.texts {
            let sample = SampleRun(text: text)
            let reading = RuleReading(sample, ruleSet: ruleSet)
            let alerts = try sample.alerts(ruleSet)
            let lines =
                OutcomeList(language: language, style: .plain, columns: columns, showsAll: false).lines(
                    reading, fired: alerts)
                + [""] + HitList(language: language, style: .plain, columns: columns).lines(reading)
            for line in lines.flatMap({ $0.split(separator: "\n") }) {
                #expect(DisplayText.width(String(line)) <= columns, "\(line)")
            }
            screens.append(lines.joined(separator: "\n"))
        }
        if columns == 80 {
            try Screen.expect(screens.joined(separator: "\n\n"), is: "explain.\(language.rawValue).txt")
        }
    }

    @Test(arguments: Language.allCases)
    func `of test say what failed and why`(language: Language) throws {
        let text = ExampleFailureText(language: language)
        let failures = try ExampleTests.run(loaded).failures.map(text.paragraph)
        try Screen.expect(failures.joined(separator: "\n\n"), is: "test.\(language.rawValue).txt")
    }

    @Test func `of check are one JSON object in both languages`() throws {
        var writer = JSONWriter()
        CheckJSON.encode(loaded, Lint.findings(loaded.rules, day: "2026-11-28"), into: &writer)
        let json = String(decoding: writer.bytes, as: UTF8.self)
        #expect(json.hasPrefix(#"{"schema":"check.v1","valid":true,"ruleset":""#))
        #expect(
            json.contains(#""kind":"advice","code":"L13","rule":"tea.first","file":"tea.yaml","line":15,"column":5"#))
        #expect(json.contains(#""change":"删掉长的；如果短的太宽，就删短的。","change_en":"Delete the longer one"#))
    }
}

import ClaimRules
import RuleTesting
import Testing

/// What advice a pack gets, one row for what is found and one for what is nearly so.
@Suite struct `Linting` {
    private static func rule(
        _ id: String, _ rest: String, law: String = "{law: 广告法, article: 第九条}", status: String = "shadow"
    )
        -> String
    {
        "  - {id: \(id), title: 茶, title_en: Tea, severity: low, status: \(status), legal_basis: [\(law)], \(rest)}\n"
    }

    private static func findings(_ rules: String) throws -> [LintFinding] {
        let loaded = SamplePacks.load("pack: tea\nrequires: claimwatch/1\nrules:\n" + rules)
        try #require(loaded.ruleSet != nil, "\(loaded.problems)")
        return Lint.findings(loaded.rules, day: "2026-11-28")
    }

    struct Row: CustomTestStringConvertible {
        var name: String
        var rules: String
        /// Code, then what the reason must hold.
        var found: [(String, String)]
        var testDescription: String { name }
        init(_ name: String, _ rules: String, _ found: (String, String)...) {
            (self.name, self.rules, self.found) = (name, rules, found)
        }
    }

    static let rows: [Row] = [
        Row(
            "a law that ended",
            rule("a", "match: {any: [第一]}", law: "{law: 广告法, article: 第九条, from: 2015-09-01, to: 2025-10-14}"),
            ("L09", "2025-10-14")),
        Row(
            "a law that has not begun",
            rule("a", "match: {any: [第一]}", law: "{law: 广告法, article: 第九条, from: 2027-01-01}"), ("L09", "2027-01-01")),
        Row("a law on its last day", rule("a", "match: {any: [第一]}", law: "{law: 广告法, article: 第九条, to: 2026-11-28}")),
        Row(
            "a law on its first day", rule("a", "match: {any: [第一]}", law: "{law: 广告法, article: 第九条, from: 2026-11-28}")
        ),
        Row(
            "an old law beside the new one",
            rule(
                "a", "match: {any: [第一]}",
                law: "{law: 广告法, article: 第九条, to: 2025-10-14}, {law: 广告法, article: 第十条, from: 2025-10-15}")),
        Row(
            "a rule that is off",
            rule("a", "match: {any: [第一]}", law: "{law: 广告法, article: 第九条, to: 2025-10-14}", status: "off")),
        Row("a phrase that lies over no term", rule("a", "match: {any: [行业天花板]}, unless: [没有天花板]"), ("L10", "没有天花板")),
        Row("a phrase around a term", rule("a", "match: {any: [天花板]}, unless: [没有天花板]")),
        Row("a phrase that ends where a term begins", rule("a", "match: {any: [最好喝]}, unless: [不是最]")),
        Row("a phrase that begins where a term ends", rule("a", "match: {any: [全网第一]}, unless: [第一次]")),
        Row(
            "a phrase over a disguised term",
            rule("a", "match: {any: [行业天花板]}, unless: [没有天花板], evasion: {homophones: true}")),
        Row(
            "a word in two parts", rule("a", "match: {all: [[白茶, 降脂], [降脂, 治病]], within: 8}"), ("L12", "降脂")),
        Row("words of their own in each part", rule("a", "match: {all: [[白茶, 红茶], [降脂, 治病]], within: 8}")),
        Row("a term that holds a shorter one", rule("a", "match: {any: [第一, 全网第一]}"), ("L13", "「全网第一」 holds 「第一」")),
        Row("a term that folds to hold a shorter one", rule("a", "match: {any: [有效率九, 有效率98]}"), ("L13", "有效率98")),
        Row("the same with whole words", rule("a", "match: {any: [第一, 全网第一]}, evasion: {whole_words: true}")),
        Row("the same within so many characters", rule("a", "match: {all: [[第一, 全网第一], [茶]], within: 8}")),
        Row("terms that overlap", rule("a", "match: {any: [全网第一, 第一名]}")),
        Row(
            "a term that sounds like a common word", rule("a", "match: {any: [时见]}, evasion: {homophones: true}"),
            ("L17", "时间")),
        Row(
            "the same where it must be surer",
            rule("a", "match: {any: [时见]}, evasion: {homophones: true, min_score: 0.8}")),
        Row("the same without homophones", rule("a", "match: {any: [时见]}")),
        Row("a longer term", rule("a", "match: {any: [时见表]}, evasion: {homophones: true}")),
        Row(
            "a rule within another",
            rule("a", "category: x, match: {any: [第一, 顶级]}") + rule("b", "category: x, match: {any: [顶级]}"),
            ("L20", "a, which")),
        Row(
            "two rules alike: the later one",
            rule("a", "category: x, match: {any: [顶级]}") + rule("b", "category: x, match: {any: [顶级]}"),
            ("L20", "a, which")),
        Row(
            "a rule within another of another category",
            rule("a", "category: x, match: {any: [第一, 顶级]}") + rule("b", "category: z, match: {any: [顶级]}")),
        Row(
            "a rule within one for some goods only",
            rule("a", "category: x, match: {any: [第一, 顶级]}, product: {category: [茶]}")
                + rule("b", "category: x, match: {any: [顶级]}")),
        Row(
            "a rule within one that more phrases clear",
            rule("a", "category: x, match: {any: [第一, 顶级]}, unless: [不顶级]")
                + rule("b", "category: x, match: {any: [顶级]}")),
        Row(
            "a rule in force within one on trial",
            rule("a", "category: x, match: {any: [第一, 顶级]}")
                + rule(
                    "b", "category: x, match: {any: [顶级]}, examples: {match: [顶级, 最顶级], clear: [好, 坏]}",
                    status: "stable")),
    ]

    @Test(arguments: rows)
    func `finds`(row: Row) throws {
        let findings = try Self.findings(row.rules)
        #expect(findings.map(\.code.rawValue) == row.found.map(\.0), "\(findings.map(\.reason.english))")
        for (finding, expected) in zip(findings, row.found) { #expect(finding.reason.english.contains(expected.1)) }
        for finding in findings {
            for language in Language.allCases { #expect(!finding.change.text(in: language).isEmpty) }
            #expect(finding.reason.chinese != finding.reason.english)
        }
    }

    @Test func `is met by a row for each code`() {
        let found = Self.rows.flatMap { $0.found.map(\.0) } + `Linting expressions`.rows.flatMap { $0.found.map(\.0) }
        // Those that no row can show: names of lexicons, and what the reader says as well.
        let others = ["L24", "L27", "L28"]
        #expect(Set(found + others) == Set(LintFinding.Code.allCases.map(\.rawValue)))
    }

    @Test func `tells five of one kind, and how many more there are`() throws {
        let words = (1...9).map { "第一\("甲乙丙丁戊己庚辛壬".map(String.init)[$0 - 1])" }
        let findings = try Self.findings(Self.rule("a", "match: {any: [第一, \(words.joined(separator: ", "))]}"))
        #expect(findings.count == 5)
        #expect(findings.last?.reason.english.contains("(and 4 more like it)") == true)
        #expect(findings.last?.reason.chinese.contains("（还有 4 个这样的）") == true)
    }

    @Test func `says place, code, rule, reason and change in one line`() throws {
        let finding = try #require(try Self.findings(Self.rule("a", "match: {any: [第一, 全网第一]}")).first)
        #expect(
            finding.description(in: .english)
                == "tea.yaml:4:5: advice L13: a: 「全网第一」 holds 「第一」 of the same rule: who says the longer says the shorter, so the "
                + "longer adds nothing. Delete the longer one; or the shorter, if it finds too much.")
        #expect(
            finding.description(in: .chinese)
                == "tea.yaml:4:5: 建议 L13: a：「全网第一」含有同一条规则的「第一」，说了长的就一定说了短的，长的不起作用。删掉长的；如果短的太宽，就删短的。")
    }
}

import ClaimRules
import Foundation
import RuleTesting
import Testing

/// Advice on rules of claimwatch/2, at the line where it stands, and what is put right by itself.
@Suite struct `Linting expressions` {
    static let lexicon = """
        lexicon: h
        requires: claimwatch/2
        classes:
          act: [治好, 根治]
          ill: [糖尿病, 结节]
          time: [时见]
        guards:
          denied: {before: 4, any: [不能, 没法], then: clear}
        """

    private static func rule(_ rest: String, id: String = "a") -> String {
        let head = "  - id: \(id)\n    title: 茶\n    severity: low\n    status: shadow\n    category: x\n"
        let lines = rest.split(separator: "\n").map { "    \($0)\n" }.joined()
        return head + "    legal_basis: [{law: 广告法, article: 第九条}]\n" + lines
    }

    static func files(_ rules: String, lexicon: String = lexicon) -> [PackFile] {
        let pack = "pack: tea\nrequires: claimwatch/2\nrules:\n" + rules
        return [
            PackFile(path: "lexicon.yaml", bytes: Array(lexicon.utf8)),
            PackFile(path: "tea.yaml", bytes: Array(pack.utf8)),
        ]
    }

    struct Row: CustomTestStringConvertible {
        var name: String
        var rules: String
        /// Code, line and column, and what the reason must hold.
        var found: [(String, String, String)]
        var testDescription: String { name }
        init(_ name: String, _ rules: String, _ found: (String, String, String)...) {
            (self.name, self.rules, self.found) = (name, rules, found)
        }
    }

    /// Uses every name of the lexicon, so that no row is told of them.
    static let users = rule(
        "match: {seq: [\"@h.act\", {gap: 0..4}, \"@h.ill|@h.time\"]}\nunless: [\"@h.denied\"]", id: "users")

    static let rows: [Row] = [
        Row("nothing", rule("match: [茶饼]")),
        Row(
            "a product that leaves out what it asks for", rule("match: [茶饼]\nproduct: {category: [茶], not: [茶]}"),
            ("L01", "11:5", "leaves out every category")),
        Row("a product that leaves out a part", rule("match: [茶饼]\nproduct: {category: [茶], not: [药茶]}")),
        Row(
            "facts that exclude one another",
            rule("match: [茶饼]\nfacts: [{fact: price, above: 50元}, {fact: price, below: 20元}]"),
            ("L01", "11:20", "above a number and below a smaller one")),
        Row(
            "facts between two numbers",
            rule("match: [茶饼]\nfacts: [{fact: price, above: 20元}, {fact: price, below: 50元}]")),
        Row(
            "a guard over every word of a part",
            rule("match: {near: [[治好], [糖尿病]], within: 12}\nunless:\n  - {clause: [治好, 没法]}"),
            ("L01", "12:19", "every word of part 1")),
        Row(
            "a guard over a word of a part",
            rule("match: {near: [[治好, 根治], [糖尿病]], within: 12}\nunless:\n  - {clause: [治好, 没法]}"),
            ("L16", "12:19", "「治好」 is a word of part 1")),
        Row(
            "the same before the hit",
            rule("match: {near: [[治好, 根治], [糖尿病]], within: 12}\nunless:\n  - {before: 4, any: [治好, 没法]}")),
        Row(
            "a rule that is over", rule("match: [茶饼]\nto: 2026-06-30"), ("L08", "11:5", "until 2026-06-30")),
        Row("a rule on its last day", rule("match: [茶饼]\nto: 2026-11-28")),
        Row("a phrase that overlaps no term", rule("match: [行业天花板]\nunless: [没有天花板]"), ("L10", "11:14", "没有天花板")),
        Row(
            "a guard over its own example",
            rule(
                "match: [治好]\nunless: [\"@h.denied\"]\nexamples:\n  match: [\"不能不治好\", 治好了]\n  clear: [茶, 好]"),
            ("L11", "13:15", "cleared by the guard h.denied (「不能」)"),
            ("L22", "13:15", "need no quotes")),
        Row(
            "a word in two parts", rule("match: {near: [[白茶, 降脂], [降脂, 治病]], within: 8}"),
            ("L12", "10:25", "「降脂」 stands in two parts")),
        Row(
            "a term that holds a shorter one", rule("match:\n  - 第一\n  - 全网第一"), ("L13", "12:9", "「全网第一」 holds 「第一」")),
        Row("the same under different forms", rule("match: {near: [[第一, 全网第一], [茶]], within: 8}")),
        Row(
            "a guard for one character in a sentence", rule("match: [治好]\nunless: [{sentence: [不]}]"),
            ("L15", "11:26", "the one character 「不」")),
        Row("the same in a few characters", rule("match: [治好]\nunless: [{before: 4, any: [不]}]")),
        Row(
            "a class with the sound of a common word",
            rule("match: {near: [\"@h.time\", [茶]], within: 8}\nevasion: {homophones: true}"),
            ("L17", "", "「时间」")),
        Row(
            "a rule within another", rule("match: [顶级, 极致]") + rule("match: [顶级]", id: "b"), ("L20", "11:5", "a, which")
        ),
        Row(
            "two rules of one form",
            rule("match: {seq: [顶级, {gap: 0..3}, 茶]}") + rule("match: {seq: [顶级, {gap: 0..3}, 茶]}", id: "b"),
            ("L20", "11:5", "a, which")),
        Row(
            "two rules of one form, of which the first has a guard",
            rule("match: {seq: [顶级, {gap: 0..3}, 茶]}\nunless: [\"@h.denied\"]")
                + rule("match: {seq: [顶级, {gap: 0..3}, 茶]}", id: "b"),
            ("L20", "4:5", "b, which")),
        Row(
            "two rules of one form with guards of their own",
            rule("match: {seq: [顶级, {gap: 0..3}, 茶]}\nunless: [\"@h.denied\"]")
                + rule("match: {seq: [顶级, {gap: 0..3}, 茶]}\nunless: [{before: 2, any: [没]}]", id: "b")),
        Row("all with a stretch", rule("match: {all: [白茶, 降脂], within: 8}"), ("L21", "10:13", "is near")),
        Row("all without", rule("match: {all: [白茶, 降脂]}")),
        Row("needless quotes", rule("match: [\"白茶\", \"K9\", \"好, 茶\"]"), ("L22", "10:13", "「白茶」 need no quotes")),
        Row(
            "a gap wider than the whole", rule("match: {seq: [白茶, {gap: 0..30}, 降脂], within: 12}"),
            ("L23", "10:29", "gap: 0..30 is wider than within: 12")),
        Row("a gap as wide", rule("match: {seq: [白茶, {gap: 0..12}, 降脂], within: 12}")),
        Row(
            "a unit behind a number", rule("match: {seq: [瘦, {gap: 0..2}, {number: {}}, 斤]}"),
            ("L25", "10:49", "the unit 「斤」")),
        Row("a word behind a number", rule("match: {seq: [满, {gap: 0..2}, {number: {}}, 送]}")),
        Row(
            "exemptions that lower nothing",
            rule("match: [顶级]\nexempt: {usage: [饭后]}\nbind: [{when: {}, severity: low, exempt: false}]"),
            ("L26", "11:5", "every binding")),
        Row(
            "the order that a sequence has", rule("match: {seq: [白茶, {gap: 0..3}, 降脂], order: written}"),
            ("L29", "10:41", "order written")),
        Row("a word said twice in a sequence", rule("match: {seq: [好, {gap: 0..3}, 好]}"), ("L12", "", "「好」")),
    ]

    private static func findings(_ files: [PackFile]) throws -> [LintFinding] {
        let loaded = RulePackLoader.load(files)
        try #require(loaded.ruleSet != nil, "\(loaded.problems)")
        return Lint.findings(files, loaded, day: "2026-11-28")
    }

    @Test(arguments: rows)
    func `finds`(row: Row) throws {
        let findings = try Self.findings(Self.files(row.rules + Self.users))
        #expect(findings.map(\.code.rawValue) == row.found.map(\.0), "\(findings.map { $0.description(in: .english) })")
        for (finding, expected) in zip(findings, row.found) {
            #expect(finding.reason.english.contains(expected.2))
            let place = "\(finding.location.line):\(finding.location.column)"
            if finding.location.file == "tea.yaml", !expected.1.isEmpty { #expect(place == expected.1) }
            #expect(finding.reason.chinese != finding.reason.english && !finding.change.chinese.isEmpty)
        }
    }

    @Test func `tells names that nothing uses`() throws {
        let findings = try Self.findings(Self.files(Self.rule("match: [\"@h.act\"]")))
        #expect(
            findings.map { "\($0.code.rawValue) \($0.rule) \($0.location): \($0.reason.english)" } == [
                "L24 h lexicon.yaml:5:3: no rule uses h.ill, h.time, h.denied."
            ])
    }

    @Test(arguments: ["zh", "en"])
    func `has a row of the guide for each code`(language: String) throws {
        let page = URL(filePath: #filePath).appending(path: "../../../docs/rules/\(language)/advice.md").standardized
        let text = try String(contentsOf: page, encoding: .utf8)
        for code in LintFinding.Code.allCases { #expect(text.contains("| \(code.rawValue) | "), "\(code.rawValue)") }
    }

    // MARK: Fixes

    @Test(
        arguments: [
            ("match: [\"白茶\", K9]", "match: [白茶, K9]"),
            ("match: [减肥, 瘦身, 減肥]", "match: [减肥, 瘦身]"),
            ("match: [减肥, 減肥, 瘦身]  # 注", "match: [减肥, 瘦身]  # 注"),
            ("match:\n  - 减肥\n  - 減肥  # 繁体\n  - 瘦身", "match:\n  - 减肥\n  # 繁体\n  - 瘦身"),
            ("match: [减肥,\n  減肥,\n  瘦身]", "match: [减肥,\n  瘦身]"),
            ("match: [\" 减肥 \"]", "match: [减肥]"),
            ("match: {seq: [好, {gap: 0..3}, 好], order: written}", "match: {seq: [好, {gap: 0..3}, 好]}"),
            ("match:\n  order: any\n  all: [[茶], [饼]]\n  within: 5", "match:\n  near: [[茶], [饼]]\n  within: 5"),
            ("match: [茶饼]\nunless: [不是茶饼, 不是茶饼]", "match: [茶饼]\nunless: [不是茶饼]"),
        ])
    func `puts right what needs no thought, and leaves the rest of the text`(old: String, new: String) throws {
        let files = Self.files(Self.rule(old))
        let fixed = Lint.fixed(files)
        let text = String(decoding: fixed[1].bytes, as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter {
            !$0.allSatisfy { $0 == " " }
        }
        let expected = String(decoding: Self.files(Self.rule(new))[1].bytes, as: UTF8.self)
        #expect(lines == expected.split(separator: "\n"), "\(text)")
        #expect(Lint.fixed(fixed)[1].bytes == fixed[1].bytes)
        #expect(RulePackLoader.load(fixed).ruleSet != nil)
    }
}

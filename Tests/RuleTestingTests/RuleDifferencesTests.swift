import ClaimRules
import LiveEvents
import RuleTesting
import Testing

@Suite struct `Differences of rules` {
    private static let fields: [(name: String, text: String)] = [
        ("revision", "revision: 1"), ("status", "status: stable"), ("title", "title: 茶"), ("title_en", "title_en: Tea"),
        ("category", "category: tea.cure"), ("severity", "severity: medium"),
        ("legal_basis", "legal_basis: [{law: 广告法, article: 第九条, from: 2015-09-01}]"),
        ("legal_track", "legal_track: ad_law"),
        ("applies_to", "applies_to: [speech, listing]"), ("product", "product: {category: [食品], not: [药品]}"),
        ("match", "match: {all: [[白茶, 普洱], [降血脂]], within: 8}"), ("unless", "unless: [不能降血脂]"),
        ("evasion", "evasion: {gaps: 1}"), ("window", "window: 10m"), ("threshold", "threshold: 1"),
        ("examples", "examples: {match: [白茶降血脂, 普洱降血脂], clear: [好茶, 好喝]}"),
    ]

    private static func rules(_ changed: String? = nil, to text: String = "", id: String = "tea.cure") throws -> [Rule]
    {
        let lines = fields.map { "    " + ($0.name == changed ? text : $0.text) }
        let loaded = SamplePacks.load(
            "pack: tea\nrequires: claimwatch/1\nrules:\n  - id: \(id)\n" + lines.joined(separator: "\n") + "\n")
        try #require(loaded.ruleSet != nil, "\(loaded.problems)")
        return loaded.rules
    }

    @Test func `of rules with themselves are none`() throws {
        #expect(RuleDifferences(old: try Self.rules(), new: try Self.rules()).isEmpty)
    }

    @Test(
        arguments: [
            ("revision", "revision: 2", "1 → 2"), ("status", "status: shadow", "stable → shadow"),
            ("title", "title: 白茶", "茶 → 白茶"), ("title_en", "title_en: White tea", "Tea → White tea"),
            ("category", "category: tea", "tea.cure → tea"), ("severity", "severity: high", "medium → high"),
            (
                "legal_basis", "legal_basis: [{law: 广告法, article: 第十条}]", "+ 广告法 第十条 − 广告法 第九条 2015-09-01…"
            ),
            ("legal_track", "legal_track: price", "ad_law → price"),
            ("applies_to", "applies_to: [speech]", "+  − listing"),
            ("product", "product: {category: [食品, 茶], not: [药品]}", "+ 茶 − "),
            ("match", "match: {all: [[白茶], [降血脂, 降压]], within: 8}", "+ 降压 − 普洱"),
            (
                "match", "match: {all: [[白茶, 普洱], [降血脂]], within: 9}",
                "near(words words; within 8 sentence) → near(words words; within 9 sentence)"
            ),
            ("unless", "unless: [不能降血脂, 不降血脂]", "+ 不降血脂 − "),
            ("evasion", "evasion: {fillers: true}", "gaps: 1 → fillers: true"),
            ("window", "window: 90s", "10m → 90s"), ("threshold", "threshold: 2", "1 → 2"),
            ("examples", "examples: {match: [白茶降血脂, 普洱降血脂], clear: [好茶, 好水]}", "+ 好水 − 好喝"),
        ])
    func `name the field, from what and to what`(field: String, text: String, change: String) throws {
        let differences = RuleDifferences(old: try Self.rules(), new: try Self.rules(field, to: text))
        #expect(differences.added.isEmpty && differences.removed.isEmpty)
        let changed = try #require(differences.changed.first)
        #expect(
            changed.changes.map { change in
                guard change.added.isEmpty, change.removed.isEmpty else {
                    return "+ \(change.added.joined(separator: ", ")) − \(change.removed.joined(separator: ", "))"
                }
                return "\(change.old ?? "") → \(change.new ?? "")"
            } == [change])
        #expect(changed.changes.first?.field == field)
        #expect(changed.lacksRevision == !["revision", "title", "title_en", "examples"].contains(field))
    }

    @Test func `tell what was added and removed`() throws {
        let differences = RuleDifferences(old: try Self.rules(), new: try Self.rules(id: "tea.other"))
        #expect(differences.added.map(\.id) == ["tea.other"])
        #expect(differences.removed.map(\.id) == ["tea.cure"])
        #expect(differences.changed.isEmpty)
    }

    /// An author who moves words into a list, or rules about in a file, changes no rule.
    @Test func `leave alone where words and rules stand`() throws {
        let moved = SamplePacks.load(
            "\n\npack: tea\nrequires: claimwatch/1\nlists: {drinks: [白茶, 普洱]}\nrules:\n  - id: tea.cure\n"
                + Self.fields.map { field in
                    "    " + (field.name == "match" ? "match: {all: [\"@drinks\", [降血脂]], within: 8}" : field.text)
                }.joined(separator: "\n") + "\n")
        try #require(moved.ruleSet != nil, "\(moved.problems)")
        #expect(RuleDifferences(old: try Self.rules(), new: moved.rules).isEmpty)
    }

    // MARK: Expressions

    private static func form(_ rest: String) throws -> [Rule] {
        let loaded = SamplePacks.load(
            """
            pack: tea
            requires: claimwatch/2
            lists: {fibre: [羊毛, 涤纶]}
            rules:
              - id: tea.cure
                status: shadow
                title: 茶
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]

            """ + rest.split(separator: "\n").map { "    \($0)\n" }.joined())
        try #require(loaded.ruleSet != nil, "\(loaded.problems)")
        return loaded.rules
    }

    @Test(
        arguments: [
            (
                "match: [治病, \"@fibre\"]\nunless: [{before: 4, any: [不能], name: said}]",
                "match: [治病, \"@fibre\"]\nunless: [{before: 6, any: [不能, 没法], then: lower, name: said}]",
                "guards + said {before: 6, any: [不能, 没法], then: lower} − said {before: 4, any: [不能], then: clear}"
            ),
            (
                "match: [治病, \"@fibre\"]\nfacts: [{fact: price, above: 20元}]",
                "match: [治病, \"@fibre\"]\nfacts: [{fact: price, above: 30元, by: 10%}]",
                "facts + price above: 3000, by: 10% − price above: 2000"
            ),
            (
                "match: [治病, \"@fibre\"]\nbind: [{when: {category: [食品]}, severity: high}, {when: {}}]",
                "match: [治病, \"@fibre\"]\nbind: [{when: {category: [食品]}, severity: medium}, {when: {}}]",
                "bind + when {category: [食品]} medium − when {category: [食品]} high"
            ),
            (
                "score: {window: 3m, threshold: 1, weights: {\"@fibre\": 1.2}}",
                "score: {window: 3m, threshold: 1.1, weights: {\"@fibre\": 1.5}}",
                "score + window 3m, threshold 1.1, min_distinct 1, @fibre 1.5 − window 3m, threshold 1.0, min_distinct 1, "
                    + "@fibre 1.2"
            ),
            (
                "match: [治病, \"@fibre\"]\nunless: [不能治病]", "match: [治病, \"@fibre\"]\nunless: [没法治病]",
                "unless + 没法治病 − 不能治病"
            ),
        ])
    func `say what changed of guards, facts, bindings and scores`(old: String, new: String, change: String) throws {
        let differences = RuleDifferences(old: try Self.form(old), new: try Self.form(new))
        let changes = try #require(differences.changed.first).changes
        #expect(
            changes.map {
                "\($0.field) + \($0.added.joined(separator: ", ")) − \($0.removed.joined(separator: ", "))"
            } == [change])
    }
}

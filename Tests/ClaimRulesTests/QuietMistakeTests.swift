@testable import ClaimRules
import Testing

/// What loaded and found nothing, or was told of something else: the mistake itself is told, with its place and its cure.
@Suite struct `Mistakes that were quiet` {
    struct Row: Sendable, CustomTestStringConvertible {
        /// The line of a rule, by its key.
        let line: String
        /// Place, English, Chinese.
        let problems: [(String, String, String)]
        var testDescription: String { line }

        init(_ line: String, _ problems: (String, String, String)...) { (self.line, self.problems) = (line, problems) }

        var key: String { String(line.prefix { $0 != ":" }) }
    }

    // swift-format-ignore
    static let rows: [Row] = [
        Row(#"match: {seq: ["@health.cure", gap 0..6, "@health.disease"]}"#,
            ("9:35", "E103: 'gap 0..6' has no braces and would be looked for as a term. Write {gap: 0..6}.",
             "'gap 0..6' 没有花括号，会当成一个词来找。写 {gap: 0..6}。")),
        Row(#"match: {seq: ["@health.cure", "gap:0..6", "@health.disease"]}"#,
            ("9:35", "E103: 'gap:0..6' has no braces and would be looked for as a term. Write {gap: 0..6}.",
             "'gap:0..6' 没有花括号，会当成一个词来找。写 {gap: 0..6}。")),
        Row(#"match: {seq: ["@health.cure", gap 6, "@health.disease"]}"#,
            ("9:35", "E103: 'gap 6' has no braces and would be looked for as a term. Write {gap: 6}.",
             "'gap 6' 没有花括号，会当成一个词来找。写 {gap: 6}。")),
        Row(#"match: {seq: ["@health.cure", 0..6, "@health.disease"]}"#,
            ("9:35", "E103: '0..6' has no braces and would be looked for as a term. Write {gap: 0..6}.",
             "'0..6' 没有花括号，会当成一个词来找。写 {gap: 0..6}。")),
        Row(#"match: {seq: ["@health.cure", gapped 6, "@health.disease"]}"#),
        Row(#"match: ["“@health.cure”", 包好]"#,
            ("9:13", "E123: '“@health.cure”' is taken as a term, for its signs are full-width. Write \"@health.cure\".",
             "'“@health.cure”' 的符号是全角的，会当成一个词来找。写 \"@health.cure\"。")),
        Row(#"match: ["＠health.cure", 包好]"#,
            ("9:13", "E123: '＠health.cure' is taken as a term, for its signs are full-width. Write \"@health.cure\".",
             "'＠health.cure' 的符号是全角的，会当成一个词来找。写 \"@health.cure\"。")),
        Row(#"match: “@health.cure”"#,
            ("9:12", "E123: '“@health.cure”' is taken as a term, for its signs are full-width. Write \"@health.cure\".",
             "'“@health.cure”' 的符号是全角的，会当成一个词来找。写 \"@health.cure\"。")),
        Row(#"match: ["根治"，"包好"]"#,
            ("9:17", "–: '，' is a Chinese sign, which YAML does not know. Write ', '.", "'，' 是中文标点，YAML 不认。写半角的 ', '。")),
        Row(#"match: {any: ["根治"、 "包好"]}"#,
            ("9:23", "–: '、' is a Chinese sign, which YAML does not know. Write ', '.", "'、' 是中文标点，YAML 不认。写半角的 ', '。")),
        Row(#"match: {any: ["根治", "包好"]，within: 3}"#,
            ("9:30", "–: '，' is a Chinese sign, which YAML does not know. Write ', '.", "'，' 是中文标点，YAML 不认。写半角的 ', '。")),
        Row(#"match: {"any"：["根治"]}"#,
            ("9:18", "–: '：' is a Chinese sign, which YAML does not know. Write ': '.", "'：' 是中文标点，YAML 不认。写半角的 ': '。")),
        Row(#"examples: {match: ["能根治"，"包根治"], clear: [很好, 真好]}"#,
            ("10:29", "–: '，' is a Chinese sign, which YAML does not know. Write ', '.", "'，' 是中文标点，YAML 不认。写半角的 ', '。")),
        Row(#"examples: {match: [“能根治”，“包根治”], clear: [很好, 真好]}"#,
            ("10:24", "–: “” and '，' are Chinese signs, and YAML takes all for one text. Write \"…\", \"…\".",
             "“” 和 '，' 是中文标点，YAML 当成一整段文字。写 \"…\", \"…\"。")),
        Row(#"examples: {match: [能根治，也包好, 他说“能根治”，“包好”的], clear: [很好, 真好]}"#),
        Row("from: 2026-6-10",
            ("11:11", "–: a day has four digits of the year and two each of month and day. Write 2026-06-10, not '2026-6-10'.",
             "日期写成四位年、两位月、两位日：'2026-6-10' 写成 2026-06-10。")),
        Row("from: 2026/06/10",
            ("11:11", "–: a day has four digits of the year and two each of month and day. Write 2026-06-10, not '2026/06/10'.",
             "日期写成四位年、两位月、两位日：'2026/06/10' 写成 2026-06-10。")),
        Row("from: 2026年6月1日",
            ("11:11", "–: a day has four digits of the year and two each of month and day. Write 2026-06-01, not '2026年6月1日'.",
             "日期写成四位年、两位月、两位日：'2026年6月1日' 写成 2026-06-01。")),
        Row("from: 2026-2-30",
            ("11:11", "–: '2026-2-30' is no day of the calendar. Write it like 2015-09-01.",
             "'2026-2-30' 不是日历上的一天。写成 2015-09-01 这样。")),
        Row(#"match: ["@cure", 包好]"#,
            ("9:13", "E121: there is no list 'cure' in this pack. Did you mean \"@health.cure\"?", "本包没有词表 'cure'。要写 \"@health.cure\" 吗？")),
        Row(#"match: ["@helth.cure", 包好]"#,
            ("9:13", "E121: there is no lexicon 'helth'. Did you mean \"@health.cure\"?", "没有词库 'helth'。要写 \"@health.cure\" 吗？")),
        Row(#"unless: ["@health.negatd"]"#,
            ("11:14", "E121: the lexicon health has no 'negatd'. Did you mean \"@health.negated\"?",
             "词库 health 里没有 'negatd'。要写 \"@health.negated\" 吗？")),
    ]

    @Test(arguments: rows)
    func `are told where they stand`(row: Row) {
        var lines = ["match": "match: [\"@health.cure\"]"]
        lines[row.key] = row.line
        let loaded = Packs.load(Packs.one(Packs.rule(lines), version: 2), Packs.health)
        #expect(
            loaded.problems.map {
                [
                    "\($0.location.line):\($0.location.column)", "\($0.code?.rawValue ?? "–"): \($0.message)",
                    $0.wording.chinese,
                ]
            } == row.problems.map { [$0.0, $0.1, $0.2] })
    }

    // swift-format-ignore
    static let brokenLexicons: [(String, String)] = [
        ("lexicon: health\nrequires: claimwatch/2\nclasses:\n  cure: [\"根治\"，包好]\n", "4:14"),
        ("lexicon: health\nrequires: claimwatch/2\nclasses: {cure: [根治]\n", "4:1"),
        ("lexicon: health\nrequires: claimwatch/2\nclasses: [根治]\n", "3:10"),
        ("lexicon: Health\nrequires: claimwatch/2\nclasses: {cure: [根治]}\n", "1:10"),
        ("lexicon: health\nrequires: claimwatch/2\nguards: {negated: {befor: 10, any: [不]}}\nclasses: {cure: [根治]}\n", "3:20"),
    ]

    /// The rule that cites it has no fault of its own.
    @Test(arguments: brokenLexicons)
    func `in a lexicon are told alone`(lexicon: String, place: String) {
        let rule = Packs.rule(["match": "match: [\"@health.cure\"]", "unless": "unless: [\"@health.negated\"]"])
        let loaded = Packs.load(Packs.one(rule, version: 2), lexicon)
        #expect(loaded.ruleSet == nil)
        #expect(loaded.problems.map { "\($0.location)" } == ["p1.yaml:\(place)"], "\(loaded.problems)")
    }

    @Test func `a fault of another lexicon hides none`() {
        let rule = Packs.rule(["match": "match: [\"@shop.sell\"]"])
        let loaded = Packs.load(
            Packs.one(rule, version: 2), "lexicon: health\nrequires: claimwatch/2\nclasses: {cure: [根治]\n")
        #expect(loaded.problems.map { $0.code } == [.unknownClass, nil])
    }

    @Test func `a pack without its lexicon is told to be read with it`() {
        let loaded = Packs.load(Packs.one(Packs.rule(["match": "match: [\"@health.cure\"]"]), version: 2))
        #expect(
            loaded.problems.map(\.wording) == [
                Wording(
                    "没有词库 'health'。一个词库也没读到：检查时给出放规则包和词库的文件夹，不要只给一个文件。",
                    "there is no lexicon 'health'. No lexicon was read at all. Name the folder that holds packs and lexicons, not one file."
                )
            ])
    }

    @Test func `lexicons alone find nothing`() {
        let loaded = Packs.load(Packs.health)
        #expect(loaded.problems.map { "\($0.location): \($0.kind)" } == ["p0.yaml:1:1: warning"])
        #expect(loaded.problems.first?.message.hasPrefix("there are only lexicons here and no packs") == true)
    }

    @Test func `numbers written another way may have room where the words have none`() {
        let lines = ["match": "match: {all: [[百分之百], [有效]], within: 5}"]
        #expect(Packs.load(Packs.one(Packs.rule(lines))).problems.contains { $0.code == .withinTooShort })
        let spared = lines.merging(["evasion": "evasion: {numbers: true}"]) { $1 }
        #expect(!Packs.load(Packs.one(Packs.rule(spared))).problems.contains { $0.code == .withinTooShort })
    }
}

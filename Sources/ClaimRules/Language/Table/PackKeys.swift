extension RuleLanguage {
    static let pack = LanguageObject(
        .pack, "a pack",
        title: Wording("规则包", "A pack"),
        summary: Wording("一个文件就是一个规则包。", "One file is one pack."),
        planned: [.from, .scope],
        [
            Entry(
                .pack, .identifier,
                .required(add: Wording("包名，写成 pack: NAME，不与别的文件重复", "'pack: NAME', a name no other file has")),
                chinese: "包名，不与别的文件重复；提示里用它指明规则出自哪里。",
                english: "The pack's name, which no other file has.",
                example: "tea", mistakes: ["规则包", "包名", "名称", "name"]),
            Entry(
                .requires, .choice(Choice(LanguageVersion.self, meaning)),
                .required(
                    add: Wording(
                        "版本：requires: \(LanguageVersion.current.rawValue)",
                        "'requires: \(LanguageVersion.current.rawValue)'")),
                chinese: "本包所用的规则语言版本。",
                english: "The version of the rule language that the pack is written in.",
                example: LanguageVersion.current.rawValue, mistakes: ["版本要求", "version"]),
            Entry(
                .title, text, chinese: "给人看的包标题，用中文。", english: "The pack's title in Chinese.",
                example: "广告法绝对化用语", mistakes: ["标题", "title_zh"]),
            Entry(
                .titleEn, text, chinese: "包标题的英文。", english: "The pack's title in English.",
                example: "Superlatives in advertising law", mistakes: ["英文标题"]),
            Entry(
                .lists,
                .map(key: .listName, of: .list(of: .term, count: 1...PackLimits.termsPerRule), limit: PackLimits.lists),
                chinese: "本包几条规则共用的词表，在放词的地方用 \"@名字\" 引用；词表里也可以引用词表。",
                english:
                    "Shared lists of terms. Where terms stand, \"@name\" stands for the list; lists may name lists.",
                example: "{drinks: [普洱茶, 白茶]}", mistakes: ["词表", "list"]),
            Entry(
                .aliases,
                .map(
                    key: .word, of: .list(of: .either([.word, .object(.alias)]), count: 1...PackLimits.aliasesPerTerm),
                    limit: PackLimits.aliasedTerms),
                chinese: "暗语：冒号前是规则里的词，后面是代替它的说法；本包里用到这个词的规则都认。日常词别写。",
                english: "Words that stand for a term. They serve every rule of the pack that has exactly that term. "
                    + "Leave ordinary words out.",
                example: "{微信: [葳信, {term: 绿泡泡, score: 0.8}]}", mistakes: ["别名", "暗语", "黑话"]),
            Entry(
                .jurisdictions, jurisdictions, since: .two, chinese: "本包只管这些地区：没有自己写 `jurisdictions` 的规则都用它。",
                english: "The regions of the pack: for every rule that has no `jurisdictions` of its own.",
                example: "[\"3207\"]", mistakes: ["地区", "辖区"]),
            Entry(
                .screen, .object(.screen), since: .two,
                chinese: "本包看一段话的规则都问这个筛子；自己写了 `screen` 的规则用自己的。",
                english: "The screen that every rule of the pack asks that looks at one text and has none of its own.",
                example: "{model: unlawful-talk, min: 0.1, without_model: keep}", mistakes: ["筛子", "模型"]),
            Entry(
                .open, openQuestions, since: .two, chinese: "本包的规则都要请人核对的法律问题；改变不了任何告警。",
                english:
                    "Questions of law about all rules of the pack that a person has to settle. They change no alert.",
                example: "网络交易监督管理办法修正后的条号未核对", mistakes: ["待核对", "问题", "todo"]),
            Entry(
                .rules, .list(of: .object(.rule), count: 1...PackLimits.rules),
                .required(add: Wording("规则，一条一个 '- '", "a list of rules")),
                chinese: "规则，一条一个 “- ”。", english: "The rules, each with a dash.",
                example: """
                    [{id: tea.lipids, title: 茶叶宣称降血脂, title_en: Tea said to lower blood lipids, severity: high, \
                    legal_basis: [{law: 食品安全法, article: 第七十三条}], match: {any: [茶降血脂]}, \
                    examples: {match: [这个茶降血脂, 白茶降血脂], clear: [这个茶好喝, 白茶解渴]}}]
                    """,
                mistakes: ["规则"]),
        ])

    /// GB/T 2260 codes or their beginnings.
    static let jurisdictions = Shape.list(
        of: .text(limit: 12, numbers: .allowed), count: 1...PackLimits.entries)

    /// One question of law, or several.
    static let openQuestions: Shape = {
        let question = Shape.text(limit: PackLimits.questionLength, numbers: .refused)
        return .either([question, .list(of: question, count: 1...PackLimits.openQuestions)])
    }()

    /// Titles, names of laws and categories.
    static let text = Shape.text(limit: PackLimits.textLength, numbers: .refused)

    static func meaning(_ version: LanguageVersion) -> (chinese: String, english: String, mistakes: [String]) {
        switch version {
        case .one: ("第一版：词表", "the first version: lists of terms", [])
        case .two: ("第二版：词库、先后、间隔、排除条件", "the second version: lexicons, sequences, gaps, guards", [])
        }
    }

    static let alias = LanguageObject(
        .alias, "an alias",
        title: Wording("暗语", "An alias"),
        summary: Wording("一个说法和它的依据；没有依据时直接写词。", "A word with the evidence for it; a bare word will do."),
        [
            Entry(
                .term, .word, .required(add: Wording("代替原词的说法", "the word that stands for the term")),
                chinese: "代替原词的说法。", english: "The word that stands for the term.", example: "葳信",
                mistakes: ["词", "别名"]),
            Entry(
                .score, .fraction(1...100), .optional(default: "0.9"),
                chinese: "有多可靠；与 `min_score` 比。",
                english: "How sure it is that the term is meant; `min_score` is held against it.",
                example: "0.5", mistakes: ["分数", "得分"]),
            Entry(
                .seen, .integer(0...1_000_000_000), .optional(default: "0"), chinese: "见过多少次，只作记录。",
                english: "How often it was seen; for the record.",
                example: "12", mistakes: ["次数"]),
            Entry(
                .source, .text(limit: PackLimits.textLength, numbers: .allowed), chinese: "在哪里见到，只作记录。",
                english: "Where it was seen; for the record.", example: "直播间抽样", mistakes: ["来源"]),
        ])
}

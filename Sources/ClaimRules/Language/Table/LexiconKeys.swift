extension RuleLanguage {
    static let lexicon = LanguageObject(
        .lexicon, "a lexicon",
        title: Wording("词库", "A lexicon"),
        summary: Wording(
            "第一个键是 `lexicon` 的文件：所有规则包共用的词类和排除条件，用 `\"@词库名.名字\"` 引用。",
            "A file whose first key is `lexicon`: classes of words and guards for all packs, cited as `\"@lexicon.name\"`."
        ),
        [
            Entry(
                .lexicon, .identifier,
                .required(
                    add: Wording("词库名，写成 lexicon: NAME，不与别的词库重复", "'lexicon: NAME', a name no other lexicon has")),
                since: .two,
                chinese: "词库名，不与别的词库重复，里面没有 “.”。", english: "The lexicon's name, which no other has; without '.'.",
                example: "health", mistakes: ["词库", "name"]),
            Entry(
                .requires, .choice(Choice(LanguageVersion.self, meaning)),
                .required(
                    add: Wording(
                        "版本：requires: \(LanguageVersion.two.rawValue)", "'requires: \(LanguageVersion.two.rawValue)'")),
                chinese: "词库所用的规则语言版本。", english: "The version of the rule language the lexicon is written in.",
                example: LanguageVersion.two.rawValue, mistakes: ["版本要求", "version"]),
            Entry(
                .classes,
                .map(
                    key: .className,
                    of: .either([.list(of: .term, count: 1...PackLimits.termsPerRule), .object(.wordClass)]),
                    limit: PackLimits.classes), since: .two,
                chinese: "词类，一行一个；词的列表，或带说明的写法。里面可以引用别的词类。",
                english: "Classes of words, one a line: a list of terms, or a mapping. They may name other classes.",
                example: "{disease: [糖尿病, 高血压], illness: [\"@health.disease\", 胃疼]}",
                mistakes: ["词类", "class", "lists"]),
            Entry(
                .guards, .map(key: .className, of: .object(.contextGuard), limit: PackLimits.classes), since: .two,
                chinese: "共用的排除条件，在规则的 `unless` 里引用。", english: "Guards to be cited in the `unless` of rules.",
                example: "{negated: {before: 10, any: [不能, 不会], except: [不能不]}}", mistakes: ["排除", "guard"]),
            Entry(
                .expressions, .map(key: .className, of: .expression, limit: PackLimits.classes), since: .two,
                chinese: "起了名字的条件，在条件能写的地方引用 `\"@词库.名字\"`。",
                english: "Expressions with a name, cited `\"@lexicon.name\"` where expressions stand.",
                example: "{decline: {seq: [[过了, 岁数一过], {gap: 0..2}, {number: {min: 35, max: 70}}]}}",
                mistakes: ["条件", "expression"]),
            Entry(
                .aliases,
                .map(
                    key: .word, of: .list(of: .either([.word, .object(.alias)]), count: 1...PackLimits.aliasesPerTerm),
                    limit: PackLimits.aliasedTerms),
                chinese: "词类里的词的暗语，写法同规则包的 `aliases`。",
                english: "Words that stand for terms of the classes, as in packs.",
                example: "{糖尿病: [糖友病]}", mistakes: ["别名", "暗语", "黑话"]),
            Entry(
                .evasion, evasionOfWords, since: .two,
                chinese: "没写 `evasion` 的词类怎么认；`none` 是只认原样，日常用语多的词库这样写，会快得多。",
                english:
                    "How the classes that have no `evasion` are seen. `none`: as they are written, which makes a lexicon of everyday words much cheaper.",
                example: "none", mistakes: ["规避", "伪装"]),
        ])

    static let wordClass = LanguageObject(
        .wordClass, "a class",
        title: Wording("词类", "A class"),
        summary: Wording("一类词，和它们的变化。", "Words of one kind, and how they vary."),
        relations: [
            .exactlyOne(
                of: [.terms, .kinds],
                none: .init(.classExpression, "加上 terms: [词, 词]。", "Add 'terms: [term, term]'."),
                several: .init(.classExpression, "要分种就把词都写进 kinds。", "Write all words under 'kinds', or none."))
        ],
        [
            Entry(
                .terms, .list(of: .term, count: 1...PackLimits.termsPerRule), since: .two,
                chinese: "词和别的词类；`~` 标出 `forms.insert` 的字可以插在哪里。",
                english: "Terms and other classes; `~` marks where the words of `forms.insert` may go in.",
                example: "[糖尿病, 养~过来]", mistakes: ["词", "words"]),
            Entry(
                .kinds,
                .map(
                    key: .className, of: .list(of: .term, count: 1...PackLimits.termsPerRule), limit: PackLimits.kinds),
                since: .two, chinese: "分种的词，一种一行：`facts` 拿说的那种和商品页的比。",
                english: "Terms by kind: `facts` compares the kind that was said with that of the listing.",
                example: "{silk: [真丝, 桑蚕丝], tencel: [天丝, 莱赛尔]}", mistakes: ["种类", "kind"]),
            Entry(
                .forms, .object(.forms), since: .two, chinese: "每个词还有哪些说法。", english: "More ways to say each term.",
                example: "{aspect: [了, 过], redup: true}", mistakes: ["变化", "form"]),
            Entry(
                .evasion, evasionOfWords, since: .two,
                chinese: "这类词的规避写法；写了就不看规则自己的 `evasion`。`none` 是只认原样（`numbers` 和 `whole_words` 仍看规则）。",
                english:
                    "How these words are disguised, in every rule; the rule's own `evasion` does not count for them. `none`: as they are written (`numbers` and `whole_words` are the rule's).",
                example: "{gaps: 2, fillers: true}", mistakes: ["规避", "伪装"]),
        ])

    static let forms = LanguageObject(
        .forms, "'forms'",
        title: Wording("词的变化", "Forms"),
        summary: Wording(
            "原词总是认的；一个词连变化最多 \(PackLimits.forms) 个写法。",
            "The bare term is always one; a term has \(PackLimits.forms) forms at most."),
        [
            form(.aspect, "跟在后面：化掉 → 化掉了。", "Behind it: 化掉 → 化掉了.", "[了, 过]", ["后缀", "补语"]),
            form(.degree, "放在前面：化掉 → 慢慢化掉。", "Before it: 化掉 → 慢慢化掉.", "[慢慢, 彻底]", ["程度", "前缀"]),
            form(.insert, "放在 `~` 处：养~过来 → 养给过来。", "At the `~`: 养~过来 → 养给过来.", "[给, 一]", ["插入"]),
            Entry(
                .redup, .truth, .optional(default: "false"), since: .two, chinese: "重叠：调理 → 调理调理，养 → 养一养、养了养。",
                english: "Said twice: 调理 → 调理调理, 养 → 养一养, 养了养.", example: "true", mistakes: ["重叠"]),
        ])

    private static func form(
        _ key: Key, _ chinese: String, _ english: String, _ example: String, _ mistakes: [String]
    ) -> Entry {
        Entry(
            key, .list(of: .word, count: 0...PackLimits.formWords), .optional(default: "[]"), since: .two,
            chinese: chinese, english: english, example: example, mistakes: mistakes)
    }
}

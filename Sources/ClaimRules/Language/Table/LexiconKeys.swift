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
                .lexicon, .identifier, .required(add: "'lexicon: NAME', a name no other lexicon has"), since: .two,
                chinese: "词库名，不与别的词库重复，里面没有 “.”。", english: "The lexicon's name, which no other has; without '.'.",
                example: "health", mistakes: ["词库", "name"]),
            Entry(
                .requires, .choice(Choice(LanguageVersion.self, meaning)),
                .required(add: "'requires: \(LanguageVersion.two.rawValue)'"),
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
                .aliases,
                .map(
                    key: .word, of: .list(of: .either([.word, .object(.alias)]), count: 1...PackLimits.aliasesPerTerm),
                    limit: PackLimits.aliasedTerms),
                chinese: "词类里的词的暗语，写法同规则包的 `aliases`。",
                english: "Words that stand for terms of the classes, as in packs.",
                example: "{糖尿病: [糖友病]}", mistakes: ["别名", "暗语", "黑话"]),
        ])

    static let wordClass = LanguageObject(
        .wordClass, "a class",
        title: Wording("词类", "A class"),
        summary: Wording("一类词。", "Words of one kind."),
        [
            Entry(
                .terms, .list(of: .term, count: 1...PackLimits.termsPerRule),
                .required(add: "the words: 'terms: [糖尿病, 高血压]'"), since: .two,
                chinese: "词和别的词类。", english: "Terms and other classes.", example: "[糖尿病, 高血压]",
                mistakes: ["词", "words"])
        ])
}

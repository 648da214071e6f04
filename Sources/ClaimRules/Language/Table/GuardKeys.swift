extension RuleLanguage {
    /// The keys of which a guard has one.
    static let guardPlaces: [Key] = [.before, .after, .around, .clause, .sentence, .segment, .inside]

    static let contextGuard = LanguageObject(
        .contextGuard, "a guard",
        title: Wording("排除条件", "A guard"),
        summary: Wording(
            "命中周围有这些词，就不算，或降一级，或只注明。写在 `unless` 里，或在词库里起名共用。",
            "Words around a hit that clear it, lower it or mark it. It stands in `unless`, or has a name in a lexicon."),
        relations: [
            .exactlyOne(
                of: guardPlaces,
                none: .init(
                    .guardPlace, "写在哪里找：before: 10 配 any，或 clause: [词, 词]。",
                    "Say where to look: 'before: 10' with 'any', or 'clause: [word, word]'."),
                several: .init(.guardPlace, "一个排除条件只写一处。", "A guard looks in one place.")),
            .needs(.before, .any, add: .init(.guardPlace, "要找的词", "the words to look for")),
            .needs(.after, .any, add: .init(.guardPlace, "要找的词", "the words to look for")),
            .needs(.around, .any, add: .init(.guardPlace, "要找的词", "the words to look for")),
            .serves(
                .any, [.before, .after, .around], reason: .init(.guardPlace, "说的是前后要找的词", "holds the words to look for")
            ),
            .serves(
                .span, [.before, .after, .around],
                reason: .init(.guardPlace, "说的是前后不能跨出哪里", "says which stretch is not left")),
        ],
        [
            Entry(
                .before, .integer(1...PackLimits.guardReach), since: .two, chinese: "命中前几个字里找 `any`。",
                english: "Looks so many characters before the hit.", example: "10", mistakes: ["前", "之前"]),
            Entry(
                .after, .integer(1...PackLimits.guardReach), since: .two, chinese: "命中后几个字里找 `any`。",
                english: "Looks so many characters after the hit.", example: "6", mistakes: ["后", "之后"]),
            Entry(
                .around, .integer(1...PackLimits.guardReach), since: .two, chinese: "命中和前后几个字里找 `any`。",
                english: "Looks in the hit and so many characters before and after it.", example: "6",
                mistakes: ["周围", "前后"]),
            Entry(
                .clause, words, since: .two, chinese: "命中所在的小句里有这些词。", english: "These words in the clause of the hit.",
                example: "[遵医嘱, 去医院]", mistakes: ["小句", "分句"]),
            Entry(
                .sentence, words, since: .two, chinese: "命中所在的句子里有这些词。",
                english: "These words in the sentence of the hit.", example: "[有人问]", mistakes: ["句", "句子"]),
            Entry(
                .segment, words, since: .two, chinese: "命中所在的那段识别结果（或商品字段）里有这些词。",
                english: "These words in the segment, or the field, of the hit.", example: "[仅供参考]", mistakes: ["段"]),
            Entry(
                .inside, words, since: .two, chinese: "命中的词与词之间有这些词。", english: "These words between the hit's own.",
                example: "[不了]", mistakes: ["里面", "中间"]),
            Entry(
                .any, words, since: .two, chinese: "`before` `after` `around` 要找的词。",
                english: "The words that `before`, `after` or `around` looks for.", example: "[不敢说, 不可能]",
                mistakes: ["词", "words"]),
            Entry(
                .span, .choice(units),
                .optional(default: TextUnit.clause.rawValue), since: .two, chinese: "`before` `after` `around` 不跨出哪里。",
                english: "The stretch that `before`, `after` and `around` do not leave.",
                example: TextUnit.sentence.rawValue,
                mistakes: ["范围"]),
            Entry(
                .except, words, since: .two, chinese: "与这些说法重叠的不算：双重否定、习惯语。",
                english: "A word that shares a character with one of these does not count.", example: "[不得不, 不是我吹]",
                mistakes: ["除外", "例外"]),
            Entry(
                .odd, .truth, .optional(default: "false"), since: .two, chinese: "单数个才算：不是说它不能治。",
                english: "Only an odd number of the words counts, as two negations are none.", example: "true",
                mistakes: ["单数", "奇数"]),
            Entry(
                .then, .choice(Choice(Guard.Action.self, meaning)),
                .optional(default: Guard.Action.clear.rawValue), since: .two, chinese: "遇上了怎么办。",
                english: "What becomes of the hit.",
                example: Guard.Action.lower.rawValue, mistakes: ["则", "action"]),
            Entry(
                .guardName, .text(limit: PackLimits.termLength, numbers: .refused), since: .two,
                chinese: "告警和 `explain` 里的名字；不写就用词库里的名字，或第一个词。",
                english: "What alerts and `explain` call it; without it, its name in the lexicon or its first word.",
                example: "否认", mistakes: ["名字", "名称"]),
        ])

    private static func meaning(_ action: Guard.Action) -> (chinese: String, english: String, mistakes: [String]) {
        switch action {
        case .clear: ("不算命中", "there is no hit", ["清除", "不算"])
        case .lower: ("降一级", "severity is one less", ["降级", "降一级"])
        case .mark: ("只在告警里注明", "the alert names it, no more", ["注明", "标记"])
        }
    }

    static let exempt = LanguageObject(
        .exempt, "'exempt'",
        title: Wording("豁免", "Exemptions"),
        summary: Wording(
            "《广告绝对化用语执法指南》第五、六条的情形：命中旁边有这些词就降一级，告警注明是哪一种。词在命中的小句里找；也可以写 `before` 之类。",
            "The cases of the guide on absolute terms, Articles 5 and 6: with these words beside it a hit weighs one step "
                + "less, and the alert names the case. Words are looked for in the hit's clause; a scope like `before` may "
                + "be written instead."),
        [
            exemption(.attitude, "服务态度、经营理念、主观愿望。", "An attitude or a wish.", "[用心做到]", ["态度"]),
            exemption(.goal, "经营者的目标、追求。", "What the seller strives for.", "[争做, 力求]", ["目标"]),
            exemption(.unrelated, "说的不是所卖商品的性能、质量。", "Not about the goods.", "[最好先, 最好提前]", ["无关"]),
            exemption(.own, "与自己同一品牌的商品比。", "Compared with the seller's own goods.", "[我们家自己, 本系列]", ["自比", "自我比较"]),
            exemption(.usage, "使用方法、时间、保存期限的提示。", "How or when to use it.", "[最佳食用, 最佳赏味]", ["用法", "使用"]),
            exemption(.grade, "国家、行业标准认定的分级。", "A grade of a standard.", "[特级初榨]", ["分级", "等级"]),
            exemption(.guardName, "商品名、规格、商标、专利里有这个词。", "Part of a name or trade mark.", "[注册商标]", ["名称"]),
            exemption(.title, "依国家规定评定的奖项、称号。", "An official title.", "[国家级非遗]", ["称号"]),
            exemption(.fact, "限定时间、地域的客观事实。", "A fact of time, place or order.", "[截至, 上半年]", ["事实"]),
        ])

    private static func exemption(
        _ key: Key, _ chinese: String, _ english: String, _ example: String, _ mistakes: [String]
    ) -> Entry {
        Entry(
            key, .either([words, .object(.contextGuard)]), since: .two, chinese: chinese, english: english,
            example: example, mistakes: mistakes)
    }
}

extension RuleLanguage {
    /// The keys of which an expression has one.
    static let operators: [Key] = [.any, .all, .seq, .near, .pattern] + slots
    /// The kinds of numbers, each the name of its key.
    static let slots: [Key] = [.number, .percent, .duration, .price, .weight, .length, .count]
    /// The operators that hold parts.
    static let composites: [Key] = [.any, .all, .seq, .near]

    static let units = Choice(TextUnit.self, meaning)

    static let expression = LanguageObject(
        .expression, "an expression",
        title: Wording("条件", "An expression"),
        summary: Wording(
            "`match` 和它的每一部分：一个词或词类 `\"@词库.词类\"`；列表 `[甲, 乙]`，有一个就算；或下面的一种写法，可以套。词类可以并 "
                + "`\"@a.x|@a.y\"`、减 `\"@a.x - [骨头汤]\"`。词按折叠后的子串匹配（全半角、大小写、繁简不分），没有词界。",
            "`match` and each part of it: a term or a class `\"@lexicon.class\"`; a list `[a, b]`, of which one is enough; or "
                + "one of the mappings below, nested. Classes are joined by `|` and lessened by `-`: `\"@a.x|@a.y\"`, "
                + "`\"@a.x - [骨头汤]\"`. Terms are found as parts of the text, width, case and script aside, without word "
                + "borders."),
        relations: [
            .exactlyOne(
                of: operators + [.gap],
                none: .init(.operators, "加上 any: [词, 词]。", "Add 'any: [term, term]'."),
                several: .init(
                    .operators, "一段条件只能有一种写法：把一个放进另一个里，或分成两条规则。", "Nest one in the other, or make two rules.")),
            .needs(
                .near, .within,
                add: .init(.nearWithin, "这些词一共占多少字，如 within: 12", "the characters they take together: 'within: 12'")),
            .serves(.without, [.gap], reason: .init(.gapPlace, "说的是间隔里不能有什么", "says what a gap may not hold")),
            .serves(
                .within, [.seq, .near, .all],
                reason: .init(.operators, "说的是几部分一共占多少字", "says how many characters several parts take")),
            .serves(
                .order, [.seq, .all], reason: .init(.operators, "说的是几部分讲不讲先后", "says whether parts come in order")),
            .serves(
                .span, composites,
                reason: .init(.operators, "说的是几部分不能跨出哪里", "says which stretch the parts do not leave")
            ),
        ],
        [
            Entry(
                .any, .list(of: .expression, count: 1...PackLimits.termsPerRule), chinese: "有一个就算。",
                english: "One of these is enough.", example: "[全网第一, \"@ranks\"]", mistakes: ["任一", "or"]),
            Entry(
                .seq,
                .list(of: .either([.expression, .object(.expression)]), count: 2...PackLimits.sequenceParts * 2 - 1),
                since: .two, chinese: "按先后各有一个，2 到 16 部分；中间放 `{gap: 0..5}`，不放就是紧挨着。",
                english:
                    "One of each part in this order, 2 to 16 parts, with gaps `{gap: 0..5}` between; without one they touch.",
                example: "[[治, 化], {gap: 0..5}, \"@health.disease\"]", mistakes: ["顺序", "sequence"]),
            Entry(
                .near, .list(of: .expression, count: 2...PackLimits.nearParts), since: .two,
                chinese: "各有一个，不分先后，共占 `within` 个字以内，2 到 6 部分，一个词只算一部分。",
                english: "One of each of 2 to 6 parts, in any order, none on another, all in `within` characters.",
                example: "[好评, 截图]", mistakes: ["附近", "靠近"]),
            Entry(
                .all, .list(of: .expression, count: 1...PackLimits.parts),
                chinese: "各有一个，不分先后，在同一句（`span`）里，隔多远都行；写了 `within` 就同 `near`。",
                english:
                    "One of each of 2 to 6 parts, in any order, in one sentence (`span`), however far; with `within` as `near`.",
                example: "[[治疗, 根治], \"@diseases\"]", mistakes: ["全部", "都有", "and"]),
            Entry(
                .gap, .gap(0...PackLimits.gap), since: .two, chinese: "只放在 `seq` 的两部分之间：隔几个字。`5` 就是 `0..5`。",
                english: "Between two parts of `seq`: the characters from one to the next. `5` is `0..5`.",
                example: "0..5",
                mistakes: ["间隔", "gaps"]),
            Entry(
                .pattern, .pattern, since: .two,
                chinese: "正则（RE2），看折叠后的文字，不跨句；不看穿规避写法；有名字的组 `(?P<who>…)` 进证据。里面要有非出现不可的字。",
                english:
                    "A regular expression (RE2) over folded text, inside one sentence, not through disguises; named groups "
                    + "`(?P<who>…)` are evidence. It needs words that must occur.",
                example: "'全国.{0,6}(?:第一|唯一)'", mistakes: ["正则", "regex", "regexp"]),
            number(
                .number, "数，任何单位或没有单位。", "A number, of any unit or of none.", "{unit: [盒, 瓶], min: 2}", ["数", "数字"]),
            number(
                .percent, "百分数、分数、成（九成是 90%）。", "A percentage, a fraction, tenths (九成).", "{min: 九成}", ["百分比", "百分数"]),
            number(.duration, "时长：二十来天、半年。", "A length of time.", "{max: 180天}", ["时长", "时间", "天数"]),
            number(
                .price, "价钱；`bare: true` 时没有单位的数也当元。",
                "A sum of money; with `bare: true` a number without unit is yuan.", "{min: 5万元}", ["价格", "价钱", "金额"]),
            number(.weight, "重量。", "A weight.", "{min: 2斤, max: 100斤}", ["重量", "体重"]),
            number(.length, "长度。", "A length.", "{min: 1厘米, max: 15厘米}", ["长度", "身高"]),
            number(.count, "人数。", "How many persons.", "{min: 1000}", ["人数"]),
            Entry(
                .without, words, since: .two, chinese: "间隔里不能有这些词。", english: "None of these in the gap.",
                example: "[不了]",
                mistakes: ["没有", "不含"]),
            Entry(
                .within, .integer(1...PackLimits.within),
                chinese: "从第一个词的首字到最后一个词的末字，最多几个字。",
                english: "Characters of the whole, from the first of the first word to the last of the last.",
                example: "12", mistakes: ["距离", "distance"]),
            Entry(
                .span, .either([.choice(Choice(TextUnit.self, meaning)), .duration(PackLimits.timeSpan)]), since: .two,
                chinese: "不能跨出哪里；不写就同外面一层，最外层是 `sentence`，也可以是一段时间，`5s` 到 `30m`。",
                english:
                    "The stretch that is not left; without it, that of the expression around, at the top `sentence`. At the "
                    + "top it may be a time, `5s` to `30m`.",
                example: TextUnit.clause.rawValue, mistakes: ["范围", "scope"]),
            Entry(
                .order, .choice(Choice(Rule.Condition.Order.self, meaning)),
                chinese: "`seq` 按写的先后，两部分时可以写 `any`；`all` 不分先后，可以写 `written`。",
                english: "`seq` is as written; of two parts it may be `any`. `all` is `any`, and may be `written`.",
                example: Rule.Condition.Order.written.rawValue, mistakes: ["先后"]),
            Entry(
                .name, .identifier, since: .two, chinese: "给说的这部分起个名字，出现在告警的证据里，`facts` 可以拿它比。",
                english: "A name for what was said: it stands in the evidence, and `facts` may compare it.",
                example: "said",
                mistakes: ["名字", "capture"]),
        ])

    private static func number(
        _ key: Key, _ chinese: String, _ english: String, _ example: String, _ mistakes: [String]
    ) -> Entry {
        Entry(
            key, .object(.slot), since: .two, chinese: chinese, english: english, example: example, mistakes: mistakes)
    }

    static let slot = LanguageObject(
        .slot, "a number slot",
        title: Wording("数", "A number slot"),
        summary: Wording(
            "要数在什么范围里；都不写 `{}` 就是任何数。口语的数也认：七八斤、二十来天、两万五。",
            "The bounds of a number; `{}` takes any. Numbers are read as hosts say them: 七八斤, 二十来天, 两万五."),
        [
            Entry(
                .min, .measure, since: .two, chinese: "至少，带单位。", english: "The least, with its unit.", example: "50",
                mistakes: ["最小", "至少", "from"]),
            Entry(
                .max, .measure, since: .two, chinese: "至多，带单位。", english: "The most, with its unit.", example: "100",
                mistakes: ["最大", "至多", "to"]),
            Entry(
                .unit, .list(of: .word, count: 1...PackLimits.formWords), since: .two, chinese: "只认这些单位；不写就认这一类的任何单位。",
                english: "Only these units; without it, any that measures so.", example: "[盒, 瓶]",
                mistakes: ["单位", "units"]),
            Entry(
                .bare, .truth, .optional(default: "false"), since: .two, chinese: "只用于 `price`：没有单位的数也当元。",
                english: "Of `price` only: a number without unit is yuan.", example: "true", mistakes: ["无单位"]),
            Entry(
                .name, .identifier, since: .two, chinese: "给说的数起个名字，出现在证据里，`facts` 可以拿它比。",
                english: "A name for the number said: it stands in the evidence, and `facts` may compare it.",
                example: "said", mistakes: ["名字"]),
        ])

    static func meaning(_ unit: TextUnit) -> (chinese: String, english: String, mistakes: [String]) {
        switch unit {
        case .clause: ("小句：到逗号、顿号、分号、冒号为止", "up to a comma, semicolon or colon", ["小句", "分句"])
        case .sentence: ("句：到句号、问号、叹号为止", "up to a full stop, question or exclamation mark", ["句", "句子", "整句"])
        case .segment: ("一段识别结果，或商品的一个字段", "one piece of the transcript, or one field of a listing", ["段", "片段"])
        }
    }
}

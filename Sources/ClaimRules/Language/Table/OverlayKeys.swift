import LiveEvents

extension RuleLanguage {
    /// The keys that say which rules are meant.
    static let selectors: [Key] = [.rules, .packs, .categories]
    /// The keys of a change that change something.
    static let changed: [Key] = [
        .status, .severity, .window, .threshold, .strictness, .minScore, .screen, .any, .unless, .exempt, .except,
        .examples,
    ]

    static let overlay = LanguageObject(
        .overlay, "an overlay",
        title: Wording("站点改动", "An overlay"),
        summary: Wording(
            "第一个键是 `overlay` 的文件：站点自己的文件夹里写，不动规则包就停用、调级、补词、开例外。规则包更新后落空的改动，`check` 会警告。",
            "A file whose first key is `overlay`, in a site's own folder: it switches off, grades, extends and excepts rules "
                + "without touching their packs. `check` warns of changes that an update of the packs has left without effect."
        ),
        [
            Entry(
                .overlay, .identifier,
                .required(
                    add: Wording("名字，写成 overlay: NAME，不与别的站点改动重复", "'overlay: NAME', a name no other overlay has")),
                since: .two, chinese: "名字，不与别的站点改动重复。", english: "The overlay's name, which no other has.",
                example: "site", mistakes: ["站点", "name"]),
            versionEntry,
            Entry(
                .title, text, since: .two, chinese: "给人看的标题。", english: "A title for people.", example: "本市站点",
                mistakes: ["标题"]),
            Entry(
                .strictness, .integer(1...4), since: .two,
                chinese: "站点严格到几级：规则的 `strictness` 不超过它的照常，高一级的试行，再高的停用。不写就都照常。",
                english:
                    "How strict the site is: rules of up to this `strictness` stay as they are, those one above are on trial, "
                    + "those further above off. Without it, all stay as they are.",
                example: "2", mistakes: ["严格"]),
            Entry(
                .minScore, .fraction(1...100), since: .two, chinese: "不到这个分数（`score`）的告警只进试行那一路。",
                english: "An alert whose `score` is below this goes to the topic of rules on trial.", example: "0.7",
                mistakes: ["最低分"]),
            Entry(
                .classes, .map(key: .label, of: .object(.classChange), limit: PackLimits.classes), since: .two,
                chinese: "给词库里的词类（或排除条件）加词、去词，不写 `@`。",
                english: "Words to add to classes and guards of lexicons, or to take out, by name without `@`.",
                example: "{health.disease: {add: [老寒腿], remove: [高血压]}}", mistakes: ["词类", "class"]),
            Entry(
                .changes, .list(of: .object(.change), count: 1...PackLimits.changes), since: .two,
                chinese: "改哪些规则、改成什么，从上到下做。", english: "Which rules are changed and how, from top to bottom.",
                example: "[{rules: [ad.*], status: off, reason: 另有系统在管}]", mistakes: ["改动", "change"]),
        ])

    private static let names = Shape.either([text, .list(of: text, count: 1...PackLimits.entries)])

    /// The same in overlays and campaigns.
    static let versionEntry = Entry(
        .requires, .choice(Choice(LanguageVersion.self, meaning)),
        .required(
            add: Wording("版本：requires: \(LanguageVersion.two.rawValue)", "'requires: \(LanguageVersion.two.rawValue)'")),
        chinese: "所用的规则语言版本。", english: "The version of the rule language it is written in.",
        example: LanguageVersion.two.rawValue, mistakes: ["版本要求", "version"])

    /// Says which rules are meant: the same in overlays and campaigns.
    static let selectorEntries: [Entry] = [
        Entry(
            .rules, names, since: .two, chinese: "规则编号；`*` 代表任意几个字符。",
            english: "Ids of rules; `*` stands for any characters.",
            example: "[food.treatment, price.*]", mistakes: ["规则", "rule", "id"]),
        Entry(
            .packs, names, since: .two, chinese: "规则包的名字，可以用 `*`：包里的规则都算。",
            english: "Names of packs, with `*` if need be: all their rules.", example: "[tea]",
            mistakes: ["规则包", "pack"]),
        Entry(
            .categories, names, since: .two, chinese: "分类号，可以用 `*`：这一类的规则都算。",
            english: "Numbers of the taxonomy, with `*` if need be: the rules of these.", example: "[food.*]",
            mistakes: ["分类", "category"]),
    ]

    static let change = LanguageObject(
        .change, "a change",
        title: Wording("一处改动", "A change"),
        summary: Wording(
            "`rules` `packs` `categories` 说改哪些规则，写了几样就都算；其余的键说改成什么。`unless` `any` `exempt` `except` `examples` 是在原有的上面加。",
            "`rules`, `packs` and `categories` say which rules, all those named; the other keys say how. `unless`, `any`, "
                + "`exempt`, `except` and `examples` add to what is there."),
        relations: [
            .atLeastOne(
                of: selectors,
                none: .init("没有说改哪条规则。加上 rules: [编号]。", "the change names no rule. Add 'rules: [ID]'.")),
            .atLeastOne(
                of: changed,
                none: .init("没有说改什么。加上 status: off 之类。", "the change changes nothing. Add one like 'status: off'.")),
            .serves(.revision, [.rules], reason: .init("说的是哪一版规则", "tells the revision of the rule")),
        ],
        selectorEntries + [
            Entry(
                .status, .choice(Choice(Rule.Status.self, meaning)), since: .two, chinese: "这些规则用不用。",
                english: "Whether these rules are in force.", example: Rule.Status.off.rawValue, mistakes: ["状态"]),
            Entry(
                .severity, .choice(Choice(Severity.self, meaning)), since: .two, chinese: "严重程度；按分类选的只改那一类。",
                english: "How serious it is; of rules chosen by category, for that category only.",
                example: Severity.low.rawValue, mistakes: ["严重程度", "级别", "level"]),
            Entry(
                .window, .duration(60_000...86_400_000), since: .two, chinese: "多长时间内只报一次。",
                english: "One alert per room and rule in this time.", example: "30m", mistakes: ["窗口", "时间窗"]),
            Entry(
                .threshold, .integer(1...1_000), since: .two, chinese: "窗口内命中几次才报。",
                english: "Hits in the window before the first alert.", example: "3", mistakes: ["阈值", "次数"]),
            Entry(
                .strictness, .integer(1...4), since: .two, chinese: "这些规则算几级，与站点的 `strictness` 比。",
                english: "How daring these rules are; the site's `strictness` is held against it.", example: "2",
                mistakes: ["严格", "级"]),
            Entry(
                .minScore, .fraction(1...100), since: .two, chinese: "这些规则的告警不到这个分数的进试行那一路。",
                english: "An alert of these rules below this score goes to the topic of rules on trial.",
                example: "0.8", mistakes: ["最低分"]),
            Entry(
                .screen, .object(.screen), since: .two, chinese: "这些规则命中以后再问的筛子，代替规则原有的。",
                english: "The screen that these rules ask about each hit, in place of their own.",
                example: "{model: health-live, min: 0.3, without_model: keep}", mistakes: ["筛子", "模型"]),
            Entry(
                .any, .list(of: .expression, count: 1...PackLimits.termsPerRule), since: .two,
                chinese: "再加上这些，说了也算命中。", english: "What else counts as said.", example: "[包治百病]",
                mistakes: ["词", "match"]),
            Entry(
                .unless, .list(of: .either([.term, .object(.contextGuard)]), count: 1...PackLimits.termsPerRule),
                since: .two, chinese: "再加上这些排除的话和排除条件。", english: "Further phrases and guards that clear a hit.",
                example: "[全网第一大道, {before: 10, any: [不敢说, 不可能]}]", mistakes: ["除非", "排除", "例外"]),
            Entry(
                .exempt, .object(.exempt), since: .two, chinese: "再加上这些豁免情形。", english: "Further exemptions.",
                example: "{title: [中国第一家]}", mistakes: ["豁免"]),
            Entry(
                .except, .object(.exception), since: .two, chinese: "对哪些商品、直播间、店、主播不用。",
                english: "Goods, rooms, shops and speakers of whom the rules are not asked.",
                example: "{category: [药品], room: [\"880011\"]}", mistakes: ["例外对象"]),
            Entry(
                .examples, .object(.examples), since: .two,
                chinese: "这处改动的例句，和规则包的例句一起跑；同样一句话，以这里的为准。",
                english:
                    "Texts that show what the change does, tried with those of the pack; of the same text, this one holds.",
                example: "{match: [全网第一], clear: [很好]}", mistakes: ["例句", "示例"]),
            Entry(
                .revision, .integer(1...1_000_000), since: .two,
                chinese: "照着规则的第几版写的；规则包更新、规则改了版，`check` 就提醒再看一遍。",
                english:
                    "The revision of the rule it was written for: once the rule is at a later one, `check` asks for a look.",
                example: "1", mistakes: ["版本", "修订"]),
            Entry(
                .reason, .text(limit: PackLimits.textLength, numbers: .allowed), since: .two, chinese: "为什么改，给以后的人看。",
                english: "Why, for those who come later.", example: "市局 2026 年 3 月的批复", mistakes: ["原因", "理由", "why"]),
        ])

    static let exception = LanguageObject(
        .exception, "'except'",
        title: Wording("例外对象", "Exceptions"),
        summary: Wording("符合其中一项就不报；事件里没说的不算符合。", "One of these is enough; what an event does not tell is none."),
        [
            exceptions(
                .category, "这些类目的商品。", "Goods of these categories.", "[药品]", ["类目", "商品", "product"]),
            exceptions(.room, "这些直播间（`room_id`）。", "Rooms, by `room_id`.", "[\"880011\"]", ["直播间", "rooms"]),
            exceptions(
                .seller, "这些店（`seller_id`）的商品。", "Goods of these shops, by `seller_id`.", "[\"s-1\"]",
                ["店铺", "商家", "shop"]),
            exceptions(
                .speaker, "这些人（说话人的 `id`）说的。", "What these speakers say, by `id`.", "[\"u-7\"]", ["主播", "host"]),
        ])

    private static func exceptions(
        _ key: Key, _ chinese: String, _ english: String, _ example: String, _ mistakes: [String]
    ) -> Entry {
        Entry(
            key, .list(of: .text(limit: PackLimits.textLength, numbers: .allowed), count: 1...PackLimits.entries),
            since: .two, chinese: chinese, english: english, example: example, mistakes: mistakes)
    }

    static let classChange = LanguageObject(
        .classChange, "a change of a class",
        title: Wording("改词类", "A change of a class"),
        summary: Wording("给一个词类加词、去词；引用它的规则都跟着变。", "Words added to a class or taken out, for all rules that cite it."),
        relations: [
            .atLeastOne(
                of: [.add, .remove],
                none: .init("没有要加、要去的词。写 add: [词]。", "there is no word to add or to remove. Write 'add: [term]'."))
        ],
        [
            Entry(
                .add, .list(of: .term, count: 1...PackLimits.termsPerRule), since: .two, chinese: "加上这些词和词类。",
                english: "These terms and classes come in.", example: "[老寒腿]", mistakes: ["加", "terms"]),
            Entry(
                .remove, .list(of: .word, count: 1...PackLimits.termsPerRule), since: .two, chinese: "去掉这些词。",
                english: "These terms go.", example: "[高血压]", mistakes: ["去", "减", "delete"]),
        ])
}

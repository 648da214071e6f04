import LiveEvents

extension RuleLanguage {
    static let binding = LanguageObject(
        .binding, "a binding",
        title: Wording("适用", "A binding"),
        summary: Wording("什么情况下，算哪一类违法。", "In which case the hit is which claim."),
        [
            Entry(
                .when, .object(.when),
                .required(
                    add: Wording(
                        "什么情况，如 when: {category: [食品]}；其余情况写 when: {}",
                        "'when: {category: [食品]}', or 'when: {}' for everything else")),
                since: .two, chinese: "什么情况；`{}` 是其余一切。", english: "The case; `{}` is everything else.",
                example: "{category: [食品], not: [保健食品]}", mistakes: ["当", "if"]),
            Entry(
                .name, text, since: .two, chinese: "算哪一类：分类号。", english: "The number in the taxonomy.",
                example: "food.treatment", mistakes: ["类别", "category"]),
            Entry(
                .legalBasis, .list(of: .object(.legalBasis), count: 1...PackLimits.entries), since: .two,
                chinese: "法律依据；不写就用规则的。", english: "The articles; without it, the rule's.",
                example: "[{law: 食品安全法, article: 第七十三条}]", mistakes: ["法律依据", "依据"]),
            Entry(
                .severity, .choice(Choice(Severity.self, meaning)), since: .two, chinese: "严重程度；不写就用规则的。",
                english: "How serious; without it, as the rule.", example: Severity.high.rawValue,
                mistakes: ["严重程度", "级别"]),
            Entry(
                .legalTrack, .choice(Choice(LegalTrack.self, meaning)), since: .two, chinese: "走哪条法律路径；不写就用规则的。",
                english: "The legal track; without it, the rule's.", example: LegalTrack.adLaw.rawValue,
                mistakes: ["法律路径"]),
            Entry(
                .exempt, .truth, .optional(default: "true"), since: .two,
                chinese: "false：豁免在这里不降级（指南第十一条）。",
                english: "false: exemptions do not lower it here (Article 11 of the guide).", example: "false",
                mistakes: ["豁免"]),
        ])

    static let when = LanguageObject(
        .when, "'when'",
        title: Wording("情况", "A case"),
        summary: Wording("写了的都要成立；`{}` 总是成立。", "All that is written must hold; `{}` always does."),
        [
            Entry(
                .category, .list(of: text, count: 1...PackLimits.entries), since: .two, chinese: "商品是这些类目之一。",
                english: "The goods are of one of these categories.", example: "[食品]", mistakes: ["类目", "分类"]),
            Entry(
                .not, .list(of: text, count: 1...PackLimits.entries), since: .two, chinese: "这些类目除外。",
                english: "And of none of these.", example: "[保健食品]", mistakes: ["除外"]),
            Entry(
                .channel, .choice(Choice(Rule.Target.self, meaning)), since: .two, chinese: "口播还是商品页。",
                english: "Where it is said.", example: Rule.Target.speech.rawValue, mistakes: ["渠道", "applies_to"]),
            Entry(
                .role, .list(of: .choice(Choice(SpeakerRole.self, meaning)), count: 1...PackLimits.formWords),
                since: .two,
                chinese: "谁说的。", english: "Who says it.", example: "[\(SpeakerRole.host.rawValue)]",
                mistakes: ["角色", "说话人"]),
            Entry(
                .seller, .truth, since: .two, chinese: "说话的是不是商家自己。", english: "Whether the speaker is the seller.",
                example: "true", mistakes: ["商家", "is_seller"]),
            Entry(
                .facts, .list(of: .object(.factTest), count: 1...PackLimits.facts), since: .two, chinese: "商品页是这样。",
                english: "What the listing says.", example: "[{fact: registered_function, known: true}]",
                mistakes: ["事实"]),
        ])

    /// The keys of which a fact has one.
    static let factTests: [Key] = [.has, .lacks, .differsFrom, .above, .below, .known]

    static let factTest = LanguageObject(
        .factTest, "a fact",
        title: Wording("商品事实", "A fact"),
        summary: Wording(
            "商品页上的一项：成立、不成立，或没说（未知）。",
            "Something the listing says of its goods: true, false, or unknown where it does not say."),
        relations: [
            .exactlyOne(
                of: [.fact, .attribute, .said],
                none: .init(.factOperator, "加上哪一项，如 fact: material。", "Add which fact: 'fact: material'."),
                several: .init(.factOperator, "一条只写一个；都要就写两条。", "Write one, or two facts.")),
            .exactlyOne(
                of: factTests,
                none: .init(.factOperator, "加上 has: [词] 之类。", "Add 'has: [word]' or the like."),
                several: .init(.factOperator, "一条只写一个；都要就写两条。", "Write one, or two facts.")),
            .needs(
                .differsFrom, .among,
                add: .init(
                    .saidByNobody, "比的是哪个词类，如 among: \"@health.fibre\"",
                    "the class that is compared: 'among: \"@health.fibre\"'")),
            .serves(
                .among, [.differsFrom], reason: .init(.factOperator, "说的是比哪个词类", "names the class that is compared")),
            .serves(.by, [.above, .below], reason: .init(.factOperator, "说的是要差多少", "says how much is between")),
        ],
        [
            Entry(
                .fact, .choice(Choice(Fact.self, meaning)),
                since: .two, chinese: "哪一项；或者写 `attribute`、`said`。",
                english: "Which fact; or write `attribute` or `said`.", example: Fact.material.rawValue,
                mistakes: ["事实", "项"]),
            Entry(
                .attribute, text, since: .two, chinese: "代替 `fact`：商品页的一项属性，写它的名字（空格、冒号、全半角不论）。",
                english: "Instead of `fact`: an attribute of the listing by its name, spaces, colons and width aside.",
                example: "养殖方式", mistakes: ["属性"]),
            Entry(
                .said, .identifier, since: .two,
                chinese: "代替 `fact`：`match` 里用 `as` 记下的数，用 `above`、`below` 和另一个记下的数、写定的数或价格比。",
                english:
                    "Instead of `fact`: a number remembered with `as` in `match`, compared by `above` or `below` with another, "
                    + "with a number, or with a price.",
                example: "now", mistakes: ["说的"]),
            Entry(
                .has, words, since: .two, chinese: "有这些词之一。", english: "One of these words stands there.",
                example: "[涤纶, 聚酯纤维]", mistakes: ["有", "包含"]),
            Entry(
                .lacks, words, since: .two,
                chinese: "没有这些词；写 `match` 里 `as` 起的名字，就是没有说的那一种。",
                english: "None of these words; or, by a name given with `as` in `match`, not the kind that was said.",
                example: "[真丝]", mistakes: ["没有", "不含"]),
            Entry(
                .differsFrom, .text(limit: PackLimits.textLength, numbers: .allowed), since: .two,
                chinese: "写的是别的种，不是说的（`as`）那种；也可以写另一项事实。",
                english:
                    "Another kind stands there than the one said under this name (`as`), or than another fact names.",
                example: "said",
                mistakes: ["不同", "differs"]),
            Entry(
                .among, .term, since: .two, chinese: "哪个词类的种，要有 `kinds`。",
                english: "The class whose kinds are compared.", example: "\"@health.fibre\"", mistakes: ["词类"]),
            Entry(
                .above, .measure, since: .two, chinese: "比它大：一个数、`as` 的名字，或另一项。",
                english: "Above a number, what was said under a name, or another fact.", example: "5万元",
                mistakes: ["大于", "高于"]),
            Entry(
                .below, .measure, since: .two, chinese: "比它小。", english: "Below it.", example: "original_price",
                mistakes: ["小于", "低于"]),
            Entry(
                .by, .measure, since: .two, chinese: "差得比这还多（百分数）；三倍以上是高出 200%。",
                english: "By more than this, a percentage: more than three times is above by 200%.",
                example: "10%", mistakes: ["相差"]),
            Entry(
                .known, .truth, since: .two, chinese: "商品页说没说。", english: "Whether the listing says it.",
                example: "true",
                mistakes: ["已知"]),
        ])

    static func meaning(_ role: SpeakerRole) -> (chinese: String, english: String, mistakes: [String]) {
        switch role {
        case .host: ("主播", "the host", ["主播"])
        case .assistant: ("助播", "an assistant", ["助播", "助理"])
        case .guest: ("嘉宾", "a guest", ["嘉宾"])
        case .viewer: ("观众", "a viewer", ["观众"])
        case .ai: ("数字人", "a synthetic host", ["数字人", "虚拟人"])
        }
    }

    private static func meaning(_ fact: Fact) -> (chinese: String, english: String, mistakes: [String]) {
        switch fact {
        case .category: ("类目", "the category", ["类目"])
        case .title: ("商品标题", "the title", ["标题"])
        case .brand: ("品牌", "the brand", ["品牌"])
        case .material: ("材质、成分", "the material", ["材质", "面料", "成分", "materials"])
        case .origin: ("产地", "where it comes from", ["产地"])
        case .grade: ("等级", "the grade", ["等级"])
        case .registeredFunction: ("注册或备案的保健功能", "the registered function", ["保健功能", "功能"])
        case .suitableFor: ("适用人群", "whom it suits", ["适用人群"])
        case .unsuitableFor: ("不适宜、禁用的人群", "whom it does not suit", ["不适宜人群", "禁忌"])
        case .standard: ("执行标准", "the standard it is made to", ["执行标准", "标准"])
        case .kind: ("产品类别：普通食品、特殊化妆品", "what sort of goods it is listed as", ["类别", "类型"])
        case .process: ("工艺、处理、种养和捕捞的方式", "how it was made, treated, grown or caught", ["工艺", "处理方式", "养殖方式"])
        case .condition: ("状态、成色、储存条件", "frozen or fresh, new or used, how it is kept", ["状态", "成色"])
        case .attributes: ("全部属性和证书，不论叫什么", "all attributes and certificates, whatever their names", ["所有属性"])
        case .entries: ("全部属性，连名带值：“涂层:无”", "all attributes, each with its name: 涂层:无", ["属性名"])
        case .listing: ("标题、类目、全部属性和证书", "title, category, all attributes and certificates", ["商品页"])
        case .sellerRegion: ("商家所在的省（按区划代码）", "the seller's province, by the code of the region", ["商家地区"])
        case .date: ("生产、捕捞、采摘、包装的日期", "when it was made, caught, picked or packed", ["生产日期"])
        case .share: ("含量、浓度、纯度（百分数）", "how much of it is the good stuff, a percentage", ["含量", "浓度"])
        case .warranty: ("质保、保修的时间", "how long it is guaranteed", ["质保", "保修"])
        case .validity: ("有效期、使用期限、课程年限", "how long it may be used", ["有效期"])
        case .shelfLife: ("保质期", "how long it keeps", ["保质期"])
        case .vintage: ("年份、窖龄、树龄", "how old it is, or of which year", ["年份"])
        case .age: ("生产、捕捞、采摘到现在有多久", "how long ago it was made, caught, picked or packed", ["生产了多久"])
        case .approvalNo: ("批准文号、注册号、备案号", "the approval number", ["批准文号", "注册号", "备案号"])
        case .certificates: ("证书", "certificates", ["证书", "资质"])
        case .weight: ("净重", "the weight, in grams", ["重量", "净重", "净含量"])
        case .price: ("价格", "the price", ["价格", "现价"])
        case .originalPrice: ("原价、划线价", "the price before", ["原价", "划线价"])
        case .attribute: ("属性", "an attribute", [])
        case .said: ("说的数", "a number that was said", [])
        case .price7dMin:
            (
                "现在这个价以前七天里，这件商品在这个直播间卖过的最低价；七天没看全，只用来判断“比它高”",
                "the lowest price of the goods in this room in the seven days before the present offer; where not all of them "
                    + "were seen, only what is above it is certain",
                ["七天最低价", "历史最低价", "lowest_price"]
            )
        }
    }
}

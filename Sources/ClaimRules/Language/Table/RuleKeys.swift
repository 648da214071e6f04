import LiveEvents

extension RuleLanguage {
    static let rule = LanguageObject(
        .rule, "a rule",
        title: Wording("规则", "A rule"),
        summary: Wording("说了什么算命中、依据哪条法、怎么报。", "What must be said, the law behind it, and how it is reported."),
        relations: [
            .atLeastOne(
                of: [.legalBasis, .bind],
                none: .init(
                    "“规则”要有 'legal_basis'。加上法律依据：[{law: 广告法, article: 第九条}]。",
                    "a rule needs 'legal_basis'. Add the law: [{law: 广告法, article: 第九条}].")),
            .atLeastOne(
                of: [.match, .score, .required],
                none: .init(
                    "“规则”要有 'match'。加上说了什么算命中：{any: [词, 词]}。",
                    "a rule needs 'match'. Add what must be said: {any: [term, term]}.")),
            .holds(
                .examples, [.match, .clear], unless: .status,
                isOneOf: [Rule.Status.shadow.rawValue, Rule.Status.off.rawValue]),
        ],
        planned: [.scope, .speechVersusListing],
        [
            Entry(
                .id, .identifier,
                .required(
                    add: Wording(
                        "规则名，不与别的规则重复，如 id: food.treatment", "a name that no other rule has, like 'id: food.treatment'")
                ),
                chinese: "规则名，不与任何规则重复；定了就不改，告警里一直用它。",
                english: "The rule's name, which no other rule has. Never rename it: alerts carry it.",
                example: "food.treatment", mistakes: ["编号", "规则名", "name"]),
            Entry(
                .revision, .integer(1...1_000_000), .optional(default: "1"),
                chinese: "第几版，每改一次加一。", english: "Raise it with every change of the rule.", example: "2",
                mistakes: ["版本", "修订", "version"]),
            Entry(
                .status, .choice(Choice(Rule.Status.self, meaning)), .optional(default: Rule.Status.stable.rawValue),
                chinese: "这条规则现在用不用。", english: "Whether the rule is in force.", example: Rule.Status.shadow.rawValue,
                mistakes: ["状态"]),
            Entry(
                .title, text, .required(add: Wording("给人看的标题，用中文", "the title people see, in Chinese")),
                chinese: "给人看的标题，用中文。", english: "The title people see, in Chinese.", example: "普通食品宣称疾病预防、治疗功能",
                mistakes: ["标题", "title_zh"]),
            Entry(
                .titleEn, text,
                chinese: "标题的英文，可以不写。", english: "The title in English, if there is one.",
                example: "Ordinary food said to prevent or cure disease",
                mistakes: ["英文标题"]),
            Entry(
                .category, text,
                chinese: "分类号；不写就是 `id`。", english: "The number in the taxonomy; without it, the rule's `id`.",
                example: "food.treatment", mistakes: ["分类", "类别"]),
            Entry(
                .severity, .choice(Choice(Severity.self, meaning)),
                .required(add: severityAdvice),
                chinese: "严重程度，由轻到重。", english: "How serious it is, from the least to the most.",
                example: Severity.high.rawValue, mistakes: ["严重程度", "级别", "level"]),
            Entry(
                .legalTrack, .choice(Choice(LegalTrack.self, meaning)),
                chinese: "走哪条法律路径；不写就由谁在说来定。", english: "The legal track; without it, it follows from who speaks.",
                example: LegalTrack.adLaw.rawValue, mistakes: ["法律路径"]),
            Entry(
                .legalBasis, .list(of: .object(.legalBasis), count: 1...PackLimits.entries),
                chinese: "法律依据，一条一行，必填（除非 `bind` 每一条都有）；条号改了，旧条加 `to`，新条另起一行。",
                english:
                    "The articles behind the rule; needed unless each entry of `bind` has its own. When a number changes, end the old entry with `to` and add the new one.",
                example: "[{law: 广告法, article: 第九条第三项, from: 2015-09-01}]", mistakes: ["法律依据", "法条", "依据"]),
            Entry(
                .appliesTo, .list(of: .choice(Choice(Rule.Target.self, meaning)), count: 1...PackLimits.entries),
                .optional(default: allTargets),
                chinese: "看什么：主播说的、商品页写的。", english: "What the rule looks at.",
                example: "[\(Rule.Target.speech.rawValue)]",
                mistakes: ["适用", "适用范围", "applies"]),
            Entry(
                .product, .object(.product),
                chinese: "只管哪些商品；不写就是所有商品。", english: "The goods the rule speaks of; without it, all goods.",
                example: "{category: [食品], not: [保健食品]}", mistakes: ["商品", "产品"]),
            Entry(
                .match, .expression,
                chinese: "说了什么算命中；必填，除非写 `score` 或 `required`。",
                english: "What must be said; needed unless there is `score` or `required`.",
                example: "{any: [全网第一, 销量冠军]}",
                mistakes: ["匹配", "命中"]),
            Entry(
                .unless, .list(of: .either([.term, .object(.contextGuard)]), count: 0...PackLimits.termsPerRule),
                chinese: "命中处在更长的这句话里就不算；也可以是排除条件（`before: 10` 之类，/2）或词库里它的名字；和词看穿同样的写法；"
                    + "同音、拆字只看含有本规则词的短语。",
                english:
                    "A longer phrase around a hit clears it; in claimwatch/2 a guard may stand here, or its name in the "
                    + "lexicon. Words are seen through the same disguises; by sound and in parts only those that hold a "
                    + "term of the rule.",
                example: "[不能治疗, {before: 10, any: [不敢说, 不可能]}]", mistakes: ["除非", "排除", "例外", "except"]),
            Entry(
                .score, .object(.score), since: .two,
                chinese: "代替 `match`：几分钟里弱信号加起来够分才算，抓从不明说的话术。",
                english:
                    "Instead of `match`: weak signals that add up over minutes, for the pitch that never says the word.",
                example:
                    "{window: 3m, threshold: 1.5, min_distinct: 2, weights: {\"@health.cure\": 1.2, \"@health.act\": 0.6}}",
                mistakes: ["打分", "评分"]),
            Entry(
                .required, .object(.required), since: .two,
                chinese: "代替 `match`：必须说的话到时间还没有说才算。要写 `product`，`after: session` 除外；只看口播。",
                english:
                    "Instead of `match`: a statement that was not said in time. Needs `product`, but for `after: session`; "
                    + "looks at speech alone.",
                example: "{say: [不能代替药物, 不能替代药品], within: 5m}", mistakes: ["必须说", "must_say"]),
            Entry(
                .needs, .list(of: .object(.contextGuard), count: 0...PackLimits.needs), since: .two,
                chinese: "命中周围必须有的词，写法同排除条件，没有 `then`；每一条都要满足。`around` 包括命中本身。",
                english:
                    "What must stand around a hit, written as guards without `then`; each must be met. `around` includes "
                    + "the hit itself.",
                example: "[{around: 6, any: [质量, 品质]}]", mistakes: ["必须有", "need", "requires_near"]),
            Entry(
                .exempt, .object(.exempt), since: .two, chinese: "绝对化用语的豁免情形：有这些词就降一级，并注明。",
                english: "Exemptions of absolute terms: with these words the hit weighs one step less.",
                example: "{usage: [最佳食用, 最佳赏味]}", mistakes: ["豁免", "exemptions"]),
            Entry(
                .bind, .list(of: .object(.binding), count: 1...PackLimits.bindings), since: .two,
                chinese: "同一句话对不同的商品、渠道、说话人是不同的违法：从上到下第一条合适的为准，没写的部分用规则自己的。",
                english:
                    "What the rule means for which goods, channel and speaker: the first that fits is taken; a part "
                    + "not written is the rule's own.",
                example: "[{when: {category: [食品]}, as: food.treatment, severity: high}, {when: {}}]",
                mistakes: ["绑定", "bindings"]),
            Entry(
                .facts, .list(of: .object(.factTest), count: 1...PackLimits.facts), since: .two,
                chinese: "商品页必须是这样才算命中；每一条都要成立。",
                english: "What the listing must say for the hit to count; all of it.",
                example: "[{fact: material, lacks: [真丝]}]", mistakes: ["事实", "商品事实"]),
            Entry(
                .unknown, .choice(Choice(UnknownFacts.self, meaning)),
                .optional(default: UnknownFacts.verify.rawValue), since: .two, chinese: "商品页没说时怎么办。",
                english: "What becomes of a hit where the listing does not say.", example: UnknownFacts.drop.rawValue,
                mistakes: ["未知"]),
            Entry(
                .screen, .object(.screen), since: .two,
                chinese: "命中以后再问一个学出来的筛子（claimwatch learn）：给分不够的不算。只配 `match`，没有 `span: 25s` 之类。",
                english:
                    "A learned screen (claimwatch learn) that is asked about each hit: one that it gives too little does not "
                    + "count. Goes with a `match` in one text, without a `span` of time.",
                example: "{model: health-live, min: 0.6, without_model: drop}", mistakes: ["筛子", "模型", "classifier"]),
            Entry(
                .from, .day, since: .two, chinese: "规则从这天起生效（中国时间）。", english: "The first day of the rule, in China.",
                example: "2026-01-01", mistakes: ["起", "生效"]),
            Entry(
                .to, .day, since: .two, chinese: "规则生效的最后一天。", english: "The last day of the rule.",
                example: "2026-12-31", mistakes: ["止", "失效"]),
            Entry(
                .strictness, .integer(1...4), .optional(default: "1"), since: .two,
                chinese: "严格到几级的站点才用：1 都用，4 最严。",
                english: "How strict a site must be to use the rule: 1 all, 4 the strictest.",
                example: "2", mistakes: ["严格", "级"]),
            Entry(
                .jurisdictions, jurisdictions, since: .two,
                chinese: "只管地区代码这样开头的直播间或商家；地区未知的也管。",
                english: "Only where the region's code begins so; an unknown region counts.", example: "[\"3207\"]",
                mistakes: ["地区", "辖区", "jurisdiction"]),
            Entry(
                .evasion, .object(.evasion),
                chinese: "看穿哪些规避写法；不写就一概不认。", english: "The disguises the rule sees through; without it, none.",
                example: "{gaps: 2, homophones: true}", mistakes: ["规避", "伪装"]),
            Entry(
                .window, .duration(60_000...86_400_000), .optional(default: "10m"),
                chinese: "同一直播间同一规则，这么长时间内只报一次，后面的并入。",
                english: "One alert per room and rule in this time; later hits join it.", example: "30m",
                mistakes: ["窗口", "时间窗"]),
            Entry(
                .threshold, .integer(1...1_000), .optional(default: "1"),
                chinese: "窗口内命中几次才报；同样的话一分钟内再出现（识别器卡住、主播绕圈）只算一次。",
                english:
                    "Hits in the window before the first alert. The same words again within a minute, as a stuck recogniser "
                    + "writes them, count once.",
                example: "3",
                mistakes: ["阈值", "次数"]),
            Entry(
                .open, openQuestions, since: .two,
                chinese: "要请人核对的法律问题，一句话或一列；改变不了任何告警。`rules stats` 列出全部，`explain` 在依据下面写出。",
                english:
                    "Questions of law that a person has to settle, one or a list. They change no alert: `rules stats` lists "
                    + "them, `explain` tells them below the law.",
                example: "是否也管禁用的猎捕工具，未核对", mistakes: ["待核对", "问题", "todo"]),
            Entry(
                .examples, .object(.examples),
                chinese: "例句；stable 的规则必须有，`run` 启动时逐条跑，有一句不对就不启动。",
                english:
                    "Texts that show what the rule finds and leaves alone. A stable rule needs them, and `run` tries them.",
                example: "{match: [全网第一, 又是全网第一], clear: [很好, 真好]}", mistakes: ["例句", "示例", "例子"]),
        ])

    private static let severityAdvice: Wording = {
        let low = Severity.low
        let others = Severity.allCases.filter { $0 != low }.map(\.rawValue).joined(separator: ", ")
        return Wording(
            "严重程度，如 severity: \(low.rawValue)；还可以是 \(others)", "'severity: \(low.rawValue)', or \(others)")
    }()

    private static let allTargets = "[\(Rule.Target.allCases.map(\.rawValue).joined(separator: ", "))]"

    static func meaning(_ status: Rule.Status) -> (chinese: String, english: String, mistakes: [String]) {
        switch status {
        case .stable: ("正式", "in force", ["正式", "启用", "live", "enabled"])
        case .shadow: ("试行，另出一路，不作数", "on trial, on a topic of its own", ["试行", "试用", "观察", "trial"])
        case .off: ("停用", "not used", ["停用", "关闭", "disabled"])
        }
    }

    static func meaning(_ severity: Severity) -> (chinese: String, english: String, mistakes: [String]) {
        switch severity {
        case .info: ("提示", "for information", ["提示", "信息", "notice"])
        case .low: ("低", "low", ["低", "轻微", "minor"])
        case .medium: ("中", "medium", ["中", "一般", "middle", "moderate"])
        case .high: ("高", "high", ["高", "严重", "severe"])
        case .critical: ("特别严重", "critical", ["特别严重", "紧急", "urgent"])
        }
    }

    static func meaning(_ track: LegalTrack) -> (chinese: String, english: String, mistakes: [String]) {
        switch track {
        case .adLaw: ("广告", "advertising", ["广告", "广告法", "advertising"])
        case .aucl: ("反不正当竞争", "unfair competition", ["反不正当竞争", "反不正当竞争法"])
        case .price: ("价格", "prices", ["价格", "价格法"])
        case .goods: ("商品本身", "the goods themselves", ["商品", "产品质量", "产品质量法"])
        case .label: ("标签标识", "labels", ["标签", "标识"])
        case .consumer: ("消费者权益", "consumer rights", ["消费者", "消费者权益", "消费者权益保护法"])
        }
    }

    static func meaning(_ target: Rule.Target) -> (chinese: String, english: String, mistakes: [String]) {
        switch target {
        case .speech: ("口播", "what is said", ["口播", "语音", "voice"])
        case .listing: ("商品页", "the listing's texts", ["商品页", "商品", "链接"])
        }
    }

    private static func meaning(_ unknown: UnknownFacts) -> (chinese: String, english: String, mistakes: [String]) {
        switch unknown {
        case .verify: ("降一级，作为待核实的线索报", "raised one step lower, as a lead to verify", ["核实", "待核实"])
        case .drop: ("不报", "not raised", ["不报", "ignore"])
        }
    }

    static let legalBasis = LanguageObject(
        .legalBasis, "a legal basis",
        title: Wording("法律依据", "A legal basis"),
        summary: Wording("哪部法的哪一条，什么时候有效。", "An article of a law, and when it applies."),
        [
            Entry(
                .law, text, .required(add: Wording("法规名称", "the name of the law")), chinese: "法规名称，可用简称。",
                english: "The name of the law.",
                example: "广告法", mistakes: ["法律", "法规", "法"]),
            Entry(
                .article, text, .required(add: Wording("条款项，如 第九条", "the article, like 第九条")),
                chinese: "条款项，写成 “第…条第…款第…项”。",
                english: "The article, as 第…条第…款第…项.", example: "第九条第三项", mistakes: ["条款", "条", "条文"]),
            Entry(
                .from, .day, chinese: "施行日期。", english: "The first day the article applies.", example: "2015-09-01",
                mistakes: ["起", "施行"]),
            Entry(
                .to, .day, chinese: "失效前的最后一天。", english: "The last day it applies.", example: "2025-10-14",
                mistakes: ["止", "废止"]),
        ])

    static let product = LanguageObject(
        .product, "a product",
        title: Wording("商品范围", "A product"),
        summary: Wording(
            "与类目路径里的任一级比较：`食品` 管 `食品/茶`。",
            "Names are compared with each part of the category path: 食品 covers 食品/茶."),
        relations: [
            .atLeastOne(
                of: [.category, .not],
                none: .init(
                    "'product' 里没有类目。写 {category: [食品]}，或删掉它。",
                    "'product' names no category. Write {category: [食品]}, or delete it."))
        ],
        [
            Entry(
                .category, .list(of: text, count: 1...PackLimits.entries), chinese: "只管这些类目之一；不写就是所有类目。",
                english: "Any of these categories; without it, every category.", example: "[食品]",
                mistakes: ["类目", "分类", "categories"]),
            Entry(
                .not, .list(of: text, count: 1...PackLimits.entries), chinese: "这些类目除外。",
                english: "None of these categories.",
                example: "[药品]", mistakes: ["除外", "排除", "except"]),
        ])
}

import LiveEvents

extension RuleLanguage {
    /// What `match` holds in packs of claimwatch/1.
    static let match = LanguageObject(
        .match, "'match'",
        title: Wording("命中条件", "What must be said"),
        summary: Wording(
            "词按折叠后的子串匹配（全半角、大小写、繁简不分），没有词界。",
            "Terms are found as parts of the text, width, case and script aside, without word borders."),
        relations: [
            .exactlyOne(
                of: [.any, .all], none: .init("加上 any: [词, 词]。", "Add 'any: [term, term]'."),
                several: .init("留一个，或分成两条规则。", "Keep one, or make two rules.")),
            .serves(
                .within, [.all], reason: .init("说的是 'all' 的各组隔多远", "says how the parts of 'all' stand together")),
            .serves(
                .order, [.all], reason: .init("说的是 'all' 的各组讲不讲先后", "says how the parts of 'all' stand together")),
            .needs(
                .all, .within,
                add: .init(
                    "各组一共占多少字，1 到 60，如 within: 12",
                    "the number of characters its parts lie in, 1 to 60: 'within: 12'")),
        ],
        planned: [.pattern, .speechVersusListing, .from, .scope],
        [
            Entry(
                .any, .list(of: .term, count: 1...PackLimits.termsPerRule), chinese: "有一个就算。",
                english: "One of these terms is enough.", example: "[全网第一, \"@ranks\"]", mistakes: ["任一", "or"]),
            Entry(
                .all,
                .list(
                    of: .either([.list(of: .term, count: 1...PackLimits.termsPerRule), .term]),
                    count: 1...PackLimits.parts),
                chinese: "每组各有一个，且在同一句的 `within` 个字以内；组可以是词、词表或 [词, 词]。",
                english:
                    "One of each part, all within `within` characters of one sentence. A part is a term, a list's name or "
                    + "[term, term].",
                example: "[[治疗, 根治], \"@diseases\"]", mistakes: ["全部", "都有", "and"]),
            Entry(
                .within, .integer(1...60), chinese: "`all` 的各组在同一句里最多隔多远：从第一组的首字到最后一组的末字，以字计。",
                english:
                    "Characters of one sentence in which the parts of `all` lie, from the first of the first to the last of "
                    + "the last.",
                example: "12", mistakes: ["距离", "distance"]),
            Entry(
                .order, .choice(Choice(Rule.Condition.Order.self, meaning)),
                .optional(default: Rule.Condition.Order.any.rawValue), chinese: "`all` 的各组讲不讲先后。",
                english: "Whether the parts of `all` come in order.", example: Rule.Condition.Order.written.rawValue,
                mistakes: ["先后", "顺序"]),
        ])

    static func meaning(
        _ order: Rule.Condition.Order
    ) -> (chinese: String, english: String, mistakes: [String]) {
        switch order {
        case .any: ("不分先后", "in any order", ["任意", "不分先后"])
        case .written: ("按写的先后", "as written", ["先后", "顺序", "fixed"])
        }
    }

    static let examples = LanguageObject(
        .examples, "'examples'",
        title: Wording("例句", "Examples"),
        summary: Wording(
            "用主播口语，自己写；每样至少两句，最好三句以上。",
            "Texts in the words of hosts, your own; two of each at least, better three or more."),
        [
            Entry(
                .match, exampleTexts, chinese: "必须命中的。", english: "Texts the rule must find.",
                example: "[这个白茶天天喝，降血脂的, {text: 苦荞茶 降血脂 500g, listing: true}]", mistakes: ["命中", "匹配", "hit"]),
            Entry(
                .clear, exampleTexts, chinese: "必须不命中的。", english: "Texts it must leave alone.",
                example: "[白茶不能降血脂, 白茶解渴]",
                mistakes: ["不命中", "放过", "pass"]),
        ])

    private static let exampleTexts = Shape.list(
        of: .either([exampleText, .object(.example)]), count: 0...PackLimits.examples)
    static let exampleText = Shape.text(limit: PackLimits.exampleLength, numbers: .allowed)
    private static let id = Shape.text(limit: PackLimits.textLength, numbers: .allowed)

    static let example = LanguageObject(
        .example, "an example",
        title: Wording("带场景的例句", "An example and its room"),
        summary: Wording(
            "一句话和当时的直播间；`match` 下面还可以写必须得出什么（`severity` `exemptions` `guards` `as` `state`）。",
            "A text, who says it and what is on sale; under `match` also what must come of it (`severity`, `exemptions`, "
                + "`guards`, `as`, `state`)."),
        relations: [
            .atLeastOne(
                of: [.text, .segments],
                none: .init("“带场景的例句”要有 'text'。加上要试的话。", "an example needs 'text'. Add the text to try."))
        ],
        [
            Entry(
                .text, exampleText, chinese: "要试的话；或者写 `segments`。", english: "The text to try; or write `segments`.",
                example: "这个白茶天天喝，降血脂的", mistakes: ["例句", "文字", "文本"]),
            Entry(
                .category, text,
                chinese: "直播间里正卖的商品的类目；不写则类目未知，有 `product` 的规则照样报，标明 `category_unresolved`。",
                english:
                    "The category of the product on sale. Without it the category is unknown: rules with `product` fire, and "
                    + "say `category_unresolved`.",
                example: "食品/茶", mistakes: ["类目", "分类"]),
            Entry(
                .listing, .truth, .optional(default: "false"), chinese: "true 表示这是商品标题，不是口播。",
                english: "true for a listing's title; otherwise it is speech.", example: "true",
                mistakes: ["商品", "商品页"]),
            Entry(
                .segments, .list(of: .object(.exampleSegment), count: 1...PackLimits.exampleParts), since: .two,
                chinese: "代替 `text`：先后几段话。", english: "Instead of `text`: what is said in several segments.",
                example: "[{at: 0s, text: 别在这儿拍}, {at: 8s, text: 扫那个码付}]", mistakes: ["分段", "片段"]),
            Entry(
                .listings, .list(of: .object(.exampleListing), count: 1...PackLimits.exampleParts), since: .two,
                chinese: "直播间里的商品，不止一件时写。", english: "The goods of the room, where there are several.",
                example: "[{id: a, title: 真丝衬衫, price: 199元}]", mistakes: ["商品列表"]),
            Entry(
                .facts, .map(key: .label, of: text, limit: PackLimits.exampleParts), since: .two,
                chinese: "商品事实，按名字。", english: "Facts of the listing, by name.", example: "{material: 涤纶}",
                mistakes: ["事实"]),
            Entry(
                .attributes, .map(key: .label, of: text, limit: PackLimits.exampleParts), since: .two,
                chinese: "商品属性，名字照商品页。", english: "Attributes of the listing, named as there.",
                example: "{材质: 聚酯纤维92%}", mistakes: ["属性"]),
            Entry(
                .price, .measure, since: .two, chinese: "商品价格。", english: "The price of the goods.", example: "199元",
                mistakes: ["价格"]),
            Entry(
                .role, .choice(Choice(SpeakerRole.self, meaning)), since: .two, chinese: "谁说的。",
                english: "Who says it.",
                example: SpeakerRole.host.rawValue, mistakes: ["角色"]),
            Entry(
                .seller, .either([.truth, id]), since: .two,
                chinese: "true、false：说话的是不是商家自己；别的是商品的店铺号，站点改动的 `except` 用它试。",
                english:
                    "true or false: whether the speaker is the seller; anything else is the shop of the goods, which an "
                    + "overlay's `except` may name.",
                example: "\"shop-88\"", mistakes: ["商家", "店铺", "shop"]),
            Entry(
                .room, id, since: .two, chinese: "直播间号。", english: "The room, as events number it.",
                example: "\"880011\"",
                mistakes: ["直播间", "room_id"]),
            Entry(
                .speaker, id, since: .two, chinese: "说话人的账号。", english: "The speaker's account, as events number it.",
                example: "\"u-17\"", mistakes: ["说话人", "speaker_id"]),
            Entry(
                .region, .text(limit: 12, numbers: .allowed), since: .two, chinese: "直播间的地区代码。",
                english: "The region's code.", example: "\"320700\"", mistakes: ["地区"]),
            Entry(
                .at, .day, since: .two, chinese: "哪一天说的。", english: "The day on which it is said.",
                example: "2026-11-28",
                mistakes: ["日期", "date"]),
            Entry(
                .severity, .choice(Choice(Severity.self, meaning)), since: .two, chinese: "必须是这个严重程度。",
                english: "The severity that must come of it.", example: Severity.low.rawValue, mistakes: ["严重程度"]),
            Entry(
                .exemptions, .list(of: text, count: 0...PackLimits.exampleParts), since: .two, chinese: "必须注明这些豁免。",
                english: "The exemptions that must be named.", example: "[\"exempt:usage\"]", mistakes: ["豁免"]),
            Entry(
                .guards, .list(of: text, count: 0...PackLimits.exampleParts), since: .two, chinese: "必须注明这些排除条件。",
                english: "The guards that must be named.", example: "[health.negated]", mistakes: ["排除"]),
            Entry(
                .name, .either([text, .map(key: .label, of: text, limit: PackLimits.captures)]), since: .two,
                chinese: "必须落在 `bind` 里的这一条；或者 `{名字: 话}`：match 里用 `as` 起的名字必须是这些话。",
                english:
                    "The taxonomy id that `bind` must come to; or `{name: words}`: what must have been said under the names "
                    + "that `match` gives with `as`.",
                example: "food.treatment", mistakes: ["捕获"]),
            Entry(
                .state, .choice(Choice(Rule.Examples.State.self, meaning)), since: .two, chinese: "确定，还是待核实。",
                english: "Whether it is firm or a lead to verify.", example: Rule.Examples.State.firm.rawValue,
                mistakes: ["状态"]),
        ])

    static let exampleSegment = LanguageObject(
        .exampleSegment, "a segment",
        title: Wording("例句的一段", "A segment of an example"),
        summary: Wording("什么时候说了什么。", "What is said, and when."),
        [
            Entry(
                .at, .duration(0...86_400_000), .optional(default: "0s"), since: .two, chinese: "从开头起多久。",
                english: "Time from the beginning.", example: "8s", mistakes: ["时间"]),
            Entry(
                .text, exampleText, .required(add: Wording("说的话", "what is said")), since: .two, chinese: "说的话。",
                english: "What is said.",
                example: "扫那个码付", mistakes: ["文字"]),
            Entry(
                .until, .duration(0...86_400_000), since: .two, chinese: "一直这样说到什么时候，每十秒一段，最多一小时。",
                english: "Until when it goes on being said, in segments of ten seconds; one hour at most.",
                example: "6m",
                mistakes: ["直到", "to"]),
            Entry(
                .listing, .identifier, since: .two, chinese: "正在讲解的商品，`listings` 里的 `id`。",
                english: "The goods that are explained: an `id` of `listings`.", example: "a", mistakes: ["商品"]),
        ])

    static let exampleListing = LanguageObject(
        .exampleListing, "a listing",
        title: Wording("例句的商品", "A listing of an example"),
        summary: Wording("直播间里的一件商品。", "Goods of the room."),
        [
            Entry(
                .id, .identifier, .required(add: Wording("名字，如 id: a", "a name: 'id: a'")), since: .two, chinese: "名字。",
                english: "Its name.",
                example: "a", mistakes: ["编号"]),
            Entry(
                .title, text, since: .two, chinese: "标题。", english: "Its title.", example: "真丝衬衫", mistakes: ["标题"]),
            Entry(
                .category, text, since: .two, chinese: "类目。", english: "Its category.", example: "服饰/衬衫",
                mistakes: ["类目"]),
            Entry(
                .price, .measure, since: .two, chinese: "价格。", english: "Its price.", example: "199元", mistakes: ["价格"]),
            Entry(
                .attributes, .map(key: .label, of: text, limit: PackLimits.exampleParts), since: .two, chinese: "属性。",
                english: "Its attributes.", example: "{材质: 聚酯纤维92%}", mistakes: ["属性"]),
        ])

    private static func meaning(
        _ state: Rule.Examples.State
    ) -> (chinese: String, english: String, mistakes: [String]) {
        switch state {
        case .firm: ("确定", "firm", ["确定"])
        case .toVerify: ("待核实的线索", "a lead to verify", ["待核实", "核实"])
        }
    }
}

extension RuleLanguage {
    /// What `match` holds in packs of claimwatch/1.
    static let match = LanguageObject(
        .match, "'match'",
        title: Wording("命中条件", "What must be said"),
        summary: Wording(
            "词按折叠后的子串匹配（全半角、大小写、繁简不分），没有词界。",
            "Terms are found as parts of the text, width, case and script aside, without word borders."),
        relations: [
            .exactlyOne(of: [.any, .all], none: "Add 'any: [term, term]'.", several: "Keep one, or make two rules."),
            .serves(.within, [.all], reason: "says how the parts of 'all' stand together"),
            .serves(.order, [.all], reason: "says how the parts of 'all' stand together"),
            .needs(.all, .within, add: "the number of characters its parts lie in, 1 to 60: 'within: 12'"),
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

    static let example = LanguageObject(
        .example, "an example",
        title: Wording("带场景的例句", "An example and its room"),
        summary: Wording("一句话和当时的直播间。", "A text and what is on sale when it is said."),
        [
            Entry(
                .text, exampleText, .required(add: "the text to try"), chinese: "要试的话。", english: "The text to try.",
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
        ])
}

extension RuleLanguage {
    static let required = LanguageObject(
        .required, "'required'",
        title: Wording("必须说的话", "A required statement"),
        summary: Wording(
            "到时间还没有说才算命中。只在一直听得到主播说话时才报：转写中断过、说得太少、商品下架了，都不报；"
                + "开始之前这么久以内说过也算说过。",
            "The rule is met where it is not said in time. Nothing is raised unless speech was heard all the while: not after a "
                + "gap in the transcript, nor of goods that are gone. Said as long before the beginning is said, too."),
        [
            Entry(
                .say, .expression,
                .required(add: Wording("必须说的话：say: [词, 词]", "what must be said: 'say: [term, term]'")),
                since: .two, chinese: "必须说的话，写法同 `match`；说到一种就算。",
                english: "What must be said, written as `match`; one of several is enough.",
                example: "[不能代替药物, 不能替代药品]", mistakes: ["说", "要说", "statement"]),
            Entry(
                .within, .duration(60_000...3_600_000),
                .required(add: Wording("多长时间以内，如 within: 5m", "the time in which it must be said: 'within: 5m'")),
                since: .two, chinese: "多长时间以内要说。", english: "The time in which it must be said.", example: "5m",
                mistakes: ["时限", "以内"]),
            Entry(
                .after, .choice(Choice(RequiredStatement.Start.self, meaning)),
                .optional(default: RequiredStatement.Start.listed.rawValue), since: .two, chinese: "从什么时候算起。",
                english: "What the time begins with.", example: RequiredStatement.Start.explaining.rawValue,
                mistakes: ["从", "起点", "since"]),
        ])

    private static func meaning(
        _ start: RequiredStatement.Start
    ) -> (chinese: String, english: String, mistakes: [String]) {
        switch start {
        case .listed: ("`product` 的商品上架", "goods of `product` go on sale", ["上架"])
        case .explaining: ("开始讲解 `product` 的商品", "goods of `product` are explained", ["讲解"])
        case .session:
            (
                "这一场听到的第一句话；不写 `product`", "the first words heard of the session; without `product`", ["开播", "start"]
            )
        }
    }
}

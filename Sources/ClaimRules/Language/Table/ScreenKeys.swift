extension RuleLanguage {
    static let screen = LanguageObject(
        .screen, "'screen'",
        title: Wording("筛子", "A screen"),
        summary: Wording(
            "`claimwatch learn` 从人工复核里学出的模型，给命中周围的话打 0 到 1 分。它只会去掉命中，不会添一个。",
            "A model that `claimwatch learn` made from what reviewers decided. It gives the words around a hit a score from 0 "
                + "to 1, and can only take hits away."),
        [
            Entry(
                .model, .identifier,
                .required(add: Wording("模型的名字，如 model: health-live", "the model's name, like 'model: health-live'")),
                since: .two, chinese: "`learn --name` 起的名字，写在模型文件里。",
                english: "The name that `learn --name` gave it; it stands in the model's file.", example: "health-live",
                mistakes: ["模型", "name"]),
            Entry(
                .min, .fraction(1...100),
                .required(add: Wording("至少要给多少分，如 min: 0.6", "what it must give at least, like 'min: 0.6'")),
                since: .two, chinese: "至少给这么多分，命中才算；看模型旁边的卡片（.json）来定。",
                english: "A hit counts from this score on. The card beside the model (.json) tells what it costs.",
                example: "0.6", mistakes: ["最低分", "门槛", "min_score", "threshold"]),
            Entry(
                .withoutModel, .choice(Choice(Rule.Screen.WithoutModel.self, meaning)),
                .optional(default: Rule.Screen.WithoutModel.shadow.rawValue), since: .two,
                chinese: "没有这个模型时怎么办。", english: "What becomes of the rule where the model is not there.",
                example: Rule.Screen.WithoutModel.drop.rawValue, mistakes: ["没有模型"]),
            Entry(
                .alone, .truth, .optional(default: "false"), since: .two,
                chinese: "同一段话里别的规则（同样严重或更严重、不在试行）没响，才报；几条都写了，报在前的一条。",
                english:
                    "A hit counts only in a text where no other rule in force has one that is as grave; of several such "
                    + "rules the first in the packs counts.",
                example: "true", mistakes: ["单独", "fallback"]),
        ])

    private static func meaning(
        _ without: Rule.Screen.WithoutModel
    ) -> (chinese: String, english: String, mistakes: [String]) {
        switch without {
        case .shadow: ("规则试行", "it is on trial", ["试行"])
        case .keep: ("命中不筛，照报", "its hits count, unscreened", ["照报", "live"])
        case .drop: ("规则不用", "it is not used", ["不用", "off"])
        }
    }
}

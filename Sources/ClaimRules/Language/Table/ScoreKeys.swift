extension RuleLanguage {
    static let score = LanguageObject(
        .score, "'score'",
        title: Wording("打分", "A score"),
        summary: Wording(
            "窗口里每种信号只算一次，加起来够分、够几种就命中一次。",
            "Each kind of signal counts once in the window; the rule is met when they add up, and are enough kinds."),
        [
            Entry(
                .window, .duration(30_000...1_800_000),
                .required(add: Wording("多长时间里的信号加在一起，如 window: 3m", "the time in which signals add up: 'window: 3m'")),
                since: .two, chinese: "多长时间里的信号加在一起。", english: "The time in which signals add up.", example: "3m",
                mistakes: ["窗口"]),
            Entry(
                .threshold, .decimal(100...100_000),
                .required(add: Wording("够多少分，如 threshold: 3.0", "the sum that is enough: 'threshold: 3.0'")),
                since: .two,
                chinese: "够多少分。", english: "The sum that is enough.", example: "3.0", mistakes: ["阈值"]),
            Entry(
                .minDistinct, .integer(1...PackLimits.weights), .optional(default: "1"), since: .two,
                chinese: "至少几种（正分的）信号。", english: "Kinds of signals above 0 that must be there.", example: "3",
                mistakes: ["种数"]),
            Entry(
                .decay, .choice(Choice(Decay.self, meaning)), .optional(default: Decay.none.rawValue), since: .two,
                chinese: "早先的信号算不算得少。", english: "Whether a signal weighs less the longer ago it is.",
                example: Decay.linear.rawValue, mistakes: ["衰减"]),
            Entry(
                .weights, .map(key: .citation, of: .decimal(-10_000...10_000), limit: PackLimits.weights),
                .required(add: Wording("各种信号：{\"@pitch.decline\": 0.6}", "the signals: {\"@pitch.decline\": 0.6}")),
                since: .two,
                chinese: "每种信号多少分，用词类或起了名字的条件写；负的是反面的信号。",
                english: "What each kind counts, by class or named expression; below 0 for what speaks against it.",
                example: "{\"@health.cure\": 1.2, \"@health.act\": 2.6}", mistakes: ["权重", "分值"]),
        ])

    enum Decay: String, CaseIterable { case none, linear }

    private static func meaning(_ decay: Decay) -> (chinese: String, english: String, mistakes: [String]) {
        switch decay {
        case .none: ("不减", "it counts in full", ["不衰减"])
        case .linear: ("匀速减到零", "evenly, down to nothing at the end of the window", ["线性"])
        }
    }
}

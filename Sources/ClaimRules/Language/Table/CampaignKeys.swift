extension RuleLanguage {
    static let campaign = LanguageObject(
        .campaign, "a campaign",
        title: Wording("专项", "A campaign"),
        summary: Wording(
            "第一个键是 `campaign` 的文件：从某天到某天，把试行或停用的规则用起来、把级别调高。按事件的时间算，不看钟；告警的 `campaigns` 写明是哪个专项。",
            "A file whose first key is `campaign`: from one day to another it wakes rules that are on trial or off, and raises "
                + "their severity. The time of the event decides, and no clock; `campaigns` in the alert names it."),
        relations: [
            .atLeastOne(
                of: selectors,
                none: .init("没有说是哪些规则。加上 rules: [编号]。", "the campaign names no rule. Add 'rules: [ID]'.")),
            .atLeastOne(
                of: [.status, .raise],
                none: .init(
                    "没有说改什么。加上 status: stable 或 raise: 1。",
                    "the campaign changes nothing. Add 'status: stable' or 'raise: 1'.")
            ),
        ],
        [
            Entry(
                .campaign, .identifier,
                .required(
                    add: Wording("名字，写成 campaign: NAME，不与别的专项重复", "'campaign: NAME', a name no other campaign has")),
                since: .two, chinese: "名字，不与别的专项重复；告警里用它。",
                english: "The campaign's name, which no other has; alerts carry it.", example: "spring-tea",
                mistakes: ["专项", "name"]),
            versionEntry,
            Entry(
                .title, text, since: .two, chinese: "给人看的标题。", english: "A title for people.", example: "春茶专项",
                mistakes: ["标题"]),
            Entry(
                .from, .day,
                .required(add: Wording("第一天，如 from: 2026-03-01", "the first day, like 'from: 2026-03-01'")),
                since: .two, chinese: "第一天（中国时间）。", english: "The first day, in China.", example: "2026-03-01",
                mistakes: ["起", "开始"]),
            Entry(
                .to, .day, .required(add: Wording("最后一天，如 to: 2026-05-31", "the last day, like 'to: 2026-05-31'")),
                since: .two, chinese: "最后一天。", english: "The last day.", example: "2026-05-31", mistakes: ["止", "结束"]),
        ] + selectorEntries + [
            Entry(
                .status, .choice(Choice(Rule.Status.self, meaning)), since: .two,
                chinese: "期间至少是这样：`shadow` 让停用的试行，`stable` 让试行、停用的转正。",
                english:
                    "What the rules are at least in the period: `shadow` wakes those that are off, `stable` also those on trial.",
                example: Rule.Status.stable.rawValue, mistakes: ["状态"]),
            Entry(
                .raise, .integer(0...2), .optional(default: "0"), since: .two, chinese: "期间级别高几级，最高到 critical。",
                english: "So many steps more severe in the period, up to critical.", example: "1",
                mistakes: ["加重", "升级", "severity"]),
            Entry(
                .jurisdictions, jurisdictions, since: .two, chinese: "只在这些地区；地区未知的也算。",
                english: "Only where the region's code begins so; an unknown region counts.", example: "[\"3207\"]",
                mistakes: ["地区", "辖区"]),
        ])
}

/// What the mutations start from: packs without faults, and pieces that have trapped YAML readers.
enum Seeds {
    static let packs = [full, small, terse, wide]

    static let tokens =
        [
            "[", "]", "{", "}", ": ", ":", ",", "- ", "? ", "\n", "\n\n", "\t", "\r", "'", "\"", "\\", "#", " #", "@",
            "*a", "&a ", "!!str ",
            "|", ">", "|-\n", "%", "`", "---\n", "...\n", "~", "null", "yes", "no", "off", "-1", "1e400", "0x10",
            ".inf", "<<: *a", "{num}",
            "\u{FEFF}", "\u{2028}", "\u{85}", "\u{0}", "\u{200B}", "\u{E0001}", "\u{F0000}", "\u{10FFFF}", "e\u{301}",
            "ﷺ", "🧧", "１００％",
            "\"@diseases\"", "\"@\"", "from: x\n", "pack: a\n", "within: 61", "window: 25h", "9999999999999999999999",
            "  - - - - x\n",
            "lists:\n  a: [\"@b\"]\n  b: [\"@a\"]\n",
        ].map { Array($0.utf8) } + [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE7]]

    private static let full = """
        pack: ad-law
        requires: claimwatch/1
        title: 广告法绝对化用语
        lists:
          diseases: [糖尿病, 高血压, "@bones"]
          bones: [颈椎病]
        rules:
          - id: food.treatment
            revision: 4
            status: stable
            title: 普通食品宣称疾病治疗功能
            title_en: Food said to treat disease
            severity: high
            legal_track: ad_law
            legal_basis:
              - {law: 广告法, article: 第十七条, from: 2015-09-01, to: 2030-01-01}
            applies_to: [speech, listing]
            product: {category: [食品], not: [保健食品, 药品]}
            match:
              all:
                - [治疗, 治好, 根治]
                - "@diseases"
                - 蜂蜜
              within: 12
              order: any
            unless: [不能治疗, 不能代替药物治疗]
            window: 10m
            threshold: 1
            examples:
              match: [这个蜂蜜能根治糖尿病, {text: 治疗高血压, category: 食品/蜂蜜, listing: true}]
              clear: [本品不能治疗糖尿病, 今天天气好]

        """
    private static let small = """
        pack: p
        requires: claimwatch/1
        rules:
          - id: claim.first
            title: 绝对化用语
            title_en: Superlatives
            severity: medium
            legal_basis: [{law: 广告法, article: 第九条}]
            match: {any: [全网第一, 100, 'it''s', "最\\u4f73"]}  # comment
            examples:
              match:
              - 全网第一
              - "一百就是 100"
              clear:
              - 我们努力做好
              - 第一次来直播间

        """
    private static let terse = """
        {pack: t, requires: claimwatch/1, lists: {a: [甲乙, "@b"], b: [丙丁]}, rules: [{id: t.t, title: 题, title_en: T,
         severity: low, status: shadow, legal_basis: [{law: 法, article: 条}], match: {all: ["@a", 戊己], within: 9},
         examples: {match: [甲乙戊己, 丙丁戊己], clear: [甲, 乙]}}]}

        """
    /// Many rules and lists, for what grows with their number.
    private static let wide: String = {
        var text = "pack: wide\nrequires: claimwatch/1\nlists:\n"
        for list in 0..<12 {
            text += "  l\(list): [词\(list)甲, 词\(list)乙\(list > 0 ? ", \"@l\(list - 1)\"" : "")]\n"
        }
        text += "rules:\n"
        for rule in 0..<8 {
            text += "  - {id: w.\(rule), title: 题, title_en: T, severity: info, legal_basis: [{law: 法, article: 条}],\n"
            text += "     match: {any: [\"@l\(rule + 4)\", 词语\(rule)]}, examples: {match: [一一, 二二], clear: [三三, 四四]}}\n"
        }
        return text
    }()
}

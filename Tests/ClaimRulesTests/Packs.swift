@testable import ClaimRules

/// Packs that tests load.
enum Packs {
    static let valid = """
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
              - {law: 广告法, article: 第十七条, from: 2015-09-01}
            applies_to: [speech]
            product: {category: [食品], not: [保健食品, 药品]}
            match:
              all:
                - [治疗, 根治]
                - "@diseases"
              within: 12
              order: written
            unless: [不能治疗]
            window: 2h
            threshold: 3
            examples:
              match: [这个蜂蜜能根治糖尿病, {text: 治疗高血压, category: 食品/蜂蜜, listing: true}]
              clear: [本品不能治疗糖尿病, 今天天气好]
          - id: claim.first
            title: 绝对化用语
            title_en: Superlatives
            severity: medium
            legal_basis: [{law: 广告法, article: 第九条}]
            match: {any: [全网第一, 100]}
            examples:
              match: [全网第一, 一百就是 100]
              clear: [我们努力做好, 第一次来直播间]

        """

    /// A pack of one rule, to break at will.
    static func one(_ rule: String, lists: String = "", version: Int = 1) -> String {
        "pack: p\nrequires: claimwatch/\(version)\n\(lists)rules:\n\(rule)"
    }

    /// A lexicon for packs of claimwatch/2.
    static let health = """
        lexicon: health
        requires: claimwatch/2
        classes:
          cure: [治疗, 根治]
          act: [化掉, 养过来]
          disease: [糖尿病, 高血压, "@health.bones"]
          bones: {terms: [颈椎病]}
          body: [骨, 胃]
          fibre: {kinds: {silk: [真丝, 桑蚕丝], tencel: [天丝, 莱赛尔], polyester: [涤纶]}}
        expressions:
          decline: {seq: [过了, {gap: 0..2}, {number: {min: 35, max: 70}}]}
          drop: {any: [下来了, "@health.decline"]}
        guards:
          negated: {before: 10, any: [不能, 不会], except: [不能不]}

        """

    /// Lines of a rule without faults; `changed` replaces lines by key, an empty text leaves the line out.
    static func rule(_ changed: [String: String] = [:]) -> String {
        let lines = [
            ("id", "id: r"), ("title", "title: 题"), ("title_en", "title_en: T"), ("severity", "severity: low"),
            ("legal_basis", "legal_basis: [{law: 广告法, article: 第九条}]"), ("match", "match: {any: [全网第一]}"),
            ("examples", "examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}"),
        ]
        let known = lines.map { changed[$0.0] ?? $0.1 }
        let more = changed.filter { change in !lines.contains { $0.0 == change.key } }.sorted { $0.key < $1.key }.map(
            \.value)
        let all = (known + more).filter { !$0.isEmpty }
        return all.enumerated().map { ($0.offset == 0 ? "  - " : "    ") + $0.element + "\n" }.joined()
    }

    static func load(_ texts: String...) -> LoadedPacks {
        RulePackLoader.load(
            texts.enumerated().map { PackFile(path: "p\($0.offset).yaml", bytes: Array($0.element.utf8)) })
    }
}

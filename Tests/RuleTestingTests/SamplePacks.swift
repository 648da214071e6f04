import ClaimRules

/// A pack that tests load, whole or broken.
enum SamplePacks {
    static let tea = """
        pack: tea
        requires: claimwatch/1
        rules:
          - id: tea.cure
            title: 茶叶治病
            title_en: Tea that cures
            severity: high
            legal_basis: [{law: 广告法, article: 第十七条}]
            product: {category: [茶], not: [药茶]}
            match: {all: [[白茶], [降血脂, 治病]], within: 8}
            unless: [不能治病]
            evasion: {homophones: true, min_score: 0.8}
            threshold: 2
            examples:
              match: [白茶降血脂, {text: 白茶治病, category: 食品/茶}]
              clear: [白茶不能治病, {text: 白茶降血脂, category: 茶/药茶}]
          - id: tea.rest
            status: off
            title: 茶叶第一
            title_en: The first tea
            severity: low
            legal_basis: [{law: 广告法, article: 第九条}]
            applies_to: [listing]
            match: {any: [全网第一]}
            examples:
              match: [{text: 全网第一, listing: true}, {text: 又是全网第一, listing: true}]
              clear: [全网第一, 很好]

        """

    static func load(_ text: String = tea) -> LoadedPacks { RulePackLoader.load([file(text)]) }

    static func file(_ text: String = tea) -> PackFile { PackFile(path: "tea.yaml", bytes: Array(text.utf8)) }
}

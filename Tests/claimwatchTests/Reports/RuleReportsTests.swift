import ClaimRules
import LiveEvents
import RuleTesting
import Testing

@testable import claimwatch

/// The screens of `rules`, word for word.
@Suite struct `Rule reports` {
    private static let pack = """
        pack: tea
        requires: claimwatch/1
        rules:
          - id: tea.cure
            revision: 3
            title: 茶叶治病
            title_en: Tea that cures
            severity: high
            legal_basis:
              - {law: 商标法, article: 第五十七条, from: 2014-05-01, to: 2026-12-31}
              - {law: 商标法, article: 第七十二条, from: 2027-01-01}
            product: {category: [茶], not: [药茶]}
            match: {all: [[白茶, 普洱], [降血脂, 治病]], within: 8, order: written}
            unless: [不能治病]
            evasion: {gaps: 1, homophones: true, min_score: 0.8}
            threshold: 2
            examples:
              match: [白茶降血脂, {text: 白茶治病, category: 食品/茶}]
              clear: [白茶不能治病, {text: 好茶, listing: true, category: 茶/药茶}]
          - id: tea.first
            status: shadow
            title: "茶叶\\e[2J第一"
            severity: low
            legal_basis: [{law: 广告法, article: 第九条第三项, to: 2025-10-14}]
            match: {any: [全网第一]}

        """

    private static func rules(_ change: (String) -> String = { $0 }) throws -> [Rule] {
        let text = change(pack)
        let loaded = RulePackLoader.load([PackFile(path: "tea.yaml", bytes: Array(text.utf8))])
        try #require(loaded.ruleSet != nil, "\(loaded.problems)")
        return loaded.rules
    }

    private func screen(_ name: String, _ language: Language, _ make: (RuleReports) throws -> Report) throws {
        let report = try make(RuleReports(language: language, day: "2026-11-28"))
        for columns in [80, 120] {
            let text = ReportText.render(report, style: .plain, columns: columns)
            for line in text.split(separator: "\n") { #expect(DisplayText.width(String(line)) <= columns, "\(line)") }
            #expect(!text.contains("\u{1B}"))
            if columns == 80 { try Screen.expect(text, is: "\(name).\(language.rawValue).txt") }
        }
    }

    @Test(arguments: Language.allCases)
    func `list each rule with its place`(language: Language) throws {
        try screen("rules-list", language) { $0.list(try Self.rules()) }
    }

    @Test(arguments: Language.allCases)
    func `show a rule in plain words`(language: Language) throws {
        try screen("rules-show", language) { $0.show(try Self.rules()[0]) }
    }

    @Test(arguments: Language.allCases)
    func `count rules by law, with its dates`(language: Language) throws {
        try screen("rules-stats", language) { $0.stats(try Self.rules(), terms: 5) }
    }

    private static let lawful = """
        pack: tea-law
        requires: claimwatch/2
        open: 农业农村部的公告未读
        rules:
          - id: tea.heals
            title: 茶叶治病
            severity: high
            open: ["“富硒”算不算营养声称，GB 28050 的条文未核", "茶\\e[2J"]
            match: [白茶治病]
            bind:
              - {when: {category: [食品], seller: true}, as: food.treatment, legal_basis: [{law: 食品安全法, article: 第七十三条, from: 2015-10-01}]}
              - {when: {channel: speech, role: [guest]}, as: general.medical, legal_basis: [{law: 广告法, article: 第十七条}]}
            examples: {match: [白茶治病, 白茶治病的], clear: [白茶, 治病]}

        """

    @Test(arguments: Language.allCases)
    func `show the law of each kind of conduct, what is missing and what is open`(language: Language) throws {
        let loaded = RulePackLoader.load(
            [("tea.yaml", Self.pack), ("tea-law.yaml", Self.lawful)].map {
                PackFile(path: $0.0, bytes: Array($0.1.utf8))
            })
        try #require(loaded.ruleSet != nil, "\(loaded.problems)")
        try screen("rules-laws", language) {
            $0.laws(LawTable(loaded.rules, on: "2026-11-28", needsAll: false))
        }
        var bytes: [UInt8] = []
        let table = LawTable(loaded.rules, on: "2026-11-28")
        JSONWriter.append(to: &bytes) { StatsJSON.encode(loaded.rules, terms: 7, table, into: &$0) }
        let json = String(decoding: bytes, as: UTF8.self)
        #expect(json.contains(#""what":"no_rule","category":"abs.superlative""#))
        #expect(json.contains(#""what":"no_first_day","rule":"tea.heals","law":"广告法","article":"第十七条""#))
        #expect(json.contains(#""text":"农业农村部的公告未读","pack":"tea-law","rules":["tea.heals"]"#))
        #expect(
            json.contains(
                #""law":"广告法","article":"第十七条","in_force":true,"channels":["speech"],"roles":["guest"],"rules":["tea.heals"]"#
            ))
    }

    @Test(arguments: Language.allCases)
    func `say what changed`(language: Language) throws {
        let old = try Self.rules()
        let new = try Self.rules {
            $0.replacing("severity: high", with: "severity: critical").replacing("普洱]", with: "红茶, 绿茶]").replacing(
                "id: tea.first", with: "id: tea.best")
        }
        try screen("rules-diff", language) { $0.diff(RuleDifferences(old: old, new: new)) }
    }

    private static func changed() throws -> [Rule] {
        let overlay = """
            overlay: city
            requires: claimwatch/2
            changes:
              - {rules: tea.cure, severity: low, unless: [能治病个], reason: 裁量基准}

            """
        let campaign = """
            campaign: spring
            requires: claimwatch/2
            from: 2026-03-01
            to: 2026-05-31
            rules: tea.*
            status: stable
            raise: 1

            """
        let files = [("tea.yaml", pack), ("city.yaml", overlay), ("spring.yaml", campaign)]
        let loaded = RulePackLoader.load(files.map { PackFile(path: $0.0, bytes: Array($0.1.utf8)) })
        try #require(loaded.ruleSet != nil, "\(loaded.problems)")
        return loaded.rules
    }

    @Test(arguments: Language.allCases)
    func `say what overlays and campaigns make of a rule on a day`(language: Language) throws {
        for (day, severity) in [
            ("2026-02-28", "low"), ("2026-03-01", "medium"), ("2026-05-31", "medium"), ("2026-06-01", "low"),
        ] {
            let rules = try Self.changed()
            let held = rules.map { EffectiveRule($0, on: day) }
            #expect(held[0].rule.severity.rawValue == severity)
            #expect(held[1].rule.status == (severity == "low" ? .shadow : .stable))
            let report = RuleReports(language: language, day: day).effective(rules)
            for columns in [80, 120] {
                let text = ReportText.render(report, style: .plain, columns: columns)
                #expect(text.split(separator: "\n").allSatisfy { DisplayText.width(String($0)) <= columns })
                #expect(!text.contains("\u{1B}"))
            }
            let text = ReportText.render(report, style: .plain, columns: 200)
            #expect(text.contains("city.yaml:4 裁量基准"))
            #expect(text.contains("spring.yaml:1") == (severity == "medium"))
            #expect(text.contains("tea.first") == (severity == "medium"))
        }
    }

    /// After an update of the packs: what the site had changed is not there any more.
    @Test(arguments: Language.allCases)
    func `name changes whose rule is gone`(language: Language) throws {
        let overlay = """
            overlay: city
            requires: claimwatch/2
            changes:
              - {rules: tea.heal, severity: low, reason: 裁量基准}

            """
        let loaded = RulePackLoader.load(
            [("tea.yaml", Self.pack), ("city.yaml", overlay)].map {
                PackFile(path: $0.0, bytes: Array($0.1.utf8))
            })
        let idle = loaded.problems.filter(RulesEffective.isIdle)
        #expect(idle.map(\.code) == [.unknownTarget])
        let report = RuleReports(language: language, day: "2026-11-28").effective(loaded.rules, idle: idle)
        let text = ReportText.render(report, style: .plain, columns: 120)
        #expect(text.contains("city.yaml:4") && text.contains("'tea.heal'"), "\(text)")
        var bytes: [UInt8] = []
        JSONWriter.append(to: &bytes) {
            EffectiveJSON.encode(loaded.rules, idle: idle, on: "2026-11-28", into: &$0)
        }
        #expect(String(decoding: bytes, as: UTF8.self).contains(#""idle":[{"code":"W192""#))
    }

    @Test func `say so as JSON, and a rule as YAML that can be read again`() throws {
        let rules = try Self.changed()
        var bytes: [UInt8] = []
        JSONWriter.append(to: &bytes) { EffectiveJSON.encode(rules, on: "2026-04-01", into: &$0) }
        let json = String(decoding: bytes, as: UTF8.self)
        #expect(
            json.contains(
                #""key":"severity","before":"high","after":"low","overlay":"city","reason":"裁量基准","file":"city.yaml","line":4"#
            ))
        #expect(json.contains(#""campaign":"spring""#))
        let held = EffectiveRule(rules[0], on: "2026-04-01")
        let lines = held.yaml.split(separator: "\n").filter { !$0.hasPrefix("#") }
        let again =
            "pack: again\nrequires: claimwatch/2\nrules:\n"
            + lines.enumerated().map { ($0.offset == 0 ? "  - " : "    ") + $0.element + "\n" }.joined()
        let loaded = RulePackLoader.load([PackFile(path: "again.yaml", bytes: Array(again.utf8))])
        let rule = try #require(loaded.rules.first, "\(loaded.problems) \(again)")
        #expect(rule.severity == .medium && rule.match.words == held.rule.match.words)
        #expect(rule.examples.match.map(\.text) == held.rule.examples.match.map(\.text))
    }

    @Test func `find nothing to say of rules that nobody changed`() throws {
        for rule in try Self.rules() {
            let held = EffectiveRule(rule, on: "2026-04-01")
            #expect(held.rule == rule && !held.isChanged)
        }
    }

    @Test(arguments: [
        ("第九条", 9), ("第十条", 10), ("第十七条", 17), ("第二十八条第二款第一项", 28), ("第一百零三条", 103), ("第一百一十条", 110), ("第12条", 12),
        ("全文", .max), ("第…条", .max),
    ])
    func `take articles in the order of their law`(article: String, number: Int) {
        #expect(LawTable.number(ofArticle: article) == number)
    }

    @Test(arguments: [
        [["根治"]], [["no", "100%"], ["y"]], [["a: b", "#1", "- x"]],
        [["说\"最\"好", "'引'"], ["反\\斜", "[括]", "{括}", "甲@乙"]], [["降 血", "降，血"]],
    ])
    func `of a new rule are a pack that passes, whatever the words`(parts: [[String]]) throws {
        var skeleton = RuleSkeleton(
            pack: "tea", id: "tea.new", title: "标题: \"引\"",
            legalBasis: [LegalBasis(law: "广告法", article: "第九条", from: "2015-09-01")],
            parts: parts)
        skeleton.product = ["食品"]
        for language in Language.allCases {
            let text = skeleton.yaml(in: language)
            let report = RuleGate.examine([PackFile(path: "tea.yaml", bytes: Array(text.utf8))])
            #expect(report.loaded.problems.filter { $0.kind == .error }.isEmpty, "\(report.loaded.problems)\n\(text)")
            #expect(report.loaded.rules.first?.match.words == parts.flatMap(\.self))
            #expect(report.ruleSet != nil, "\(report.examples?.failures.count ?? -1) failed\n\(text)")
        }
    }

    @Test func `part words by commas of either width`() {
        #expect(RulesNew.words("白茶, 普洱，红茶、 绿茶") == ["白茶", "普洱", "红茶", "绿茶"])
        #expect(RulesNew.words("，") == [])
    }
}

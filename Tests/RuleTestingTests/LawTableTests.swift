import ClaimRules
import LiveEvents
import RuleTesting
import Testing

/// What the shipped packs cover, and on which law; and what the table says of packs that lack something.
@Suite struct `The table of laws` {
    private static let shipped = ShippedPacks.loaded.rules

    /// The index of the taxonomy, and what it lacked: drugs, medical services, food for special medical purposes, health food
    /// beyond its registration.
    private static let index = """
        abs.superlative abs.ranking abs.state-level abs.percent-guarantee cite.unsourced compare.disparage
        food.treatment food.health-function food.no-additive healthfood.disease healthfood.assertion
        healthfood.disclaimer-missing weight.guarantee cosmetics.medical cosmetics.special-claim cosmetics.exaggerate
        device.assertion general.medical infant.breastmilk health.lecture invest.return edu.guarantee
        endorse.state-organ endorse.hospital endorse.expert-patient endorse.influencer-3p1x cert.fake honor.fake
        ai.impersonation persona.fake price.fake-original price.lowest price.bait promo.fake-scarcity promo.prize
        trade.fake-orders promise.service ip.counterfeit ip.brand-alias goods.label mismatch.material-grade
        mismatch.origin mismatch.weight divert.private ban.wildlife ban.yangtze ban.tobacco-ecig ban.drugs
        ban.weapons-hazmat ban.spy ban.docs-accounts ban.rx-drugs ban.devices-injectables ban.agri-inputs
        social.superstition social.vulgar minors.protect alcohol.ad pandemic.supplies local.crystal.natural
        local.crystal.treatment-cert local.crystal.gi-origin local.seafood.glaze local.seafood.water-retention
        local.seafood.wild-origin local.apparel.guanyun
        drug.assertion medical.service fsmp.assertion healthfood.function-beyond-registration
        """.split { $0.isWhitespace }.map(String.init)

    /// On trial, and why: what stands on the screen is not heard.
    private static let onTrial: Set = ["healthfood.disclaimer-missing"]

    @Test func `knows every category of the index, and each of them has a rule`() {
        #expect(Self.index.count == 70)
        let table = LawTable(Self.shipped, on: "2026-11-29")
        #expect(Self.index.filter { Taxonomy.category($0) == nil } == [])
        #expect(table.rows.filter { $0.rules.isEmpty && $0.known?.unseen == nil }.map(\.category) == [])
        #expect(Set(table.rows.filter { $0.count(.stable) == 0 }.map(\.category)) == Self.onTrial)
    }

    /// A name that is no kind of conduct is a slip: alerts carry it.
    @Test func `has no name in the shipped packs that the taxonomy lacks`() {
        let table = LawTable(Self.shipped, on: "2026-11-29")
        #expect(table.rows.filter { $0.known == nil }.map(\.category) == [])
    }

    @Test(arguments: ["2026-02-01", "2026-11-29", "2027-01-01", "2027-03-16"])
    func `names for every category an article that is in force`(day: String) {
        let table = LawTable(Self.shipped, on: day)
        let lapsed = table.gaps.filter { if case .noneInForce = $0 { true } else { false } }
        #expect(lapsed == [])
    }

    @Test func `has an article and a first day for each basis of a stable rule`() {
        let table = LawTable(Self.shipped, on: "2026-11-29")
        #expect(table.gaps.filter { if case .noFirstDay = $0 { true } else { false } } == [])
        let articles = table.rows.flatMap(\.articles)
        #expect(articles.count > 200)
        for article in articles {
            let basis = article.basis
            #expect(LawTable.number(ofArticle: basis.article) < .max, "\(basis.law) \(basis.article)")
            #expect(basis.article.contains("条") && !basis.law.isEmpty)
            if let from = basis.from, let to = basis.to { #expect(from <= to, "\(basis)") }
        }
    }

    /// Articles that speak of some goods alone, by the beginnings of their numbers; goods by any part of their category.
    private static let bounds: [(law: String, articles: [String], goods: Set<String>)] = {
        let drugs: Set = ["药品", "中药", "中成药", "非处方药", "医疗器械"]
        let fsmp: Set = ["特殊医学用途配方食品", "特医食品"]
        let services: Set = ["医疗服务", "医疗美容", "医美", "口腔", "体检"]
        return [
            ("广告法", ["第十六条"], drugs.union(services).union(fsmp)), ("广告法", ["第十八条"], ["保健食品"]),
            ("广告法", ["第二十条"], ["乳制品", "奶粉", "婴幼儿食品", "母婴食品", "食品"]),
            ("广告法", ["第二十一条"], ["农药", "兽药", "饲料"]),
            ("广告法", ["第二十三条"], ["酒", "白酒", "啤酒", "红酒", "葡萄酒", "黄酒"]),
            ("广告法", ["第二十七条"], ["种子", "种苗"]), ("种子法", [""], ["种子", "种苗"]),
            ("食品安全法", ["第八十条"], fsmp), ("食品安全法实施条例", ["第三十七条"], fsmp),
            ("食品安全法", ["第七十八条"], ["保健食品"]), ("食品安全法实施条例", ["第三十九条"], ["保健食品"]),
            ("药品管理法", ["第九十条"], drugs), ("医疗器械监督管理条例", ["第六十条"], ["医疗器械"]),
            // Duties of producers, whom no room is.
            ("产品质量法", ["第二十六条", "第二十七条", "第三十条", "第三十一条", "第三十二条"], []),
        ]
    }()

    @Test(arguments: bounds.indices)
    func `holds an article against no goods that it does not speak of`(index: Int) {
        let bound = Self.bounds[index]
        var cited = 0
        for rule in Self.shipped where rule.status == .stable {
            let whens =
                rule.bindings.isEmpty
                ? [(rule.legalBasis, nil)] : rule.bindings.map { ($0.legalBasis ?? rule.legalBasis, $0.when.product) }
            for (bases, product) in whens {
                let goods = Set([product, rule.product].compactMap { $0?.categories }.first { !$0.isEmpty } ?? [])
                for basis in bases
                where basis.law == bound.law && bound.articles.contains(where: basis.article.hasPrefix) {
                    cited += 1
                    #expect(!goods.isEmpty && goods.isSubset(of: bound.goods), "\(rule.id): \(basis.article), \(goods)")
                }
            }
        }
        #expect(cited > 0 || bound.goods.isEmpty, "no rule cites \(bound.law) \(bound.articles)")
    }

    /// A law that ends needs the article that comes after it, or alerts of the next day lose their ground.
    @Test func `names a successor where an article ends`() {
        for row in LawTable(Self.shipped, on: "2026-11-29").rows {
            for article in row.articles {
                guard let last = article.basis.to else { continue }
                let later = row.articles.contains {
                    $0.basis.law == article.basis.law && ($0.basis.from ?? "") > last && $0.basis.to == nil
                }
                #expect(later, "\(row.category): \(article.basis)")
            }
        }
    }

    @Test func `lists the questions that packs and rules leave to a person, each once`() {
        let questions = LawTable(Self.shipped, on: "2026-11-29").questions
        #expect(questions.count > 30)
        #expect(Set(questions.map(\.question)).count == questions.count)
        #expect(questions.allSatisfy { $0.question.isOfPack || $0.rules.count == 1 })
    }

    // MARK: What it says of others

    private static func rules(_ text: String) throws -> [Rule] {
        let loaded = RulePackLoader.load([PackFile(path: "p.yaml", bytes: Array(text.utf8))])
        try #require(loaded.problems.filter { $0.kind == .error } == [])
        return loaded.rules
    }

    private static let pack = """
        pack: p
        requires: claimwatch/2
        open: 全包的问题
        rules:
          - id: a
            title: 甲
            severity: high
            open: [甲的问题, 另一个]
            applies_to: [speech]
            product: {not: [药品]}
            match: [治好]
            bind:
              - {when: {category: [食品], seller: true}, as: food.treatment, legal_basis: [{law: 食品安全法, article: 第七十三条, from: 2015-10-01}]}
              - {when: {category: [茶], role: [host]}, as: food.treatment, legal_basis: [{law: 食品安全法, article: 第七十三条, from: 2015-10-01}]}
              - {when: {}, as: general.medical, legal_basis: [{law: 广告法, article: 第十七条, to: 2020-01-01}]}
            examples: {match: [治好, 治好了], clear: [好, 很好]}
          - id: b
            status: shadow
            title: 乙
            severity: low
            category: site.own
            legal_basis: [{law: 广告法, article: 第九条, from: 2027-01-01}]
            match: [绝了]

        """

    @Test func `tells whom an article reaches, of all rules and bindings that cite it`() throws {
        let table = LawTable(try Self.rules(Self.pack), on: "2026-11-29", needsAll: false)
        #expect(table.rows.map(\.category) == ["food.treatment", "general.medical", "site.own"])
        let food = try #require(table.rows.first?.articles.first)
        #expect(table.rows[0].articles.count == 1 && food.isInForce && food.rules == [RuleID("a")])
        #expect(food.reach.channels == [.speech])
        #expect(food.reach.goods == ["食品", "茶"])
        #expect(food.reach.sellers == nil && food.reach.roles == nil)
        #expect(food.reach.excluded == ["药品"])
        #expect(table.rows[1].articles[0].reach.goods == nil)
        #expect(table.rows[2].known == nil && table.rows[2].count(.shadow) == 1)
    }

    @Test func `tells what is missing`() throws {
        let rules = try Self.rules(Self.pack)
        let basis = LegalBasis(law: "广告法", article: "第十七条", from: nil, to: "2020-01-01")
        #expect(
            LawTable(rules, on: "2026-11-29", needsAll: false).gaps == [
                .noneInForce("general.medical"), .noneStable("site.own"), .noneInForce("site.own"),
                .noFirstDay(RuleID("a"), basis),
            ])
        let all = LawTable(rules, on: "2026-11-29")
        #expect(all.gaps.contains(.noRule("abs.superlative")))
        #expect(all.rows.count == Taxonomy.categories.count + 1)
    }

    @Test func `asks a pack's question once`() throws {
        let questions = LawTable(try Self.rules(Self.pack), on: "2026-11-29").questions
        #expect(questions.map(\.question.text) == ["全包的问题", "甲的问题", "另一个"])
        #expect(questions.map { $0.rules.map(\.id.rawValue) } == [["a", "b"], ["a"], ["a"]])
        #expect(questions.map(\.question.isOfPack) == [true, false, false])
    }

    /// The same words decide the same, whatever is asked beside them.
    @Test func `changes no alert by its questions`() throws {
        let asked = try Self.rules(Self.pack)
        let silent = try Self.rules(
            Self.pack.replacing("open: 全包的问题\n", with: "").replacing("    open: [甲的问题, 另一个]\n", with: ""))
        #expect(silent.allSatisfy { $0.openQuestions.isEmpty })
        let differences = RuleDifferences(old: silent, new: asked)
        #expect(differences.changed.map { $0.changes.map(\.field) } == [["open"], ["open"]])
        #expect(differences.changed.allSatisfy { !$0.lacksRevision })
    }
}

import ChineseText
@testable import ClaimRules
import LiveEvents
import TermMatching
import Testing

/// Expressions as they are written, and as they are read.
@Suite struct `Expressions` {
    /// What `match` holds; what comes of it, as `shown` prints it.
    static let rows: [(written: String, read: String)] = [
        ("全网第一", "全网第一"),
        ("[全网第一, 销量冠军]", "全网第一 销量冠军"),
        ("{any: [全网第一, \"@ranks\"]}", "全网第一 销量冠军 排名第一"),
        ("\"@health.cure\"", "@health.cure{治疗 根治}"),
        ("{any: [包治, \"@health.cure\"]}", "any(包治 | @health.cure{治疗 根治})"),
        ("\"@health.cure|@health.act\"", "治疗 根治 化掉 养过来"),
        ("\"@health.disease\"", "@health.disease{糖尿病 高血压 颈椎病}"),
        ("\"@health.body - [骨头汤, 养胃]\"", "骨 胃 -骨头汤 -养胃"),
        ("\"@health.cure - [根治]\"", "治疗 -根治"),
        ("\"@health.cure|@ranks\"", "any(治疗 根治 | 销量冠军 排名第一)"),
        (
            "{seq: [\"@health.act\", {gap: 0..4, without: [不了]}, [结节, 胃疼]]}",
            "seq(@health.act{化掉 养过来} 0..4!不了 结节 胃疼 / sentence)"
        ),
        ("{seq: [化, {gap: 5}, 结节]}", "seq(化 0..5 结节 / sentence)"),
        ("{seq: [化, 结节]}", "seq(化 0..0 结节 / sentence)"),
        ("{seq: [化, {gap: 2..5}, 结节], within: 9, span: clause}", "seq(化 2..5 结节 / 9 clause)"),
        ("{seq: [化, {gap: 2..5}, 结节], order: any}", "both(化 2..5 结节 / sentence)"),
        ("{near: [好评, 截图], within: 30}", "near(好评 & 截图 / 30 sentence)"),
        ("{all: [没奶, 没差]}", "near(没奶 & 没差 / sentence)"),
        ("{all: [没奶, 没差], span: segment}", "near(没奶 & 没差 / segment)"),
        ("{all: [[治疗, 根治], 糖尿病], within: 12}", "near(治疗 根治 & 糖尿病 / 12 sentence)"),
        ("{all: [治疗, 糖尿病], within: 12, order: written}", "seq(治疗 0..12 糖尿病 / 12 sentence)"),
        ("{any: [全网第一], as: said}", "said=全网第一"),
        ("[全网第一, {seq: [全网, {gap: 3}, 第一]}]", "any(全网第一 | seq(全网 0..3 第一 / sentence))"),
        ("{pattern: '全国.{0,6}(?:第一|唯一|最)'}", "/全国.{0,6}(?:第1|唯1|最)/"),
        ("{seq: [{duration: {max: 180天}}, {gap: 0..10}, 好了]}", "seq(duration(..15552000) 0..10 好了 / sentence)"),
        ("{seq: [瘦, {gap: 3}, {weight: {min: 2斤, max: 100斤}}]}", "seq(瘦 0..3 weight(1000..50000) / sentence)"),
        ("{seq: [瘦, {gap: 3}, {number: {}}]}", "seq(瘦 0..3 number(..) / sentence)"),
        ("{seq: [原价, {price: {bare: true, as: was}}]}", "seq(原价 0..0 was=price(.. bare) / sentence)"),
        ("{near: [{pattern: '第.', as: who}, 全国], within: 9}", "near(who=/第./ & 全国 / 9 sentence)"),
        // An expression with a name stands as it were written here.
        ("\"@health.decline\"", "seq(过了 0..2 number(35..70) / sentence)"),
        ("{seq: [一, {gap: 3}, \"@health.decline\"]}", "seq(一 0..3 过了 0..2 number(35..70) / sentence)"),
        ("[胖了, \"@health.drop\"]", "any(胖了 | 下来了 | seq(过了 0..2 number(35..70) / sentence))"),
        (
            "{all: [\"@health.decline\", 胖了], span: segment}",
            "near(seq(过了 0..2 number(35..70) / segment) & 胖了 / segment)"
        ),
        // Steps over time, each in one text.
        ("{seq: [甲乙, 丙丁], span: 25s}", "25000ms(甲乙 > 丙丁)"), ("{all: [甲乙, 丙丁], span: 3m}", "180000ms(甲乙 & 丙丁)"),
        ("{seq: [甲乙, 丙丁], span: 25s, order: any}", "25000ms(甲乙 & 丙丁)"),
        (
            "{seq: [{seq: [甲, {gap: 3}, 乙], as: said}, [丙丁, \"@health.cure\"]], span: 30m}",
            "1800000ms(said=seq(甲 0..3 乙 / sentence) > any(丙丁 | @health.cure{治疗 根治}))"
        ),
        // A unit reaches what lies inside, unless that says another.
        (
            "{all: [{near: [甲乙, 丙丁], within: 9}, 戊己], span: segment}",
            "near(near(甲乙 & 丙丁 / 9 segment) & 戊己 / segment)"
        ),
        (
            "{all: [{near: [甲乙, 丙丁], within: 9, span: clause}, 戊己]}",
            "near(near(甲乙 & 丙丁 / 9 clause) & 戊己 / sentence)"
        ),
        // A sequence that bounds nothing of its own is written into the one around it.
        ("{seq: [甲, {gap: 3}, {seq: [乙, {gap: 1}, 丙]}, 丁]}", "seq(甲 0..3 乙 0..1 丙 0..0 丁 / sentence)"),
        ("{seq: [甲, [{seq: [乙, 丙]}]]}", "seq(甲 0..0 乙 0..0 丙 / sentence)"),
        ("{seq: [甲, {seq: [乙, 丙], within: 9}]}", "seq(甲 0..0 seq(乙 0..0 丙 / 9 sentence) / sentence)"),
        ("{seq: [甲, {seq: [乙, 丙], as: said}]}", "seq(甲 0..0 said=seq(乙 0..0 丙 / sentence) / sentence)"),
        (
            "{seq: [甲, {seq: [乙, 丙], span: clause}]}",
            "seq(甲 0..0 seq(乙 0..0 丙 / clause) / sentence)"
        ),
        (
            "{seq: [{seq: [甲, 乙]}, 丙], order: any}", "both(seq(甲 0..0 乙 / sentence) 0..0 丙 / sentence)"
        ),
    ]

    @Test(arguments: rows) func `are read as they mean`(row: (written: String, read: String)) throws {
        let rule = Packs.rule(["match": "match: \(row.written)"])
        let pack = Packs.one(rule, lists: "lists: {ranks: [销量冠军, 排名第一]}\n", version: 2)
        let loaded = Packs.load(pack, Packs.health)
        #expect(loaded.problems.filter { $0.kind == .error } == [])
        #expect(try #require(loaded.rules.first).match.shown == row.read)
    }

    /// What a rule means does not depend on the version in which it is written.
    @Test(arguments: [
        "{any: [全网第一, 100]}", "{any: [\"@ranks\", 全网第一, 销量冠军]}", "{all: [[治疗, 根治], \"@ranks\"], within: 12}",
        "{all: [治疗, 糖尿病], within: 12, order: written}", "{all: [治疗, 糖尿病, 根治], within: 60, order: any}",
    ])
    func `of claimwatch one mean the same in claimwatch two`(match: String) throws {
        let evasions = ["", "evasion: {gaps: 2, homophones: true, split: true, min_score: 0.7, whole_words: true}"]
        for evasion in evasions {
            var changed = ["match": "match: \(match)", "unless": "unless: [不能治疗, 别提全网第一的事, 糖尿]"]
            if !evasion.isEmpty { changed["evasion"] = evasion }
            let lists = "lists: {ranks: [销量冠军, 排名第一]}\naliases: {销量冠军: [销冠], 治疗: [治辽]}\n"
            let read = try [1, 2].map { version in
                let loaded = Packs.load(Packs.one(Packs.rule(changed), lists: lists, version: version))
                return try #require(loaded.rules.first).match
            }
            #expect(read[0] == read[1])
        }
    }

    @Test func `share the words of a class among rules`() throws {
        let rules = (0..<3).map { Packs.rule(["id": "id: r\($0)", "match": "match: \"@health.disease\""]) }.joined()
        let loaded = Packs.load(Packs.one(rules, version: 2), Packs.health)
        let sets = loaded.rules.map(\.match)
        #expect(sets.count == 3 && Set(sets).count == 1)
    }

    @Test func `with guards know them by name, and see through the rule's disguises`() throws {
        let rule = Packs.rule([
            "match": "match: \"@health.cure\"", "evasion": "evasion: {gaps: 2, homophones: true}",
            "unless":
                "unless: [不能治疗, \"@health.negated\", {clause: [遵医嘱], then: lower}, {after: 6, any: [吗], span: sentence, name: 问}]",
        ])
        let read = try #require(Packs.load(Packs.one(rule, version: 2), Packs.health).rules.first)
        #expect(read.guards.map(\.name) == ["health.negated", "遵医嘱", "问"])
        #expect(read.guards.map(\.scope) == [.before(10, .clause), .unit(.clause), .after(6, .sentence)])
        #expect(read.guards.map(\.action) == [.clear, .lower, .clear])
        #expect(read.guards[0].words.terms.map(\.text) == ["不能", "不会"])
        #expect(read.guards[0].except?.terms.map(\.text) == ["不能不"])
        // By sound only what holds a term of the rule: 不能治疗 does, 不能 does not.
        #expect(read.guards[0].words.terms.allSatisfy { $0.tolerance.gaps == 2 && !$0.tolerance.sounds })
        guard case .text(.words(let set)) = read.match else { Issue.record("no words"); return }
        #expect(set.clearedBy.map(\.text) == ["不能治疗"])
        #expect(set.clearedBy.allSatisfy { $0.tolerance.gaps == 2 && $0.tolerance.sounds })
    }

    @Test func `may mean one thing for some goods and another for others`() throws {
        let rule = Packs.rule([
            "legal_basis": "", "match": "match: {any: [\"@health.fibre\"], as: said}",
            "bind": "bind: [{when: {category: [食品], not: [保健食品], channel: speech, role: [host, ai], seller: true}, "
                + "as: food.treatment, severity: high, exempt: false, legal_basis: [{law: 食品安全法, article: 第七十三条}]}, "
                + "{when: {}, legal_basis: [{law: 广告法, article: 第十七条}]}]",
            "facts":
                "facts: [{fact: material, differs_from: said, among: \"@health.fibre\"}, {fact: material, lacks: said}, "
                + "{fact: price, below: original_price, by: 10%}, {fact: weight, above: 2斤}, {fact: title, has: [真丝]}]",
            "unknown": "unknown: drop", "from": "from: 2026-01-01", "to": "to: 2026-12-31",
            "strictness": "strictness: 2",
            "needs": "needs: [{around: 6, any: [面料]}]",
            "exempt": "exempt: {self: [我们家自己], goal: {before: 5, any: [争做]}}",
        ])
        let pack = Packs.one(rule, lists: "jurisdictions: [\"3207\"]\n", version: 2)
        let loaded = Packs.load(pack, Packs.health)
        #expect(loaded.problems == [])
        let read = try #require(loaded.rules.first)
        #expect(read.legalBasis == [])
        #expect(
            read.bindings == [
                Binding(
                    when: Applicability(
                        product: .init(categories: ["食品"], excluded: ["保健食品"]), channel: .speech, roles: [.host, .ai],
                        isSeller: true), category: "food.treatment",
                    legalBasis: [.init(law: "食品安全法", article: "第七十三条")], severity: .high, exemptionsLower: false),
                Binding(when: Applicability(), legalBasis: [.init(law: "广告法", article: "第十七条")]),
            ])
        #expect(read.facts[0] == FactTest(.material, .differsFromSaid("said", className: "health.fibre")))
        #expect(read.facts[1] == FactTest(.material, .lacksSaid("said", className: "health.fibre")))
        #expect(read.facts[2] == FactTest(.price, .below(.fact(.originalPrice), byPercent: 10)))
        #expect(read.facts[3] == FactTest(.weight, .above(.value(try #require(NumberValue(1000))), byPercent: 0)))
        #expect(read.kinds["health.fibre"]?.map(\.name) == ["silk", "tencel", "polyester"])
        #expect(read.kinds["health.fibre"]?.map { $0.terms.map(\.text) } == [["真丝", "桑蚕丝"], ["天丝", "莱赛尔"], ["涤纶"]])
        #expect(read.unknownFacts == .drop && read.from == "2026-01-01" && read.to == "2026-12-31")
        #expect(read.strictness == 2 && read.jurisdictions == ["3207"])
        #expect(read.needs.map(\.scope) == [.around(6, .clause)])
        #expect(read.exemptions.map(\.exemption) == [.goal, .own])
        #expect(read.exemptions.map(\.condition.scope) == [.before(5, .clause), .overClause])
    }

    /// Word, forms, what it may be said as.
    @Test(arguments: [
        ("化掉", "{aspect: [了, 过]}", ["化掉", "化掉了", "化掉过"]), ("化掉", "{degree: [慢慢]}", ["化掉", "慢慢化掉"]),
        ("化掉", "{aspect: [了], degree: [慢慢]}", ["化掉", "化掉了", "慢慢化掉", "慢慢化掉了"]),
        ("养~过来", "{insert: [给, 一]}", ["养过来", "养给过来", "养一过来"]), ("养~过来", "{}", ["养过来"]),
        ("养过来", "{insert: [给]}", ["养过来"]),
        ("养~过来", "{insert: [给], aspect: [了]}", ["养过来", "养给过来", "养过来了", "养给过来了"]),
        ("调理", "{redup: true}", ["调理", "调理调理"]), ("养", "{redup: true}", ["养", "养一养", "养了养"]),
        ("养过来", "{redup: true}", ["养过来"]),
        ("养", "{redup: true, degree: [慢慢]}", ["养", "养一养", "养了养", "慢慢养", "慢慢养一养", "慢慢养了养"]),
        ("养", "{redup: true, aspect: [了]}", ["养", "养了", "养一养", "养了养"]), ("化掉", "{aspect: [了, 了]}", ["化掉", "化掉了"]),
        ("化掉", "{aspect: [], degree: [], insert: []}", ["化掉"]),
    ])
    func `of a class with forms have every way to say each term`(term: String, forms: String, all: [String]) throws {
        let lexicon = "lexicon: x\nrequires: claimwatch/2\nclasses: {c: {terms: [\(term)], forms: \(forms)}}\n"
        let loaded = Packs.load(Packs.one(Packs.rule(["match": "match: \"@x.c\""]), version: 2), lexicon)
        #expect(loaded.problems.filter { $0.kind == .error } == [])
        #expect(try #require(loaded.rules.first).match.shown == "@x.c{\(all.joined(separator: " "))}")
    }

    @Test func `of a class with its own disguises are seen so in every rule`() throws {
        let lexicon = """
            lexicon: x
            requires: claimwatch/2
            classes:
              c: {terms: [甲乙丙], evasion: {homophones: true, confusions: [z-zh], min_score: 0.8}}
              d: [丁戊己, "@x.c"]

            """
        let rule = Packs.rule(["match": "match: \"@x.d\"", "evasion": "evasion: {gaps: 2}"])
        let read = try #require(Packs.load(Packs.one(rule, version: 2), lexicon).rules.first)
        guard case .text(.any(let parts)) = read.match, case .words(let own) = parts[0],
            case .words(let other) = parts[1]
        else { Issue.record("\(read.match.shown)"); return }
        #expect(own.terms.map(\.tolerance) == [Tolerance(gaps: 2)] && own.minScore == 0)
        #expect(other.terms.map(\.tolerance) == [Tolerance(sounds: true)] && other.minScore == 80)
        #expect(read.evasion.confusions == .zAndZh)
    }

    /// The class, what stands in the lexicon's head, and how the class is seen by a rule that sees gaps.
    @Test(arguments: [
        ("[甲乙]", "none", Tolerance(), 0), ("{terms: [甲乙], evasion: none}", "", Tolerance(), 0),
        ("{terms: [甲乙], evasion: {gaps: 1, min_score: 0.7}}", "none", Tolerance(gaps: 1), 70),
        ("[甲乙]", "{fillers: true}", Tolerance(fillers: true), 0), ("[甲乙]", "", Tolerance(gaps: 2), 80),
        ("[\"@other.z\"]", "none", Tolerance(), 0),
    ])
    func `see words of a class as its lexicon says`(
        words: String, evasion: String, tolerance: Tolerance, minScore: UInt8
    ) throws {
        let head = evasion.isEmpty ? "" : "evasion: \(evasion)\n"
        let lexicon = "lexicon: x\nrequires: claimwatch/2\n\(head)classes: {c: \(words)}\n"
        let other = "lexicon: other\nrequires: claimwatch/2\nclasses: {z: [甲乙]}\n"
        let rule = Packs.rule(["match": "match: \"@x.c\"", "evasion": "evasion: {gaps: 2, min_score: 0.8}"])
        let loaded = Packs.load(Packs.one(rule, version: 2), lexicon, other)
        #expect(loaded.problems.filter { $0.kind == .error } == [])
        guard case .text(.words(let set)) = try #require(loaded.rules.first).match else {
            Issue.record("no words"); return
        }
        #expect(set.terms.map(\.tolerance) == [tolerance])
        #expect(set.minScore == minScore)
    }

    @Test func `share words that are never disguised, whatever else they see`() throws {
        let lexicon = "lexicon: x\nrequires: claimwatch/2\nevasion: none\nclasses: {c: [甲乙]}\n"
        let rules = [
            "{gaps: 2}", "{homophones: true, min_score: 0.8}", "{split: true, whole_words: true}", "{numbers: true}",
        ]
        .enumerated().map { number, evasion in
            Packs.rule(["id": "id: r\(number)", "match": "match: \"@x.c\"", "evasion": "evasion: \(evasion)"])
        }
        let set = try #require(Packs.load(Packs.one(rules.joined(), version: 2), lexicon).ruleSet)
        // What is no disguise stays the rule's: whole words, and ways to write a number.
        #expect(
            set.matcherTerms.map(\.tolerance) == [
                Tolerance(), Tolerance(marksEmbedded: true), Tolerance(numbers: true),
            ])
    }

    @Test func `tell what stands where 'evasion' of a class cannot be read`() {
        let lexicon =
            "lexicon: x\nrequires: claimwatch/2\nevasion: off\nclasses: {c: {terms: [甲乙], evasion: nothing}}\n"
        #expect(
            Packs.load(lexicon).problems.filter { $0.kind == .error }.map(\.message) == [
                "'off' is no 'evasion'. Did you mean 'none'?", "'nothing' is no 'evasion'. Write none.",
            ])
    }

    @Test func `may be signals that add up`() throws {
        let rule = Packs.rule([
            "match": "",
            "score": "score: {window: 3m, threshold: 1.25, min_distinct: 2, decay: linear, "
                + "weights: {\"@health.cure\": 1.2, \"@health.decline\": 0.05, \"@health.act\": -0.2}}",
        ])
        let loaded = Packs.load(Packs.one(rule, version: 2), Packs.health)
        #expect(loaded.problems == [])
        #expect(
            try #require(loaded.rules.first).match.shown
                == "@health.cure=@health.cure{治疗 根治} 1200, @health.decline=seq(过了 0..2 number(35..70) / sentence) 50, "
                + "@health.act=@health.act{化掉 养过来} -200 180000 1250 2 true")
    }

    @Test func `are tried in the rooms of their examples`() throws {
        let rule = Packs.rule([
            "examples": "examples: {match: [{segments: [{at: 8s, text: 乙}, {text: 全网第一, listing: a}], listings: "
                + "[{id: a, title: 衬衫, category: 服饰, price: 199, attributes: {材质: 涤纶}}], role: ai, seller: true, "
                + "region: \"320700\", at: 2026-11-28, price: 5元, facts: {material: 涤纶}, attributes: {面料: 真丝}, severity: low, "
                + "exemptions: [\"exempt:usage\"], guards: [x.y], as: {said: 天丝}, state: to_verify}, 全网第一], clear: [很好, 真好]}"
        ])
        let loaded = Packs.load(Packs.one(rule, version: 2))
        #expect(loaded.problems == [])
        let examples = try #require(loaded.rules.first).examples.match
        let read = examples[0]
        #expect(read.text == "全网第一乙" && read.segments.map(\.atMS) == [0, 8_000] && read.segments[0].listing == "a")
        #expect(
            read.listings == [
                .init(id: "a", title: "衬衫", category: "服饰", price: NumberValue(19_900), attributes: ["材质": "涤纶"])
            ])
        #expect(read.role == .ai && read.isSeller == true && read.region == "320700" && read.day == "2026-11-28")
        #expect(read.price == NumberValue(500) && read.facts == [.material: "涤纶"] && read.attributes == ["面料": "真丝"])
        #expect(
            read.expected.severity == .low && read.expected.state == .toVerify
                && read.expected.captures == ["said": "天丝"])
        #expect(read.expected.exemptions == ["exempt:usage"] && read.expected.guards == ["x.y"])
        #expect(examples[1].expected == .init() && examples[1].segments.isEmpty)
    }

    @Test func `are read whatever the order of the files`() {
        let pack = Packs.one(Packs.rule(["match": "match: \"@health.cure\""]), version: 2)
        let files = [("a.yaml", pack), ("z.yaml", Packs.health)].map { PackFile(path: $0, bytes: Array($1.utf8)) }
        #expect(RulePackLoader.load(files).rules == RulePackLoader.load(files.reversed()).rules)
        #expect(RulePackLoader.load(files).problems == [])
    }
}

extension Rule.Match {
    var shown: String {
        switch self {
        case .text(let expression): return expression.shown
        case .timed(let steps, let isOrdered, let spanMS):
            return "\(spanMS)ms(\(steps.map(\.shown).joined(separator: isOrdered ? " > " : " & ")))"
        case .required(let statement):
            return "\(statement.say.shown) within \(statement.withinMS) of \(statement.start.rawValue)"
        case .score(let score):
            let weights = score.weights.map { "\($0.name)=\($0.signal.shown) \($0.thousandths)" }
            return
                "\(weights.joined(separator: ", ")) \(score.windowMS) \(score.threshold) \(score.minDistinct) \(score.decays)"
        }
    }
}

extension Expression {
    /// In one line, without disguises.
    var shown: String {
        switch self {
        case .words(let set): return set.shown
        case .number(let slot): return slot.shown
        case .pattern(let pattern): return "/\(pattern.folded)/"
        case .any(let parts): return "any(\(parts.map(\.shown).joined(separator: " | ")))"
        case .seq(let parts, let gaps, let bothWays, let extent):
            var text = parts[0].shown
            for (part, gap) in zip(parts.dropFirst(), gaps) {
                let without = gap.without.map { "!\($0.shown)" } ?? ""
                text += " \(gap.characters.lowerBound)..\(gap.characters.upperBound)\(without) \(part.shown)"
            }
            return "\(bothWays ? "both" : "seq")(\(text) / \(extent.shown))"
        case .near(let parts, let extent):
            return "near(\(parts.map(\.shown).joined(separator: " & ")) / \(extent.shown))"
        case .named(let name, let part): return "\(name)=\(part.shown)"
        }
    }
}

extension NumberSlot {
    fileprivate var shown: String {
        let bounds = [low, high].map { $0.map { "\($0)" } ?? "" }.joined(separator: "..")
        let units = units.map { "\($0)" }.joined(separator: ",")
        return "\(kind.rawValue)(\(bounds)\(units.isEmpty ? "" : " \(units)")\(isBare ? " bare" : ""))"
    }
}

extension WordSet {
    fileprivate var shown: String {
        let words = (terms.map(\.text) + minus.map { "-\($0.text)" }).joined(separator: " ")
        return className.map { "@\($0){\(words)}" } ?? words
    }
}

extension Extent {
    fileprivate var shown: String { (within.map { "\($0) " } ?? "") + unit.rawValue }
}

import ArgumentParser
import ClaimRules
import LiveEvents
import RuleTesting
import Testing

@testable import claimwatch

/// What `explain` says of a text in a room that the command line tells of: goods, days, places, several segments.
@Suite struct `Explaining a room` {
    private let packs = RulePackLoader.load([
        PackFile(
            path: "lexicon/cloth.yaml",
            bytes: Array(
                """
                lexicon: cloth
                requires: claimwatch/2
                classes:
                  fibre: {kinds: {wool: [羊毛, 羊绒], polyester: [涤纶, 聚酯纤维], silk: [真丝]}}
                  age: [过了四十]
                  fear: [再不管就晚了]
                  must: [一定要吃]
                guards:
                  denied: {before: 6, any: [不是, 别说], then: clear}
                  asked: {after: 3, any: [吗, ？], then: lower}
                """.utf8)),
        PackFile(
            path: "cloth.yaml",
            bytes: Array(
                """
                pack: cloth
                requires: claimwatch/2
                rules:
                  - {id: cloth.fibre, status: shadow, title: 材质不符, severity: high, legal_basis: [{law: 广告法, article: 第二十八条}],
                     match: {any: ["@cloth.fibre"], as: said}, facts: [{fact: material, differs_from: said, among: "@cloth.fibre"}]}
                  - {id: cloth.slim, status: shadow, title: 几天瘦几斤, severity: medium, legal_basis: [{law: 广告法, article: 第二十八条}],
                     match: {seq: [{duration: {max: 30天}}, {gap: 0..3}, [瘦, 掉]]}, unless: ["@cloth.denied", "@cloth.asked"]}
                  - {id: cloth.pay, status: shadow, title: 场外付款, severity: low, legal_basis: [{law: 广告法, article: 第二十八条}],
                     match: {seq: [[别在这儿拍], [给你发个码]], span: 30s}}
                  - {id: cloth.pitch, status: shadow, title: 施压, severity: low, legal_basis: [{law: 广告法, article: 第二十八条}],
                     score: {window: 3m, threshold: 1.5, min_distinct: 2, weights: {"@cloth.age": 0.5, "@cloth.fear": 0.7, "@cloth.must": 1}}}
                  - {id: cloth.fair, status: shadow, title: 节日, severity: low, legal_basis: [{law: 广告法, article: 第二十八条}],
                     match: [最低价], from: 2026-06-01, to: 2026-06-20, jurisdictions: ["32"]}

                """.utf8)),
    ])

    /// The lines of `explain` in English, of what the command line would say.
    private func screen(_ arguments: [String], language: Language = .english) throws -> [String] {
        let ruleSet = try #require(packs.ruleSet, "\(packs.problems)")
        let command = try #require(try Explain.parseAsRoot(["--rules", "x"] + arguments) as? Explain)
        let sample = try command.sample()
        let reading = RuleReading(sample, ruleSet: ruleSet)
        let alerts = try sample.alerts(ruleSet)
        let outcomes = OutcomeList(language: language, style: .plain, columns: 80, showsAll: false)
        let hits = HitList(language: language, style: .plain, columns: 80)
        let marks = reading.marks(of: outcomes.shown(reading, fired: alerts))
        return (outcomes.lines(reading, fired: alerts) + hits.lines(reading, marks)).flatMap {
            $0.split(separator: "\n").map(String.init)
        }
    }

    @Test(
        arguments: [
            (["里头全是羊毛", "--fact", "material=涤纶"], "ALERT     HIGH cloth.fibre 材质不符 · shadow"),
            (["里头全是羊毛", "--fact", "面料成分=涤纶"], "ALERT     HIGH cloth.fibre 材质不符 · shadow"),
            (["里头全是羊毛"], "ALERT     MEDIUM cloth.fibre 材质不符 · shadow"),
            (
                ["里头全是羊毛", "--fact", "material=羊绒"],
                "no alert  cloth.fibre: a fact does not hold; the rule wants material: names"
            ),
            (["二十来天就瘦了"], "ALERT     MEDIUM cloth.slim 几天瘦几斤 · shadow"),
            (["二十来天就瘦了吗"], "ALERT     LOW cloth.slim 几天瘦几斤 · shadow"),
            (["别说二十来天就瘦了"], "no alert  cloth.slim: cleared by the guard cloth.denied, for 「别说」"),
            (["三个月就瘦了"], "no alert  cloth.slim: the words of its parts are in the text, but a number is"),
            (["别在这儿拍", "我给你发个码"], "ALERT     LOW cloth.pay 场外付款 · shadow"),
            (["别在这儿拍", "@50s 我给你发个码"], "no alert  cloth.pay: all its steps are said, but not within 30 s"),
            (["我给你发个码", "别在这儿拍"], "no alert  cloth.pay: its parts stand in another order"),
            (["过了四十，一定要吃"], "ALERT     LOW cloth.pitch 施压 · shadow"),
            (
                ["过了四十再不管就晚了"],
                "no alert  cloth.pitch: the score is 1.2 of 1.5 (said: @cloth.age, @cloth.fear)"
            ),
            (
                ["一定要吃"],
                "no alert  cloth.pitch: the score is 1 of 1.5 (said: @cloth.must; 2 kinds are"
            ),
            (["最低价", "--at", "2026-06-18"], "ALERT     LOW cloth.fair 节日 · shadow"),
            (
                ["最低价", "--at", "2026-06-21"],
                "no alert  cloth.fair: the rule is in force from 2026-06-01 to 2026-06-20, and"
            ),
            (
                ["最低价", "--at", "2026-06-18", "--region", "110000"],
                "no alert  cloth.fair: the rule is for the region 32, and this is 110000"
            ),
        ])
    func `says first whether an alert is raised, and why not`(arguments: [String], first: String) throws {
        #expect(try screen(arguments).first == first)
        for line in try screen(arguments) + screen(arguments, language: .chinese) {
            #expect(DisplayText.width(line) <= 80, "\(line)")
        }
    }

    @Test(
        arguments: [
            (["二十来天就瘦了吗"], "        ^^^^^^^^ 二十来天  a duration, at most 30 days"),
            (["三个月就瘦了"], "        ^^^^^^ 三个月  out of bounds: a duration, at most 30 days"),
            (["二十来天就瘦了吗，能瘦吗"], "                      ^^ 吗  one step lower (cloth.asked)"),
            (["别说二十来天就瘦了"], "        ^^^^ 别说  clears it (cloth.denied)"),
            (["里头全是羊毛", "--fact", "material=涤纶"], "          the listing's attributes.材质「涤纶」"),
            (
                ["里头全是羊毛"],
                "          to verify, one step lower: the listing does not tell material; give it"
            ),
        ])
    func `marks numbers and guards, and says what the listing does`(arguments: [String], line: String) throws {
        let lines = try screen(arguments)
        #expect(lines.contains(line), "\(lines.joined(separator: "\n"))")
    }

    @Test func `marks only the guard words that decided`() throws {
        // The second 吗 stands too far behind the words.
        #expect(try screen(["二十来天就瘦了吗，你们说能瘦下来吗"]).count { $0.contains("cloth.asked)") } == 1)
    }

    @Test(
        arguments: [
            (["a", "--fact", "materal=涤纶"], "'materal' is no fact. Did you mean material?"),
            (["a", "--fact", "material"], "--fact material must be name=text, e.g. material=涤纶"),
            (["a", "--price", "便宜"], "'便宜' is no price: write 59.9 or 59块9"),
            (["a", "--at", "2026-6-1"], "--at 2026-6-1 is no day: write it as 2026-01-01"),
            (["--listing", "a", "b"], "--listing takes one title: put it in quotes if it has spaces"),
            (["--listing", "a", "--title", "b"], "with --listing the text is the title: leave out --title"),
        ])
    func `says what to write where an option cannot be read`(arguments: [String], message: String) {
        let error = #expect(throws: (any Error).self) {
            _ = try Explain.parseAsRoot(["--rules", "x"] + arguments)
        }
        if let error { #expect(Explain.message(for: error) == message) }
    }
}

import ChineseText
@testable import ClaimRules
import LiveEvents
import TermMatching
import Testing

@Suite struct `Evasion of a rule` {
    private static func rule(_ evasion: String, match: String = "{any: [治疗]}", lists: String = "") throws -> Rule {
        let loaded = Packs.load(
            Packs.one(Packs.rule(["match": "match: \(match)", "evasion": evasion]), lists: lists))
        return try #require(loaded.ruleSet?.rules.first, "\(loaded.problems)")
    }

    @Test(
        arguments: [
            ("", Evasion()),
            ("evasion: {gaps: 2}", Evasion(gaps: 2)),
            (
                "evasion: {fillers: true, homophones: true, min_score: 0.8}",
                Evasion(fillers: true, homophones: true, minScore: 80)
            ),
            ("evasion: {split: true, whole_words: true}", Evasion(split: true, wholeWords: true)),
            ("evasion: {numbers: true}", Evasion(numbers: true)),
            ("evasion: {homophones: true, confusions: all}", Evasion(homophones: true, confusions: .all)),
            (
                "evasion: {homophones: true, confusions: [z-zh, n-l, in-ing]}",
                Evasion(homophones: true, confusions: [.zAndZh, .nAndL, .inAndIng])
            ),
        ] as [(String, Evasion)])
    func `is read as written, and by default nothing is tolerated`(written: String, evasion: Evasion) throws {
        #expect(try Self.rule(written).evasion == evasion)
    }

    @Test func `names every sound the matcher can confuse`() {
        let all = Evasion.Confusion.allCases.reduce(into: SoundConfusions()) { $0.formUnion($1.sounds) }
        #expect(all == .all)
    }

    /// The least and the greatest score by path of what an index finds; the warnings about `min_score` rest on it.
    @Test(
        arguments: [
            (Evasion(gaps: 2), ["治✨疗", "治 - 疗"]), (Evasion(fillers: true), ["免嗯疫力", "免某力", "免嗯某力"]),
            (Evasion(homophones: true), ["止疗", "zhi疗", "zl", "mianyili", "m疫力", "myl", "棉一里"]),
            (Evasion(split: true), ["月半子", "胖子"]), (Evasion(numbers: true), ["包你20天见效"]),
            (
                Evasion(gaps: 2, fillers: true, homophones: true, confusions: .all),
                ["止✨疗", "自那个疗", "m✨疫嗯力", "mian嗯某 力", "字 m"]
            ),
        ] as [(Evasion, [String])])
    func `has the scores of the matcher`(evasion: Evasion, texts: [String]) throws {
        let terms = ["治疗", "免疫力", "胖子", "二十天见效"].map { Term($0, tolerance: evasion.tolerance) }
        let index = try TermIndex(terms, confusions: evasion.confusions)
        let bounds = try #require(evasion.scores(aliases: []))
        var found = 0
        for var text in texts {
            var matches = MatchBuffer()
            text.withUTF8 { index.scan($0, into: &matches) }
            for number in 0..<matches.count where matches[number].path != .plain {
                #expect(bounds.contains(Int(matches[number].score)), "\(text): \(matches[number])")
                found += 1
            }
        }
        #expect(found > 0)
    }

    @Test func `sees terms of so many symbols and no more`() throws {
        for (count, isSeen) in [(Evasion.maxSymbols, true), (Evasion.maxSymbols + 1, false)] {
            let term = String("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未".prefix(count))
            let index = try TermIndex([Term(term, tolerance: Tolerance(gaps: 1))])
            var text = String(term.dropLast()) + "✨" + String(term.last!)
            var matches = MatchBuffer()
            text.withUTF8 { index.scan($0, into: &matches) }
            #expect((matches.count == 1) == isSeen)
        }
    }
}

@Suite struct `Aliases of a pack` {
    private static let pack = """
        pack: p
        requires: claimwatch/1
        aliases:
          微信: [葳信, {term: 卫星, score: 0.5, seen: 12, source: 抽样}]
        rules:

        """

    @Test func `serve every rule of the pack that has the term, however it is folded`() throws {
        let text =
            Self.pack + Packs.rule(["match": "match: {any: [微信, 加V]}"])
            + Packs.rule(["id": "id: s", "match": "match: {all: [[加], [ 微\u{200B}信 ]], within: 5}"])
            + Packs.rule(["id": "id: t", "match": "match: {any: [扣扣]}"])
        let other = Packs.one(Packs.rule(["id": "id: u", "match": "match: {any: [微信]}"])).replacing(
            "pack: p", with: "pack: q")
        let loaded = Packs.load(text.replacing("微\u{200B}信", with: "微信"), other)
        #expect(loaded.problems.isEmpty)
        let aliases = [Term.Alias("葳信"), Term.Alias("卫星", score: 50)]
        #expect(loaded.rules.map(\.aliases) == [["微信": aliases], ["微信": aliases], [:], [:]])
    }

    @Test func `may be cleared by a phrase around them`() {
        let loaded = Packs.load(
            Self.pack + Packs.rule(["match": "match: {any: [微信]}", "unless": "unless: [卫星电视, 天线]"]))
        #expect(
            loaded.problems.map(\.message) == [
                "the phrase '天线' shares no character with a term and clears nothing. Put the term into it, or delete it."
            ])
    }
}

@Suite struct `A term of several rules` {
    private static func found(_ set: RuleSet, _ text: String) -> Set<RuleID> {
        var matches = MatchBuffer()
        var found: Set<RuleID> = []
        var text = text
        text.withUTF8 { set.index.scan($0, into: &matches) }
        for number in 0..<matches.count {
            for posting in set.postings(of: matches[number].term) where posting.role != .unless {
                found.insert(set.rules[posting.rule].id)
            }
        }
        return found
    }

    @Test func `is seen by each rule as that rule asks, and by no other`() throws {
        let rules = [
            ("plain", ""), ("gaps", "evasion: {gaps: 1}"), ("sounds", "evasion: {homophones: true}"),
            ("plain-too", ""),
        ].map { Packs.rule(["id": "id: \($0.0)", "match": "match: {any: [治疗]}", "evasion": $0.1]) }
        let set = try #require(Packs.load(Packs.one(rules.joined())).ruleSet)
        #expect(set.terms == ["治疗", "治疗", "治疗"])
        #expect(Self.found(set, "治疗") == ["plain", "gaps", "sounds", "plain-too"])
        #expect(Self.found(set, "治✨疗") == ["gaps"])
        #expect(Self.found(set, "能止疗的") == ["sounds"])
    }

    @Test func `is seen as the rule's terms are where it is an unless phrase`() throws {
        let rule = Packs.rule([
            "match": "match: {any: [治疗]}", "unless": "unless: [不治疗, 智聊]",
            "evasion": "evasion: {gaps: 2, homophones: true}",
        ])
        let set = try #require(Packs.load(Packs.one(rule)).ruleSet)
        func found(in text: String) -> Set<String> {
            var text = text
            var matches = MatchBuffer()
            text.withUTF8 { set.index.scan($0, into: &matches) }
            return Set((0..<matches.count).map { set.terms[matches[$0].term.index] })
        }
        #expect(found(in: "不✨治疗") == ["不治疗", "治疗"])
        #expect(found(in: "不zhi疗") == ["不治疗", "治疗"])
        // A phrase without a term in it is not heard: 智聊 would be heard in every 治疗.
        #expect(found(in: "治疗") == ["治疗"])
        #expect(found(in: "智✨聊").contains("智聊"))
    }

    @Test func `hears the sounds alike that any rule takes for the same`() throws {
        let one = Packs.rule(["match": "match: {any: [治疗]}", "evasion": "evasion: {homophones: true}"])
        let other = Packs.rule([
            "id": "id: s", "match": "match: {any: [根治]}", "evasion": "evasion: {homophones: true, confusions: [z-zh]}",
        ])
        let (alone, both) = (Packs.load(Packs.one(one)), Packs.load(Packs.one(one + other)))
        #expect(Self.found(try #require(alone.ruleSet), "能自疗的") == [])
        #expect(Self.found(try #require(both.ruleSet), "能自疗的") == ["r"])
    }
}

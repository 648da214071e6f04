import ClaimRules
import LiveEvents
import TermMatching
import Testing

@Suite struct `Loading packs` {
    @Test func `a valid pack gives its rules as written`() throws {
        let loaded = Packs.load(Packs.valid)
        #expect(loaded.problems.isEmpty)
        let set = try #require(loaded.ruleSet)
        #expect(set.rules == loaded.rules)
        let at = { SourceLocation(file: "p0.yaml", line: $0, column: $1) }
        #expect(
            loaded.rules.first
                == Rule(
                    id: "food.treatment", pack: "ad-law", revision: 4, status: .stable, title: "普通食品宣称疾病治疗功能",
                    titleEn: "Food said to treat disease", category: "food.treatment", severity: .high,
                    legalBasis: [.init(law: "广告法", article: "第十七条", from: "2015-09-01")], legalTrack: .adLaw,
                    targets: [.speech], product: .init(categories: ["食品"], excluded: ["保健食品", "药品"]),
                    condition: .init(
                        parts: [["治疗", "根治"], ["糖尿病", "高血压", "颈椎病"]], within: 12, order: .written),
                    unless: ["不能治疗"], windowMS: 7_200_000, threshold: 3,
                    examples: .init(
                        match: [
                            .init(text: "这个蜂蜜能根治糖尿病", category: nil, target: .speech, location: at(29, 15)),
                            .init(text: "治疗高血压", category: "食品/蜂蜜", target: .listing, location: at(29, 27)),
                        ],
                        clear: [
                            .init(text: "本品不能治疗糖尿病", category: nil, target: .speech, location: at(30, 15)),
                            .init(text: "今天天气好", category: nil, target: .speech, location: at(30, 26)),
                        ]),
                    location: at(8, 5)))
        #expect(set.terms == ["治疗", "根治", "糖尿病", "高血压", "颈椎病", "不能治疗", "全网第一", "100"])
        #expect(set.postings(of: 5) == [.init(rule: 0, role: .unless)])
    }

    @Test func `what is not written has its default`() throws {
        let rule = try #require(Packs.load(Packs.valid).rules.last)
        #expect(
            rule.revision == 1 && rule.status == .stable && rule.category == "claim.first" && rule.legalTrack == nil)
        #expect(rule.targets == [.speech, .listing] && rule.product == nil && rule.unless.isEmpty)
        #expect(rule.windowMS == 600_000 && rule.threshold == 1)
        #expect(rule.condition == .init(parts: [["全网第一", "100"]], within: 0, order: .any))
    }

    @Test func `rules that are off are read and not compiled`() throws {
        let loaded = Packs.load(Packs.one(Packs.rule(["status": "status: off"])))
        #expect(loaded.rules.map(\.status) == [.off])
        #expect(try #require(loaded.ruleSet).rules.isEmpty)
    }

    @Test func `the order of the files given does not matter`() {
        let files = [("rules/b.yaml", "b"), ("rules/a.yaml", "a")].map { path, name in
            let text = "pack: \(name)\nrequires: claimwatch/1\nrules:\n" + Packs.rule(["id": "id: \(name).r"])
            return PackFile(path: path, bytes: Array(text.utf8))
        }
        let (one, other) = (RulePackLoader.load(files), RulePackLoader.load(files.reversed()))
        #expect(one.rules.map(\.id) == ["a.r", "b.r"])
        #expect(one.rules == other.rules)
        #expect(one.ruleSet?.contentHash == other.ruleSet?.contentHash)
    }

    @Test func `the content hash is of names and bytes, not of folders`() {
        func hash(_ path: String, _ text: String) -> String? {
            RulePackLoader.load([PackFile(path: path, bytes: Array(text.utf8))]).ruleSet?.contentHash
        }
        let text = Packs.one(Packs.rule())
        #expect(hash("x/a.yaml", text)?.count == 16)
        #expect(hash("x/a.yaml", text) == hash("y/z/a.yaml", text))
        #expect(hash("x/a.yaml", text) != hash("x/b.yaml", text))
        #expect(hash("x/a.yaml", text) != hash("x/a.yaml", text + "# more\n"))
    }
}

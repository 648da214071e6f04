import ClaimRules
import LiveEvents
import TermMatching
import TestSupport
import Testing

@testable import ClaimRules

@Suite struct `Overlays` {
    private static let packs = [
        """
        pack: ads
        requires: claimwatch/2
        rules:
          - id: ad.first
            revision: 3
            title: 第一
            severity: high
            legal_basis: [{law: 广告法, article: 第九条}]
            match: {any: [全网第一]}
            examples: {match: [全网第一, 又是全网第一], clear: [很好, 真好]}
          - id: ad.daring
            title: 大胆
            severity: low
            strictness: 3
            legal_basis: [{law: 广告法, article: 第九条}]
            match: {any: ["@health.disease"]}
            examples: {match: [糖尿病, 高血压], clear: [很好, 真好]}
          - id: ad.cure
            title: 治病
            status: shadow
            legal_basis: [{law: 广告法, article: 第十七条}]
            severity: medium
            match: {seq: ["@health.cure", {gap: 0..4}, "@health.disease"]}
            bind: [{when: {category: [食品]}, as: food.cure, severity: high}, {when: {}, as: other.cure}]
            examples: {match: [根治糖尿病, 治疗高血压], clear: [很好, 真好]}

        """,
        """
        pack: old
        requires: claimwatch/1
        rules:
          - id: old.all
            title: 旧
            severity: low
            legal_basis: [{law: 广告法, article: 第九条}]
            product: {category: [食品]}
            match: {all: [[治疗, 根治], [结节]], within: 10}
            unless: [不能根治]
            examples: {match: [根治结节, 治疗结节], clear: [很好, 真好]}

        """, Packs.health,
    ]

    private static func load(_ overlays: String...) -> LoadedPacks {
        RulePackLoader.load(
            packs.enumerated().map { PackFile(path: "p\($0).yaml", bytes: Array($1.utf8)) }
                + overlays.enumerated().map { number, text in
                    PackFile(
                        path: "site\(number).yaml",
                        bytes: Array("overlay: s\(number)\nrequires: claimwatch/2\n\(text)\n".utf8))
                })
    }

    private static func rule(_ id: String, _ overlays: String...) throws -> Rule {
        let loaded = overlays.count == 1 ? load(overlays[0]) : load(overlays[0], overlays[1])
        #expect(loaded.problems.filter { $0.kind == .error }.map(\.description) == [])
        return try #require(loaded.rules.first { $0.id.rawValue == id })
    }

    // MARK: Values

    @Test func `switch rules off and grade them, and remember who did and where`() throws {
        let rule = try Self.rule("ad.first", "changes: [{rules: ad.first, status: off, severity: low, reason: 批复}]")
        #expect(rule.status == .off)
        #expect(rule.severity == .low)
        #expect(rule.changes.map(\.key) == ["status", "severity"])
        #expect(rule.changes[1].before == "high" && rule.changes[1].after == "low")
        #expect(rule.changes[1].overlay == "s0" && rule.changes[1].reason == "批复")
        #expect("\(rule.changes[1].location)".hasPrefix("site0.yaml:3:"))
    }

    @Test(
        arguments: [
            ("rules: ad.*", ["ad.first", "ad.daring", "ad.cure"]),
            ("rules: [\"*first\", old.all]", ["ad.first", "old.all"]),
            ("packs: [old]", ["old.all"]), ("categories: [ad.first]", ["ad.first"]),
            ("categories: [\"*.cure\"]", ["ad.cure"]),
            ("packs: old, rules: ad.first", ["ad.first", "old.all"]),
            ("rules: \"*\"", ["ad.first", "ad.daring", "ad.cure", "old.all"]),
        ]) func `choose rules by id, pack, category and pattern`(row: (String, [String]))
    {
        let loaded = Self.load("changes: [{\(row.0), threshold: 7}]")
        #expect(loaded.problems.map(\.description) == [])
        #expect(loaded.rules.filter { $0.threshold == 7 }.map(\.id.rawValue) == row.1)
    }

    @Test func `grade of a rule with bindings those of the category that is named`() throws {
        let part = Self.load("changes: [{categories: food.*, severity: info, threshold: 4}]")
        let rule = try #require(part.rules.first { $0.id.rawValue == "ad.cure" })
        #expect(rule.bindings.map(\.severity) == [.info, nil])
        #expect(rule.threshold == 1)
        #expect(part.problems.map(\.code) == [.unmadeChange])
        let whole = try Self.rule("ad.cure", "changes: [{rules: ad.cure, severity: info}]")
        #expect(whole.severity == .info && whole.bindings.map(\.severity) == [nil, nil])
    }

    @Test func `set window, threshold, strictness and the least score of live alerts`() throws {
        let rule = try Self.rule(
            "ad.first", "changes: [{rules: ad.first, window: 2h, threshold: 3, strictness: 4, min_score: 0.75}]")
        #expect(rule.windowMS == 7_200_000 && rule.threshold == 3 && rule.strictness == 4 && rule.leastLiveScore == 75)
        let site = try Self.rule("ad.first", "min_score: 0.6\nchanges: [{rules: old.all, min_score: 0.9}]")
        #expect(site.leastLiveScore == 60)
        #expect(site.changes == [])
    }

    @Test(
        arguments: [
            (1, "off", "ad.daring"), (2, "shadow", "ad.daring"), (3, "stable", "ad.daring"), (1, "stable", "ad.first"),
        ])
    func `leave rules that are too daring for the site on trial, or out`(row: (Int, String, String)) throws {
        let rule = try Self.rule(row.2, "strictness: \(row.0)")
        #expect(rule.status.rawValue == row.1)
        let kept = try Self.rule(row.2, "strictness: \(row.0)\nchanges: [{rules: ad.*, status: shadow}]")
        #expect(kept.status == .shadow)
    }

    // MARK: Words

    @Test func `add phrases, guards, exemptions and words to a rule`() throws {
        let rule = try Self.rule(
            "ad.first",
            """
            changes:
              - rules: ad.first
                unless: [全网第一大道, {before: 4, any: [不是]}, "@health.negated"]
                any: [宇宙第一, {seq: [第, {gap: 0..2}, 一名]}]
                exempt: {title: [中国第一]}
            """)
        var terms: [String] = []
        guard case .text(let match) = rule.match else { Issue.record("no text"); return }
        match.forEachWordSet { set in
            terms += set.terms.map(\.text)
            #expect(set.clearedBy.map(\.text) == ["全网第一大道"])
        }
        #expect(terms == ["全网第一", "宇宙第一", "第", "一名"])
        #expect(rule.guards.map(\.name) == ["不是", "health.negated"])
        #expect(rule.exemptions.map(\.exemption) == [.title])
        #expect(rule.changes.map(\.key) == ["any", "unless", "exempt"])
    }

    @Test func `lay what is added over a rule of the first version, too`() throws {
        let rule = try Self.rule("old.all", "changes: [{packs: old, unless: [不是根治], any: [消结节]}]")
        guard case .text(let match) = rule.match else { Issue.record("no text"); return }
        match.forEachWordSet { #expect($0.clearedBy.map(\.text) == ["不能根治", "不是根治"]) }
    }

    @Test func `see words as the rule sees its own`() throws {
        let pack = Packs.one(Packs.rule(["evasion": "evasion: {homophones: true, gaps: 2}"]), version: 2)
        let loaded = Packs.load(pack, "overlay: s\nrequires: claimwatch/2\nchanges: [{rules: r, any: [宇宙第一]}]\n")
        let rule = try #require(loaded.rules.first)
        guard case .text(let match) = rule.match else { Issue.record("no text"); return }
        var tolerances: Set<Tolerance> = []
        match.forEachWordSet { for term in $0.terms { tolerances.insert(term.tolerance) } }
        #expect(tolerances.count == 1)
        #expect(loaded.ruleSet != nil)
    }

    @Test func `add words to classes and guards and take them out, for every rule that cites them`() throws {
        let rule = try Self.rule(
            "ad.daring",
            "classes: {health.disease: {add: [老寒腿], remove: [高血压, 颈椎病]}, \"@health.negated\": {add: [不敢]}}")
        guard case .text(let match) = rule.match else { Issue.record("no text"); return }
        var terms: [String] = []
        match.forEachWordSet { terms += $0.terms.map(\.text) }
        #expect(terms == ["糖尿病", "老寒腿"])
    }

    @Test func `except goods, rooms, shops and speakers`() throws {
        let rule = try Self.rule(
            "ad.first",
            "changes: [{rules: ad.first, except: {category: [药品], room: [\"8\"], seller: [s], speaker: [u]}}]")
        #expect(rule.product == .init(categories: [], excluded: ["药品"]))
        #expect(rule.excepted.rooms == ["8"] && rule.excepted.sellers == ["s"] && rule.excepted.speakers == ["u"])
        let scoped = try Self.rule("old.all", "changes: [{rules: old.all, except: {category: [保健食品]}}]")
        #expect(scoped.product == .init(categories: ["食品"], excluded: ["保健食品"]))
    }

    @Test func `bring examples, which hold where the pack has the same text`() throws {
        let rule = try Self.rule(
            "ad.first", "changes: [{rules: ad.first, unless: [又是全网第一], examples: {clear: [又是全网第一]}}]")
        #expect(rule.examples.match.map(\.text) == ["全网第一"])
        #expect(rule.examples.clear.map(\.text) == ["很好", "真好", "又是全网第一"])
    }

    // MARK: After an update

    struct Warning: CustomTestStringConvertible {
        let overlay, chinese, english: String
        var code: ProblemCode = .unknownTarget
        var testDescription: String { overlay }
    }

    static let warnings = [
        Warning(
            overlay: "changes: [{rules: ad.frist, status: off}]",
            chinese: "site0.yaml:3:19: 警告 W192: 没有规则 'ad.frist'（更新后改名或删了？）。要写 ad.first 吗？不要了就删掉。",
            english:
                "site0.yaml:3:19: warning W192: there is no rule 'ad.frist' (renamed or removed by an update?). Did you mean ad.first? Else delete it."
        ),
        Warning(
            overlay: "changes: [{rules: abs.daring, status: off}]",
            chinese: "site0.yaml:3:19: 警告 W192: 没有规则 'abs.daring'（更新后改名或删了？）。要写 ad.daring 吗？不要了就删掉。",
            english:
                "site0.yaml:3:19: warning W192: there is no rule 'abs.daring' (renamed or removed by an update?). Did you mean ad.daring? Else delete it."
        ),
        Warning(
            overlay: "changes: [{rules: [price.*, ad.first], threshold: 2}]",
            chinese: "site0.yaml:3:20: 警告 W192: 没有规则合 'price.*'（更新后改名或删了？）。改成现在的名字，或删掉。",
            english:
                "site0.yaml:3:20: warning W192: no rule is like 'price.*' (renamed or removed by an update?). Write its name of today, or delete it."
        ),
        Warning(
            overlay: "changes: [{packs: [olds], threshold: 2}]",
            chinese: "site0.yaml:3:20: 警告 W192: 没有规则包 'olds'（更新后改名或删了？）。要写 old 吗？不要了就删掉。",
            english:
                "site0.yaml:3:20: warning W192: there is no pack 'olds' (renamed or removed by an update?). Did you mean old? Else delete it."
        ),
        Warning(
            overlay: "classes: {health.diseases: {add: [老寒腿]}}",
            chinese: "site0.yaml:3:11: 警告 W192: 词库里没有 'health.diseases'（更新后改名或删了？）。要写 health.disease 吗？不要了就删掉。",
            english:
                "site0.yaml:3:11: warning W192: no lexicon has 'health.diseases' (renamed or removed by an update?). Did you mean health.disease? Else delete it."
        ),
        Warning(
            overlay: "classes: {health.disease: {remove: [老寒腿]}}",
            chinese: "site0.yaml:3:37: 警告 W192: 'health.disease' 里没有 '老寒腿'（更新后去掉了？）。删掉它。",
            english:
                "site0.yaml:3:37: warning W192: 'health.disease' has no '老寒腿' (taken out by an update?). Delete it."
        ),
        Warning(
            overlay: "classes: {health.disease: {add: [颈椎病]}}",
            chinese: "site0.yaml:3:34: 警告 W194: 'health.disease' 里已经有 '颈椎病'。删掉它。",
            english: "site0.yaml:3:34: warning W194: 'health.disease' has '颈椎病' already. Delete it.",
            code: .pointlessChange),
        Warning(
            overlay: "changes: [{rules: ad.first, severity: high}]",
            chinese: "site0.yaml:3:11: 警告 W194: 这处改动什么也没改：规则本来就是这样。删掉它。",
            english:
                "site0.yaml:3:11: warning W194: the change changes nothing: the rules are so anyway. Delete it.",
            code: .pointlessChange),
        Warning(
            overlay: "changes: [{rules: ad.first, revision: 2, severity: low}]",
            chinese: "site0.yaml:3:39: 警告 W196: 规则 'ad.first' 已是第 3 版，这处改动是照第 2 版写的。看看还要不要这样改，再写 3。",
            english:
                "site0.yaml:3:39: warning W196: the rule 'ad.first' is at revision 3, and this change was written for 2. Look whether it still holds, then write 3.",
            code: .outdatedChange),
        Warning(
            overlay: "changes: [{rules: ad.first, severity: low, reason: \"待写：为什么、谁批准、到什么时候\"}]",
            chinese: "site0.yaml:3:52: 警告 W197: 'reason' 还没有写。写明为什么、谁批准、到什么时候。",
            english:
                "site0.yaml:3:52: warning W197: 'reason' is still to be written. Say why, who agreed and until when.",
            code: .unwrittenReason),
    ]

    @Test(arguments: warnings) func `are warned of what no longer applies, and the rest holds`(row: Warning) throws {
        let loaded = Self.load(row.overlay)
        #expect(loaded.problems.map(\.code) == [row.code])
        #expect(loaded.problems.map { $0.description(in: .chinese) } == [row.chinese])
        #expect(loaded.problems.map { $0.description(in: .english) } == [row.english])
        #expect(loaded.ruleSet != nil)
    }

    @Test func `laid over one another, the later one holds and is told`() throws {
        let loaded = Self.load(
            "changes: [{rules: ad.first, severity: low}]", "changes: [{rules: ad.*, severity: info}]")
        #expect(loaded.rules.map(\.severity) == [.info, .info, .info, .low])
        #expect(loaded.problems.map(\.code) == [.unmadeChange])
    }

    @Test(
        arguments: [
            "changes: [{status: off}]", "changes: [{rules: ad.first}]", "changes: [{rules: [], status: off}]",
            "strictness: 5", "min_score: 2", "change: []", "changes: [{rules: ad.first, status: of}]",
            "changes: [{rules: ad.first, except: {}}]", "changes: [{rules: ad.first, any: [{seq: [甲]}]}]",
            "changes: [{rules: nobody, unless: [\"@health.nothing\"]}]", "classes: [health.disease]",
            "classes: {health.disease: {}}", "classes: {health.decline: {add: [老]}}",
            "classes: {health.negated: {remove: [不能]}}", "changes: [{rules: ad.first, revision: 1}]",
        ]) func `are refused with a place if they say something wrong`(text: String)
    {
        let loaded = Self.load(text)
        #expect(loaded.ruleSet == nil)
        #expect(loaded.problems.contains { $0.kind == .error && $0.location.file == "site0.yaml" })
    }

    @Test func `have names of their own, and one strictness for the site`() {
        let twice = Packs.load("overlay: a\nrequires: claimwatch/2\n", "overlay: a\nrequires: claimwatch/2\n")
        #expect(twice.problems.count { $0.kind == .error } == 1)
        let strict = Self.load("strictness: 2", "strictness: 3")
        #expect(strict.problems.filter { $0.kind == .error }.map(\.location.file) == ["site1.yaml"])
    }

    // MARK: Properties

    @Test func `that are empty change nothing`() {
        let plain = RulePackLoader.load(
            Self.packs.enumerated().map { PackFile(path: "p\($0).yaml", bytes: Array($1.utf8)) })
        #expect(plain.rules.count == 4)
        #expect(Self.load("").rules == plain.rules)
        #expect(Self.load("").problems == plain.problems)
        #expect(Self.load("title: 空").rules == plain.rules)
    }

    @Test(arguments: UInt64(0)..<200)
    func `whatever is done to one, there is a rule set or an error with a place`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var bytes = Array(
            """
            overlay: s
            requires: claimwatch/2
            strictness: 2
            classes: {health.disease: {add: [老寒腿], remove: [高血压]}}
            changes:
              - {rules: [ad.first, old.*], status: shadow, unless: [全网第一大道], except: {room: [a]}, reason: 一}
              - {categories: food.*, severity: info}

            """.utf8)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...20, using: &random)))
            default: bytes.insert(Array("[]{}:,-'\"@&*!|>#\n\t ".utf8).randomElement(using: &random)!, at: place)
            }
        }
        let files = Self.packs.enumerated().map { PackFile(path: "p\($0).yaml", bytes: Array($1.utf8)) }
        let loaded = RulePackLoader.load(files + [PackFile(path: "site.yaml", bytes: bytes)])
        #expect((loaded.ruleSet == nil) == loaded.problems.contains { $0.kind == .error })
        #expect(loaded.problems.allSatisfy { $0.location.line >= 1 && $0.location.column >= 1 })
    }

    @Test(arguments: UInt64(0)..<300)
    func `names with stars match as a naive reading says`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        func text(_ letters: String, _ most: Int) -> String {
            String((0..<Int.random(in: 0...most, using: &random)).map { _ in letters.randomElement(using: &random)! })
        }
        func matches(_ pattern: Substring, _ name: Substring) -> Bool {
            guard let first = pattern.first else { return name.isEmpty }
            if first == "*" {
                return matches(pattern.dropFirst(), name) || !name.isEmpty && matches(pattern, name.dropFirst())
            }
            return name.first == first && matches(pattern.dropFirst(), name.dropFirst())
        }
        let (pattern, name) = (text("ab*", 6), text("ab", 7))
        #expect(NamePattern(pattern).matches(name) == matches(pattern[...], name[...]), "\(pattern) \(name)")
    }
}

@Suite struct `Campaign files` {
    private static func load(_ lines: String) -> LoadedPacks {
        Packs.load(
            Packs.valid.replacing("claimwatch/1", with: "claimwatch/2").replacing(
                "all:\n        - [治疗, 根治]\n        - \"@diseases\"\n      within: 12\n      order: written",
                with: "any: [治疗]"),
            "campaign: spring\nrequires: claimwatch/2\nfrom: 2026-03-01\nto: 2026-05-31\n" + lines + "\n")
    }

    @Test func `note a period at the rules that they mean`() throws {
        let loaded = Self.load("title: 春\nrules: [claim.*]\nstatus: stable\nraise: 1\njurisdictions: [\"3207\"]")
        #expect(loaded.problems.filter { $0.location.file == "p1.yaml" } == [])
        let phase = try #require(loaded.rules.last?.phases.first)
        #expect(
            phase.campaign == "spring" && phase.title == "春" && phase.from == "2026-03-01" && phase.to == "2026-05-31")
        #expect(phase.status == .stable && phase.raise == 1 && phase.jurisdictions == ["3207"] && phase.bindings == nil)
        #expect(loaded.rules.first?.phases == [])
    }

    @Test func `wake rules that are off, which then are compiled`() {
        let pack = Packs.one(Packs.rule(["status": "status: off"]), version: 2)
        let campaign = "campaign: c\nrequires: claimwatch/2\nfrom: 2026-03-01\nto: 2026-05-31\nrules: r\n"
        #expect(Packs.load(pack).ruleSet?.rules.count == 0)
        #expect(Packs.load(pack, campaign + "status: shadow\n").ruleSet?.rules.count == 1)
        #expect(Packs.load(pack, campaign + "raise: 1\n").ruleSet?.rules.count == 0)
    }

    @Test(
        arguments: [
            ("rules: [claim.frist]\nraise: 1", ProblemCode.unknownTarget),
            ("rules: [claim.*]\nstatus: shadow", .pointlessChange),
            ("packs: [ad-low]\nraise: 2", .unknownTarget),
        ]) func `are warned of what no longer applies`(row: (String, ProblemCode))
    {
        let loaded = Self.load(row.0)
        #expect(loaded.ruleSet != nil)
        #expect(Set(loaded.problems.map(\.code)).contains(row.1))
    }

    @Test(
        arguments: [
            "rules: [claim.*]\nstatus: off", "rules: [claim.*]", "raise: 1", "rules: [claim.*]\nraise: 3",
            "packs: [ad-law]\nraise: 1\njurisdictions: [x]",
        ]) func `are refused with a place if they say something wrong`(text: String)
    {
        let loaded = Self.load(text)
        #expect(loaded.ruleSet == nil)
        #expect(loaded.problems.contains { $0.kind == .error && $0.location.file == "p1.yaml" })
    }

    @Test func `end after they begin, and have names of their own`() {
        func problems(_ texts: String...) -> [ProblemCode?] {
            RulePackLoader.load(
                texts.enumerated().map { PackFile(path: "c\($0.offset).yaml", bytes: Array($0.element.utf8)) }
            ).problems.filter { $0.kind == .error }.map(\.code)
        }
        let whole = "campaign: c\nrequires: claimwatch/2\nrules: x\nraise: 1\n"
        #expect(problems(whole + "from: 2026-05-01\nto: 2026-03-01\n") == [.dates])
        #expect(
            problems(whole + "from: 2026-03-01\nto: 2026-03-01\n", whole + "from: 2026-03-01\nto: 2026-03-01\n").count
                == 1)
    }
}

import ArgumentParser
import ClaimRules
import Foundation
import LiveEvents
import RuleTesting
import Testing

@testable import claimwatch

/// What an officer sees who pastes an alert, and what the overlay printed for him does.
@Suite struct `Explaining an alert` {
    private static let packs = [
        PackFile(
            path: "tea.yaml",
            bytes: Array(
                """
                pack: tea
                requires: claimwatch/2
                rules:
                  - id: tea.cure
                    revision: 3
                    title: 茶叶治病
                    title_en: Tea that cures
                    severity: high
                    legal_basis:
                      - {law: 广告法, article: 第十七条, from: 2015-09-01}
                      - {law: 食品安全法, article: 第七十三条, to: 2026-06-30}
                    match: [能治病, 血糖降下来]
                    unless: [{before: 8, any: [不能, 谁说], then: clear}, 能治病吗]
                    examples: {match: [能治病, 血糖降下来], clear: [好茶, 不能说能治病]}

                """.utf8))
    ]

    private static let overlay = PackFile(
        path: "site/a.yaml",
        bytes: Array(
            """
            overlay: city
            requires: claimwatch/2
            changes: [{rules: tea.cure, severity: low, reason: 第七条}]
            """.utf8))

    private static let campaign = PackFile(
        path: "site/c.yaml",
        bytes: Array(
            """
            campaign: spring
            requires: claimwatch/2
            title: 春茶
            from: 2026-03-01
            to: 2026-12-31
            rules: [tea.cure]
            raise: 1
            """.utf8))

    /// 2026-09-21 in China.
    private static let timeMS: Int64 = 1_790_000_000_000

    private func alert(seller: String? = "shop-88", rules: [PackFile] = packs) throws -> Alert {
        var room = SampleRun(segments: [(0, "谁说喝茶没用，家里老人血糖降下来了")]).room
        (room.category, room.sellerID, room.roomID, room.speakerID) = ("食品/茶", seller, "880011", "u-17")
        (room.role, room.region, room.day) = (.host, "320703", "2026-09-21")
        let ruleSet = try #require(RulePackLoader.load(rules).ruleSet)
        return try #require(try SampleRun(room).alerts(ruleSet).last)
    }

    private func explained(_ alert: Alert, _ files: [PackFile]) throws -> AlertExplanation {
        let loaded = RulePackLoader.load(files)
        let ruleSet = try #require(loaded.ruleSet, "\(loaded.problems)")
        return try AlertExplanation(alert, loaded, ruleSet, rooms: SampleRooms(ruleSet))
    }

    private func lines(_ explanation: AlertExplanation, _ language: Language, columns: Int? = 80) -> String {
        AlertExplanationText(language: language, style: .plain, columns: columns, rules: ["deploy/rules"])
            .lines(explanation).joined(separator: "\n")
    }

    @Test(arguments: Language.allCases)
    func `reads so`(language: Language) throws {
        let explanation = try explained(try alert(), Self.packs)
        try Screen.expect(
            lines(explanation, language).replacing(explanation.alert.alertID, with: "0123456789abcdef")
                .replacing(explanation.overlayName, with: "except-01234567"),
            is: "explain-alert.\(language.rawValue).txt")
    }

    /// Saved as it stands, it holds, and then the alert is no longer raised.
    @Test(arguments: ["shop-88", nil])
    func `gives an overlay that excepts the shop, or else the room, with examples that hold`(seller: String?) throws {
        let explanation = try explained(try alert(seller: seller), Self.packs)
        for language in Language.allCases {
            let unwritten = PackFile(path: "site/x.yaml", bytes: Array(explanation.overlay(in: language).utf8))
            #expect(RulePackLoader.load(Self.packs + [unwritten]).problems.map(\.code) == [.unwrittenReason])
        }
        let text = explanation.overlay(in: .chinese, reason: "店铺有批文: 3号，王科长同意，到年底")
        let files = Self.packs + [PackFile(path: "site/x.yaml", bytes: Array(text.utf8))]
        let loaded = RulePackLoader.load(files)
        #expect(loaded.problems.map(\.description) == [])
        #expect(loaded.rules[0].changes.first?.reason == "店铺有批文: 3号，王科长同意，到年底")
        let tests = try ExampleTests.run(loaded)
        #expect(tests.count == 6)
        #expect(tests.failures.map { "\($0.example.text)" } == [])
        let after = try explained(explanation.alert, files)
        #expect(after.again == nil)
        let reason = seller == nil ? "except room: 880011" : "except seller: shop-88"
        #expect(lines(after, .chinese, columns: nil).contains(reason))
    }

    /// An alert that somebody pastes comes from a topic, and names a file and a line of YAML.
    @Test(arguments: ["../../etc/x", "a\nchanges: []", "Ａ1234567", ""])
    func `names no file and no line after an alert with an id that is none`(id: String) throws {
        var alert = try alert()
        alert.alertID = id
        let explanation = try explained(alert, Self.packs)
        #expect(explanation.overlay(in: .chinese).hasPrefix("overlay: except-alert\nrequires:"))
        #expect(
            explanation.commands(rules: ["r"], folder: "site")[0].hasSuffix(" site/\(explanation.overlayName).yaml"))
    }

    @Test(arguments: Language.allCases)
    func `says in words what the goods make of it`(language: Language) throws {
        let pack = String(decoding: Self.packs[0].bytes, as: UTF8.self).replacing(
            "    unless:", with: "    bind: [{when: {category: [食品]}, as: food.treatment}, {when: {}}]\n    unless:")
        let files = [PackFile(path: "tea.yaml", bytes: Array(pack.utf8))]
        let text = lines(try explained(try alert(rules: files), files), language, columns: nil)
        let wanted =
            language == .chinese
            ? "商品类目 食品/茶，按 food.treatment（普通食品涉及疾病预防、治疗） 算"
            : "the goods are 食品/茶, so it counts as food.treatment (ordinary food said to prevent or cure)"
        #expect(text.contains(wanted), "\(text)")
    }

    @Test func `names the overlay and the campaign that had a say`() throws {
        let files = Self.packs + [Self.overlay, Self.campaign]
        let explanation = try explained(try alert(rules: files), files)
        let rule = try #require(explanation.rule)
        #expect(
            StandingText(language: .chinese).lines(rule, on: explanation.day, in: "320703") == [
                "站点改动 city：severity high → low，第七条（site/a.yaml:3）",
                "专项 spring（春茶），2026-03-01 到 2026-12-31：高 1 级（site/c.yaml:1）",
            ])
        #expect(
            StandingText(language: .english).lines(rule, on: "2027-01-01", in: nil) == [
                "overlay city: severity high → low, 第七条 (site/a.yaml:3)"
            ])
    }

    @Test func `says when the rule is gone, or off, or has changed`() throws {
        let alert = try alert()
        let off = PackFile(
            path: "site/o.yaml",
            bytes: Array("overlay: o\nrequires: claimwatch/2\nchanges: [{rules: tea.cure, status: off}]\n".utf8))
        #expect(lines(try explained(alert, Self.packs + [off]), .english).contains("not raised, the rule is off"))
        let other = PackFile(
            path: "tea.yaml",
            bytes: Array(
                String(decoding: Self.packs[0].bytes, as: UTF8.self).replacing("tea.cure", with: "tea.other").utf8))
        let gone = lines(try explained(alert, [other]), .english)
        #expect(gone.contains("These packs have no rule tea.cure"))
        #expect(!gone.contains("overlay:"))
        let later = PackFile(
            path: "tea.yaml",
            bytes: Array(
                String(decoding: Self.packs[0].bytes, as: UTF8.self).replacing("revision: 3", with: "revision: 4").utf8)
        )
        #expect(lines(try explained(alert, [later]), .english).contains("the alert was decided by revision 3"))
    }

    @Test func `is one JSON object of the alert, the rule as it stands, the law and the overlay`() throws {
        let explanation = try explained(try alert(), Self.packs + [Self.overlay])
        var writer = JSONWriter()
        AlertExplanationText(language: .english, style: .plain, rules: ["r"]).encode(explanation, into: &writer)
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(writer.bytes)) as? [String: Any])
        #expect(json["raised_again"] as? Bool == true)
        let law = try #require(json["law"] as? [[String: Any]])
        #expect(law.map { $0["in_force"] as? Bool } == [true, false])
        let rule = try #require(json["rule"] as? [String: Any])
        #expect((rule["changes"] as? [[String: Any]])?.first?["overlay"] as? String == "city")
        #expect((json["overlay"] as? String)?.hasPrefix("overlay: except-") == true)
    }

    @Test func `tells of rules that are off and would have raised an alert`() throws {
        let off = PackFile(
            path: "site/o.yaml",
            bytes: Array(
                "overlay: o\nrequires: claimwatch/2\nchanges: [{rules: tea.cure, status: off, reason: 批复}]\n".utf8))
        let loaded = RulePackLoader.load(Self.packs + [off])
        let found = SleepingRules.alerts(loaded, SampleRun(text: "这茶能治病"))
        #expect(
            SleepingRules.lines(found, on: "2026-09-21", in: .chinese).map { $0.pieces.map(\.text).joined() } == [
                "停用了  tea.cure：开着就会告警", "        站点改动 o：status stable → off，批复（site/o.yaml:3）",
            ])
        #expect(SleepingRules.alerts(loaded, SampleRun(text: "好茶")).isEmpty)
    }

    @Test(arguments: [
        ["--alert", "-", "文本"], ["--alert", "-", "--all"], ["--alert", "-", "--json", "--overlay"],
        ["--overlay", "文本"], [],
    ])
    func `refuses arguments that do not go together`(arguments: [String]) {
        #expect(throws: (any Error).self) { try Explain.parse(["--rules", "x"] + arguments) }
    }

    @Test(arguments: [
        (["--rules", "a", "--rules", "b"], ["a"], ["b"]),
        (["--rules", "a,c", "--rules", "b,c"], ["a", "c"], ["b", "c"]),
        (["--rules", "a", "--with", "s"], ["a"], ["a", "s"]),
        (["--rules", "a", "--rules", "b", "--with", "s", "--with", "t"], ["a", "b"], ["a", "b", "s", "t"]),
        (["--rules", "a", "--rules", "s", "--new", "n", "--new", "s"], ["a", "s"], ["n", "s"]),
        (["--rules", "a", "--new", "n", "--with", "s"], ["a"], ["n", "s"]),
    ])
    func `a backtest takes what is tried on top of rules, or other rules`(
        arguments: [String], old: [String], new: [String]
    ) throws {
        let folders = try BacktestCommand.parse(arguments + ["--input", "e"]).folders
        #expect(folders.old == old)
        #expect(folders.new == new)
    }
}

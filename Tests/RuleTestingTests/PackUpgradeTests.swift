import ClaimRules
import Foundation
import LiveEvents
import RuleTesting
import TermMatching
import Testing

/// Packs of claimwatch/1 brought to claimwatch/2.
@Suite struct `Upgrading packs` {
    private static func pack(_ rest: String) -> PackFile {
        PackFile(
            path: "tea.yaml",
            bytes: Array(
                ("""
                # 茶叶的规则
                pack: tea
                requires: claimwatch/1   # 旧的
                rules:
                  - id: tea.cure
                    status: shadow
                    title: 茶
                    severity: low
                    legal_basis: [{law: 广告法, article: 第九条}]

                """
                    + rest.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }.joined(
                        separator: "\n") + "\n").utf8))
    }

    private static func upgraded(_ file: PackFile) throws -> PackFile {
        let outcome = try #require(PackUpgrade([file]).outcomes.first).outcome
        guard case .upgraded(let new) = outcome else {
            Issue.record("\(outcome)")
            return file
        }
        return new
    }

    @Test(
        arguments: [
            ("match: {any: [白茶, 红茶]}", "match: {any: [白茶, 红茶]}"),
            ("match: {all: [[白茶], 降脂], within: 8}", "match: {near: [[白茶], 降脂], within: 8}"),
            (
                "match: {all: [[白茶], 降脂], within: 8, order: any}  # 注",
                "match: {near: [[白茶], 降脂], within: 8}  # 注"
            ),
            (
                "match: {all: [[白茶], 降脂, \"治, 病\"], within: 18, order: written}",
                "match: {seq: [[白茶], {gap: 0..18}, 降脂, {gap: 0..18}, \"治, 病\"], within: 18}"
            ),
            (
                "match: {order: written, all: [白茶, 降脂], within: 60}",
                "match: {seq: [白茶, {gap: 0..60}, 降脂], within: 60}"
            ),
            (
                "match:\n  all:\n    # 先说茶\n    - [白茶]  # 一\n    - 降脂\n  within: 8\n  order: written  # 先后\nunless: [不降脂]",
                "match:\n  seq:\n    # 先说茶\n    - [白茶]  # 一\n    - {gap: 0..8}\n    - 降脂\n  within: 8\n  # 先后\nunless: [不降脂]"
            ),
        ])
    func `changes what can be said better, and nothing else of the text`(old: String, new: String) throws {
        let file = Self.pack(old)
        let changed = try Self.upgraded(file)
        let expected = String(decoding: Self.pack(new).bytes, as: UTF8.self).replacing(
            "claimwatch/1", with: "claimwatch/2")
        #expect(String(decoding: changed.bytes, as: UTF8.self) == expected)
        guard case .current? = PackUpgrade([changed]).outcomes.first?.outcome else {
            Issue.record("a second time there is something to change")
            return
        }
    }

    @Test func `refuses what would mean something else, and says what`() throws {
        // Of one part there is no near.
        let outcome = try #require(PackUpgrade([Self.pack("match: {all: [[白茶]], within: 8}")]).outcomes.first).outcome
        guard case .refused(let reason) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(reason.english.hasPrefix("claimwatch/2 cannot read it: "))
    }

    // MARK: The packs of before

    private static let former: [PackFile] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Packs1")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().compactMap { name in
            (try? Data(contentsOf: folder.appending(path: name))).map { PackFile(path: name, bytes: Array($0)) }
        }
    }()

    @Test func `brings ten real packs over, and loses no comment and no word`() throws {
        try #require(Self.former.count == 10)
        for (file, outcome) in PackUpgrade(Self.former).outcomes {
            guard case .upgraded(let new) = outcome else {
                Issue.record("\(file.path): \(outcome)")
                continue
            }
            let (old, text) = (String(decoding: file.bytes, as: UTF8.self), String(decoding: new.bytes, as: UTF8.self))
            #expect(text.contains("requires: claimwatch/2"))
            #expect(!text.contains("all: ["))
            let (removed, added) = (Set(old.split(separator: "\n")), Set(text.split(separator: "\n")))
            for line in removed.subtracting(added) {
                #expect(line.contains("requires:") || line.contains("all:"), "\(line)")
            }
        }
    }

    /// What an alert says, without the content hash of its packs.
    private static func told(_ alerts: [Alert]) -> [String] {
        alerts.map { alert in
            let evidence = alert.evidence.map { "\($0.field) \($0.span) \($0.term) \($0.path) \($0.score)" }
            return "\(alert.alertID) \(alert.rule.id) \(alert.rule.severity.text) \(alert.occurrences) \(evidence)"
        }
    }

    @Test func `decides the same of every example before and after`() throws {
        var files = Self.former
        for (number, outcome) in PackUpgrade(Self.former).outcomes.enumerated() {
            if case .upgraded(let new) = outcome.outcome { files[number] = new }
        }
        let (old, new) = (RulePackLoader.load(Self.former), RulePackLoader.load(files))
        #expect(new.problems.filter { $0.kind == .error }.isEmpty)
        let (before, after) = (SampleRooms(try #require(old.ruleSet)), SampleRooms(try #require(new.ruleSet)))
        var alerts = 0
        for rule in old.rules {
            for example in rule.examples.match + rule.examples.clear {
                let expected = Self.told(try before.alerts(example, of: rule))
                alerts += expected.count
                #expect(Self.told(try after.alerts(example, of: rule)) == expected, "\(rule.id): \(example.text)")
            }
        }
        #expect(alerts > 250)
    }
}

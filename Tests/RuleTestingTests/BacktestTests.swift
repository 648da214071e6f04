import ClaimDetection
import ClaimRules
import LiveEvents
import RuleTesting
import TestSupport
import Testing

@Suite struct `Backtesting` {
    private static func pack(_ rules: String) throws -> RuleSet {
        try #require(
            SamplePacks.load(
                """
                pack: tea
                requires: claimwatch/1
                rules:

                """ + rules
            ).ruleSet)
    }

    private static func rule(
        _ id: String, _ words: String, severity: String = "medium", status: String = "stable", law: String = "第九条",
        category: String = "tea"
    ) -> String {
        """
          - {id: \(id), title: 茶, title_en: Tea, severity: \(severity), status: \(status), category: \(category),
             legal_basis: [{law: 广告法, article: \(law)}], match: {any: [\(words)]},
             examples: {match: [\(words)一, \(words)二], clear: [好, 坏]}}

        """
    }

    private struct Said {
        var text: String
        var room = "r"
        var second: Int64
        var isFinal = true
        var role: SpeakerRole?
    }

    private func run(_ old: RuleSet, _ new: RuleSet, _ said: [Said]) throws -> Backtest {
        let backtester = Backtester(old: old, new: new)
        try Self.each(said) { backtester.process($0, origin: $1) }
        return backtester.backtest
    }

    private static func each(_ said: [Said], _ body: (LiveEvent, RecordOrigin) -> Void) throws {
        let decoder = EventDecoder()
        for (index, said) in said.enumerated() {
            var words = SpokenText(roomID: said.room, sessionID: "s")
            words.segmentID = Int64(index)
            words.startMS += said.second * 1000
            words.endMS = words.startMS + 4000
            var record: [UInt8] = []
            words.encode(said.text, into: &record)
            try record.withUnsafeBufferPointer { bytes in
                guard case .transcript(var segment) = try decoder.decode(bytes) else { return }
                segment.isFinal = said.isFinal
                segment.speakerRole = said.role
                let source = RecordSource(topic: "t", partition: 0, offset: Offset(Int64(index)))
                body(.transcript(segment), RecordOrigin(source: source))
            }
        }
    }

    private let talk = [
        Said(text: "全网第一。", second: 0), Said(text: "能治病。", second: 10), Said(text: "全网第一。", second: 20),
        Said(text: "减肥。", room: "q", second: 30),
    ]

    @Test func `of a rule set with itself is empty`() throws {
        let rules = try Self.pack(Self.rule("a", "第一") + Self.rule("b", "治病", status: "shadow"))
        let backtest = try run(rules, rules, talk)
        #expect(backtest.counts.isEmpty)
        #expect(backtest.counts.old == 2)
        #expect(backtest.counts.new == 2)
        #expect(backtest.examples.isEmpty)
    }

    @Test func `names what appears, vanishes and changes, and how`() throws {
        let old = try Self.pack(Self.rule("a", "第一") + Self.rule("b", "治病") + Self.rule("d", "全网"))
        let new = try Self.pack(
            Self.rule("a", "第一", severity: "high", status: "shadow", law: "第四条", category: "boast")
                + Self.rule("c", "减肥") + Self.rule("d", "全网第一"))
        let backtest = try run(old, new, talk)
        let examples = Dictionary(uniqueKeysWithValues: backtest.examples.map { ($0.rule, $0) })
        #expect(examples.mapValues(\.kind) == ["a": .changed, "b": .vanished, "c": .appeared, "d": .changed])
        #expect(examples["a"]?.aspects == [.severity, .category, .mode, .legalBasis])
        #expect(examples["d"]?.aspects == [.evidence])
        #expect(examples["d"]?.old?.evidence.first?.matched == "全网")
        #expect(examples["d"]?.new?.evidence.first?.matched == "全网第一")
        #expect(backtest.examples.last?.rule == "c")
        #expect(backtest.byRule["b"]?.vanished == 1)
        #expect(backtest.byRule["c"]?.appeared == 1)
        #expect(backtest.counts.aspects == [.severity: 1, .category: 1, .mode: 1, .legalBasis: 1, .evidence: 1])
        #expect(backtest.oldRuleset == old.contentHash)
        #expect(backtest.newRuleset == new.contentHash)
    }

    @Test func `counts the hours of speech that is judged`() throws {
        let rules = try Self.pack(Self.rule("a", "第一"))
        let backtest = try run(
            rules, rules,
            talk + [
                Said(text: "第一", second: 40, isFinal: false), Said(text: "第一", second: 50, role: .viewer),
                Said(text: "第一", second: 60, role: .host),
            ])
        #expect(backtest.speechMS == 20_000)
        #expect(backtest.events == 7)
        #expect(backtest.perHour(1) == 180)
        #expect(Backtest().perHour(1) == nil)
    }

    /// Against the last revision of each alert id of two runs apart.
    @Test(arguments: UInt64(0)..<20)
    func `agrees with two runs compared by id`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let words = ["第一", "治病", "减肥", "好茶", "顶级", "，", "。"]
        let said = (0..<200).map { index in
            Said(
                text: (0..<4).map { _ in words[Int.random(in: 0..<words.count, using: &random)] }.joined(),
                room: "r\(Int.random(in: 0..<3, using: &random))", second: Int64(index) * 20)
        }
        let old = try Self.pack(Self.rule("a", "第一") + Self.rule("b", "治病"))
        let new = try Self.pack(Self.rule("a", "顶级") + Self.rule("b", "治病", severity: "high") + Self.rule("c", "减肥"))
        let backtest = try run(old, new, said)

        func last(_ rules: RuleSet) throws -> [String: Alert] {
            let rooms = RoomStore(ruleSet: rules)
            var alerts: [String: Alert] = [:]
            try Self.each(said) { rooms.process($0, origin: $1) { alerts[$0.alertID] = $0 } }
            return alerts
        }
        let (before, after) = (try last(old), try last(new))
        #expect(backtest.counts.old == before.count)
        #expect(backtest.counts.new == after.count)
        #expect(backtest.counts.appeared == after.keys.count { before[$0] == nil })
        #expect(backtest.counts.vanished == before.keys.count { after[$0] == nil })
        let changed = before.filter { id, alert in
            guard let other = after[id] else { return false }
            return alert.rule.severity != other.rule.severity
                || alert.evidence.map(\.span) != other.evidence.map(\.span)
                || alert.evidence.map(\.source) != other.evidence.map(\.source)
        }
        #expect(backtest.counts.changed == changed.count)
        #expect(backtest.counts.changed > 0 && backtest.counts.appeared > 0)
    }
}

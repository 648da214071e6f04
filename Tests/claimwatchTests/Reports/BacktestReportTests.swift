import ClaimDetection
import ClaimRules
import LiveEvents
import RuleTesting
import Testing

@testable import claimwatch

/// The screens of `backtest`, word for word.
@Suite struct `Backtest report` {
    private static func ruleSet(_ rules: String) throws -> RuleSet {
        let pack = "pack: tea\nrequires: claimwatch/1\nrules:\n" + rules
        return try #require(RulePackLoader.load([PackFile(path: "tea.yaml", bytes: Array(pack.utf8))]).ruleSet)
    }

    private static func rule(_ id: String, _ words: String, severity: String, english: String = ", title_en: Tea")
        -> String
    {
        "  - {id: \(id), title: 茶\(english), status: shadow, severity: \(severity), legal_basis: [{law: 广告法, article: 第九条}], "
            + "match: {any: [\(words)]}}\n"
    }

    private func backtest() throws -> Backtest {
        try backtest(
            Self.rule("tea.first", "第一", severity: "medium") + Self.rule("tea.cure", "治病", severity: "high"),
            Self.rule("tea.first", "全网第一", severity: "high") + Self.rule("tea.slim", "减肥", severity: "low"))
    }

    private func backtest(_ old: String, _ new: String) throws -> Backtest {
        let backtester = Backtester(old: try Self.ruleSet(old), new: try Self.ruleSet(new))
        let decoder = EventDecoder()
        for (index, text) in ["这个茶全网第一的", "喝了能治病的", "喝了减肥的<b>"].enumerated() {
            var words = SpokenText(roomID: "room-1", sessionID: "s")
            words.startMS += Int64(index) * 60_000
            words.endMS = words.startMS + 36_000
            var record: [UInt8] = []
            words.encode(text, into: &record)
            try record.withUnsafeBufferPointer {
                backtester.process(
                    try decoder.decode($0),
                    origin: RecordOrigin(
                        source: RecordSource(topic: "events.jsonl", partition: 0, offset: Offset(Int64(index + 1)))))
            }
        }
        return backtester.backtest
    }

    private func plain(_ text: String, _ backtest: Backtest) -> String {
        text.replacing(backtest.oldRuleset, with: "0123456789abcdef").replacing(
            backtest.newRuleset, with: "fedcba9876543210")
    }

    @Test(arguments: Language.allCases)
    func `reads so`(language: Language) throws {
        let backtest = try backtest()
        let report = BacktestReport.report(
            backtest, badLines: 0,
            changes: [
                "tea.first": ["overlay city: severity medium → high, 第七条 (site/a.yaml:3)"],
                "tea.other": ["overlay city: status stable → off (site/a.yaml:4)"],
            ], in: language)
        try Screen.expect(
            plain(ReportText.render(report, style: .plain, columns: 80), backtest),
            is: "backtest.\(language.rawValue).txt")
    }

    /// The law of an alert may be long, and a date all that differs.
    @Test func `names the articles that go and come, with their dates`() throws {
        let old = Self.rule("tea.first", "第一", severity: "medium")
        let new = old.replacing(
            "[{law: 广告法, article: 第九条}]",
            with: "[{law: 广告法, article: 第九条, from: 2015-09-01}, {law: 商标法, article: 第十四条}]")
        let report = BacktestReport.report(try backtest(old, new), badLines: 0, in: .chinese)
        let text = ReportText.render(report, style: .plain, columns: 200)
        #expect(text.contains("法律依据 − 广告法 第九条 + 广告法 第九条 (2015-09-01–) + 商标法 第十四条"), "\(text)")
    }

    @Test func `says in one line that nothing differs`() {
        let report = BacktestReport.report(Backtest(), badLines: 0, in: .chinese)
        #expect(ReportText.render(report, style: .plain, columns: 80).hasPrefix("回测：两套规则的告警完全一样\n"))
    }

    /// A change that was meant to spare somebody and spares nobody is what its author must know first.
    @Test func `says whose change makes no difference`() {
        let report = BacktestReport.report(
            Backtest(), badLines: 0, changes: ["tea.first": ["overlay x: except + {seller: [s]} (x.yaml:5)"]],
            in: .english)
        let text = ReportText.render(report, style: .plain, columns: 80)
        #expect(text.contains("Changed, without a difference in these events (1): tea.first\n"))
        #expect(text.contains("overlay x: except + {seller: [s]} (x.yaml:5)"))
    }

    @Test func `finds what overlays and campaigns of the new rules do that the old do not`() throws {
        func load(_ overlay: String?) -> LoadedPacks {
            let pack = "pack: tea\nrequires: claimwatch/1\nrules:\n" + Self.rule("tea.first", "第一", severity: "medium")
            return RulePackLoader.load(
                [PackFile(path: "tea.yaml", bytes: Array(pack.utf8))]
                    + (overlay.map { [PackFile(path: "s.yaml", bytes: Array($0.utf8))] } ?? []))
        }
        let overlay = "overlay: s\nrequires: claimwatch/2\nchanges: [{rules: tea.first, severity: low}]\n"
        let (without, with) = (load(nil).rules, load(overlay).rules)
        let text = StandingText(language: .english)
        #expect(
            text.differences(from: without, to: with) == [
                "tea.first": ["overlay s: severity medium → low (s.yaml:3)"]
            ])
        #expect(
            text.differences(from: with, to: without) == [
                "tea.first": ["no longer: overlay s: severity medium → low (s.yaml:3)"]
            ])
        #expect(text.differences(from: with, to: with).isEmpty)
    }

    @Test func `shows old and new side by side on its page`() throws {
        let page = ReportPage.render(
            BacktestReport.report(try backtest(), badLines: 0, in: .english), language: .english)
        #expect(page.contains("<div class=\"sides\"><div><h3>old</h3>"))
        #expect(page.contains("<mark>减肥</mark>的&lt;b&gt;"))
    }

    @Test func `is one JSON object with whole alerts`() throws {
        var writer = JSONWriter()
        BacktestJSON.encode(try backtest(), badLines: 0, into: &writer)
        let json = String(decoding: writer.bytes, as: UTF8.self)
        #expect(json.hasPrefix(#"{"schema":"backtest.v1","old_ruleset":""#))
        #expect(json.contains(#""appeared":1,"vanished":1,"changed":1,"aspects":{"severity":1,"evidence":1}"#))
        #expect(json.contains(#""kind":"vanished","rule":"tea.cure","aspects":[],"old":{"schema":"alert.v1""#))
    }
}

import LiveEvents
import Testing

@testable import claimwatch

@Suite struct `Alert text` {
    private var alert: Alert {
        func evidence(_ offset: Int64, _ quote: String, _ matched: String) -> Alert.Evidence {
            Alert.Evidence(
                source: RecordSource(topic: "t", partition: 0, offset: Offset(offset)), field: "text", segmentID: 1,
                startMS: 0,
                endMS: 1, quote: quote, span: 0..<6, matched: matched, term: matched, path: .known(.literal), score: 1)
        }
        return Alert(
            alertID: "00", revision: 1, mode: .live,
            rule: Alert.Rule(
                id: "food.treatment", revision: 1, pack: "food", title: "宣称治疗", titleEn: "Claims a cure",
                category: "food.treatment", severity: .known(.high),
                legalBasis: [
                    LegalBasis(law: "广告法", article: "第十七条", from: "2015-09-01"),
                    LegalBasis(law: "商标法", article: "第五十七条", from: "2014-05-01", to: "2026-12-31"),
                    LegalBasis(law: "商标法", article: "第七十二条", from: "2027-01-01"),
                ], legalTrack: .known(.adLaw)),
            ruleset: "h", platform: "demo", roomID: "r\u{1B}[2J", sessionID: "s", speaker: nil, listing: nil,
            evidence: [evidence(1, "能根治", "根治"), evidence(2, "糖尿病哦", "糖尿病"), evidence(2, "糖尿病哦", "尿病哦")],
            score: 1, evasion: false, occurrences: 1, window: Alert.Window(startMS: 0, endMS: 1),
            categoryUnresolved: false, region: nil, eventTimeMS: 1_767_225_600_000, trace: nil)
    }

    private let expected = """
        HIGH food.treatment 宣称治疗 (Claims a cure)
            能【根治】
            【糖尿病哦】
            广告法 第十七条 · 商标法 第五十七条 (to 2026-12-31) · 商标法 第七十二条 (from 2027-01-01)
            room demo/r·[2J · t:1 · alert 00
        """

    @Test func `shows rule, law and each quote once with its matches highlighted`() {
        #expect(AlertText.paragraph(alert, style: .plain) == expected)
    }

    @Test func `breaks what is wider than the terminal under its beginning`() {
        #expect(
            AlertText.paragraph(alert, style: .plain, columns: 32, origin: "r") == """
                HIGH food.treatment 宣称治疗
                    (Claims a cure)
                    能【根治】
                    【糖尿病哦】
                    广告法 第十七条 · 商标法 第
                      五十七条 (to 2026-12-31) ·
                      商标法 第七十二条 (from
                      2027-01-01)
                    r
                """)
    }

    @Test func `is the same for an alert read back from its topic`() throws {
        var json: [UInt8] = []
        alert.encode(into: &json)
        let read = try json.withUnsafeBufferPointer { try Alert(decoding: $0) }
        #expect(AlertText.paragraph(read, style: .plain) == expected)
    }
}

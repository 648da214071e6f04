import ClaimDetection
import ClaimRules
import LiveEvents
import RuleTesting
import Testing

@testable import claimwatch

/// The screens of `rules stats --profile`, word for word.
@Suite struct `Profile reports` {
    private static let pack = """
        pack: slim
        requires: claimwatch/2
        rules:
          - id: slim.kilos
            title: 多少天瘦多少斤
            title_en: So many jin in so many days
            severity: high
            legal_basis: [{law: 广告法, article: 第十七条}]
            match: {seq: [[瘦, 掉], {gap: 0..3}, {weight: {min: 2斤}}]}
            unless: [{before: 6, any: [不能, 别想]}]
            examples: {match: [掉了五斤, 瘦十斤], clear: [不能瘦十斤, 瘦了]}
          - id: slim.sure
            title: 保证瘦
            title_en: Surely
            severity: low
            legal_basis: [{law: 广告法, article: 第九条}]
            match: {near: [保证, [瘦, 变瘦]], within: 8}
            examples: {match: [保证瘦, 瘦是保证的], clear: [保证, 瘦]}
          - id: slim.far
            title: 没人说
            title_en: Nobody says it
            severity: low
            legal_basis: [{law: 广告法, article: 第九条}]
            match: {any: [躺着变美]}
            examples: {match: [躺着变美, 就躺着变美], clear: [躺着, 变美]}

        """

    private static let texts = ["姐妹们这个一周掉了五斤", "我保证你能瘦", "然后三斤五斤都有", "不能瘦八斤啊"]

    private static func report(_ language: Language, shown: Int = 20) throws -> ProfileReport {
        let loaded = RulePackLoader.load([PackFile(path: "slim.yaml", bytes: Array(pack.utf8))])
        let ruleSet = try #require(loaded.ruleSet, "\(loaded.problems)")
        let profile = WorkProfile(ruleSet)
        let store = RoomStore(ruleSet: ruleSet, profile: profile)
        let decoder = EventDecoder()
        for (number, text) in texts.enumerated() {
            var record: [UInt8] = []
            let spoken = Array(text.utf8)
            spoken.withUnsafeBufferPointer {
                SpokenText(roomID: "r\(number)", sessionID: "s").encode($0, into: &record)
            }
            try record.withUnsafeBufferPointer { bytes in
                let source = RecordSource(topic: "t", partition: 0, offset: Offset(Int64(number)))
                store.process(try decoder.decode(bytes), origin: RecordOrigin(source: source)) { _ in }
            }
        }
        return ProfileReport(profile: profile, rules: ruleSet.rules, language: language, shown: shown)
    }

    @Test(arguments: Language.allCases)
    func `list constructs and rules, the dearest first`(language: Language) throws {
        let report = try Self.report(language).report()
        for columns in [80, 120] {
            let text = ReportText.render(report, style: .plain, columns: columns)
            for line in text.split(separator: "\n") { #expect(DisplayText.width(String(line)) <= columns, "\(line)") }
            if columns == 80 { try Screen.expect(text, is: "rules-profile.\(language.rawValue).txt") }
        }
    }

    @Test func `tell what they leave out`() throws {
        let text = ReportText.render(try Self.report(.english, shown: 1).report(), style: .plain, columns: 80)
        #expect(text.contains("1 more rule: ") && text.contains("1 rule cost nothing"), "\(text)")
    }

    @Test func `are one object of JSON`() throws {
        var json: [UInt8] = []
        let report = try Self.report(.english)
        JSONWriter.append(to: &json) { report.encode(badLines: 2, into: &$0) }
        let text = String(decoding: json, as: UTF8.self)
        #expect(text.hasPrefix(#"{"schema":"profile.v1","events":4,"bad_lines":2,"steps":"#), "\(text)")
        #expect(text.contains(#""rules":[{"rule":"slim.kilos","judged":"#), "\(text)")
    }
}

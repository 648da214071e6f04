import ClaimRules
import LiveEvents
import RuleTesting
import Testing

@testable import claimwatch

/// The screens of `evaluate`, word for word.
@Suite struct `Evaluation report` {
    private func evaluation() throws -> Evaluation {
        let pack = """
            pack: tea
            requires: claimwatch/1
            rules:
              - id: tea.first
                title: 第一
                title_en: First
                severity: medium
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {any: [第一, 顶级]}
                examples: {match: [全网第一, 第一名], clear: [好茶, 白茶]}
              - id: tea.slim
                status: shadow
                title: 减肥
                title_en: Slims
                severity: low
                legal_basis: [{law: 广告法, article: 第十七条}]
                match: {any: [减肥]}

            """
        let loaded = RulePackLoader.load([PackFile(path: "tea.yaml", bytes: Array(pack.utf8))])
        let texts = [
            ("violating", "全网第一的茶"), ("violating", "喝了减肥"), ("clean", "第一次来<b>\u{1B}[2J"), ("clean", "好茶"),
            ("doubtful", "顶级"), ("violating", "不往医院跑"),
        ]
        return Evaluation.run(
            texts.enumerated().map { LabelledLine(number: $0.offset + 1, label: $0.element.0, text: $0.element.1) },
            try #require(loaded.ruleSet))
    }

    private func text(in language: Language, columns: Int = 80) throws -> String {
        let evaluation = try evaluation()
        return ReportText.render(
            EvaluationReport.report(evaluation, badLines: 1, in: language), style: .plain, columns: columns
        ).replacing(evaluation.ruleset, with: "0123456789abcdef")
    }

    @Test(arguments: Language.allCases)
    func `reads so`(language: Language) throws {
        try Screen.expect(try text(in: language), is: "evaluate.\(language.rawValue).txt")
    }

    @Test(arguments: Language.allCases, [40, 60, 80, 120])
    func `is never wider than the screen`(language: Language, columns: Int) throws {
        for line in try text(in: language, columns: columns).split(separator: "\n") {
            // A table of numbers needs its columns; only on a screen narrower than any terminal it is wider.
            #expect(DisplayText.width(String(line)) <= max(columns, 76), "\(line)")
        }
    }

    private func rooms() throws -> Evaluation {
        let pack = """
            pack: tea
            requires: claimwatch/2
            rules:
              - {id: tea.first, title: 第一, title_en: First, severity: medium, match: [第一],
                 legal_basis: [{law: 广告法, article: 第九条}], examples: {match: [第一, 数第一], clear: [好茶, 再见]}}

            """
        let loaded = RulePackLoader.load([PackFile(path: "tea.yaml", bytes: Array(pack.utf8))])
        let texts = ["全网第一", "好茶", "第一次来", "第一排", "再见"]
        let segments = texts.enumerated().map { number, text in
            """
            {"schema":"transcript.v1","platform":"d","room_id":"r","session_id":"s","segment_id":\(number),"is_final":true,\
            "start_ms":\(number * 60_000),"end_ms":\(number * 60_000 + 3_000),"text":"\(text)"}
            """
        }
        var room = """
            {"id":"r1","segments":[\(segments.joined(separator: ","))],"hard_negatives":[{"segment_ids":[2]}],"truth":[\
            {"segment_ids":[0],"label":"abs.rank","reach":"lexical"},\
            {"segment_ids":[1,4],"label":"x","reach":"implied","note":"话里有话"}]}
            """
        let evaluator = Evaluator(try #require(loaded.ruleSet))
        try evaluator.judge(try room.withUTF8 { try LabelledRoom(try JSONValue.parse($0)) })
        return evaluator.evaluation
    }

    @Test(arguments: Language.allCases)
    func `of rooms reads so`(language: Language) throws {
        let evaluation = try rooms()
        func text(onlyTotals: Bool) -> String {
            ReportText.render(
                EvaluationReport.report(evaluation, badLines: 0, onlyTotals: onlyTotals, in: language), style: .plain,
                columns: 80
            ).replacing(evaluation.ruleset, with: "0123456789abcdef")
        }
        try Screen.expect(text(onlyTotals: false), is: "evaluate-rooms.\(language.rawValue).txt")
        #expect(!text(onlyTotals: true).contains("好茶") && !text(onlyTotals: true).contains("次来"))
    }

    @Test func `of rooms is part of the JSON object`() throws {
        var writer = JSONWriter()
        EvaluationJSON.encode(try rooms(), badLines: 0, into: &writer)
        let json = String(decoding: writer.bytes, as: UTF8.self)
        #expect(
            json.contains(
                #""rooms":{"rooms":1,"violations":{"count":1,"of":2},"one_segment":{"count":1,"of":1},"several_segments":"#
            ))
    }

    @Test(arguments: Language.allCases)
    func `is a page without scripts in which no text is markup`(language: Language) throws {
        let page = ReportPage.render(
            EvaluationReport.report(try evaluation(), badLines: 0, in: language), language: language)
        #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"\(language.rawValue)\">"))
        #expect(page.contains("<mark>第一</mark>次来&lt;b&gt;·[2J"))
        #expect(!page.contains("<script") && !page.contains("http:") && !page.contains("https:"))
        #expect(!page.contains("\u{1B}"))
    }

    @Test func `is one JSON object`() throws {
        var writer = JSONWriter()
        EvaluationJSON.encode(try evaluation(), badLines: 1, into: &writer)
        let json = String(decoding: writer.bytes, as: UTF8.self)
        #expect(json.hasPrefix(#"{"schema":"evaluation.v1","ruleset":""#))
        #expect(
            json.contains(
                #""lines":5,"ignored_lines":1,"bad_lines":1,"found":1,"missed":2,"wrong":1,"clear":1,"precision":0.5"#))
        #expect(json.contains(#""tea.first":{"found":1,"wrong":1,"found_alone":1,"wrong_alone":1,"precision":0.5}"#))
        #expect(
            json.contains(#""text":"第一次来<b>\u001b[2J","rule":"tea.first","severity":"medium","mode":"live","score":1}"#)
        )
    }
}

import ClaimRules
import Foundation
import LiveEvents

/// An alert for people to read in a terminal.
///
/// ```
/// HIGH food.treatment-disease 普通食品与具体疾病的治疗相联系 (Ordinary food linked with curing a named disease)
///     这个蜂蜜能【根治】
///     【糖尿病】，我妈喝了三个月
///     食品安全法 第七十一条、第七十三条 · 广告法 第十七条
///     room demo/room-1 · …
/// ```
enum AlertText {
    private static let indent = 4

    /// What was found, each quote with its matches highlighted, the law, where it came from.
    /// - Parameters:
    ///   - origin: The last line; nil names the room and the record.
    ///   - columns: Longer lines are broken; nil leaves them whole.
    ///   - language: nil shows the titles in both, and everything else in English.
    static func paragraph(
        _ alert: Alert, style: TextStyle, columns: Int? = nil, origin: String? = nil, language: Language? = nil
    ) -> String {
        var below = quotes(alert)
        if let law = law(alert, in: language ?? .english) { below.append(StyledLine(law, .cyan)) }
        below.append(StyledLine(DisplayText.printable(origin ?? record(alert, in: language ?? .english)), .dim))
        let head = headline(alert, in: language).rendered(style, columns: columns, indent: (0, indent))
        let rest = below.map { $0.rendered(style, columns: columns, indent: (indent, indent + 2)) }
        return ([head] + rest).joined(separator: "\n")
    }

    /// e.g. `HIGH food.treatment 普通食品宣称疾病治疗功能 (Ordinary food said to treat disease) · shadow · ×2`
    /// - Parameter language: Of the title and the remarks; nil shows the titles in both, and remarks in English.
    static func headline(_ alert: Alert, in language: Language? = nil) -> StyledLine {
        let severity = alert.rule.severity
        let word = language == .chinese ? severity.word.map { SeverityText.wording($0).chinese } : nil
        var line = StyledLine(word ?? severity.text.uppercased(), look(ofSeverity: severity))
        line.add(" ")
        line.add(DisplayText.printable(alert.rule.id.rawValue), .bold)
        let english = alert.rule.titleEn.map(DisplayText.printable)
        let chinese = DisplayText.printable(alert.rule.title)
        switch language {
        case .chinese: line.add(" \(chinese)")
        case .english: line.add(" \(english ?? chinese)")
        case nil: line.add(" \(chinese)\(english.map { " (\($0))" } ?? "")")
        }
        let remarks = language ?? .english
        if alert.categoryUnresolved { line.add(" · \(Wording("类目未知", "category not known").text(in: remarks))", .dim) }
        if alert.mode == .shadow { line.add(" · \(Wording("试行", "shadow").text(in: remarks))", .dim) }
        if alert.occurrences > 1 { line.add(" · ×\(alert.occurrences)") }
        return line
    }

    /// e.g. `商标法 第五十七条 (to 2026-12-31) · 商标法 第七十二条 (from 2027-01-01)`; nil without a law.
    ///
    /// The first day of an article is shown only where it lies after the event.
    static func law(_ alert: Alert, in language: Language = .english) -> String? {
        let day = day(ofMS: alert.eventTimeMS)
        let laws = alert.rule.legalBasis.map { basis in
            var dates: [String] = []
            if let from = basis.from, from > day {
                dates.append(Wording("\(from) 起", "from \(from)").text(in: language))
            }
            if let to = basis.to { dates.append(Wording("到 \(to)", "to \(to)").text(in: language)) }
            let inForce = dates.isEmpty ? "" : " (\(dates.joined(separator: ", ")))"
            return "\(basis.law) \(basis.article)\(inForce)"
        }
        return laws.isEmpty ? nil : DisplayText.printable(laws.joined(separator: " · "))
    }

    /// The day in UTC as yyyy-MM-dd; days so written compare as text.
    private static func day(ofMS time: Int64) -> String {
        Date(timeIntervalSince1970: Double(time) / 1000).formatted(.iso8601.year().month().day())
    }

    /// The quotes of the evidence, each once, with every match in it highlighted.
    static func quotes(_ alert: Alert) -> [StyledLine] {
        var quotes: [(source: RecordSource, field: String, quote: String, matched: [String])] = []
        for evidence in alert.evidence {
            let known = quotes.firstIndex {
                $0.source == evidence.source && $0.field == evidence.field && $0.quote == evidence.quote
            }
            if let known {
                quotes[known].matched.append(evidence.matched)
            } else {
                quotes.append((evidence.source, evidence.field, evidence.quote, [evidence.matched]))
            }
        }
        return quotes.map { quote in
            var line = StyledLine(quote.field == "text" ? "" : "\(DisplayText.printable(quote.field)): ")
            highlight(quote.quote, quote.matched, in: &line)
            return line
        }
    }

    static func look(ofSeverity severity: OpenEnum<Severity>) -> TextStyle.Look {
        switch severity.word {
        case .critical: .magenta
        case .high: .boldRed
        case .medium: .yellow
        default: .cyan
        }
    }

    private static func record(_ alert: Alert, in language: Language) -> String {
        func say(_ chinese: String, _ english: String) -> String { Wording(chinese, english).text(in: language) }
        var parts = [say("直播间 ", "room ") + "\(alert.platform)/\(alert.roomID)"]
        if let listing = alert.listing {
            parts.append(say("商品 ", "listing ") + (listing.title ?? listing.listingID))
        }
        if let source = alert.evidence.first?.source { parts.append("\(source.topic):\(source.offset)") }
        parts.append(say("告警 ", "alert ") + alert.alertID)
        return parts.joined(separator: " · ")
    }

    /// The quote with the first occurrence of each match highlighted; overlapping ones become one.
    private static func highlight(_ quote: String, _ matched: [String], in line: inout StyledLine) {
        let bytes = Array(quote.utf8)
        var marked = [Bool](repeating: false, count: bytes.count)
        for match in matched {
            guard let start = firstIndex(of: Array(match.utf8), in: bytes) else { continue }
            for index in start..<(start + match.utf8.count) { marked[index] = true }
        }
        var start = 0
        while start < bytes.count {
            let end = marked[start...].firstIndex { $0 != marked[start] } ?? bytes.count
            let piece = DisplayText.printable(String(decoding: bytes[start..<end], as: UTF8.self))
            line.add(piece, marked[start] ? .highlight : .plain)
            start = end
        }
    }

    private static func firstIndex(of part: [UInt8], in bytes: [UInt8]) -> Int? {
        guard !part.isEmpty, part.count <= bytes.count else { return nil }
        return (0...(bytes.count - part.count)).first { bytes[$0..<($0 + part.count)].elementsEqual(part) }
    }
}

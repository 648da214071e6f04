import LiveEvents

/// An alert for people to read in a terminal.
enum AlertText {
    /// Several lines: severity and rule, the law, each quote with its match highlighted, where it came from.
    static func paragraph(_ alert: Alert, style: TextStyle) -> String {
        var lines = [headline(alert, style: style)]
        for quote in quotes(alert, style: style) { lines.append("    " + quote) }
        lines.append("    " + style.paint(origin(alert), .dim))
        return lines.joined(separator: "\n")
    }

    /// e.g. `HIGH food.treatment 普通食品宣称疾病治疗功能 (Food claimed to treat disease) · 广告法 第十七条`
    static func headline(_ alert: Alert, style: TextStyle) -> String {
        var line = style.paint(alert.rule.severity.uppercased(), colour(ofSeverity: alert.rule.severity))
        line += " \(style.paint(alert.rule.id, .bold)) \(alert.rule.title)"
        if let english = alert.rule.titleEn { line += " (\(english))" }
        let laws = alert.rule.legalBasis.map { "\($0.law) \($0.article)" }.joined(separator: "; ")
        if !laws.isEmpty { line += " · " + style.paint(laws, .cyan) }
        if alert.mode == .shadow { line += " · shadow" }
        if alert.occurrences > 1 { line += " · ×\(alert.occurrences)" }
        return line
    }

    /// The quotes of the evidence, each once, with every match in it highlighted.
    static func quotes(_ alert: Alert, style: TextStyle) -> [String] {
        var quotes: [(source: Alert.Source, field: String, quote: String, matched: [String])] = []
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
            let field = quote.field == "text" ? "" : "\(quote.field): "
            return field + highlighted(quote.quote, quote.matched, style: style)
        }
    }

    static func colour(ofSeverity severity: String) -> TextStyle.Colour {
        switch severity {
        case "critical": .magenta
        case "high": .redOnBold
        case "medium": .yellow
        default: .cyan
        }
    }

    private static func origin(_ alert: Alert) -> String {
        var parts = ["room \(alert.platform)/\(alert.roomID)"]
        if let listing = alert.listing { parts.append("listing \(listing.title ?? listing.listingID)") }
        if let source = alert.evidence.first?.source { parts.append("\(source.topic):\(source.offset)") }
        parts.append("alert \(alert.alertID)")
        return DisplayText.printable(parts.joined(separator: " · "))
    }

    /// The quote with the first occurrence of each match highlighted; overlapping ones become one.
    private static func highlighted(_ quote: String, _ matched: [String], style: TextStyle) -> String {
        let bytes = Array(quote.utf8)
        var marked = [Bool](repeating: false, count: bytes.count)
        for match in matched {
            guard let start = firstIndex(of: Array(match.utf8), in: bytes) else { continue }
            for index in start..<(start + match.utf8.count) { marked[index] = true }
        }
        var text = ""
        var start = 0
        while start < bytes.count {
            let end = marked[start...].firstIndex { $0 != marked[start] } ?? bytes.count
            let piece = DisplayText.printable(String(decoding: bytes[start..<end], as: UTF8.self))
            text += marked[start] ? style.highlight(piece) : piece
            start = end
        }
        return text
    }

    private static func firstIndex(of part: [UInt8], in bytes: [UInt8]) -> Int? {
        guard !part.isEmpty, part.count <= bytes.count else { return nil }
        return (0...(bytes.count - part.count)).first { bytes[$0..<($0 + part.count)].elementsEqual(part) }
    }
}

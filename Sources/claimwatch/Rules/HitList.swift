import PatternMatching

/// The text of a reading with its hits, for `explain`.
///
/// ```
/// text    这个蜂蜜能根治糖尿病
///                   ^^^^ 根治  (bytes 15..<21)
/// folded  这个蜂蜜能根治糖尿病
/// ```
enum HitList {
    private static let margin = 8
    /// Columns beyond which hits are shown in their surroundings where there is no terminal.
    private static let widestText = 160
    /// Columns of the text on each side of such a hit.
    private static let surroundings = 24
    /// A text of 64 KiB may hold thousands.
    private static let mostHits = 100

    static func lines(_ reading: RuleReading, style: TextStyle, columns: Int?) -> [String] {
        let text = reading.rehearsal.text
        let room = max(20, (columns ?? widestText + margin) - margin)
        let isWide = DisplayText.width(text) > room
        // One term may serve many rules; the verdicts name them.
        var seen: Set<String> = []
        let hits = reading.hits.filter { seen.insert("\($0.term) \($0.start)").inserted }
        var lines = ["text    " + DisplayText.fitted(DisplayText.printable(text), columns: room)]
        for hit in hits.prefix(mostHits) {
            let place = "\(hit.term)  (bytes \(hit.start)..<\(hit.end))"
            if isWide {
                lines.append(String(repeating: " ", count: margin) + excerpt(text, hit, style: style) + "  " + place)
            } else {
                let carets = DisplayText.carets(under: text, from: hit.start, to: hit.end)
                lines.append(String(repeating: " ", count: margin) + "\(carets) \(place)")
            }
        }
        if hits.count > mostHits { lines.append("        … and \(hits.count - mostHits) more") }
        lines.append("folded  " + DisplayText.fitted(DisplayText.printable(TermIndex.folded(text)), columns: room))
        return lines
    }

    private static func excerpt(_ text: String, _ hit: RuleReading.Hit, style: TextStyle) -> String {
        let utf8 = text.utf8
        let (start, end) = (
            utf8.index(utf8.startIndex, offsetBy: hit.start), utf8.index(utf8.startIndex, offsetBy: hit.end)
        )
        let before = String(String.UnicodeScalarView(text.unicodeScalars[..<start].suffix(surroundings).reversed()))
        let after = String(String.UnicodeScalarView(text.unicodeScalars[end...].prefix(surroundings)))
        let left = DisplayText.fitted(before, columns: surroundings)
        var line = StyledLine(DisplayText.printable(String(String.UnicodeScalarView(left.unicodeScalars.reversed()))))
        line.add(DisplayText.printable(String(text[start..<end])), .highlight)
        line.add(DisplayText.printable(DisplayText.fitted(after, columns: surroundings)))
        return line.rendered(style)
    }
}

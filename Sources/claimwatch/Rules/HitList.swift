import RuleTesting
import LiveEvents
import TermMatching

/// The text of a reading with its hits, for `explain`.
///
/// ```
/// text    這個㎏茶能止✨疗糖尿病
///                   ^^^^^^ 治疗  homophone 0.76  (bytes 15..<24, folded 14..<23)
/// folded  这个kg茶能止✨疗糖尿病
///                   ^^^^^^ 治疗
/// ```
///
/// Where folding changes nothing, the second row of carets would repeat the first and is left out.
enum HitList {
    private static let margin = 8
    /// Columns beyond which hits are shown in their surroundings where there is no terminal.
    private static let widestText = 160
    /// Columns of the text on each side of such a hit.
    private static let surroundings = 24
    /// A text of 64 KiB may hold thousands.
    private static let mostHits = 100

    static func lines(_ reading: RuleReading, style: TextStyle, columns: Int?) -> [String] {
        let text = reading.sample.text
        let room = max(20, (columns ?? widestText + margin) - margin)
        let isWide = DisplayText.width(text) > room
        let hits = distinct(reading.hits)
        let folded = FoldedPlaces(text)
        var lines = ["text    " + DisplayText.fitted(DisplayText.printable(text), columns: room)]
        for hit in hits.prefix(mostHits) {
            let other = folded.range(of: hit.start..<hit.end)
            let embedded = hit.isEmbedded ? ", inside another word" : ""
            let place = """
                \(hit.term)  \(ReasonText.manner(hit.path, hit.score))\(embedded)  \
                (bytes \(hit.start)..<\(hit.end), folded \(other.lowerBound)..<\(other.upperBound))
                """
            if isWide {
                lines.append(String(repeating: " ", count: margin) + excerpt(text, hit, style: style) + "  " + place)
            } else {
                let carets = DisplayText.carets(under: text, from: hit.start, to: hit.end)
                lines.append(String(repeating: " ", count: margin) + "\(carets) \(place)")
            }
        }
        if hits.count > mostHits { lines.append("        … and \(hits.count - mostHits) more") }
        lines.append("folded  " + DisplayText.fitted(DisplayText.printable(folded.text), columns: room))
        if !isWide, folded.text != text {
            for hit in hits.prefix(mostHits) {
                let place = folded.range(of: hit.start..<hit.end)
                let carets = DisplayText.carets(under: folded.text, from: place.lowerBound, to: place.upperBound)
                lines.append(String(repeating: " ", count: margin) + "\(carets) \(hit.term)")
            }
        }
        return lines
    }

    /// One term may serve many rules, and be seen through other disguises for each; the outcomes name them.
    private static func distinct(_ hits: [RuleReading.Hit]) -> [RuleReading.Hit] {
        var places: [String: Int] = [:]
        var distinct: [RuleReading.Hit] = []
        for hit in hits {
            let key = "\(hit.term) \(hit.start) \(hit.end) \(hit.path.rawValue)"
            if let known = places[key] {
                distinct[known].isEmbedded = distinct[known].isEmbedded || hit.isEmbedded
            } else {
                places[key] = distinct.count
                distinct.append(hit)
            }
        }
        return distinct
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

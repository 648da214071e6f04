import ClaimRules
import RuleTesting
import LiveEvents
import TermMatching

/// The text of a reading with its hits, for `explain`.
///
/// ```
/// text    這個㎏茶能止✨疗糖尿病
///                   ^^^^^^ 治疗  homophone 0.76  (characters 6–8)
/// folded  这个kg茶能止✨疗糖尿病
///                   ^^^^^^ 治疗
/// ```
///
/// Where folding changes nothing, the second row of carets would repeat the first and is left out.
struct HitList {
    let language: Language
    let style: TextStyle
    /// Of the terminal; nil leaves lines whole.
    var columns: Int?

    private static let margin = 8
    /// Columns beyond which hits are shown in their surroundings where there is no terminal.
    private static let widestText = 160
    /// Columns of the text on each side of such a hit.
    private static let surroundings = 16
    /// A text of 64 KiB may hold thousands.
    private static let mostHits = 100

    private func say(_ chinese: String, _ english: String) -> String { Wording(chinese, english).text(in: language) }

    /// - Parameters:
    ///   - marks: What else than terms decided, with its place.
    ///   - tells: Whether a hit is worth a line.
    func lines(
        _ reading: RuleReading, _ marks: [RuleReading.Mark] = [], where tells: (RuleReading.Hit) -> Bool = { _ in true }
    ) -> [String] {
        let text = reading.sample.text
        let margin = Self.margin
        let room = max(20, (columns ?? Self.widestText + margin) - margin)
        let isWide = DisplayText.width(text) > room
        let hits = Self.distinct(reading.hits.filter(tells))
        let rows = (hits.map { row($0, in: text) } + marks.map { row($0, in: text) }).sorted {
            ($0.start, $0.end) < ($1.start, $1.end)
        }
        var lines = [say("原文    ", "text    ") + DisplayText.fitted(DisplayText.printable(text), columns: room)]
        for row in rows.prefix(Self.mostHits) {
            var line = StyledLine()
            if isWide {
                line.add(excerpt(text, row))
                line.add("  \(row.label)")
            } else {
                let carets = DisplayText.carets(under: text, from: row.start, to: row.end)
                guard DisplayText.width(carets) + DisplayText.width(row.label) < room else {
                    // Behind carets at the right edge there is no room: what they mark stands below.
                    lines.append(String(repeating: " ", count: margin) + carets)
                    lines.append(StyledLine(row.label).rendered(style, columns: columns, indent: (margin, margin)))
                    continue
                }
                line.add("\(carets) \(row.label)")
            }
            lines.append(line.rendered(style, columns: columns, indent: (margin, margin + 2)))
        }
        if rows.count > Self.mostHits {
            let more = rows.count - Self.mostHits
            lines.append(String(repeating: " ", count: margin) + say("… 还有 \(more) 处", "… and \(more) more"))
        }
        let folded = FoldedPlaces(text)
        guard folded.text != text else { return lines }
        lines.append(say("折叠后  ", "folded  ") + DisplayText.fitted(DisplayText.printable(folded.text), columns: room))
        if !isWide {
            for hit in hits.prefix(Self.mostHits) {
                let place = folded.range(of: hit.start..<hit.end)
                let carets = DisplayText.carets(under: folded.text, from: place.lowerBound, to: place.upperBound)
                lines.append(String(repeating: " ", count: margin) + "\(carets) \(DisplayText.printable(hit.term))")
            }
        }
        return lines
    }

    /// A stretch of the text, and what is said of it.
    private struct Row {
        var start: Int
        var end: Int
        var label: String
    }

    private func row(_ hit: RuleReading.Hit, in text: String) -> Row {
        let reasons = ReasonText(language: language)
        let embedded = hit.isEmbedded ? say("，在别的词里", ", inside another word") : ""
        return Row(
            start: hit.start, end: hit.end,
            label: """
                \(DisplayText.printable(hit.term))  \(reasons.manner(hit.path, hit.score))\(embedded)  \
                (\(reasons.place(hit.start..<hit.end, in: text)))
                """)
    }

    private func row(_ mark: RuleReading.Mark, in text: String) -> Row {
        Row(start: mark.start, end: mark.end, label: ReasonText(language: language).label(mark, in: text))
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

    private func excerpt(_ text: String, _ hit: Row) -> StyledLine {
        let utf8 = text.utf8
        let (start, end) = (
            utf8.index(utf8.startIndex, offsetBy: hit.start), utf8.index(utf8.startIndex, offsetBy: hit.end)
        )
        let width = Self.surroundings
        let before = String(String.UnicodeScalarView(text.unicodeScalars[..<start].suffix(width).reversed()))
        let after = String(String.UnicodeScalarView(text.unicodeScalars[end...].prefix(width)))
        let left = DisplayText.fitted(before, columns: width)
        var line = StyledLine(DisplayText.printable(String(String.UnicodeScalarView(left.unicodeScalars.reversed()))))
        line.add(DisplayText.printable(String(text[start..<end])), .highlight)
        line.add(DisplayText.printable(DisplayText.fitted(after, columns: width)))
        return line
    }
}

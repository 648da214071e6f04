import ChineseText

/// Days as yyyy-MM-dd and spans as 30s, 10m, 2h: the two small notations of a pack file.
package enum DayAndSpan {
    /// True for a day of the Gregorian calendar, written yyyy-MM-dd. Such days compare as text.
    package static func isDay(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2], parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month)
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...lengths[month - 1]).contains(day)
    }

    /// The day that is written another way, 2026-6-10, 2026/06/10 or 2026年6月10日; nil if it is none.
    static func day(meantBy text: String) -> String? {
        let parts = FoldedText(text).text.split { !("0"..."9").contains($0) }.map(String.init)
        guard parts.count == 3, parts[0].count == 4, parts[1...].allSatisfy({ $0.count <= 2 }) else { return nil }
        let day = parts.map { $0.count == 1 ? "0" + $0 : $0 }.joined(separator: "-")
        return isDay(day) ? day : nil
    }

    /// Units of a span and their milliseconds.
    static let units: [(name: Character, length: Int64)] = [("s", 1_000), ("m", 60_000), ("h", 3_600_000)]

    /// Milliseconds, or nil if the text is no whole number with the unit s, m or h, or is too large to matter.
    package static func milliseconds(_ text: String) -> Int64? {
        guard let last = text.last, let unit = units.first(where: { $0.name == last })?.length,
            (2...8).contains(text.utf8.count),
            text.dropLast().utf8.allSatisfy({ (48...57).contains($0) }), let number = Int64(text.dropLast())
        else { return nil }
        return number * unit
    }

    /// Milliseconds of a span as hosts would say it, 10分钟 or 半小时; nil if it is none, or longer than a year.
    static func milliseconds(said text: String) -> Int64? {
        // 10分 alone is a price, or a score.
        let said = text.hasSuffix("分") ? text + "钟" : text
        guard let seconds = (try? NumberSlot(kind: .duration, min: said))?.low?.wholeNumber,
            (0...31_536_000).contains(seconds)
        else { return nil }
        return seconds * 1_000
    }

    /// The span in the largest unit that divides it, as an author would write it.
    static func text(_ milliseconds: Int64) -> String {
        let unit = units.last { milliseconds % $0.length == 0 } ?? units[0]
        return "\(milliseconds / unit.length)\(unit.name)"
    }
}

/// The ways to write the numbers of a term: 七天瘦十斤 is 7天瘦10斤, 99% is 百分之九十九.
///
/// For compiling terms. Folding makes 一 and 1 alike, so only numbers of more than a digit have other spellings.
enum NumberSpelling {
    /// All numbers of a text in figures, all in characters, and the mixture 百分之99; without what folds like the text.
    ///
    /// - Returns: At most four; empty if the text has no number that could be written otherwise.
    static func others(of text: String) -> [String] {
        let bytes = Array(text.utf8)
        var mentions = NumberBuffer(capacity: 4)
        bytes.withUnsafeBufferPointer { NumberReader.read($0, into: &mentions) }
        guard mentions.count > 0 else { return [] }
        let folded = TermIndex.folded(text)
        var spellings: [String] = []
        for style in Style.allCases {
            var written: [UInt8] = []
            var next = 0
            for index in 0..<mentions.count {
                let mention = mentions[index]
                let end = Int(mention.unitEnd > mention.unitStart ? mention.unitStart : mention.end)
                guard let number = spell(mention, style, isOrdinal: mention.kind == .ordinal) else { continue }
                written += bytes[next..<Int(mention.start)]
                written += Array(number.utf8)
                next = end
            }
            written += bytes[next...]
            let spelling = String(decoding: written, as: UTF8.self)
            if !spellings.contains(spelling), TermIndex.folded(spelling) != folded { spellings.append(spelling) }
        }
        return spellings
    }

    private enum Style: CaseIterable { case figures, characters, charactersWithTwo, mixed }

    private static func spell(_ mention: NumberMention, _ style: Style, isOrdinal: Bool) -> String? {
        guard let value = mention.value else { return nil }
        switch mention.kind {
        case .cardinal: return spell(value, style)
        case .ordinal: return spell(value, style).map { "第" + $0 }
        case .percent:
            guard let share = value.scaled(byPowerOfTen: 2), let number = spell(share, style) else { return nil }
            if style == .figures { return number + "%" }
            // All of it is said 百分之百, and 百分之一百 by those who are in earnest.
            return style == .charactersWithTwo && number == "一百" ? "百分之百" : "百分之" + number
        default: return nil
        }
    }

    private static func spell(_ value: NumberValue, _ style: Style) -> String? {
        guard value.divisor == 1, value.significand > 0 else { return nil }
        let figures = value.description
        guard figures.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }) else { return nil }
        if style == .figures || style == .mixed { return figures }
        let parts = figures.split(separator: ".")
        guard let whole = Int(parts[0]), whole < 100_000_000 else { return nil }
        var written = spell(whole, two: style == .charactersWithTwo ? "两" : "二")
        if parts.count > 1 { written += "点" + parts[1].utf8.map { digits[Int($0) - 0x30] }.joined() }
        return written
    }

    private static let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"]

    /// A whole number below 10^8 as it is said.
    ///
    /// - Parameter two: What stands for 2 before 百, 千 and 万.
    static func spell(_ number: Int, two: String) -> String {
        if number == 0 { return digits[0] }
        if number >= 10_000 {
            let (high, low) = (number / 10_000, number % 10_000)
            let gap = low > 0 && low < 1000 ? "零" : ""
            return (high == 2 ? two : spell(high, two: two)) + "万" + gap + (low > 0 ? spell(low, two: two) : "")
        }
        var written = ""
        var rest = number
        var hasGap = false
        for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = rest / unit
            rest %= unit
            if digit == 0 {
                hasGap = !written.isEmpty
                continue
            }
            if hasGap { written += "零" }
            hasGap = false
            // Ten to nineteen begin with ten itself.
            if unit == 10, digit == 1, number < 20 {
                written += name
            } else {
                written += (digit == 2 && unit >= 100 ? two : digits[digit]) + name
            }
        }
        return written
    }
}

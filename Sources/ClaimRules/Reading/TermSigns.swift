import Yams

/// Signs in a term that are looked for as they stand, though its author seems to mean something by them.
extension NodeReader {
    /// The text without the spaces around it, of any width: an input method leaves them, and no host says them.
    func withoutOuterSpaces(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return text }
        return String(scalars[first...last])
    }

    /// Warns of quotation marks around a term and of the signs of patterns and alternatives in it.
    func warnOfSigns(_ text: String, at location: SourceLocation) {
        if let inner = unquoted(text) {
            warning(
                location, .literalSigns, "\(quoted(text)) 会连同两头的符号一起找，口播里没有。写 \(inner)。",
                "\(quoted(text)) is looked for with the signs around it, which nobody says. Write \(inner).")
        } else if text.contains("|") {
            let words = text.split(separator: "|").joined(separator: ", ")
            warning(
                location, .literalSigns, "\(quoted(text)) 会连同 '|' 一起找。分开写成几个词：\(words)。",
                "\(quoted(text)) is looked for with its '|'. Write the words apart: \(words).")
        } else if text.utf8.contains(where: Self.isInPatternSign),
            let sign = Self.patternSigns.first(where: text.contains)
        {
            warning(
                location, .literalSigns, "\(quoted(text)) 会连同 '\(sign)' 一起找，词里没有通配符。删掉它，或者用 pattern。",
                "\(quoted(text)) is looked for with its '\(sign)': a term has no wildcards. Delete it, or use pattern.")
        }
    }

    /// What is said of a stretch in which the shortest words have no room.
    static func tooShort(_ within: Int, least: Int) -> Wording {
        Wording(
            "\(Key.within.rawValue) 是 \(within)，最短的几个词加起来就有 \(least) 个字，永远命不中。至少写 \(least)。",
            "\(Key.within.rawValue) is \(within), and the shortest words take \(least): it never fires. Write at least \(least)."
        )
    }

    /// Warns of a number that YAML cut in two at its comma: [赚10,000元] is a list of 赚10 and 000元.
    func warnOfCutNumbers(_ nodes: [Node]) {
        for (first, second) in zip(nodes, nodes.dropFirst()) {
            guard let left = first.scalar, let right = second.scalar, left.style == .plain, right.style == .plain,
                left.string.last?.isNumber == true, right.string.prefix(while: { $0.isNumber }).count == 3,
                let mark = first.mark, let next = second.mark, mark.line == next.line,
                next.column == mark.column + left.string.unicodeScalars.count + 1
            else { continue }
            let whole = left.string + "," + right.string
            warning(
                location(first), .cutNumber, "\(quoted(whole)) 在逗号处成了两个词。给它加引号：\"\(whole)\"。",
                "\(quoted(whole)) became two terms at its comma. Put it in quotes: \"\(whole)\".")
        }
    }

    private static let patternSigns = [".*", ".+", "*", "\\d", "\\w", "(?", "[^"]

    /// Whether a byte stands in one of them: hardly a term has such a byte, and one look at it is cheaper than seven searches.
    private static func isInPatternSign(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "*") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "\\")
            || byte == UInt8(ascii: "(")
            || byte == UInt8(ascii: "[")
    }

    private func unquoted(_ text: String) -> String? {
        let pairs: [(Character, Character)] = [
            ("「", "」"), ("『", "』"), ("【", "】"), ("“", "”"), ("‘", "’"), ("\"", "\""), ("'", "'"),
        ]
        guard text.count > 2, let first = text.first, let last = text.last,
            pairs.contains(where: { $0 == (first, last) })
        else { return nil }
        return String(text.dropFirst().dropLast())
    }
}

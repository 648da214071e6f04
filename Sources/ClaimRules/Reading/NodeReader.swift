import Yams

/// Reads values out of nodes and says what is wrong with those that are not what they should be.
struct NodeReader {
    let session: LoadSession
    let file: String

    func location(_ node: Node) -> SourceLocation {
        SourceLocation(file: file, line: max(node.mark?.line ?? 1, 1), column: max(node.mark?.column ?? 1, 1))
    }

    func error(_ node: Node, _ message: String) { session.log.error(location(node), message) }
    func warning(_ node: Node, _ message: String) { session.log.warning(location(node), message) }

    /// The elements of a list.
    func list(_ node: Node, _ name: String) -> [Node]? {
        switch node {
        case .sequence(let sequence): return Array(sequence)
        case .scalar(let scalar) where scalar.string.isEmpty:
            error(node, "'\(name)' is empty. Write a list: [\(NodeReader.listHints[name] ?? "…")].")
        case .scalar(let scalar) where scalar.string.first.map({ "【［「".contains($0) }) == true:
            error(node, "'\(name)' must be a list, and its brackets are full-width. Write [ and ].")
        case .scalar(let scalar):
            let text = String(scalar.string.prefix(40))
            let shown = text.hasPrefix("@") ? "\"\(text)\"" : text
            error(node, "'\(name)' must be a list. Put it in brackets: [\(shown)].")
        default: error(node, "'\(name)' must be a list, not a mapping. Begin each entry with '- ', or use brackets.")
        }
        return nil
    }

    private static let listHints = ["applies_to": "speech, listing", "category": "食品", "not": "药品"]

    enum Numbers { case allowed, refused }

    /// A text that says something. `numbers` tells whether a bare number may stand for itself.
    func text(_ node: Node, _ name: String, numbers: Numbers = .refused, limit: Int = PackLimits.textLength) -> String?
    {
        guard case .scalar(let scalar) = node else {
            error(
                node,
                "\(name) must be text, not a \(node.sequence == nil ? "mapping" : "list"). Put text with brackets or braces in quotes."
            )
            return nil
        }
        if scalar.style == .plain {
            if scalar.string.isEmpty {
                error(node, "\(name) is empty. Write it, or delete the entry.")
                return nil
            }
            if NodeReader.truthWords.contains(scalar.string.lowercased()) {
                error(node, "'\(scalar.string)' without quotes is no text in YAML. Write \"\(scalar.string)\".")
                return nil
            }
            if numbers == .refused, Double(scalar.string) != nil {
                error(
                    node,
                    "\(name) must be text, and \(quoted(scalar.string)) without quotes is a number. Put it in quotes.")
                return nil
            }
        }
        guard scalar.string.contains(where: { !$0.isWhitespace }) else {
            error(node, "\(name) is empty. Write it, or delete the entry.")
            return nil
        }
        let length = scalar.string.unicodeScalars.count
        guard length <= limit else {
            error(node, "\(name) has \(length) characters, more than \(limit). Shorten it.")
            return nil
        }
        return scalar.string
    }

    /// What YAML readers take for a truth value or for nothing (YAML 1.1, 10.2).
    private static let truthWords: Set = ["y", "n", "yes", "no", "true", "false", "on", "off", "null", "~"]

    /// A word of a closed set.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ node: Node, _ name: String, as type: Choice.Type
    ) -> Choice? where Choice.RawValue == String {
        guard case .scalar(let scalar) = node else {
            error(node, "'\(name)' must be one word, not a list or mapping: \(wordList(type)).")
            return nil
        }
        if let known = Choice(rawValue: scalar.string) { return known }
        let words = Choice.allCases.map(\.rawValue)
        let advice =
            Suggestions.nearest(to: scalar.string, among: words).map { "Did you mean '\($0)'?" }
            ?? "Write \(wordList(type))."
        error(node, "\(quoted(scalar.string)) is no '\(name)'. \(advice)")
        return nil
    }

    private func wordList<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type) -> String
    where Choice.RawValue == String {
        let words = Choice.allCases.map(\.rawValue)
        return words.count < 2 ? words.joined() : words.dropLast().joined(separator: ", ") + " or " + words.last!
    }

    func integer(_ node: Node, _ name: String, in range: ClosedRange<Int>) -> Int? {
        guard case .scalar(let scalar) = node, let number = Int(scalar.string), range.contains(number) else {
            let found = node.scalar.map { ", not \(quoted($0.string))" } ?? ""
            error(node, "'\(name)' must be a whole number from \(range.lowerBound) to \(range.upperBound)\(found).")
            return nil
        }
        return number
    }

    func truth(_ node: Node, _ name: String) -> Bool? {
        switch node.scalar?.string {
        case "true": return true
        case "false": return false
        default:
            error(node, "'\(name)' must be true or false.")
            return nil
        }
    }
}

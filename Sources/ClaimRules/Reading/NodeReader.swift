import Yams

/// Reads values out of nodes and says what is wrong with those that are not what they should be.
struct NodeReader {
    let session: LoadSession
    let file: String
    /// The version of the language that the file requires.
    var version = LanguageVersion.one
    /// Whether a term may show with '~' where words go in: in classes of lexicons.
    var takesInsertMarks = false

    func location(_ node: Node) -> SourceLocation {
        SourceLocation(file: file, line: max(node.mark?.line ?? 1, 1), column: max(node.mark?.column ?? 1, 1))
    }

    func error(_ node: Node, _ chinese: String, _ english: String) {
        session.log.error(location(node), chinese, english)
    }
    func warning(_ node: Node, _ chinese: String, _ english: String) {
        session.log.warning(location(node), chinese, english)
    }

    func error(_ node: Node, _ code: ProblemCode, _ chinese: String, _ english: String) {
        session.log.tell(.error, location(node), code, Wording(chinese, english))
    }
    func error(_ location: SourceLocation, _ code: ProblemCode, _ chinese: String, _ english: String) {
        session.log.tell(.error, location, code, Wording(chinese, english))
    }
    func warning(_ location: SourceLocation, _ code: ProblemCode?, _ chinese: String, _ english: String) {
        session.log.tell(.warning, location, code, Wording(chinese, english))
    }

    /// The elements of the list at a key, if they are not too many.
    func elements(_ node: Node, _ entry: Entry) -> [Node]? {
        guard case .list(_, let count) = entry.shape else { preconditionFailure("\(entry.key) is no list") }
        guard let nodes = list(node, entry.key.rawValue, hint: entry.defaultValue ?? entry.example) else { return nil }
        guard nodes.count <= count.upperBound else {
            error(
                node, "\(entry.key) 有 \(nodes.count) 项，最多 \(count.upperBound) 项。留下要紧的。",
                "\(entry.key) has \(nodes.count) entries, more than \(count.upperBound). Keep those that matter.")
            return nil
        }
        return nodes
    }

    /// The elements of a list.
    ///
    /// - Parameter hint: A list as an author would write it.
    func list(_ node: Node, _ name: String, hint: String = "[…]") -> [Node]? {
        list(node, Wording(name: name), hint: hint)
    }

    func list(_ node: Node, _ name: Wording, hint: String = "[…]") -> [Node]? {
        switch node {
        case .sequence(let sequence): return Array(sequence)
        case .scalar(let scalar) where scalar.string.isEmpty:
            error(
                node, "'\(name.chinese)' 是空的。写一个列表：\(hint)。",
                "'\(name.english)' is empty. Write a list: \(hint).")
        case .scalar(let scalar) where scalar.string.first.map({ "【［「".contains($0) }) == true:
            error(
                node, "'\(name.chinese)' 要写列表，而方括号成了全角的。写 [ 和 ]。",
                "'\(name.english)' must be a list, and its brackets are full-width. Write [ and ].")
        case .scalar(let scalar):
            let text = String(scalar.string.prefix(40))
            let shown = text.first == RuleLanguage.listMark ? "\"\(text)\"" : text
            error(
                node, "'\(name.chinese)' 要写列表。加上方括号：[\(shown)]。",
                "'\(name.english)' must be a list. Put it in brackets: [\(shown)].")
        default:
            error(
                node, "'\(name.chinese)' 要写列表，不能写成“键: 值”。每项前面写 '- '，或者加方括号。",
                "'\(name.english)' must be a list, not a mapping. Begin each entry with '- ', or use brackets.")
        }
        return nil
    }

    func text(_ node: Node, _ name: String, _ shape: Shape) -> String? { text(node, Wording(name: name), shape) }

    func text(_ node: Node, _ name: Wording, _ shape: Shape) -> String? {
        guard case .text(let limit, let numbers) = shape else { preconditionFailure("\(name.english) is no text") }
        return text(node, name, numbers: numbers, limit: limit)
    }

    /// A text that says something. `numbers` tells whether a bare number may stand for itself.
    func text(_ node: Node, _ name: String, numbers: Shape.BareNumbers, limit: Int = PackLimits.textLength) -> String? {
        text(node, Wording(name: name), numbers: numbers, limit: limit)
    }

    func text(
        _ node: Node, _ name: Wording, numbers: Shape.BareNumbers, limit: Int = PackLimits.textLength
    ) -> String? {
        // A key in quotes stands apart from the Chinese behind it; a Chinese name does not.
        let (chinese, english) = (name.chinese + (name.chinese.last?.isASCII == true ? " " : ""), name.english)
        guard case .scalar(let scalar) = node else {
            let found = node.sequence == nil ? Wording("写成“键: 值”", "mapping") : Wording("是列表", "list")
            error(
                node, "\(chinese)要写文字，不能\(found.chinese)。带方括号、花括号的文字要加引号。",
                "\(english) must be text, not a \(found.english). Put text with brackets or braces in quotes.")
            return nil
        }
        if scalar.style == .plain {
            if scalar.string.isEmpty {
                error(node, "\(chinese)是空的。写上，或删掉这一项。", "\(english) is empty. Write it, or delete the entry.")
                return nil
            }
            if RuleLanguage.wordsThatAreNoText.contains(scalar.string.lowercased()) {
                error(
                    node, "'\(scalar.string)' 不加引号，在 YAML 里不是文字。写 \"\(scalar.string)\"。",
                    "'\(scalar.string)' without quotes is no text in YAML. Write \"\(scalar.string)\".")
                return nil
            }
            if numbers == .refused, Double(scalar.string) != nil {
                error(
                    node, "\(chinese)要写文字，\(quoted(scalar.string)) 不加引号就是数。加上引号。",
                    "\(english) must be text, and \(quoted(scalar.string)) without quotes is a number. Put it in quotes."
                )
                return nil
            }
        }
        guard scalar.string.contains(where: { !$0.isWhitespace }) else {
            error(node, "\(chinese)是空的。写上，或删掉这一项。", "\(english) is empty. Write it, or delete the entry.")
            return nil
        }
        let length = scalar.string.unicodeScalars.count
        guard length <= limit else {
            error(
                node, "\(chinese)有 \(length) 个字，最多 \(limit) 个。写短些。",
                "\(english) has \(length) characters, more than \(limit). Shorten it.")
            return nil
        }
        return scalar.string
    }
}

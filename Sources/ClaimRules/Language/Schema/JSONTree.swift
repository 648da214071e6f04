import Yams

/// A JSON value whose keys keep their order, so that a generated file changes where the table changes and nowhere else.
indirect enum JSONTree {
    case object([(String, JSONTree)])
    case array([JSONTree])
    case text(String)
    /// As it is written.
    case number(String)
    case truth(Bool)

    static func texts(_ texts: [String]) -> JSONTree { .array(texts.map(JSONTree.text)) }

    static func integer(_ number: Int) -> JSONTree { .number(String(number)) }

    /// What an editor takes a YAML value for. nil if it is no YAML.
    init?(yaml: String) {
        guard let node = try? Parser(yaml: yaml, resolver: .basic, encoding: .utf8).singleRoot() else { return nil }
        self.init(node)
    }

    private init(_ node: Node) {
        switch node {
        case .mapping(let mapping): self = .object(mapping.map { ($0.scalar?.string ?? "", JSONTree($1)) })
        case .sequence(let sequence): self = .array(sequence.map(JSONTree.init))
        case .scalar(let scalar) where scalar.style == .plain && Double(scalar.string) != nil:
            self = .number(scalar.string)
        case .scalar(let scalar) where scalar.style == .plain && Bool(scalar.string) != nil:
            self = .truth(scalar.string == "true")
        case .scalar(let scalar): self = .text(scalar.string)
        case .alias: self = .text("")
        }
    }
}

extension JSONTree {
    /// Columns up to which an array of scalars stands on one line.
    private static let width = 100

    /// The value with two spaces of indentation a level.
    func printed(indentation: Int = 0) -> String {
        let inner = String(repeating: " ", count: indentation + 2)
        let outer = String(repeating: " ", count: indentation)
        switch self {
        case .text(let text): return Self.quoted(text)
        case .number(let number): return number
        case .truth(let truth): return truth ? "true" : "false"
        case .object(let fields):
            if fields.isEmpty { return "{}" }
            let lines = fields.map { "\(inner)\(Self.quoted($0)): \($1.printed(indentation: indentation + 2))" }
            return "{\n\(lines.joined(separator: ",\n"))\n\(outer)}"
        case .array(let elements):
            let items = elements.map { $0.printed(indentation: indentation + 2) }
            let line = "[\(items.joined(separator: ", "))]"
            if line.count + indentation <= Self.width, !line.contains("\n") { return line }
            return "[\n\(items.map { inner + $0 }.joined(separator: ",\n"))\n\(outer)]"
        }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

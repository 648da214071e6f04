import Yams

/// A part of a pack or lexicon file as its author wrote it, with its place.
package struct SourceNode: Sendable {
    package indirect enum Content: Sendable {
        /// A text; plain without quotes.
        case scalar(String, isPlain: Bool)
        /// In brackets, or with a dash before each.
        case list([SourceNode], inBrackets: Bool)
        case mapping([(key: SourceNode, value: SourceNode)], inBrackets: Bool)
    }
    package var content: Content
    /// Of its first character; of a list with dashes, of the first dash.
    package var location: SourceLocation

    /// The text of a scalar; nil for what is none.
    package var text: String? { if case .scalar(let text, _) = content { text } else { nil } }

    /// The elements of a list; empty for what is none.
    package var elements: [SourceNode] { if case .list(let nodes, _) = content { nodes } else { [] } }

    /// The keys with their values of a mapping; empty for what is none.
    package var entries: [(key: SourceNode, value: SourceNode)] {
        if case .mapping(let entries, _) = content { entries } else { [] }
    }

    package subscript(key: Key) -> SourceNode? { entry(key)?.value }

    package func entry(_ key: Key) -> (key: SourceNode, value: SourceNode)? {
        entries.first { $0.key.text == key.rawValue }
    }

    /// This and all within it, in the order written; keys before their values.
    package func forEach(_ body: (SourceNode) -> Void) {
        body(self)
        for element in elements { element.forEach(body) }
        for entry in entries {
            entry.key.forEach(body)
            entry.value.forEach(body)
        }
    }

    /// - Parameter first: The character at a place. The parser does not tell brackets from dashes.
    init(_ node: Node, file: String, first: (SourceLocation) -> Unicode.Scalar?) {
        let place = SourceLocation(
            file: file, line: max(node.mark?.line ?? 1, 1), column: max(node.mark?.column ?? 1, 1))
        location = place
        switch node {
        case .scalar(let scalar): content = .scalar(scalar.string, isPlain: scalar.style == .plain)
        case .sequence(let sequence):
            content = .list(
                sequence.map { SourceNode($0, file: file, first: first) }, inBrackets: first(place) == "[")
        case .mapping(let mapping):
            content = .mapping(
                mapping.map {
                    (SourceNode($0.key, file: file, first: first), SourceNode($0.value, file: file, first: first))
                }, inBrackets: first(place) == "{")
        case .alias: content = .scalar("", isPlain: true)
        }
    }
}

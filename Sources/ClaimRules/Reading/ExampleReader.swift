import Yams

/// The texts an author gives to show what the rule finds and what it leaves alone.
extension RuleReader {
    func examples(_ fields: Fields, _ rule: Node, status: Rule.Status) -> Rule.Examples {
        guard let node = fields["examples"] else {
            let message =
                "a rule needs 'examples'. Add two texts it must find and two it must clear: {match: […], clear: […]}."
            if status == .stable { reader.error(rule, message) } else { reader.warning(rule, message) }
            return Rule.Examples(match: [], clear: [])
        }
        guard let fields = Fields(node, "'examples'", keys: ["match", "clear"], reader: reader) else {
            return Rule.Examples(match: [], clear: [])
        }
        return Rule.Examples(
            match: texts(fields["match"], "match", in: node, status: status),
            clear: texts(fields["clear"], "clear", in: node, status: status))
    }

    private func texts(_ list: Node?, _ key: String, in examples: Node, status: Rule.Status) -> [Rule.Examples.Example]
    {
        let purpose = key == "match" ? "the rule must find" : "it must leave alone"
        guard let list else {
            report(0, examples, "'examples' has no '\(key)'. Add two texts that \(purpose).", status: status)
            return []
        }
        guard let nodes = reader.list(list, key) else { return [] }
        if nodes.count < 2 {
            let count = nodes.isEmpty ? "no example" : "one example only"
            report(nodes.count, list, "'\(key)' has \(count). Write two or more texts that \(purpose).", status: status)
        }
        return nodes.compactMap(example)
    }

    private func report(_ count: Int, _ node: Node, _ message: String, status: Rule.Status) {
        if count == 0, status == .stable { reader.error(node, message) } else { reader.warning(node, message) }
    }

    private func example(_ node: Node) -> Rule.Examples.Example? {
        guard node.mapping != nil else {
            return exampleText(node).map {
                .init(text: $0, category: nil, target: .speech, location: reader.location(node))
            }
        }
        let keys = ["text", "category", "listing"]
        if let mapping = node.mapping, mapping.count == 1, let first = mapping.first,
            let key = first.key.scalar?.string,
            Suggestions.nearest(to: key, among: keys) == nil
        {
            let text = "\(key): \(first.value.scalar?.string ?? "…")"
            reader.error(node, "text with ': ' must stand in quotes. Write \"\(quoted(text).dropFirst().dropLast())\".")
            return nil
        }
        guard let fields = Fields(node, "an example", keys: keys, reader: reader),
            let text = fields.required("text", "the text to try").flatMap(exampleText)
        else { return nil }
        let category = fields["category"].flatMap { reader.text($0, "'category'") }
        let isListing = fields["listing"].flatMap { reader.truth($0, "listing") } ?? false
        return .init(
            text: text, category: category, target: isListing ? .listing : .speech, location: reader.location(node))
    }

    private func exampleText(_ node: Node) -> String? {
        reader.text(node, "an example", numbers: .allowed, limit: PackLimits.exampleLength)
    }
}

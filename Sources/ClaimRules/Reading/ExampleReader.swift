import Yams

/// The texts an author gives to show what the rule finds and what it leaves alone.
extension RuleReader {
    func examples(_ rule: Fields) -> Rule.Examples {
        let none = Rule.Examples(match: [], clear: [])
        let isNeeded = rule.mustHold(.examples)
        guard rule[.examples] != nil else {
            report(
                rule.node,
                "a rule needs \(Key.examples). Add two texts it must find and two it must clear: {\(Key.match.rawValue): […], \(Key.clear.rawValue): […]}.",
                isError: isNeeded)
            return none
        }
        guard let fields = rule.fields(.examples) else { return none }
        return Rule.Examples(
            match: texts(fields, .match, "the rule must find", areNeeded: isNeeded),
            clear: texts(fields, .clear, "it must leave alone", areNeeded: isNeeded))
    }

    private func texts(_ fields: Fields, _ key: Key, _ purpose: String, areNeeded: Bool) -> [Rule.Examples.Example] {
        guard let list = fields[key] else {
            report(
                fields.node, "\(Key.examples) has no \(key). Add two texts that \(purpose).", isError: areNeeded)
            return []
        }
        guard let nodes = fields.elements(key) else { return [] }
        if nodes.count < 2 {
            let count = nodes.isEmpty ? "no example" : "one example only"
            report(
                list, "\(key) has \(count). Write two or more texts that \(purpose).",
                isError: areNeeded && nodes.isEmpty)
        }
        return nodes.compactMap(example)
    }

    private func report(_ node: Node, _ message: String, isError: Bool) {
        if isError { reader.error(node, message) } else { reader.warning(node, message) }
    }

    private func example(_ node: Node) -> Rule.Examples.Example? {
        guard let mapping = node.mapping else {
            return text(node).map { .init(text: $0, category: nil, target: .speech, location: reader.location(node)) }
        }
        if mapping.count == 1, let first = mapping.first, let key = first.key.scalar?.string,
            RuleLanguage.example.entry(named: key) == nil, RuleLanguage.example.meant(by: key) == nil
        {
            let text = "\(key): \(first.value.scalar?.string ?? "…")"
            reader.error(node, "text with ': ' must stand in quotes. Write \"\(quoted(text).dropFirst().dropLast())\".")
            return nil
        }
        guard let fields = Fields(node, .example, reader: reader), let text = fields.value(.text).flatMap(text)
        else { return nil }
        let isListing = fields.truth(.listing) ?? false
        return .init(
            text: text, category: fields.text(.category), target: isListing ? .listing : .speech,
            location: reader.location(node))
    }

    private func text(_ node: Node) -> String? { reader.text(node, "an example", RuleLanguage.exampleText) }
}

import Yams

/// What must be said, with the places of its terms.
struct PlacedCondition {
    var condition: Rule.Condition
    /// The terms of each part.
    var parts: [[PlacedTerm]]
}

extension RuleReader {
    func condition(_ fields: Fields, evasion: Evasion?) -> PlacedCondition? {
        let isConsistent = fields.areConsistent()
        let within = fields.integer(.within)
        let order = fields.choice(.order, as: Rule.Condition.Order.self)
        if fields[.any] != nil, fields[.all] != nil { return nil }
        if let any = fields[.any] {
            guard let part = part(any, .any), isConsistent else { return nil }
            warnOfFloods(part)
            return PlacedCondition(condition: .init(parts: [part.map(\.text)], within: 0, order: .any), parts: [part])
        }
        guard fields[.all] != nil, let parts = parts(fields), let within, let order else { return nil }
        if parts.count == 1 { warnOfFloods(parts[0]) }
        let least = parts.reduce(0) { sum, part in
            sum + (part.map { reader.session.folded($0.text).unicodeScalars.count }.min() ?? 0)
        }
        // Numbers written another way may be shorter than the term.
        if parts.count > 1, within < least, evasion?.numbers != true, let node = fields[.within] {
            let said = NodeReader.tooShort(within, least: least)
            reader.warning(reader.location(node), .withinTooShort, said.chinese, said.english)
        }
        let condition = Rule.Condition(
            parts: parts.map { $0.map(\.text) }, within: parts.count == 1 ? 0 : within, order: order)
        return PlacedCondition(condition: condition, parts: parts)
    }

    /// `unless` phrases, lists written out.
    func phrases(_ fields: Fields) -> [PlacedTerm] {
        guard let node = fields[.unless],
            let nodes = reader.list(node, Key.unless.rawValue, hint: fields.object[.unless].example)
        else { return [] }
        if nodes.isEmpty {
            reader.warning(node, "\(Key.unless) 是空的。删掉它。", "\(Key.unless) is empty. Delete it.")
        }
        return expand(reader.termEntries(nodes, of: Key.unless.rawValue), at: node)
    }

    private func parts(_ fields: Fields) -> [[PlacedTerm]]? {
        guard let node = fields[.all],
            let nodes = reader.list(node, Key.all.rawValue, hint: fields.object[.all].example)
        else { return nil }
        if nodes.isEmpty {
            let example = fields.object[.all].example
            reader.error(
                node, "\(Key.all) 是空的。加上几组：\(example)。", "\(Key.all) is empty. Add parts: \(example).")
        }
        guard nodes.count <= PackLimits.parts else {
            reader.error(
                node, "\(Key.all) 有 \(nodes.count) 组，最多 \(PackLimits.parts) 组。一句话里两三组就够。",
                "\(Key.all) has \(nodes.count) parts, more than \(PackLimits.parts). Within one sentence two or three say enough."
            )
            return nil
        }
        if nodes.count == 1 {
            reader.warning(
                nodes[0], "\(Key.all) 只有一组。改写 \(Key.any)，或再加一组。",
                "\(Key.all) has one part only. Write \(Key.any), or add a part.")
        }
        let parts = nodes.map { part($0, .all) }
        return parts.isEmpty || parts.contains { $0 == nil } ? nil : parts.compactMap { $0 }
    }

    /// A list of terms; in `all`, a single word or list name too. nil if no term is left.
    private func part(_ node: Node, _ key: Key) -> [PlacedTerm]? {
        let entries: [TermEntry]
        let name = key == .any ? Wording(name: key.rawValue) : Wording("\(key.rawValue) 的一组", "a part of \(key)")
        if key == .all, node.sequence == nil {
            entries = reader.termEntry(node).map { [$0] } ?? []
        } else {
            guard let nodes = reader.list(node, name, hint: RuleLanguage.match[key].example) else { return nil }
            if nodes.isEmpty {
                let said =
                    key == .any
                    ? Wording("\(key) 是空的。加上词。", "\(key) is empty. Add terms.")
                    : Wording("这一组是空的。加上词，或删掉它。", "this part is empty. Add terms, or delete it.")
                reader.error(node, said.chinese, said.english)
            }
            entries = reader.termEntries(nodes, of: name)
        }
        let terms = expand(entries, at: node)
        return terms.isEmpty ? nil : terms
    }

    /// Writes lists out and drops terms that fold to one already there.
    private func expand(_ entries: [TermEntry], at node: Node) -> [PlacedTerm] {
        var collected = TermCollector(reader)
        expanding: for entry in entries {
            switch entry {
            case .term(let term): guard collected.add(term, warn: true) else { break expanding }
            case .list(let name, let location):
                for term in lists.terms(of: name, for: location) ?? [] {
                    let placed = PlacedTerm(text: term, location: location)
                    guard collected.add(placed, warn: false) else { break expanding }
                }
            }
        }
        return collected.isWithinLimit(at: reader.location(node)) ? collected.terms : []
    }
}

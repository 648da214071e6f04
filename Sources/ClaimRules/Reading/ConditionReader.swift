import Yams

/// What must be said, with the places of its terms.
struct PlacedCondition {
    var condition: Rule.Condition
    /// The terms of each part.
    var parts: [[PlacedTerm]]
}

extension RuleReader {
    private static let later: Set = ["pattern", "speech_vs_listing", "from", "scope"]

    func condition(_ node: Node) -> PlacedCondition? {
        guard
            let fields = Fields(
                node, "'match'", keys: ["any", "all", "within", "order"], later: Self.later, reader: reader)
        else { return nil }
        let within = fields["within"].map { reader.integer($0, "within", in: 1...60) } ?? 0
        let order = fields["order"].map { reader.choice($0, "order", as: Rule.Condition.Order.self) } ?? .any
        switch (fields["any"], fields["all"]) {
        case (let any?, nil):
            for key in ["within", "order"] {
                if let extra = fields[key] {
                    reader.error(
                        extra, "'\(key)' says how the parts of 'all' stand together. Delete it, or write 'all'.")
                }
            }
            guard let part = part(any, "any") else { return nil }
            warnOfFloods(part)
            return PlacedCondition(condition: .init(parts: [part.map(\.text)], within: 0, order: .any), parts: [part])
        case (nil, let all?):
            if fields["within"] == nil {
                reader.error(
                    node, "'all' needs 'within'. Add the number of characters its parts lie in, 1 to 60: 'within: 12'.")
            }
            guard let parts = parts(all), fields["within"] != nil, let within, let order else { return nil }
            if parts.count == 1 { warnOfFloods(parts[0]) }
            let condition = Rule.Condition(
                parts: parts.map { $0.map(\.text) }, within: parts.count == 1 ? 0 : within, order: order)
            return PlacedCondition(condition: condition, parts: parts)
        case (nil, nil):
            reader.error(node, "'match' needs 'any' or 'all'. Add 'any: [term, term]'.")
        case (_?, let all?):
            reader.error(all, "'match' has both 'any' and 'all'. Keep one, or make two rules.")
        }
        return nil
    }

    /// `unless` phrases, lists written out.
    func phrases(_ node: Node?) -> [PlacedTerm] {
        guard let node, let nodes = reader.list(node, "unless") else { return [] }
        if nodes.isEmpty { reader.warning(node, "'unless' is empty. Delete it.") }
        return expand(reader.termEntries(nodes, of: "unless"), at: node)
    }

    private func parts(_ node: Node) -> [[PlacedTerm]]? {
        guard let nodes = reader.list(node, "all") else { return nil }
        if nodes.isEmpty { reader.error(node, "'all' is empty. Add parts: [[治疗, 根治], \"@diseases\"].") }
        guard nodes.count <= 16 else {
            reader.error(
                node, "'all' has \(nodes.count) parts, more than 16. Within one sentence two or three say enough.")
            return nil
        }
        if nodes.count == 1 { reader.warning(nodes[0], "'all' has one part only. Write 'any', or add a part.") }
        let parts = nodes.map { part($0, "a part of 'all'") }
        return parts.isEmpty || parts.contains { $0 == nil } ? nil : parts.compactMap { $0 }
    }

    /// A list of terms; in `all`, a single word or list name too. nil if no term is left.
    private func part(_ node: Node, _ name: String) -> [PlacedTerm]? {
        let entries: [TermEntry]
        if name != "any", node.sequence == nil {
            entries = reader.termEntry(node).map { [$0] } ?? []
        } else {
            guard let nodes = reader.list(node, name) else { return nil }
            if nodes.isEmpty {
                reader.error(
                    node, name == "any" ? "'any' is empty. Add terms." : "this part is empty. Add terms, or delete it.")
            }
            entries = reader.termEntries(nodes, of: name)
        }
        let terms = expand(entries, at: node)
        return terms.isEmpty ? nil : terms
    }

    /// Writes lists out and drops terms that fold to one already there.
    private func expand(_ entries: [TermEntry], at node: Node) -> [PlacedTerm] {
        var (terms, seen): ([PlacedTerm], [String: String]) = ([], [:])
        func add(_ term: PlacedTerm, warn: Bool) -> Bool {
            guard reader.session.spendTerm(at: term.location) else { return false }
            let folded = reader.session.folded(term.text)
            if let earlier = seen[folded] {
                if warn {
                    let same = earlier == term.text ? "" : ", as \(quoted(earlier))"
                    reader.session.log.warning(
                        term.location, "the term \(quoted(term.text)) is already here\(same). Delete one.")
                }
                return true
            }
            seen[folded] = term.text
            if reader.session.termLocations[term.text] == nil {
                reader.session.termLocations[term.text] = term.location
            }
            terms.append(term)
            return true
        }
        expanding: for entry in entries {
            switch entry {
            case .term(let term): guard add(term, warn: true) else { break expanding }
            case .list(let name, let location):
                for term in lists.terms(of: name, for: location) ?? [] {
                    guard add(PlacedTerm(text: term, location: location), warn: false) else { break expanding }
                }
            }
        }
        guard terms.count <= PackLimits.termsPerRule else {
            reader.error(
                node,
                "\(terms.count) terms with those of the lists, more than \(PackLimits.termsPerRule). Split the rule.")
            return []
        }
        return terms
    }
}

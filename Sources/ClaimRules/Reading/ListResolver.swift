import Yams

/// The named lists of one pack, and what each stands for when the lists it names are written out.
final class ListResolver {
    private struct Definition {
        var entries: [TermEntry]
        var location: SourceLocation
        var isUsed = false
        var resolved: [String]?
    }
    let reader: NodeReader
    private var definitions: [String: Definition] = [:]
    private var path: [String] = []

    init(_ node: Node?, reader: NodeReader) {
        self.reader = reader
        guard let node else { return }
        guard case .mapping(let mapping) = node else {
            reader.error(
                node, "\(Key.lists) 要一行一个词表：'名字: [词, 词]'。",
                "\(Key.lists) must be a mapping: 'name: [term, term]', one line a list.")
            return
        }
        guard mapping.count <= PackLimits.lists else {
            reader.error(
                node, "本包有 \(mapping.count) 个词表，最多 \(PackLimits.lists) 个。拆成几个包。",
                "the pack has \(mapping.count) lists, more than \(PackLimits.lists). Split the pack.")
            return
        }
        for (key, value) in mapping { define(key, value) }
        // Lists of claimwatch/2 may name classes, and are written out by `WordBook`.
        guard reader.version == .one else { return }
        for name in definitions.keys.sorted() { _ = resolve(name) }
    }

    /// The terms of a list for a rule, or nil if there is no such list, or nothing to be had of it.
    func terms(of name: String, for location: SourceLocation) -> [String]? {
        guard definitions[name] != nil else {
            reportUnknown(name, at: location)
            return nil
        }
        markUsed(name)
        return resolve(name)
    }

    /// Calls `body` for each list.
    func forEach(_ body: (_ name: String, _ entries: [TermEntry], _ location: SourceLocation) -> Void) {
        for (name, list) in definitions { body(name, list.entries, list.location) }
    }

    func warnOfUnused() {
        for (name, list) in definitions where !list.isUsed {
            reader.session.log.warning(
                list.location, "没有规则用词表 '\(name)'。在规则里写 \"@\(name)\"，或删掉它。",
                "no rule uses the list '\(name)'. Use \"@\(name)\" in a rule, or delete it.")
        }
    }

    private func define(_ key: Node, _ value: Node) {
        guard let name = key.scalar?.string, !Fields.isMasked(name) else { return }
        guard !name.isEmpty, name.unicodeScalars.count <= PackLimits.termLength,
            !name.contains(where: { $0.isWhitespace || $0 == "@" })
        else {
            return reader.error(
                key, "\(quoted(name)) 不能做词表的名字。用字母、数字、'.'、'_' 和 '-'。",
                "\(quoted(name)) cannot name a list. Use letters, digits, '.', '_' and '-'.")
        }
        definitions[name] = Definition(entries: [], location: reader.location(key))
        guard let nodes = reader.list(value, name) else { return }
        if nodes.isEmpty {
            reader.error(
                value, "词表 '\(name)' 是空的。加上词，或删掉它。", "the list '\(name)' is empty. Add terms, or delete it.")
        }
        definitions[name]?.entries = reader.termEntries(nodes, of: name)
    }

    private func reportUnknown(_ name: String, at location: SourceLocation) {
        guard reader.session.log.hasRoom(for: reader.file) else {
            return reader.session.log.error(location, "没有这个词表。", "unknown list.")
        }
        let meant = Suggestions.nearest(to: name, among: definitions.keys.sorted())
        if let meant { markUsed(meant) }
        let advice =
            meant.map { Wording("要写 \"@\($0)\" 吗？", "Did you mean \"@\($0)\"?") }
            ?? Wording(
                "把它写在本文件的 \(Key.lists) 里，或把词写在这里。",
                "Add it under \(Key.lists) in this file, or write the terms here.")
        reader.session.log.error(
            location, "本包没有词表 \(quoted(name))。\(advice.chinese)",
            "there is no list \(quoted(name)) in this pack. \(advice.english)")
    }

    private func markUsed(_ name: String) {
        guard let list = definitions[name], !list.isUsed else { return }
        definitions[name]?.isUsed = true
        for case .list(let inner, _) in list.entries { markUsed(inner) }
    }

    /// Depth is bounded by `PackLimits.lists`, for a list on the path is not entered again.
    private func resolve(_ name: String) -> [String]? {
        guard let list = definitions[name] else { return nil }
        if let resolved = list.resolved { return resolved }
        path.append(name)
        defer { path.removeLast() }
        var (terms, seen, named): ([String], Set<String>, Set<String>) = ([], [], [])
        for entry in list.entries {
            switch entry {
            case .term(let term):
                if seen.insert(reader.session.folded(term.text)).inserted {
                    terms.append(term.text)
                    note(term.text, term.location)
                } else {
                    reader.session.log.warning(
                        term.location, "词表 '\(name)' 里 \(quoted(term.text)) 写了两次（只差全半角、大小写或符号也算）。删掉一个。",
                        "the term \(quoted(term.text)) is in the list '\(name)' twice, once folded. Delete one.")
                }
            case .list(let inner, let location):
                if path.contains(inner) {
                    let circle = (path.drop { $0 != inner } + [inner]).map { "@\($0)" }.joined(separator: " → ")
                    let shown = circle.count <= 200 ? circle : "@\(inner) → … → @\(inner)"
                    reader.session.log.error(
                        location, "词表互相引用成圈：\(shown)。去掉一个。",
                        "lists name one another in a circle: \(shown). Take one of the names out.")
                } else if definitions[inner] == nil {
                    reportUnknown(inner, at: location)
                } else if named.insert(inner).inserted {
                    for term in resolve(inner) ?? [] {
                        guard reader.session.spendTerm(at: location) else { break }
                        if seen.insert(reader.session.folded(term)).inserted { terms.append(term) }
                    }
                }
            }
        }
        if terms.count > PackLimits.termsPerRule {
            reader.session.log.error(
                list.location, "词表 '\(name)' 展开有 \(terms.count) 个词，最多 \(PackLimits.termsPerRule) 个。拆开它。",
                "the list '\(name)' grows to \(terms.count) terms, more than \(PackLimits.termsPerRule). Split it.")
            terms = []
        }
        definitions[name]?.resolved = terms
        return terms
    }

    private func note(_ term: String, _ location: SourceLocation) {
        if reader.session.termLocations[term] == nil { reader.session.termLocations[term] = location }
    }
}

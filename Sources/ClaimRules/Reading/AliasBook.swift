import TermMatching
import Yams

/// The aliases of one pack: other words that are known to stand for a term of its rules.
///
///     aliases:
///       微信: [葳信, 绿泡泡, {term: 卫星, score: 0.5, seen: 12, source: 直播间抽样}]
final class AliasBook {
    private struct Entry {
        var aliases: [Term.Alias] = []
        var location: SourceLocation
        var term: String
        var isUsed = false
    }

    private let reader: NodeReader
    /// By the folded term.
    private var entries: [String: Entry] = [:]

    init(_ node: Node?, reader: NodeReader) {
        self.reader = reader
        guard let node else { return }
        guard case .mapping(let mapping) = node else {
            reader.error(node, "\(Key.aliases) must be a mapping: '微信: [葳信, 绿泡泡]', one line a term.")
            return
        }
        guard mapping.count <= PackLimits.aliasedTerms else {
            reader.error(
                node, "the pack has aliases of \(mapping.count) terms, more than \(PackLimits.aliasedTerms). Split it.")
            return
        }
        if mapping.isEmpty { reader.warning(node, "\(Key.aliases) is empty. Delete it.") }
        for (key, value) in mapping { define(key, value) }
    }

    /// The aliases of a term.
    func aliases(of term: String) -> [Term.Alias] {
        let folded = reader.session.folded(term)
        guard let entry = entries[folded] else { return [] }
        entries[folded]?.isUsed = true
        return entry.aliases
    }

    func warnOfUnused() {
        for entry in entries.values where !entry.isUsed {
            reader.session.log.warning(
                entry.location,
                "no rule of this pack has the term \(quoted(entry.term)), so its aliases serve nothing. Use the term in a rule, or delete the line."
            )
        }
    }

    private func define(_ key: Node, _ value: Node) {
        guard let name = key.scalar?.string, !Fields.isMasked(name),
            case .term(let term)? = term(key, "a term that has aliases")
        else { return }
        let folded = reader.session.folded(term.text)
        if let first = entries[folded] {
            reader.error(
                key,
                "the aliases of \(quoted(term.text)) already stand at \(first.location), as \(quoted(first.term)). Join them there."
            )
            return
        }
        var entry = Entry(location: term.location, term: term.text)
        defer { entries[folded] = entry }
        guard let nodes = reader.list(value, name) else { return }
        if nodes.isEmpty { reader.error(value, "\(quoted(term.text)) has no aliases. Add words, or delete the line.") }
        guard nodes.count <= PackLimits.aliasesPerTerm else {
            reader.error(
                value,
                "\(quoted(term.text)) has \(nodes.count) aliases, more than \(PackLimits.aliasesPerTerm). Keep those that are used."
            )
            return
        }
        var seen: Set<String> = []
        for node in nodes {
            guard let (alias, place) = alias(node) else { continue }
            let written = reader.session.folded(alias.text)
            if written == folded {
                reader.session.log.warning(
                    place,
                    "the alias \(quoted(alias.text)) is the term itself once width, case and signs are folded, and is found anyway. Delete it."
                )
            } else if !seen.insert(written).inserted {
                reader.session.log.warning(place, "the alias \(quoted(alias.text)) is already here. Delete one.")
            } else {
                if written.unicodeScalars.count == 1 {
                    reader.session.log.warning(
                        place,
                        "the alias \(quoted(alias.text)) is one character and will flood the alerts. Write a longer word."
                    )
                }
                entry.aliases.append(alias)
            }
        }
    }

    /// A word, or a word with the evidence for it: how sure, how often seen, and where.
    private func alias(_ node: Node) -> (Term.Alias, SourceLocation)? {
        guard node.mapping != nil else {
            guard case .term(let word)? = term(node, "an alias") else { return nil }
            return (Term.Alias(word.text), word.location)
        }
        guard let fields = Fields(node, .alias, reader: reader) else { return nil }
        let word = fields.value(.term).flatMap { term($0, "an alias") }
        let score = fields.fraction(.score)
        let isKnown = fields.integer(.seen) != nil
        let isSourced = fields[.source] == nil || fields.text(.source) != nil
        guard case .term(let word)? = word, let score, isKnown, isSourced else { return nil }
        return (Term.Alias(word.text, score: UInt8(score)), word.location)
    }

    /// A word, no list name.
    private func term(_ node: Node, _ what: String) -> TermEntry? {
        guard let entry = reader.termEntry(node) else { return nil }
        if case .list(let name, _) = entry {
            reader.error(node, "\(what) must be a word, not the list \(quoted("@" + name)). Write its words here.")
            return nil
        }
        return entry
    }
}

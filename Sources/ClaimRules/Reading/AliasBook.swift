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
            reader.error(
                node, "\(Key.aliases) 要一行一个词：'微信: [葳信, 绿泡泡]'。",
                "\(Key.aliases) must be a mapping: '微信: [葳信, 绿泡泡]', one line a term.")
            return
        }
        guard mapping.count <= PackLimits.aliasedTerms else {
            reader.error(
                node, "本包给 \(mapping.count) 个词写了暗语，最多 \(PackLimits.aliasedTerms) 个。拆成几个包。",
                "the pack has aliases of \(mapping.count) terms, more than \(PackLimits.aliasedTerms). Split it.")
            return
        }
        if mapping.isEmpty {
            reader.warning(node, "\(Key.aliases) 是空的。删掉它。", "\(Key.aliases) is empty. Delete it.")
        }
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
                entry.location, "本包没有规则用 \(quoted(entry.term)) 这个词，它的暗语不起作用。在规则里用这个词，或删掉这一行。",
                "no rule of this pack has the term \(quoted(entry.term)), so its aliases serve nothing. Use the term in a rule, or delete the line."
            )
        }
    }

    private func define(_ key: Node, _ value: Node) {
        guard let name = key.scalar?.string, !Fields.isMasked(name),
            case .term(let term)? = term(key, Wording("有暗语的词", "a term that has aliases"))
        else { return }
        let folded = reader.session.folded(term.text)
        if let first = entries[folded] {
            reader.error(
                key, "\(quoted(term.text)) 的暗语在 \(first.location) 已经写过，词写作 \(quoted(first.term))。合到那里。",
                "the aliases of \(quoted(term.text)) already stand at \(first.location), as \(quoted(first.term)). Join them there."
            )
            return
        }
        var entry = Entry(location: term.location, term: term.text)
        defer { entries[folded] = entry }
        guard let nodes = reader.list(value, name) else { return }
        if nodes.isEmpty {
            reader.error(
                value, "\(quoted(term.text)) 没有暗语。加上词，或删掉这一行。",
                "\(quoted(term.text)) has no aliases. Add words, or delete the line.")
        }
        guard nodes.count <= PackLimits.aliasesPerTerm else {
            reader.error(
                value, "\(quoted(term.text)) 有 \(nodes.count) 个暗语，最多 \(PackLimits.aliasesPerTerm) 个。留下用得上的。",
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
                    place, "暗语 \(quoted(alias.text)) 去掉全半角、大小写和符号的差别就是原词，本来就找得到。删掉它。",
                    "the alias \(quoted(alias.text)) is the term itself once width, case and signs are folded, and is found anyway. Delete it."
                )
            } else if !seen.insert(written).inserted {
                reader.session.log.warning(
                    place, "暗语 \(quoted(alias.text)) 已经写过。删掉一个。",
                    "the alias \(quoted(alias.text)) is already here. Delete one.")
            } else {
                if written.unicodeScalars.count == 1 {
                    reader.session.log.warning(
                        place, "暗语 \(quoted(alias.text)) 只有一个字，会刷屏。写长些的词。",
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
            guard case .term(let word)? = term(node, Self.alias) else { return nil }
            return (Term.Alias(word.text), word.location)
        }
        guard let fields = Fields(node, .alias, reader: reader) else { return nil }
        let word = fields.value(.term).flatMap { term($0, Self.alias) }
        let score = fields.fraction(.score)
        let isKnown = fields.integer(.seen) != nil
        let isSourced = fields[.source] == nil || fields.text(.source) != nil
        guard case .term(let word)? = word, let score, isKnown, isSourced else { return nil }
        return (Term.Alias(word.text, score: UInt8(score)), word.location)
    }

    private static let alias = Wording("暗语", "an alias")

    /// A word, no list name.
    private func term(_ node: Node, _ what: Wording) -> TermEntry? {
        guard let entry = reader.termEntry(node) else { return nil }
        if case .list(let name, _) = entry {
            let list = quoted("@" + name)
            reader.error(
                node, "\(what.chinese)要写词，不能写词表 \(list)。把里面的词写在这里。",
                "\(what.english) must be a word, not the list \(list). Write its words here.")
            return nil
        }
        return entry
    }
}

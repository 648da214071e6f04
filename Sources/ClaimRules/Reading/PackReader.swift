import Yams

/// Reads one pack file: its head, its lists and aliases, its rules.
struct PackReader {
    let reader: NodeReader
    private var session: LoadSession { reader.session }

    init(_ file: PackFile, session: LoadSession) { reader = NodeReader(session: session, file: file.path) }

    /// The rules that could be read.
    func read(_ document: PackDocument) -> [Rule] {
        guard let fields = Fields(document.root, .pack, reader: reader) else { return [] }
        let name = packName(fields)
        checkVersion(fields)
        for key in [Key.title, .titleEn] { _ = fields.text(key) }
        let lists = ListResolver(fields[.lists], reader: reader)
        let aliases = AliasBook(fields[.aliases], reader: reader)
        // That there are too many rules is told where the first of them stands that is not read.
        guard let node = fields.value(.rules), let nodes = reader.list(node, Key.rules.rawValue) else { return [] }
        if nodes.isEmpty { reader.error(node, "the pack has no rules. Add one, or delete the file.") }
        var rules: [Rule] = []
        for node in nodes {
            session.ruleCount += 1
            if session.ruleCount > PackLimits.rules {
                reader.error(
                    node,
                    "the packs have more than \(PackLimits.rules) rules. Delete some, or join those that differ in terms only."
                )
                break
            }
            var rule = RuleReader(reader: reader, lists: lists, aliases: aliases, pack: name ?? "")
            if let read = rule.read(node) { rules.append(read) }
        }
        lists.warnOfUnused()
        aliases.warnOfUnused()
        return name == nil ? [] : rules
    }

    private func packName(_ fields: Fields) -> String? {
        guard let node = fields.value(.pack), let name = reader.identifier(node, .pack) else { return nil }
        if let first = session.packs[name] {
            reader.error(
                node,
                "the pack '\(name)' is already defined at \(first). Rename one of the two: each file is a pack of its own."
            )
            return nil
        }
        session.packs[name] = reader.location(node)
        return name
    }

    private func checkVersion(_ fields: Fields) {
        guard let node = fields.value(.requires),
            let version = reader.text(node, Key.requires.description, numbers: .refused),
            LanguageVersion(rawValue: version) == nil
        else { return }
        let supported = LanguageVersion.current.rawValue
        reader.error(
            node,
            "this version reads packs that require '\(supported)', not \(quoted(version)). Write '\(supported)', or use a version that reads it."
        )
    }
}

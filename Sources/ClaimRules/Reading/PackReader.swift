import Yams

/// Reads one pack file: its head, its lists and aliases, its rules.
struct PackReader {
    static let supported = "claimwatch/1"
    private static let keys = ["pack", "requires", "title", "title_en", "lists", "aliases", "rules"]
    private static let later: Set = ["overlays", "overlay", "jurisdictions", "from", "scope"]

    let reader: NodeReader
    private var session: LoadSession { reader.session }

    init(_ file: PackFile, session: LoadSession) { reader = NodeReader(session: session, file: file.path) }

    /// The rules that could be read.
    func read(_ document: PackDocument) -> [Rule] {
        let root = document.root
        guard let fields = Fields(root, "a pack", keys: Self.keys, later: Self.later, reader: reader) else { return [] }
        let name = packName(fields)
        if let requires = fields.required("requires", "'requires: \(Self.supported)'") { check(requires: requires) }
        for key in ["title", "title_en"] { if let node = fields[key] { _ = reader.text(node, "'\(key)'") } }
        let lists = ListResolver(fields["lists"], reader: reader)
        let aliases = AliasBook(fields["aliases"], reader: reader)
        guard let node = fields.required("rules", "a list of rules"), let nodes = reader.list(node, "rules") else {
            return []
        }
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
        guard let node = fields.required("pack", "'pack: NAME', a name no other file has"),
            let name = reader.identifier(node, "'pack'")
        else { return nil }
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

    private func check(requires node: Node) {
        guard let version = reader.text(node, "'requires'"), version != Self.supported else { return }
        reader.error(
            node,
            "this version reads packs that require '\(Self.supported)', not \(quoted(version)). Write '\(Self.supported)', or use a version that reads it."
        )
    }
}

extension NodeReader {
    /// A name of small letters, digits, dots and hyphens.
    func identifier(_ node: Node, _ name: String) -> String? {
        guard let text = text(node, name, numbers: .allowed) else { return nil }
        let isPlain = text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 46 || $0 == 45 }
        guard isPlain else {
            let small = text.lowercased().map { $0 == "_" || $0 == " " ? "-" : $0 }
            let canBe = small.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") }
            error(
                node,
                "\(name) is made of a-z, 0-9, '.' and '-', and \(quoted(text)) is not. Write \(canBe ? quoted(String(small)) : "one like 'food.treatment'")."
            )
            return nil
        }
        return text
    }
}

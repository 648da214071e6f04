import Yams

/// Reads one pack file: its head, its lists and aliases, its rules.
struct PackReader {
    private(set) var reader: NodeReader
    private var session: LoadSession { reader.session }

    init(_ file: PackFile, session: LoadSession) { reader = NodeReader(session: session, file: file.path) }

    /// The rules that could be read.
    mutating func read(_ document: PackDocument) -> [Rule] {
        let version = document.root.mapping?[Key.requires.rawValue]?.scalar?.string
        reader.version = version.flatMap(LanguageVersion.init(rawValue:)) ?? .current
        guard let fields = Fields(document.root, .pack, reader: reader) else { return [] }
        let name = packName(fields)
        reader.checkVersion(fields)
        for key in [Key.title, .titleEn] { _ = fields.text(key) }
        let lists = ListResolver(fields[.lists], reader: reader)
        let book = reader.version == .one ? nil : WordBook(lists, lexicons: session.lexicons)
        let aliases = AliasBook(fields[.aliases], reader: reader)
        let jurisdictions = reader.jurisdictions(fields) ?? []
        let questions = reader.openQuestions(fields)
        let screen = reader.screen(fields)
        // That there are too many rules is told where the first of them stands that is not read.
        guard let node = fields.value(.rules), let nodes = reader.list(node, Key.rules.rawValue) else { return [] }
        if nodes.isEmpty {
            reader.error(node, "规则包里没有规则。加一条，或删掉文件。", "the pack has no rules. Add one, or delete the file.")
        }
        var rules: [Rule] = []
        for node in nodes {
            session.ruleCount += 1
            if session.ruleCount > PackLimits.rules {
                reader.error(
                    node,
                    "所有规则包一共超过 \(PackLimits.rules) 条规则。删掉一些，或把只差几个词的合成一条。",
                    "the packs have more than \(PackLimits.rules) rules. Delete some, or join those that differ in terms only."
                )
                break
            }
            var rule = RuleReader(reader: reader, lists: lists, book: book, aliases: aliases, pack: name ?? "")
            rule.packJurisdictions = jurisdictions
            rule.packQuestions = questions
            rule.packScreen = screen
            if let read = rule.read(node) { rules.append(read) }
        }
        if let book { book.warnOfUnused() } else { lists.warnOfUnused() }
        aliases.warnOfUnused()
        return name == nil ? [] : rules
    }

    private func packName(_ fields: Fields) -> String? {
        guard let node = fields.value(.pack), let name = reader.identifier(node, .pack) else { return nil }
        if let first = session.packs[name] {
            reader.error(
                node,
                "规则包 '\(name)' 在 \(first) 已经有了。改一个的名字：每个文件是一个单独的规则包。",
                "the pack '\(name)' is already defined at \(first). Rename one of the two: each file is a pack of its own."
            )
            return nil
        }
        session.packs[name] = reader.location(node)
        return name
    }
}

extension NodeReader {
    /// Whether this program reads the version that a file requires. Says if not.
    func checkVersion(_ fields: Fields, atLeast least: LanguageVersion = .one) {
        guard let node = fields.value(.requires), let text = text(node, Key.requires.description, numbers: .refused)
        else {
            return
        }
        if let version = LanguageVersion(rawValue: text), version >= least { return }
        let supported = LanguageVersion.allCases.filter { $0 >= least }.map { "'\($0.rawValue)'" }
        let current = LanguageVersion.current.rawValue
        error(
            node,
            "这个版本的程序读 \(supported.joined(separator: " 或 "))，不读 \(quoted(text))。写 '\(current)'，或换能读它的版本。",
            "this version reads files that require \(supported.joined(separator: " or ")), not \(quoted(text)). Write '\(current)', or use a version that reads it."
        )
    }
}

import Yams

/// Reads one lexicon: its head, its classes, its guards.
struct LexiconReader {
    private let reader: NodeReader
    private var session: LoadSession { reader.session }

    init(_ file: PackFile, session: LoadSession) {
        reader = NodeReader(session: session, file: file.path, version: .two)
    }

    func read(_ document: PackDocument) {
        guard let fields = Fields(document.root, .lexicon, reader: reader) else {
            session.hasNamelessLexicon = true
            return
        }
        let name = name(fields)
        if name == nil { session.hasNamelessLexicon = true }
        reader.checkVersion(fields, atLeast: .two)
        let aliases = AliasBook(fields[.aliases], reader: reader)
        let evasion = fields[.evasion].flatMap(evasion) ?? .asRule
        define(fields[.classes], .classes, in: name) { key, value in
            wordClass(value, named: key, aliases: aliases).map { wordClass in
                var wordClass = wordClass
                if wordClass.evasion == .asRule { wordClass.evasion = evasion }
                return .words(wordClass)
            }
        }
        define(fields[.guards], .guards, in: name) { key, value in
            guard let fields = Fields(value, .contextGuard, reader: reader) else { return nil }
            return reader.guardDraft(fields, name: "\(name ?? "").\(key)").map { .contextGuard($0) }
        }
        define(fields[.expressions], .expressions, in: name) { _, value in .expression(value) }
        if fields[.classes] == nil, fields[.guards] == nil, fields[.expressions] == nil {
            reader.session.log.warning(
                reader.location(document.root), "词库里什么也没有。加上 \(Key.classes)，或删掉文件。",
                "the lexicon defines nothing. Add \(Key.classes), or delete the file.")
        }
    }

    private func name(_ fields: Fields) -> String? {
        guard let node = fields.value(.lexicon), let name = reader.identifier(node, .lexicon) else { return nil }
        guard !name.contains(".") else {
            reader.error(
                node, .notation, "词库名里不能有 '.'：'.' 后面是词类名。",
                "a lexicon's name has no '.', behind which the name of a class stands. Take it out.")
            return nil
        }
        if let first = session.lexiconNames[name] {
            reader.error(
                node, "词库 '\(name)' 在 \(first) 已经有了。改一个的名字。",
                "the lexicon '\(name)' is already defined at \(first). Rename one of the two.")
            return nil
        }
        guard session.lexiconNames.count < PackLimits.lexicons else {
            reader.error(
                node, "词库超过 \(PackLimits.lexicons) 个。合并几个。",
                "there are more than \(PackLimits.lexicons) lexicons. Join some.")
            return nil
        }
        session.lexiconNames[name] = reader.location(node)
        return name
    }

    private func define(
        _ node: Node?, _ key: Key, in lexicon: String?, _ read: (String, Node) -> WordBook.Content?
    ) {
        guard let node else { return }
        guard case .mapping(let mapping) = node else {
            if let lexicon { session.unreadNames.insert(lexicon) }
            return reader.error(
                node, "\(key) 要写成 '名字: …'，一个名字一行。", "\(key) must be a mapping: 'name: …', one line each.")
        }
        guard mapping.count <= PackLimits.classes else {
            if let lexicon { session.unreadNames.insert(lexicon) }
            return reader.error(
                node, "\(key) 有 \(mapping.count) 个名字，最多 \(PackLimits.classes) 个。拆成几个词库。",
                "\(key) has \(mapping.count) names, more than \(PackLimits.classes). Split the lexicon.")
        }
        for (keyNode, value) in mapping {
            guard let written = keyNode.scalar?.string, !Fields.isMasked(written) else { continue }
            guard NodeReader.isClassName(written) else {
                session.unreadNames.insert("\(lexicon ?? "").\(written)")
                reader.error(
                    keyNode, .notation, "\(quoted(written)) 不能做名字。用字母、汉字、数字、'-' 和 '_'。",
                    "\(quoted(written)) cannot be a name. Use letters, digits, '-' and '_'.")
                continue
            }
            let name = "\(lexicon ?? "").\(written)"
            if let first = session.lexicons.location(of: name) {
                reader.error(
                    keyNode, "\"@\(name)\" 在 \(first) 已经有了。改一个的名字。",
                    "\"@\(name)\" is already defined at \(first). Rename one of the two.")
                continue
            }
            // A class that cannot be read is known all the same, so that rules which cite it are not blamed.
            guard let content = read(written, value) ?? (key == .classes ? .words(.init()) : nil), lexicon != nil else {
                session.unreadNames.insert(name)
                continue
            }
            session.lexicons.define(name, content, at: reader.location(keyNode), reader: reader)
        }
    }

    private func wordClass(_ node: Node, named name: String, aliases: AliasBook) -> WordBook.WordClass? {
        var wordClass = WordBook.WordClass(aliases: aliases)
        guard node.mapping != nil else {
            guard let nodes = reader.list(node, name) else { return nil }
            if nodes.isEmpty { refuseEmptyClass(node, name) }
            wordClass.entries = reader.termEntries(nodes, of: name)
            return wordClass
        }
        guard let fields = Fields(node, .wordClass, reader: reader) else { return nil }
        wordClass.evasion = fields[.evasion].flatMap(evasion) ?? .asRule
        if let forms = fields[.forms], let fields = Fields(forms, .forms, reader: reader) {
            wordClass.forms = self.forms(fields)
        }
        guard fields.areConsistent() else { return nil }
        if let kinds = fields[.kinds] {
            wordClass.kinds = self.kinds(kinds)
            wordClass.entries = wordClass.kinds.flatMap(\.entries)
        } else if let node = fields[.terms] {
            guard let nodes = fields.elements(.terms) else { return nil }
            if nodes.isEmpty { refuseEmptyClass(node, name) }
            wordClass.entries = terms(nodes, of: name)
        }
        return wordClass
    }

    /// How words are disguised that a class has, or the whole lexicon. nil, with a problem, if that cannot be read.
    private func evasion(_ node: Node) -> ClassEvasion? {
        if let written = node.scalar?.string, !written.isEmpty {
            return reader.choice(
                node, .evasion, of: RuleLanguage.noEvasion, as: RuleLanguage.NoEvasion.self
            ).map { _ in .none }
        }
        return reader.evasion(node).map { evasion in
            session.classConfusions.formUnion(evasion.confusions)
            return .own(evasion)
        }
    }

    private func refuseEmptyClass(_ node: Node, _ name: String) {
        reader.error(
            node, "词类 '\(name)' 是空的。加上词，或删掉它。", "the class '\(name)' is empty. Add terms, or delete it.")
    }

    /// The terms of a class; a '~' in one is where it should be.
    private func terms(_ nodes: [Node], of name: String) -> [TermEntry] {
        var reader = reader
        reader.takesInsertMarks = true
        return reader.termEntries(nodes, of: name)
    }

    private func kinds(_ node: Node) -> [(name: String, entries: [TermEntry])] {
        guard case .mapping(let mapping) = node else {
            reader.error(
                node, "\(Key.kinds) 要写成 '{silk: [真丝, 桑蚕丝]}'，一种一行。",
                "\(Key.kinds) must be a mapping: '{silk: [真丝, 桑蚕丝]}', one kind a line.")
            return []
        }
        guard mapping.count <= PackLimits.kinds else {
            reader.error(
                node, "\(Key.kinds) 有 \(mapping.count) 种，最多 \(PackLimits.kinds) 种。拆成几个词类。",
                "\(Key.kinds) has \(mapping.count) kinds, more than \(PackLimits.kinds). Split the class.")
            return []
        }
        return mapping.compactMap { key, value in
            guard let name = key.scalar?.string, !Fields.isMasked(name) else { return nil }
            guard NodeReader.isClassName(name) else {
                reader.error(
                    key, .notation, "\(quoted(name)) 不能做名字。用字母、汉字、数字、'-' 和 '_'。",
                    "\(quoted(name)) cannot be a name. Use letters, digits, '-' and '_'.")
                return nil
            }
            guard let nodes = reader.list(value, name) else { return nil }
            if nodes.isEmpty {
                reader.error(
                    value, "'\(name)' 这一种是空的。加上词，或删掉它。", "the kind '\(name)' is empty. Add terms, or delete it.")
            }
            return (name, terms(nodes, of: name))
        }
    }

    private func forms(_ fields: Fields) -> TermForms {
        func words(_ key: Key) -> [String] {
            guard fields[key] != nil, let nodes = fields.elements(key) else { return [] }
            return nodes.compactMap { node in
                guard case .term(let term)? = reader.termEntry(node) else { return nil }
                return term.text
            }
        }
        return TermForms(
            aspect: words(.aspect), degree: words(.degree), insert: words(.insert), redup: fields.truth(.redup) ?? false
        )
    }
}

extension NodeReader {
    static func isClassName(_ name: String) -> Bool {
        !name.isEmpty && name.unicodeScalars.count <= PackLimits.termLength
            && name.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-" || $0 == "_"
            }
    }
}

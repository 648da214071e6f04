import ChineseText
public import ClaimRules
import LiveEvents

/// What is seen in the text of files: the places of findings, what is written twice or needlessly, names that nothing uses.
extension Lint {
    /// As `findings(_:day:)`, each at the line where it stands, and with what only the text of the files shows.
    ///
    /// Cost: each file is read once more, and the examples are tried.
    /// - Parameter files: Those that were loaded.
    public static func findings(_ files: [PackFile], _ loaded: LoadedPacks, day: String) -> [LintFinding] {
        let sources = files.compactMap(PackSource.init)
        let places = Places(sources)
        var findings = findings(loaded.rules, day: day).compactMap(places.placed)
        findings += clearedExamples(loaded)
        for source in sources { findings += mechanical(source) }
        findings += unusedNames(sources)
        // What the reader says at the same place is not said again; one word of a class may come with many rules.
        let known = Set(loaded.problems.map(\.location))
        var seen: Set<LintFinding> = []
        return findings.filter { finding in
            var nameless = finding
            nameless.rule = RuleID("")
            (nameless.edits, nameless.anchor) = ([], nil)
            return seen.insert(nameless).inserted && !(known.contains(finding.location) && finding.code.isMechanical)
        }.sorted {
            ($0.location.file, $0.location.line, $0.location.column, $0.code.rawValue)
                < ($1.location.file, $1.location.line, $1.location.column, $1.code.rawValue)
        }
    }

    /// The files with everything mechanical put right: what the reader warns of, too. Rules mean the same after it.
    ///
    /// A file of which a rule would mean something else, or that has an error, stays as it is.
    package static func fixed(_ files: [PackFile]) -> [PackFile] {
        var result = files
        let before = RulePackLoader.load(files)
        for (number, file) in files.enumerated() {
            guard let source = PackSource(file) else { continue }
            let edits = mechanical(source).flatMap(\.edits)
            if edits.isEmpty { continue }
            var tried = result
            tried[number] = source.applying(edits)
            let after = RulePackLoader.load(tried)
            func errors(_ loaded: LoadedPacks) -> Int { loaded.problems.count { $0.kind == .error } }
            guard errors(before) == errors(after), before.rules.map(\.meaning) == after.rules.map(\.meaning)
            else { continue }
            result = tried
        }
        return result
    }

    // MARK: Places

    /// Where the words of rules are written.
    private struct Places {
        private var rules: [String: SourceNode] = [:]
        private var lexicons: [SourceNode] = []

        init(_ sources: [PackSource]) {
            for source in sources {
                if source.isLexicon { lexicons.append(source.root) }
                for rule in source.rules where rules[rule.id] == nil { rules[rule.id] = rule.node }
            }
        }

        /// nil for advice on a word that the rule only takes from a class, where another rule may need it.
        func placed(_ finding: LintFinding) -> LintFinding? {
            guard let anchor = finding.anchor, let rule = rules[finding.rule.rawValue] else { return finding }
            var finding = finding
            guard let key = rule.entry(anchor.key) else { return finding }
            finding.location = key.key.location
            guard let word = anchor.word else { return finding }
            if let place = Self.place(of: word, in: key.value) {
                finding.location = place
            } else if let place = lexicons.lazy.compactMap({ Self.place(of: word, in: $0) }).first {
                if finding.code == .coveredTerm { return nil }
                finding.location = place
            }
            return finding
        }

        private static func place(of word: String, in node: SourceNode) -> SourceLocation? {
            var found: SourceLocation?
            node.forEach { if found == nil, $0.text == word { found = $0.location } }
            return found
        }
    }

    // MARK: Mechanical

    private static func mechanical(_ source: PackSource) -> [LintFinding] {
        var findings: [LintFinding] = []
        for (id, node) in source.rules {
            findings += needlessQuotes(source, node, id)
            for key in [Key.match, .unless, .needs, .exempt, .evasion] {
                guard let part = node[key] else { continue }
                findings += lists(source, part, id)
                findings += expressions(source, part, id)
            }
        }
        for key in [Key.lists, .classes, .guards, .expressions] {
            guard let part = source.root[key] else { continue }
            for entry in part.entries {
                let name =
                    source.isLexicon
                    ? "\(source.root[.lexicon]?.text ?? "").\(entry.key.text ?? "")" : entry.key.text ?? ""
                findings += needlessQuotes(source, entry.value, name)
                findings += lists(source, entry.value, name)
                findings += expressions(source, entry.value, name)
            }
        }
        return findings
    }

    private static func needlessQuotes(_ source: PackSource, _ node: SourceNode, _ name: String) -> [LintFinding] {
        var quoted: [SourceNode] = []
        func look(_ node: SourceNode) {
            if case .scalar(let text, isPlain: false) = node.content, isPlainEnough(text) { quoted.append(node) }
            for element in node.elements { look(element) }
            for entry in node.entries { look(entry.value) }
        }
        look(node)
        guard let first = quoted.first, let text = first.text else { return [] }
        let more =
            quoted.count > 1 ? Wording("等 \(quoted.count) 处", " and \(quoted.count - 1) more") : Wording("", "")
        return [
            LintFinding(
                code: .needlessQuotes, name: name, location: first.location,
                reason: Wording("「\(text)」\(more.chinese)不用加引号。", "「\(text)」\(more.english) need no quotes."),
                change: Wording("去掉引号。", "Take them away."),
                edits: quoted.compactMap { source.replacing($0, by: $0.text ?? "") })
        ]
    }

    /// Whether YAML reads a text without quotes as that text: Chinese, and letters and digits behind it.
    private static func isPlainEnough(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        return scalars.first.map { (0x4E00...0x9FFF).contains($0.value) } == true
            && scalars.allSatisfy {
                (0x4E00...0x9FFF).contains($0.value)
                    || ($0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0)))
            }
    }

    /// Words twice in one list, and words with blanks around them.
    private static func lists(_ source: PackSource, _ node: SourceNode, _ name: String) -> [LintFinding] {
        var findings: [LintFinding] = []
        node.forEachWordList { elements, inBrackets in
            var seen: [[UInt32]: String] = [:]
            for element in elements {
                guard let text = element.text, !text.isEmpty, text.first != "@" else { continue }
                let trimmed = text.trimmingBlanks
                if trimmed != text, !trimmed.isEmpty {
                    let written = isPlainEnough(trimmed) ? trimmed : "\"\(trimmed)\""
                    let edit = trimmed.contains { "\"\\".contains($0) } ? nil : source.replacing(element, by: written)
                    findings.append(
                        LintFinding(
                            code: .outerBlanks, name: name, location: element.location,
                            reason: Wording(
                                "「\(trimmed)」两头有空格，读的时候不算。", "there are blanks around 「\(trimmed)」, which do not count."
                            ),
                            change: Wording("去掉空格。", "Take them away."), edits: [edit].compactMap(\.self)))
                }
                let symbols = folded(trimmed)
                if let earlier = seen[symbols] {
                    let edit = source.deleting(element, fromBrackets: inBrackets)
                    let same = earlier == trimmed
                    findings.append(
                        LintFinding(
                            code: .wordTwice, name: name, location: element.location,
                            reason: Wording(
                                "「\(trimmed)」前面已有\(same ? "" : "「\(earlier)」，读法一样")，这个不起作用。",
                                "「\(trimmed)」 stands there already\(same ? "" : " as 「\(earlier)」"), and does nothing here."
                            ),
                            change: Wording("删掉后一个。", "Delete the later one."), edits: [edit].compactMap(\.self)))
                } else if !symbols.isEmpty {
                    seen[symbols] = trimmed
                }
            }
        }
        return findings
    }

    /// Forms that can be said in another, or without a word.
    private static func expressions(_ source: PackSource, _ node: SourceNode, _ name: String) -> [LintFinding] {
        guard source.root[.requires]?.text == LanguageVersion.two.rawValue else { return [] }
        var findings: [LintFinding] = []
        node.forEach { expression in
            guard case .mapping(_, let inBraces) = expression.content else { return }
            let order = expression.entry(.order)
            if let order, expression[.seq] != nil, order.value.text == Rule.Condition.Order.written.rawValue {
                let edit = source.deleting(order, fromBrackets: inBraces)
                findings.append(
                    LintFinding(
                        code: .writtenDefault, name: name, location: order.key.location,
                        reason: Wording("seq 本来就按写的先后。", "seq is in the order written anyhow."),
                        change: Wording("删掉 order。", "Delete order."), edits: [edit].compactMap(\.self)))
            }
            if let all = expression.entry(.all), expression[.within] != nil,
                order == nil || order?.value.text == Rule.Condition.Order.any.rawValue
            {
                let edit = source.replacing(all.key, by: Key.near.rawValue)
                let rest = order.map { source.deleting($0, fromBrackets: inBraces) }
                let edits = rest == .some(nil) ? [] : [edit, rest.flatMap(\.self)].compactMap(\.self)
                findings.append(
                    LintFinding(
                        code: .allWithin, name: name, location: all.key.location,
                        reason: Wording("all 加 within 就是 near。", "all with within is near."),
                        change: Wording("写 near。", "Write near."), edits: edits))
            }
        }
        return findings
    }

    // MARK: Names

    /// Names of lexicons that no rule and no other name uses. Not told where no rule is there to use them.
    private static func unusedNames(_ sources: [PackSource]) -> [LintFinding] {
        guard sources.contains(where: { !$0.rules.isEmpty }) else { return [] }
        var used: Set<String> = []
        for source in sources {
            source.root.forEach { node in
                guard let text = node.text, text.contains("@") else { return }
                for piece in text.split(separator: "@").dropFirst(text.first == "@" ? 0 : 1) {
                    used.insert(String(piece.prefix { $0.isLetter || $0.isNumber || "._-".contains($0) }))
                }
            }
        }
        return sources.filter(\.isLexicon).compactMap { source in
            let lexicon = source.root[.lexicon]?.text ?? ""
            let unused = [Key.classes, .guards, .expressions].flatMap { source.root[$0]?.entries ?? [] }.filter {
                $0.key.text.map { !used.contains("\(lexicon).\($0)") } ?? false
            }
            guard let first = unused.first else { return nil }
            let names = unused.prefix(mostNames).compactMap(\.key.text).map { "\(lexicon).\($0)" }.joined(
                separator: ", ")
            let more =
                unused.count > mostNames
                ? Wording("，还有 \(unused.count - mostNames) 个", " and \(unused.count - mostNames) more")
                : Wording("", "")
            return LintFinding(
                code: .unusedName, name: lexicon, location: first.key.location,
                reason: Wording("没有规则用：\(names)\(more.chinese)。", "no rule uses \(names)\(more.english)."),
                change: Wording("在规则里写 \"@…\"，或删掉它们。", "Use them in rules, as \"@…\", or delete them."))
        }
    }

    /// Unused names of a lexicon that are told.
    private static let mostNames = 12
}

extension LintFinding.Code {
    /// Whether the reader may have said so already.
    fileprivate var isMechanical: Bool { self == .wordTwice || self == .outerBlanks }
}

extension SourceNode {
    /// Each list within it of which every element is as good as another: not the parts of `seq`, `near` and `all`.
    fileprivate func forEachWordList(_ body: (_ elements: [SourceNode], _ inBrackets: Bool) -> Void) {
        if case .list(let elements, let inBrackets) = content { body(elements, inBrackets) }
        for element in elements { element.forEachWordList(body) }
        for entry in entries {
            if let key = entry.key.text, [Key.seq, .near, .all].contains(where: { $0.rawValue == key }) {
                for part in entry.value.elements { part.forEachWordList(body) }
            } else {
                entry.value.forEachWordList(body)
            }
        }
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }
}

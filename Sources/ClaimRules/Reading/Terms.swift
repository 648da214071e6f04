import Yams

/// A term and where it was written.
struct PlacedTerm {
    var text: String
    var location: SourceLocation
}

/// What may stand where terms stand: a term, or the name of a list.
enum TermEntry {
    case term(PlacedTerm)
    case list(name: String, SourceLocation)
}

/// The terms of one rule or part, gathered from words and lists: each once, by its folded form.
struct TermCollector {
    let reader: NodeReader
    private(set) var terms: [PlacedTerm] = []
    /// As first written, by the folded term.
    private var seen: [String: String] = [:]

    init(_ reader: NodeReader) { self.reader = reader }

    /// - Parameter warn: Whether its author hears of a term that is there already.
    /// - Returns: false if the terms of all rules are spent.
    mutating func add(_ term: PlacedTerm, warn: Bool) -> Bool {
        guard reader.session.spendTerm(at: term.location) else { return false }
        let folded = reader.session.folded(term.text)
        if let earlier = seen[folded] {
            if warn { reader.warnOfRepeated(term, writtenAs: earlier) }
            return true
        }
        seen[folded] = term.text
        if reader.session.termLocations[term.text] == nil { reader.session.termLocations[term.text] = term.location }
        terms.append(term)
        return true
    }

    /// Whether they are no more than one rule may have. Says so if not.
    func isWithinLimit(at location: SourceLocation) -> Bool {
        if terms.count <= PackLimits.termsPerRule { return true }
        reader.session.log.error(
            location, "连同词表里的一共 \(terms.count) 个词，最多 \(PackLimits.termsPerRule) 个。拆成几条规则。",
            "\(terms.count) terms with those of the lists, more than \(PackLimits.termsPerRule). Split the rule.")
        return false
    }
}

extension NodeReader {
    /// The terms and list names of a list; those that are wrong are reported and left out.
    ///
    /// - Parameter name: The list in messages.
    func termEntries(_ nodes: [Node], of name: String) -> [TermEntry] { termEntries(nodes, of: Wording(name: name)) }

    func termEntries(_ nodes: [Node], of name: Wording) -> [TermEntry] {
        guard nodes.count <= PackLimits.termsPerRule else {
            error(
                nodes[0], "'\(name.chinese)' 有 \(nodes.count) 个词，最多 \(PackLimits.termsPerRule) 个。拆成几条规则。",
                "'\(name.english)' has \(nodes.count) terms, more than \(PackLimits.termsPerRule). Split the rule.")
            return []
        }
        warnOfCutNumbers(nodes)
        return nodes.compactMap(termEntry)
    }

    func termEntry(_ node: Node) -> TermEntry? {
        switch node {
        case .sequence:
            error(
                node, "列表里又套了列表。把里面的词写到外面的列表里。",
                "a list inside a list. Write its terms in the list around it.")
            return nil
        case .mapping(let mapping):
            if mapping.keys.contains(where: { $0.scalar?.string == Key.from.rawValue }) {
                error(
                    node, "\(Key.from) 这一版还不支持。删掉它，把词写在这里。",
                    "\(Key.from) is not supported yet by this version. Remove it, and write the terms here.")
            } else {
                error(
                    node, "词要写文字，不能写成“键: 值”。带 ': ' 或花括号的词要加引号。",
                    "a term must be text, not a mapping. Put a term with ': ' or braces in quotes.")
            }
            return nil
        default: break
        }
        guard let written = text(node, Wording("词", "a term"), numbers: .allowed, limit: PackLimits.textLength) else {
            return nil
        }
        let text = withoutOuterSpaces(written)
        if text.first == RuleLanguage.listMark { return .list(name: String(text.dropFirst()), location(node)) }
        if let name = nameInWideSigns(text) {
            let said = Wording(
                "\(quoted(text)) 的符号是全角的，会当成一个词来找。写 \"@\(name)\"。",
                "\(quoted(text)) is taken as a term, for its signs are full-width. Write \"@\(name)\".")
            guard version == .one else {
                error(node, .classExpression, said.chinese, said.english)
                return nil
            }
            // Packs of the first version load with it.
            warning(node, said.chinese, said.english)
        } else if !warnOfWideComma(text, node) {
            warnOfSigns(text, at: location(node))
        }
        return isTerm(text, at: location(node)) ? .term(PlacedTerm(text: text, location: location(node))) : nil
    }

    /// Whether a text can be a term. Says why not.
    func isTerm(_ text: String, at location: SourceLocation) -> Bool {
        let length = text.unicodeScalars.count
        guard length <= PackLimits.termLength else {
            session.log.error(
                location, "这个词有 \(length) 个字，最多 \(PackLimits.termLength) 个。留下要紧的字。",
                "the term has \(length) characters, more than \(PackLimits.termLength). Keep the words that matter.")
            return false
        }
        let slot = RuleLanguage.plannedNumberSlot
        guard !text.utf8.contains(UInt8(ascii: "{")) || !text.contains(slot) else {
            session.log.error(
                location, "'\(slot)' 这一版还不支持。把要紧的数直接写成词。",
                "'\(slot)' is not supported yet by this version. Write the numbers that matter as terms.")
            return false
        }
        guard hasMarksInPlace(text, at: location) else { return false }
        guard !session.folded(text).isEmpty else {
            session.log.error(
                location, "词 \(quoted(text)) 去掉全半角、大小写和符号的差别后什么也不剩。写上字，或删掉它。",
                "nothing is left of the term \(quoted(text)) once width, case and signs are folded. Write words, or delete it."
            )
            return false
        }
        return true
    }

    /// Of a term that stands in the same list before, once folded.
    func warnOfRepeated(_ term: PlacedTerm, writtenAs earlier: String) {
        let same =
            earlier == term.text
            ? Wording(name: "") : Wording("，写作 \(quoted(earlier))", ", as \(quoted(earlier))")
        session.log.warning(
            term.location, "词 \(quoted(term.text)) 已经写过\(same.chinese)。删掉一个。",
            "the term \(quoted(term.text)) is already here\(same.english). Delete one.")
    }

    private func hasMarksInPlace(_ text: String, at location: SourceLocation) -> Bool {
        let mark = RuleLanguage.insertMark
        guard version > .one, text.contains(mark) else { return true }
        let pieces = text.split(separator: mark, omittingEmptySubsequences: false)
        if takesInsertMarks, pieces.count == 2, pieces.allSatisfy({ !$0.isEmpty }) { return true }
        error(
            location, .formMark, "\(quoted(text))：'\(mark)' 只在词库里标插字的位置，词中间一处。",
            "\(quoted(text)): '\(mark)' marks where words go in, once, inside a term of a lexicon. Delete it.")
        return false
    }

    /// The name in what a Chinese keyboard writes for "@name": ＠name, “@name”. Nil if it is a term.
    private func nameInWideSigns(_ text: String) -> String? {
        let bare = text.drop { "“”‘’＂＇".contains($0) }
        guard let first = bare.first, first == "＠" || (first == "@" && bare.count < text.count) else { return nil }
        return String(bare.dropFirst().prefix { !"“”‘’＂＇".contains($0) })
    }

    /// - Returns: Whether a comma of a Chinese keyboard makes one term of several.
    private func warnOfWideComma(_ text: String, _ node: Node) -> Bool {
        guard let comma = text.first(where: { "，、；".contains($0) }) else { return false }
        warning(
            node, "词 \(quoted(text)) 里有 '\(comma)'，算一个词。词与词之间写 ', '，或删掉这个符号。",
            "the term \(quoted(text)) holds '\(comma)' and is one term. Write ', ' between terms, or delete the sign.")
        return true
    }
}

import TermMatching
import Yams

/// What has a name: the classes and guards of all lexicons, or the lists of one pack of claimwatch/2.
///
/// Each class is written out once, when it is first asked for, and each expression over classes once for each way to
/// see its words, whatever the number of rules that cite it.
final class WordBook {
    struct WordClass {
        var entries: [TermEntry] = []
        /// The terms again, by the name of their kind, of a class that has kinds.
        var kinds: [(name: String, entries: [TermEntry])] = []
        var forms = TermForms()
        var evasion = ClassEvasion.asRule
        var aliases: AliasBook?
        /// Folded: words that an overlay took out.
        var removed: Set<String> = []
    }
    enum Content {
        case words(WordClass)
        case contextGuard(GuardDraft)
        /// Read where it is cited, with the disguises of the rule.
        case expression(Node)
    }
    private struct Definition {
        var content: Content
        var location: SourceLocation
        var reader: NodeReader
        var isUsed = false
        var groups: [WordGroup]?
    }
    private struct SetKey: Hashable {
        var text: String
        var evasion: Evasion
    }

    /// The lexicons, where this book is the lists of a pack.
    private let lexicons: WordBook?
    private var definitions: [String: Definition] = [:]
    private var path: [String] = []
    private var groupsByText: [String: [WordGroup]] = [:]
    private var sets: [SetKey: [WordSet]] = [:]

    /// The book of all lexicons, empty.
    init() { lexicons = nil }

    /// The lists of a pack.
    init(_ lists: ListResolver, lexicons: WordBook) {
        self.lexicons = lexicons
        lists.forEach { name, entries, location in
            define(name, .words(WordClass(entries: entries)), at: location, reader: lists.reader)
        }
        resolveAll()
    }

    func location(of name: String) -> SourceLocation? { definitions[name]?.location }

    func define(_ name: String, _ content: Content, at location: SourceLocation, reader: NodeReader) {
        definitions[name] = Definition(content: content, location: location, reader: reader)
    }

    /// Of classes, guards and expressions, in order.
    var names: [String] { definitions.keys.sorted() }

    /// Adds words to a class or a guard and takes words out of a class, before it is written out. Says what comes to nothing.
    func change(_ name: String, adding: [TermEntry], removing: [TermEntry], overlay: NodeReader) {
        guard let definition = definitions[name], let place = (adding + removing).first?.location else { return }
        switch definition.content {
        case .expression:
            overlay.error(
                place, .wrongKindOfName, "\"@\(name)\" 是条件，不能加词。改它用到的词类。",
                "\"@\(name)\" is an expression and takes no words. Change a class that it cites.")
        case .contextGuard(var draft):
            draft.words += adding
            if let first = removing.first {
                overlay.error(
                    first.location, .wrongKindOfName, "\"@\(name)\" 是排除条件，只能加词。",
                    "\"@\(name)\" is a guard: words can only be added.")
            }
            definitions[name]?.content = .contextGuard(draft)
        case .words(var wordClass):
            let known = terms(of: name)
            for case .term(let term) in adding where known.contains(overlay.session.folded(term.text)) {
                overlay.warning(
                    term.location, .pointlessChange, "'\(name)' 里已经有 \(quoted(term.text))。删掉它。",
                    "'\(name)' has \(quoted(term.text)) already. Delete it.")
            }
            wordClass.entries += adding.filter { entry in
                guard case .term(let term) = entry else { return true }
                return !known.contains(overlay.session.folded(term.text))
            }
            for case .term(let term) in removing {
                let folded = overlay.session.folded(term.text)
                wordClass.removed.insert(folded)
                guard !known.contains(folded) else { continue }
                let meant = Suggestions.nearest(to: term.text, among: known.sorted())
                let said = Wording(
                    "'\(name)' 里没有 \(quoted(term.text))（更新后去掉了？）。",
                    "'\(name)' has no \(quoted(term.text)) (taken out by an update?).")
                let advice = Suggestions.advice(meant, otherwise: Wording("删掉它。", "Delete it."))
                overlay.session.log.tell(.warning, term.location, .unknownTarget, said + advice)
            }
            definitions[name]?.content = .words(wordClass)
        }
    }

    /// The terms of a class, folded, those of classes it names too, as they are written before any is written out.
    private func terms(of name: String) -> Set<String> {
        var (found, seen, waiting): (Set<String>, Set<String>, [String]) = ([], [name], [name])
        while let next = waiting.popLast() {
            guard let definition = definitions[next], case .words(let wordClass) = definition.content else { continue }
            for entry in wordClass.entries {
                switch entry {
                case .term(let term):
                    found.insert(definition.reader.session.folded(term.text.filter { $0 != RuleLanguage.insertMark }))
                case .list(let inner, _):
                    for name in (try? ClassExpression("@" + inner))?.names ?? [] where seen.insert(name).inserted {
                        waiting.append(name)
                    }
                }
            }
        }
        return found
    }

    /// Writes every class out  so that what is wrong with one is told though no rule cites it.
    func resolveAll() {
        for name in definitions.keys.sorted() { _ = groups(ofName: name) }
    }

    func warnOfUnused() {
        for (name, definition) in definitions where !definition.isUsed {
            definition.reader.session.log.warning(
                definition.location, "没有规则用词表 '\(name)'。在规则里写 \"@\(name)\"，或删掉它。",
                "no rule uses the list '\(name)'. Use \"@\(name)\" in a rule, or delete it.")
        }
    }

    /// The guard with this name, if it is one.
    func contextGuard(named name: String) -> GuardDraft? {
        guard let definition = definitions[name] else { return lexicons?.contextGuard(named: name) }
        if case .contextGuard(let draft) = definition.content { return draft } else { return nil }
    }

    /// The kinds of a class, as words of listings are seen; empty of a class without kinds.
    func kinds(of name: String, seen evasion: Evasion) -> [WordKind] {
        guard let definition = definitions[name] else { return lexicons?.kinds(of: name, seen: evasion) ?? [] }
        guard case .words(let wordClass) = definition.content else { return [] }
        let tolerance = wordClass.evasion.seen(by: evasion).contextTolerance
        return wordClass.kinds.map { kind in
            var texts: [String] = []
            for entry in kind.entries {
                switch entry {
                case .term(let term):
                    texts += wordClass.forms.forms(of: term.text).filter {
                        !wordClass.removed.contains(definition.reader.session.folded($0))
                    }
                case .list(let inner, let location):
                    let groups = groups(of: "@" + inner, at: location, reader: definition.reader) ?? []
                    texts += groups.flatMap(\.texts)
                }
            }
            return WordKind(kind.name, texts.map { Term($0, tolerance: tolerance) })
        }
    }

    /// The expression with this name, and the reader of its file, if it is one.
    func expression(named name: String) -> (node: Node, reader: NodeReader)? {
        guard let definition = definitions[name] else { return lexicons?.expression(named: name) }
        if case .expression(let node) = definition.content { return (node, definition.reader) } else { return nil }
    }

    /// Reads what no rule may cite, so that what is wrong with it is told all the same.
    func check() {
        for name in definitions.keys.sorted() {
            guard let definition = definitions[name] else { continue }
            let aliases = AliasBook(nil, reader: definition.reader)
            let words = WordReader(reader: definition.reader, book: self, aliases: aliases, evasion: Evasion())
            switch definition.content {
            case .words: break
            case .contextGuard(let draft): _ = words.contextGuard(draft)
            case .expression(let node):
                var expressions = ExpressionReader(reader: definition.reader, words: words)
                _ = expressions.read(node)
            }
        }
    }

    // MARK: Classes

    /// What an expression over classes stands for. nil, with a problem, if it cannot be read or a name is not known.
    func groups(of text: String, at location: SourceLocation, reader: NodeReader) -> [WordGroup]? {
        guard let expression = parsed(text, at: location, reader: reader) else { return nil }
        if let name = expression.name { return groups(named: name, at: location, reader: reader) }
        if let known = groupsByText[text] {
            for name in expression.names { markUsed(name) }
            return known
        }
        guard let joined = groups(of: expression.joined, at: location, reader: reader),
            let taken = groups(of: expression.taken, at: location, reader: reader)
        else { return nil }
        guard taken.allSatisfy({ $0.minus.isEmpty }) else {
            reader.error(
                location, .classExpression, "'-' 后面的词类自己不能带 '-'。把要减的词直接写出来：- [词, 词]。",
                "a class behind '-' cannot have a '-' of its own. Write the words: - [word, word].")
            return nil
        }
        let minus = taken.flatMap(\.texts)
        let result = subtract(minus, from: merged(joined, reader: reader), text, at: location, reader: reader)
        guard let result,
            result.joined(by: { $0.texts + $0.minus }).allSatisfy({ _ in reader.session.spendTerm(at: location) })
        else { return nil }
        groupsByText[text] = result
        return result
    }

    /// The words of an expression over classes, as a rule with these disguises is to see them, one set for each way.
    func sets(of text: String, seen evasion: Evasion, at location: SourceLocation, reader: NodeReader) -> [WordSet]? {
        guard let expression = parsed(text, at: location, reader: reader) else { return nil }
        if let lexicons, expression.names.allSatisfy({ definitions[$0] == nil && $0.contains(".") }) {
            return lexicons.sets(of: text, seen: evasion, at: location, reader: reader)
        }
        let key = SetKey(text: text, evasion: evasion)
        if let known = sets[key] {
            for name in expression.names { markUsed(name) }
            return known
        }
        guard let groups = groups(of: text, at: location, reader: reader) else { return nil }
        let found = groups.map { $0.set(seen: evasion, className: expression.name) }
        guard groups.joined(by: { $0.texts }).allSatisfy({ _ in reader.session.spendTerm(at: location) }) else {
            return nil
        }
        sets[key] = found
        return found
    }

    private func parsed(_ text: String, at location: SourceLocation, reader: NodeReader) -> ClassExpression? {
        do { return try ClassExpression(text) } catch {
            reader.session.log.tell(.error, location, .classExpression, error.wording(in: text))
            return nil
        }
    }

    private func groups(of items: [ClassExpression.Item], at location: SourceLocation, reader: NodeReader)
        -> [WordGroup]?
    {
        var found: [WordGroup] = []
        for item in items {
            switch item {
            case .name(let name):
                guard let groups = groups(named: name, at: location, reader: reader) else { return nil }
                found += groups
            case .words(let words):
                guard words.allSatisfy({ reader.isTerm($0, at: location) }) else { return nil }
                for word in words { note(word, location, reader) }
                found.append(WordGroup(texts: words, isShared: lexicons == nil))
            }
        }
        return found
    }

    private func groups(named name: String, at location: SourceLocation, reader: NodeReader) -> [WordGroup]? {
        guard let definition = definitions[name] else {
            if let lexicons, name.contains(".") { return lexicons.groups(named: name, at: location, reader: reader) }
            reportUnknown(name, at: location, reader: reader)
            return nil
        }
        guard case .words = definition.content else {
            if case .expression = definition.content {
                reader.error(
                    location, .wrongKindOfName, "\"@\(name)\" 是条件，这里要写词或词类。",
                    "\"@\(name)\" is an expression, and words stand here. Name a class.")
            } else {
                reader.error(
                    location, .wrongKindOfName, "\"@\(name)\" 是排除条件，只能写在 \(Key.unless.rawValue) 里。",
                    "\"@\(name)\" is a guard and stands in \(Key.unless.rawValue) only.")
            }
            return nil
        }
        if path.contains(name) {
            let circle = (path.drop { $0 != name } + [name]).map { "@\($0)" }.joined(separator: " → ")
            let shown = circle.count <= 200 ? circle : "@\(name) → … → @\(name)"
            reader.error(
                location, .circle, "词类互相引用成圈：\(shown)。去掉一个。",
                "classes name one another in a circle: \(shown). Take one of the names out.")
            return nil
        }
        markUsed(name)
        return groups(ofName: name)
    }

    /// Depth is bounded by the names on the path, of which none is entered again.
    private func groups(ofName name: String) -> [WordGroup]? {
        guard let definition = definitions[name], case .words(let wordClass) = definition.content else { return nil }
        if let known = definition.groups { return known }
        let reader = definition.reader
        guard path.count < PackLimits.classDepth else {
            reader.error(
                definition.location, .circle, "词类套了 \(PackLimits.classDepth) 层以上。把词直接写在一处。",
                "classes name one another more than \(PackLimits.classDepth) levels deep. Write the words in one place."
            )
            return nil
        }
        path.append(name)
        defer { path.removeLast() }
        var found: [WordGroup] = []
        var own = WordGroup(isShared: lexicons == nil)
        var seen: Set<String> = []
        for entry in wordClass.entries {
            switch entry {
            case .term(let term):
                let bare = term.text.filter { $0 != RuleLanguage.insertMark }
                if wordClass.removed.contains(reader.session.folded(bare)) { continue }
                guard seen.insert(reader.session.folded(bare)).inserted else {
                    reader.warning(
                        term.location, nil, "\(quoted(term.text)) 在 '\(name)' 里重复了。删掉一个。",
                        "the term \(quoted(term.text)) is in '\(name)' twice, once folded. Delete one.")
                    continue
                }
                let forms = wordClass.forms.forms(of: term.text)
                guard forms.count <= PackLimits.forms else {
                    reader.error(
                        term.location, .tooManyForms,
                        "\(quoted(term.text)) 变出 \(forms.count) 个写法（最多 \(PackLimits.forms)）。减少 forms 里的词。",
                        "\(quoted(term.text)) has \(forms.count) forms, more than \(PackLimits.forms). Take words out of forms."
                    )
                    continue
                }
                own.texts += forms.filter { $0 == forms[0] || seen.insert(reader.session.folded($0)).inserted }
                for form in forms { note(form, term.location, reader) }
            case .list(let inner, let location):
                found += groups(of: "@" + inner, at: location, reader: reader) ?? []
            }
        }
        if !own.texts.isEmpty { found.insert(own, at: 0) }
        for index in found.indices {
            if let aliases = wordClass.aliases {
                for text in found[index].texts {
                    let known = aliases.aliases(of: text)
                    if !known.isEmpty { found[index].aliases[text] = known }
                }
            }
            if found[index].evasion == .asRule { found[index].evasion = wordClass.evasion }
        }
        if !wordClass.removed.isEmpty {
            for index in found.indices {
                found[index].texts.removeAll { wordClass.removed.contains(reader.session.folded($0)) }
            }
            found.removeAll(where: \.texts.isEmpty)
        }
        var groups = merged(found, reader: reader)
        let count = groups.reduce(0) { $0 + $1.texts.count }
        let isAffordable = groups.joined(by: { $0.texts }).allSatisfy { _ in
            reader.session.spendTerm(at: definition.location)
        }
        if count > PackLimits.termsPerRule {
            reader.session.log.error(
                definition.location, "'\(name)' 展开后有 \(count) 个词，最多 \(PackLimits.termsPerRule) 个。拆成几个。",
                "'\(name)' grows to \(count) terms, more than \(PackLimits.termsPerRule). Split it.")
        }
        if count > PackLimits.termsPerRule || !isAffordable { groups = [] }
        definitions[name]?.groups = groups
        return groups
    }

    // MARK: Algebra

    /// Joins groups that are seen alike, and drops a word that is already in a group seen so.
    private func merged(_ groups: [WordGroup], reader: NodeReader) -> [WordGroup] {
        if groups.count < 2 { return groups }
        var result: [WordGroup] = []
        var seen: [Set<String>] = []
        for group in groups {
            let index = result.firstIndex { $0.isLike(group) } ?? result.count
            if index == result.count {
                var empty = group
                (empty.texts, empty.aliases) = ([], [:])
                result.append(empty)
                seen.append([])
            }
            for text in group.texts where seen[index].insert(reader.session.folded(text)).inserted {
                result[index].texts.append(text)
                result[index].aliases[text] = group.aliases[text]
            }
        }
        return result
    }

    /// Takes equal words out, and notes the others for the matcher: what lies inside one of them is no occurrence.
    private func subtract(
        _ minus: [String], from groups: [WordGroup], _ text: String, at location: SourceLocation, reader: NodeReader
    ) -> [WordGroup]? {
        guard !minus.isEmpty else { return groups }
        let folded = Set(minus.map(reader.session.folded))
        let known = Set(groups.flatMap(\.texts).map(reader.session.folded))
        var result: [WordGroup] = []
        for group in groups {
            var rest = group
            rest.texts.removeAll { folded.contains(reader.session.folded($0)) }
            rest.minus += minus.filter { !group.minus.contains($0) }
            if !rest.texts.isEmpty { result.append(rest) }
        }
        guard !result.isEmpty else {
            reader.error(
                location, .emptyDifference, "\(quoted(text)) 减完一个词也不剩。少减一些。",
                "nothing is left of \(quoted(text)). Take less out.")
            return nil
        }
        let lengths = Set(known.map(\.unicodeScalars.count))
        let mayHide = groups.contains(where: \.evasion.hides)
        if !mayHide, minus.count <= Self.maxCheckedWords {
            for word in minus where !Self.holds(reader.session.folded(word), oneOf: known, lengths) {
                reader.warning(
                    location, .pointlessDifference, "'\(word)' 里没有词类的词，减了等于没减。删掉它。",
                    "'\(word)' holds no word of the class, so taking it out changes nothing. Delete it.")
            }
        }
        return result
    }

    private static let maxCheckedWords = 1_000

    /// Whether a word is, or holds, one of those.
    static func holds(_ word: String, oneOf words: Set<String>, _ lengths: Set<Int>) -> Bool {
        let symbols = Array(word.unicodeScalars)
        for length in lengths where length <= symbols.count {
            for start in 0...(symbols.count - length)
            where words.contains(String(String.UnicodeScalarView(symbols[start..<(start + length)]))) { return true }
        }
        return false
    }

    // MARK: Names

    private func markUsed(_ name: String) {
        guard let definition = definitions[name] else { lexicons?.markUsed(name); return }
        guard !definition.isUsed else { return }
        definitions[name]?.isUsed = true
        guard case .words(let wordClass) = definition.content else { return }
        for case .list(let inner, _) in wordClass.entries {
            for name in (try? ClassExpression("@" + inner))?.names ?? [] { markUsed(name) }
        }
    }

    private func note(_ term: String, _ location: SourceLocation, _ reader: NodeReader) {
        if reader.session.termLocations[term] == nil { reader.session.termLocations[term] = location }
    }

    private func reportUnknown(_ name: String, at location: SourceLocation, reader: NodeReader) {
        guard reader.session.log.hasRoom(for: reader.file) else {
            return reader.session.log.error(location, "没有这个词表。", "unknown list.")
        }
        if let lexicons {
            // The name alone of what a lexicon has is meant before another word.
            let meant =
                lexicons.definitions.keys.filter { $0.hasSuffix("." + name) }.min()
                ?? Suggestions.nearest(to: name, among: definitions.keys.sorted())
            if let meant { markUsed(meant) }
            let advice =
                meant.map { Wording("要写 \"@\($0)\" 吗？", "Did you mean \"@\($0)\"?") }
                ?? Wording(
                    "把它写在本文件的 \(Key.lists.rawValue) 里，或引用词库里的 \"@词库.名字\"。",
                    "Add it under \(Key.lists.rawValue) in this file, or cite a lexicon's \"@lexicon.name\".")
            let said = Wording("本包没有词表 \(quoted(name))。", "there is no list \(quoted(name)) in this pack.")
            return reader.session.log.tell(.error, location, .unknownClass, said + advice)
        }
        let lexicon = String(name.prefix { $0 != "." })
        let session = reader.session
        if session.hasNamelessLexicon || !session.unreadNames.isDisjoint(with: [lexicon, name]) { return }
        let isKnown = definitions.keys.contains { $0.hasPrefix(lexicon + ".") }
        // Of a known lexicon a name in it; else the whole name.
        let own = definitions.keys.filter { $0.hasPrefix(lexicon + ".") }.map { $0.dropFirst(lexicon.count + 1) }
        let meant =
            isKnown
            ? Suggestions.nearest(to: String(name.dropFirst(lexicon.count + 1)), among: own.map { String($0) }.sorted())
                .map { "\(lexicon).\($0)" }
            : Suggestions.nearest(to: name, among: definitions.keys.sorted())
        let said =
            isKnown && name.contains(".")
            ? Wording(
                "词库 \(lexicon) 里没有 \(quoted(String(name.dropFirst(lexicon.count + 1))))。",
                "the lexicon \(lexicon) has no \(quoted(String(name.dropFirst(lexicon.count + 1)))).")
            : Wording("没有词库 \(quoted(lexicon))。", "there is no lexicon \(quoted(lexicon)).")
        let advice =
            meant.map { Wording("要写 \"@\($0)\" 吗？", "Did you mean \"@\($0)\"?") }
            ?? (definitions.isEmpty
                ? Wording(
                    "一个词库也没读到：检查时给出放规则包和词库的文件夹，不要只给一个文件。",
                    "No lexicon was read at all. Name the folder that holds packs and lexicons, not one file.")
                : Wording(
                    "在词库文件的 \(Key.classes.rawValue) 里加上它，或直接写词。",
                    "Add it under \(Key.classes.rawValue) in a lexicon file, or write the words."))
        reader.session.log.tell(.error, location, .unknownClass, said + advice)
    }
}

extension WordGroup {
    /// The words as the matcher is to see them, for a rule with these disguises.
    func set(seen ruleEvasion: Evasion, className: String?) -> WordSet {
        let evasion = evasion.seen(by: ruleEvasion, hasAliases: !aliases.isEmpty)
        return WordSet(
            terms: texts.map { Term($0, tolerance: evasion.tolerance, aliases: aliases[$0] ?? []) },
            minScore: UInt8(clamping: evasion.minScore), wholeWords: evasion.wholeWords,
            minus: minus.map { Term($0, tolerance: evasion.contextTolerance) }, className: className)
    }
}

extension Evasion {
    /// As words around a hit are seen: whether one lies inside another word does not matter.
    var contextTolerance: Tolerance {
        var tolerance = tolerance
        tolerance.marksEmbedded = false
        return tolerance
    }
}

extension ClassExpression.Failure {
    func wording(in text: String) -> Wording {
        switch self {
        case .itemExpected(let sign) where sign == "-":
            Wording("'-' 后面要有词类或 [词, 词]。", "'-' needs a class or [word, word] behind it.")
        case .itemExpected(let sign):
            Wording(
                "\(quoted(text)) 里，'\(sign)' 后面要有 @词类。",
                "in \(quoted(text)), a class, \"@name\", must stand behind '\(sign)'.")
        case .operatorExpected(let rest):
            Wording(
                "\(quoted(text)) 里的 \(quoted(rest)) 读不懂。词类之间写 '|'（或）或 ' - '（减）。",
                "\(quoted(rest)) in \(quoted(text)) cannot be read. Write '|' or ' - ' between classes.")
        case .bracketNotClosed: Wording("\(quoted(text)) 少一个 ']'。", "\(quoted(text)) lacks a ']'. Add it.")
        case .wordExpected:
            Wording(
                "\(quoted(text)) 的方括号里有空的词。删掉多的逗号。",
                "\(quoted(text)) has an empty word in its brackets. Delete a comma.")
        }
    }
}

extension Array {
    /// The elements of all lists, without joining them.
    fileprivate func joined<Part>(by list: @escaping (Element) -> [Part]) -> some Sequence<Part> {
        lazy.flatMap(list)
    }
}

import LiveEvents
import TermMatching
import Yams

extension OverlayReader {
    /// Makes the overlay's changes, in the order written.
    func change(_ rules: inout [Rule]) {
        guard fields[.changes] != nil, let nodes = fields.elements(.changes) else { return }
        for node in nodes {
            guard let fields = Fields(node, .change, reader: reader) else { continue }
            let isConsistent = fields.areConsistent()
            let draft = ChangeDraft(fields, overlay: name)
            guard isConsistent, let selectors = RuleSelectors(fields), let draft else { continue }
            let chosen = selectors.choose(from: rules)
            // What the words are is told though no rule is meant.
            if chosen.isEmpty { draft.tryWords() }
            var isMade = false
            for (number, choice) in chosen {
                let before = rules[number].changes.count
                draft.make(of: &rules[number], choice)
                if rules[number].changes.count > before { isMade = true }
            }
            if !isMade, !chosen.isEmpty {
                reader.warning(
                    reader.location(node), .pointlessChange, "这处改动什么也没改：规则本来就是这样。删掉它。",
                    "the change changes nothing: the rules are so anyway. Delete it.")
            }
        }
    }
}

/// One change of an overlay. Its words are read again for each rule, whose disguises decide how they are seen.
private struct ChangeDraft {
    let fields: Fields
    let overlay: String
    private let status: Rule.Status?
    private let severity: Severity?
    private let windowMS: Int64?
    private let threshold: Int?
    private let strictness: Int?
    private let leastScore: Int?
    private let screen: Rule.Screen?
    private let revision: Int?
    private let reason: String?
    private let examples: Rule.Examples
    private var exceptions = Rule.Exceptions()
    private var categories: [String] = []
    private let rules: RuleReader
    private let book: WordBook
    private var reader: NodeReader { fields.reader }

    /// nil, with problems, if a value cannot be read.
    init?(_ fields: Fields, overlay: String) {
        (self.fields, self.overlay) = (fields, overlay)
        let reader = fields.reader
        let lists = ListResolver(nil, reader: reader)
        book = WordBook(lists, lexicons: reader.session.lexicons)
        rules = RuleReader(
            reader: reader, lists: lists, book: book, aliases: AliasBook(nil, reader: reader), pack: "")
        status = fields.choice(.status, as: Rule.Status.self)
        severity = fields.choice(.severity, as: Severity.self)
        windowMS = fields.duration(.window)
        threshold = fields.integer(.threshold)
        strictness = fields.integer(.strictness)
        leastScore = fields.fraction(.minScore)
        screen = rules.reader.screen(fields)
        revision = fields.integer(.revision)
        reason = fields.text(.reason)
        examples = rules.furtherExamples(fields)
        if let node = fields[.reason], let reason,
            [Rule.Change.unwrittenReason.chinese, Rule.Change.unwrittenReason.english].contains(reason)
        {
            reader.warning(
                reader.location(node), .unwrittenReason, "\(Key.reason) 还没有写。写明为什么、谁批准、到什么时候。",
                "\(Key.reason) is still to be written. Say why, who agreed and until when.")
        }
        var isComplete = true
        if let node = fields[.except] {
            guard let except = Fields(node, .exception, reader: reader) else { return nil }
            func names(_ key: Key) -> [String] {
                guard except[key] != nil, let nodes = except.elements(key) else { return [] }
                let names = nodes.compactMap {
                    reader.text($0, Wording(name: key.rawValue), numbers: .allowed)
                }
                if names.isEmpty || names.count < nodes.count { isComplete = false }
                return names
            }
            categories = names(.category)
            exceptions.rooms = Set(names(.room))
            exceptions.sellers = Set(names(.seller))
            exceptions.speakers = Set(names(.speaker))
            if isComplete, categories.isEmpty, exceptions.isEmpty {
                reader.error(
                    node, "\(Key.except) 是空的。写上 \(Key.category) 或 \(Key.room)，或删掉它。",
                    "\(Key.except) is empty. Write \(Key.category) or \(Key.room), or delete it.")
            }
        }
        if !isComplete { return nil }
    }

    /// Tells what is wrong with words that no rule takes.
    func tryWords() {
        let words = WordReader(
            reader: reader, book: book, aliases: AliasBook(nil, reader: reader), evasion: Evasion())
        if let node = fields[.any] {
            var expressions = ExpressionReader(reader: reader, words: words)
            _ = expressions.read(node)
        }
        let (phrases, guards) = rules.unless(fields, book: book)
        if !phrases.isEmpty { _ = words.context(phrases) }
        for draft in guards { _ = words.contextGuard(draft) }
        for (_, draft) in rules.exemptions(fields) { _ = draft.flatMap(words.contextGuard) }
    }

    // MARK: Values

    func make(of rule: inout Rule, _ choice: RuleSelectors.Choice) {
        if let revision, revision < rule.revision, let node = fields[.revision] {
            reader.warning(
                reader.location(node), .outdatedChange,
                "规则 '\(rule.id)' 已是第 \(rule.revision) 版，这处改动是照第 \(revision) 版写的。看看还要不要这样改，再写 \(rule.revision)。",
                "the rule '\(rule.id)' is at revision \(rule.revision), and this change was written for \(revision). Look whether it still holds, then write \(rule.revision)."
            )
        }
        if case .bindings(let numbers) = choice { return grade(numbers, of: &rule) }
        if let status {
            set(.status, status.rawValue, in: &rule, rule.status.rawValue) { $0.status = status }
        }
        if let severity {
            // A binding that says how serious it is would hold on to that.
            let isUniform = rule.bindings.allSatisfy { ($0.severity ?? severity) == severity }
            let before = rule.severity.rawValue
            set(.severity, severity.rawValue, in: &rule, isUniform ? before : nil) { rule in
                rule.severity = severity
                for number in rule.bindings.indices { rule.bindings[number].severity = nil }
            }
        }
        if let windowMS {
            set(.window, DayAndSpan.text(windowMS), in: &rule, DayAndSpan.text(rule.windowMS)) {
                $0.windowMS = windowMS
            }
        }
        if let threshold {
            set(.threshold, "\(threshold)", in: &rule, "\(rule.threshold)") { $0.threshold = threshold }
        }
        if let strictness {
            set(.strictness, "\(strictness)", in: &rule, "\(rule.strictness)") { $0.strictness = strictness }
        }
        if let leastScore {
            set(
                .minScore, Fraction.written(percent: leastScore), in: &rule,
                Fraction.written(percent: rule.leastLiveScore)
            ) {
                $0.leastLiveScore = leastScore
            }
        }
        if let screen { ask(screen, about: &rule) }
        addExceptions(to: &rule)
        addWords(to: &rule)
        addExamples(to: &rule)
    }

    private func ask(_ screen: Rule.Screen, about rule: inout Rule) {
        guard case .text = rule.match else {
            guard let node = fields[.screen] else { return }
            return reader.warning(
                reader.location(node), .unmadeChange,
                "规则 '\(rule.id)' 看几分钟里的几句话，不能问 \(Key.screen)，没有改。",
                "the rule '\(rule.id)' looks at several texts, so it can ask no \(Key.screen): not done.")
        }
        set(.screen, screen.shown, in: &rule, rule.screen?.shown) { $0.screen = screen }
    }

    /// Grades some of the rule's bindings; what cannot be done to a part of a rule is told.
    private func grade(_ numbers: [Int], of rule: inout Rule) {
        if let severity {
            let bindings = rule.bindings
            let own = rule.severity
            let before = Set(numbers.map { (bindings[$0].severity ?? own).rawValue }).sorted().joined(separator: ", ")
            set(.severity, severity.rawValue, in: &rule, before) { rule in
                for number in numbers { rule.bindings[number].severity = severity }
            }
        }
        let others = RuleLanguage.changed.filter { $0 != .severity && fields[$0] != nil }
        guard let first = others.first, let node = fields[first] else { return }
        let keys = others.map(\.description).joined(separator: ", ")
        reader.warning(
            reader.location(node), .unmadeChange,
            "规则 '\(rule.id)' 还管别的分类，\(keys) 只能对整条规则改，没有改。要改就写 \(Key.rules.rawValue): \(rule.id)。",
            "the rule '\(rule.id)' is of other categories, too, and \(keys) can only be of the whole rule: not done. Write '\(Key.rules.rawValue): \(rule.id)' if it is meant."
        )
    }

    /// - Parameter before: As packs write it; nil if the rule has several.
    private func set(
        _ key: Key, _ after: String, in rule: inout Rule, _ before: String?, _ change: (inout Rule) -> Void
    ) {
        guard let node = fields[key] else { return }
        let place = reader.location(node)
        if let last = rule.changes.last(where: { $0.key == key.rawValue }) {
            reader.warning(
                place, .unmadeChange, "规则 '\(rule.id)' 的 \(key) 在 \(last.location) 已经改过，以这里的为准。删掉一处。",
                "\(key) of the rule '\(rule.id)' is changed at \(last.location), too; this one holds. Delete one of the two."
            )
        } else if before == after {
            return
        }
        change(&rule)
        note(key, before, after, in: &rule)
    }

    private func note(_ key: Key, _ before: String?, _ after: String, in rule: inout Rule) {
        guard let node = fields[key] else { return }
        rule.changes.append(
            Rule.Change(
                key: key.rawValue, before: before, after: after, overlay: overlay, reason: reason,
                location: reader.location(node)))
    }

    // MARK: What is added

    private func addExceptions(to rule: inout Rule) {
        guard fields[.except] != nil else { return }
        if !categories.isEmpty {
            var product = rule.product ?? Rule.ProductScope(categories: [], excluded: [])
            product.excluded += categories.filter { !product.excluded.contains($0) }
            rule.product = product
        }
        rule.excepted.rooms.formUnion(exceptions.rooms)
        rule.excepted.sellers.formUnion(exceptions.sellers)
        rule.excepted.speakers.formUnion(exceptions.speakers)
        let parts: [(Key, [String])] = [
            (.category, categories), (.room, exceptions.rooms.sorted()), (.seller, exceptions.sellers.sorted()),
            (.speaker, exceptions.speakers.sorted()),
        ]
        let shown = parts.filter { !$0.1.isEmpty }.map { "\($0.0.rawValue): \(Self.list($0.1))" }
        note(.except, nil, "{\(shown.joined(separator: ", "))}", in: &rule)
    }

    private func addWords(to rule: inout Rule) {
        let words = WordReader(
            reader: reader, book: book, aliases: AliasBook(nil, reader: reader), evasion: rule.evasion)
        if let node = fields[.any] { add(node, words, to: &rule) }
        let (phrases, drafts) = fields[.unless] == nil ? ([], []) : rules.unless(fields, book: book)
        rules.check(phrases, against: rule.match, evasion: rule.evasion)
        let ruleTerms = rules.ruleTerms(of: rule.match, rule.evasion)
        func opened(_ draft: GuardDraft) -> Guard? {
            guard var read = words.contextGuard(draft) else { return nil }
            read.words = words.opened(read.words, holding: ruleTerms)
            read.except = read.except.map { words.opened($0, holding: ruleTerms) }
            return read
        }
        if !phrases.isEmpty, let clearing = words.context(phrases) {
            let terms = words.opened(clearing.terms, holding: ruleTerms)
            rule.match = rule.match.mapped { expression in
                expression.mapped(
                    { set in
                        var set = set
                        set.clearedBy += terms.filter { !set.clearedBy.contains($0) }
                        return set
                    }, { $0 })
            }
            rule.unless += clearing.terms.map(\.text)
        }
        rule.guards += drafts.compactMap(opened)
        if fields[.unless] != nil {
            note(.unless, nil, Self.list(phrases.map(\.shown) + drafts.map { "{\($0.name)}" }), in: &rule)
        }
        guard fields[.exempt] != nil else { return }
        let exemptions = rules.exemptions(fields)
        rule.exemptions += exemptions.compactMap { exemption, draft in
            draft.flatMap(opened).map { ExemptWords(exemption, $0) }
        }
        note(.exempt, nil, Self.list(exemptions.map(\.0.rawValue)), in: &rule)
    }

    /// Further words, or expressions, that the rule takes.
    private func add(_ node: Node, _ words: WordReader, to rule: inout Rule) {
        guard case .text(let match) = rule.match else {
            return reader.warning(
                reader.location(node), .unmadeChange,
                "规则 '\(rule.id)' 看几分钟里的几句话，不能加 \(Key.any)，没有改。把词加进它的词类（\(Key.classes)）。",
                "the rule '\(rule.id)' looks at several texts, so \(Key.any) cannot be added: not done. Add the words to its class, under \(Key.classes)."
            )
        }
        var expressions = ExpressionReader(reader: reader, words: words)
        guard let read = expressions.read(node) else { return }
        expressions.checkWords(read, at: node)
        var cleared: [Term] = []
        match.forEachWordSet { if cleared.isEmpty { cleared = $0.clearedBy } }
        let added = read.mapped(
            { set in
                var set = set
                set.clearedBy = cleared
                return set
            }, { $0 })
        rule.match = .text(.any([match, added]))
        // The condition says no longer all that the rule takes.
        rule.condition = Rule.Condition(parts: [], within: 0, order: .any)
        if expressions.found.citesLexicons { rule.evasion.confusions.formUnion(reader.session.classConfusions) }
        var texts: [String] = []
        read.forEachWordSet { set in
            texts += set.className.map { ["@\($0)"] } ?? set.terms.map(\.text)
        }
        note(.any, nil, Self.list(texts), in: &rule)
    }

    private func addExamples(to rule: inout Rule) {
        guard fields[.examples] != nil else { return }
        let own = examples.match + examples.clear
        func isReplaced(_ example: Rule.Examples.Example) -> Bool {
            own.contains {
                $0.text == example.text && $0.category == example.category && $0.target == example.target
                    && $0.roomID == example.roomID && $0.sellerID == example.sellerID
                    && $0.speakerID == example.speakerID
            }
        }
        rule.examples.match.removeAll(where: isReplaced)
        rule.examples.clear.removeAll(where: isReplaced)
        rule.examples.match += examples.match
        rule.examples.clear += examples.clear
        note(
            .examples, nil,
            "{\(Key.match.rawValue): \(Self.list(examples.match.map(\.text))), \(Key.clear.rawValue): \(Self.list(examples.clear.map(\.text)))}",
            in: &rule)
    }

    /// As YAML, of a long one the beginning.
    private static func list(_ texts: [String]) -> String {
        let most = 12
        return "[\(texts.prefix(most).joined(separator: ", "))\(texts.count > most ? ", …" : "")]"
    }
}

extension TermEntry {
    /// As it is written.
    fileprivate var shown: String {
        switch self {
        case .term(let term): term.text
        case .list(let name, _): "@\(name)"
        }
    }
}

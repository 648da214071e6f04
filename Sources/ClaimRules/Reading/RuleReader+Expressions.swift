import TermMatching
import Yams

/// What a rule of claimwatch/2 means: its expression, its phrases, its guards.
extension RuleReader {
    func meaning(_ fields: Fields, book: WordBook, evasion: Evasion?) -> Meaning? {
        let words = WordReader(reader: reader, book: book, aliases: aliases, evasion: evasion ?? Evasion())
        var expressions = ExpressionReader(reader: reader, words: words)
        let match = match(fields, &expressions)
        let (phrases, drafts) = unless(fields, book: book)
        let clearing = phrases.isEmpty ? WordSet(terms: []) : words.context(phrases)
        let guards = drafts.map { words.contextGuard($0) }
        let needs = needs(fields).map { $0.flatMap { words.contextGuard($0) } }
        let exempt = exemptions(fields).map { exemption, draft in
            draft.flatMap { words.contextGuard($0) }.map { ExemptWords(exemption, $0) }
        }
        guard let match, let clearing else { return nil }
        if let node = fields[.match] ?? fields[.required] {
            for signal in match.signals { expressions.checkWords(signal, at: node) }
        }
        if case .text(let expression) = match { warnOfFloods(in: expression, expressions.found.own) }
        check(phrases, against: match, evasion: words.evasion)
        // Words of lexicons serve many rules, whose disguises need not fit each of them.
        if let evasion, let node = fields[.evasion], !expressions.found.citesLexicons {
            warnOfPointless(evasion, node, expressions.found.own, aliases: match.aliases)
        }
        guard (guards + needs).allSatisfy({ $0 != nil }), exempt.allSatisfy({ $0 != nil }) else { return nil }
        let ruleTerms = ruleTerms(of: match, words.evasion)
        let cleared = words.opened(clearing.terms, holding: ruleTerms)
        let whole = match.mapped { expression in
            expression.mapped(
                { set in
                    var set = set
                    set.clearedBy = cleared
                    return set
                }, { words.opened($0, holding: ruleTerms) })
        }
        func opened(_ read: Guard) -> Guard {
            var read = read
            read.words = words.opened(read.words, holding: ruleTerms)
            read.except = read.except.map { words.opened($0, holding: ruleTerms) }
            return read
        }
        return Meaning(
            match: whole, guards: guards.compactMap { $0.map(opened) },
            needs: needs.compactMap { $0.map(opened) },
            exemptions: exempt.compactMap { $0.map { ExemptWords($0.exemption, opened($0.condition)) } },
            captured: whole.isRequired
                ? [:] : whole.signals.reduce(into: [:]) { $0.merge($1.captured) { a, b in .any([a, b]) } },
            confusions: expressions.found.citesLexicons ? reader.session.classConfusions : [])
    }

    /// What must stand around a hit; nil for one that cannot be read.
    private func needs(_ fields: Fields) -> [GuardDraft?] {
        guard fields[.needs] != nil, let nodes = fields.elements(.needs) else { return [] }
        return nodes.map { condition($0, of: .needs) }
    }

    func exemptions(_ rule: Fields) -> [(Exemption, GuardDraft?)] {
        guard rule[.exempt] != nil, let fields = rule.fields(.exempt) else { return [] }
        return Exemption.allCases.compactMap { exemption in
            guard let key = Key(rawValue: exemption.rawValue), let node = fields[key] else { return nil }
            if node.mapping != nil { return (exemption, condition(node, of: .exempt)) }
            let words = reader.words(node, key)
            return (
                exemption,
                words.map {
                    GuardDraft(
                        name: exemption.rawValue, scope: .overClause, words: $0, except: [], isOdd: false,
                        action: .lower, location: reader.location(node))
                }
            )
        }
    }

    /// A guard without an action.
    private func condition(_ node: Node, of key: Key) -> GuardDraft? {
        guard let fields = Fields(node, .contextGuard, reader: reader) else { return nil }
        if let then = fields[.then] {
            reader.error(
                then, .guardPlace, "\(key) 里不写 \(Key.then)。删掉它。", "\(Key.then) says nothing in \(key). Delete it.")
        }
        return reader.guardDraft(fields, name: nil)
    }

    /// What must be said: in one text, in steps over time, as signals that add up, or lest it be missed.
    private func match(_ fields: Fields, _ expressions: inout ExpressionReader) -> Rule.Match? {
        let instead = [Key.match, .score, .required].filter { fields[$0] != nil }
        for key in instead.dropFirst() {
            reader.error(
                fields[key]!, .operators, "\(key) 代替 \(instead[0])，只写一个。",
                "\(key) stands instead of \(instead[0]). Delete one.")
        }
        if let node = fields[.match] { return expressions.readMatch(node) }
        if fields[.score] == nil, let required = fields.fields(.required) {
            return expressions.readRequired(required).map { .required($0) }
        }
        return fields.fields(.score).flatMap { expressions.readScore($0) }.map { .score($0) }
    }

    /// What stands in `unless`: phrases, and guards of the rule or of a lexicon.
    func unless(_ fields: Fields, book: WordBook) -> (phrases: [TermEntry], guards: [GuardDraft]) {
        guard let node = fields[.unless],
            let nodes = reader.list(node, Key.unless.rawValue, hint: fields.object[.unless].example)
        else { return ([], []) }
        if nodes.isEmpty { reader.warning(node, "\(Key.unless) 是空的。删掉它。", "\(Key.unless) is empty. Delete it.") }
        guard nodes.count <= PackLimits.termsPerRule else {
            reader.error(
                node, "\(Key.unless) 有 \(nodes.count) 项，最多 \(PackLimits.termsPerRule)。拆成几条规则。",
                "\(Key.unless) has \(nodes.count) entries, more than \(PackLimits.termsPerRule). Split the rule.")
            return ([], [])
        }
        var (phrases, guards): ([TermEntry], [GuardDraft]) = ([], [])
        for node in nodes {
            if node.mapping != nil {
                if let fields = Fields(node, .contextGuard, reader: reader),
                    let draft = reader.guardDraft(fields, name: nil)
                {
                    guards.append(draft)
                }
            } else if let entry = reader.termEntry(node) {
                if case .list(let name, _) = entry, let draft = book.contextGuard(named: name) {
                    guards.append(draft)
                } else {
                    phrases.append(entry)
                }
            }
        }
        if guards.count > PackLimits.guards {
            reader.error(
                node, .guardPlace, "一条规则最多 \(PackLimits.guards) 个排除条件，这里有 \(guards.count)。把词合到一处。",
                "a rule has \(PackLimits.guards) guards at most, and here are \(guards.count). Join their words.")
            guards = []
        }
        return (phrases, guards)
    }

    /// Only where it matters: in rules whose words are heard or seen in parts.
    func ruleTerms(of match: Rule.Match, _ evasion: Evasion) -> RuleTerms {
        var terms = RuleTerms()
        guard evasion.homophones || evasion.split else { return terms }
        for signal in match.signals {
            signal.forEachWordSet { set in for term in set.terms { terms.insert(reader.session.folded(term.text)) } }
        }
        return terms
    }
}

extension Rule.Match {
    /// Of what was not said nothing can be remembered.
    fileprivate var isRequired: Bool { if case .required = self { true } else { false } }

    fileprivate var aliases: [Term.Alias] {
        var aliases: [Term.Alias] = []
        for signal in signals { signal.forEachWordSet { set in for term in set.terms { aliases += term.aliases } } }
        return aliases
    }

    /// The match with each of its signals replaced.
    func mapped(_ change: (Expression) -> Expression) -> Rule.Match {
        switch self {
        case .text(let expression): return .text(change(expression))
        case .timed(let steps, let isOrdered, let spanMS):
            return .timed(steps.map(change), isOrdered: isOrdered, spanMS: spanMS)
        case .score(var score):
            for index in score.weights.indices { score.weights[index].signal = change(score.weights[index].signal) }
            return .score(score)
        case .required(var statement):
            statement.say = change(statement.say)
            return .required(statement)
        }
    }
}

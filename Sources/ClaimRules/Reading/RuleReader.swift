import ChineseText
import LiveEvents
import TermMatching
import Yams

/// Reads one rule.
struct RuleReader {
    let reader: NodeReader
    let lists: ListResolver
    /// The lists of a pack of claimwatch/2; nil in one of claimwatch/1.
    let book: WordBook?
    let aliases: AliasBook
    let pack: String
    /// For rules without their own.
    var packJurisdictions: [String] = []
    /// For every rule, beside its own.
    var packQuestions: [OpenQuestion] = []
    var packScreen: Rule.Screen?

    /// nil, with problems, if a part that every rule needs is missing or wrong. All parts are read in any case.
    mutating func read(_ node: Node) -> Rule? {
        guard let fields = Fields(node, .rule, reader: reader) else { return nil }
        let id = ruleID(fields)
        let status = fields.choice(.status, as: Rule.Status.self)
        let title = fields.text(.title)
        let titleEn = fields.text(.titleEn)
        let severity = fields.choice(.severity, as: Severity.self)
        _ = fields.areConsistent()
        let basis = legalBasis(fields)
        let evasion = fields[.evasion].map { reader.evasion($0) } ?? Evasion()
        let meaning =
            if let book { meaning(fields, book: book, evasion: evasion) } else {
                formerMeaning(fields, evasion: evasion)
            }
        let words = WordReader(
            reader: reader, book: book ?? WordBook(), aliases: aliases,
            evasion: evasion ?? Evasion())
        let binding = BindingReader(reader: reader, words: words, captured: meaning?.captured)
        let bindings = binding.bindings(fields, legalBasis)
        let facts = binding.facts(fields)
        let unknown = fields.choice(.unknown, as: UnknownFacts.self)
        let (from, to) = days(fields, Wording("规则", "the rule"))
        let strictness = fields.integer(.strictness)
        let jurisdictions = fields[.jurisdictions] == nil ? packJurisdictions : reader.jurisdictions(fields)
        let screen = screen(fields, of: meaning?.match)
        let examples = examples(fields)
        let category = fields[.category] == nil ? id : fields.text(.category)
        let track = fields.choice(.legalTrack, as: LegalTrack.self)
        let product = fields.fields(.product).map(productScope)
        let revision = fields.integer(.revision)
        let threshold = fields.integer(.threshold)
        let targets = targets(fields)
        if case .required(let statement) = meaning?.match { checkPlace(of: statement, fields) }
        let window = fields.duration(.window)
        let questions = reader.openQuestions(fields)
        guard let id, let status, let title, let severity, let basis, let meaning, let category,
            let revision, let threshold,
            let targets = Self.targets(targets, of: meaning.match), let window, let bindings, let facts,
            let unknown, let strictness, let jurisdictions, var evasion
        else { return nil }
        evasion.confusions.formUnion(meaning.confusions)
        var rule = Rule(
            id: RuleID(id), pack: pack, revision: revision, status: status, title: title, titleEn: titleEn,
            category: category, severity: severity, legalBasis: basis, legalTrack: track, targets: targets,
            product: product,
            condition: meaning.condition, unless: meaning.unless, evasion: evasion, aliases: meaning.aliases,
            windowMS: window, threshold: threshold, examples: examples, location: reader.location(node),
            match: meaning.match, guards: meaning.guards, needs: meaning.needs, exemptions: meaning.exemptions,
            bindings: bindings, facts: facts,
            unknownFacts: unknown, from: from, to: to, strictness: strictness, jurisdictions: jurisdictions)
        rule.screen = screen
        rule.openQuestions = questions + packQuestions
        for test in facts + bindings.flatMap({ $0.when.facts }) {
            if let name = test.comparedClass { rule.kinds[name] = words.book.kinds(of: name, seen: words.bySight) }
        }
        return rule
    }

    /// What must be said, and what around it clears it.
    struct Meaning {
        var condition = Rule.Condition(parts: [], within: 0, order: .any)
        var unless: [String] = []
        var aliases: [String: [Term.Alias]] = [:]
        /// nil: as the condition says.
        var match: Rule.Match?
        var guards: [Guard] = []
        var needs: [Guard] = []
        var exemptions: [ExemptWords] = []
        /// What the expression remembers, by name.
        var captured: [String: Expression] = [:]
        /// Sounds that its classes take for the same.
        var confusions: SoundConfusions = []
    }

    /// Of a rule of claimwatch/1.
    private func formerMeaning(_ fields: Fields, evasion: Evasion?) -> Meaning? {
        let condition = fields.value(.match).flatMap { Fields($0, .match, reader: reader) }
            .flatMap { self.condition($0, evasion: evasion) }
        let unless = phrases(fields)
        guard let condition else { return nil }
        let served = aliases(serving: condition)
        let (placed, known) = (Array(condition.parts.joined()), Array(served.values.joined()))
        check(unless, against: placed.map(\.text), aliases: known, evasion: evasion ?? Evasion())
        if let evasion, let node = fields[.evasion] { warnOfPointless(evasion, node, placed, aliases: known) }
        return Meaning(condition: condition.condition, unless: unless.map(\.text), aliases: served)
    }

    /// The aliases of the pack for the terms of a condition, by the term as written. Each use counts as a term.
    private func aliases(serving condition: PlacedCondition) -> [String: [Term.Alias]] {
        var served: [String: [Term.Alias]] = [:]
        for term in condition.parts.joined() where served[term.text] == nil {
            let known = aliases.aliases(of: term.text)
            if !known.isEmpty, known.allSatisfy({ _ in reader.session.spendTerm(at: term.location) }) {
                served[term.text] = known
            }
        }
        return served
    }

    private func ruleID(_ fields: Fields) -> String? {
        guard let node = fields.value(.id), let id = reader.identifier(node, .id) else { return nil }
        if let first = reader.session.ruleIDs[id] {
            reader.error(
                node, "规则 '\(id)' 在 \(first) 已经有了。改一个的名字。",
                "the rule '\(id)' is already defined at \(first). Rename one of the two.")
            return nil
        }
        reader.session.ruleIDs[id] = reader.location(node)
        return id
    }

    private func legalBasis(_ fields: Fields) -> [LegalBasis]? {
        guard fields[.legalBasis] != nil else { return fields[.bind] == nil ? nil : [] }
        guard let nodes = fields.elements(.legalBasis) else { return nil }
        if nodes.isEmpty, let node = fields[.legalBasis] {
            reader.error(
                node, "\(Key.legalBasis) 是空的。写上法律和条号。", "\(Key.legalBasis) is empty. Name the law and the article.")
        }
        let articles = nodes.compactMap(article)
        return articles.isEmpty || articles.count < nodes.count ? nil : articles
    }

    private func article(_ node: Node) -> LegalBasis? {
        guard let fields = Fields(node, .legalBasis, reader: reader) else { return nil }
        let (law, article) = (fields.text(.law), fields.text(.article))
        let (from, to) = days(fields, Wording("法条", "the article"))
        guard let law, let article else { return nil }
        if !article.contains("第"), let node = fields[.article] {
            reader.warning(
                node, "\(quoted(article)) 不像条号。写 第十七条 或 第九条第三项 这样的。",
                "\(quoted(article)) does not read as an article. Write it like 第十七条 or 第九条第三项.")
        }
        return LegalBasis(law: law, article: article, from: from, to: to)
    }

    /// The first and the last day of something.
    func days(_ fields: Fields, _ what: Wording) -> (from: String?, to: String?) {
        let (from, to) = (fields.day(.from), fields.day(.to))
        if let from, let to, from > to, let node = fields[.to] {
            reader.error(
                node, .dates, "\(what.chinese)在 \(to) 结束，却在 \(from) 开始。对调 \(Key.from) 和 \(Key.to)。",
                "\(what.english) ends on \(to), before it begins on \(from). Exchange \(Key.from) and \(Key.to).")
        }
        return (from, to)
    }

    private func targets(_ fields: Fields) -> Set<Rule.Target>? {
        guard let nodes = fields.elements(.appliesTo) else { return nil }
        if nodes.isEmpty, let node = fields[.appliesTo] {
            let all = fields.object[.appliesTo].defaultValue ?? ""
            reader.error(
                node, "\(Key.appliesTo) 是空的，规则就什么也不看。写 \(all)。",
                "\(Key.appliesTo) is empty: the rule would look at nothing. Write \(all).")
        }
        let targets = nodes.compactMap { fields.element($0, .appliesTo, as: Rule.Target.self) }
        return targets.isEmpty || targets.count < nodes.count ? nil : Set(targets)
    }

    /// What must be said is said: a listing says nothing.
    private static func targets(_ written: Set<Rule.Target>?, of match: Rule.Match?) -> Set<Rule.Target>? {
        if case .required = match { [.speech] } else { written }
    }

    /// Whether a required statement has beside it what tells when it is owed.
    private func checkPlace(of statement: RequiredStatement, _ fields: Fields) {
        guard let node = fields[.required] else { return }
        let needsProduct = statement.start != .session
        if needsProduct, fields[.product] == nil {
            reader.error(
                node, .requiredPlace, "\(Key.required) 要写 \(Key.product)，否则每件商品都要说。加上 \(Key.product)。",
                "\(Key.required) needs \(Key.product), or every product would owe the statement. Add \(Key.product).")
        } else if !needsProduct, let product = fields[.product] {
            reader.error(
                product, .requiredPlace, "从开播算起的话与商品无关。删掉 \(Key.product)，或换一个 \(Key.after)。",
                "what a session owes depends on no goods. Delete \(Key.product), or write another \(Key.after).")
        }
        if let targets = fields[.appliesTo],
            fields.elements(.appliesTo)?.contains(where: {
                $0.scalar?.string == Rule.Target.listing.rawValue
            }) == true
        {
            reader.error(
                targets, .requiredPlace, "\(Key.required) 只看口播。删掉 \(Key.appliesTo)。",
                "\(Key.required) looks at speech alone. Delete \(Key.appliesTo).")
        }
    }

    private func productScope(_ fields: Fields) -> Rule.ProductScope {
        _ = fields.areConsistent()
        return Rule.ProductScope(categories: categories(fields, .category), excluded: categories(fields, .not))
    }

    private func categories(_ fields: Fields, _ key: Key) -> [String] {
        guard let node = fields[key], let nodes = fields.elements(key) else { return [] }
        if nodes.isEmpty {
            reader.error(
                node, "\(key) 是空的。写上类目，或删掉这个键。", "\(key) is empty. Name a category, or delete the key.")
        }
        return nodes.compactMap { reader.text($0, Wording("类目", "a category"), RuleLanguage.text) }
    }
}

extension NodeReader {
    /// Questions of law: one text, or a list of them. Those that cannot be read are problems.
    func openQuestions(_ fields: Fields) -> [OpenQuestion] {
        guard let node = fields[.open] else { return [] }
        let nodes = node.sequence.map { Array($0) } ?? [node]
        if nodes.isEmpty {
            error(node, "\(Key.open) 是空的。写上问题，或删掉这个键。", "\(Key.open) is empty. Write the question, or delete the key.")
        }
        guard nodes.count <= PackLimits.openQuestions else {
            error(
                node, "\(Key.open) 有 \(nodes.count) 项，最多 \(PackLimits.openQuestions) 项。留下要紧的。",
                "\(Key.open) has \(nodes.count) entries, more than \(PackLimits.openQuestions). Keep those that matter."
            )
            return []
        }
        return nodes.compactMap { node in
            text(node, Key.open.description, numbers: .refused, limit: PackLimits.questionLength).map {
                OpenQuestion($0, isOfPack: fields.object.name == .pack, location: location(node))
            }
        }
    }

    /// The beginnings of region codes.
    func jurisdictions(_ fields: Fields) -> [String]? {
        guard let node = fields[.jurisdictions] else { return [] }
        guard let nodes = fields.elements(.jurisdictions) else { return nil }
        if nodes.isEmpty {
            error(
                node, "\(Key.jurisdictions) 是空的。写上地区，或删掉这个键。",
                "\(Key.jurisdictions) is empty. Name a region, or delete the key.")
        }
        let codes = nodes.compactMap { node -> String? in
            guard let code = text(node, Wording("地区代码", "a region code"), numbers: .allowed) else { return nil }
            guard (2...12).contains(code.utf8.count), code.utf8.allSatisfy({ (48...57).contains($0) }) else {
                error(
                    node, .notation, "\(quoted(code)) 不是地区代码。写 GB/T 2260 的代码或开头几位，如 \"3207\"。",
                    "\(quoted(code)) is no region code. Write the digits of GB/T 2260, or their beginning, like \"3207\"."
                )
                return nil
            }
            return code
        }
        return codes.count == nodes.count && !codes.isEmpty ? codes : nil
    }
}

extension FactTest {
    /// The class whose kinds it compares.
    fileprivate var comparedClass: String? {
        switch test {
        case .lacksSaid(_, let name), .differsFromSaid(_, let name), .differsFromFact(_, let name): name
        default: nil
        }
    }
}

import LiveEvents
import TermMatching
import Yams

/// Reads one rule.
struct RuleReader {
    private static let keys = [
        "id", "revision", "status", "title", "title_en", "category", "severity", "legal_track", "legal_basis",
        "applies_to",
        "product", "match", "unless", "evasion", "window", "threshold", "examples",
    ]
    private static let later: Set = [
        "scope", "pattern", "speech_vs_listing", "from", "overlays", "overlay", "jurisdictions",
    ]
    private static let window: ClosedRange<Int64> = 60_000...86_400_000

    let reader: NodeReader
    let lists: ListResolver
    let aliases: AliasBook
    let pack: String

    init(reader: NodeReader, lists: ListResolver, aliases: AliasBook, pack: String) {
        (self.reader, self.lists, self.aliases, self.pack) = (reader, lists, aliases, pack)
    }

    /// nil, with problems, if a part that every rule needs is missing or wrong. All parts are read in any case.
    mutating func read(_ node: Node) -> Rule? {
        guard let fields = Fields(node, "a rule", keys: Self.keys, later: Self.later, reader: reader) else {
            return nil
        }
        let id = ruleID(fields)
        let status = fields["status"].map { reader.choice($0, "status", as: Rule.Status.self) } ?? .stable
        let title = fields.required("title", "the title people see, in Chinese").flatMap { reader.text($0, "'title'") }
        let titleEn = fields.required("title_en", "the title in English").flatMap { reader.text($0, "'title_en'") }
        let severity = fields.required("severity", "'severity: low', or info, medium, high, critical")
            .flatMap { reader.choice($0, "severity", as: Severity.self) }
        let basis = fields.required("legal_basis", "the law: [{law: 广告法, article: 第九条}]").flatMap(legalBasis)
        let condition = fields.required("match", "what must be said: {any: [term, term]}").flatMap(condition)
        let unless = phrases(fields["unless"])
        let evasion = fields["evasion"].map(evasion) ?? Evasion()
        let served = condition.map(aliases(serving:)) ?? [:]
        if let condition {
            check(unless, against: condition, aliases: served, evasion: evasion ?? Evasion())
            if let evasion, let node = fields["evasion"] { warnOfPointless(evasion, node, condition, aliases: served) }
        }
        let examples = examples(fields, node, status: status ?? .stable)
        let category = fields["category"].map { reader.text($0, "'category'") } ?? id
        let track = fields["legal_track"].map { reader.choice($0, "legal_track", as: LegalTrack.self) }
        let product = fields["product"].map(productScope)
        let revision = fields["revision"].map { reader.integer($0, "revision", in: 1...1_000_000) } ?? 1
        let threshold = fields["threshold"].map { reader.integer($0, "threshold", in: 1...1_000) } ?? 1
        let targets = fields["applies_to"].map(targets) ?? [.speech, .listing]
        let window = fields["window"].map(window) ?? 600_000
        guard let id, let status, let title, let titleEn, let severity, let basis, let condition, let category,
            let revision,
            let threshold, let targets, let window, let evasion
        else { return nil }
        return Rule(
            id: RuleID(id), pack: pack, revision: revision, status: status, title: title, titleEn: titleEn,
            category: category,
            severity: severity, legalBasis: basis, legalTrack: track ?? nil, targets: targets, product: product ?? nil,
            condition: condition.condition, unless: unless.map(\.text), evasion: evasion, aliases: served,
            windowMS: window, threshold: threshold, examples: examples, location: reader.location(node))
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
        guard let node = fields.required("id", "a name that no other rule has, like 'id: food.treatment'"),
            let id = reader.identifier(node, "'id'")
        else { return nil }
        if let first = reader.session.ruleIDs[id] {
            reader.error(node, "the rule '\(id)' is already defined at \(first). Rename one of the two.")
            return nil
        }
        reader.session.ruleIDs[id] = reader.location(node)
        return id
    }

    private func legalBasis(_ node: Node) -> [LegalBasis]? {
        guard let nodes = reader.list(node, "legal_basis") else { return nil }
        if nodes.isEmpty { reader.error(node, "'legal_basis' is empty. Name the law and the article.") }
        let articles = nodes.compactMap(article)
        return articles.isEmpty || articles.count < nodes.count ? nil : articles
    }

    private func article(_ node: Node) -> LegalBasis? {
        guard let fields = Fields(node, "a legal basis", keys: ["law", "article", "from", "to"], reader: reader) else {
            return nil
        }
        let law = fields.required("law", "the name of the law").flatMap { reader.text($0, "'law'") }
        let article = fields.required("article", "the article, like 第九条").flatMap { reader.text($0, "'article'") }
        let (from, to) = (day(fields["from"]), day(fields["to"]))
        if let from, let to, from > to, let node = fields["to"] {
            reader.error(node, "the article ends on \(to), before it begins on \(from). Exchange 'from' and 'to'.")
        }
        guard let law, let article else { return nil }
        if !article.contains("第"), let node = fields["article"] {
            reader.warning(node, "\(quoted(article)) does not read as an article. Write it like 第十七条 or 第九条第三项.")
        }
        return LegalBasis(law: law, article: article, from: from, to: to)
    }

    private func day(_ node: Node?) -> String? {
        guard let node else { return nil }
        guard let text = node.scalar?.string, DayAndSpan.isDay(text) else {
            reader.error(
                node, "\(quoted(node.scalar?.string ?? "this")) is no day of the calendar. Write it like 2015-09-01.")
            return nil
        }
        return text
    }

    private func targets(_ node: Node) -> Set<Rule.Target>? {
        guard let nodes = reader.list(node, "applies_to") else { return nil }
        if nodes.isEmpty {
            reader.error(node, "'applies_to' is empty: the rule would look at nothing. Write [speech, listing].")
        }
        let targets = nodes.compactMap { reader.choice($0, "applies_to", as: Rule.Target.self) }
        return targets.isEmpty || targets.count < nodes.count ? nil : Set(targets)
    }

    private func productScope(_ node: Node) -> Rule.ProductScope? {
        guard let fields = Fields(node, "a product", keys: ["category", "not"], reader: reader) else { return nil }
        if fields["category"] == nil, fields["not"] == nil {
            reader.error(node, "'product' names no category. Write {category: [食品]}, or delete it.")
        }
        return Rule.ProductScope(
            categories: names(fields["category"], "category"), excluded: names(fields["not"], "not"))
    }

    private func names(_ node: Node?, _ key: String) -> [String] {
        guard let node, let nodes = reader.list(node, key) else { return [] }
        if nodes.isEmpty { reader.error(node, "'\(key)' is empty. Name a category, or delete the key.") }
        return nodes.compactMap { reader.text($0, "a category") }
    }

    private func window(_ node: Node) -> Int64? {
        guard let text = node.scalar?.string, let span = DayAndSpan.milliseconds(text), Self.window.contains(span)
        else {
            let found = node.scalar.map { ", not \(quoted($0.string))" } ?? ""
            reader.error(node, "'window' must be from 1m to 24h, written like 90s, 10m or 2h\(found).")
            return nil
        }
        return span
    }
}

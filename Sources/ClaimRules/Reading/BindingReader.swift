import ChineseText
import LiveEvents
import Yams

/// Reads what a rule means for which goods, and what the listing must say.
///
/// A struct of its own, since what was said under a name is known once `match` has been read.
struct BindingReader {
    let reader: NodeReader
    let words: WordReader
    /// What `match` remembers, by name; nil if `match` could not be read, and nothing can be said about names.
    let captured: [String: Expression]?

    // MARK: Bindings

    func bindings(_ rule: Fields, _ legalBasis: (Fields) -> [LegalBasis]?) -> [Binding]? {
        guard let list = rule[.bind] else { return [] }
        guard let nodes = rule.elements(.bind) else { return nil }
        if nodes.isEmpty {
            reader.error(
                list, "\(Key.bind) 是空的。加上一条，或删掉它。", "\(Key.bind) is empty. Add a binding, or delete it.")
        }
        var bindings: [Binding] = []
        var isComplete = true
        for node in nodes {
            guard let fields = Fields(node, .binding, reader: reader), let read = binding(fields, legalBasis) else {
                isComplete = false
                continue
            }
            if bindings.contains(where: { $0.when.covers(read.when) }) {
                reader.error(
                    node, .unreachableBinding, "前一条 \(Key.when.rawValue) 已包括它，永远轮不到。调换先后。",
                    "an earlier binding covers it, so it is never taken. Move it up.")
            }
            if read.legalBasis == nil, rule[.legalBasis] == nil {
                reader.error(
                    node, .noLegalBasis, "这条 \(Key.bind.rawValue) 没有法律依据，规则也没有。加 \(Key.legalBasis.rawValue)。",
                    "neither this binding nor its rule has a legal basis. Add \(Key.legalBasis.rawValue).")
            }
            bindings.append(read)
        }
        if let category = rule[.category], !bindings.isEmpty, bindings.allSatisfy({ $0.category != nil }) {
            reader.error(
                category, .uselessCategory, "每条 \(Key.bind.rawValue) 都有 \(Key.name)，规则的 \(Key.category) 用不上。删掉。",
                "every binding has \(Key.name), so the rule's \(Key.category) serves nothing. Delete it.")
        }
        return isComplete ? bindings : nil
    }

    private func binding(_ fields: Fields, _ legalBasis: (Fields) -> [LegalBasis]?) -> Binding? {
        let when = fields.value(.when).flatMap { node in
            // `when:` with nothing behind it is everything else, too.
            node.scalar?.string.isEmpty == true
                ? Applicability() : Fields(node, .when, reader: reader).flatMap(applicability)
        }
        let basis = fields[.legalBasis] == nil ? nil : legalBasis(fields)
        let exempt = fields.truth(.exempt)
        guard let when, let exempt, fields[.legalBasis] == nil || basis != nil else { return nil }
        let severity = fields.choice(.severity, as: Severity.self)
        let track = fields.choice(.legalTrack, as: LegalTrack.self)
        let category = fields.text(.name)
        guard fields[.severity] == nil || severity != nil, fields[.legalTrack] == nil || track != nil,
            fields[.name] == nil || category != nil
        else { return nil }
        return Binding(
            when: when, category: category, legalBasis: basis, severity: severity, legalTrack: track,
            exemptionsLower: exempt)
    }

    private func applicability(_ fields: Fields) -> Applicability? {
        let (categories, excluded) = (names(fields, .category), names(fields, .not))
        let channel = fields.choice(.channel, as: Rule.Target.self)
        var roles: [SpeakerRole] = []
        var isComplete = true
        if fields[.role] != nil {
            let nodes = fields.elements(.role) ?? []
            roles = nodes.compactMap { fields.element($0, .role, as: SpeakerRole.self) }
            isComplete = !nodes.isEmpty && roles.count == nodes.count
        }
        let seller = fields[.seller] == nil ? nil : fields.truth(.seller)
        guard let tests = facts(fields), isComplete, let categories, let excluded,
            fields[.channel] == nil || channel != nil, fields[.seller] == nil || seller != nil
        else { return nil }
        let isLimited = !categories.isEmpty || !excluded.isEmpty
        return Applicability(
            product: isLimited ? .init(categories: categories, excluded: excluded) : nil, channel: channel,
            roles: roles,
            isSeller: seller, facts: tests)
    }

    private func names(_ fields: Fields, _ key: Key) -> [String]? {
        guard let node = fields[key] else { return [] }
        guard let nodes = fields.elements(key) else { return nil }
        if nodes.isEmpty {
            reader.error(
                node, "\(key) 是空的。写上类目，或删掉这个键。", "\(key) is empty. Name a category, or delete the key.")
        }
        let names = nodes.compactMap { reader.text($0, Wording("类目", "a category"), RuleLanguage.text) }
        return names.count == nodes.count ? names : nil
    }

    // MARK: Facts

    func facts(_ fields: Fields) -> [FactTest]? {
        guard fields[.facts] != nil else { return [] }
        guard let nodes = fields.elements(.facts) else { return nil }
        let tests = nodes.map { node in Fields(node, .factTest, reader: reader).flatMap(factTest) }
        return tests.contains { $0 == nil } ? nil : tests.compactMap { $0 }
    }

    private func factTest(_ fields: Fields) -> FactTest? {
        let isConsistent = fields.areConsistent()
        guard isConsistent, let subject = subject(fields),
            let key = RuleLanguage.factTests.first(where: { fields[$0] != nil }),
            let node = fields[key]
        else { return nil }
        let (fact, kind) = (subject.fact, subject.measure)
        let isNumber = kind != nil
        // What an attribute tells as a number has words, too: 终身.
        let hasWords = isNumber && fact != .said && kind != .price && (key == .has || key == .lacks)
        if key != .known || fact == .said, !hasWords, isNumber != (key == .above || key == .below) {
            let (chinese, english) =
                isNumber
                ? (
                    "\(subject.shown) 是数，用 \(Key.above) 或 \(Key.below)。",
                    "\(subject.shown) is a number: use \(Key.above) or \(Key.below)."
                )
                : (
                    "\(subject.shown) 是文字，用 \(Key.has) 或 \(Key.lacks)。",
                    "\(subject.shown) is text: use \(Key.has) or \(Key.lacks)."
                )
            reader.error(node, .factOperator, chinese, english)
            return nil
        }
        let test: FactTest.Test?
        switch key {
        case .known: test = fields.truth(.known).map { .isKnown($0) }
        case .has: test = reader.words(node, key).flatMap(words.context).map { .has($0) }
        case .lacks: test = lacks(node)
        case .differsFrom: test = differs(fields, node)
        default: test = kind.flatMap { compared(subject.shown, $0, key, fields, node) }
        }
        switch test {
        case .above(.said(let name), _) where name == subject.name,
            .below(.said(let name), _) where name == subject.name:
            tellSame(name, at: node)
            return nil
        case .above(.fact(let other), _) where other == fact, .below(.fact(let other), _) where other == fact:
            tellSame(other.rawValue, at: node)
            return nil
        default: break
        }
        return test.map { FactTest(fact, $0, name: subject.name, kind: subject.kind) }
    }

    private func tellSame(_ name: String, at node: Node) {
        reader.error(
            node, .factOperator, "\(quoted(name)) 和自己比，永远不成立。写要比的另一个数的名字。",
            "\(quoted(name)) is compared with itself, which never holds. Write the name of the other number.")
    }

    /// What a test is about; of something that was said also what it measures.
    private func subject(_ fields: Fields) -> FactTest? {
        if fields[.attribute] != nil {
            return fields.text(.attribute).map { FactTest(.attribute, .isKnown(true), name: $0) }
        }
        guard let node = fields[.said] else { return fact(fields).map { FactTest($0, .isKnown(true)) } }
        guard let name = fields.identifier(.said), isSaid(name, at: node), let said = captured?[name] else {
            return nil
        }
        guard let kind = said.numberKind else {
            tellNoNumber(name, .price, at: node)
            return nil
        }
        return FactTest(.said, .isKnown(true), name: name, kind: kind)
    }

    private func tellNoNumber(_ name: String, _ kind: NumberSlot.Kind, at node: Node) {
        reader.error(
            node, .saidByNobody,
            "\(quoted(name)) 记下的不是数。把 \(Key.name.rawValue) 写到 \(kind.rawValue) 里。",
            "what is remembered as \(quoted(name)) is no number. Write '\(Key.name.rawValue)' inside '\(kind.rawValue)'."
        )
    }

    private func fact(_ fields: Fields) -> Fact? {
        guard let node = fields.value(.fact) else { return nil }
        guard let written = node.scalar?.string, !Fact.allCases.contains(where: { $0.rawValue == written }) else {
            return fields.choice(.fact, as: Fact.self)
        }
        guard case .choice(let choice) = fields.object[.fact].shape else { return nil }
        let names = choice.names.joined(separator: ", ")
        let advice =
            choice.meant(by: written).map { Wording("要写 \($0) 吗？", "Did you mean \($0)?") }
            ?? Wording("可用的有 \(names)。", "Write one of \(names).")
        let said = Wording("\(quoted(written)) 不是商品事实。", "\(quoted(written)) is no fact.")
        reader.session.log.tell(.error, reader.location(node), .factOperator, said + advice)
        return nil
    }

    private func lacks(_ node: Node) -> FactTest.Test? {
        if let name = node.scalar?.string, let said = captured?[name] {
            return className(of: said, named: name, at: node).map { .lacksSaid(name, className: $0) }
        }
        return reader.words(node, .lacks).flatMap(words.context).map { .lacks($0) }
    }

    private func differs(_ fields: Fields, _ node: Node) -> FactTest.Test? {
        guard let among = fields[.among] else { return nil }
        let other = node.scalar.flatMap { scalar in
            captured?[scalar.string] == nil
                ? Fact.allCases.first { $0.rawValue == scalar.string && $0.measure == nil } : nil
        }
        guard let name = other?.rawValue ?? reader.identifier(node, .differsFrom),
            other != nil || isSaid(name, at: node)
        else { return nil }
        guard let entry = reader.termEntry(among) else { return nil }
        guard case .list(let className, let location) = entry, hasKinds(className, at: location) else {
            if case .term = entry { tellNoKinds(quoted(among.scalar?.string ?? ""), at: reader.location(among)) }
            return nil
        }
        return other.map { .differsFromFact($0, className: className) } ?? .differsFromSaid(name, className: className)
    }

    private func compared(
        _ name: String, _ kind: NumberSlot.Kind, _ key: Key, _ fields: Fields, _ node: Node
    ) -> FactTest.Test? {
        guard let text = reader.text(node, key.description, numbers: .allowed) else { return nil }
        var percent = 0
        if let by = fields[.by] {
            guard let share = value(by, .percent), let whole = share.scaled(byPowerOfTen: 2)?.wholeNumber,
                (0...10_000).contains(whole)
            else {
                reader.error(by, .boundNumber, "\(Key.by) 要写整的百分数，如 10%。", "\(Key.by) is a whole percentage, like 10%.")
                return nil
            }
            percent = Int(whole)
        }
        let operand: FactTest.Operand
        if let other = Fact.allCases.first(where: { $0.rawValue == text }) {
            guard other.measure == kind else {
                reader.error(
                    node, .factOperator, "\(name) 和 \(other.rawValue) 不能比。",
                    "\(name) and \(other.rawValue) cannot be compared. Take facts of one kind.")
                return nil
            }
            operand = .fact(other)
        } else if let said = captured?[text] {
            guard said.holdsNumber else {
                tellNoNumber(text, kind, at: node)
                return nil
            }
            operand = .said(text)
        } else if text.utf8.allSatisfy({ (97...122).contains($0) || $0 == 95 || $0 == 45 }) {
            _ = isSaid(text, at: node)
            return nil
        } else {
            guard let value = value(node, kind) else { return nil }
            operand = .value(value)
        }
        return key == .above ? .above(operand, byPercent: percent) : .below(operand, byPercent: percent)
    }

    private func value(_ node: Node, _ kind: NumberSlot.Kind) -> NumberValue? {
        guard let text = reader.text(node, kind.rawValue, numbers: .allowed) else { return nil }
        do { return try NumberSlot(kind: kind, min: text).low } catch {
            let (code, wording) = error.told
            reader.session.log.tell(.error, reader.location(node), code, wording)
            return nil
        }
    }

    // MARK: What was said

    private func isSaid(_ name: String, at node: Node) -> Bool {
        guard let captured, captured[name] == nil else { return true }
        let meant = Suggestions.nearest(to: name, among: captured.keys.sorted())
        let advice =
            meant.map { Wording("要写 \($0) 吗？", "Did you mean \($0)?") }
            ?? Wording("给要比的那部分加上。", "Add it to the part to compare.")
        let key = Key.name.rawValue
        let said = Wording(
            "\(Key.match.rawValue) 里没有 \(key): \(name)。", "no part of \(Key.match.rawValue) has '\(key): \(name)'.")
        reader.session.log.tell(.error, reader.location(node), .saidByNobody, said + advice)
        return false
    }

    /// The one class of what was said.
    private func className(of said: Expression, named name: String, at node: Node) -> String? {
        var names: [String?] = []
        said.forEachWordSet { names.append($0.className) }
        guard let first = names.first ?? nil, names.allSatisfy({ $0 == first }) else {
            tellNoKinds(quoted(name), at: reader.location(node))
            return nil
        }
        return hasKinds(first, at: reader.location(node)) ? first : nil
    }

    private func hasKinds(_ className: String, at location: SourceLocation) -> Bool {
        guard words.book.groups(of: "@" + className, at: location, reader: reader) != nil else { return false }
        guard words.book.kinds(of: className, seen: words.bySight).isEmpty else { return true }
        tellNoKinds("@" + className, at: location)
        return false
    }

    private func tellNoKinds(_ what: String, at location: SourceLocation) {
        reader.error(
            location, .saidByNobody, "\(what) 没有 \(Key.kinds.rawValue)，不能比较。在词库里把词分种。",
            "\(what) has no \(Key.kinds.rawValue) to compare. Sort its words by kind in the lexicon.")
    }
}

extension Expression {
    /// What is remembered under names.
    var captured: [String: Expression] {
        switch self {
        case .words, .number, .pattern: [:]
        case .any(let parts), .seq(let parts, _, _, _), .near(let parts, _):
            parts.reduce(into: [:]) { $0.merge($1.captured) { a, b in .any([a, b]) } }
        case .named(let name, let part): part.captured.merging([name: part]) { a, b in .any([a, b]) }
        }
    }

    /// What the first number in it measures.
    fileprivate var numberKind: NumberSlot.Kind? {
        switch self {
        case .number(let slot): slot.kind
        case .words, .pattern: nil
        case .any(let parts), .seq(let parts, _, _, _), .near(let parts, _):
            parts.lazy.compactMap(\.numberKind).first
        case .named(_, let part): part.numberKind
        }
    }

    fileprivate var holdsNumber: Bool {
        switch self {
        case .number: true
        case .words, .pattern: false
        case .any(let parts), .seq(let parts, _, _, _), .near(let parts, _): parts.contains(where: \.holdsNumber)
        case .named(_, let part): part.holdsNumber
        }
    }
}

extension Applicability {
    /// Whether it holds wherever the other does.
    fileprivate func covers(_ other: Applicability) -> Bool {
        if let product {
            guard let inner = other.product else { return false }
            let isWithin =
                product.categories.isEmpty
                || (!inner.categories.isEmpty && inner.categories.allSatisfy(product.categories.contains))
            guard isWithin, product.excluded.allSatisfy(inner.excluded.contains) else { return false }
        }
        return (channel == nil || channel == other.channel) && (isSeller == nil || isSeller == other.isSeller)
            && (roles.isEmpty || (!other.roles.isEmpty && other.roles.allSatisfy(roles.contains)))
            && facts.allSatisfy(other.facts.contains)
    }
}

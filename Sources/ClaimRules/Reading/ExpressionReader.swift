import TermMatching
import Yams

/// Reads what must be said in one rule of claimwatch/2.
struct ExpressionReader {
    let reader: NodeReader
    let words: WordReader
    private(set) var found = FoundWords()
    private(set) var captures: [String: SourceLocation] = [:]
    private var nodes = 0
    /// The named expressions in which this one stands.
    private var path: [String] = []

    init(reader: NodeReader, words: WordReader) { (self.reader, self.words) = (reader, words) }

    /// nil, with problems, if it cannot be read.
    ///
    /// - Parameters:
    ///   - depth: The level of the expression, 1 for `match` itself.
    ///   - unit: The stretch that the expression around it does not leave.
    mutating func read(_ node: Node, depth: Int = 1, unit: TextUnit = .sentence) -> Expression? {
        nodes += 1
        guard depth <= PackLimits.depth, nodes <= PackLimits.nodes else {
            tooDeep(node, depth: depth)
            return nil
        }
        switch node {
        case .sequence(let sequence): return any(Array(sequence), at: node, depth: depth, unit: unit)
        case .mapping: return mapping(node, depth: depth, unit: unit)
        default:
            guard let entry = reader.termEntry(node) else { return nil }
            if case .list(let name, let place) = entry, let cited = words.book.expression(named: name) {
                return expression(name, cited.node, cited.reader, at: place, depth: depth, unit: unit)
            }
            return words.expression(of: [entry], found: &found)
        }
    }

    /// An expression of a lexicon, read as if it stood here: its problems lie in its own file.
    private mutating func expression(
        _ name: String, _ node: Node, _ reader: NodeReader, at place: SourceLocation, depth: Int, unit: TextUnit
    ) -> Expression? {
        guard !path.contains(name) else {
            let circle = (path.drop { $0 != name } + [name]).map { "@\($0)" }.joined(separator: " → ")
            self.reader.error(
                place, .circle, "条件互相引用成圈：\(circle)。去掉一个。",
                "expressions name one another in a circle: \(circle). Take one of the names out.")
            return nil
        }
        let lexicon = WordReader(
            reader: reader, book: reader.session.lexicons, aliases: AliasBook(nil, reader: reader),
            evasion: words.evasion)
        var inner = ExpressionReader(reader: reader, words: lexicon)
        (inner.path, inner.nodes, inner.captures) = (path + [name], nodes, captures)
        let read = inner.read(node, depth: depth, unit: unit)
        (nodes, captures) = (inner.nodes, inner.captures)
        found.citesLexicons = true
        return read
    }

    /// Whether a node cites an expression, and no words.
    private func citesExpression(_ node: Node) -> Bool {
        guard let text = node.scalar?.string, text.first == RuleLanguage.listMark else { return false }
        return words.book.expression(named: String(text.dropFirst())) != nil
    }

    /// What stands at `match`: an expression, or steps over time.
    mutating func readMatch(_ node: Node) -> Rule.Match? {
        guard let span = node.mapping?[Key.span.rawValue], let text = span.scalar?.string,
            DayAndSpan.milliseconds(text) != nil
        else { return read(node).map { .text($0) } }
        guard let fields = Fields(node, .expression, reader: reader), fields.areConsistent(),
            let spanMS = reader.duration(span, .span, in: PackLimits.timeSpan)
        else { return nil }
        guard let key = [Key.seq, .all].first(where: { fields[$0] != nil }) else {
            reader.error(
                span, .timeSpan, "时间跨度 \(text) 只和 seq 或 all 一起写。",
                "a span of time, \(text), goes with seq or all. Write one of them.")
            return nil
        }
        if let wrong = [Key.within, .name].first(where: { fields[$0] != nil }) {
            reader.error(
                fields[wrong]!, .timeSpan, "时间跨度下不写 \(wrong)。写进里面的部分。",
                "\(wrong) does not go with a span of time. Write it in a part.")
            return nil
        }
        guard let steps = fields.elements(key) else { return nil }
        if let gap = steps.first(where: { $0.mapping?[Key.gap.rawValue] != nil }) {
            reader.error(
                gap, .timeSpan, "span: \(text) 下不写 gap；字数间隔写进里面的 seq。",
                "span: \(text) counts no characters. Put gaps into inner seqs.")
            return nil
        }
        guard (2...PackLimits.steps).contains(steps.count) else {
            reader.error(
                fields[key]!, .partCount, "按时间的条件要有 2 到 \(PackLimits.steps) 部分，这里有 \(steps.count)。",
                "a rule over time has 2 to \(PackLimits.steps) parts, and here are \(steps.count). Add or join some.")
            return nil
        }
        let order = fields[.order] == nil ? nil : fields.choice(.order, as: Rule.Condition.Order.self)
        let read = steps.map { self.read($0, depth: 2) }
        guard fields[.order] == nil || order != nil, !read.contains(where: { $0 == nil }) else { return nil }
        let isOrdered = order.map { $0 == .written } ?? (key == .seq)
        return .timed(read.compactMap { $0 }, isOrdered: isOrdered, spanMS: spanMS)
    }

    mutating func readScore(_ fields: Fields) -> RoomScore? {
        let (window, threshold, minDistinct) = (
            fields.duration(.window), fields.decimal(.threshold), fields.integer(.minDistinct)
        )
        let decay = fields.choice(.decay, as: RuleLanguage.Decay.self)
        guard let node = fields.value(.weights) else { return nil }
        guard case .mapping(let mapping) = node, (1...PackLimits.weights).contains(mapping.count) else {
            reader.error(
                node, .scoreOutOfReach, "\(Key.weights) 要写 1 到 \(PackLimits.weights) 种信号：{\"@词库.词类\": 1.0}。",
                "\(Key.weights) holds 1 to \(PackLimits.weights) signals: {\"@lexicon.class\": 1.0}.")
            return nil
        }
        var weights: [RoomScore.Weight] = []
        for (key, value) in mapping {
            guard let name = key.scalar?.string, !Fields.isMasked(name) else { continue }
            guard name.first == RuleLanguage.listMark else {
                reader.error(
                    key, .scoreOutOfReach, "\(quoted(name)) 要写成词类：把词放进词库，写 \"@词库.词类\"。",
                    "\(quoted(name)) is no class. Put the words into a lexicon and write \"@lexicon.class\".")
                continue
            }
            if let read = read(key, depth: 2), let weight = fields.decimal(value, ofMap: .weights) {
                weights.append(RoomScore.Weight(name: name, signal: read, thousandths: weight))
            }
        }
        guard let window, let threshold, let minDistinct, let decay, weights.count == mapping.count else { return nil }
        let positive = weights.map(\.thousandths).filter { $0 > 0 }
        let sum = positive.reduce(0, +)
        guard sum >= threshold else {
            let (most, wanted) = (Double(sum) / 1_000, Double(threshold) / 1_000)
            reader.error(
                fields[.threshold]!, .scoreOutOfReach, "所有权重加起来是 \(most)，到不了 \(wanted)，永远命不中。",
                "weights add up to \(most) and never reach \(wanted). Lower the threshold, or add signals.")
            return nil
        }
        guard positive.count >= minDistinct else {
            reader.error(
                fields[.minDistinct]!, .scoreOutOfReach, "只有 \(positive.count) 种正分的信号，到不了 \(minDistinct) 种。",
                "there are \(positive.count) signals above 0, fewer than \(minDistinct). Lower \(Key.minDistinct), or add signals."
            )
            return nil
        }
        return RoomScore(
            weights: weights, windowMS: window, threshold: threshold, minDistinct: minDistinct, decays: decay == .linear
        )
    }

    mutating func readRequired(_ fields: Fields) -> RequiredStatement? {
        let say = fields.value(.say).flatMap { read($0) }
        let (within, start) = (fields.duration(.within), fields.choice(.after, as: RequiredStatement.Start.self))
        guard let say, let within, let start else { return nil }
        return RequiredStatement(say: say, withinMS: within, start: start)
    }

    private func tooDeep(_ node: Node, depth: Int) {
        if depth > PackLimits.depth {
            reader.error(
                node, .tooDeep, "条件套了 \(depth) 层（最多 \(PackLimits.depth)）。拆成几条规则。",
                "nested \(depth) deep (\(PackLimits.depth) at most). Split it into several rules.")
        } else if nodes == PackLimits.nodes + 1 {
            reader.error(
                node, .tooDeep, "条件有 \(PackLimits.nodes) 段以上。拆成几条规则。",
                "more than \(PackLimits.nodes) expressions in one rule. Split the rule.")
        }
    }

    // MARK: Operators

    private mutating func mapping(_ node: Node, depth: Int, unit: TextUnit) -> Expression? {
        guard let fields = Fields(node, .expression, reader: reader) else { return nil }
        guard fields.areConsistent(), let key = RuleLanguage.operators.first(where: { fields[$0] != nil }) else {
            if fields[.gap] != nil { misplacedGap(node) }
            return nil
        }
        if key == .pattern || RuleLanguage.slots.contains(key) { return lazy(key, fields) }
        let inner = fields[.span] == nil ? unit : span(fields)
        let extent = extent(fields, unit: inner ?? unit)
        let name = fields[.name].flatMap { capture($0) }
        let read = operation(key, fields, depth: depth, extent: extent ?? Extent(unit: unit))
        guard inner != nil, let extent, let read, fields[.name] == nil || name != nil else { return nil }
        if let within = extent.within { check(within, holds: read, fields) }
        return name.map { .named($0, read) } ?? read
    }

    private mutating func operation(_ key: Key, _ fields: Fields, depth: Int, extent: Extent) -> Expression? {
        guard let node = fields[key], let elements = fields.elements(key) else { return nil }
        switch key {
        case .any: return any(elements, at: node, depth: depth, unit: extent.unit)
        case .seq: return seq(elements, fields, depth: depth, extent: extent)
        default: return near(elements, key, fields, depth: depth, extent: extent)
        }
    }

    private mutating func any(_ elements: [Node], at node: Node, depth: Int, unit: TextUnit) -> Expression? {
        guard !elements.isEmpty else {
            reader.error(node, "这一部分是空的。加上词，或删掉它。", "this part is empty. Add terms, or delete it.")
            return nil
        }
        guard elements.count <= PackLimits.termsPerRule else {
            reader.error(
                node, "\(Key.any) 有 \(elements.count) 个词，最多 \(PackLimits.termsPerRule) 个。拆成几条规则。",
                "\(Key.any) has \(elements.count) terms, more than \(PackLimits.termsPerRule). Split the rule.")
            return nil
        }
        var parts: [Expression?] = []
        let entries = elements.filter { $0.scalar != nil && !citesExpression($0) }
        if !entries.isEmpty {
            let terms = entries.map(reader.termEntry)
            let one = words.expression(of: terms.compactMap { $0 }, found: &found)
            parts.append(terms.contains { $0 == nil } ? nil : one)
        }
        for element in elements where element.scalar == nil || citesExpression(element) {
            parts.append(read(element, depth: depth + 1, unit: unit))
        }
        let whole = parts.compactMap { $0 }
        guard whole.count == parts.count else { return nil }
        return .anyOf(whole)
    }

    private mutating func seq(_ elements: [Node], _ fields: Fields, depth: Int, extent: Extent) -> Expression? {
        var (parts, gaps): ([Expression?], [Gap]) = ([], [])
        var pending: (gap: Gap?, node: Node)?
        for element in elements {
            if element.mapping?[Key.gap.rawValue] != nil || element.mapping?[Key.without.rawValue] != nil {
                guard let gapFields = Fields(element, .expression, reader: reader) else { continue }
                if parts.isEmpty || pending != nil { misplacedGap(element) }
                pending = (gap(gapFields), element)
            } else if let text = element.scalar?.string, let meant = bareGap(text) {
                reader.error(
                    element, .gapNotation, "\(quoted(text)) 没有花括号，会当成一个词来找。写 \(meant)。",
                    "\(quoted(text)) has no braces and would be looked for as a term. Write \(meant).")
                pending = (Gap.none, element)
            } else {
                if !parts.isEmpty { gaps.append(pending?.gap ?? Gap.none) }
                pending = nil
                parts.append(read(element, depth: depth + 1, unit: extent.unit))
            }
        }
        if let pending { misplacedGap(pending.node) }
        let order = fields.choice(.order, as: Rule.Condition.Order.self)
        guard order != Rule.Condition.Order.any || parts.count == 2 else {
            reader.error(
                fields[.order]!, .orderOfMany, "order: any 只用于两部分；多了用 \(Key.near)。",
                "order: any is for two parts; use \(Key.near).")
            return nil
        }
        guard hasParts(parts.count, 2...PackLimits.sequenceParts, .seq, fields) else { return nil }
        let whole = parts.compactMap { $0 }
        guard whole.count == parts.count else { return nil }
        return flattened(whole, gaps, bothWays: order == .any, extent, fields)
    }

    /// The gap that is meant by a text between two parts: gap 0..6, gap:6, 0..6; nil if it is a term.
    private func bareGap(_ text: String) -> String? {
        let written = reader.session.folded(text).filter { !$0.isWhitespace }
        let isNamed = written.hasPrefix(Key.gap.rawValue)
        let rest = isNamed ? written.dropFirst(Key.gap.rawValue.count) : written[...]
        let numbers = rest.split { !("0"..."9").contains($0) }
        guard (1...2).contains(numbers.count), rest.allSatisfy({ "0123456789.:=()-~".contains($0) }),
            isNamed || numbers.count == 2 && rest.contains("..")
        else { return nil }
        return "{\(Key.gap.rawValue): \(numbers.count == 1 ? "\(numbers[0])" : "\(numbers[0])..\(numbers[1])")}"
    }

    /// A sequence that is a part of a sequence, and bounds nothing of its own, is written into it: what it denotes
    /// apart keeps only its tightest spans, of which the gap before and the gap behind may need another.
    private func flattened(
        _ parts: [Expression], _ gaps: [Gap], bothWays: Bool, _ extent: Extent, _ fields: Fields
    ) -> Expression? {
        guard !bothWays else { return .seq(parts, gaps: gaps, bothWays: true, extent) }
        var (flat, between): ([Expression], [Gap]) = ([], [])
        for (index, part) in parts.enumerated() {
            if index > 0 { between.append(gaps[index - 1]) }
            if case .seq(let inner, let innerGaps, false, Extent(within: nil, unit: extent.unit)) = part {
                flat += inner
                between += innerGaps
            } else {
                flat.append(part)
            }
        }
        guard hasParts(flat.count, 2...PackLimits.sequenceParts, .seq, fields) else { return nil }
        return .seq(flat, gaps: between, bothWays: false, extent)
    }

    private mutating func near(
        _ elements: [Node], _ key: Key, _ fields: Fields, depth: Int, extent: Extent
    ) -> Expression? {
        let parts = elements.map { read($0, depth: depth + 1, unit: extent.unit) }
        let order = fields[.order].map { _ in fields.choice(.order, as: Rule.Condition.Order.self) }
        guard order != .some(nil) else { return nil }
        let isWritten = order == .written
        if isWritten, extent.within == nil {
            reader.error(
                fields[.order]!, .orderOfMany, "讲先后就写 \(Key.seq)，中间放 {\(Key.gap.rawValue): 0..10}。",
                "where parts come in order, write \(Key.seq) with gaps: {\(Key.gap.rawValue): 0..10}.")
            return nil
        }
        guard hasParts(parts.count, 2...PackLimits.nearParts, key, fields) else { return nil }
        let whole = parts.compactMap { $0 }
        guard whole.count == parts.count else { return nil }
        guard isWritten, let within = extent.within else { return .near(whole, extent) }
        let gaps = [Gap](repeating: Gap(0...within), count: whole.count - 1)
        return .seq(whole, gaps: gaps, bothWays: false, extent)
    }

    private func hasParts(_ count: Int, _ range: ClosedRange<Int>, _ key: Key, _ fields: Fields) -> Bool {
        guard !range.contains(count), let node = fields[key] else { return true }
        let name = key.rawValue
        if count < range.lowerBound {
            reader.error(
                node, .partCount, "\(name) 要有两部分以上，这里有 \(count) 部分。加一部分，或直接写词。",
                "\(name) takes two parts or more, and here is \(count). Add a part, or write the words alone.")
        } else {
            let advice = key == .seq ? Wording("拆成两段。", "Split it.") : Wording("按先后写 seq，或嵌套。", "Use seq, or nest.")
            reader.error(
                node, .partCount, "\(name) 最多 \(range.upperBound) 部分，这里有 \(count)。\(advice.chinese)",
                "\(name) takes \(range.upperBound) parts, and here are \(count). \(advice.english)")
        }
        return false
    }

    // MARK: Numbers and patterns

    private mutating func lazy(_ key: Key, _ fields: Fields) -> Expression? {
        let name = fields[.name].flatMap { capture($0) }
        guard fields[.name] == nil || name != nil else { return nil }
        let read = key == .pattern ? fields[.pattern].flatMap(pattern) : fields[key].flatMap { slot($0, key) }
        return name.map { name in read.map { .named(name, $0) } } ?? read
    }

    private func pattern(_ node: Node) -> Expression? {
        guard let source = node.scalar?.string, !source.isEmpty else {
            reader.error(
                node, .patternSyntax, "\(Key.pattern) 要写一个正则，放在单引号里。",
                "\(Key.pattern) must be a regular expression. Write it in single quotes.")
            return nil
        }
        reader.session.patterns += 1
        guard reader.session.patterns <= PackLimits.patterns else {
            reader.error(
                node, .patternSize, "全部规则最多 \(PackLimits.patterns) 个正则。把能写成词的写成词。",
                "there are more than \(PackLimits.patterns) patterns in all rules. Write words where words will do.")
            return nil
        }
        do { return .pattern(try TextPattern.read(source, isAlone: false)) } catch {
            let (code, wording) = error.told
            reader.session.log.tell(.error, reader.location(node), code, wording)
            return nil
        }
    }

    private mutating func slot(_ node: Node, _ key: Key) -> Expression? {
        let isBlank = node.scalar?.string.isEmpty == true
        guard let kind = NumberSlot.Kind(rawValue: key.rawValue) else { preconditionFailure("\(key) is no slot") }
        guard !isBlank else { return (try? NumberSlot(kind: kind)).map { .number($0) } }
        guard let fields = Fields(node, .slot, reader: reader) else { return nil }
        let name = fields[.name].flatMap { capture($0) }
        guard let isBare = fields.truth(.bare), fields[.name] == nil || name != nil else { return nil }
        if isBare, key != .price {
            reader.error(
                fields[.bare]!, .boundUnit, "\(Key.bare) 只用于 \(Key.price)。删掉它。",
                "\(Key.bare) serves \(Key.price) only. Delete it.")
            return nil
        }
        var units: [String] = []
        if fields[.unit] != nil {
            guard let nodes = fields.elements(.unit) else { return nil }
            units = nodes.compactMap { reader.text($0, Key.unit.description, numbers: .refused) }
            guard units.count == nodes.count else { return nil }
        }
        func bound(_ key: Key) -> String?? {
            guard let node = fields[key] else { return .some(nil) }
            return reader.text(node, key.description, numbers: .allowed).map { .some($0) }
        }
        guard let min = bound(.min), let max = bound(.max) else { return nil }
        do {
            let slot = Expression.number(try NumberSlot(kind: kind, min: min, max: max, units: units, isBare: isBare))
            return name.map { .named($0, slot) } ?? slot
        } catch {
            let place: Node =
                switch error.place {
                case .min: fields[.min] ?? node
                case .max: fields[.max] ?? node
                case .unit(let index): fields[.unit]?.sequence.map { $0[index] } ?? node
                }
            let (code, wording) = error.told
            reader.session.log.tell(.error, reader.location(place), code, wording)
            return nil
        }
    }

    /// Says of an expression that nothing but numbers and patterns make that each text would be read for it.
    func checkWords(_ expression: Expression, at node: Node) {
        guard !expression.hasWords else { return }
        if expression.hasPattern {
            reader.error(
                node, .patternWithoutWord, "这个正则没有非出现不可的字，要看遍每句话。加上字，或和词一起放进 seq。",
                "no word must occur in a match of this pattern, so each sentence would be read for it. Put words into it, or "
                    + "put it into a seq with a word.")
        } else {
            reader.warning(
                reader.location(node), .slotAlone, "光有数字就命中，会刷屏。和词一起放进 seq。",
                "a number alone will flood. Put it into a seq with a word.")
        }
    }

    // MARK: Gaps, extents, names

    private func misplacedGap(_ node: Node) {
        reader.error(
            node, .gapPlace, "\(Key.gap) 只能放在 \(Key.seq.rawValue) 的两部分之间。",
            "\(Key.gap) stands between two parts of \(Key.seq.rawValue).")
    }

    private func gap(_ fields: Fields) -> Gap? {
        guard fields.areConsistent() else { return nil }
        if let extra = [Key.name, .within, .span, .order].first(where: { fields[$0] != nil }) {
            reader.error(
                fields[extra]!, .gapPlace, "间隔里不写 \(extra)。写到 \(Key.seq.rawValue) 上。",
                "\(extra) does not belong to a gap. Write it beside \(Key.seq.rawValue).")
            return nil
        }
        guard let range = fields.gap(.gap) else { return nil }
        guard let node = fields[.without] else { return Gap(range) }
        guard let entries = reader.words(node, .without), let set = words.context(entries) else { return nil }
        return Gap(range, without: set)
    }

    private func span(_ fields: Fields) -> TextUnit? {
        if let node = fields[.span], let text = node.scalar?.string, DayAndSpan.milliseconds(text) != nil {
            reader.error(
                node, .timeSpan, "span: \(text) 只能写在规则最外层；字数间隔写进里面的 seq。",
                "span: \(text) stands at the top of a rule. Here write clause, sentence or segment.")
            return nil
        }
        guard let node = fields[.span] else { return nil }
        if let text = node.scalar?.string, let meant = DayAndSpan.milliseconds(said: text) {
            let span = DayAndSpan.text(meant)
            reader.error(
                node, .timeSpan, "\(Key.span) 不能写 \(quoted(text))。要写 \(span) 吗？",
                "\(quoted(text)) is no \(Key.span). Did you mean \(span)?")
            return nil
        }
        return reader.choice(node, .span, of: RuleLanguage.units, as: TextUnit.self)
    }

    private func extent(_ fields: Fields, unit: TextUnit) -> Extent? {
        guard fields[.within] != nil else { return Extent(unit: unit) }
        return fields.integer(.within).map { Extent(within: $0, unit: unit) }
    }

    private mutating func capture(_ node: Node) -> String? {
        guard let name = reader.identifier(node, .name) else { return nil }
        if captures[name] == nil, captures.count == PackLimits.captures {
            reader.error(
                node, .captureName, "一条规则最多给 \(PackLimits.captures) 处起名字。去掉用不上的。",
                "a rule names \(PackLimits.captures) parts at most. Take out what nothing uses.")
            return nil
        }
        captures[name] = reader.location(node)
        return name
    }

    private func check(_ within: Int, holds expression: Expression, _ fields: Fields) {
        let least = expression.leastCharacters(words.reader.session)
        // Numbers written another way may be shorter than the term.
        guard within < least, !words.evasion.numbers, let node = fields[.within] else { return }
        let said = NodeReader.tooShort(within, least: least)
        reader.error(node, .withinTooShort, said.chinese, said.english)
    }
}

extension Expression {
    /// One of these; what is one already is not wrapped again.
    static func anyOf(_ parts: [Expression]) -> Expression {
        let flat = parts.flatMap { part -> [Expression] in if case .any(let inner) = part { inner } else { [part] } }
        return flat.count == 1 ? flat[0] : .any(flat)
    }

    /// Characters that it takes at least, once folded.
    func leastCharacters(_ session: LoadSession) -> Int {
        switch self {
        case .words(let set):
            set.terms.reduce(Int.max) { least, term in
                ([term.text] + term.aliases.map(\.text)).reduce(least) {
                    min($0, session.folded($1).unicodeScalars.count)
                }
            }
        case .number, .pattern: 1
        case .any(let parts): parts.map { $0.leastCharacters(session) }.min() ?? 0
        case .seq(let parts, let gaps, _, _):
            parts.reduce(0) { $0 + $1.leastCharacters(session) } + gaps.reduce(0) { $0 + $1.characters.lowerBound }
        case .near(let parts, _): parts.reduce(0) { $0 + $1.leastCharacters(session) }
        case .named(_, let part): part.leastCharacters(session)
        }
    }

    /// Whether some word must occur wherever it matches.
    var hasWords: Bool {
        switch self {
        case .words: true
        case .number: false
        case .pattern(let pattern): !pattern.words.isEmpty
        case .any(let parts): parts.allSatisfy(\.hasWords)
        case .seq(let parts, _, _, _), .near(let parts, _): parts.contains(where: \.hasWords)
        case .named(_, let part): part.hasWords
        }
    }

    var hasPattern: Bool {
        switch self {
        case .words, .number: false
        case .pattern: true
        case .any(let parts), .seq(let parts, _, _, _), .near(let parts, _): parts.contains(where: \.hasPattern)
        case .named(_, let part): part.hasPattern
        }
    }

    /// Every set of words that must be said; not those of gaps.
    func forEachWordSet(_ body: (WordSet) -> Void) {
        switch self {
        case .words(let set): body(set)
        case .number, .pattern: break
        case .any(let parts), .seq(let parts, _, _, _), .near(let parts, _):
            for part in parts { part.forEachWordSet(body) }
        case .named(_, let part): part.forEachWordSet(body)
        }
    }

    /// The expression with each set of words, and each set of a gap, replaced.
    func mapped(_ words: (WordSet) -> WordSet, _ gapWords: (WordSet) -> WordSet) -> Expression {
        switch self {
        case .words(let set): return .words(words(set))
        case .number, .pattern: return self
        case .any(let parts): return .any(parts.map { $0.mapped(words, gapWords) })
        case .seq(let parts, let gaps, let bothWays, let extent):
            let gaps = gaps.map { Gap($0.characters, without: $0.without.map(gapWords)) }
            return .seq(parts.map { $0.mapped(words, gapWords) }, gaps: gaps, bothWays: bothWays, extent)
        case .near(let parts, let extent): return .near(parts.map { $0.mapped(words, gapWords) }, extent)
        case .named(let name, let part): return .named(name, part.mapped(words, gapWords))
        }
    }
}

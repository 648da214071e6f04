import ClaimRules
import TermMatching

/// What expressions and guards mean, word for word (`docs/proposals/rule-language-2.md`, 2.1 to 2.5), by trying every choice.
///
/// It shares nothing with the program, the layout and the evaluator but the rules' values. Texts are characters of one
/// code point, places are their numbers.
struct NaiveEvaluator {
    struct Span: Hashable {
        var start: Int
        var end: Int
    }
    struct Hit: Hashable {
        var start: Int
        var end: Int
        /// Names of guards that lower or mark.
        var guards: Set<String> = []
        var isLowered = false
        var exemptions: Set<Exemption> = []
    }

    let text: [Unicode.Scalar]
    private var clauses: [Int] = []
    private var sentences: [Int] = []
    private var segments: [Int] = []

    init(_ pieces: [String]) {
        text = pieces.flatMap { Array($0.unicodeScalars) }
        for (number, piece) in pieces.enumerated() { for _ in piece.unicodeScalars { segments.append(number) } }
        var sentence = 0
        for scalar in text {
            sentences.append(sentence)
            if "。！？!?\n".unicodeScalars.contains(scalar) { sentence += 1 }
        }
        var clause = 0
        for number in 0...sentence {
            let places = text.indices.filter { sentences[$0] == number }
            let runs = places.map { text[$0] }.split(separator: " ")
            let hasPauses = runs.reduce(0) { $0 + $1.count } >= 4 * runs.count
            for place in places {
                clauses.append(clause)
                let isEnd = "，、；：,;:".unicodeScalars.contains(text[place]) || (text[place] == " " && hasPauses)
                if isEnd { clause += 1 }
            }
            clause += 1
        }
    }

    // MARK: Leaves

    private func occurrences(_ words: [String]) -> Set<Span> {
        var found: Set<Span> = []
        for word in words.map({ Array($0.unicodeScalars) }) {
            for start in text.indices where start + word.count <= text.count {
                if Array(text[start..<start + word.count]) == word {
                    found.insert(Span(start: start, end: start + word.count))
                }
            }
        }
        return found
    }

    private func spans(_ words: WordSet) -> Set<Span> {
        let minus = occurrences(words.minus.map(\.text))
        let clearing = occurrences(words.clearedBy.map(\.text))
        return occurrences(words.terms.map(\.text)).filter { a in
            !minus.contains { $0.start <= a.start && a.end <= $0.end } && !clearing.contains { overlap($0, a) }
        }
    }

    private func overlap(_ a: Span, _ b: Span) -> Bool { a.start < b.end && b.start < a.end }

    // MARK: Operators

    func spans(_ expression: Expression) -> Set<Span> { denoted(Self.flat(expression)) }

    private func denoted(_ expression: Expression) -> Set<Span> {
        switch expression {
        case .words(let words): return spans(words)
        case .number, .pattern: return []
        case .named(_, let inner): return denoted(inner)
        case .any(let parts): return parts.reduce(into: []) { $0.formUnion(denoted($1)) }
        case .seq(let parts, let gaps, let isBothWays, let extent):
            var all = chains(parts, gaps)
            if isBothWays { all.formUnion(chains(parts.reversed(), gaps)) }
            return tight(all.filter { fits($0, extent) })
        case .near(let parts, let extent):
            return tight(neighbours(parts.map(denoted)).filter { fits($0, extent) })
        }
    }

    private func neighbours(_ lists: [Set<Span>]) -> Set<Span> {
        // Of more than six parts two may have the same characters.
        if lists.count > 6 {
            return lists.dropFirst().reduce(lists[0]) { hulls, list in
                Set(
                    hulls.flatMap { hull in
                        list.map { Span(start: min(hull.start, $0.start), end: max(hull.end, $0.end)) }
                    })
            }
        }
        var all: Set<Span> = []
        for choice in choices(lists) {
            let apart = choice.indices.allSatisfy { a in
                choice.indices.allSatisfy { a == $0 || !overlap(choice[a], choice[$0]) }
            }
            if apart { all.insert(Span(start: choice.map(\.start).min()!, end: choice.map(\.end).max()!)) }
        }
        return all
    }

    private func chains(_ parts: [Expression], _ gaps: [Gap]) -> Set<Span> {
        let forbidden = gaps.map { $0.without.map(spans) ?? [] }
        var all: Set<Span> = []
        for choice in choices(parts.map(denoted)) {
            let isChain = gaps.indices.allSatisfy { gap in
                let (from, to) = (choice[gap].end, choice[gap + 1].start)
                return from <= to && gaps[gap].characters.contains(to - from)
                    && !forbidden[gap].contains { from <= $0.start && $0.end <= to }
            }
            if isChain { all.insert(Span(start: choice[0].start, end: choice[choice.count - 1].end)) }
        }
        return all
    }

    private func choices(_ lists: [Set<Span>]) -> [[Span]] {
        lists.reduce([[]]) { choices, list in choices.flatMap { choice in list.map { choice + [$0] } } }
    }

    private func fits(_ span: Span, _ extent: Extent) -> Bool {
        if let within = extent.within, span.end - span.start > within { return false }
        let numbers = numbers(extent.unit)
        return numbers[span.start] == numbers[span.end - 1]
    }

    private func numbers(_ unit: TextUnit) -> [Int] {
        switch unit {
        case .clause: clauses
        case .sentence: sentences
        case .segment: segments
        }
    }

    private func tight(_ all: Set<Span>) -> Set<Span> {
        all.filter { span in
            !all.contains { $0.end == span.end && $0.start > span.start }
                || !all.contains { $0.start == span.start && $0.end < span.end }
        }
    }

    /// Sequences in sequences, and choices in choices, that add nothing written into those around them.
    private static func flat(_ expression: Expression) -> Expression {
        switch expression {
        case .words, .number, .pattern: return expression
        case .named(let name, let inner): return .named(name, flat(inner))
        case .near(let parts, let extent): return .near(parts.map(flat), extent)
        case .any(let parts):
            return .any(
                parts.flatMap { part in
                    if case .any(let inner) = flat(part) { inner } else { [flat(part)] }
                })
        case .seq(let parts, let gaps, let isBothWays, let extent):
            var (allParts, allGaps): ([Expression], [Gap]) = ([], [])
            for (number, part) in parts.enumerated() {
                if number > 0 { allGaps.append(gaps[number - 1]) }
                if !isBothWays, case .seq(let inner, let innerGaps, false, let own) = flat(part), own.within == nil,
                    own.unit == extent.unit || (own.unit, extent.unit) == (.sentence, .clause)
                {
                    allParts += inner
                    allGaps += innerGaps
                } else {
                    allParts.append(flat(part))
                }
            }
            return .seq(allParts, gaps: allGaps, bothWays: isBothWays, extent)
        }
    }

    // MARK: Hits

    private struct Selected {
        var span: Span
        var isNew: Bool
    }

    func hits(_ rule: Rule, behind border: Int) -> [Hit] {
        guard case .text(let expression) = rule.match else { return [] }
        return select(Self.flat(expression), behind: border).compactMap { selected in
            let span = selected.span
            for guarding in rule.guards where guarding.action == .clear && completion(guarding, span) != nil {
                return nil
            }
            var completion = span.end
            for needed in rule.needs {
                guard let own = self.completion(needed, span) else { return nil }
                completion = max(completion, own)
            }
            let isBehind = selected.isNew && span.end > border
            guard isBehind || (completion > border && completion > span.end) else { return nil }
            var hit = Hit(start: span.start, end: span.end)
            for guarding in rule.guards where guarding.action != .clear && self.completion(guarding, span) != nil {
                hit.guards.insert(guarding.name)
                if guarding.action == .lower { hit.isLowered = true }
            }
            for exempt in rule.exemptions where self.completion(exempt.condition, span) != nil {
                hit.exemptions.insert(exempt.exemption)
            }
            return hit
        }.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    }

    private static func isWords(_ expression: Expression) -> Bool {
        switch expression {
        case .words: true
        case .named(_, let inner): isWords(inner)
        case .any(let parts): parts.allSatisfy(isWords)
        case .number, .pattern, .seq, .near: false
        }
    }

    private func select(_ expression: Expression, behind border: Int) -> [Selected] {
        if Self.isWords(expression) {
            let all = denoted(expression)
            let judgedEnd = all.map(\.end).filter { $0 <= border }.max() ?? 0
            let selected = all.map { Selected(span: $0, isNew: $0.end <= border || $0.start >= judgedEnd) }
            return apart(selected.sorted { ($0.span.start, $1.span.end) < ($1.span.start, $0.span.end) })
        }
        let selected: [Selected] =
            switch expression {
            case .named(_, let inner): select(inner, behind: border)
            case .any(let parts): parts.flatMap { select($0, behind: border) }
            case .words, .number, .pattern, .seq, .near: denoted(expression).map { Selected(span: $0, isNew: true) }
            }
        return apart(
            selected.sorted {
                ($0.span.end, $1.span.start, $0.isNew ? 1 : 0) < ($1.span.end, $0.span.start, $1.isNew ? 1 : 0)
            })
    }

    private func apart(_ selected: [Selected]) -> [Selected] {
        var covered = 0
        return selected.filter {
            guard $0.span.start >= covered else { return false }
            covered = $0.span.end
            return true
        }
    }

    // MARK: Guards

    /// The first end of a word that makes the condition hold; nil if it does not hold.
    private func completion(_ condition: Guard, _ hit: Span) -> Int? {
        let except = condition.except.map { spans($0) } ?? []
        var words = spans(condition.words).filter { word in !except.contains { overlap($0, word) } }
        if condition.isOdd {
            let ordered = words.sorted { ($0.start, $1.end) < ($1.start, $0.end) }
            words = Set(apart(ordered.map { Selected(span: $0, isNew: true) }).map(\.span))
        }
        let there = words.filter { isInScope($0, condition.scope, hit) }
        guard condition.isOdd else {
            return condition.scope == .overClause ? there.map(\.end).max() : there.map(\.end).min()
        }
        return there.count % 2 == 1 ? there.map(\.end).max() : nil
    }

    private func isInScope(_ word: Span, _ scope: Guard.Scope, _ hit: Span) -> Bool {
        /// From the unit where the hit begins to the one where it ends.
        func isInUnit(_ unit: TextUnit, _ place: Int) -> Bool {
            let numbers = numbers(unit)
            return (numbers[hit.start]...numbers[hit.end - 1]).contains(numbers[place])
        }
        func isInside(_ unit: TextUnit) -> Bool { isInUnit(unit, word.start) && isInUnit(unit, word.end - 1) }
        switch scope {
        case .before(let count, let unit):
            return isInside(unit) && word.end <= hit.start && hit.start - word.start <= count
        case .after(let count, let unit):
            return isInside(unit) && word.start >= hit.end && word.end - hit.end <= count
        case .around(let count, let unit):
            return isInside(unit) && hit.start - word.start <= count && word.end - hit.end <= count
        case .unit(let unit): return isInside(unit)
        case .inside: return false
        case .overClause: return (word.start..<word.end).contains { isInUnit(.clause, $0) }
        }
    }
}

import ChineseText
import ClaimRules
import TermMatching
import TestSupport

/// What expressions and guards mean, word for word (`docs/proposals/rule-language-2.md`, 2.1 to 2.5), by trying every choice.
///
/// It shares nothing with the program, the layout and the evaluator but the rules' values, and with the source of numbers
/// their reader. Texts are characters of one code point, places are their numbers.
struct NaiveEvaluator {
    struct Span: Hashable, Comparable {
        var start: Int
        var end: Int

        static func < (a: Span, b: Span) -> Bool { (a.start, a.end) < (b.start, b.end) }
    }
    struct Hit: Hashable {
        var start: Int
        var end: Int
        /// The occurrences that make it, in order of place.
        var parts: [Span] = []
        /// Where the text is that it needs at least.
        var completion = 0
        /// Names of guards that lower or mark.
        var guards: Set<String> = []
        var isLowered = false
        var exemptions: Set<Exemption> = []
    }

    let text: [Unicode.Scalar]
    private var clauses: [Int] = []
    private(set) var sentences: [Int] = []
    private var segments: [Int] = []
    /// Where the numbers of the text stand.
    private var numbers: [(span: Span, mention: NumberMention)] = []
    private let sureness: Sureness
    private let known = Known()

    /// What was found before: choices try an expression again and again.
    private final class Known {
        var spans: [Expression: Set<Span>] = [:]
    }

    /// - Parameter isFrontCut: Whether what came before was cut off, so that a number at the very beginning may be the end of
    ///   another.
    init(_ pieces: [String], sureness: Sureness = Sureness(), isFrontCut: Bool = false) {
        self.sureness = sureness
        text = pieces.flatMap { Array($0.unicodeScalars) }
        var places: [Int: Int] = [:]
        var bytes = 0
        for (place, scalar) in text.enumerated() {
            places[bytes] = place
            bytes += UTF8.width(scalar)
        }
        places[bytes] = text.count
        var mentions = NumberBuffer()
        Array(pieces.joined().utf8).withUnsafeBufferPointer { NumberReader.read($0, into: &mentions) }
        for number in 0..<mentions.count where !(isFrontCut && mentions[number].start == 0) {
            let (start, end) = (places[Int(mentions[number].start)]!, places[Int(mentions[number].end)]!)
            numbers.append((Span(start: start, end: end), mentions[number]))
        }
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

    func occurrences(_ words: [String]) -> Set<Span> {
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
            sureness.takes(a, words) && !minus.contains { $0.start <= a.start && a.end <= $0.end }
                && !clearing.contains { overlap($0, a) }
        }
    }

    private func numbers(_ slot: NumberSlot) -> Set<Span> {
        Set(numbers.filter { slot.accepts($0.mention) }.map(\.span))
    }

    /// The leftmost matches that do not overlap, of each sentence.
    private func matches(_ pattern: TextPattern) -> Set<Span> {
        let pattern = NaivePattern(pattern.source)
        var found: Set<Span> = []
        for sentence in Set(sentences) {
            let places = text.indices.filter { sentences[$0] == sentence }
            var from = places[0]
            while from <= places[places.count - 1] {
                guard
                    let match = (from...places[places.count - 1]).lazy.compactMap({ start in
                        pattern.end(in: text[...places[places.count - 1]], from: start).map { (start, $0) }
                    }).first
                else { break }
                if match.1 > match.0 { found.insert(Span(start: match.0, end: match.1)) }
                from = max(match.1, match.0 + 1)
            }
        }
        return found
    }

    func overlap(_ a: Span, _ b: Span) -> Bool { a.start < b.end && b.start < a.end }

    // MARK: Operators

    func spans(_ expression: Expression) -> Set<Span> { denoted(Self.flat(expression)) }

    private func denoted(_ expression: Expression) -> Set<Span> {
        if let known = known.spans[expression] { return known }
        let spans = spansAnew(expression)
        known.spans[expression] = spans
        return spans
    }

    private func spansAnew(_ expression: Expression) -> Set<Span> {
        switch expression {
        case .words(let words): return spans(words)
        case .number(let slot): return numbers(slot)
        case .pattern(let pattern): return matches(pattern)
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

    func choices(_ lists: [Set<Span>]) -> [[Span]] {
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
        /// What it was taken from.
        var expression: Expression
    }

    func hits(_ rule: Rule, behind border: Int) -> [Hit] {
        guard case .text(let expression) = rule.match else { return [] }
        return select(Self.flat(expression), behind: border).compactMap { selected in
            let span = selected.span
            let parts = self.parts(selected.expression, span).sorted()
            func completion(_ condition: Guard) -> Int? { self.completion(condition, span, parts) }
            for guarding in rule.guards where guarding.action == .clear && completion(guarding) != nil { return nil }
            var end = span.end
            for needed in rule.needs {
                guard let own = completion(needed) else { return nil }
                end = max(end, own)
            }
            let isBehind = selected.isNew && span.end > border
            guard isBehind || (end > border && end > span.end) else { return nil }
            var hit = Hit(start: span.start, end: span.end, parts: parts, completion: end)
            for guarding in rule.guards where guarding.action != .clear && completion(guarding) != nil {
                hit.guards.insert(guarding.name)
                if guarding.action == .lower { hit.isLowered = true }
            }
            for exempt in rule.exemptions where completion(exempt.condition) != nil {
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
            let selected = all.map {
                Selected(span: $0, isNew: $0.end <= border || $0.start >= judgedEnd, expression: expression)
            }
            return apart(selected.sorted { ($0.span.start, $1.span.end) < ($1.span.start, $0.span.end) })
        }
        let selected: [Selected] =
            switch expression {
            case .named(_, let inner): select(inner, behind: border)
            case .any(let parts): parts.flatMap { select($0, behind: border) }
            case .words, .number, .pattern, .seq, .near:
                denoted(expression).map { Selected(span: $0, isNew: true, expression: expression) }
            }
        // Of one stretch what was judged before, then what stands first in the rule.
        let ordered = selected.enumerated().sorted {
            ($0.element.span.end, $1.element.span.start, $0.element.isNew ? 1 : 0, $0.offset)
                < ($1.element.span.end, $0.element.span.start, $1.element.isNew ? 1 : 0, $1.offset)
        }
        return apart(ordered.map(\.element))
    }

    private func apart(_ selected: [Selected]) -> [Selected] {
        var covered = 0
        return selected.filter {
            guard $0.span.start >= covered else { return false }
            covered = $0.span.end
            return true
        }
    }

    // MARK: Parts

    /// How surely an expression says a span.
    private func score(_ expression: Expression, _ span: Span) -> Int {
        switch expression {
        case .words: sureness.score(span)
        case .named(_, let inner): score(inner, span)
        case .any(let parts):
            parts.filter { denoted($0).contains(span) }.map { score($0, span) }.max() ?? 0
        case .number, .pattern, .seq, .near: 100
        }
    }

    /// The occurrences that make a span. Of several ways: the surest of a choice, then the first; of a sequence as written
    /// before the other way round; the last part, and then each before it, as far behind as can be, then as long.
    private func parts(_ expression: Expression, _ span: Span) -> [Span] {
        switch expression {
        case .words, .number, .pattern: return [span]
        case .named(_, let inner): return parts(inner, span)
        case .any(let choice):
            let able = choice.filter { denoted($0).contains(span) }
            let most = able.map { score($0, span) }.max()!
            return parts(able.first { score($0, span) == most }!, span)
        case .seq(let written, let gaps, let isBothWays, _):
            for order in isBothWays ? [written, written.reversed()] : [written] {
                if let chain = chain(order.map(denoted), gaps, span) { return zip(order, chain).flatMap(parts) }
            }
            preconditionFailure("a span that nothing makes")
        case .near(let written, _):
            let lists = written.map { denoted($0).filter { span.start <= $0.start && $0.end <= span.end } }
            return zip(written, written.count > 6 ? touching(lists, span) : apart(lists, span)).flatMap(parts)
        }
    }

    private func chain(_ lists: [Set<Span>], _ gaps: [Gap], _ span: Span) -> [Span]? {
        let forbidden = gaps.map { $0.without.map(spans) ?? [] }
        func extended(_ behind: [Span]) -> [Span]? {
            let place = lists.count - 1 - behind.count
            if place < 0 { return behind[0].start == span.start ? behind : nil }
            for one in lists[place].sorted(by: { ($0.end, $1.start) > ($1.end, $0.start) }) {
                if let next = behind.first {
                    guard one.end <= next.start, gaps[place].characters.contains(next.start - one.end),
                        !forbidden[place].contains(where: { one.end <= $0.start && $0.end <= next.start })
                    else { continue }
                } else if one.end != span.end {
                    continue
                }
                if one.start >= span.start, let whole = extended([one] + behind) { return whole }
            }
            return nil
        }
        return extended([])
    }

    private func apart(_ lists: [Set<Span>], _ span: Span) -> [Span] {
        func extended(_ chosen: [Int: Span], before next: Int) -> [Int: Span]? {
            if chosen.count == lists.count { return next == span.start ? chosen : nil }
            let candidates = lists.indices.filter { chosen[$0] == nil }.flatMap { part in
                lists[part].filter { chosen.isEmpty ? $0.end == span.end : $0.end <= next }.map { (part, $0) }
            }
            for (part, one) in candidates.sorted(by: { ($1.1.end, $0.1.start, $0.0) < ($0.1.end, $1.1.start, $1.0) }) {
                if let whole = extended(chosen.merging([part: one]) { $1 }, before: one.start) { return whole }
            }
            return nil
        }
        let chosen = extended([:], before: span.end)!
        return lists.indices.map { chosen[$0]! }
    }

    /// Of many parts, which may share characters, one that begins the span, one that ends it, of the others the first.
    private func touching(_ lists: [Set<Span>], _ span: Span) -> [Span] {
        let ordered = lists.map { $0.sorted { ($0.end, $0.start) < ($1.end, $1.start) } }
        for (first, opening) in ordered.enumerated().flatMap({ part, list in list.map { (part, $0) } })
        where opening.start == span.start {
            for (last, closing) in ordered.enumerated().flatMap({ part, list in list.map { (part, $0) } })
            where closing.end == span.end && (last != first || closing == opening) {
                var chosen = ordered.map { $0[0] }
                chosen[first] = opening
                chosen[last] = closing
                return chosen
            }
        }
        preconditionFailure("a span that nothing makes")
    }

    // MARK: Guards

    /// The first end of a word that makes the condition hold; nil if it does not hold.
    private func completion(_ condition: Guard, _ hit: Span, _ parts: [Span]) -> Int? {
        let except = condition.except.map { spans($0) } ?? []
        var words = spans(condition.words).filter { word in !except.contains { overlap($0, word) } }
        if condition.isOdd {
            let ordered = words.sorted { ($0.start, $1.end) < ($1.start, $0.end) }
            var covered = 0
            words = Set(
                ordered.filter {
                    guard $0.start >= covered else { return false }
                    covered = $0.end
                    return true
                })
        }
        let there = words.filter { isInScope($0, condition.scope, hit, parts) }
        guard condition.isOdd else {
            return condition.scope == .overClause ? there.map(\.end).max() : there.map(\.end).min()
        }
        return there.count % 2 == 1 ? there.map(\.end).max() : nil
    }

    private func isInScope(_ word: Span, _ scope: Guard.Scope, _ hit: Span, _ parts: [Span]) -> Bool {
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
        case .inside:
            return hit.start <= word.start && word.end <= hit.end && !parts.contains { overlap($0, word) }
        case .overClause: return (word.start..<word.end).contains { isInUnit(.clause, $0) }
        }
    }
}

/// How sure occurrences are, and which a reader sees inside other words: made up of where they stand, so that the matcher
/// need not find doubtful ones.
struct Sureness {
    /// 0: all are sure.
    var seed: UInt64 = 0

    func score(_ span: NaiveEvaluator.Span) -> Int { seed == 0 ? 100 : [100, 90, 60][Int(hash(span) % 3)] }
    func isEmbedded(_ span: NaiveEvaluator.Span) -> Bool { seed != 0 && hash(span) >> 8 & 3 == 0 }

    func takes(_ span: NaiveEvaluator.Span, _ words: WordSet) -> Bool {
        score(span) >= Int(words.minScore) && !(words.wholeWords && isEmbedded(span))
    }

    private func hash(_ span: NaiveEvaluator.Span) -> UInt64 {
        var random = SplitMix64(seed: seed &+ UInt64(span.start * 64 + span.end))
        return random.next() >> 16
    }
}

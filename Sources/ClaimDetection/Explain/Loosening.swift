import ClaimRules
import TermMatching

/// Why the words of a rule are all there and make no hit: the rule is asked again with one constraint loosened at a time, and
/// the first that makes a hit is the reason.
///
/// ```
///     治：这款枕头对颈椎不错，很多人问能不能缓解糖尿病       seq [治, gap 0..16, 糖尿病]
///       without none: no    gap 0..200: a hit, and 0..18 is the least    →  18 characters lie between them, 16 are allowed
/// ```
/// In this order: what may not lie between, gaps, the unit, the stretch, the order, guards, needs. Slow: each try compiles the
/// rule, with those of its terms alone that stand in the text.
struct Loosening {
    /// The widest gap and stretch that is tried, characters.
    private static let widest = 400

    private let rule: Rule
    private let text: UnsafeBufferPointer<UInt8>

    /// - Parameter terms: Those that stand in the text, words of guards included.
    init(_ rule: Rule, terms: Set<Term>, in text: UnsafeBufferPointer<UInt8>) {
        var narrow = rule
        if case .text(let expression) = rule.match {
            narrow.match = .text(expression.mapped { $0.narrowed(to: terms) })
        }
        func narrowed(_ condition: Guard) -> Guard {
            var condition = condition
            condition.words = condition.words.narrowed(to: terms)
            condition.except = condition.except.map { $0.narrowed(to: terms) }
            return condition
        }
        narrow.guards = rule.guards.map(narrowed)
        narrow.needs = rule.needs.map(narrowed)
        narrow.exemptions = []
        narrow.status = .stable
        (self.rule, self.text) = (narrow, text)
    }

    /// The reason; nil if no single constraint is it.
    func miss() -> Miss? {
        guard case .text(let expression) = rule.match else { return nil }
        var bare = rule
        (bare.guards, bare.needs) = ([], [])
        if isMet(bare) { return conditions() }
        let places = expression.composites
        for (place, composite) in places {
            for gap in composite.gaps.indices where composite.gaps[gap].without != nil {
                var loose = composite
                loose.gaps[gap].without = nil
                if isMet(with(loose, at: place)) {
                    return .apart(.forbidden(forbidden(composite.gaps[gap], with(loose, at: place))))
                }
            }
        }
        for (place, composite) in places {
            for gap in composite.gaps.indices {
                if let found = gapFound(gap, of: composite, at: place) {
                    return .apart(.gap(found: found, allowed: composite.gaps[gap].characters))
                }
            }
        }
        for (place, composite) in places where composite.extent.unit != .segment {
            var loose = composite
            loose.extent.unit = .segment
            if isMet(with(loose, at: place)) { return .apart(.unit(composite.extent.unit)) }
        }
        for (place, composite) in places {
            guard let within = composite.extent.within else { continue }
            func isMet(within: Int?) -> Bool {
                var loose = composite
                loose.extent.within = within
                // Gaps as wide as the stretch are what a stretch in order is written with.
                for gap in loose.gaps.indices
                where loose.gaps[gap].characters.upperBound >= composite.extent.within ?? 0 {
                    loose.gaps[gap].characters = loose.gaps[gap].characters.lowerBound...Self.widest
                }
                return self.isMet(with(loose, at: place))
            }
            if isMet(within: nil) {
                return .apart(.within(found: least(from: within + 1) { isMet(within: $0) }, allowed: within))
            }
        }
        for (place, composite) in places where composite.isSequence {
            if isMet(with(composite.inAnyOrder(widest: Self.widest), at: place)) { return .apart(.order) }
        }
        return nil
    }

    // MARK: Constraints

    /// Which guard clears, or which context is missing.
    private func conditions() -> Miss? {
        for (number, guarding) in rule.guards.enumerated() where guarding.action == .clear {
            var alone = rule
            (alone.guards, alone.needs) = ([guarding], [])
            if !isMet(alone) {
                return .guarded(name: rule.guards[number].name, words: words(of: guarding))
            }
        }
        for (number, needed) in rule.needs.enumerated() {
            var alone = rule
            (alone.guards, alone.needs) = ([], [needed])
            if !isMet(alone) { return .lacksContext(number + 1) }
        }
        return nil
    }

    /// The words of a guard that clears every hit of the rule.
    private func words(of guarding: Guard) -> [String] {
        guarding.words.terms.filter { term in
            var alone = rule
            var one = guarding
            one.words.terms = [term]
            (alone.guards, alone.needs) = ([one], [])
            one.isOdd = false
            return !isMet(alone)
        }.map(\.text)
    }

    /// How wide a gap would have to be, if it alone keeps the rule from being met.
    private func gapFound(_ gap: Int, of composite: Expression.Composite, at place: [Int]) -> Int? {
        let allowed = composite.gaps[gap].characters
        func isMet(_ characters: ClosedRange<Int>) -> Bool {
            var loose = composite
            loose.gaps[gap].characters = characters
            return self.isMet(with(loose, at: place))
        }
        if isMet(allowed.lowerBound...Self.widest) {
            return least(from: allowed.upperBound + 1) { isMet(allowed.lowerBound...$0) }
        }
        guard allowed.lowerBound > 0, isMet(0...allowed.upperBound) else { return nil }
        // The most that still does.
        var (low, high) = (0, allowed.lowerBound - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if isMet(middle...allowed.upperBound) { low = middle } else { high = middle - 1 }
        }
        return low
    }

    private func least(from first: Int, _ holds: (Int) -> Bool) -> Int {
        var (low, high) = (first, Self.widest)
        while low < high {
            let middle = (low + high) / 2
            if holds(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// The word that lies in a gap where none may.
    private func forbidden(_ gap: Gap, _ loose: Rule) -> String {
        guard let words = gap.without else { return "" }
        let only = words.terms.first { term in
            var alone = loose
            if case .text(let expression) = rule.match {
                alone.match = .text(
                    expression.mapped { set in
                        guard set == words else { return set }
                        var one = set
                        one.terms = [term]
                        return one
                    })
            }
            return !isMet(alone)
        }
        return (only ?? words.terms[0]).text
    }

    // MARK: Tries

    private func with(_ composite: Expression.Composite, at place: [Int]) -> Rule {
        var loose = rule
        (loose.guards, loose.needs) = ([], [])
        if case .text(let expression) = rule.match {
            loose.match = .text(expression.replacing(place[...], with: composite.expression))
        }
        return loose
    }

    private func isMet(_ rule: Rule) -> Bool {
        guard let alone = try? RuleSet(alone: rule) else { return false }
        var scanner = OccurrenceScanner(alone)
        var evaluator = RuleEvaluator(alone)
        var occurrences: [Occurrence] = []
        _ = scanner.scan(text, from: 0, limit: .max, into: &occurrences)
        evaluator.begin(text, from: 0, pieces: [], behind: 0, limits: DetectionLimits())
        evaluator.take(occurrences, limit: .max)
        evaluator.meet(0)
        return !evaluator.hits.isEmpty
    }
}

extension WordSet {
    /// With those terms alone; with its first if it has none of them, so that it stays one that nothing meets.
    fileprivate func narrowed(to there: Set<Term>) -> WordSet {
        var narrow = self
        narrow.terms = terms.filter(there.contains)
        if narrow.terms.isEmpty { narrow.terms = Array(terms.prefix(1)) }
        narrow.minus = minus.filter(there.contains)
        narrow.clearedBy = clearedBy.filter(there.contains)
        return narrow
    }
}

extension Expression {
    /// A sequence or a neighbourhood, taken apart.
    fileprivate struct Composite {
        var parts: [Expression]
        /// Of a sequence.
        var gaps: [Gap] = []
        var isBothWays = false
        var extent: Extent
        var isSequence: Bool

        var expression: Expression {
            isSequence ? .seq(parts, gaps: gaps, bothWays: isBothWays, extent) : .near(parts, extent)
        }

        func inAnyOrder(widest: Int) -> Composite {
            if parts.count == 2 {
                var both = self
                both.isBothWays = true
                return both
            }
            return Composite(parts: parts, extent: extent, isSequence: false)
        }
    }

    /// The composites in it, the outermost first, each with the way to it.
    fileprivate var composites: [(place: [Int], composite: Composite)] {
        var found: [(place: [Int], composite: Composite)] = []
        func visit(_ expression: Expression, _ place: [Int]) {
            switch expression {
            case .words, .number, .pattern: return
            case .named(_, let inner): visit(inner, place + [0])
            case .any(let parts): for (number, part) in parts.enumerated() { visit(part, place + [number]) }
            case .seq(let parts, let gaps, let isBothWays, let extent):
                found.append(
                    (
                        place,
                        Composite(parts: parts, gaps: gaps, isBothWays: isBothWays, extent: extent, isSequence: true)
                    ))
                for (number, part) in parts.enumerated() { visit(part, place + [number]) }
            case .near(let parts, let extent):
                found.append((place, Composite(parts: parts, extent: extent, isSequence: false)))
                for (number, part) in parts.enumerated() { visit(part, place + [number]) }
            }
        }
        visit(self, [])
        return found
    }

    fileprivate func replacing(_ place: ArraySlice<Int>, with expression: Expression) -> Expression {
        guard let number = place.first else { return expression }
        func replaced(_ parts: [Expression]) -> [Expression] {
            var parts = parts
            parts[number] = parts[number].replacing(place.dropFirst(), with: expression)
            return parts
        }
        return switch self {
        case .words, .number, .pattern: self
        case .named(let name, let inner): .named(name, inner.replacing(place.dropFirst(), with: expression))
        case .any(let parts): .any(replaced(parts))
        case .seq(let parts, let gaps, let isBothWays, let extent):
            .seq(replaced(parts), gaps: gaps, bothWays: isBothWays, extent)
        case .near(let parts, let extent): .near(replaced(parts), extent)
        }
    }

    /// With other words, those between the parts of sequences included.
    fileprivate func mapped(_ change: (WordSet) -> WordSet) -> Expression {
        switch self {
        case .words(let words): .words(change(words))
        case .number, .pattern: self
        case .named(let name, let inner): .named(name, inner.mapped(change))
        case .any(let parts): .any(parts.map { $0.mapped(change) })
        case .seq(let parts, let gaps, let isBothWays, let extent):
            .seq(
                parts.map { $0.mapped(change) },
                gaps: gaps.map { Gap($0.characters, without: $0.without.map(change)) }, bothWays: isBothWays, extent)
        case .near(let parts, let extent): .near(parts.map { $0.mapped(change) }, extent)
        }
    }
}

import ClaimRules
import LiveEvents
import TermMatching
import TestSupport

@testable import ClaimDetection

/// Rules and texts made up of a few characters, so that words nest, overlap and repeat.
struct ExpressionCases {
    var random: SplitMix64
    private let alphabet = ["甲", "乙", "丙", "丁", "不"]
    private let numbers = ["3斤", "两天", "8", "五六斤", "半", "元", "20块"]
    private let marks = ["，", "。", " "]
    private var classes: [[String]] = []

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    private mutating func chance(_ percent: Int) -> Bool { random.below(100) < percent }
    private mutating func range(_ range: ClosedRange<Int>) -> Int { range.lowerBound + random.below(range.count) }

    // MARK: Rules

    mutating func rules(_ count: Int, plain: Bool = false) -> [Rule] {
        classes = (0..<range(2...5)).map { _ in
            (0..<range(1...3)).map { _ in
                (0..<[1, 1, 2, 2, 3][random.below(5)]).map { _ in alphabet[random.below(5)] }.joined()
            }
        }
        return (0..<count).map { number in
            var made = rule("r\(number)", parts: [["甲"]])
            // A simple rule is met often, so that what is asked around its hits is asked often.
            made.match = .text(expression(depth: !plain && chance(40) ? 1 : 3, isPlain: plain))
            if plain { return made }
            made.guards = (0..<[0, 0, 1, 1, 2][random.below(5)]).map { condition("guard\($0)") }
            made.needs = chance(25) ? [condition("needed")] : []
            for index in made.needs.indices { made.needs[index].isOdd = false }
            made.exemptions = chance(15) ? [ExemptWords(.usage, condition("usage"))] : []
            return made
        }
    }

    /// Rules as claimwatch/1 writes them.
    mutating func formerRules(_ count: Int) -> [Rule] {
        _ = rules(0)
        return (0..<count).map { number in
            let parts = (0..<[1, 2, 2, 3, 7][random.below(5)]).map { _ in terms().map(\.text) }
            return rule(
                "f\(number)", parts: parts, within: parts.count == 1 ? 0 : range(2...14),
                order: parts.count < 7 && chance(50) ? .written : .any,
                unless: chance(40) ? terms().map(\.text) + [alphabet[4] + alphabet[random.below(5)]] : [])
        }
    }

    private mutating func terms() -> [Term] {
        var seen: Set<String> = []
        return classes[random.below(classes.count)].filter { seen.insert($0).inserted }.map { Term($0) }
    }

    private mutating func words(isPlain: Bool) -> WordSet {
        WordSet(
            terms: terms(), minus: !isPlain && chance(20) ? terms() : [],
            clearedBy: !isPlain && chance(20) ? terms() : [])
    }

    /// Words that make a hit, and may have to be sure.
    private mutating func positiveWords(isPlain: Bool) -> WordSet {
        var words = words(isPlain: isPlain)
        if !isPlain, chance(20) { words.minScore = [61, 80, 95][random.below(3)] }
        words.wholeWords = !isPlain && chance(15)
        return words
    }

    private mutating func slot() -> NumberSlot {
        switch random.below(6) {
        case 0: try! NumberSlot(kind: .number, min: chance(50) ? "4" : nil)
        case 1: try! NumberSlot(kind: .weight, max: chance(50) ? "4斤" : nil)
        case 2: try! NumberSlot(kind: .weight, min: "6斤")
        case 3: try! NumberSlot(kind: .duration)
        case 4: try! NumberSlot(kind: .price, min: "9元", isBare: chance(50))
        default: try! NumberSlot(kind: .number, units: ["斤"])
        }
    }

    /// Repetitions are not nested, or trying every choice would take for ever.
    private mutating func pattern(depth: Int = 1, isRepeated: Bool = false) -> String {
        var source = ""
        for _ in 0..<range(1...3) {
            let repeats = !isRepeated && chance(30)
            switch random.below(depth == 0 ? 4 : 6) {
            case 0, 1: source += alphabet[random.below(5)]
            case 2: source += "."
            case 3: source += "[\(alphabet[random.below(5)])\(alphabet[random.below(5)])]"
            default:
                let choices = (0..<2).map { _ in pattern(depth: depth - 1, isRepeated: repeats) }
                source += "(?:\(choices.joined(separator: "|")))"
            }
            if repeats {
                source += ["?", "*", "{0,2}", "{1,3}", "+"][random.below(5)]
                if chance(30) { source += "?" }
            }
        }
        return source
    }

    private mutating func extent(isPlain: Bool) -> Extent {
        let unit: TextUnit = isPlain ? .sentence : [.clause, .sentence, .sentence, .segment][random.below(4)]
        return Extent(within: chance(40) ? range(1...14) : nil, unit: unit)
    }

    private mutating func expression(depth: Int, isPlain: Bool) -> Expression {
        let kind = depth == 0 ? 0 : random.below(depth == 3 ? 11 : 8)
        switch kind {
        case 0, 1:
            // Of many parts two may be one word.
            if depth == 3, chance(50) {
                let parts = (0..<7).map { _ in Expression.words(words(isPlain: isPlain)) }
                return .near(parts, extent(isPlain: isPlain))
            }
            if !isPlain, chance(20) { return .number(slot()) }
            if !isPlain, chance(20), let pattern = try? TextPattern.read(pattern(), isAlone: false) {
                return .pattern(pattern)
            }
            return .words(positiveWords(isPlain: isPlain))
        case 2: return .any((0..<range(2...3)).map { _ in expression(depth: depth - 1, isPlain: isPlain) })
        case 3, 7:
            return .near(
                (0..<range(2...3)).map { _ in expression(depth: depth - 1, isPlain: isPlain) }, extent(isPlain: isPlain)
            )
        case 4: return .named("said", expression(depth: depth - 1, isPlain: isPlain))
        default:
            let count = range(2...3)
            let gaps = (1..<count).map { _ in
                let low = [0, 0, 0, 1, 2][random.below(5)]
                return Gap(low...low + random.below(9), without: chance(30) ? words(isPlain: isPlain) : nil)
            }
            let parts = (0..<count).map { _ in expression(depth: depth - 1, isPlain: isPlain) }
            return .seq(parts, gaps: gaps, bothWays: count == 2 && chance(30), extent(isPlain: isPlain))
        }
    }

    private mutating func condition(_ name: String) -> Guard {
        let unit = TextUnit.allCases[random.below(3)]
        let scope: Guard.Scope =
            switch random.below(8) {
            case 0, 1: .before(range(1...8), unit)
            case 2: .after(range(1...8), unit)
            case 3: .around(range(1...8), unit)
            case 4: .unit(unit)
            case 5, 6: .inside
            default: .overClause
            }
        var words = words(isPlain: false)
        // Words over the end of a clause.
        if chance(15) { words.terms.append(Term("\(alphabet[random.below(5)])，\(alphabet[random.below(5)])")) }
        return Guard(
            name: name, scope: scope, words: words, except: chance(30) ? self.words(isPlain: false) : nil,
            isOdd: scope != .overClause && chance(30), action: Guard.Action.allCases[random.below(3)])
    }

    // MARK: Texts

    /// One to three segments, none empty.
    mutating func pieces(marks withMarks: Bool = true) -> [String] {
        (0..<range(1...3)).map { _ in
            (0..<range(1...10)).map { _ in
                if withMarks, chance(14) { return marks[random.below(3)] }
                return withMarks && chance(12) ? numbers[random.below(7)] : alphabet[random.below(5)]
            }.joined()
        }
    }
}

/// Asks the evaluator as the detector does.
struct ExpressionRun: ~Copyable {
    private let ruleSet: RuleSet
    private var scanner: OccurrenceScanner
    private var evaluator: RuleEvaluator
    private var occurrences: [Occurrence] = []
    /// By rule, all stretches of the text asked last that its expression denotes, in order of end, then of start.
    private(set) var spans: [[NaiveEvaluator.Span]] = []

    init(_ rules: [Rule]) {
        ruleSet = try! RuleSet(rules: rules, contentHash: "")
        scanner = OccurrenceScanner(ruleSet)
        evaluator = RuleEvaluator(ruleSet)
    }

    /// By rule, the hits that the last of the pieces completes, or all. In characters.
    mutating func hits(
        _ pieces: [String], behind border: Int? = nil, steps: Int? = nil, sureness: Sureness = Sureness(),
        maxCarryOverBytes: Int? = nil
    ) -> [[NaiveEvaluator.Hit]] {
        var text = pieces.joined()
        var starts: [Int] = []
        var length = 0
        for piece in pieces {
            starts.append(length)
            length += piece.utf8.count
        }
        var places = [Int](repeating: -1, count: length + 1)
        var place = 0
        for (number, scalar) in text.unicodeScalars.enumerated() {
            places[place] = number
            place += UTF8.width(scalar)
        }
        places[length] = text.unicodeScalars.count
        let made = starts.enumerated().map { number, start in
            CarryOver.Piece(
                topic: 0, partition: 0, offset: .init(Int64(number)), segmentID: Int64(number), startMS: 0, endMS: 0,
                textOffset: 0, start: start)
        }
        var counters = DetectionCounters()
        var limits = DetectionLimits()
        if let steps { limits.maxStepsPerText = steps }
        if let maxCarryOverBytes { limits.maxCarryOverBytes = maxCarryOverBytes }
        return text.withUTF8 { text in
            _ = scanner.scan(text, from: 0, limit: .max, into: &occurrences)
            for number in occurrences.indices {
                let span = NaiveEvaluator.Span(
                    start: places[Int(occurrences[number].start)], end: places[Int(occurrences[number].end)])
                occurrences[number].score = UInt8(sureness.score(span))
                occurrences[number].isEmbedded = sureness.isEmbedded(span)
            }
            _ = evaluator.evaluate(
                occurrences, in: text, from: 0, pieces: made, behind: border.map { starts[$0] } ?? 0, target: .speech,
                limits: limits, counters: &counters)
            var found = [[NaiveEvaluator.Hit]](repeating: [], count: ruleSet.rules.count)
            for hit in evaluator.hits {
                let parts = evaluator.parts[hit.parts]
                precondition(
                    parts.map(\.start).min() == hit.start && parts.map(\.end).max() == hit.end, "parts that make no hit"
                )
                let verdict = evaluator.verdict(
                    ruleSet.program.roots[Int(hit.rule)], hit.start, hit.end, parts: hit.parts)
                let guards = evaluator.guards[hit.guards].map { ruleSet.program.conditions[Int($0)] }
                found[Int(hit.rule)].append(
                    NaiveEvaluator.Hit(
                        start: places[Int(hit.start)], end: places[Int(hit.end)],
                        parts: parts.map { .init(start: places[Int($0.start)], end: places[Int($0.end)]) },
                        completion: places[Int(verdict.completion!)],
                        guards: Set(guards.map { ruleSet.program.names[$0.name] }), isLowered: hit.isLowered,
                        exemptions: Set(Exemption.allCases.filter { hit.exemptions.contains($0) })))
            }
            spans = ruleSet.program.roots.map { root in
                evaluator.arena[evaluator.spans(root.node)].map {
                    .init(start: places[Int($0.start)], end: places[Int($0.end)])
                }
            }
            return found
        }
    }
}

import ClaimRules
import LiveEvents
import TermMatching
import Testing

@testable import ClaimDetection

private func words(_ terms: String..., minus: [String] = [], clearedBy: [String] = []) -> WordSet {
    WordSet(terms: terms.map { Term($0) }, minus: minus.map { Term($0) }, clearedBy: clearedBy.map { Term($0) })
}

private func seq(
    _ parts: Expression..., gap: ClosedRange<Int> = 0...60, without: WordSet? = nil, bothWays: Bool = false,
    within: Int? = nil, unit: TextUnit = .sentence
) -> Expression {
    .seq(
        parts, gaps: [Gap](repeating: Gap(gap, without: without), count: parts.count - 1), bothWays: bothWays,
        Extent(within: within, unit: unit))
}

private func made(
    _ match: Expression, guards: [Guard] = [], needs: [Guard] = [], exemptions: [ExemptWords] = []
) -> Rule {
    var made = rule("r", parts: [["甲"]])
    made.match = .text(match)
    (made.guards, made.needs, made.exemptions) = (guards, needs, exemptions)
    return made
}

private let cure = Expression.words(words("治", "化"))
private let ill = Expression.words(words("结节", "糖尿病"))

/// Each construct where it holds, where it does not, and at its border.
@Suite struct `Constructs` {
    private static let days = try! NumberSlot(kind: .duration, max: "180天")
    private static let jin = try! NumberSlot(kind: .weight, min: "2斤")
    private static let yuan = try! NumberSlot(kind: .price, min: "5万元")
    private static let first = try! TextPattern.read("全国.{0,6}(?:第一|唯一)")

    private static let rows: [(String, Expression, String, Bool)] = [
        ("gap, the most", seq(cure, ill, gap: 0...4), "化一二三四结节", true),
        ("gap, one more", seq(cure, ill, gap: 0...4), "化一二三四五结节", false),
        ("gap, the least", seq(cure, ill, gap: 2...4), "化一二结节", true),
        ("gap, one less", seq(cure, ill, gap: 2...4), "化一结节", false),
        ("gap, what nobody sees", seq(cure, ill, gap: 0...1), "化\u{200B}\u{200B}一\u{200B}结节", true),
        ("gap, a family of three is one", seq(cure, ill, gap: 0...1), "化👨‍👩‍👧结节", true),
        ("without", seq(cure, ill, gap: 0...4, without: words("不了")), "化不了结节", false),
        ("without, elsewhere", seq(cure, ill, gap: 0...4, without: words("不了")), "化开了不结节不了", true),
        ("without, half", seq(cure, ill, gap: 0...4, without: words("不了结")), "化不了结节", true),
        ("in order", seq(cure, ill), "结节化", false),
        ("both ways", seq(cure, ill, bothWays: true), "结节慢慢化", true),
        ("within, the most", seq(cure, ill, within: 6), "化一二三结节", true),
        ("within, one more", seq(cure, ill, within: 6), "化一二三四结节", false),
        ("sentence", seq(cure, ill), "化了，结节", true),
        ("sentence, over its end", seq(cure, ill), "化了。结节", false),
        ("clause, over a comma", seq(cure, ill, unit: .clause), "化了，结节", false),
        ("clause, 1,000 is one number", seq(cure, ill, unit: .clause), "化1,000结节", true),
        ("clause, pauses of speech recognition", seq(cure, ill, unit: .clause), "里头慢慢化 结节就没有了", false),
        ("clause, spaces between characters", seq(cure, ill, unit: .clause), "化 了 结节", true),
        ("near", .near([cure, ill], Extent(within: 4)), "结节化", true),
        ("near, too far", .near([cure, ill], Extent(within: 4)), "结节慢慢化", false),
        ("near, one word is one part", .near([cure, cure], Extent(within: 8)), "化", false),
        ("near, two words", .near([cure, cure], Extent(within: 8)), "化治", true),
        ("minus", .words(words("骨头", minus: ["骨头汤"])), "喝骨头汤", false),
        ("minus, elsewhere", .words(words("骨头", minus: ["骨头汤"])), "骨头汤好骨头", true),
        ("cleared", .words(words("根治", clearedBy: ["不能根"])), "不能根治", false),
        ("a sequence in a sequence", seq(cure, seq(ill, .words(words("好"))), gap: 0...2), "化一结节二三好", true),
        ("duration", seq(.number(days), .words(words("收口")), gap: 0...4), "敷三个晚上它就收口了", true),
        ("duration, too long", seq(.number(days), .words(words("收口")), gap: 0...4), "敷一年它就收口了", false),
        ("weight, a range", seq(.words(words("掉")), .number(jin), gap: 0...1), "掉个七八斤", true),
        ("weight, too little", seq(.words(words("掉")), .number(jin), gap: 0...1), "掉个一斤", false),
        ("price", seq(.words(words("抽")), .number(yuan), gap: 0...12), "抽一个送一辆十万块的车", true),
        ("a number alone", .number(yuan), "一共十万块", true),
        ("pattern", .pattern(first), "我们是全國銷量第一的", true),
        ("pattern, over the end of a sentence", .pattern(first), "全国都有。第一", false),
        ("pattern, in a sequence", seq(cure, .pattern(first), gap: 0...2), "化了全国第一", true),
        ("pattern, too far in a sequence", seq(cure, .pattern(first), gap: 0...2), "化了吗，全国第一", false),
        ("any of kinds", .any([seq(cure, ill), .number(yuan)]), "十万块", true),
    ]

    @Test(arguments: rows.indices)
    func `are met where they hold and nowhere else`(number: Int) {
        let (name, expression, text, isMet) = Self.rows[number]
        let set = ruleSet(made(expression))
        #expect(RoomStore(ruleSet: set).play([.say(text)]).count == (isMet ? 1 : 0), "\(name)")
        let listed = RoomStore(ruleSet: set).play([.listing("1", text)])
        #expect(listed.count == (isMet ? 1 : 0), "\(name), in a listing")
        // Cut anywhere, it is met by what is said in two segments; a unit that is a segment, and numbers and words that are
        // other ones when they are cut off, would not be.
        for cut in 1..<text.count where isMet {
            let half = text.index(text.startIndex, offsetBy: cut)
            guard text[half] != " ", text[text.index(before: half)] != " ", !text.contains("👨") else { continue }
            let steps: [Step] = [.say(String(text[..<half])), .say(String(text[half...]), at: 1_001_000)]
            let rooms = RoomStore(ruleSet: set)
            let alerts = rooms.play(steps)
            #expect(!alerts.isEmpty, "\(name), cut at \(cut)")
        }
    }

    @Test func `of a segment stay in it`() {
        let set = ruleSet(made(seq(cure, ill, unit: .segment)))
        #expect(RoomStore(ruleSet: set).play([.say("化了结节")]).count == 1)
        #expect(RoomStore(ruleSet: set).play([.say("化了"), .say("结节", at: 1_001_000)]).isEmpty)
    }

    @Test func `name what was remembered`() {
        let expression = seq(.named("how", cure), .named("what", ill))
        let set = ruleSet(made(expression))
        var evaluator = RuleEvaluator(set)
        var scanner = OccurrenceScanner(set)
        var occurrences: [Occurrence] = []
        var text = "化了结节"
        var counters = DetectionCounters()
        text.withUTF8 {
            _ = scanner.scan($0, from: 0, limit: .max, into: &occurrences)
            _ = evaluator.evaluate(
                occurrences, in: $0, from: 0, pieces: [], behind: 0, target: .speech, limits: DetectionLimits(),
                counters: &counters)
        }
        #expect(evaluator.parts.map { set.program.names[Int($0.group)] } == ["how", "what"])
    }

    /// A text made to be dear is cut short, and says so.
    @Test func `are bounded`() {
        let set = ruleSet(made(.near([cure, ill, cure, ill, cure, ill], Extent(within: 200))))
        let rooms = RoomStore(ruleSet: set)
        _ = rooms.play([.say(String(repeating: "化结节治糖尿病", count: 1_500))])
        #expect(rooms.counters.textsCutShort == 1)
    }
}

@Suite struct `Guards` {
    private static func guarding(
        _ scope: Guard.Scope, _ words: WordSet, except: WordSet? = nil, isOdd: Bool = false
    ) -> Guard {
        Guard(name: "g", scope: scope, words: words, except: except, isOdd: isOdd)
    }

    private static let no = words("不", "没")
    private static let rows: [(String, Guard, String, Bool)] = [
        ("before", guarding(.before(4, .clause), no), "不是说化结节", false),
        ("before, too far", guarding(.before(3, .clause), no), "不是说说化结节", true),
        ("before, in another clause", guarding(.before(6, .clause), no), "我不骗你，化结节", true),
        ("before, in the sentence", guarding(.before(6, .sentence), no), "我不骗你，化结节", false),
        ("before, behind it", guarding(.before(6, .clause), no), "化结节不", true),
        ("after", guarding(.after(2, .sentence), words("吗", "？")), "能化结节吗？", false),
        ("after, too far", guarding(.after(2, .sentence), words("吗")), "能化结节的的吗？", true),
        ("around", guarding(.around(3, .clause), no), "化结节不", false),
        ("the clause", guarding(.unit(.clause), words("遵医嘱")), "化结节请遵医嘱", false),
        ("another clause", guarding(.unit(.clause), words("遵医嘱")), "化结节，遵医嘱", true),
        ("the sentence", guarding(.unit(.sentence), words("遵医嘱")), "化结节，遵医嘱", false),
        ("inside", guarding(.inside, no), "化不了结节", false),
        ("inside, around it", guarding(.inside, no), "不化了结节不", true),
        ("double negation", guarding(.before(6, .clause), no, except: words("不得不")), "不得不说化结节", true),
        ("double negation, counted", guarding(.before(6, .clause), no, isOdd: true), "不是说不化结节", true),
        ("three of them", guarding(.before(8, .clause), no, isOdd: true), "没说不是不化结节", false),
        ("over the clause", guarding(.overClause, words("的，我们")), "化结节的，我们", false),
    ]

    @Test(arguments: rows.indices)
    func `clear what stands in their scope`(number: Int) {
        let (name, guarding, text, isMet) = Self.rows[number]
        let rooms = RoomStore(ruleSet: ruleSet(made(seq(cure, ill, gap: 0...4), guards: [guarding])))
        #expect(rooms.play([.say(text)]).count == (isMet ? 1 : 0), "\(name)")
        #expect(rooms.counters.cleared == (isMet ? 0 : 1), "\(name)")
    }

    /// A hit that is cleared keeps its place: the farther 治 does not make it again.
    @Test func `judge the nearest reading alone`() {
        let rule = made(
            seq(cure, ill, gap: 0...10), guards: [Self.guarding(.before(2, .clause), words("不能"))])
        #expect(RoomStore(ruleSet: ruleSet(rule)).play([.say("能治好的，不能治糖尿病")]).isEmpty)
    }

    @Test func `that are needed may come later`() {
        let needed = Self.guarding(.around(8, .sentence), words("枕头"))
        let set = ruleSet(made(seq(cure, ill, gap: 0...4), needs: [needed]))
        #expect(RoomStore(ruleSet: set).play([.say("化结节的枕头")]).count == 1)
        #expect(RoomStore(ruleSet: set).play([.say("化结节")]).isEmpty)
        let steps: [Step] = [.say("能化结节"), .say("的枕头", at: 1_001_000), .say("好", at: 1_002_000)]
        #expect(RoomStore(ruleSet: set).play(steps).count == 1)
        // Who forgets what was found decides alike.
        let forgetful = RoomStore(ruleSet: set)
        var alerts: [Alert] = []
        for (number, step) in steps.enumerated() {
            forgetful.use(set)
            alerts += forgetful.play([step], from: Int64(number))
        }
        #expect(alerts.count == 1)
    }
}

@Suite struct `Reasons` {
    private static func guarding(_ name: String, _ scope: Guard.Scope, _ words: WordSet) -> Guard {
        Guard(name: name, scope: scope, words: words)
    }

    private static let rows: [(Rule, String, Miss)] = [
        (made(seq(cure, ill, gap: 0...4)), "化一二三四五六结节", .apart(.gap(found: 6, allowed: 0...4))),
        (made(seq(cure, ill, gap: 3...4)), "化一结节", .apart(.gap(found: 1, allowed: 3...4))),
        (made(seq(cure, ill, without: words("不了", "没"))), "化不了结节", .apart(.forbidden("不了"))),
        (made(seq(cure, ill, unit: .clause)), "化了，结节", .apart(.unit(.clause))),
        (made(seq(cure, ill, within: 5)), "化一二三结节", .apart(.within(found: 6, allowed: 5))),
        (made(.near([cure, ill], Extent(within: 5))), "结节一二三化", .apart(.within(found: 6, allowed: 5))),
        (made(seq(cure, ill)), "结节化", .apart(.order)),
        (made(seq(cure, ill, gap: 0...1, unit: .clause)), "化一二三，结节", .apart(nil)),
        (
            made(seq(cure, ill), guards: [guarding("health.negated", .before(6, .clause), words("不", "没"))]),
            "不是化结节", .guarded(name: "health.negated", words: ["不"])
        ),
        (made(seq(cure, ill), needs: [guarding("n", .unit(.clause), words("枕头"))]), "化结节", .lacksContext(1)),
        (made(seq(cure, ill)), "化了", .missingParts([2])),
        (made(.words(words("骨头", minus: ["骨头汤"]))), "骨头汤", .cleared(by: ["骨头汤"])),
    ]

    @Test(arguments: rows.indices)
    func `are the first constraint that, loosened, makes a hit`(number: Int) {
        let (rule, text, miss) = Self.rows[number]
        let explanation = ClaimExplainer(ruleSet: ruleSet(rule)).explain(text)
        #expect(explanation.rules.map(\.outcome) == [.missed(miss)], "\(text)")
    }

    @Test func `name the guards and exemptions of what fired`() {
        let rule = made(
            seq(cure, ill),
            guards: [Guard(name: "asked", scope: .after(2, .sentence), words: words("吗"), action: .lower)],
            exemptions: [ExemptWords(.usage, Guard(name: "u", scope: .overClause, words: words("最佳食用")))])
        let outcome = ClaimExplainer(ruleSet: ruleSet(rule)).explain("最佳食用化结节吗").rules.first
        #expect(outcome?.guards == ["asked"])
        #expect(outcome?.exemptions == [.usage])
    }
}

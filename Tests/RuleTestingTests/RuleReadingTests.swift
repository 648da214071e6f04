import ClaimRules
import LiveEvents
import Testing

@testable import RuleTesting

@Suite struct `A reading of rules` {
    private static let rows: [(String, String?, Rule.Target, RuleReading.ClearReason)] = [
        ("白茶好喝", nil, .speech, .missing(part: 2, terms: ["降血脂", "治病"])),
        (
            "白茶降，血脂", nil, .speech,
            .interrupted(InterruptedTerm(part: 2, term: "降血脂", surface: "降，血脂", signs: ["，"]))
        ),
        ("白茶降血，知道吗", nil, .speech, .missing(part: 2, terms: ["降血脂", "治病"])),
        ("白茶不能治病", nil, .speech, .cleared(phrase: "不能治病")),
        // 2 and 1 and 5 and 1 and 7 characters.
        ("白茶，家里人都喝，大家都说降血脂", nil, .speech, .apart(within: 8, order: .any, needed: 16)),
        ("白茶。家里人都说降血脂", nil, .speech, .apart(within: 8, order: .any, needed: nil)),
        ("白茶降血脂", "茶/药茶", .speech, .excludedProduct("药茶")),
        ("白茶降血脂", "家电", .speech, .otherProduct(category: "家电", wanted: ["茶"])),
        ("白茶降血脂", "茶", .speech, .threshold(2)),
    ]

    @Test(arguments: rows.indices) func `tells why a rule raised no alert`(index: Int) throws {
        let (text, category, target, reason) = Self.rows[index]
        let ruleSet = try #require(SamplePacks.load().ruleSet)
        let sample = SampleRun(text: text, category: category, target: target)
        #expect(RuleReading(sample, ruleSet: ruleSet).reasonNotFired(0) == reason)
        #expect(try sample.alerts(ruleSet).isEmpty)
    }

    @Test func `tells of a rule that does not look at speech`() throws {
        let awake = SamplePacks.load(SamplePacks.tea.replacing("status: off", with: "status: stable"))
        let ruleSet = try #require(awake.ruleSet)
        let spoken = RuleReading(SampleRun(text: "全网第一"), ruleSet: ruleSet)
        #expect(spoken.rulesTouched == [1])
        #expect(spoken.reasonNotFired(1) == .otherTarget(.speech))
        #expect(try SampleRun(text: "全网第一", target: .listing).alerts(ruleSet).map(\.rule.id) == ["tea.rest"])
    }

    @Test func `gives hits in order of the text, with what each is to a rule`() throws {
        let reading = RuleReading(SampleRun(text: "降血脂的白茶"), ruleSet: try #require(SamplePacks.load().ruleSet))
        let hits = reading.hits(of: 0)
        #expect(hits.map(\.hit.term) == ["降血脂", "白茶"])
        #expect(hits.map(\.role) == [.part(1), .part(0)])
        #expect(hits.map(\.hit.start) == [0, 12])
        #expect(hits.allSatisfy { !reading.drops($0.hit, rule: 0, role: $0.role) })
    }

    /// Each sign that fuzzy matching never skips, and only with all parts of a rule.
    @Test func `names a rule of which every part is there but for signs that are no gap`() throws {
        let ruleSet = try #require(SamplePacks.load().ruleSet)
        for sign in "。！？；!?;，,、：:｡､…‥\n".unicodeScalars {
            let reading = RuleReading(SampleRun(text: "白\(sign)茶 治\(sign)\(sign)病"), ruleSet: ruleSet)
            #expect(reading.hits.isEmpty)
            #expect(reading.rulesTouched == [0])
            #expect(
                reading.reasonNotFired(0)
                    == .interrupted(InterruptedTerm(part: 1, term: "白茶", surface: "白\(sign)茶", signs: [sign])))
            #expect(RuleReading(SampleRun(text: "白\(sign)茶"), ruleSet: ruleSet).rulesTouched.isEmpty)
        }
    }

    @Test func `gives what was heard and not taken, the faint last`() throws {
        let reading = RuleReading(SampleRun(text: "zb，只病"), ruleSet: try #require(SamplePacks.load().ruleSet))
        let dropped = reading.dropped(0)
        #expect(dropped.map(\.isFaint) == dropped.map(\.isFaint).sorted { !$0 && $1 })
        #expect(dropped.allSatisfy { $0.minScore == 80 })
    }
}

@Suite struct `A sample run` {
    @Test func `raises what the same words raise live, in a room with the product on sale`() throws {
        let ruleSet = try #require(
            SamplePacks.load(SamplePacks.tea.replacing("threshold: 2", with: "threshold: 1")).ruleSet)
        let alerts = try SampleRun(text: "白茶降血脂", category: "食品/茶").alerts(ruleSet)
        #expect(alerts.map(\.rule.id) == ["tea.cure"])
        #expect(alerts.first?.listing?.category == "食品/茶")
        #expect(try SampleRun(text: "白茶降血脂").alerts(ruleSet).map(\.categoryUnresolved) == [true])
        #expect(try SampleRun(text: "白茶降血脂", category: "家电").alerts(ruleSet).isEmpty)
    }
}

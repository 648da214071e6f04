import ClaimRules
import ClaimScreen
import LiveEvents
import RuleTesting
import Testing

@Suite struct `Evaluating` {
    /// Three rules: one in force, a graver one with few words, one on trial.
    private static let pack = """
        pack: tea
        requires: claimwatch/1
        rules:
          - id: tea.first
            title: 第一
            title_en: First
            category: tea.boast
            severity: medium
            legal_basis: [{law: 广告法, article: 第九条}]
            match: {any: [第一, 顶级]}
            evasion: {gaps: 1}
            examples: {match: [全网第一, 第一名], clear: [好茶, 白茶]}
          - id: tea.cure
            title: 治病
            title_en: Cures
            severity: high
            legal_basis: [{law: 广告法, article: 第十七条}]
            match: {any: [治病]}
            product: {category: [茶]}
            examples: {match: [能治病, 就治病], clear: [好茶, 白茶]}
          - id: tea.slim
            status: shadow
            title: 减肥
            title_en: Slims
            category: tea.boast
            severity: low
            legal_basis: [{law: 广告法, article: 第十七条}]
            match: {any: [减肥]}

        """

    private static let texts: [(String, String)] = [
        ("violating", "全网第一的茶能治病"), ("violating", "顶级"), ("violating", "喝了减肥"), ("violating", "不往医院跑"),
        ("clean", "第一次来"), ("clean", "好茶"), ("clean", "谁说能治病"), ("doubtful", "第-一"), ("clean", "第一次来"),
        ("violating", "不往医院跑"),
    ]
    private static let lines = texts.enumerated().map {
        LabelledLine(number: $0.offset + 1, label: $0.element.0, text: $0.element.1)
    }

    private func ruleSet() throws -> RuleSet { try #require(SamplePacks.load(Self.pack).ruleSet) }

    @Test func `counts alerts only of lines that a screen gives enough, where one is asked`() throws {
        var texts = LabelledTexts(bits: 10)
        for _ in 0..<20 {
            for (text, isConfirmed) in [("全网第一的茶能治病", true), ("顶级", true), ("第一次来", false)] {
                var text = text
                text.withUTF8 { texts.add($0, isConfirmed: isConfirmed) }
            }
        }
        var question = Evaluation.Question()
        question.screen = ScreenModel.learn(name: "tea", from: texts)
        // 第一次来, twice, is spared; 谁说能治病 reads like what was confirmed.
        let evaluation = Evaluation.run(Self.lines, try ruleSet(), question: question)
        #expect(evaluation.counts.found == 2)
        #expect(evaluation.counts.wrong == 1)
        question.leastScreen = 1
        #expect(Evaluation.run(Self.lines, try ruleSet(), question: question).alerts == 0)
    }

    @Test func `counts lines by truth and by decision`() throws {
        let evaluation = Evaluation.run(Self.lines, try ruleSet())
        #expect(evaluation.counts.found == 2)
        #expect(evaluation.counts.missed == 3)
        #expect(evaluation.counts.wrong == 3)
        #expect(evaluation.counts.clear == 1)
        #expect(evaluation.counts.precision == 0.4)
        #expect(evaluation.counts.recall == 0.4)
        #expect(evaluation.counts.f1.map { abs($0 - 0.4) < 1e-9 } == true)
        #expect(evaluation.alerts == 6)
        #expect(evaluation.alertsPerThousand.map { abs($0 - 6000.0 / 9) < 1e-9 } == true)
        #expect(evaluation.ignoredLines == 1)
        #expect(evaluation.labels["doubtful"]?.lines == 1)
        #expect(evaluation.labels["doubtful"]?.accused == 1)
    }

    @Test func `agrees with a plain count over the same alerts`() throws {
        let ruleSet = try ruleSet()
        let evaluation = Evaluation.run(Self.lines, ruleSet)
        var (accused, alerts) = (0, 0)
        for line in Self.lines where line.label != "doubtful" {
            let raised = try SampleRun(text: line.text).alerts(ruleSet).filter { $0.mode == .live }
            alerts += raised.count
            if !raised.isEmpty { accused += 1 }
        }
        #expect(evaluation.counts.found + evaluation.counts.wrong == accused)
        #expect(evaluation.alerts == alerts)
        #expect(evaluation.counts.lines == Self.lines.count - 1)
        #expect(evaluation.labels.values.reduce(0) { $0 + $1.lines } == Self.lines.count)
    }

    @Test func `tells what would be lost and spared without a rule, and what one on trial would do`() throws {
        let evaluation = Evaluation.run(Self.lines, try ruleSet())
        #expect(evaluation.byRule["tea.first"] == share(found: 2, wrong: 2, foundAlone: 1, wrongAlone: 2))
        #expect(evaluation.byRule["tea.cure"] == share(found: 1, wrong: 1, foundAlone: 0, wrongAlone: 1))
        #expect(evaluation.byRule["tea.slim"] == share(found: 1, wrong: 0, foundAlone: 1, wrongAlone: 0))
        #expect(evaluation.byCategory["tea.boast"] == share(found: 3, wrong: 2, foundAlone: 2, wrongAlone: 2))
    }

    private func share(found: Int, wrong: Int, foundAlone: Int, wrongAlone: Int) -> Evaluation.Share {
        var share = Evaluation.Share()
        (share.found, share.wrong, share.foundAlone, share.wrongAlone) = (found, wrong, foundAlone, wrongAlone)
        return share
    }

    @Test
    func `shows the gravest false accusation first, then what a rule on trial would have found, and no text twice`()
        throws
    {
        let evaluation = Evaluation.run(Self.lines, try ruleSet())
        #expect(evaluation.worstFalse.map(\.line.number) == [7, 5])
        #expect(evaluation.worstFalse.map(\.alert?.rule.id) == ["tea.cure", "tea.first"])
        #expect(evaluation.worstMissed.map(\.line.number) == [3, 4])
        #expect(evaluation.worstMissed[0].alert?.rule.id == "tea.slim")
        #expect(evaluation.worstMissed[1].alert == nil)
    }

    @Test func `keeps ten cases however many there are, whatever their order`() throws {
        let lines = (1...300).map { LabelledLine(number: $0, label: "violating", text: "好茶\($0)") }
        let ruleSet = try ruleSet()
        let forward = Evaluation.run(lines, ruleSet).worstMissed.map(\.line.number)
        #expect(forward.count == 10)
        #expect(Evaluation.run(lines.reversed(), ruleSet).worstMissed.map(\.line.number) == forward)
    }

    @Test func `follows labels, severity, category, target and status as asked`() throws {
        let ruleSet = try ruleSet()
        func run(_ change: (inout Evaluation.Question) -> Void) -> Evaluation.Counts {
            var question = Evaluation.Question()
            change(&question)
            return Evaluation.run(Self.lines, ruleSet, question: question).counts
        }
        #expect(run { $0.countsShadow = true }.found == 3)
        #expect(run { $0.leastSeverity = .high }.wrong == 1)
        #expect(run { $0.leastSeverity = .high }.found == 1)
        #expect(run { $0.category = "服饰" }.wrong == 2)
        #expect(run { $0.ignored = [] }.wrong == 3)
        #expect(run { ($0.ignored, $0.lawful) = ([], ["clean", "doubtful"]) }.wrong == 4)
        #expect(run { $0.positive = ["clean"] }.found == 3)
        #expect(run { $0.target = .listing }.found == 2)
    }

    @Test func `reads labels however they are cased, and leaves out those that say nothing`() throws {
        let lines = ["Violating", "CLEAN", "Doubtful", "violatin"].enumerated().map {
            LabelledLine(number: $0.offset + 1, label: $0.element, text: "顶级")
        }
        let evaluation = Evaluation.run(lines, try ruleSet())
        #expect(evaluation.counts.found == 1)
        #expect(evaluation.counts.wrong == 1)
        #expect(evaluation.counts.lines == 2)
        #expect(evaluation.ignoredLines == 1)
        #expect(evaluation.labels.keys.sorted() == ["clean", "doubtful", "violatin", "violating"])
    }

    @Test func `takes the category and the kind of text that a line tells, before those of all`() throws {
        var question = Evaluation.Question()
        question.category = "服饰"
        let lines: [LabelledLine] = [
            .init(number: 1, label: "violating", text: "能治病"),
            .init(number: 2, label: "violating", text: "能治病", category: "茶/绿茶"),
            .init(number: 3, label: "violating", text: "能治病", category: "茶", target: .listing),
        ]
        #expect(Evaluation.run(lines, try ruleSet(), question: question).counts.found == 2)
        question.category = nil
        #expect(Evaluation.run(lines, try ruleSet(), question: question).counts.found == 3)
        question.target = .listing
        let title = LabelledLine(number: 1, label: "violating", text: "能治病", category: "服饰", target: .speech)
        #expect(Evaluation.run([title], try ruleSet(), question: question).counts.found == 0)
        let speech = [LabelledLine(number: 1, label: "violating", text: "能治病", category: "茶", target: .speech)]
        #expect(Evaluation.run(speech, try ruleSet(), question: question).counts.found == 1)
    }

    @Test func `leaves shares of nothing open`() throws {
        let counts = Evaluation.run([], try ruleSet()).counts
        #expect(counts.precision == nil)
        #expect(counts.recall == nil)
        #expect(counts.f1 == nil)
    }

    @Test func `refuses a text that breaks a bound of the records, and counts nothing`() throws {
        let evaluator = Evaluator(try ruleSet())
        let line = LabelledLine(number: 1, label: "violating", text: String(repeating: "茶", count: 30_000))
        #expect(throws: LiveEvents.DecodingError.self) { try evaluator.judge(line) }
        #expect(evaluator.evaluation.counts == Evaluation.Counts())
        #expect(evaluator.evaluation.labels.isEmpty)
    }

    /// A word at the end of one text and the start of the next is no claim, and a second alert is no revision of the first.
    @Test func `judges each line as if it were the only one`() throws {
        let lines = ["治", "病", "治病", "治病"].map { LabelledLine(number: 1, label: "violating", text: $0) }
        let evaluation = Evaluation.run(lines, try ruleSet())
        #expect(evaluation.counts.found == 2)
        #expect(evaluation.alerts == 2)
    }
}

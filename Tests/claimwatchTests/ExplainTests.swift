import ClaimRules
import RuleTesting
import Testing

@testable import claimwatch

/// What a rule author is shown, word for word.
@Suite struct `Explaining` {
    /// A pack of one rule, from what follows its law.
    private static func load(_ rest: String) -> LoadedPacks {
        let head = """
            pack: tea
            requires: claimwatch/1
            rules:
              - id: tea.cure
                title: 茶叶治病
                title_en: Tea that cures
                severity: high
                legal_basis: [{law: 广告法, article: 第十七条}]

            """
        let lines = rest.split(separator: "\n").map { "    \($0)" }
        return RulePackLoader.load([
            PackFile(path: "tea.yaml", bytes: Array((head + lines.joined(separator: "\n")).utf8))
        ])
    }

    private let packs = Self.load(
        """
        product: {category: [茶]}
        match: {all: [[白茶], [降血脂, 治病]], within: 8}
        unless: [不能治病]
        examples:
          match: [白茶降血脂, 这个茶能治病]
          clear: [{text: 白茶降血脂, listing: true, category: 茶}, 白茶不能治病]
        """)

    private func reading(_ text: String) throws -> RuleReading {
        RuleReading(
            SampleRun(text: text), ruleSet: try #require(packs.ruleSet))
    }

    @Test func `puts each hit under its place`() throws {
        #expect(
            HitList(language: .english, style: .plain, columns: 80).lines(try reading("这个白茶降血脂")) == [
                "text    这个白茶降血脂",
                "            ^^^^ 白茶  literal 1.00  (characters 3–4)",
                "                ^^^^^^ 降血脂  literal 1.00  (characters 5–7)",
            ])
    }

    @Test func `shows the hits of a long text in their surroundings, and not all of thousands`() throws {
        let text = String(repeating: "好", count: 40) + "白茶" + String(repeating: "好", count: 5000)
        let lines = HitList(language: .english, style: .plain, columns: 40).lines(try reading(text))
        #expect(lines[0] == "text    好好好好好好好好好好好好好好好…")
        #expect(lines[1].hasPrefix("        …好好好好好好好【白茶】好好好好"))
        #expect(lines[1].hasSuffix("(characters 41–42)"))
        let many = HitList(language: .english, style: .plain, columns: 40).lines(
            try reading(String(repeating: "白茶", count: 5000)))
        #expect(many.count == 102)
        #expect(many[101] == "        … and 4900 more")
    }

    @Test func `says why an example failed`() throws {
        let tests = try ExampleTests.run(packs)
        #expect(tests.count == 4)
        #expect(
            tests.failures.map(ExampleFailureText(language: .english).paragraph) == [
                """
                tea.yaml:13:22: tea.cure: must match, but raised no alert
                  这个茶能治病
                          ^^^^ part 2: 治病  literal 1.00  (characters 5–6)
                  why: part 1 is not in the text: none of 白茶. Change the rule, or the example.
                """,
                """
                tea.yaml:14:15: tea.cure: must stay clear, but raised an alert
                  白茶降血脂  [listing, 茶]
                  ^^^^ part 1: 白茶  literal 1.00  (characters 1–2)
                      ^^^^^^ part 2: 降血脂  literal 1.00  (characters 3–5)
                  why: every part was met and nothing cleared it. Add an 'unless' phrase, or choose longer terms.
                """,
            ])
    }

    private let disguised = Self.load(
        """
        match: {any: [治疗, 大麻]}
        evasion: {gaps: 1, homophones: true, min_score: 0.8, whole_words: true}
        examples:
          match: [能止✨疗的, 这就大麻烦了]
          clear: [能止疗的, 很好]
        """)

    private func disguisedReading(_ text: String) throws -> RuleReading {
        RuleReading(
            SampleRun(text: text), ruleSet: try #require(disguised.ruleSet))
    }

    @Test func `shows how a term was recognised, over its place in the folded text`() throws {
        #expect(
            HitList(language: .english, style: .plain, columns: 80).lines(try disguisedReading("１㎏茶能止✨疗")) == [
                "text    １㎏茶能止✨疗",
                "                ^^^^^^ 治疗  homophone 0.76  (characters 5–7)",
                "folded  1kg茶能止✨疗",
                "               ^^^^^^ 治疗",
            ])
        #expect(
            HitList(language: .english, style: .plain, columns: 80).lines(try disguisedReading("大麻烦了"))[1]
                == "        ^^^^ 大麻  literal 1.00, inside another word  (characters 1–2)")
    }

    @Test(
        arguments: [
            (
                "能止✨疗的",
                "part 1: 「治疗」 (as 「止✨疗」) by homophone scores 0.76, below the rule's min_score 0.8"
            ),
            ("这就大麻烦了", "part 1: 「大麻」 lies inside another word, or across two (whole_words)"),
        ])
    func `says why a rule drops a match`(text: String, reason: String) throws {
        let reading = try disguisedReading(text)
        #expect(ReasonText(language: .english).whyDropped(reading, rule: 0) == [reason])
        #expect(ReasonText(language: .english).whyClear(reading, rule: 0) == reason)
        #expect(reading.hits(of: 0).allSatisfy { reading.drops($0.hit, rule: 0, role: $0.role) })
    }

    private let overheard = Self.load(
        """
        match: {any: [最好, 微信, 胖子, 处方药]}
        evasion: {gaps: 1, fillers: true, homophones: true, split: true}
        examples:
          match: [最✨好]
          clear: [很好]
        """)

    /// An author must be able to tell what was not heard from what was, and is read as other words.
    @Test(
        arguments: [
            ("他有威信", "part 1: 「微信」 (as 「威信」) is heard (homophone 0.80), but 「威信」 is an ordinary word"),
            ("去厨房要菜", "part 1: 「处方药」 (as 「厨房要」) is heard (homophone 0.88), but 「厨房」 is an ordinary word"),
            ("最✨好喝", "part 1: 「最好」 (as 「最✨好」) is heard (gap 0.95), but the words there are 「最 | 好喝」"),
            ("最小好", "part 1: 「最好」 (as 「最小好」) is heard (filler 0.85), but 「最小」 is a word and no filler"),
            (
                "zh",
                "part 1: 「最好」 (as 「zh」) by pinyin scores 0.52, below 0.6, which counts where a rule names no min_score"
            ),
            (
                "最：好",
                "part 1: 「最好」 (as 「最：好」) is no match: 「：」 is no gap, as a comma, 、, a colon, … and the end of a "
                    + "sentence never are"
            ),
            ("天好", "part 1 is not in the text: none of 最好, 微信, 胖子, 处方药"),
        ])
    func `says what stands where a term is heard and not meant`(text: String, reason: String) throws {
        let reading = RuleReading(
            SampleRun(text: text), ruleSet: try #require(overheard.ruleSet))
        #expect(reading.hits.isEmpty)
        #expect(ReasonText(language: .english).whyClear(reading, rule: 0) == reason)
        let lines = OutcomeList(language: .english, style: .plain).lines(reading, fired: [])
        #expect(
            lines
                == (text == "天好"
                    ? ["no alert  No rule has a term in this text."]
                    : ["no alert  tea.cure: \(reason)"]))
    }

    @Test func `tells of a rule with many words in the text only those that its alert cites`() throws {
        let packs = RulePackLoader.load([
            PackFile(
                path: "tea.yaml",
                bytes: Array(
                    """
                    pack: tea
                    requires: claimwatch/2
                    rules:
                      - id: tea.cure
                        title: 治病
                        severity: high
                        legal_basis: [{law: 广告法, article: 第十七条}]
                        match: {any: [{seq: [能, 根治]}, {seq: [我们, 家里, 老人, 今天, 就, 喝, 两杯]}]}
                        examples: {match: [能根治, 就能根治], clear: [好茶, 白茶]}

                    """.utf8))
        ])
        let sample = SampleRun(text: "我们家里，老人今天，就喝，两杯能根治")
        let ruleSet = try #require(packs.ruleSet, "\(packs.problems)")
        let (reading, alerts) = (RuleReading(sample, ruleSet: ruleSet), try sample.alerts(ruleSet))
        func told(all: Bool) -> (terms: Int, hits: [String]) {
            let outcomes = OutcomeList(language: .english, style: .plain, showsAll: all)
            let terms = outcomes.lines(reading, fired: alerts).joined().split(separator: "「").count - 1
            return (terms, reading.hits.filter(outcomes.teller(reading, fired: alerts)).map(\.term))
        }
        #expect(told(all: false) == (2, ["能", "根治"]))
        #expect(told(all: true) == (9, reading.hits.map(\.term)))
        #expect(reading.hits.count == 9)
    }

    @Test func `says once why a rule is clear, and then what else it drops`() throws {
        let reading = try disguisedReading("止✨疗，这就大麻烦了")
        #expect(
            OutcomeList(language: .english, style: .plain).lines(reading, fired: []) == [
                "no alert  tea.cure: part 1: 「治疗」 (as 「止✨疗」) by homophone scores 0.76, below the rule's min_score 0.8",
                "          dropped part 1: 「大麻」 lies inside another word, or across two (whole_words)",
            ])
    }

    @Test func `says last what it hardly hears`() throws {
        let reading = try disguisedReading("zl，止✨疗")
        #expect(
            ReasonText(language: .english).whyDropped(reading, rule: 0) == [
                "part 1: 「治疗」 (as 「止✨疗」) by homophone scores 0.76, below the rule's min_score 0.8",
                "part 1: 「治疗」 (as 「zl」) by pinyin scores 0.52, below the rule's min_score 0.8",
            ])
    }

    @Test func `shows twenty dropped matches, and says how many more there are`() throws {
        let signs = "~-·*^_=|`✨☆★○●◎◇◆□■△▲▽▼"
        let reading = try disguisedReading(signs.map { "止\($0)疗。" }.joined())
        let lines = OutcomeList(language: .english, style: .plain).lines(reading, fired: [])
        #expect(lines.count == 22)
        #expect(lines.last == "          … and \(signs.count - 21) more")
    }

    @Test func `shows the numbers of a failed example, those out of bounds too`() throws {
        let text = """
            pack: p
            requires: claimwatch/2
            rules:
              - id: slim
                title: 瘦
                severity: low
                legal_basis: [{law: 广告法, article: 第九条}]
                match: {seq: [瘦, {gap: 0..4}, {weight: {min: 10斤}}]}
                examples:
                  match: [一个月瘦了8斤, 三个月瘦20斤]
                  clear: [能瘦, 三个月瘦30斤]

            """
        let tests = try ExampleTests.run(RulePackLoader.load([PackFile(path: "p.yaml", bytes: Array(text.utf8))]))
        let shown = tests.failures.map(ExampleFailureText(language: .chinese).paragraph)
        #expect(shown.count == 2)
        #expect(shown.first?.contains("8斤  不在范围里：") == true, "\(shown)")
        #expect(shown.last?.contains("30斤  ") == true && shown.last?.contains("不在范围里") == false, "\(shown)")
    }

    @Test func `says in a failed example how a term was recognised, and why it was dropped`() throws {
        let tests = try ExampleTests.run(disguised)
        #expect(
            tests.failures.map(ExampleFailureText(language: .english).paragraph) == [
                """
                tea.yaml:12:15: tea.cure: must match, but raised no alert
                  能止✨疗的
                    ^^^^^^ part 1: 治疗  homophone 0.76, dropped  (characters 2–4)
                  why: part 1: 「治疗」 (as 「止✨疗」) by homophone scores 0.76, below the rule's min_score 0.8. Change \
                the rule, or the example.
                """,
                """
                tea.yaml:12:22: tea.cure: must match, but raised no alert
                  这就大麻烦了
                      ^^^^ part 1: 大麻  literal 1.00, dropped  (characters 3–4)
                  why: part 1: 「大麻」 lies inside another word, or across two (whole_words). Change the rule, or the \
                example.
                """,
                """
                tea.yaml:13:15: tea.cure: must stay clear, but raised an alert
                  能止疗的
                    ^^^^ part 1: 治疗  homophone 0.80  (characters 2–3)
                  why: every part was met and nothing cleared it. Add an 'unless' phrase, or choose longer terms.
                """,
            ])
    }
}

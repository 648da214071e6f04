import ArgumentParser
import ClaimRules
import RuleTesting

struct Test: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            abstract: said("跑规则包里的例句。", "Run the examples written in rule packs."),
            discussion: helpText(
                """
                每个例句都用线上的检测来判：match 下的必须使本规则告警，clear 下的不许，别的规则怎样不管。例句写了类目的，直播间里正卖这类商品。\
                停用的规则也跑，threshold 当作 1。

                不通过的，列出文本、命中了什么、为什么告警或不告警。

                --corpus 再拿标注文本（标签<TAB>文本，同 evaluate）量一遍：--min-recall 是违规行至少报出的比例，--max-false 是合规行至多误报的比例，\
                达不到就列出最坏的行。

                退出码：0 全部通过；1 有不通过的，或指标没达到；65 规则包有错误（见 claimwatch check）；78 文件夹没有、读不了或是空的。
                """,
                """
                Judges every example with the detection that also runs live: an example under `match` must raise an alert \
                of its rule, one under `clear` must not, whatever other rules say. Where an example names a category, a \
                product of that category is on sale. Rules that are off are tested too, and a threshold is taken as 1.

                For each failure the text is shown, what matched in it, and why the rule fired or not.

                --corpus measures the rules on labelled texts, too (label<TAB>text, as `evaluate` takes them): --min-recall is the \
                least share of violating lines that must be found, --max-false the greatest share of lawful lines that may be \
                accused. Where a figure is not reached, the worst lines are shown.

                EXIT STATUS: 0 every example passed; 1 one failed, or a figure was not reached; 65 a pack has an error (see `claimwatch check`); 78 a \
                folder is missing, unreadable or empty.
                """))
    }

    @Option(
        help: ArgumentHelp(
            optionHelp(
                "没写 at 的例句算哪天说的，如 2026-06-18；规则那天不管的，按最近的一天。",
                "The day of examples without one, e.g. 2026-06-18, or the nearest on which their rule is in force. "
                    + "(default: 2026-01-01)"),
            valueName: "day"))
    var at: String?

    @Option(
        help: ArgumentHelp(
            optionHelp("标注文件；可重复；- 是标准输入。", "A file of labelled lines; may be repeated; - is standard input."),
            valueName: "file"
        ),
        completion: .file(extensions: ["tsv"]))
    var corpus: [String] = []

    @Option(
        help: ArgumentHelp(
            optionHelp("违规行至少报出的比例，如 0.6 或 60%。", "The least share of violating lines to find, e.g. 0.6 or 60%."),
            valueName: "share"))
    var minRecall: Share?

    @Option(
        help: ArgumentHelp(
            optionHelp("合规行至多误报的比例，如 0.01 或 1%。", "The greatest share of lawful lines to accuse, e.g. 0.01 or 1%."),
            valueName: "share"))
    var maxFalse: Share?

    @Flag(help: ArgumentHelp(optionHelp("标注文本上，试行（shadow）的规则也算。", "On the corpus, rules on trial count, too.")))
    var shadow = false

    @OptionGroup var labels: LabelOptions

    @OptionGroup var models: ScreensOption

    @OptionGroup var language: LanguageOption

    @OptionGroup var packs: FoldersArgument

    func validate() throws {
        try validateDay(at)
        guard !corpus.isEmpty || (minRecall == nil && maxFalse == nil && !shadow) else {
            throw ValidationError(
                said("要给标注文件：--corpus labelled.tsv", "give a file of labelled lines: --corpus labelled.tsv"))
        }
    }

    func run() throws {
        let loaded = try LoadedRules.load(folders: packs.folders, screens: try models.read())
        for problem in loaded.problems where problem.kind == .error {
            StandardError.print(problem.description(in: .current))
        }
        guard loaded.ruleSet != nil else {
            throw failure(.badData, said("先改好上面的错误，再来测试", "put right the errors above, then test again"))
        }
        let tests = try LoadedRules.tested(loaded, day: at)
        let text = ExampleFailureText(language: .current)
        for failure in tests.failures { print(text.paragraph(failure) + "\n") }
        let failed = tests.failures.count
        print(
            said(
                "\(loaded.rules.count) 条规则的 \(tests.count) 个例句：\(failed == 0 ? "全部通过" : "\(failed) 个不通过")",
                "\(counted(tests.count, "example")) of \(counted(loaded.rules.count, "rule")): "
                    + (failed == 0 ? "all passed" : "\(failed) failed")))
        let isReached = try corpus.isEmpty || measure(loaded)
        if failed > 0 || !isReached { throw ExitCode(ExitStatus.exampleFailed.rawValue) }
    }

    /// Whether the rules do on the corpus what is asked of them.
    private func measure(_ loaded: LoadedPacks) throws -> Bool {
        guard let ruleSet = loaded.ruleSet else { return false }
        var question = labels.question
        (question.day, question.countsShadow) = (at ?? today(), shadow)
        let evaluator = Evaluator(ruleSet, question: question)
        var bad = BadLines()
        for file in corpus { try LabelledRun.judge(file, with: evaluator, &bad) }
        let verdict = CorpusVerdict(
            evaluator.evaluation, minRecall: minRecall?.value, maxFalse: maxFalse?.value, language: .current)
        for line in verdict.lines { print(line) }
        try bad.end(.judgedAsTexts)
        return verdict.isReached
    }
}

/// A share of something: 0.6, or 60%.
struct Share: ExpressibleByArgument {
    var value: Double

    init?(argument: String) {
        let isPercent = argument.hasSuffix("%")
        guard let number = Double(isPercent ? String(argument.dropLast()) : argument) else { return nil }
        value = isPercent ? number / 100 : number
        guard (0...1).contains(value) else { return nil }
    }
}

import ArgumentParser
import ClaimRules
import Foundation
import LiveEvents
import RuleTesting

struct Evaluate: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            abstract: said("用标注好的文本量规则：准确率、召回率、最坏的误报和漏报。", "Measure rules on labelled texts."),
            discussion: helpText(
                """
                输入每行 标签<TAB>文本；列数更多的 TSV，第一列是标签，最后一列是文本，第二列是 组[:种类[:类目]]，第三列是类目（如 食品/蜂蜜）。种类写 \
                listing 的，文本当作商品标题。首行若是列名（label、标签）则跳过，空行跳过。每行单独算一个直播间，用与 run 相同的检测来判。\
                --positive 的标签算违规，--negative 的算合规，--ignore 的不计，大小写一样看待；不认识的标签不算，并报出几行、从第几行起。\
                线上（非试行）规则的告警才算数，--shadow 让试行规则也算。

                一行也可以是整个直播间（JSON，有 segments、listing_events、truth、hard_negatives）：按时间重放，数违规报出几处（一段话、几段话、对照商品页、\
                意会），近似而合规的误报几处。格式见 bench/quality/README.md。--totals 只给数字，不给原文。

                输出：准确率（被报的行里违规的占比）、召回率（违规行里被报的占比）、F1、每千行告警数；按规则、按类别的命中；\
                最坏的误报（合规而被最重、最有把握地报的行）和漏报。“独中”是去掉这条规则就没有别的规则报的行。

                退出码：0 完成；64 用法不对；65 有的行不能用（其余照算）；74 写不出去；78 规则或文件读不了。

                例：
                  claimwatch evaluate --rules deploy/rules --input labelled.tsv
                  xz -dc labelled.tsv.xz | claimwatch evaluate --rules deploy/rules --input - --html > report.html
                """,
                """
                Each line of the input is label<TAB>text; of a TSV with more columns the first is the label, the last the \
                text, the second group[:kind[:category]], the third a category such as 食品/蜂蜜. The kind listing makes the \
                text a title of goods. A first line that names its columns (label, 标签) and blank lines are skipped. Each line \
                is judged alone, as a room of its own, by the same detection as `run`. Labels of --positive are violating, \
                those of --negative lawful, those of --ignore left out, however they are cased; lines with other labels are \
                left out and told. Alerts of rules in force count; with --shadow those of rules on trial too.

                A line may also be a whole room (JSON with segments, listing_events, truth, hard_negatives): its events are \
                replayed in time, and the violations found are counted (in one segment, over several, against the listing, \
                implied), as are hard negatives accused. bench/quality/README.md tells the format. --totals shows no texts.

                Printed are precision (the share of accused lines that is violating), recall (the share of violating lines that \
                is accused), F1, alerts per 1,000 lines; what each rule and category found; the worst false (lawful lines \
                accused by the gravest, surest alert) and the worst missed. Columns with * count lines that no other rule accused.

                EXIT STATUS: 0 done; 64 wrong usage; 65 a line could not be used (all others were); 74 the output could not be \
                written; 78 the rules or a file cannot be read.

                EXAMPLES:
                  claimwatch evaluate --rules deploy/rules --input labelled.tsv
                  xz -dc labelled.tsv.xz | claimwatch evaluate --rules deploy/rules --input - --html > report.html
                """))
    }

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            optionHelp("规则包所在的文件夹，可以多个，合成一套规则。", "Folders with rule packs; several are one rule set."),
            valueName: "folder"),
        completion: .directory)
    var rules: [String]

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            optionHelp("标注文件，可以多个；- 是标准输入。", "Files of labelled lines; - is standard input."), valueName: "file"),
        completion: .file(extensions: ["tsv"]))
    var input: [String]

    @Option(
        help: ArgumentHelp(
            optionHelp(
                "在售商品的类目，如 食品/蜂蜜；不写则类目未知。",
                "The category of the product on sale, a path such as 食品/蜂蜜; else it is not known.")))
    var category: String?

    @Option(
        help: ArgumentHelp(
            optionHelp("文本是什么：speech 口播，listing 商品标题。", "What the texts are: speech, or listing for titles of goods."),
            valueName: "speech|listing"))
    var target = Rule.Target.speech

    @Option(
        help: ArgumentHelp(
            optionHelp(
                "算哪天说的，如 2026-06-18；不写是今天（中国时间）。", "The day they were said, e.g. 2026-06-18; else today, in China."),
            valueName: "day"))
    var at: String?

    @OptionGroup var labels: LabelOptions

    @Option(
        help: ArgumentHelp(
            optionHelp(
                "文件没有标签：每行整行是文本，标签都是这个。", "The files have no labels: each line is a text, and this is its label."),
            valueName: "label"))
    var label: String?

    @Option(
        help: ArgumentHelp(
            optionHelp("低于此级的告警不算。", "Alerts below this severity do not count."),
            valueName: "info|low|medium|high|critical"))
    var minSeverity = Severity.info

    @Flag(help: ArgumentHelp(optionHelp("试行（shadow）的规则也算。", "Rules on trial count, too.")))
    var shadow = false

    @Option(
        help: ArgumentHelp(
            optionHelp(
                "claimwatch learn 学出的筛子：它给分低的行，告警不算。要用没拿来学的行量。",
                "A screen from `claimwatch learn`: alerts of lines that it gives less do not count. Measure on lines that it "
                    + "was not learned from."), valueName: "file"),
        completion: .file(extensions: ["bin"]))
    var screen: String?

    @Option(
        help: ArgumentHelp(
            optionHelp("筛子的门槛，0 到 1。", "What the screen must give at least, 0 to 1."), valueName: "score"))
    var screenMin = 0.5

    @Flag(
        help: ArgumentHelp(
            optionHelp(
                "只给数字，不给原文：没拿来调规则的文本就还是没看过的。",
                "Only figures, no texts: a set that rules were not tuned on stays unseen.")
        ))
    var totals = false

    @OptionGroup var models: ScreensOption

    @OptionGroup var form: ReportOptions
    @OptionGroup var language: LanguageOption

    func validate() throws {
        guard !rules.isEmpty else {
            throw ValidationError(
                said("--rules 要给规则包的文件夹", "give the folder with the rule packs: --rules deploy/rules"))
        }
        guard !input.isEmpty else {
            throw ValidationError(said("--input 要给标注文件", "give a file of labelled lines: --input labelled.tsv"))
        }
        try validateDay(at)
        if let label, labels.question.truth(of: label) == nil {
            throw ValidationError(
                said(
                    "--label \(DisplayText.printable(label)) 不知道是什么意思：写 violating 或 clean，或用 --positive、--negative 说明",
                    "--label \(DisplayText.printable(label)) says nothing known: write violating or clean, or explain it "
                        + "with --positive or --negative"))
        }
        guard (0...1).contains(screenMin) else {
            throw ValidationError(said("--screen-min 要在 0 到 1 之间", "--screen-min must be from 0 to 1"))
        }
    }

    func run() throws {
        let ruleSet = try LoadedRules.ruleSet(folders: rules, screens: try models.read())
        var question = labels.question
        (question.category, question.target, question.day) = (category, target, at ?? today())
        (question.leastSeverity, question.countsShadow) = (minSeverity, shadow)
        (question.screen, question.leastScreen) = (try screen.map(ScreenFile.read), screenMin)
        let evaluator = Evaluator(ruleSet, question: question)
        var bad = BadLines()
        for file in input { try LabelledRun.judge(file, onlyLabel: label, with: evaluator, &bad) }
        let evaluation = evaluator.evaluation
        let onlyTotals = totals
        try form.print({
            EvaluationReport.report(evaluation, badLines: bad.count, onlyTotals: onlyTotals, in: .current)
        }) {
            EvaluationJSON.encode(evaluation, badLines: bad.count, onlyTotals: onlyTotals, into: &$0)
        }
        if let hint = Self.hint(evaluation) { StandardError.print(hint) }
        try bad.end(.judgedAsTexts)
    }

    /// A file without a violating line is of use, but mostly it is one whose labels are others.
    private static func hint(_ evaluation: Evaluation) -> String? {
        guard evaluation.counts.violating == 0, !evaluation.labels.isEmpty else { return nil }
        let wanted = evaluation.question.positive.sorted().joined(separator: ", ")
        let found = evaluation.labels.keys.sorted().map(DisplayText.printable).joined(separator: ", ")
        return said(
            "注意：没有标签为 \(wanted) 的行，算不出召回率；文件里的标签有 \(found)。用 --positive 说明哪些算违规。",
            "note: no line has the label \(wanted), so there is no recall. The labels are \(found); name those of violating lines with --positive."
        )
    }
}

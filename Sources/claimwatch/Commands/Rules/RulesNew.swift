import ArgumentParser
import ClaimRules
import Foundation
import LiveEvents
import RuleTesting

struct RulesNew: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "new",
            abstract: said(
                "按选项打印一条新规则（一个包），通过 check 和 test。", "Print a new rule as a pack that passes `check` and `test`."),
            discussion: helpText(
                """
                词用逗号或顿号隔开。--any 有一个词就算；--all 写几次就是几段，每段各有一个词、同在一句 --within 字以内。例句用 --match、--clear 给，\
                可以多次；不给就用词拼。

                退出码：0 打印了；64 用法不对；65 这样写的规则通不过 check 或 test，错处已说明。

                例：
                  claimwatch rules new --id tea.lipids --title 茶叶宣称降血脂 --law 食品安全法 --article 第七十三条 \\
                    --all 普洱茶,白茶 --all 降血脂,软化血管 --product 食品 > k-tea.yaml
                """,
                """
                Words are parted by commas. --any: one word is enough; --all, once for each part: one word of every part, within \
                --within characters of one sentence. --match and --clear give examples and may be repeated; without them they \
                are made of the words.

                EXIT STATUS: 0 it was printed; 64 wrong usage; 65 such a rule does not pass `check` or `test`, and why.

                EXAMPLE:
                  claimwatch rules new --id tea.lipids --title 茶叶宣称降血脂 --law 食品安全法 --article 第七十三条 \\
                    --all 普洱茶,白茶 --all 降血脂,软化血管 --product 食品 > k-tea.yaml
                """))
    }

    @Option(help: ArgumentHelp(optionHelp("规则编号：小写字母、数字、点、连字符，如 tea.lipids。", "The rule's id, e.g. tea.lipids.")))
    var id: String
    @Option(help: ArgumentHelp(optionHelp("中文标题。", "The title in Chinese.")))
    var title: String
    @Option(help: ArgumentHelp(optionHelp("英文标题。", "The title in English.")))
    var titleEn: String?
    @Option(help: ArgumentHelp(optionHelp("包名；不写用编号的第一段。", "The pack's name; else the first part of the id.")))
    var pack: String?
    @Option(help: ArgumentHelp(optionHelp("类别；不写就是编号。", "The kind of claim; else the id.")))
    var category: String?
    @Option(help: ArgumentHelp(optionHelp("级别。", "The severity."), valueName: "info|low|medium|high|critical"))
    var severity = Severity.medium
    @Option(help: ArgumentHelp(optionHelp("法规名称，如 广告法。", "The law, e.g. 广告法.")))
    var law: String
    @Option(help: ArgumentHelp(optionHelp("条款，如 第九条第三项。", "The article, e.g. 第九条第三项.")))
    var article: String
    @Option(
        help: ArgumentHelp(
            optionHelp("施行日期，如 2015-09-01。", "The first day of the article, e.g. 2015-09-01."), valueName: "day"))
    var from: String?
    @Option(
        help: ArgumentHelp(
            optionHelp("只管这些类目，逗号隔开。", "Only goods of these categories, parted by commas."), valueName: "categories"))
    var product: String?
    @Option(help: ArgumentHelp(optionHelp("有一个就算的词。", "Words of which one is enough."), valueName: "words"))
    var any: String?
    @Option(help: ArgumentHelp(optionHelp("一段的词；每段写一次。", "Words of one part; once for each part."), valueName: "words"))
    var all: [String] = []
    @Option(
        help: ArgumentHelp(
            optionHelp("几段一共占多少字以内。", "Characters that the parts may take together."), valueName: "count"))
    var within: Int?
    @Option(
        help: ArgumentHelp(
            optionHelp("命中处在这些更长的话里就不算。", "Longer phrases around a hit that clear it."), valueName: "phrases"))
    var unless: String?
    @Option(
        help: ArgumentHelp(
            optionHelp("必须命中的例句，可重复。", "An example that must be found; may be repeated."), valueName: "text"))
    var match: [String] = []
    @Option(
        help: ArgumentHelp(
            optionHelp("必须放过的例句，可重复。", "An example that must be left alone; may be repeated."), valueName: "text"))
    var clear: [String] = []
    @OptionGroup var language: LanguageOption

    func validate() throws {
        guard (any == nil) != all.isEmpty else {
            throw ValidationError(
                said(
                    "要给 --any（有一个词就算）或几个 --all（每段各有一个词），二者选一",
                    "give --any (one word is enough) or several --all (one of each part)"))
        }
        guard all.isEmpty || all.count > 1 else {
            throw ValidationError(
                said("--all 要写两次以上；只有一段用 --any", "--all stands twice or more; with one part use --any"))
        }
        for words in [any].compactMap({ $0 }) + all where Self.words(words).isEmpty {
            throw ValidationError(
                said("'\(DisplayText.printable(words))' 里没有词", "there is no word in '\(DisplayText.printable(words))'"))
        }
    }

    func run() throws {
        var skeleton = RuleSkeleton(
            pack: pack ?? String(id.prefix { $0 != "." }), id: id, title: title,
            legalBasis: [LegalBasis(law: law, article: article, from: from)],
            parts: any.map { [Self.words($0)] } ?? all.map(Self.words))
        (skeleton.titleEn, skeleton.category, skeleton.severity) = (titleEn, category, severity)
        skeleton.product = product.map(Self.words) ?? []
        skeleton.within = within
        skeleton.unless = unless.map(Self.words) ?? []
        (skeleton.match, skeleton.clear) = (match, clear)
        let text = skeleton.yaml(in: .current)
        let report = RuleGate.examine([PackFile(path: "\(skeleton.pack).yaml", bytes: Array(text.utf8))])
        for problem in report.loaded.problems { StandardError.print(problem.description(in: .current)) }
        let failures = ExampleFailureText(language: .current)
        for failure in report.examples?.failures ?? [] { StandardError.print(failures.paragraph(failure)) }
        guard report.ruleSet != nil else {
            throw failure(
                .badData,
                said(
                    "这样的规则通不过，没有打印：改上面说的选项",
                    "such a rule does not pass and was not printed: change the options named above"))
        }
        print(text, terminator: "")
    }

    /// Parted by commas of either width.
    static func words(_ text: String) -> [String] {
        text.split { ",，、;；".contains($0) }.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }
}

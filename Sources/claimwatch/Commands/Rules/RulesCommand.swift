import ArgumentParser
import ClaimDetection
import ClaimRules
import Foundation
import LiveEvents
import RuleTesting
import StreamSimulation

/// What stands in rule packs, for people: the commands that look and do not judge.
struct RulesCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "rules",
            abstract: said(
                "看规则：列表、详情、改动后的样子、统计、新旧差别、新规则的骨架、升级旧包。",
                "Look at rules: list, show, effective, stats, diff, new, fix."),
            discussion: helpText("退出码：0 完成；各子命令的 --help 有其余的。", "EXIT STATUS: 0 done; --help of each says the rest."),
            subcommands: [
                RulesList.self, RulesShow.self, RulesEffective.self, RulesStats.self, RulesDiff.self, RulesNew.self,
                RulesFix.self,
            ])
    }
}

/// Which packs, and how what they hold is shown.
struct RulesSource: ParsableArguments {
    // One folder each, as an id or a word may follow.
    @Option(
        help: ArgumentHelp(
            optionHelp("规则包所在的文件夹；可重复，合成一套规则。", "A folder with rule packs; repeated, they are one rule set."),
            valueName: "folder"),
        completion: .directory)
    var rules: [String]

    @OptionGroup var page: PageOption
    @OptionGroup var language: LanguageOption

    func validate() throws {
        guard !rules.isEmpty else {
            throw ValidationError(
                said("--rules 要给规则包的文件夹", "give the folder with the rule packs: --rules deploy/rules"))
        }
    }

    /// Rules that could be read; problems are told, and errors do not stand in the way of looking at the rest.
    func read() throws -> LoadedPacks { try Self.read(rules) }

    static func read(_ folders: [String]) throws -> LoadedPacks {
        let loaded = try LoadedRules.load(folders: folders)
        let errors = loaded.problems.filter { $0.kind == .error }
        for problem in errors { StandardError.print(DisplayText.printable(problem.description(in: .current))) }
        if !errors.isEmpty {
            StandardError.print(
                said("有错误的规则没有列出；先用 claimwatch check 改好", "rules with an error are left out; see `claimwatch check`"))
        }
        return loaded
    }
}

private let exitStatus = (
    chinese: "退出码：0 完成（个别规则有错误也照列其余的）；64 用法不对；74 写不出去；78 文件夹没有、读不了或是空的。",
    english:
        "EXIT STATUS: 0 done, also where some rules have errors; 64 wrong usage; 74 the output could not be written; 78 a "
        + "folder is missing, unreadable or empty."
)

struct RulesList: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: said("列出规则：编号、级别、状态、包、文件和行、标题。", "List rules with severity, status, place and title."),
            discussion: helpText(
                "给了词，只列编号、标题或类别里有这个词的。\n\n\(exitStatus.chinese)",
                "With a word, only those with the word in their id, title or category.\n\n\(exitStatus.english)"))
    }

    @OptionGroup var source: RulesSource

    @Argument(help: ArgumentHelp(optionHelp("只列含这个词的。", "Only rules with this word.")))
    var word: String?

    func run() throws {
        let rules = try source.read().rules.filter { rule in
            guard let word else { return true }
            return [rule.id.rawValue, rule.title, rule.titleEn ?? "", rule.category].contains {
                $0.localizedCaseInsensitiveContains(word)
            }
        }
        try source.page.print(RuleReports(language: .current, day: today()).list(rules))
    }
}

struct RulesShow: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show", abstract: said("用平常话说一条规则：词、排除、法律依据、例句。", "Show one rule in plain words."),
            discussion: exitStatusText)
    }

    private static var exitStatusText: String {
        helpText(
            "退出码：0 完成；64 没有这条规则；74 写不出去；78 文件夹没有、读不了或是空的。",
            "EXIT STATUS: 0 done; 64 there is no such rule; 74 the output could not be written; 78 a folder is missing, unreadable or empty."
        )
    }

    @OptionGroup var source: RulesSource

    @Argument(help: ArgumentHelp(optionHelp("规则编号，如 food.treatment。", "The rule's id, e.g. food.treatment.")))
    var id: String

    func run() throws {
        let rules = try source.read().rules
        guard let rule = rules.first(where: { $0.id.rawValue == id }) else {
            let nearest = Suggestion.closest(to: id, in: rules.map(\.id.rawValue))
            let advice =
                nearest.map { said("要看 \($0) 吗？", "Did you mean \($0)?") }
                ?? said("用 claimwatch rules list 看有哪些。", "`claimwatch rules list` shows what there is.")
            throw ValidationError(
                said(
                    "没有规则 '\(DisplayText.printable(id))'。\(advice)",
                    "there is no rule '\(DisplayText.printable(id))'. \(advice)"))
        }
        try source.page.print(RuleReports(language: .current, day: today()).show(rule))
    }
}

struct RulesStats: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "stats",
            abstract: said(
                "统计：按法律依据（起止日期、是否有效）、类别、包；待核对的法律问题。",
                "Count rules by legal basis with its dates, category and pack; list the open questions of law."),
            discussion: helpText(
                """
                “有效”按 --at 那天算。--laws 一类一类地列：有几条规则、依据哪一条、起止日期、管到谁（口播或商品页、商家或别人、哪些商品），\
                还缺什么，有什么要请人核对；--json 有同样的内容。

                --profile 看每条规则、每种写法花多少：判 --input 的事件，按数出来的步数从贵到便宜列。没有 --input \
                就判 20000 个编出来的事件。

                退出码：0 完成；64 用法不对；65 有的行不是事件；74 写不出去；78 规则或文件读不了。
                """,
                """
                Whether an article is in force is told for the day of --at. --laws goes through the kinds of conduct one by \
                one: how many rules, which articles with their dates and whom they reach (speech or listings, sellers or \
                others, which goods), what is missing and what a person has to settle; --json holds the same.

                --profile shows what each rule and each construct costs: the events of --input are judged, and what was done \
                is listed in counted steps, the dearest first. Without --input, 20,000 generated events are judged.

                EXIT STATUS: 0 done; 64 wrong usage; 65 a line was no event; 74 the output could not be written; 78 the rules \
                or a file cannot be read.
                """))
    }

    @OptionGroup var source: RulesSource

    @Option(
        help: ArgumentHelp(
            optionHelp("按哪天算，如 2026-01-01；不写是今天（中国时间）。", "The day, e.g. 2026-01-01; else today, in China."),
            valueName: "day")
    )
    var at: String?

    @Flag(
        help: ArgumentHelp(
            optionHelp(
                "一类一类地列规则、法条和它管到谁。", "Go through the kinds of conduct: rules, articles and whom they reach.")))
    var laws = false

    @Flag(
        help: ArgumentHelp(
            optionHelp("列出每条规则、每种写法花多少步。", "Show what each rule and each construct costs, in steps.")))
    var profile = false

    @Option(
        help: ArgumentHelp(
            optionHelp(
                "用这些事件数（JSON 行；- 是标准输入）；可重复。",
                "Count on these events (JSON lines; - is standard input); repeatable."),
            valueName: "file"), completion: .file())
    var input: [String] = []

    @Option(help: ArgumentHelp(optionHelp("列几条规则。", "How many rules to show."), valueName: "n"))
    var top = 20

    @Flag(help: ArgumentHelp(optionHelp("输出一个 JSON 对象。", "Print one JSON object.")))
    var json = false

    func validate() throws {
        guard profile || input.isEmpty else {
            throw ValidationError(said("--input 要和 --profile 一起用", "--input needs --profile"))
        }
        guard !(profile && laws) else {
            throw ValidationError(said("--profile 和 --laws 只能选一个", "give --profile or --laws, not both"))
        }
        guard !(json && source.page.html) else {
            throw ValidationError(said("--json 和 --html 只能选一个", "give --json or --html, not both"))
        }
        guard top > 0 else { throw ValidationError(said("--top 至少是 1", "--top must be 1 or more")) }
        try validateDay(at)
    }

    func run() throws {
        if profile { return try showProfile() }
        let loaded = try source.read()
        let terms = Set(loaded.rules.flatMap { $0.match.words }).count
        let reports = RuleReports(language: .current, day: at ?? today())
        if json {
            return try printJSON {
                StatsJSON.encode(loaded.rules, terms: terms, LawTable(loaded.rules, on: reports.day), into: &$0)
            }
        }
        try source.page.print(
            laws ? reports.laws(LawTable(loaded.rules, on: reports.day)) : reports.stats(loaded.rules, terms: terms))
    }

    /// Generated events that are judged if no others are named.
    private static let generated = 20_000

    private func showProfile() throws {
        guard let ruleSet = try source.read().ruleSet else {
            throw failure(.badConfiguration, said("这些规则不能用", "these rules cannot be used"))
        }
        let profile = WorkProfile(ruleSet)
        let store = RoomStore(ruleSet: ruleSet, profile: profile)
        var bad = BadLines()
        func judge(_ event: LiveEvent, _ topic: String, _ number: Int) {
            let place = RecordSource(topic: topic, partition: 0, offset: Offset(Int64(number)))
            store.process(event, origin: RecordOrigin(source: place)) { _ in }
        }
        for file in input {
            let name = file == "-" ? "stdin" : file
            do throws(PosixError) {
                try EventFile.read(file, &bad) { judge($0, name, $1) }
            } catch {
                throw unreadable(file, error)
            }
        }
        if input.isEmpty {
            let decoder = EventDecoder()
            let events = EventGenerator(rooms: 200, seed: 1, startMS: Self.generatedStartMS)
            for (number, event) in events.prefix(Self.generated).enumerated() {
                event.json.withUnsafeBufferPointer { bytes in
                    if let event = try? decoder.decode(bytes) { judge(event, "generated", number) }
                }
            }
        }
        let made = ProfileReport(profile: profile, rules: ruleSet.rules, language: .current, shown: top)
        if json {
            try printJSON { made.encode(badLines: bad.count, into: &$0) }
        } else {
            try source.page.print(made.report())
        }
        try bad.end(.judgedAsEvents)
    }

    /// 2026-09-21: the same events on every day.
    private static let generatedStartMS: Int64 = 1_790_000_000_000
}

struct RulesDiff: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "diff",
            abstract: said("新旧两套规则差在哪：增、删、改了哪个键、从什么改成什么。", "Say what differs between two states of rules."),
            discussion: helpText(
                "一套规则有几个文件夹的，用逗号隔开。告警会怎么变，看 claimwatch backtest。\n\n\(exitStatus.chinese)",
                "Folders that are one rule set have commas between them. What that does to alerts shows `claimwatch backtest`.\n\n\(exitStatus.english)"
            ))
    }

    @Argument(
        help: ArgumentHelp(optionHelp("旧规则包的文件夹。", "The folder with the old rule packs.")), completion: .directory)
    var old: String

    @Argument(
        help: ArgumentHelp(optionHelp("新规则包的文件夹。", "The folder with the new rule packs.")), completion: .directory)
    var new: String

    @OptionGroup var page: PageOption
    @OptionGroup var language: LanguageOption

    func run() throws {
        let differences = RuleDifferences(
            old: try RulesSource.read(LoadedRules.folders(old)).rules,
            new: try RulesSource.read(LoadedRules.folders(new)).rules)
        try page.print(RuleReports(language: .current, day: today()).diff(differences))
    }
}

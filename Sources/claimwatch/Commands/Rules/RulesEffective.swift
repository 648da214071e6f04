import ArgumentParser
import ClaimRules
import Foundation
import LiveEvents

struct RulesEffective: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "effective",
            abstract: said(
                "某一天规则实际是什么样：站点改动和专项改了什么、在哪个文件哪一行。", "Show rules as they hold on a day, and who changed what where."),
            discussion: helpText(
                """
                列出和规则包不一样的规则：哪个键、原来是什么、现在是什么、谁改的（文件:行、原因），以及那一天的专项。给了规则编号，就只看这一条；\
                加 --yaml 把它整条写成 YAML。专项按事件的时间算，这里用 --at 那天。

                退出码：0 完成（个别规则有错误也照列其余的）；64 用法不对；74 写不出去；78 文件夹没有、读不了或是空的。

                例：
                  claimwatch rules effective --rules deploy/rules --rules /etc/claimwatch/rules --at 2026-04-01
                """,
                """
                Lists the rules that are not as their packs say: which key, what it was and is, by which file and line and \
                why, and the campaigns of the day. With an id, that rule alone; with --yaml all of it as YAML. Campaigns go by \
                the time of the event; here that is the day of --at.

                EXIT STATUS: 0 done, also where some rules have errors; 64 wrong usage; 74 the output could not be written; \
                78 a folder is missing, unreadable or empty.

                EXAMPLE:
                  claimwatch rules effective --rules deploy/rules --rules /etc/claimwatch/rules --at 2026-04-01
                """))
    }

    // One folder each, as an id may follow.
    @Option(
        help: ArgumentHelp(
            optionHelp("规则包所在的文件夹；可重复，合成一套规则。", "A folder with rule packs; repeated, they are one rule set."),
            valueName: "folder"),
        completion: .directory)
    var rules: [String]

    @Option(
        help: ArgumentHelp(
            optionHelp("哪一天，如 2026-04-01；不写是今天（中国时间）。", "The day, e.g. 2026-04-01; else today, in China."),
            valueName: "day"))
    var at: String?

    @Flag(help: ArgumentHelp(optionHelp("把这条规则整条写成 YAML。", "Print the rule as YAML, all of it.")))
    var yaml = false

    @OptionGroup var form: ReportOptions
    @OptionGroup var language: LanguageOption

    @Argument(help: ArgumentHelp(optionHelp("规则编号；不写就是全部。", "The rule's id; else all.")))
    var id: String?

    func validate() throws {
        guard !rules.isEmpty else {
            throw ValidationError(
                said("--rules 要给规则包的文件夹", "give the folder with the rule packs: --rules deploy/rules"))
        }
        try validateDay(at)
        if yaml, id == nil || form.json || form.page.html {
            throw ValidationError(
                said(
                    "--yaml 要给一个规则编号，不和 --json、--html 同用",
                    "--yaml needs the id of a rule, and neither --json nor --html"))
        }
    }

    /// Whether a problem is that a change or a campaign has no effect, or is to be looked at again.
    static func isIdle(_ problem: PackProblem) -> Bool {
        switch problem.code {
        case .unknownTarget, .pointlessChange, .unmadeChange, .outdatedChange, .unwrittenReason: true
        default: false
        }
    }

    func run() throws {
        let day = at ?? today()
        let loaded = try RulesSource.read(rules)
        var chosen = loaded.rules
        if let id {
            let known = chosen.map(\.id.rawValue)
            chosen.removeAll { $0.id.rawValue != id }
            if chosen.isEmpty {
                let advice =
                    Suggestion.closest(to: id, in: known).map { said("要看 \($0) 吗？", "Did you mean \($0)?") }
                    ?? said("用 claimwatch rules list 看有哪些。", "`claimwatch rules list` shows what there is.")
                throw ValidationError(
                    said(
                        "没有规则 '\(DisplayText.printable(id))'。\(advice)",
                        "there is no rule '\(DisplayText.printable(id))'. \(advice)"))
            }
        }
        if yaml, let rule = chosen.first {
            print(EffectiveRule(rule, on: day).yaml, terminator: "")
            return
        }
        let idle = id == nil ? loaded.problems.filter(Self.isIdle) : []
        try form.print({ RuleReports(language: .current, day: day).effective(chosen, idle: idle) }) {
            EffectiveJSON.encode(chosen, idle: idle, on: day, into: &$0)
        }
    }
}

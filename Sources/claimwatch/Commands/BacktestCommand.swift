import ArgumentParser
import ClaimDetection
import ClaimRules
import LiveEvents
import RuleTesting

struct BacktestCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "backtest",
            abstract: said("新旧两套规则跑同样的事件，看哪些告警增、减、变。", "Compare two rule sets on the same events."),
            discussion: helpText(
                """
                先旧后新给两个 --rules。输入与 scan 相同：转写片段和商品事件，一行一个 JSON。两套规则各跑一遍，按告警编号（直播间、场次、规则、\
                时间窗）比较各自最后发布的样子：新增、消失、改变（级别、类别、正式或试行、法律依据、证据），按规则列出，折合每小时口播\
                （片段结束减开始之和），并排举例。规则改了编号，就是一个消失、一个新增。试行规则的告警也在内。

                只读文件和标准输入，不读 Kafka 的主题。限额是 run 的默认值。

                退出码：0 比较完了，不管有没有差别；64 用法不对；65 有的行不是事件（其余照算）；74 写不出去；78 规则或文件读不了。

                例：
                  claimwatch backtest --rules deploy/rules --rules ~/rules-new --input events.jsonl
                """,
                """
                Give two --rules, the old ones first. The input is that of `scan`: transcript segments and listing events, one \
                JSON object a line. Both rule sets judge all of it; by alert id (room, session, rule, window) it is compared how \
                each left the alert: which appear, vanish or change (severity, category, stable or shadow, law, evidence), by \
                rule, per hour of speech (the sum of end − start of the segments), with examples side by side. A rule with \
                another id vanishes and appears. Alerts of rules on trial are among them.

                It reads files and standard input, not topics of Kafka. Limits are the defaults of `run`.

                EXIT STATUS: 0 compared, whether they differ or not; 64 wrong usage; 65 a line was no event (all others were \
                judged); 74 the output could not be written; 78 the rules or a file cannot be read.

                EXAMPLE:
                  claimwatch backtest --rules deploy/rules --rules ~/rules-new --input events.jsonl
                """))
    }

    @Option(
        help: ArgumentHelp(
            optionHelp("旧规则包的文件夹；再写一次给新的。", "The folder with the old rule packs; a second time, the new ones."),
            valueName: "folder"),
        completion: .directory)
    var rules: [String]

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            optionHelp("事件文件，可以多个；- 是标准输入。", "Files of events; - is standard input."), valueName: "file"),
        completion: .file(extensions: ["jsonl"]))
    var input: [String]

    @OptionGroup var form: ReportOptions
    @OptionGroup var language: LanguageOption

    func validate() throws {
        guard rules.count == 2 else {
            throw ValidationError(
                said(
                    "要给两个规则文件夹，先旧后新：--rules OLD --rules NEW",
                    "give two folders of rules, the old ones first: --rules OLD --rules NEW"))
        }
        guard !input.isEmpty else {
            throw ValidationError(said("--input 要给事件文件", "give a file of events: --input events.jsonl"))
        }
    }

    func run() throws {
        let backtester = Backtester(
            old: try LoadedRules.ruleSet(folder: rules[0]), new: try LoadedRules.ruleSet(folder: rules[1]))
        var bad = BadLines()
        for file in input {
            let name = file == "-" ? "stdin" : file
            do throws(PosixError) {
                try EventFile.read(file, &bad) { event, number in
                    let source = RecordSource(topic: name, partition: 0, offset: Offset(Int64(number)))
                    backtester.process(event, origin: RecordOrigin(source: source))
                }
            } catch {
                throw failure(.badConfiguration, said("读不了 \(name)：\(error)", "cannot read \(name): \(error)"))
            }
        }
        let backtest = backtester.backtest
        try form.print({ BacktestReport.report(backtest, badLines: bad.count, in: .current) }) {
            BacktestJSON.encode(backtest, badLines: bad.count, into: &$0)
        }
        if bad.count > 0 {
            throw failure(
                .badData,
                said(
                    "\(bad.count) 行不是事件，其余都判了",
                    "\(counted(bad.count, "line")) could not be used; all others were judged"))
        }
    }
}

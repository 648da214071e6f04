import ArgumentParser
import ClaimDetection
import ClaimRules
import KafkaTransport
import LiveEvents
import RuleTesting

struct BacktestCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "backtest",
            abstract: said("新旧两套规则跑同样的事件，看哪些告警增、减、变。", "Compare two rule sets on the same events."),
            discussion: helpText(
                """
                --rules 是现在的规则，可重复，几个文件夹合成一套；--with 是要加上去试的（站点改动、专项），也可重复，新的一套就是两样加起来。\
                规则包本身换了的，用 --new 给新的一套，可重复。（以前的写法，先旧后新两个 --rules、文件夹用逗号隔开，还能用。）输入与 scan 相同：转写片段和商品事件，一行一个 JSON。两套规则各跑一遍，按告警编号（直播间、场次、规则、\
                时间窗）比较各自最后发布的样子：新增、消失、改变（级别、类别、正式或试行、法律依据、证据），按规则列出，折合每小时口播\
                （片段结束减开始之和），并排举例；是哪个站点改动、哪个专项改的也列出来，改了而没有差别的也列。规则改了编号，就是一个消失、一个新增。试行规则的告警也在内。

                不给 --input 就读 Kafka 的两个输入主题（--config 或 --bootstrap-servers，主题名在配置里），每个分区从头读到现在的末尾，只读一遍，\
                不进消费组，不提交。--from、--to 按记录的时间挑（从头读，挑不中的跳过），--last 只读每个分区最后的 N 个位点。\
                限额是 run 的默认值，给了配置就用配置的。

                退出码：0 比较完了，不管有没有差别；64 用法不对；65 有的行不是事件（其余照算）；74 写不出去；69 没有 broker 回答；78 规则或文件读不了。

                例：
                  claimwatch backtest --rules deploy/rules --with site/except-1.yaml --input events.jsonl
                  claimwatch backtest --rules deploy/rules --new ~/rules-new --config deploy/claimwatch.yaml --from 2026-11-27
                """,
                """
                --rules are the rules of now; repeated, the folders are one rule set. --with is what is to be tried on top of \
                them, an overlay or a campaign, a file or a folder; repeatable. Of packs that are others altogether, give \
                the new set with --new, repeatable. (Two --rules, the old ones first, with commas between the folders of a \
                set, are still read.) The input is that of `scan`: transcript segments and listing events, one \
                JSON object a line. Both rule sets judge all of it; by alert id (room, session, rule, window) it is compared how \
                each left the alert: which appear, vanish or change (severity, category, stable or shadow, law, evidence), by \
                rule, per hour of speech (the sum of end − start of the segments), with examples side by side, and which overlay or campaign did it, also where it made no difference. A rule with \
                another id vanishes and appears. Alerts of rules on trial are among them.

                Without --input the two input topics are read (--config or --bootstrap-servers; the configuration has their \
                names), each partition from its beginning to its present end, once, without a group and without a commit. \
                --from and --to choose by the time of the records (others are read and passed over), --last reads so many \
                offsets before the end of each partition. Limits are the defaults of `run`, or those of the configuration.

                EXIT STATUS: 0 compared, whether they differ or not; 64 wrong usage; 65 a line was no event (all others were \
                judged); 69 no broker answers; 74 the output could not be written; 78 the rules, the configuration or a file \
                cannot be read.

                EXAMPLES:
                  claimwatch backtest --rules deploy/rules --with site/except-1.yaml --input events.jsonl
                  claimwatch backtest --rules deploy/rules --new ~/rules-new --config deploy/claimwatch.yaml --from 2026-11-27
                """))
    }

    @Option(
        help: ArgumentHelp(
            optionHelp("现在的规则：规则包的文件夹；可重复，合成一套。", "The rules of now: a folder; repeated, they are one set."),
            valueName: "folder"),
        completion: .directory)
    var rules: [String]

    @Option(
        help: ArgumentHelp(
            optionHelp("加上去试的文件或文件夹；可重复。", "A file or folder to try on top of them; may be repeated."),
            valueName: "path"), completion: .file(extensions: ["yaml", "yml"]))
    var with: [String] = []

    @Option(
        help: ArgumentHelp(
            optionHelp("新的一套规则的文件夹；可重复。", "A folder of the new rule set; may be repeated."), valueName: "folder"),
        completion: .directory)
    var new: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            optionHelp("事件文件，可以多个；- 是标准输入。", "Files of events; - is standard input."), valueName: "file"),
        completion: .file(extensions: ["jsonl"]))
    var input: [String] = []

    @OptionGroup var models: ScreensOption

    @OptionGroup var cluster: ConfigOptions

    @Option(
        help: ArgumentHelp(
            optionHelp(
                "主题里从这时起的记录：2026-11-27，2026-11-27T20:00（中国时间），或带时区的 ISO 8601。",
                "Records of topics from this time on: 2026-11-27, 2026-11-27T20:00 (in China), or ISO 8601 with an offset."
            ),
            valueName: "time"))
    var from: String?

    @Option(help: ArgumentHelp(optionHelp("到这时为止，不含。", "Up to this time, which is not included."), valueName: "time"))
    var to: String?

    @Option(
        help: ArgumentHelp(
            optionHelp("每个分区只读最后的 N 个位点。", "Only so many offsets before the end of each partition."), valueName: "count"
        )
    )
    var last: Int64?

    @OptionGroup var form: ReportOptions
    @OptionGroup var language: LanguageOption

    func validate() throws {
        guard !rules.isEmpty, rules.count == 2 || !with.isEmpty || !new.isEmpty else {
            throw ValidationError(
                said(
                    "要给两套规则：--rules 现在的 --with 要加的，或 --rules 现在的 --new 新的",
                    "give two rule sets: --rules OLD --with MORE, or --rules OLD --new NEW"))
        }
        guard !input.isEmpty || readsTopics else {
            throw ValidationError(
                said(
                    "--input 要给事件文件，或用 --config、--bootstrap-servers 读主题",
                    "give a file of events, --input events.jsonl, or read topics with --config or --bootstrap-servers"))
        }
        guard input.isEmpty || !readsTopics && from == nil && to == nil && last == nil else {
            throw ValidationError(
                said(
                    "--input 读文件，主题的选项用不上：去掉一边",
                    "--input reads files, which the options for topics do not serve: leave out one"))
        }
        for time in [from, to].compactMap(\.self) where PointInTime.milliseconds(time) == nil {
            throw ValidationError(
                said(
                    "'\(DisplayText.printable(time))' 不是时间：写成 2026-11-27 或 2026-11-27T20:00",
                    "'\(DisplayText.printable(time))' is no time: write it as 2026-11-27 or 2026-11-27T20:00"))
        }
        if let last, last < 1 {
            throw ValidationError(said("--last 至少是 1", "--last must be at least 1"))
        }
    }

    private var readsTopics: Bool { cluster.bootstrapServers != nil || cluster.source.config != nil }

    func run() throws {
        let folders = folders
        let screens = try models.read()
        let (old, oldSet) = try LoadedRules.loadUsable(folders: folders.old, screens: screens)
        let (new, newSet) = try LoadedRules.loadUsable(folders: folders.new, screens: screens)
        let backtester = Backtester(old: oldSet, new: newSet)
        var bad = BadLines()
        if input.isEmpty { try judgeTopics(backtester, &bad) } else { try judgeFiles(backtester, &bad) }
        let backtest = backtester.backtest
        let changes = StandingText(language: .current).differences(from: old.rules, to: new.rules)
        try form.print({
            BacktestReport.report(backtest, badLines: bad.count, changes: changes, in: .current)
        }) {
            BacktestJSON.encode(backtest, badLines: bad.count, changes: changes, into: &$0)
        }
        try bad.end(.judgedAsEvents)
    }

    /// Of each rule set.
    var folders: (old: [String], new: [String]) {
        if with.isEmpty, new.isEmpty {
            return (LoadedRules.folders(rules[0]), LoadedRules.folders(rules[1]))
        }
        let old = rules.flatMap(LoadedRules.folders)
        return (old, (new.isEmpty ? old : new) + with)
    }

    private func judgeFiles(_ backtester: Backtester, _ bad: inout BadLines) throws {
        for file in input {
            let name = file == "-" ? "stdin" : file
            do throws(PosixError) {
                try EventFile.read(file, &bad) { event, number in
                    let source = RecordSource(topic: name, partition: 0, offset: Offset(Int64(number)))
                    backtester.process(event, origin: RecordOrigin(source: source))
                }
            } catch {
                throw unreadable(file, error)
            }
        }
    }

    private func judgeTopics(_ backtester: Backtester, _ bad: inout BadLines) throws {
        let range = TopicEvents.Range(
            from: from.flatMap(PointInTime.milliseconds), to: to.flatMap(PointInTime.milliseconds), last: last)
        let settings = try cluster.read()
        do throws(KafkaError) {
            try TopicEvents(settings, range).read(&bad) { backtester.process($0, origin: $1) }
        } catch {
            throw failure(.unavailable, said("读不了主题：\(error)", "cannot read the topics: \(error)"))
        }
    }
}

import ArgumentParser
import ClaimRules
import Foundation
import LiveEvents
import RuleTesting
import TermMatching

struct Explain: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            abstract: said(
                "看规则怎么看一句话；一条告警为什么报，怎么给它破例。",
                "Show what the rules see in a text, or why an alert was raised and how to except it."),
            discussion: helpText(
                """
                先答会不会告警：哪条规则、依据什么法；没有告警的，说明差在哪里：unless 排除、缺一段、隔得太远、商品类目。没有规则告警时，列出有词在\
                文本里的每条规则；有告警时加 --all 才列。

                然后是原文，每个命中的词标在它的位置下面，怎么认出来的（原样、折叠、间隔、填充、同音、拼音、别名、拆字、数字），多有把握（0 到 1）；\
                规则没有采用的，说明原因：min_score、whole_words、那里其实是常用词（威信 不当 微信，最✨好喝 不当 最好）、只被逗号之类隔开（根，治）。

                有 product: 的规则只管某些商品。不给 --category，直播间里没有在售商品，这样的规则照样告警，并注明类目未知。\
                要问商品事实的规则，用 --fact、--title、--price 说商品页写了什么。数、正则和起作用的排除词也标在原文下面。

                站点改动和专项起了作用的，写明是哪个文件哪一行：降了级、加了排除、专项用起来的；被停用而本来会报的规则也列出来。

                --alert 换成看一条告警（alert.v1 的一行 JSON，- 从标准输入贴进来）：哪条规则、哪些词、看过哪些排除条件、法律依据那天是否有效、照现在的规则还报不报，\
                最后是下一步：给这家店破例的站点改动，存下来就能用，以及试它、回测、上线的命令。

                退出码：0 不管告不告警；64 没有文本；65 文本太长、不是 UTF-8，或不是告警；74 写不出去；78 规则不能用。

                例：
                  claimwatch explain --rules deploy/rules --alert alert.json
                  claimwatch explain --rules deploy/rules --alert alert.json --overlay > site/except-1.yaml
                  claimwatch explain --rules deploy/rules --category 食品/蜂蜜 这个蜂蜜能根治糖尿病
                  claimwatch explain --rules deploy/rules --fact material=涤纶 里头全是羊毛的
                  claimwatch explain --rules deploy/rules 别在这儿拍 '@20s 我给你发个码'
                """,
                """
                Answers first: which rule raises an alert, under which law; and of a rule that does not, what stopped it: an \
                unless phrase, a missing part, the distance, the product. Where no rule raises one, each with a term in the text \
                is told; where one does, the others are with --all.

                Then the text with each term that hits under the place where it hits, how it was recognised (literal, folded, \
                gap, filler, homophone, pinyin, alias, split, number) and how surely (0 to 1), and what the text folds to. \
                Matches that a rule drops are named with the reason: its min_score, its whole_words, or ordinary words that \
                stand where a disguised term is heard (威信 for 微信, 最✨好喝 for 最好). So is a term that only a comma or the \
                like keeps from being met (根，治). Of a text wider than the terminal each hit is shown in its surroundings.

                A rule with `product:` speaks of some goods only. Without --category the room has nothing on sale, and such \
                a rule fires with the remark that the category is not known. What the listing says is told by --fact, --title \
                and --price. Numbers, matches of patterns and the guard words that decided are marked in the text, too.

                Where an overlay or a campaign has a say, its file and line are told: a rule graded, excepted, woken; so are \
                rules that are off and would have raised an alert.

                With --alert an alert is explained instead (a line of alert.v1; - takes it from standard input): the rule, the \
                words, the guards looked at, whether the law was in force that day, whether it would be raised again, and what \
                to do next: an overlay that excepts the shop, ready to save, and the commands to try it and put it live.

                EXIT STATUS: 0, whether a rule fired or not; 64 no text; 65 the text is too long or not UTF-8, or no alert; 74 \
                the output could not be written; 78 the rules cannot be used.

                EXAMPLES:
                  claimwatch explain --rules deploy/rules --alert alert.json
                  claimwatch explain --rules deploy/rules --category 食品/蜂蜜 这个蜂蜜能根治糖尿病
                  claimwatch explain --rules deploy/rules --fact material=涤纶 里头全是羊毛的
                  claimwatch explain --rules deploy/rules 别在这儿拍 '@20s 我给你发个码'
                """))
    }

    @Option(
        help: ArgumentHelp(
            optionHelp(
                "规则包所在的文件夹，或一个规则包；可重复，合成一套规则。",
                "A folder with rule packs, or one pack; repeated, they are one rule set."),
            valueName: "rules"),
        completion: .directory)
    var rules: [String]

    @OptionGroup var models: ScreensOption

    @OptionGroup var room: RoomOptions

    @Flag(help: ArgumentHelp(optionHelp("文本是商品标题；不写就是口播。", "The text is a listing's title; otherwise it is speech.")))
    var listing = false

    @Flag(help: ArgumentHelp(optionHelp("没有告警的规则也都列出。", "Tell of rules that raised nothing, too.")))
    var all = false

    @Option(
        help: ArgumentHelp(
            optionHelp(
                "看这个文件里的告警（alert.v1，一行一个 JSON）；- 是标准输入。",
                "Explain the alerts of this file (alert.v1, one JSON object a line); - is standard input."),
            valueName: "file"),
        completion: .file(extensions: ["jsonl", "json"]))
    var alert: String?

    @Flag(
        help: ArgumentHelp(
            optionHelp(
                "只输出给这条告警破例的站点改动（YAML），存成文件用。",
                "Print only the overlay that excepts whom the alert is about, as YAML to save.")))
    var overlay = false

    @Option(
        help: ArgumentHelp(
            optionHelp(
                "--overlay 里写的理由：为什么、谁批准、到什么时候。", "The reason in --overlay: why, who agreed, until when."),
            valueName: "text"))
    var reason: String?

    @Flag(help: ArgumentHelp(optionHelp("输出一个 JSON 对象。", "Print one JSON object.")))
    var json = false

    @OptionGroup var language: LanguageOption

    @Argument(
        help: ArgumentHelp(
            optionHelp(
                "要看的话。写几段，就是先后说的几段；段前写 @25s 是说的时间（从头算）。",
                "The text to explain. Several are segments, said one after the other; one that begins with @25s is said at "
                    + "that time from the start."),
            valueName: "text"))
    var texts: [String] = []

    func validate() throws {
        guard !rules.isEmpty else {
            throw ValidationError(
                said("--rules 要给规则包的文件夹", "give the folder with the rule packs: --rules deploy/rules"))
        }
        guard reason == nil || overlay else {
            throw ValidationError(said("--reason 要和 --overlay 一起用", "--reason needs --overlay"))
        }
        guard (reason ?? "-").contains(where: { !$0.isWhitespace }), (reason ?? "").unicodeScalars.count <= 200 else {
            throw ValidationError(said("--reason 要写 1 到 200 个字", "--reason takes 1 to 200 characters"))
        }
        if alert != nil {
            guard texts.isEmpty, !listing, !all else {
                throw ValidationError(
                    said(
                        "--alert 里有原话：去掉文本、--listing、--all",
                        "an alert holds the words: leave out the text, --listing and --all"))
            }
            guard !(json && overlay) else {
                throw ValidationError(said("--json 和 --overlay 只能选一个", "give --json or --overlay, not both"))
            }
            return
        }
        guard !overlay else {
            throw ValidationError(said("--overlay 要和 --alert 一起用", "--overlay needs --alert"))
        }
        guard !texts.isEmpty, texts.allSatisfy({ $0.contains { !$0.isWhitespace } }) else {
            throw ValidationError(
                said("文本是空的：写上主播说的话，有空格要加引号", "the text is empty: give what the host says, in quotes if it has spaces"))
        }
        guard !listing || texts.count == 1 else {
            throw ValidationError(
                said("--listing 是一个商品标题：有空格要加引号", "--listing takes one title: put it in quotes if it has spaces"))
        }
        guard !listing || room.title == nil else {
            throw ValidationError(
                said("有 --listing，文本就是标题：去掉 --title", "with --listing the text is the title: leave out --title"))
        }
    }

    func run() throws {
        guard Self.argumentsAreUTF8 else {
            throw failure(
                .badData,
                said(
                    "文本不是 UTF-8：把终端设成 UTF-8，或用 iconv 转换",
                    "the text is not UTF-8: set the terminal to UTF-8, or convert it with iconv"))
        }
        let screens = try models.read()
        let (loaded, ruleSet) = try LoadedRules.loadUsable(folders: rules, screens: screens)
        if let alert { return try explain(alert, loaded, ruleSet) }
        let sample = try sample()
        let alerts: [Alert]
        do {
            alerts = try sample.alerts(ruleSet)
        } catch {
            throw failure(
                .badData, said("文本不能用来判断：\(BadLines.reason(error))", "the text cannot be judged: \(error.detail)"))
        }
        let reading = RuleReading(sample, ruleSet: ruleSet)
        let style = TextStyle.of(STDOUT_FILENO)
        let columns = max(40, terminalSize(STDOUT_FILENO)?.columns ?? 80)
        let outcomes = OutcomeList(language: .current, style: style, columns: columns, showsAll: all)
        let sleeping = SleepingRules.alerts(loaded, sample, screens: screens)
        if json { return try printJSON { outcomes.encode(reading, fired: alerts, sleeping: sleeping, into: &$0) } }
        print(outcomes.lines(reading, fired: alerts).joined(separator: "\n"))
        for line in SleepingRules.lines(sleeping, on: sample.room.day ?? today(), in: .current) {
            print(line.rendered(style, columns: columns, indent: (0, 8)))
        }
        print("")
        let marks = reading.marks(of: outcomes.shown(reading, fired: alerts))
        let hits = HitList(language: .current, style: style, columns: columns)
        let lines = hits.lines(reading, marks, where: outcomes.teller(reading, fired: alerts))
        print(lines.joined(separator: "\n"))
    }

    /// Alerts of a file that are explained; more are too many to read.
    private static let mostAlerts = 20

    private func explain(_ path: String, _ loaded: LoadedPacks, _ ruleSet: RuleSet) throws {
        var bad = BadLines()
        let alerts: [Alert]
        do throws(PosixError) {
            alerts = try AlertFile.read(path, &bad, atMost: Self.mostAlerts)
        } catch {
            throw unreadable(path, error)
        }
        guard !alerts.isEmpty else {
            throw failure(
                .badData,
                said(
                    "里面没有告警：要 live.alerts 里的一行 JSON（alert.v1），整行贴",
                    "there is no alert in it: give a line of the alert topic (alert.v1), the whole of it"))
        }
        let rooms = SampleRooms(ruleSet)
        var explanations: [AlertExplanation] = []
        for alert in alerts {
            do throws(LiveEvents.DecodingError) {
                explanations.append(try AlertExplanation(alert, loaded, ruleSet, rooms: rooms))
            } catch {
                throw failure(
                    .badData,
                    said("告警不能再判：\(BadLines.reason(error))", "the alert cannot be judged again: \(error.detail)"))
            }
        }
        if overlay {
            guard explanations.count == 1, explanations[0].rule != nil else {
                throw failure(
                    .badData,
                    said("--overlay 要正好一条告警，它的规则要在规则包里", "--overlay takes one alert, of a rule that the packs have"))
            }
            print(explanations[0].overlay(in: .current, reason: reason), terminator: "")
            return try bad.end(.judgedAsEvents)
        }
        let text = AlertExplanationText(
            language: .current, style: TextStyle.of(STDOUT_FILENO),
            columns: max(40, terminalSize(STDOUT_FILENO)?.columns ?? 80), rules: rules)
        if json {
            try printJSON { json in
                json.beginObject()
                json.field("schema", "explain.v1")
                json.field("ruleset", ruleSet.contentHash)
                json.key("alerts")
                json.beginArray()
                for explanation in explanations { text.encode(explanation, into: &json) }
                json.endArray()
                json.endObject()
            }
        } else {
            print(explanations.map { text.lines($0).joined(separator: "\n") }.joined(separator: "\n\n"))
        }
        try bad.end(.judgedAsEvents)
    }

    /// What is said, and the room around it.
    func sample() throws -> SampleRun {
        var sample = SampleRun(segments: Self.segments(texts), target: listing ? .listing : .speech)
        try room.furnish(&sample.room)
        return sample
    }

    /// `@25s 扫码付款` is said 25 seconds after the beginning.
    static func segments(_ texts: [String]) -> [(atMS: Int64?, text: String)] {
        texts.map { text in
            guard text.first == "@", let end = text.firstIndex(of: " "),
                let time = DayAndSpan.milliseconds(String(text[text.index(after: text.startIndex)..<end]))
            else { return (nil, text) }
            return (time, text[end...].trimmingCharacters(in: .whitespaces))
        }
    }

    /// Swift repairs arguments without a word; what was not UTF-8 would be taken for something else.
    private static var argumentsAreUTF8: Bool {
        CommandLine.unsafeArgv.withMemoryRebound(to: UnsafeMutablePointer<CChar>?.self, capacity: Int(CommandLine.argc))
        {
            arguments in
            (0..<Int(CommandLine.argc)).allSatisfy { index in
                arguments[index].map { String(validatingCString: $0) != nil } ?? true
            }
        }
    }
}

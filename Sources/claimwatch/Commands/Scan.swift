import ArgumentParser
import ClaimDetection
import ClaimRules
import Foundation
import LiveEvents
import RuleTesting
import StreamEngine
import StreamShell

struct Scan: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case jsonl, text }

    static var configuration: CommandConfiguration {
        CommandConfiguration(
            abstract: said("在文件或标准输入里找告警，不用 Kafka。", "Find claims in files or standard input, without Kafka."),
            discussion: helpText(
                """
                读一行一个的 JSON（口播段和商品事件可以混着），按顺序写出告警，格式和线上的一样（alert.v1），一行一个 JSON 对象。判法和 run 一样：\
                同样的事件、规则、限度，告警编号也一样。告警的 source 里，topic 是文件名（标准输入是 stdin），offset 是行号，从 1 算。空行不管。

                限度用 run 的默认值。run 另有配置的，用 --config 给它的文件：这里只看其中的 rules、screens、limits（limits.max_rooms \
                管全部输入，不按分区）。环境变量（CLAIMWATCH_LIMITS_MAX_ROOMS）盖过文件，选项盖过两者。

                有问题的行在标准错误里写 文件:行: 问题；其余照判。

                要知道一条告警为什么报：claimwatch scan … | claimwatch explain --rules … --alert -

                退出码：0 每一行都读了（不管有没有告警）；65 有的行有问题；74 写不出去；78 配置、规则或文件读不了。

                例：
                  claimwatch scan --rules deploy/rules --format text events.jsonl
                  echo 这个蜂蜜能根治糖尿病 | claimwatch scan --rules deploy/rules --lines --format text
                  claimwatch scan --config deploy/claimwatch.yaml --set limits.max_text_bytes=4096 events.jsonl
                """,
                """
                Reads transcript segments and listing events as JSON lines, mixed freely, and writes alerts in the \
                published format (alert.v1), one JSON object a line, in order. It is the same detection as `run`: the same \
                events under the same rules and limits give the same alert ids. In an alert's source, `topic` is the \
                file's name ("stdin" for standard input) and `offset` the 1-based number of the line. Blank lines are \
                skipped.

                Limits are the defaults of `run`. Where `run` has others, give its file with --config: of it, `rules`, \
                `screens` and `limits` count here (limits.max_rooms for the whole input, not for each partition). The \
                environment (CLAIMWATCH_LIMITS_MAX_ROOMS) overrides the file, flags override both.

                A bad line is reported on standard error as FILE:LINE: what is wrong; the rest is processed.

                Why an alert was raised: claimwatch scan … | claimwatch explain --rules … --alert -

                EXIT STATUS: 0 every line was read (alerts or none); 65 a line was bad; 74 the output could not be \
                written; 78 the configuration, the rules or a file cannot be read.

                EXAMPLES:
                  claimwatch scan --rules deploy/rules events.jsonl
                  echo 这个蜂蜜能根治糖尿病 | claimwatch scan --rules deploy/rules --lines --format text
                  claimwatch scan --config deploy/claimwatch.yaml --set limits.max_text_bytes=4096 events.jsonl
                """))
    }

    @Option(
        help: ArgumentHelp(
            optionHelp(
                "规则包所在的文件夹；可重复，合成一套规则。不写用配置里的 rules。",
                "The folder with the rule packs; repeat it for several, which are one rule set. Without it, `rules` of the "
                    + "configuration.")),
        completion: .directory)
    var rules: [String] = []

    @Option(
        help: ArgumentHelp(
            optionHelp(
                "规则 `screen:` 要问的模型所在的文件夹；可重复。不写用配置里的 screens。",
                "The folder with the models that rules ask with `screen:`; may be repeated. Without it, `screens` of the "
                    + "configuration.")),
        completion: .directory)
    var screens: [String] = []

    @OptionGroup var source: ConfigSource

    @Option(
        help: ArgumentHelp(
            optionHelp("jsonl（alert.v1）或 text（给人看）。", "jsonl (alert.v1) or text (for reading).")))
    var format = Format.jsonl

    @Flag(
        help: ArgumentHelp(
            optionHelp(
                "输入是普通文本：每行当作一个单独的直播间（line:行号）里说完的一段。",
                "The input is plain text: each line is a final segment of a room of its own, line:<number>.")))
    var lines = false

    @Option(
        help: ArgumentHelp(
            optionHelp(
                "--lines 的话是哪天说的，如 2026-06-18；不写是今天（中国时间）。",
                "The day on which --lines were said, e.g. 2026-06-18; else today, in China."), valueName: "day"))
    var at: String?

    @OptionGroup var language: LanguageOption

    @Argument(
        help: ArgumentHelp(optionHelp("要读的文件；- 或不写是标准输入。", "Files to read; - or none is standard input.")),
        completion: .file())
    var files: [String] = []

    func validate() throws {
        try validateDay(at)
        if at != nil, !lines {
            throw ValidationError(
                said("--at 要和 --lines 一起用：事件自带时间", "--at is for --lines: events tell their own time"))
        }
    }

    func run() throws {
        var extra: [String: String] = [:]
        if !rules.isEmpty { extra["rules"] = rules.joined(separator: ",") }
        if !screens.isEmpty { extra["screens"] = screens.joined(separator: ",") }
        let settings = try source.read(.files, extra: extra)
        let ruleSet = try LoadedRules.ruleSet(
            folders: rules.isEmpty ? settings.rules : rules,
            screens: try ScreensFolder.read(screens.isEmpty ? settings.screens : screens))
        var scanner = Scanner(ruleSet: ruleSet, settings: settings, lines: lines, day: at ?? today(), format: format)
        for file in files.isEmpty ? ["-"] : files {
            do throws(PosixError) {
                try scanner.scan(file)
            } catch {
                scanner.finish()
                throw unreadable(file, error)
            }
        }
        scanner.finish()
        if let error = scanner.outputFailure { throw claimwatch.outputFailure(error) }
        if scanner.badLines > 0 {
            let isPlain = scanner.looksLikePlainText
            throw failure(
                .badData,
                said(
                    "\(scanner.badLines) 行不能用，其余都判了\(isPlain ? "。是普通文本就加 --lines。" : "")",
                    "\(counted(scanner.badLines, "line")) could not be used; all others were scanned"
                        + (isPlain ? ". If the input is plain text, give --lines." : "")))
        }
    }
}

/// One pass over any number of files: one room store, so a room may go on from file to file.
private struct Scanner: ~Copyable {
    /// Bad lines that are told one by one; of a file that is no events there may be millions.
    private static let mostReports = 1000

    private(set) var badLines = 0
    private var sawJSON = false
    private let store: RoomStore
    private let decoder: EventDecoder
    private let maxRecordBytes: Int
    private let readsPlainText: Bool
    /// When plain text was said.
    private let timeMS: Int64
    private let format: Scan.Format
    private let style = TextStyle.of(STDOUT_FILENO)
    private var output = StandardOutput()
    private var record: [UInt8] = []

    init(ruleSet: RuleSet, settings: Settings, lines: Bool, day: String, format: Scan.Format) {
        let limits = settings.stream.worker.decoding
        store = RoomStore(ruleSet: ruleSet, limits: settings.stream.detection)
        decoder = EventDecoder(limits: limits)
        maxRecordBytes = limits.maxRecordBytes
        readsPlainText = lines
        timeMS = SpokenText.noonMS(of: day) ?? SpokenText.timeMS
        self.format = format
    }

    var outputFailure: PosixError? { output.failure }
    /// Lines there were, and none of them JSON.
    var looksLikePlainText: Bool { badLines > 0 && !sawJSON && !readsPlainText }

    /// Ends early when nobody takes the output.
    mutating func scan(_ path: String) throws(PosixError) {
        let name = path == "-" ? "stdin" : path
        let reader = try LineReader(path: path, maxLineBytes: maxRecordBytes)
        while output.failure == nil, let line = try reader.next() {
            switch line {
            case .tooLong:
                report(
                    name, reader.number,
                    said("超过 \(maxRecordBytes) 字节，跳过", "longer than \(maxRecordBytes) bytes: skipped"))
            case .bytes(let bytes):
                guard !RecordFile.isBlank(bytes) else { continue }
                do throws(LiveEvents.DecodingError) {
                    try judge(bytes, name: name, number: reader.number)
                    sawJSON = true
                } catch {
                    if error.reason != .notJSON { sawJSON = true }
                    report(name, reader.number, BadLines.reason(error))
                }
            }
            // Of a live pipe, each alert at once: the next line may be long in coming.
            if reader.isDrained { output.flush() }
        }
    }

    mutating func finish() { output.flush() }

    private mutating func judge(
        _ line: UnsafeBufferPointer<UInt8>, name: String, number: Int
    ) throws(LiveEvents.DecodingError) {
        let event = try readsPlainText ? decodePlainText(line, number: number) : decoder.decode(line)
        let origin = RecordOrigin(source: RecordSource(topic: name, partition: 0, offset: Offset(Int64(number))))
        var alerts: [Alert] = []
        store.process(event, origin: origin) { alerts.append($0) }
        for alert in alerts { write(alert) }
    }

    private mutating func decodePlainText(
        _ line: UnsafeBufferPointer<UInt8>, number: Int
    ) throws(LiveEvents.DecodingError) -> LiveEvent {
        let words = line.last == 0x0D ? UnsafeBufferPointer(rebasing: line.dropLast()) : line
        var said = SpokenText(roomID: "line:\(number)", sessionID: "lines")
        (said.startMS, said.endMS) = (timeMS, timeMS)
        said.encode(words, into: &record)
        return try record.withUnsafeBufferPointer { bytes throws(LiveEvents.DecodingError) in
            try decoder.decode(bytes)
        }
    }

    private mutating func write(_ alert: Alert) {
        switch format {
        case .jsonl:
            output.append { bytes in
                alert.encode(into: &bytes)
                bytes.append(UInt8(ascii: "\n"))
            }
        case .text:
            output.print(
                AlertText.paragraph(
                    alert, style: style, columns: terminalSize(STDOUT_FILENO)?.columns,
                    language: Language.current == .chinese ? .chinese : nil))
        }
    }

    private mutating func report(_ name: String, _ number: Int, _ problem: String) {
        badLines += 1
        guard badLines <= Self.mostReports else { return }
        // What was found before stands before the message, also where both go to one terminal.
        output.flush()
        StandardError.print("\(DisplayText.printable(name)):\(number): \(DisplayText.printable(problem))")
        if badLines == Self.mostReports {
            StandardError.print(said("其余有问题的行只计数", "further bad lines are only counted"))
        }
    }
}

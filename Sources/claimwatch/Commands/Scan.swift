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

    static let configuration = CommandConfiguration(
        abstract: "Find claims in files or standard input, without Kafka.",
        discussion: """
            Reads transcript segments and listing events as JSON lines, mixed freely, and writes alerts in the \
            published format (alert.v1), one JSON object a line, in order. It is the same detection as `run`: the same \
            events under the same rules and limits give the same alert ids. In an alert's source, `topic` is the \
            file's name ("stdin" for standard input) and `offset` the 1-based number of the line. Blank lines are \
            skipped.

            Limits are the defaults of `run`. Where `run` has others, give its file with --config: of it, `rules`, `screens` and \
            `limits` count here (limits.max_rooms for the whole input, not for each partition). The environment \
            (CLAIMWATCH_LIMITS_MAX_ROOMS) overrides the file, flags override both.

            A bad line is reported on standard error as FILE:LINE: what is wrong; the rest is processed.

            EXIT STATUS: 0 every line was read (alerts or none); 65 a line was bad; 74 the output could not be written; \
            78 the configuration, the rules or a file cannot be read.

            EXAMPLES:
              claimwatch scan --rules deploy/rules events.jsonl
              echo 这个蜂蜜能根治糖尿病 | claimwatch scan --rules deploy/rules --lines --format text
              claimwatch scan --config deploy/claimwatch.yaml --set limits.max_text_bytes=4096 events.jsonl
            """)

    @Option(
        help:
            "The folder with the rule packs; repeat it for several, which are one rule set. Without it, `rules` of the configuration.",
        completion: .directory)
    var rules: [String] = []

    @Option(
        help:
            "The folder with the models that rules ask with `screen:`; may be repeated. Without it, `screens` of the configuration.",
        completion: .directory)
    var screens: [String] = []

    @OptionGroup var source: ConfigSource

    @Option(help: "jsonl (alert.v1) or text (for reading).")
    var format = Format.jsonl

    @Flag(help: "The input is plain text: each line is a final segment of a room of its own, line:<number>.")
    var lines = false

    @Option(
        help: ArgumentHelp(
            "The day on which --lines were said, e.g. 2026-06-18; else today, in China.", valueName: "day"))
    var at: String?

    @Argument(help: "Files to read; - or none is standard input.", completion: .file())
    var files: [String] = []

    func validate() throws {
        try validateDay(at)
        if at != nil, !lines { throw ValidationError("--at is for --lines: events tell their own time") }
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
                throw failure(.badConfiguration, "cannot read \(file == "-" ? "standard input" : file): \(error)")
            }
        }
        scanner.finish()
        if let error = scanner.outputFailure { throw claimwatch.outputFailure(error) }
        if scanner.badLines > 0 {
            let hint = scanner.looksLikePlainText ? ". If the input is plain text, give --lines." : ""
            throw failure(
                .badData, "\(counted(scanner.badLines, "line")) could not be used; all others were scanned\(hint)")
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
                report(name, reader.number, "longer than \(maxRecordBytes) bytes: skipped")
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
                AlertText.paragraph(alert, style: style, columns: terminalSize(STDOUT_FILENO)?.columns))
        }
    }

    private mutating func report(_ name: String, _ number: Int, _ problem: String) {
        badLines += 1
        guard badLines <= Self.mostReports else { return }
        // What was found before stands before the message, also where both go to one terminal.
        output.flush()
        StandardError.print("\(DisplayText.printable(name)):\(number): \(DisplayText.printable(problem))")
        if badLines == Self.mostReports { StandardError.print("further bad lines are only counted") }
    }
}

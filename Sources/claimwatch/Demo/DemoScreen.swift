import Foundation
import LiveEvents

/// What a person sees of the demo: what is being started, each alert as it comes, a line of figures, a summary.
///
/// On a terminal the figures stay in the last line while alerts scroll above it; elsewhere all are plain lines and the
/// figures come every few seconds. The terminal may change its size at any time, so it is asked before each line.
struct DemoScreen: ~Copyable {
    struct Figures: Equatable {
        var rooms = 0
        var events = 0
        var eventsPerSecond = 0
        /// Records in the input topics that have not been judged yet.
        var lag = 0
        /// Alert records published, later revisions of an alert too.
        var alerts = 0
        var elapsed: Duration = .zero
        /// When the demo ends by itself; nil goes on until interrupted.
        var seconds: Int?
    }

    /// Whether figures can be shown in one place again and again.
    let hasStatusLine: Bool
    private let style: TextStyle
    private var output = StandardOutput()
    private var countByRule: [RuleID: (title: String, severity: OpenEnum<Severity>, isOnTrial: Bool, alerts: Int)] = [:]

    init() {
        hasStatusLine = understandsControls(STDOUT_FILENO)
        style = TextStyle.of(STDOUT_FILENO)
    }

    /// Why the output is at its end, if it is: nobody reads any more.
    var outputFailure: PosixError? { output.failure }

    /// One step of the start.
    mutating func announce(_ step: String) {
        clearStatus()
        output.print(StyledLine(step).rendered(style, columns: columns))
        output.flush()
    }

    /// Shows the first publication of an alert; later revisions only count.
    mutating func show(_ alert: Alert) {
        guard alert.revision == 1 else { return }
        var count =
            countByRule[alert.rule.id] ?? (alert.rule.title, alert.rule.severity, alert.mode == .shadow, 0)
        count.alerts += 1
        countByRule[alert.rule.id] = count
        clearStatus()
        output.print(AlertText.paragraph(alert, style: style, columns: columns, origin: place(of: alert)))
        output.flush()
    }

    mutating func show(_ figures: Figures) {
        let line = status(figures)
        guard hasStatusLine else {
            output.print(line)
            output.flush()
            return
        }
        showStatus(line)
    }

    /// The end has begun; a consumer group that is forming must finish first, which takes up to 5 s.
    mutating func announceEnd() {
        if hasStatusLine { showStatus("stopping: the pipeline commits what is done (Ctrl-C again ends at once)") }
    }

    /// The figures at the end and how many alerts each rule gave, most first.
    mutating func summarise(_ figures: Figures) {
        clearStatus()
        // The same claim again in its window raises the revision of the alert there is.
        let again = max(0, figures.alerts - shown)
        let line = """
            \(figures.elapsed.components.seconds) s, \(counted(figures.rooms, "room")): \
            \(counted(figures.events, "event")) read, \(counted(shown, "alert")) published\
            \(again > 0 ? ", then \(counted(again, "later revision")) of them" : ""). \
            \(shown > 0 ? "By rule:" : "The first alerts need some 6 s.")
            """
        output.print("")
        output.print(StyledLine(line).rendered(style, columns: columns))
        let rules = countByRule.sorted { ($1.value.alerts, $0.key) < ($0.value.alerts, $1.key) }
        let idColumns = rules.map(\.key.rawValue.count).max() ?? 0
        for (rule, count) in rules {
            var line = StyledLine(padded("\(count.alerts)", to: 5, left: true) + "  ")
            line.add(padded(count.severity.text, to: 8), AlertText.look(ofSeverity: count.severity))
            line.add("  " + padded(rule.rawValue, to: idColumns) + "  " + DisplayText.printable(count.title))
            if count.isOnTrial { line.add(" · shadow", .dim) }
            output.print(line.rendered(style, columns: columns, indent: (0, 17)))
        }
        output.flush()
    }

    private func status(_ figures: Figures) -> String {
        let end = figures.seconds.map { " of \($0)" } ?? ""
        let time = "\(figures.elapsed.components.seconds)\(end) s"
        guard figures.events > 0 else {
            return "\(time) · waiting for the pipeline to join its consumer group (4 to 6 s)"
        }
        return """
            \(time) · \(counted(figures.rooms, "room")) · \(counted(figures.events, "event")) · \
            \(figures.eventsPerSecond)/s · lag \(figures.lag) · \(counted(shown, "alert"))
            """
    }

    private func place(of alert: Alert) -> String {
        [alert.roomID, alert.speaker?.name, alert.listing.map { $0.title ?? $0.listingID }]
            .compactMap { $0 }.joined(separator: " · ")
    }

    private var columns: Int? { terminalSize(STDOUT_FILENO)?.columns }

    /// Alerts shown so far.
    private var shown: Int { countByRule.values.reduce(0) { $0 + $1.alerts } }

    private mutating func showStatus(_ line: String) {
        clearStatus()
        // Cut, not wrapped: a second line would stay behind when the figures change.
        let cut = style.paint(DisplayText.fitted(line, columns: (columns ?? 80) - 1), .bold)
        output.append { $0.append(contentsOf: cut.utf8) }
        output.flush()
    }

    private mutating func clearStatus() {
        guard hasStatusLine else { return }
        output.append { $0.append(contentsOf: "\r\u{1B}[2K".utf8) }
    }

    private func padded(_ text: String, to columns: Int, left: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, columns - DisplayText.width(text)))
        return left ? space + text : text + space
    }
}

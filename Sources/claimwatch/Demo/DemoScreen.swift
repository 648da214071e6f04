import Foundation
import LiveEvents

/// What a person sees of the demo: each alert as it comes, and a line of figures below.
///
/// On a terminal the figures stay in the last line while alerts scroll above it; elsewhere both are plain lines and the
/// figures come every few seconds.
struct DemoScreen: ~Copyable {
    struct Figures: Equatable {
        var rooms = 0
        var events = 0
        var eventsPerSecond = 0
        /// Records in the input topics that have not been judged yet.
        var lag = 0
        var alerts = 0
        var elapsed: Duration = .zero
    }

    private let style: TextStyle
    private let columns: Int?
    private var output = StandardOutput()
    private var countByRule: [String: (title: String, severity: String, alerts: Int)] = [:]

    init() {
        columns = terminalSize(STDOUT_FILENO)?.columns
        style = TextStyle.of(STDOUT_FILENO)
    }

    var isTerminal: Bool { columns != nil }

    /// Shows the first publication of an alert; later revisions only count.
    mutating func show(_ alert: Alert) {
        guard alert.revision == 1 else { return }
        var count = countByRule[alert.rule.id] ?? (alert.rule.title, alert.rule.severity, 0)
        count.alerts += 1
        countByRule[alert.rule.id] = count
        clearFigures()
        output.print(AlertText.headline(alert, style: style))
        for quote in AlertText.quotes(alert, style: style) { output.print("    \(quote)") }
        output.print("    " + style.paint(DisplayText.printable(place(of: alert)), .dim))
        output.flush()
    }

    mutating func show(_ figures: Figures) {
        let line = """
            \(figures.rooms) rooms · \(figures.events) events · \(figures.eventsPerSecond)/s · lag \(figures.lag) · \
            \(figures.alerts) alerts · \(figures.elapsed.components.seconds) s
            """
        guard let columns else {
            output.print(line)
            output.flush()
            return
        }
        clearFigures()
        let shown = style.paint(DisplayText.fitted(line, columns: columns - 1), .bold)
        output.append { $0.append(contentsOf: shown.utf8) }
        output.flush()
    }

    mutating func summarise(_ figures: Figures) {
        clearFigures()
        output.print("")
        output.print(
            "In \(figures.elapsed.components.seconds) s: \(figures.rooms) rooms said or listed \(figures.events) things,"
        )
        output.print("\(figures.alerts) alert records were published. By rule, later revisions of an alert left out:")
        for (rule, count) in countByRule.sorted(by: { ($1.value.alerts, $0.key) < ($0.value.alerts, $1.key) }) {
            let severity = style.paint(count.severity, AlertText.colour(ofSeverity: count.severity))
            output.print("  \(count.alerts)  \(rule)  \(count.title)  \(severity)")
        }
        output.flush()
    }

    private func place(of alert: Alert) -> String {
        let listing = alert.listing.map { " · \($0.title ?? $0.listingID)" } ?? ""
        let speaker = alert.speaker?.name.map { " · \($0)" } ?? ""
        return alert.roomID + speaker + listing
    }

    private mutating func clearFigures() {
        guard columns != nil else { return }
        output.append { $0.append(contentsOf: "\r\u{1B}[2K".utf8) }
    }
}

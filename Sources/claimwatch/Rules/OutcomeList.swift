import ClaimRules
import LiveEvents
import RuleTesting

/// What came of each rule that a text touches, for `explain`.
///
/// ```
/// clear    contact.wechat 引流
///          part 1: 「微信」 (as 「威信」) is heard (homophone 0.80), but 「威信」 is an ordinary word
/// ```
enum OutcomeList {
    private static let margin = "         "
    /// Matches that a rule drops: a text of 64 KiB may hold thousands.
    private static let mostDropped = 20

    static func lines(_ reading: RuleReading, fired alerts: [Alert], style: TextStyle) -> [String] {
        let touched = reading.rulesTouched
        if touched.isEmpty { return ["No rule has a term in this text."] }
        return touched.flatMap { number in
            let alert = alerts.first { $0.rule.id == reading.ruleSet.rules[number].id }
            return lines(number, reading, alert, style)
        }
    }

    private static func lines(_ number: Int, _ reading: RuleReading, _ alert: Alert?, _ style: TextStyle) -> [String] {
        let rule = reading.ruleSet.rules[number]
        var lines: [String] = []
        var whyClear: String?
        if let alert {
            lines.append("\(style.paint("FIRED", .boldRed))    \(AlertText.headline(alert).rendered(style))")
            if let law = AlertText.law(alert) { lines.append(margin + style.paint(law, .cyan)) }
            if alert.categoryUnresolved { lines.append(margin + "with --category the product decides") }
        } else {
            let reason = ReasonText.whyClear(reading, rule: number)
            whyClear = reason
            lines.append("\(style.paint(Key.clear.rawValue, .dim))    \(rule.id) \(rule.title)")
            lines.append(margin + reason)
        }
        let terms = termsTaken(number, reading)
        if !terms.isEmpty { lines.append(margin + terms.joined(separator: ", ")) }
        // The first may be why the rule is clear, and has been said then.
        let dropped = ReasonText.whyDropped(reading, rule: number).filter { $0 != whyClear }
        lines += dropped.prefix(mostDropped).map { margin + "dropped " + $0 }
        if dropped.count > mostDropped { lines.append(margin + "… and \(dropped.count - mostDropped) more") }
        return lines
    }

    private static func termsTaken(_ number: Int, _ reading: RuleReading) -> [String] {
        var seen: Set<String> = []
        return reading.hits(of: number).filter { !reading.drops($0.hit, rule: number, role: $0.role) }.map {
            hit, role in
            let manner = hit.path == .literal || role == .unless ? "" : " \(ReasonText.manner(hit.path, hit.score))"
            return "\(ReasonText.describe(role)) 「\(hit.term)」\(manner)"
        }.filter { seen.insert($0).inserted }
    }
}

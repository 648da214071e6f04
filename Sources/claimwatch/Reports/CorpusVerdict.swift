import ClaimRules
import LiveEvents
import RuleTesting

/// What rules do on labelled lines, beside what is asked of them: the figures, and the worst lines where one is not reached.
struct CorpusVerdict {
    let evaluation: Evaluation
    let minRecall: Double?
    let maxFalse: Double?
    let language: Language

    init(_ evaluation: Evaluation, minRecall: Double?, maxFalse: Double?, language: Language) {
        (self.evaluation, self.minRecall, self.maxFalse, self.language) = (evaluation, minRecall, maxFalse, language)
    }

    private var counts: Evaluation.Counts { evaluation.counts }
    private var falseShare: Double? { counts.lawful == 0 ? nil : Double(counts.wrong) / Double(counts.lawful) }
    /// Without a violating line nothing can be found, and what is asked is not shown to hold.
    private var hasRecall: Bool { minRecall.map { (counts.recall ?? -1) >= $0 } ?? true }
    private var hasFewFalse: Bool { maxFalse.map { (falseShare ?? 0) <= $0 } ?? true }

    var isReached: Bool { hasRecall && hasFewFalse }

    private func say(_ chinese: String, _ english: String) -> String { Wording(chinese, english).text(in: language) }

    var lines: [String] {
        let recall = counts.recall.map(Self.percent) ?? say("没有违规行", "no violating line")
        let wrong = falseShare.map(Self.percent) ?? say("没有合规行", "no lawful line")
        var lines = [
            say(
                "标注 \(counts.lines) 行：召回率 \(recall)（\(counts.found)/\(counts.violating)），误报率 \(wrong)（\(counts.wrong)/\(counts.lawful)）",
                "corpus of \(counts.lines) lines: recall \(recall) (\(counts.found) of \(counts.violating)), falsely accused \(wrong) "
                    + "(\(counts.wrong) of \(counts.lawful))")
        ]
        let trial = evaluation.rules.count { $0.status == .shadow }
        if trial > 0, !evaluation.question.countsShadow, !hasRecall {
            lines.append(
                say(
                    "试行（shadow）的规则有 \(trial) 条，没算；要算就加 --shadow。",
                    "\(counted(trial, "rule")) on trial did not count; with --shadow they do."))
        }
        if counts.violating == 0, minRecall != nil {
            let labels = evaluation.question.positive.sorted().joined(separator: ", ")
            lines.append(
                say(
                    "没有违规行，算不出召回率：违规行的标签要是 \(labels)。",
                    "Without a violating line there is no recall; their labels are \(labels)."))
        } else if let minRecall, !hasRecall {
            lines.append(
                say(
                    "召回率不到 \(Self.percent(minRecall))。漏报最像的：",
                    "the recall is below \(Self.percent(minRecall)). Missed, the nearest first:"))
            lines += evaluation.worstMissed.map(line)
        }
        if let maxFalse, !hasFewFalse {
            lines.append(
                say(
                    "误报超过 \(Self.percent(maxFalse))。最重的：",
                    "more than \(Self.percent(maxFalse)) are accused falsely. The gravest first:"))
            lines += evaluation.worstFalse.map(line)
        }
        return lines
    }

    private func line(_ found: Evaluation.Case) -> String {
        let rule = found.alert.map { "  [\($0.rule.id)]" } ?? ""
        return DisplayText.printable("  \(found.line.number): \(found.line.text)\(rule)")
    }

    /// Three digits at most: 62.5%.
    private static func percent(_ share: Double) -> String {
        let thousandths = Int((share * 1_000).rounded())
        return thousandths % 10 == 0 ? "\(thousandths / 10)%" : "\(thousandths / 10).\(thousandths % 10)%"
    }
}

import ClaimRules
import ClaimScreen
import LiveEvents

/// What somebody must know of a screen before they trust it: what it was learned from, how well it does on lines that it
/// has not seen, and what it must not be used for.
struct ScreenCard {
    let name: String
    let violating: Int
    let lawful: Int
    /// Lines whose label says neither.
    let ignored: Int
    /// Lines that could not be used.
    let bad: Int
    /// SHA-256 of the labels and texts, in their order.
    let data: String
    /// SHA-256 of the model's file.
    let model: String
    let validation: ScreenValidation

    static let limits = Wording(
        "只在规则已经命中的话上问它；它不懂法，不能单独告警、立案或处罚。换了商品、平台或识别引擎，先用 evaluate --screen 在新的标注上量。",
        "Ask it only about speech in which a rule was met: it knows no law, and alone it is no ground for an alert, a case or "
            + "a penalty. For other goods, platforms or recognisers measure it first on new labelled lines: evaluate --screen."
    )

    var json: [UInt8] {
        var bytes: [UInt8] = []
        JSONWriter.append(to: &bytes) { json in
            json.beginObject()
            json.field("schema", "screen.v1")
            json.field("name", name)
            json.field("model_sha256", model)
            json.field("data_sha256", data)
            json.field("violating_lines", Int64(violating))
            json.field("lawful_lines", Int64(lawful))
            json.field("ignored_lines", Int64(ignored))
            json.field("bad_lines", Int64(bad))
            json.field("must_not", Self.limits.text(in: .english))
            json.field("must_not_zh", Self.limits.text(in: .chinese))
            json.field("best_threshold", validation.best.threshold)
            json.key("cross_validation")
            json.beginArray()
            for row in validation.rows {
                json.beginObject()
                json.field("threshold", row.threshold)
                json.field("right", Int64(row.right))
                json.field("wrong", Int64(row.wrong))
                json.field("missed", Int64(row.missed))
                json.field("precision", rounded(row.precision))
                json.field("recall", rounded(row.recall))
                json.field("f1", rounded(row.f1))
                json.endObject()
            }
            json.endArray()
            json.endObject()
        }
        return bytes + [UInt8(ascii: "\n")]
    }

    func report(_ language: Language) -> Report {
        func say(_ chinese: String, _ english: String) -> String { Wording(chinese, english).text(in: language) }
        var table = Report.Table(columns: [
            .init(title: say("门槛", "threshold"), isNumber: true), .init(title: say("准确率", "precision"), isNumber: true),
            .init(title: say("召回率", "recall"), isNumber: true), .init(title: "F1", isNumber: true),
        ])
        for row in validation.rows where Int((row.threshold * 20).rounded()) % 2 == 0 || row == validation.best {
            let look: TextStyle.Look = row == validation.best ? .bold : .plain
            table.rows.append(
                [
                    EvaluationReport.decimal(row.threshold, digits: 2), EvaluationReport.percent(row.precision),
                    EvaluationReport.percent(row.recall), EvaluationReport.decimal(row.f1, digits: 3),
                ].map { StyledLine($0, look) })
        }
        let learned = say(
            "学了违规 \(violating) 行、合规 \(lawful) 行",
            "Learned from \(counted(violating, "violating line")) and \(counted(lawful, "lawful line"))")
        let best = EvaluationReport.decimal(validation.best.threshold, digits: 2)
        return Report(
            title: say("筛子 \(name)", "Screen \(name)"),
            blocks: [
                .note(StyledLine(learned)),
                .heading(say("没学过的行上（交叉验证）", "On lines not learned from (cross-validated)")),
                .table(table), .note(StyledLine(say("F1 最高的门槛是 \(best)。", "F1 is best at \(best)."))),
                .note(StyledLine(Self.limits.text(in: language), .dim)),
            ])
    }

    private func rounded(_ share: Double) -> Double { (share * 10_000).rounded() / 10_000 }
}

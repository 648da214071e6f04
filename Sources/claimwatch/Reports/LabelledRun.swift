import LiveEvents
import RuleTesting

/// A file of labelled lines and rooms, judged one by one.
enum LabelledRun {
    /// Judges each line; what cannot be used is told and counted.
    /// - Throws: Exit status 65 if a file is no labelled text, 78 if it cannot be read.
    static func judge(
        _ path: String, onlyLabel label: String? = nil, with evaluator: Evaluator, _ bad: inout BadLines
    ) throws {
        try forEachLabelled(
            in: path, onlyLabel: label, labels: evaluator.evaluation.question, &bad, room: { try evaluator.judge($0) }
        ) { try evaluator.judge($0) }
    }
}

import LiveEvents
import RuleTesting

/// A file of labelled lines, judged line by line.
enum LabelledRun {
    /// Judges each line; what cannot be used is told and counted.
    /// - Throws: Exit status 65 if a file is no labelled text, 78 if it cannot be read.
    static func judge(
        _ path: String, onlyLabel label: String? = nil, with evaluator: Evaluator, _ bad: inout BadLines
    ) throws {
        try forEachLabelled(in: path, onlyLabel: label, &bad) { line in
            try evaluator.judge(line)
            if evaluator.evaluation.labels.count > mostLabels {
                throw LabelledFileError(
                    description: said(
                        "标签超过 \(mostLabels) 种：第一列应是标签，最后一列是文本",
                        "there are more than \(mostLabels) labels: the first column must be the label, the last the text"
                    ))
            }
        }
    }

    /// What is labelled so finely is no label.
    private static let mostLabels = 64
}

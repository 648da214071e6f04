import ArgumentParser
import RuleTesting

/// Which labels of a file say violating, and which say nothing.
struct LabelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            optionHelp(
                "算违规的标签，可重复；不写是 violating、confirmed、违规、违法。",
                "A label of violating lines; may be repeated. (default: violating, confirmed)"), valueName: "label"))
    var positive: [String] = []

    @Option(
        help: ArgumentHelp(
            optionHelp(
                "不计的标签，可重复；不写是 doubtful、unclear、存疑。",
                "A label of lines to leave out; may be repeated. (default: doubtful, unclear)"), valueName: "label"))
    var ignore: [String] = []

    var question: Evaluation.Question {
        var question = Evaluation.Question()
        if !positive.isEmpty { question.positive = Set(positive) }
        if !ignore.isEmpty { question.ignored = Set(ignore) }
        question.ignored.subtract(question.positive)
        return question
    }
}

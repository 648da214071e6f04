import ArgumentParser
import RuleTesting

/// Which labels of a file say violating, which lawful, and which say nothing.
struct LabelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            optionHelp(
                "算违规的标签，可重复；不写是 violating、confirmed、违规、违法。大小写一样看待。",
                "A label of violating lines, however cased; may be repeated. (default: violating, confirmed)"),
            valueName: "label"))
    var positive: [String] = []

    @Option(
        help: ArgumentHelp(
            optionHelp(
                "算合规的标签，可重复；不写是 lawful、clean、clear、dismissed、合规、合法、正常。",
                "A label of lawful lines; may be repeated. (default: lawful, clean, clear, dismissed)"),
            valueName: "label"))
    var negative: [String] = []

    @Option(
        help: ArgumentHelp(
            optionHelp(
                "不计的标签，可重复；不写是 doubtful、unclear、存疑。",
                "A label of lines to leave out; may be repeated. (default: doubtful, unclear)"), valueName: "label"))
    var ignore: [String] = []

    /// What is said here wins over what labels mean of themselves.
    var question: Evaluation.Question {
        var question = Evaluation.Question()
        let (positive, negative, ignore) = (Self.set(positive), Self.set(negative), Self.set(ignore))
        if !positive.isEmpty { question.positive = positive }
        if !negative.isEmpty { question.lawful = negative }
        if !ignore.isEmpty { question.ignored = ignore }
        question.ignored.subtract(question.positive)
        question.positive.subtract(negative)
        question.ignored.subtract(negative)
        question.lawful.subtract(question.positive.union(question.ignored))
        return question
    }

    func validate() throws {
        for label in Self.set(positive).intersection(Self.set(negative)).sorted() {
            throw ValidationError(
                said(
                    "\(DisplayText.printable(label)) 不能既是 --positive 又是 --negative",
                    "\(DisplayText.printable(label)) cannot be both --positive and --negative"))
        }
    }

    private static func set(_ labels: [String]) -> Set<String> { Set(labels.map { $0.lowercased() }) }
}

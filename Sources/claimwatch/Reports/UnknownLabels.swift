import RuleTesting

/// Labels of one file that nobody has said the meaning of. Their lines are left out: taken for lawful, a slip of the pen
/// would turn violating lines into false alarms.
struct UnknownLabels {
    /// What is labelled so finely is no label.
    private static let mostLabels = 64
    private var found: [String: (lines: Int, first: Int)] = [:]

    /// - Throws: `LabelledFileError` if there are so many that the first column cannot be one of labels.
    mutating func add(_ line: LabelledLine) throws {
        found[line.label, default: (0, line.number)].lines += 1
        guard found.count > Self.mostLabels else { return }
        throw LabelledFileError(
            description: said(
                "不认识的标签超过 \(Self.mostLabels) 种：第一列应是标签，最后一列是文本",
                "there are more than \(Self.mostLabels) unknown labels: the first column must be the label, the last the text"
            ))
    }

    func report(_ path: String, _ labels: Evaluation.Question, _ bad: inout BadLines) {
        guard !found.isEmpty else { return }
        for (label, count) in found.sorted(by: { $0.value.first < $1.value.first }) {
            bad.skip(
                path, count.first, lines: count.lines,
                said(
                    "不认识标签 \(label)，\(count.lines) 行没算",
                    "the label \(label) is unknown; \(counted(count.lines, "line")) left out"))
        }
        StandardError.print(
            said(
                """
                算违规的标签：\(Self.list(labels.positive))；合规：\(Self.list(labels.lawful))；不计：\(Self.list(labels.ignored))。\
                别的标签用 --positive、--negative、--ignore 说明。
                """,
                """
                Violating are \(Self.list(labels.positive)); lawful \(Self.list(labels.lawful)); left out \
                \(Self.list(labels.ignored)). Say what others mean with --positive, --negative or --ignore.
                """))
    }

    static func list(_ labels: Set<String>) -> String { labels.sorted().joined(separator: said("、", ", ")) }
}

import ArgumentParser
import ClaimScreen
import Crypto
import Foundation
import RuleTesting

struct Learn: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            abstract: said("从人工复核的结论里学一个筛子（screen）。", "Learn a screen from what reviewers decided."),
            discussion: helpText(
                """
                输入是标注文件：每行 标签<TAB>文本，与 evaluate 相同；或者复核台导出的 JSON，每行一个 review.v1（见 schemas/review.v1.json）：\
                decision 为 confirmed 的算违规，dismissed 的算合规，其余不用。标签大小写一样看待，不认识的标签不用，并报出来。

                筛子是一张权重表：文本里一到四个字的片段各有一个权重。它不懂法，只说这段话像不像以前被确认的话。学完写两个文件：\
                --output 的模型，和旁边同名 .json 的卡片：数据的哈希、条数、各门槛下的准确率和召回率（交叉验证，近似重复的话分在同一份里）、\
                以及它不能用来做什么。同样的输入得到同样的文件，一位不差。

                退出码：0 完成；64 用法不对；65 有的行不能用（其余照学），或学不成；74 写不出去；78 文件读不了。

                例：
                  claimwatch learn --name health-live --input 复核.jsonl --output screens/health-live.bin
                """,
                """
                The input is a file of labelled lines, label<TAB>text as for `evaluate`, or what a reviewing desk exports: JSON \
                Lines of review.v1 (schemas/review.v1.json), of which the decision confirmed is violating, dismissed is \
                lawful, and others are left out. Labels count however they are cased; unknown ones are told and left out.

                A screen is a table of weights, one for each sequence of one to four characters. It knows no law: it says how \
                much a text reads like those that were confirmed. Two files are written: the model at --output and, beside it \
                with the ending .json, its card: a hash of the data, counts, precision and recall by threshold (cross-validated, \
                with near-duplicates in one fold), and what it must not be used for. Equal input gives equal files, to the last bit.

                EXIT STATUS: 0 done; 64 wrong usage; 65 a line could not be used (the others were learned), or nothing can be \
                learned; 74 the output could not be written; 78 a file cannot be read.

                EXAMPLES:
                  claimwatch learn --name health-live --input reviews.jsonl --output screens/health-live.bin
                """))
    }

    @Option(
        help: ArgumentHelp(
            optionHelp("规则里用的名字：小写字母、数字、点、连字符。", "What rules call it: lower-case letters, digits, dots, hyphens.")))
    var name: String

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            optionHelp("标注文件或复核导出，可以多个；- 是标准输入。", "Labelled lines or reviews; several files; - is standard input."),
            valueName: "file"),
        completion: .file(extensions: ["tsv", "jsonl"]))
    var input: [String]

    @Option(
        help: ArgumentHelp(optionHelp("模型写到哪里。", "Where the model goes."), valueName: "file"),
        completion: .file(extensions: ["bin"]))
    var output: String

    @OptionGroup var labels: LabelOptions

    @OptionGroup var language: LanguageOption

    func validate() throws {
        guard !input.isEmpty else {
            throw ValidationError(
                said("--input 要给标注文件", "give a file of labelled lines: --input labelled.tsv"))
        }
        guard ScreenModel.isName(name) else {
            throw ValidationError(
                said(
                    "--name 只能有小写字母、数字、点、连字符，最多 64 个",
                    "--name takes lower-case letters, digits, dots and hyphens, 64 at most"))
        }
        guard !output.hasSuffix(".json") else {
            throw ValidationError(
                said("--output 不能以 .json 结尾：那是卡片的名字", "--output may not end in .json: that is the card's name"))
        }
    }

    /// Fewer lines of a kind teach nothing that holds on others.
    private static let leastLines = 50

    func run() throws {
        let question = labels.question
        var texts = LabelledTexts()
        var bad = BadLines(), hash = SHA256(), ignored = 0
        for file in input {
            try forEachLabelled(in: file, labels: question, &bad) { line in
                // The labels as they count: other words for them, and other columns, are the same data.
                let truth = question.truth(of: line.label)
                if truth == .ignored { return ignored += 1 }
                let isViolating = truth == .violating
                var text = line.text
                text.withUTF8 { bytes in
                    hash.update(data: Data([isViolating ? 1 : 0]))
                    hash.update(data: withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { Data($0) })
                    hash.update(bufferPointer: UnsafeRawBufferPointer(bytes))
                    texts.add(bytes, isConfirmed: isViolating)
                }
            }
        }
        let (violating, lawful) = (texts.confirmed, texts.count - texts.confirmed)
        guard min(violating, lawful) >= Self.leastLines else {
            let labels = question.positive.sorted().joined(separator: ", ")
            throw failure(
                .badData,
                said(
                    "违规 \(violating) 行、合规 \(lawful) 行，各要 \(Self.leastLines) 行以上。算违规的标签是 \(labels)；别的用 --positive 说明",
                    "\(violating) violating and \(lawful) lawful lines: each needs \(Self.leastLines) or more. Labels of violating lines are \(labels); name others with --positive"
                ))
        }
        let validation = ScreenValidation(texts)
        let model = ScreenModel.learn(name: name, from: texts)
        let bytes = model.encoded()
        let card = ScreenCard(
            name: name, violating: violating, lawful: lawful, ignored: ignored, bad: bad.count,
            data: hexadecimal(hash.finalize()), model: hexadecimal(SHA256.hash(data: Data(bytes))),
            validation: validation)
        try write(bytes, to: output)
        try write(card.json, to: Self.card(output))
        try printReport(card.report(.current))
        try bad.end(.learned)
    }

    /// health.bin has the card health.json.
    static func card(_ output: String) -> String {
        let stem = output.hasSuffix(".bin") ? String(output.dropLast(4)) : output
        return stem + ".json"
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try Data(bytes).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw failure(
                .outputFailed,
                said(
                    "写不了 \(DisplayText.printable(path))：看看文件夹在不在、能不能写",
                    "cannot write \(DisplayText.printable(path)): look whether its folder is there and may be written to"
                ))
        }
    }

    private func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { byte in String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }.joined()
    }
}

import Yams

/// The tree of one pack file.
struct PackDocument {
    /// What a file is, which its first key tells.
    enum Kind: CaseIterable { case pack, lexicon, overlay, campaign }

    let root: Node

    /// The first key says it, or any key of those where none stands first; a pack if none is there.
    var kind: Kind {
        let keys = root.mapping?.keys.compactMap { $0.scalar?.string } ?? []
        if let first = Kind.allCases.first(where: { $0.key.rawValue == keys.first }) { return first }
        return Kind.allCases.first { keys.contains($0.key.rawValue) } ?? .pack
    }

    /// nil, with problems, if there is no tree to read.
    init?(_ source: PackFile, log: inout ProblemLog) {
        let start = SourceLocation(file: source.path, line: 1, column: 1)
        guard let text = PackText(source, log: &log), let safe = YAMLGuard.check(text, log: &log) else { return nil }
        do {
            // The basic resolver leaves every scalar as it was written, and costs no regular expression for each key.
            guard let root = try Parser(yaml: safe.string, resolver: .basic, encoding: .utf8).singleRoot() else {
                let (pack, version) = (Key.pack.rawValue, LanguageVersion.current.rawValue)
                let requires = "\(Key.requires.rawValue): \(version)"
                log.error(
                    start, "文件是空的。规则包开头写 '\(pack): 名字' 和 '\(requires)'。",
                    "the file is empty. A pack begins with '\(pack): NAME' and '\(requires)'.")
                return nil
            }
            self.root = root
        } catch let error as YamlError {
            PackDocument.report(error, start: start, log: &log)
            return nil
        } catch {
            log.error(
                start, "不能当 YAML 读：\(error)。改正文件。", "not readable as YAML: \(error). Correct the file.")
            return nil
        }
    }

    private static func report(_ error: YamlError, start: SourceLocation, log: inout ProblemLog) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let place = SourceLocation(file: start.file, line: max(mark.line, 1), column: max(mark.column, 1))
            let clause = context.map { "\($0.text) that begins in line \($0.mark.line), " } ?? ""
            let (fault, cure) = chinese(problem)
            let beginning = context.map { "（从第 \($0.mark.line) 行开始）" } ?? ""
            log.error(
                place, "YAML 读不通：\(fault)\(beginning)。\(cure)",
                "not valid YAML: \(clause)\(problem). \(advice(problem))")
        case .duplicatedKeysInMapping(let keys, let context):
            let place = SourceLocation(
                file: start.file, line: max(context.mark.line, 1), column: max(context.mark.column, 1))
            let key = keys.first.map(quoted) ?? ""
            log.error(
                place, "同一个键写了两次：\(key)。删掉一个。", "a mapping has the same key twice: \(key). Delete one of them.")
        case .reader(let problem, _, _, _):
            log.error(
                start, "不能当 YAML 读：\(problem)。把文件存成 UTF-8 的纯文本。",
                "not readable as YAML: \(problem). Save the file as plain UTF-8 text.")
        default:
            log.error(start, "不能当 YAML 读。改正文件。", "not readable as YAML. Correct the file.")
        }
    }

    /// What is wrong, and what to do, where the parser's English tells it.
    private static func chinese(_ problem: String) -> (fault: String, advice: String) {
        if problem.contains("mapping values are not allowed") { return ("这里不该有冒号", "有 ': ' 的文字要加英文引号。") }
        if problem.contains("',' or ']'") { return ("列表没有结束", "在列表后面加上 ']'。") }
        if problem.contains("',' or '}'") { return ("花括号没有结束", "在后面加上 '}'。") }
        if problem.contains("could not find expected ':'") { return ("这个键少了冒号", "写成 '键: 值'。") }
        let align = "同一个列表、同一组键的各行要对齐。"
        if problem.contains("block") { return ("这一行没有对齐", align) }
        if problem.contains("'-' indicator") { return ("这里该是 '- ' 开头的一项", align) }
        let look = "看看这里或前面一点是不是少了引号、括号或冒号。"
        if problem.contains("expected key") { return ("这里该是一个键", look) }
        return (problem, look)
    }

    private static func advice(_ problem: String) -> String {
        if problem.contains("mapping values are not allowed") { return "Put text that contains ': ' in quotes." }
        if problem.contains("',' or ']'") { return "Close the list with ']'." }
        if problem.contains("',' or '}'") { return "Close the braces with '}'." }
        if problem.contains("could not find expected ':'") { return "Write 'key: value'." }
        if problem.contains("block") { return "Indent the lines of one list or mapping alike." }
        return "Look for a missing quote, bracket or colon here or just before."
    }
}

extension PackDocument.Kind {
    var key: Key {
        switch self {
        case .pack: .pack
        case .lexicon: .lexicon
        case .overlay: .overlay
        case .campaign: .campaign
        }
    }
}

/// A name in a message, shortened so that hostile input cannot flood a log.
func quoted(_ name: String) -> String {
    let shown = name.unicodeScalars.prefix(40)
    return "'\(String(String.UnicodeScalarView(shown)))\(shown.count < name.unicodeScalars.count ? "…" : "")'"
}

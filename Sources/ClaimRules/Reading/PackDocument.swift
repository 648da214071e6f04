import Yams

/// The tree of one pack file.
struct PackDocument {
    /// What a file is, which its first key tells.
    enum Kind { case pack, lexicon }

    let root: Node

    var kind: Kind {
        let keys = root.mapping?.keys.compactMap { $0.scalar?.string } ?? []
        let isLexicon = keys.contains(Key.lexicon.rawValue) && !keys.contains(Key.pack.rawValue)
        return keys.first == Key.lexicon.rawValue || isLexicon ? .lexicon : .pack
    }

    /// nil, with problems, if there is no tree to read.
    init?(_ source: PackFile, log: inout ProblemLog) {
        let start = SourceLocation(file: source.path, line: 1, column: 1)
        guard let text = PackText(source, log: &log), let safe = YAMLGuard.check(text, log: &log) else { return nil }
        do {
            // The basic resolver leaves every scalar as it was written, and costs no regular expression for each key.
            guard let root = try Parser(yaml: safe.string, resolver: .basic, encoding: .utf8).singleRoot() else {
                log.error(
                    start,
                    "the file is empty. A pack begins with '\(Key.pack.rawValue): NAME' and '\(Key.requires.rawValue): \(LanguageVersion.current.rawValue)'."
                )
                return nil
            }
            self.root = root
        } catch let error as YamlError {
            PackDocument.report(error, start: start, log: &log)
            return nil
        } catch {
            log.error(start, "not readable as YAML: \(error). Correct the file.")
            return nil
        }
    }

    private static func report(_ error: YamlError, start: SourceLocation, log: inout ProblemLog) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let place = SourceLocation(file: start.file, line: max(mark.line, 1), column: max(mark.column, 1))
            let clause = context.map { "\($0.text) that begins in line \($0.mark.line), " } ?? ""
            log.error(place, "not valid YAML: \(clause)\(problem). \(advice(problem))")
        case .duplicatedKeysInMapping(let keys, let context):
            let place = SourceLocation(
                file: start.file, line: max(context.mark.line, 1), column: max(context.mark.column, 1))
            log.error(place, "a mapping has the same key twice: \(keys.first.map(quoted) ?? ""). Delete one of them.")
        case .reader(let problem, _, _, _):
            log.error(start, "not readable as YAML: \(problem). Save the file as plain UTF-8 text.")
        default:
            log.error(start, "not readable as YAML. Correct the file.")
        }
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

/// A name in a message, shortened so that hostile input cannot flood a log.
func quoted(_ name: String) -> String {
    let shown = name.unicodeScalars.prefix(40)
    return "'\(String(String.UnicodeScalarView(shown)))\(shown.count < name.unicodeScalars.count ? "…" : "")'"
}

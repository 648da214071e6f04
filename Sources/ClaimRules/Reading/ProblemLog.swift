/// The problems found so far, at most `PackLimits.problemsPerFile` errors and as many warnings for each file.
///
/// Apart, so that warnings never crowd out the error that refuses the packs.
struct ProblemLog {
    private(set) var problems: [PackProblem] = []
    private var errorCounts: [String: Int] = [:]
    private var warningCounts: [String: Int] = [:]
    /// Kept apart from `problems`, because an error beyond the limit must still refuse the packs.
    private(set) var hasErrors = false
    /// Problems of lexicons show at each rule that uses them, and are told once.
    private var told: Set<PackProblem> = []

    mutating func error(_ location: SourceLocation, _ chinese: String, _ english: String) {
        tell(.error, location, nil, Wording(chinese, english))
    }

    mutating func warning(_ location: SourceLocation, _ chinese: String, _ english: String) {
        tell(.warning, location, nil, Wording(chinese, english))
    }

    /// Adds a problem unless it was told before, word for word at the same place.
    mutating func tell(_ kind: PackProblem.Kind, _ location: SourceLocation, _ code: ProblemCode?, _ wording: Wording) {
        let problem = PackProblem(kind: kind, code: code, location: location, wording: wording)
        if told.insert(problem).inserted { add(problem) }
    }

    /// False once the file has had its share of errors. Dear advice asks first.
    func hasRoom(for file: String) -> Bool { errorCounts[file, default: 0] < PackLimits.problemsPerFile }

    /// In order of file, line and column; problems of one place in the order found.
    func sorted() -> [PackProblem] {
        problems.enumerated().sorted { a, b in
            let (p, q) = (a.element.location, b.element.location)
            return (p.file, p.line, p.column, a.offset) < (q.file, q.line, q.column, b.offset)
        }.map(\.element)
    }

    private mutating func add(_ problem: PackProblem) {
        let file = problem.location.file
        let count: Int
        switch problem.kind {
        case .error:
            hasErrors = true
            errorCounts[file, default: 0] += 1
            count = errorCounts[file]!
        case .warning:
            warningCounts[file, default: 0] += 1
            count = warningCounts[file]!
        }
        if count <= PackLimits.problemsPerFile { problems.append(problem) }
        guard count == PackLimits.problemsPerFile + 1 else { return }
        let kinds = problem.kind == .error ? Wording("错误", "errors") : Wording("警告", "warnings")
        let wording = Wording(
            "这个文件的\(kinds.chinese)超过 \(PackLimits.problemsPerFile) 个。先改前面这些。",
            "more than \(PackLimits.problemsPerFile) \(kinds.english) in this file. Correct those shown first.")
        problems.append(PackProblem(kind: problem.kind, location: problem.location, wording: wording))
    }
}

/// The problems found so far, at most `PackLimits.problemsPerFile` errors and as many warnings for each file.
///
/// Apart, so that warnings never crowd out the error that refuses the packs.
struct ProblemLog {
    private(set) var problems: [PackProblem] = []
    private var errorCounts: [String: Int] = [:]
    private var warningCounts: [String: Int] = [:]
    /// Kept apart from `problems`, because an error beyond the limit must still refuse the packs.
    private(set) var hasErrors = false

    mutating func error(_ location: SourceLocation, _ message: String) {
        hasErrors = true
        errorCounts[location.file, default: 0] += 1
        note(PackProblem(kind: .error, location: location, message: message), count: errorCounts[location.file]!)
    }

    mutating func warning(_ location: SourceLocation, _ message: String) {
        warningCounts[location.file, default: 0] += 1
        note(PackProblem(kind: .warning, location: location, message: message), count: warningCounts[location.file]!)
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

    private mutating func note(_ problem: PackProblem, count: Int) {
        if count <= PackLimits.problemsPerFile { problems.append(problem) }
        guard count == PackLimits.problemsPerFile + 1 else { return }
        let kind = problem.kind == .error ? "errors" : "warnings"
        let message = "more than \(PackLimits.problemsPerFile) \(kind) in this file. Correct those shown first."
        problems.append(PackProblem(kind: problem.kind, location: problem.location, message: message))
    }
}

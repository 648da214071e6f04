/// The problems found so far, at most `PackLimits.problemsPerFile` for each file.
struct ProblemLog {
    private(set) var problems: [PackProblem] = []
    private var counts: [String: Int] = [:]
    /// Kept apart from `problems`, because an error beyond the limit must still refuse the packs.
    private(set) var hasErrors = false

    mutating func error(_ location: SourceLocation, _ message: String) {
        hasErrors = true
        note(PackProblem(kind: .error, location: location, message: message))
    }

    mutating func warning(_ location: SourceLocation, _ message: String) {
        note(PackProblem(kind: .warning, location: location, message: message))
    }

    /// False once the file has had its share. Dear checks ask first.
    func hasRoom(for file: String) -> Bool { counts[file, default: 0] < PackLimits.problemsPerFile }

    /// In order of file, line and column; problems of one place in the order found.
    func sorted() -> [PackProblem] {
        problems.enumerated().sorted { a, b in
            let (p, q) = (a.element.location, b.element.location)
            return (p.file, p.line, p.column, a.offset) < (q.file, q.line, q.column, b.offset)
        }.map(\.element)
    }

    private mutating func note(_ problem: PackProblem) {
        let file = problem.location.file
        let count = counts[file, default: 0]
        counts[file] = count + 1
        if count < PackLimits.problemsPerFile { problems.append(problem) }
        if count == PackLimits.problemsPerFile {
            let place = SourceLocation(file: file, line: problem.location.line, column: problem.location.column)
            let message = "more than \(PackLimits.problemsPerFile) problems in this file. Correct those shown first."
            problems.append(PackProblem(kind: problem.kind, location: place, message: message))
        }
    }
}

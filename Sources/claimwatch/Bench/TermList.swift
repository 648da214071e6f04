import TermMatching

/// Terms written one a line, each with the line it came from. Blank lines are skipped.
struct TermList {
    private(set) var terms: [String] = []
    private var lineNumbers: [Int] = []

    /// A file of another kind would otherwise fill the screen.
    static let maxProblems = 20

    /// What is wrong with a line and what to do; its description goes behind the name of the file.
    struct Problem: Error, Equatable, CustomStringConvertible {
        /// 1-based, as editors show it.
        var line: Int
        var advice: String

        var description: String { "\(line): \(advice)" }
    }

    /// - Throws: `Problem` if a line is not UTF-8.
    init(bytes: [UInt8]) throws(Problem) {
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            guard line.contains(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) else { continue }
            guard let term = String(validating: line, as: UTF8.self) else {
                throw Problem(line: index + 1, advice: "this is not UTF-8. Save the file as UTF-8.")
            }
            terms.append(term)
            lineNumbers.append(index + 1)
        }
    }

    /// The terms that an index refuses, in order of their lines; the first `maxProblems` of them.
    func problems() -> [Problem] {
        var found: [Problem] = []
        var usable = Array(terms.indices)
        while found.count < Self.maxProblems, !usable.isEmpty {
            do throws(TermError) {
                _ = try TermIndex(usable.map { terms[$0] })
                break
            } catch {
                found.append(problem(TermError(term: usable.remove(at: error.term), reason: error.reason)))
            }
        }
        return found
    }

    private func problem(_ error: TermError) -> Problem {
        let advice =
            switch error.reason {
            case .emptyAfterFolding:
                "nothing is left of this term after folding; it would match everywhere. Delete the line."
            case .tooLong(let maxBytes):
                "this term has \(terms[error.term].utf8.count) bytes, \(maxBytes) is the limit. Shorten it."
            }
        return Problem(line: lineNumbers[error.term], advice: advice)
    }
}

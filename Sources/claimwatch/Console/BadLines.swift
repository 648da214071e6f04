/// Lines of input that could not be used: all are counted, the first few are told with their place.
struct BadLines {
    private static let mostReports = 5
    private(set) var count = 0

    mutating func report(_ file: String, _ number: Int, _ reason: String) {
        count += 1
        if count <= Self.mostReports {
            let name = file == "-" ? said("标准输入", "stdin") : file
            StandardError.print("\(DisplayText.printable(name)):\(number): \(DisplayText.printable(reason))")
        } else if count == Self.mostReports + 1 {
            StandardError.print(said("其余有问题的行只计数", "further bad lines are only counted"))
        }
    }

    /// What became of the lines that could be used.
    enum Others { case judgedAsTexts, judgedAsEvents, learned }

    /// - Throws: Exit status 65 if there were any.
    func end(_ others: Others) throws {
        guard count > 0 else { return }
        let lines = counted(count, "line")
        let message =
            switch others {
            case .judgedAsTexts: said("\(count) 行不能用，其余都算了", "\(lines) could not be used; all others were")
            case .judgedAsEvents:
                said("\(count) 行不是事件，其余都判了", "\(lines) could not be used; all others were judged")
            case .learned: said("\(count) 行不能用，其余都学了", "\(lines) could not be used; the others were learned")
            }
        throw failure(.badData, message)
    }
}

import LiveEvents

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

    /// Lines that are left out for one reason, told at the first of them.
    mutating func skip(_ file: String, _ first: Int, lines: Int, _ reason: String) {
        report(file, first, reason)
        count += lines - 1
    }

    /// What is wrong with a record, and where in it.
    static func reason(_ error: LiveEvents.DecodingError) -> String {
        said(
            (error.path.isEmpty ? "" : "\(error.path)：")
                + "\(chinese(error.reason))（\(error.reason.rawValue)：\(error.detail)）",
            (error.path.isEmpty ? "" : "\(error.path): ") + "\(error.detail) (\(error.reason.rawValue))")
    }

    private static func chinese(_ reason: LiveEvents.DecodingError.Reason) -> String {
        switch reason {
        case .empty: "空的"
        case .tooLarge: "太大"
        case .notJSON: "不是一个 JSON 对象"
        case .invalidUTF8: "不是 UTF-8"
        case .missingField: "缺这一项"
        case .wrongType: "类型不对"
        case .outOfRange: "超出范围"
        case .tooDeep: "嵌套太深"
        case .duplicateKey: "同一项写了两次"
        case .unknownSchema: "不认识的格式"
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

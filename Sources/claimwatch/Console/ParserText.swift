import ArgumentParser
import ClaimRules
import Foundation

/// What the parser says by itself, in Chinese: headings of help, and what is wrong with a command line.
///
/// It says it in English alone. What is not known here is shown as it came.
enum ParserText {
    /// Ends the process as the parser would.
    static func exit(_ error: any Error) -> Never {
        let text = Claimwatch.fullMessage(for: error)
        guard Language.current == .chinese, !text.isEmpty else { Claimwatch.exit(withError: error) }
        let status = Claimwatch.exitCode(for: error)
        if status.isSuccess { print(chinese(text)) } else { StandardError.print(chinese(text)) }
        fflush(nil)
        Foundation.exit(status.rawValue)
    }

    static func chinese(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { chinese(line: String($0)) }
            .joined(separator: "\n")
    }

    private static let headings = [
        ("Error: ", "错误："), ("Usage: ", "用法："), ("USAGE: ", "用法："), ("OVERVIEW: ", ""), ("Help:  ", "说明："),
        ("ARGUMENTS:", "参数："), ("OPTIONS:", "选项："), ("SUBCOMMANDS:", "子命令："), ("EXIT STATUS: ", "退出码："),
    ]

    private static func chinese(line: String) -> String {
        for (english, chinese) in headings where line.hasPrefix(english) {
            let rest = String(line.dropFirst(english.count))
            return chinese + (english == "Error: " ? complaint(rest) : rest)
        }
        let see = "  See '"
        if line.hasPrefix(see) {
            let rest = line.dropFirst(see.count)
            if let end = rest.lastIndex(of: "'") { return "  详见 " + rest[..<end] }
        }
        return line.replacing("Show help information.", with: "看这份说明。").replacing("Show the version.", with: "看版本。")
    }

    /// How the parser's sentences begin; behind stands what they name.
    private static let sentences = [
        ("Missing expected argument ", "缺少 "), ("Unknown option ", "没有选项 "), ("Missing value for ", "后面要有值："),
        ("Unexpected argument ", "多了 "), ("Missing one of: ", "这些里要有一个："),
    ]

    private static func complaint(_ text: String) -> String {
        for (english, chinese) in sentences where text.hasPrefix(english) {
            return chinese
                + text.dropFirst(english.count).replacing(". Did you mean ", with: "。要写 ").replacing("?", with: " 吗？")
        }
        let value = "The value '"
        if text.hasPrefix(value), let middle = text.range(of: "' is invalid for '") {
            let written = text[text.index(text.startIndex, offsetBy: value.count)..<middle.lowerBound]
            let behind = text[middle.upperBound...]
            let option = behind.prefix { $0 != "'" }
            let choices = behind.range(of: "Please provide one of ").map { "。写 " + behind[$0.upperBound...] } ?? ""
            return "'\(option)' 不能写 '\(written)'\(choices)"
        }
        return text
    }
}

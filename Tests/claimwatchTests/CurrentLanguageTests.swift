import ArgumentParser
import ClaimRules
import LiveEvents
import Testing

@testable import claimwatch

@Suite struct `Language of the program` {
    @Test(
        arguments: [
            ([], [:], .english),
            ([], ["LANG": "zh_CN.UTF-8"], .chinese),
            ([], ["LANG": "C"], .english),
            ([], ["LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US"], .english),
            ([], ["LANG": "en_US", "LC_ALL": "zh"], .chinese),
            ([], ["LANG": "zh_TW", "LC_ALL": ""], .chinese),
            ([], ["LANG": "fr_FR.UTF-8"], .english),
            (["--language", "en"], ["LANG": "zh_CN.UTF-8"], .english),
            (["check", "--language=zh"], [:], .chinese),
            (["explain", "--", "--language=zh"], [:], .english),
            (["--language"], ["LANG": "zh_CN"], .chinese),
            (["--language", "klingon"], ["LANG": "zh_CN"], .chinese),
        ] as [([String], [String: String], Language)])
    func `is the option's, else the locale's, else English`(
        arguments: [String], environment: [String: String], language: Language
    ) {
        #expect(Language.of(arguments: ["claimwatch"] + arguments, environment: environment) == language)
    }

    /// What keeps an officer from going on is told in the language of the rest.
    @Test func `of what a folder or a record lacks is Chinese where it is asked for`() throws {
        try Language.$current.withValue(.chinese) {
            let folder = try TemporaryFolder()
            let missing = #expect(throws: RulesFolderError.self) { try RulesFolder.read(folder.path + "/nothing") }
            #expect(missing?.description.hasPrefix("没有文件夹 ") == true)
            let empty = #expect(throws: RulesFolderError.self) { try RulesFolder.read(folder.path) }
            #expect(empty?.description.contains("里没有规则包") == true)
            for reason in LiveEvents.DecodingError.Reason.allCases {
                let told = BadLines.reason(LiveEvents.DecodingError(reason: reason, path: "schema", detail: "x"))
                #expect(told.hasPrefix("schema：") && told.hasSuffix("（\(reason.rawValue)：x）"))
            }
        }
        Language.$current.withValue(.english) {
            #expect(
                BadLines.reason(LiveEvents.DecodingError(reason: .empty, detail: "the record has no value"))
                    == "the record has no value (empty)")
        }
    }

    /// A name, then what each option is, all in Chinese.
    @Test func `of the help of rule authors' commands is Chinese where it is asked for`() {
        Language.$current.withValue(.chinese) {
            for command in [
                Scan.self, Check.self, Test.self, Explain.self, Evaluate.self, BacktestCommand.self, RulesCommand.self,
                RulesList.self, RulesShow.self, RulesStats.self,
                RulesDiff.self, RulesNew.self,
            ] as [any ParsableCommand.Type] {
                let help = Claimwatch.helpMessage(for: command, columns: 80)
                #expect(help.contains("退出码：0"), "\(command)")
                for line in help.split(separator: "\n")
                where !line.hasPrefix("USAGE: ") && !line.hasPrefix("OVERVIEW: ") {
                    #expect(DisplayText.width(String(line)) <= 100, "\(command): \(line)")
                }
                #expect(!help.contains("EXIT STATUS"), "\(command)")
            }
        }
    }

    /// The parser speaks English alone; its headings and complaints are put into Chinese, and what it names stays.
    @Test(arguments: [
        (["check"], ["错误：缺少 '", "用法：claimwatch check", "  详见 claimwatch check --help"]),
        (["check", "x", "--jsn"], ["错误：没有选项 '--jsn'", "要写 '--json' 吗？"]),
        (["scan", "--at"], ["错误：后面要有值：'--at <day>'"]),
        (["scan", "--format", "xml"], ["错误：'--format <format>' 不能写 'xml'。写 'jsonl'"]),
        (["rules", "list", "--rules", "x", "a", "b"], ["错误：多了 'b'"]),
        (["scan", "--help"], ["用法：claimwatch scan", "选项：", "看这份说明。"]),
        (["--help"], ["子命令：", "看告警的人"]),
    ])
    func `of the parser is Chinese where it is asked for`(arguments: [String], parts: [String]) throws {
        Language.$current.withValue(.chinese) {
            do {
                var command = try Claimwatch.parseAsRoot(arguments)
                // Of help, that is to throw what is to be shown.
                try command.run()
                Issue.record("\(arguments) is no command line")
            } catch {
                let text = ParserText.chinese(Claimwatch.fullMessage(for: error))
                for part in parts { #expect(text.contains(part), "\(text)") }
                for english in ["Error: ", "Usage: ", "USAGE: ", "OPTIONS:", "SUBCOMMANDS:", "OVERVIEW: "] {
                    #expect(!text.contains(english), "\(text)")
                }
            }
        }
    }
}

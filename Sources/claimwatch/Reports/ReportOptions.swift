import ArgumentParser
import ClaimRules
import Foundation
import LiveEvents

/// In which form a result is printed.
struct ReportOptions: ParsableArguments {
    @Flag(help: ArgumentHelp(optionHelp("输出一个 JSON 对象。", "Print one JSON object.")))
    var json = false

    @Flag(
        help: ArgumentHelp(
            optionHelp("输出一个独立的 HTML 页面，没有脚本。", "Print one page of HTML that stands alone, without scripts.")))
    var html = false

    func validate() throws {
        guard !(json && html) else {
            throw ValidationError(said("--json 和 --html 只能选一个", "give --json or --html, not both"))
        }
    }

    /// - Throws: Exit status 74 if the output cannot be written.
    func print(_ report: () -> Report, json encode: (inout JSONWriter) -> Void) throws {
        var output = StandardOutput()
        if json {
            output.append { bytes in
                JSONWriter.append(to: &bytes, encode)
                bytes.append(UInt8(ascii: "\n"))
            }
        } else if html {
            output.append { $0 += Array(ReportPage.render(report(), language: .current).utf8) }
        } else {
            let columns = terminalSize(STDOUT_FILENO)?.columns ?? 80
            output.print(ReportText.render(report(), style: .of(STDOUT_FILENO), columns: max(40, columns)))
        }
        output.flush()
        if let failure = output.failure { throw outputFailure(failure) }
    }
}

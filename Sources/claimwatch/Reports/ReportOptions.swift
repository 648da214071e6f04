import ArgumentParser
import ClaimRules
import Foundation
import LiveEvents

/// In which form a result is printed.
struct ReportOptions: ParsableArguments {
    @Flag(help: ArgumentHelp(optionHelp("输出一个 JSON 对象。", "Print one JSON object.")))
    var json = false

    @OptionGroup var page: PageOption

    func validate() throws {
        guard !(json && page.html) else {
            throw ValidationError(said("--json 和 --html 只能选一个", "give --json or --html, not both"))
        }
    }

    /// - Throws: Exit status 74 if the output cannot be written.
    func print(_ report: () -> Report, json encode: (inout JSONWriter) -> Void) throws {
        if json { try printJSON(encode) } else { try page.print(report()) }
    }
}

/// For results that are tables and words: a terminal, or a page to send on.
struct PageOption: ParsableArguments {
    @Flag(
        help: ArgumentHelp(
            optionHelp("输出一个独立的 HTML 页面，没有脚本。", "Print one page of HTML that stands alone, without scripts.")))
    var html = false

    /// - Throws: Exit status 74 if the output cannot be written.
    func print(_ report: Report) throws { try printReport(report, html: html) }
}

/// Prints a report for the terminal, or as a page.
/// - Throws: Exit status 74 if the output cannot be written.
func printReport(_ report: Report, html: Bool = false) throws {
    var output = StandardOutput()
    if html {
        output.append { $0 += Array(ReportPage.render(report, language: .current).utf8) }
    } else {
        let columns = terminalSize(STDOUT_FILENO)?.columns ?? 80
        output.print(ReportText.render(report, style: .of(STDOUT_FILENO), columns: max(40, columns)))
    }
    output.flush()
    if let failure = output.failure { throw outputFailure(failure) }
}

/// Prints one JSON object on a line of its own.
/// - Throws: Exit status 74 if the output cannot be written.
func printJSON(_ encode: (inout JSONWriter) -> Void) throws {
    var output = StandardOutput()
    output.append { bytes in
        JSONWriter.append(to: &bytes, encode)
        bytes.append(UInt8(ascii: "\n"))
    }
    output.flush()
    if let failure = output.failure { throw outputFailure(failure) }
}

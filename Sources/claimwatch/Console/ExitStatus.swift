import ArgumentParser
import Foundation

/// What the process says to its caller; the numbers of sysexits.h.
enum ExitStatus: Int32, CaseIterable {
    /// An example in a rule pack failed.
    case exampleFailed = 1
    case badData = 65
    case unavailable = 69
    case internalError = 70
    /// The output could not be written: no reader, no space.
    case outputFailed = 74
    case badConfiguration = 78
}

/// The exit code to throw when the output is at its end. A reader that has had enough (`| head`) needs no message.
func outputFailure(_ error: PosixError) -> ExitCode {
    if error.code == EPIPE { return ExitCode(ExitStatus.outputFailed.rawValue) }
    return failure(.outputFailed, said("写不出去：\(error)", "cannot write the output: \(error)"))
}

/// Prints the message to standard error and gives the exit code to throw: `throw failure(.badData, "…")`.
func failure(_ status: ExitStatus, _ message: String) -> ExitCode {
    // What was printed before stands before the message, also where both go into one file.
    fflush(nil)
    StandardError.print(said("错误：", "error: ") + message)
    return ExitCode(status.rawValue)
}

/// The exit code to throw for a file that cannot be read, with its reason.
func unreadable(_ path: String, _ error: PosixError) -> ExitCode {
    let name = path == "-" ? said("标准输入", "standard input") : DisplayText.printable(path)
    return failure(.badConfiguration, said("读不了 \(name)：\(error)", "cannot read \(name): \(error)"))
}

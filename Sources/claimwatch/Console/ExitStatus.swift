import ArgumentParser

/// What the process says to its caller; the numbers of sysexits.h.
enum ExitStatus: Int32 {
    /// An example in a rule pack failed.
    case exampleFailed = 1
    case badData = 65
    case unavailable = 69
    case internalError = 70
    case badConfiguration = 78
}

/// Prints the message to standard error and gives the exit code to throw: `throw failure(.badData, "…")`.
func failure(_ status: ExitStatus, _ message: String) -> ExitCode {
    StandardError.print("error: \(message)")
    return ExitCode(status.rawValue)
}

import ArgumentParser
import Foundation

@main
struct Claimwatch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "claimwatch",
        abstract: "Finds exaggerated claims and banned goods in livestream selling while the host is still talking.",
        discussion: """
            Transcript segments and listing events come from Kafka (or files, with `scan`), alerts with evidence and \
            law go out.

            First steps: `claimwatch demo` shows it at work; `claimwatch explain` tells what the rules make of a \
            sentence; `claimwatch check` and `test` are for those who write rules; `claimwatch run` is the service.

            EXIT STATUS: 0 done; 1 an example in a rule pack failed; 64 wrong usage; 65 bad data; 69 a service is not \
            available; 70 internal error; 74 the output could not be written; 78 bad configuration.
            """,
        version: "0.1.0",
        subcommands: [
            Demo.self, Run.self, Topics.self, Scan.self, Check.self, Test.self, Explain.self, Evaluate.self,
            BacktestCommand.self, Learn.self, RulesCommand.self, Bench.self,
            Schema.self, Guide.self, GenerateEvents.self,
        ])

    /// As the parser's own, and tells when the last of the output could not be written.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
            guard fflush(nil) == 0 else { throw outputFailure(PosixError(code: errno)) }
        } catch {
            exit(withError: error)
        }
    }
}

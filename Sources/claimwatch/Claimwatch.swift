import ArgumentParser

@main
struct Claimwatch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "claimwatch",
        abstract: "Finds exaggerated claims and banned goods in livestream selling while the host is still talking.",
        discussion: """
            Transcript segments and listing events come from Kafka (or files, with `scan`), alerts with evidence and \
            law go out.

            EXIT STATUS: 0 done; 1 an example in a rule pack failed; 64 wrong usage; 65 bad data; 69 a service is not \
            available; 70 internal error; 78 bad configuration.
            """,
        version: "0.1.0",
        subcommands: [Demo.self, Run.self, Topics.self, Scan.self, Check.self, Test.self, Explain.self, Bench.self])
}

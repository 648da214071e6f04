import ArgumentParser

@main
struct Claimwatch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "claimwatch",
        abstract: "Finds exaggerated claims and banned goods in livestream selling while the host is still talking.")
}

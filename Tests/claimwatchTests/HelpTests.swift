import ArgumentParser
import Testing

@testable import claimwatch

@Suite struct `Help` {
    private static let commands: [any ParsableCommand.Type] = Claimwatch.configuration.subcommands

    @Test(arguments: commands.indices)
    func `of each command tells its exit statuses and explains every option`(index: Int) {
        let help = Claimwatch.helpMessage(for: Self.commands[index], columns: 100)
        #expect(help.contains("EXIT STATUS: 0"))
        let lines = help.split(separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() where line.hasPrefix("  --") && !line.dropFirst(2).contains("  ") {
            // A long option has its explanation below.
            #expect(lines[number + 1].hasPrefix("      "), "\(line) is not explained")
        }
    }

    @Test func `names every exit status the commands know`() {
        let overview = Claimwatch.helpMessage(columns: 400)
        for status in ExitStatus.allCases { #expect(overview.contains("\(status.rawValue) "), "\(status)") }
    }
}

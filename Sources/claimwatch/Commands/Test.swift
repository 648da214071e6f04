import ArgumentParser
import ClaimRules
import RuleTesting

struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the examples written in rule packs.",
        discussion: """
            Judges every example with the detection that also runs live: an example under `match` must raise an alert \
            of its rule, one under `clear` must not, whatever other rules say. Where an example names a category, a \
            product of that category is on sale. Rules that are off are tested too, and a threshold is taken as 1.

            For each failure the text is shown, what matched in it, and why the rule fired or not.

            EXIT STATUS: 0 every example passed; 1 one failed; 65 a pack has an error (see `claimwatch check`); 78 a \
            folder is missing, unreadable or empty.
            """)

    @Argument(help: "Folders with rule packs.", completion: .directory)
    var folders: [String]

    func validate() throws {
        guard !folders.isEmpty else { throw ValidationError("give a folder with rule packs") }
    }

    func run() throws {
        let loaded = try LoadedRules.load(folders: folders)
        for problem in loaded.problems where problem.kind == .error { StandardError.print(problem.description) }
        guard loaded.ruleSet != nil else {
            throw failure(.badData, "put right the errors above, then test again")
        }
        let tests = try LoadedRules.tested(loaded)
        for failure in tests.failures { print(ExampleFailureText.paragraph(failure) + "\n") }
        print(
            """
            \(counted(tests.count, "example")) of \(counted(loaded.rules.count, "rule")): \
            \(tests.failures.isEmpty ? "all passed" : "\(tests.failures.count) failed")
            """)
        if !tests.failures.isEmpty { throw ExitCode(ExitStatus.exampleFailed.rawValue) }
    }
}

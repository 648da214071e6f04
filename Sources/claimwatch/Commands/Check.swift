import ArgumentParser
import ClaimRules

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Validate rule packs.",
        discussion: """
            Prints every problem found in the *.yaml and *.yml files of the folders as FILE:LINE:COLUMN, what is \
            wrong and what to do. Several folders are checked together, as one rule set. The examples in the packs \
            are run by `claimwatch test`.

            EXIT STATUS: 0 valid (there may be warnings); 65 a pack has an error; 78 a folder is missing, unreadable \
            or empty.
            """)

    @Argument(help: "Folders with rule packs.", completion: .directory)
    var folders: [String]

    func validate() throws {
        guard !folders.isEmpty else { throw ValidationError("give a folder with rule packs") }
    }

    func run() throws {
        let loaded = try LoadedRules.load(folders: folders)
        for problem in loaded.problems { print(problem) }
        guard let ruleSet = loaded.ruleSet else {
            let errors = loaded.problems.count { $0.kind == .error }
            throw failure(.badData, "\(counted(errors, "problem")) to put right")
        }
        let packs = Set(loaded.rules.map(\.pack)).count
        let warnings = loaded.problems.isEmpty ? "" : ", \(counted(loaded.problems.count, "warning"))"
        print(
            """
            \(counted(packs, "pack")), \(counted(loaded.rules.count, "rule")), \
            \(counted(ruleSet.terms.count, "term")): valid\(warnings). `claimwatch test` tries the examples.
            """)
    }
}

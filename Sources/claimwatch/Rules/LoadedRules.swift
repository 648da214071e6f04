import ArgumentParser
import ClaimRules

/// Reads and compiles the packs of folders for a command, with its problems on standard error.
enum LoadedRules {
    /// The packs of all the folders together, as overlays and duplicate ids reach across folders.
    static func load(folders: [String]) throws -> LoadedPacks {
        do {
            return RulePackLoader.load(try folders.flatMap { try RulesFolder.read($0) })
        } catch let error as RulesFolderError {
            throw failure(.badConfiguration, error.description)
        }
    }

    /// A rule set to judge with.
    /// - Throws: Exit status 78 after printing every problem, if a pack has an error. Warnings are printed too.
    static func ruleSet(folder: String) throws -> RuleSet {
        let loaded = try load(folders: [folder])
        for problem in loaded.problems { StandardError.print(problem.description) }
        guard let ruleSet = loaded.ruleSet else {
            throw failure(.badConfiguration, "the rule packs in \(folder) cannot be used: put right the errors above")
        }
        return ruleSet
    }
}

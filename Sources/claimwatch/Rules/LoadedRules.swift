import ArgumentParser
import ClaimRules
import RuleTesting
import TermMatching

/// Reads and compiles the packs of folders for a command, with its problems on standard error. The screens beside the packs
/// are theirs: they join those that are given.
enum LoadedRules {
    /// The packs of all the folders together, as overlays and duplicate ids reach across folders.
    static func load(folders: [String], screens: Screens = Screens()) throws -> LoadedPacks {
        try read(folders, screens).loaded
    }

    private static func read(_ folders: [String], _ given: Screens) throws -> (loaded: LoadedPacks, screens: Screens) {
        let screens = try ScreensFolder.joining(given, beside: folders)
        return (RulePackLoader.load(try files(folders: folders), screens: screens), screens)
    }

    /// The pack files of folders, as they lie there.
    /// - Throws: Exit status 78 if a folder cannot be read.
    static func files(folders: [String]) throws -> [PackFile] {
        do {
            return try folders.flatMap { try RulesFolder.read($0) }
        } catch let error as RulesFolderError {
            throw failure(.badConfiguration, error.description)
        }
    }

    /// The folders that one argument names, where each argument is a rule set of its own: separated by commas.
    static func folders(_ argument: String) -> [String] { argument.split(separator: ",").map(String.init) }

    /// A rule set to detect with, of folders that are one.
    /// - Throws: Exit status 78 after printing every problem, if a pack has an error. Warnings are printed too.
    static func ruleSet(folders: [String], screens: Screens = Screens()) throws -> RuleSet {
        try loadUsable(folders: folders, screens: screens).ruleSet
    }

    /// The same with what it was made of: rules that are off are in `loaded` only.
    static func loadUsable(
        folders: [String], screens: Screens = Screens()
    ) throws -> (loaded: LoadedPacks, ruleSet: RuleSet) {
        let (loaded, screens) = try read(folders, screens)
        return (loaded, try usable(loaded, screens, folder: folders.joined(separator: ", ")))
    }

    /// A rule set to go live with: as `ruleSet`, and every example written in the packs holds.
    /// - Throws: Exit status 78 after printing every problem and every example that failed.
    static func provenRuleSet(folders: [String], screens: Screens) throws -> RuleSet {
        let (loaded, screens) = try read(folders, screens)
        let ruleSet = try usable(loaded, screens, folder: folders.joined(separator: ", "))
        let failures = try tested(loaded).failures
        guard failures.isEmpty else {
            let text = ExampleFailureText(language: .current)
            for failure in failures { StandardError.print(text.paragraph(failure)) }
            throw failure(
                .badConfiguration,
                said(
                    "\(folders.joined(separator: "、")) 的规则包有 \(failures.count) 个例句不通过：改好再来，看 claimwatch test "
                        + folders.joined(separator: " "),
                    "\(counted(failures.count, "example")) of the rule packs in \(folders.joined(separator: ", ")) failed: "
                        + "put them right, see `claimwatch test \(folders.joined(separator: " "))`"))
        }
        return ruleSet
    }

    /// What comes of the examples of packs without errors.
    /// - Throws: Exit status 65 if a term of a rule that is off cannot be compiled.
    static func tested(_ loaded: LoadedPacks, day: String? = nil) throws -> ExampleTests {
        let report = RuleGate.examine(loaded, day: day)
        guard let examples = report.examples else {
            let reason = report.termError.map { "\($0.reason)" } ?? said("规则包有错误", "the packs have errors")
            throw failure(
                .badData, said("规则包里有个词不能用：\(reason)", "a term of the packs cannot be compiled: \(reason)"))
        }
        return examples
    }

    private static func usable(_ loaded: LoadedPacks, _ screens: Screens, folder: String) throws -> RuleSet {
        for problem in loaded.problems + loaded.missingScreens(screens) {
            StandardError.print(DisplayText.printable(problem.description(in: .current)))
        }
        guard let ruleSet = loaded.ruleSet else {
            throw failure(
                .badConfiguration,
                said(
                    "\(folder) 里的规则包不能用：改好上面的错误",
                    "the rule packs in \(folder) cannot be used: put right the errors above"))
        }
        return ruleSet
    }
}

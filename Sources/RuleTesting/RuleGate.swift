public import ClaimRules
public import TermMatching

/// What rule packs must pass before they decide anything: parsing, validation, lint, and the examples written in them.
public enum RuleGate {
    /// Everything that is wrong with some pack files, and the rule set if nothing is.
    public struct Report: Sendable {
        /// The packs as read, with every error and warning.
        public var loaded: LoadedPacks
        /// What came of the examples; nil if the packs could not be compiled, so that none was tried.
        public var examples: ExampleTests?
        /// A term of a rule that is off cannot be compiled, so no example was tried.
        public var termError: TermError?

        /// The rules to go live with: nil unless the packs have no error and every example holds.
        public var ruleSet: RuleSet? { examples?.failures.isEmpty == true ? loaded.ruleSet : nil }
    }

    /// Pure: the caller reads the files and tells people. Cost: that of `RulePackLoader.load`, and a room an example.
    public static func examine(_ files: [PackFile]) -> Report { examine(RulePackLoader.load(files)) }

    /// As above, of packs that are loaded.
    /// - Parameter day: As `ExampleTests.run` takes it.
    public static func examine(_ loaded: LoadedPacks, day: String? = nil) -> Report {
        guard loaded.ruleSet != nil else { return Report(loaded: loaded) }
        do throws(TermError) {
            return Report(loaded: loaded, examples: try ExampleTests.run(loaded, day: day))
        } catch {
            return Report(loaded: loaded, termError: error)
        }
    }
}

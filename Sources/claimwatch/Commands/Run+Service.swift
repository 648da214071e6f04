import ArgumentParser
import ClaimRules

extension Run {
    /// Runs the stream until a signal stops it.
    func serve(_ settings: Settings, ruleSet: RuleSet) throws {
        throw failure(.internalError, "this build has no stream service yet; `--print-config` and `scan` work")
    }
}

import ArgumentParser
import ClaimRules
import Logging
import StreamEngine
import StreamShell

extension Run {
    /// Runs the stream until a signal stops it.
    func serve(_ settings: Settings, ruleSet: RuleSet) throws {
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        let logger = Logger(label: "claimwatch")
        do throws(StartupError) {
            let service = try StreamService(settings.streamConfiguration, ruleSet: ruleSet, logger: logger)
            let signals = StopSignals { service.requestStop() }
            defer { withExtendedLifetime(signals) {} }
            logger.info(
                """
                rule set \(ruleSet.contentHash): \(counted(ruleSet.rules.count, "rule")), \
                \(counted(settings.stream.workers, "worker"))
                """)
            try service.run()
            let total = service.statistics
            logger.info("stopped: \(total.events) events, \(total.alerts) alerts, \(total.deadLetters) dead letters")
        } catch {
            throw failure(ExitStatus(rawValue: error.exitCode) ?? .internalError, error.description)
        }
    }
}

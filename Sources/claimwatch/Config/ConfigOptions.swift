import ArgumentParser
import Foundation

/// Where the configuration comes from; shared by the commands that talk to a cluster.
struct ConfigOptions: ParsableArguments {
    @Option(
        help: "The configuration file (YAML). Without it, environment and flags must say all.",
        completion: .file(extensions: ["yaml", "yml"]))
    var config: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Override one key, e.g. --set workers=2; may be repeated.", valueName: "key=value"))
    var overrides: [String] = []

    @Option(help: "Override kafka.bootstrap_servers.")
    var bootstrapServers: String?

    func validate() throws {
        for override in overrides where !override.contains("=") {
            throw ValidationError("--set \(override): write it as key=value")
        }
    }

    /// - Throws: Exit status 78 after printing every problem.
    func read(extra: [String: String] = [:]) throws -> Settings {
        var flags = extra
        for override in overrides {
            let parts = override.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            flags[String(parts[0])] = String(parts[1])
        }
        if let bootstrapServers { flags["kafka.bootstrap_servers"] = bootstrapServers }
        do throws(ConfigProblems) {
            let reading = try Settings.read(
                file: config, flags: flags, environment: ProcessInfo.processInfo.environment)
            for warning in reading.warnings { StandardError.print("warning: \(warning)") }
            return reading.settings
        } catch {
            for problem in error.problems { StandardError.print("\(config ?? "configuration"): \(problem)") }
            let count = error.problems.count
            throw failure(
                .badConfiguration, "\(count) \(count == 1 ? "problem" : "problems") in the configuration")
        }
    }
}

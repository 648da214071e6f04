import ArgumentParser
import Foundation

/// Where the configuration comes from.
struct ConfigSource: ParsableArguments {
    @Option(
        help: "The configuration file (YAML). Without it, environment, flags and defaults say all.",
        completion: .file(extensions: ["yaml", "yml"]))
    var config: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Override one key, e.g. --set limits.max_depth=8; may be repeated.", valueName: "key=value"))
    var overrides: [String] = []

    func validate() throws {
        for override in overrides where !override.contains("=") {
            throw ValidationError("--set \(override): write it as key=value")
        }
    }

    /// - Parameter extra: Keys that have flags of their own; they win over --set.
    /// - Throws: Exit status 78 after printing every problem.
    func read(_ use: Settings.Use, extra: [String: String] = [:]) throws -> Settings {
        var flags: [String: String] = [:]
        for override in overrides {
            let parts = override.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            flags[String(parts[0])] = String(parts[1])
        }
        flags.merge(extra) { _, flag in flag }
        do throws(ConfigProblems) {
            let reading = try Settings.read(
                file: config, flags: flags, environment: ProcessInfo.processInfo.environment, for: use)
            for warning in reading.warnings { StandardError.print("warning: \(warning)") }
            return reading.settings
        } catch {
            for problem in error.problems { StandardError.print("configuration: \(problem)") }
            let file = config.map { " (\($0), environment and flags)" } ?? ""
            throw failure(
                .badConfiguration, "\(counted(error.problems.count, "problem")) in the configuration\(file)")
        }
    }
}

/// The configuration of the commands that talk to a cluster.
struct ConfigOptions: ParsableArguments {
    @OptionGroup var source: ConfigSource

    @Option(help: "Override kafka.bootstrap_servers.")
    var bootstrapServers: String?

    /// - Throws: Exit status 78 after printing every problem.
    func read(extra: [String: String] = [:]) throws -> Settings {
        var flags = extra
        if let bootstrapServers { flags["kafka.bootstrap_servers"] = bootstrapServers }
        return try source.read(.cluster, extra: flags)
    }
}

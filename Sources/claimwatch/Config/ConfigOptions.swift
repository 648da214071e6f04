import ArgumentParser
import Foundation

/// Where the configuration comes from.
struct ConfigSource: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            optionHelp(
                "配置文件（YAML）；不写就看环境变量、选项和默认值。",
                "The configuration file (YAML). Without it, environment, flags and defaults say all.")),
        completion: .file(extensions: ["yaml", "yml"]))
    var config: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            optionHelp(
                "改一个键，如 --set limits.max_depth=8；可重复。",
                "Override one key, e.g. --set limits.max_depth=8; may be repeated."
            ), valueName: "key=value"))
    var overrides: [String] = []

    func validate() throws {
        for override in overrides where !override.contains("=") {
            throw ValidationError(said("--set \(override)：写成 键=值", "--set \(override): write it as key=value"))
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
            for warning in reading.warnings { StandardError.print(said("警告：", "warning: ") + "\(warning)") }
            return reading.settings
        } catch {
            for problem in error.problems { StandardError.print(said("配置：", "configuration: ") + "\(problem)") }
            let count = error.problems.count
            throw failure(
                .badConfiguration,
                said(
                    "配置里有 \(count) 处问题" + (config.map { "（\($0)、环境变量和选项）" } ?? ""),
                    "\(counted(count, "problem")) in the configuration"
                        + (config.map { " (\($0), environment and flags)" } ?? "")))
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

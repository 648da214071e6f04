import ArgumentParser
import ClaimRules

struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("线上的服务：从 Kafka 读，找告警，每条正好发一次。", "Read from Kafka, find claims, publish alerts exactly once."),
        discussion: """
            The configuration is a YAML file; the environment (CLAIMWATCH_ and the key in capitals, e.g. \
            CLAIMWATCH_KAFKA_BOOTSTRAP_SERVERS) overrides it, flags override both. Unknown keys are errors. \
            --print-config shows every key with the value in effect, secrets hidden; --print-default-config shows them \
            with their defaults and reasons, as a file to begin with. Any property of librdkafka goes \
            under kafka.properties, a secret into a file named under kafka.secret_files.

            The rule packs are checked and their examples tried before anything is read; with one mistake it does not \
            start. Rules change with a restart.

            SIGTERM and SIGINT stop it cleanly within 10 s: what is done is committed.

            KEYS, with what they may hold and their defaults:
            \(ConfigKeys.overview)

            EXIT STATUS: 0 stopped by a signal; 64 wrong usage; 69 no broker answers; 70 internal error; 78 the configuration, a topic or \
            a rule pack is missing or wrong, or an example of a pack fails.

            EXAMPLES:
              claimwatch run --config deploy/claimwatch.yaml --bootstrap-servers kafka:9092 --workers 4
              claimwatch run --bootstrap-servers kafka:9092 --rules deploy/rules --print-config
              claimwatch run --config claimwatch.yaml --rules deploy/rules --rules /etc/claimwatch/rules
            """)

    @OptionGroup var source: ConfigOptions

    @Option(help: "Override workers: threads that share the partitions.")
    var workers: Int?

    @Option(
        help: "Override rules: the folder with the rule packs; repeated, they are one rule set.", completion: .directory
    )
    var rules: [String] = []

    @Option(
        help: "Override screens: the folder with the models that rules ask; may be repeated.", completion: .directory
    )
    var screens: [String] = []

    @Option(help: "Override group: the consumer group.")
    var group: String?

    @Option(help: "Override instance: a name that stays the same over restarts.")
    var instance: String?

    @Flag(help: "Print the effective configuration, secrets hidden, and exit.")
    var printConfig = false

    @Flag(help: "Print every key with its reason and default, as a file to begin with, and exit.")
    var printDefaultConfig = false

    func run() throws {
        if printDefaultConfig {
            print(ConfigFile.text, terminator: "")
            return
        }
        var flags: [String: String] = [:]
        if let workers { flags["workers"] = String(workers) }
        if !rules.isEmpty { flags["rules"] = rules.joined(separator: ",") }
        if !screens.isEmpty { flags["screens"] = screens.joined(separator: ",") }
        if let group { flags["group"] = group }
        if let instance { flags["instance"] = instance }
        let settings = try source.read(extra: flags)
        if printConfig {
            print(settings.yaml)
            return
        }
        let ruleSet = try LoadedRules.provenRuleSet(
            folders: settings.rules, screens: try ScreensFolder.read(settings.screens))
        try serve(settings, ruleSet: ruleSet)
    }
}

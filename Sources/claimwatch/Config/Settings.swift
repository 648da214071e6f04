/// What `run`, `topics` and `scan` work by. Every property's default is the value that suits a first start.
///
/// `ConfigKeys` names the keys, `Settings+Reading` fills this in from flags, environment and file.
struct Settings: Equatable, Sendable {
    struct Topics: Equatable, Sendable {
        var transcripts = "live.transcripts"
        var listings = "live.listings"
        var alerts = "live.alerts"
        /// Alerts of rules on trial, kept apart so that nobody acts on them.
        var shadow = "live.alerts.shadow"
        var deadLetters = "live.deadletters"
    }
    struct Limits: Equatable, Sendable {
        /// Bytes; a larger record is a dead letter.
        var maxRecordBytes = 1 << 20
        var maxTextBytes = 64 << 10
        var maxDepth = 16
        var maxArrayElements = 256
        /// Per partition.
        var maxRooms = 20_000
        var maxListingsPerRoom = 500
        var maxTailBytes = 600
        var maxTailPauseMS = 15_000
    }
    enum Start: String, CaseIterable, Sendable { case earliest, latest }

    var bootstrapServers = ""
    /// Handed to librdkafka as they are. Secrets read from files are in here too.
    var kafkaProperties: [String: String] = [:]
    /// The path of the file that each of those came from which did, by property. Their values are never shown.
    var secretFiles: [String: String] = [:]
    var topics = Topics()
    var group = "claimwatch"
    /// With it the members are static: a restart takes its partitions up again without a rebalance.
    var instance: String?
    /// More than one core helps only up to the number of partitions.
    var workers = 1
    /// The folder with the rule packs.
    var rules = "rules"
    /// Where a group without committed offsets begins.
    var start = Start.earliest
    var limits = Limits()
    /// Milliseconds an alert waits for others to share its transaction.
    var commitFloorMS = 10
    /// Milliseconds between commits while there is no alert.
    var commitIntervalMS = 1000

    var stateTopic: String { "\(group)-state" }
}

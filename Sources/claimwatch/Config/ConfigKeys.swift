import ClaimDetection
import LiveEvents
import StreamEngine
import StreamShell

/// The configuration's vocabulary: each key once, in the order of the file.
enum ConfigKeys {
    static let bootstrapServers = "kafka.bootstrap_servers"

    static let all: [SettingKey] = [
        SettingKey(bootstrapServers, .text(\.bootstrapServers), "host:port, separated by commas."),

        SettingKey("topics.transcripts", .text(\.stream.worker.transcriptsTopic)),
        SettingKey("topics.listings", .text(\.stream.worker.listingsTopic)),
        SettingKey("topics.alerts", .text(\.stream.alertsTopic)),
        SettingKey("topics.shadow", .text(\.stream.shadowTopic), "Alerts of rules with `status: shadow`."),
        SettingKey(
            "topics.deadletters", .text(\.stream.deadLettersTopic),
            "Records that could not be used, with the reason and their origin."),

        SettingKey(
            "group", .text(\.stream.group), "The consumer group. Its state lies in the compacted topic <group>-state."),
        SettingKey(
            "instance", .optionalText(\.stream.instance, example: "claimwatch-0"),
            """
            A name that this process keeps over restarts (for example the name of a StatefulSet's pod). With it, a restart \
            takes its partitions up again without a rebalance. Leave it out for members that come and go.
            """),
        SettingKey("workers", .number(\.stream.workers, 1...256), "Threads that each read a share of the partitions."),
        SettingKey(
            "rules", .folders(\.rules),
            """
            The folder with the rule packs (*.yaml, *.yml), from where the program is started. A list is one rule set: \
            [deploy/rules, /etc/claimwatch/rules] lays the overlays of the second over the packs of the first. In the \
            environment and in --set folders are separated by commas.
            """),
        SettingKey(
            "screens", .optionalFolders(\.screens, example: "/etc/claimwatch/screens"),
            """
            The folder, or a list of folders, with the models that rules ask with `screen:` (*.bin, written by \
            `claimwatch learn`). Without a model, its rules are what their `without_model` says.
            """),
        SettingKey(
            "start", .start(\.stream.worker.start),
            "Where a group without committed offsets begins: earliest or latest."),

        SettingKey(
            "limits.max_record_bytes", .number(\.stream.worker.decoding.maxRecordBytes, 1024...(64 << 20)),
            "A larger record goes to the dead-letter topic."),
        SettingKey(
            "limits.max_text_bytes", .number(\.stream.worker.decoding.maxTextBytes, 256...(16 << 20)),
            "Likewise a record with a longer text, JSON nested deeper, or a list with more elements."),
        SettingKey("limits.max_depth", .number(\.stream.worker.decoding.maxDepth, 4...64)),
        SettingKey("limits.max_array_elements", .number(\.stream.worker.decoding.maxArrayElements, 1...65_536)),
        SettingKey(
            "limits.max_rooms", .number(\.stream.detection.maxRooms, 1...10_000_000),
            "Rooms held per partition; beyond it the one idle longest is forgotten."),
        SettingKey("limits.max_listings_per_room", .number(\.stream.detection.maxListingsPerRoom, 1...100_000)),
        SettingKey(
            "limits.max_carry_over_bytes", .number(\.stream.detection.maxCarryOverBytes, 0...65_536),
            "Speech carried over from one segment to the next, and the longest pause it is carried over.",
            formerName: "limits.max_tail_bytes"),
        SettingKey(
            "limits.max_carry_over_pause_ms", .milliseconds(\.stream.detection.maxCarryOverPauseMS, 0...600_000),
            formerName: "limits.max_tail_pause_ms"),
        SettingKey(
            "limits.max_soft_pause_ms", .milliseconds(\.stream.detection.maxSoftPauseMS, -1...60_000),
            "A mark that ends a segment ends no sentence if the speaker goes on within this time; -1: it always does."),
        SettingKey(
            "limits.max_unheard_ms", .milliseconds(\.stream.detection.maxUnheardMS, 0...600_000),
            "A longer pause may hide a statement that a rule requires: nobody is accused of its lack."),
        SettingKey(
            "limits.max_prices", .number(\.stream.detection.maxPrices, 1...100_000_000),
            "Listings per partition whose prices of the last days are kept, if a rule asks for them."),

        SettingKey(
            "commit.floor_ms", .milliseconds(\.stream.worker.commit.floorMS, 0...60_000),
            "How long an alert may wait for others to share its transaction."),
        SettingKey(
            "commit.busy_floor_ms", .milliseconds(\.stream.worker.commit.busyFloorMS, 0...60_000),
            "The same while there is a backlog: a transaction costs the same however much is in it."),
        SettingKey(
            "commit.max_records", .number(\.stream.worker.commit.maxRecords, 1...10_000_000),
            "Records that share a transaction at most; they are taken again if it fails."),
        SettingKey(
            "commit.interval_ms", .milliseconds(\.stream.worker.commit.intervalMS, 1...60_000),
            "Between commits while there is no alert."),
    ]

    /// A line for each key: what it may hold and its default.
    static var overview: String {
        let defaults = Settings()
        let columns = (all.map(\.name.count).max() ?? 0) + 2
        return all.map { key in
            let space = String(repeating: " ", count: columns - key.name.count)
            return "  \(key.name)\(space)\(key.kind) (\(key.text(in: defaults) ?? "none"))"
        }.joined(separator: "\n")
    }

    /// What is to be said of a mapping as a whole.
    static let sectionReasons: [Substring: String] = [
        "topics": "Transcripts and listings are keyed by room_id and must have the same number of partitions."
    ]

    /// Any librdkafka property may follow.
    static let propertyPrefix = "kafka.properties."
    /// Any librdkafka property may follow; the value is the path of a file that holds it.
    static let secretFilePrefix = "kafka.secret_files."

    /// Properties that carry a promise of ClaimWatch, and what to do instead of setting them.
    static let reservedProperties: [String: String] = [
        "bootstrap.servers": "set kafka.bootstrap_servers",
        "metadata.broker.list": "set kafka.bootstrap_servers",
        "group.id": "set group",
        "group.instance.id": "set instance",
        "auto.offset.reset": "set start",
        "transactional.id": "leave it out: it follows from group and instance",
        "enable.idempotence": "leave it out: alerts are published exactly once",
        "acks": "leave it out: alerts are published exactly once",
        "request.required.acks": "leave it out: alerts are published exactly once",
        "enable.auto.commit": "leave it out: offsets commit with the alerts",
        "enable.auto.offset.store": "leave it out: offsets commit with the alerts",
        "isolation.level": "leave it out: only committed records are read",
        "partition.assignment.strategy": "leave it out: speech and listings of a room must meet",
    ]
}

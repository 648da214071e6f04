/// The configuration's vocabulary: each key once, with what it may hold and where it goes.
///
/// Names are as in the YAML file, levels joined by dots. In the environment `a.b_c` is `CLAIMWATCH_A_B_C`.
enum ConfigKeys {
    enum Value: Sendable {
        case text(any WritableKeyPath<Settings, String> & Sendable)
        case optionalText(any WritableKeyPath<Settings, String?> & Sendable)
        case number(any WritableKeyPath<Settings, Int> & Sendable, ClosedRange<Int>)
        case start
    }

    static let all: [(name: String, value: Value)] = [
        ("kafka.bootstrap_servers", .text(\.bootstrapServers)),
        ("topics.transcripts", .text(\.topics.transcripts)),
        ("topics.listings", .text(\.topics.listings)),
        ("topics.alerts", .text(\.topics.alerts)),
        ("topics.shadow", .text(\.topics.shadow)),
        ("topics.deadletters", .text(\.topics.deadLetters)),
        ("group", .text(\.group)),
        ("instance", .optionalText(\.instance)),
        ("workers", .number(\.workers, 1...256)),
        ("rules", .text(\.rules)),
        ("start", .start),
        ("limits.max_record_bytes", .number(\.limits.maxRecordBytes, 1024...(64 << 20))),
        ("limits.max_text_bytes", .number(\.limits.maxTextBytes, 256...(16 << 20))),
        ("limits.max_depth", .number(\.limits.maxDepth, 4...64)),
        ("limits.max_array_elements", .number(\.limits.maxArrayElements, 1...65_536)),
        ("limits.max_rooms", .number(\.limits.maxRooms, 1...10_000_000)),
        ("limits.max_listings_per_room", .number(\.limits.maxListingsPerRoom, 1...100_000)),
        ("limits.max_tail_bytes", .number(\.limits.maxTailBytes, 0...65_536)),
        ("limits.max_tail_pause_ms", .number(\.limits.maxTailPauseMS, 0...600_000)),
        ("commit.floor_ms", .number(\.commitFloorMS, 0...60_000)),
        ("commit.interval_ms", .number(\.commitIntervalMS, 1...60_000)),
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

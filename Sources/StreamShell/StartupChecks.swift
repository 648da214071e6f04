import StreamEngine
import KafkaTransport

/// What has to be true of the cluster before the first record is read.
enum StartupChecks {
    /// What they found that does not keep the service from working.
    struct Findings {
        /// What the operator should know.
        var warnings: [String] = []
        /// The smallest `max.message.bytes` of the output topics, as far as the brokers tell.
        var topicLimitBytes: Int?
    }

    /// - Parameter isStopping: Ends the checks early, without a verdict.
    static func run(
        _ configuration: StreamConfiguration, isStopping: () -> Bool
    ) throws(StartupError) -> Findings {
        var warnings: [String] = []
        try checkRecordBytes(
            TransactionalProducer.maxRecordBytes(configuration.properties.merging(configuration.producerProperties)),
            "kafka.properties.message.max.bytes")
        switch LibraryVersion.verdict {
        case .fine: break
        case .warn(let text): warnings.append(text)
        case .refuse(let text): throw StartupError(text, exitCode: 78)
        }
        let admin: AdminClient
        do throws(KafkaError) { admin = try AdminClient(configuration.properties) } catch {
            throw StartupError("the Kafka properties are refused: \(error). Correct them.", exitCode: 78)
        }
        guard let counts = try counts(admin, configuration, isStopping) else { return Findings(warnings: warnings) }
        try checkTopics(counts, configuration)
        guard configuration.checksStateTopic else { return Findings(warnings: warnings) }
        if let warning = try checkStateTopic(admin, configuration) {
            warnings.append(warning)
            return Findings(warnings: warnings)
        }
        return Findings(warnings: warnings, topicLimitBytes: try topicLimitBytes(admin, configuration))
    }

    /// The smallest record that every output topic takes; topics whose settings the brokers do not tell are left out.
    private static func topicLimitBytes(
        _ admin: AdminClient, _ configuration: StreamConfiguration
    ) throws(StartupError) -> Int? {
        var smallest: Int?
        for topic in [
            configuration.stateTopic, configuration.alertsTopic, configuration.shadowTopic,
            configuration.deadLettersTopic,
        ] {
            let settings = (try? admin.topicConfig(topic, timeoutMS: 2000)) ?? [:]
            guard let bytes = settings["max.message.bytes"].flatMap({ Int($0) }) else { continue }
            try checkRecordBytes(
                TransactionalProducer.maxRecordBytes(KafkaProperties([("message.max.bytes", "\(bytes)")])),
                "max.message.bytes of topic \(topic)")
            smallest = min(smallest ?? bytes, bytes)
        }
        return smallest
    }

    static func checkRecordBytes(_ bytes: Int, _ what: String) throws(StartupError) {
        let least = WorkerSettings.leastOutputRecordBytes
        guard bytes < least else { return }
        throw StartupError(
            "\(what) is too small for dead letters and alerts with their evidence, which would be refused for ever. Raise it "
                + "to 65536 or more.", exitCode: 78)
    }

    /// Nil if a stop came first. Asks in short turns, so that a stop is noticed.
    private static func counts(
        _ admin: AdminClient, _ configuration: StreamConfiguration, _ isStopping: () -> Bool
    ) throws(StartupError) -> [String: Int?]? {
        let topics = [
            configuration.worker.transcriptsTopic, configuration.worker.listingsTopic, configuration.alertsTopic,
            configuration.shadowTopic, configuration.deadLettersTopic, configuration.stateTopic,
        ]
        var leftMS = configuration.startTimeoutMS
        while !isStopping() {
            let turnMS = min(leftMS, 2000)
            do throws(KafkaError) { return try admin.partitionCounts(of: topics, timeoutMS: turnMS) } catch {
                leftMS -= turnMS
                guard !error.isTimeout || leftMS <= 0 else { continue }
                let servers = configuration.properties["bootstrap.servers"] ?? ""
                throw StartupError(
                    "no broker answers at \(servers) within \(configuration.startTimeoutMS / 1000) s: \(error). "
                        + "Check the addresses, the network and the security settings.", exitCode: 69)
            }
        }
        return nil
    }

    /// A state topic that deletes by age or size forgets open windows and listings, and a restart decides otherwise.
    /// - Returns: A warning if the broker does not tell, e.g. for want of the right to describe topics.
    private static func checkStateTopic(
        _ admin: AdminClient, _ configuration: StreamConfiguration
    ) throws(StartupError) -> String? {
        let topic = configuration.stateTopic
        let policy: String?
        var reason = "it is not among the settings"
        do throws(KafkaError) { policy = try admin.topicConfig(topic, timeoutMS: 2000)["cleanup.policy"] } catch {
            policy = nil
            reason = "\(error)"
        }
        switch policy {
        case "compact": return nil
        case nil:
            return "the brokers do not tell cleanup.policy of \(topic) (\(reason)): see to it that it is compact, or "
                + "restarts forget open alert windows."
        case let policy?:
            throw StartupError(
                "cleanup.policy of the state topic \(topic) is \(policy): state would be deleted by age or size, and a "
                    + "restart would forget open alert windows and listings. Set it: kafka-configs.sh --alter "
                    + "--entity-type topics --entity-name \(topic) --add-config cleanup.policy=compact", exitCode: 78)
        }
    }

    static func checkTopics(_ counts: [String: Int?], _ configuration: StreamConfiguration) throws(StartupError) {
        let missing = counts.filter { $0.value == nil }.keys.sorted()
        guard missing.isEmpty else {
            throw StartupError(
                "missing topics: \(missing.joined(separator: ", ")). "
                    + "Correct the names, or create them with `claimwatch topics --create`.", exitCode: 78)
        }
        let paired = [
            configuration.worker.transcriptsTopic, configuration.worker.listingsTopic, configuration.stateTopic,
        ]
        let found = paired.map { counts[$0].flatMap { $0 } ?? 0 }
        guard Set(found).count == 1 else {
            let list = zip(paired, found).map { "\($0) has \($1)" }.joined(separator: ", ")
            throw StartupError(
                "partition counts differ: \(list). Speech and listings of a room meet only if all three are equal: "
                    + "create the topics again with one count.", exitCode: 78)
        }
    }
}

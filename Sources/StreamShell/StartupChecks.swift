import StreamEngine
import KafkaTransport

/// What has to be true of the cluster before the first record is read.
enum StartupChecks {
    /// - Returns: A warning about the library, if there is one.
    static func run(_ configuration: StreamConfiguration) throws(StartupError) -> String? {
        var warning: String?
        switch LibraryVersion.verdict {
        case .fine: break
        case .warn(let text): warning = text
        case .refuse(let text): throw StartupError(text, exitCode: 78)
        }
        try checkTopics(try counts(configuration), configuration)
        return warning
    }

    private static func counts(_ configuration: StreamConfiguration) throws(StartupError) -> [String: Int?] {
        let topics = [
            configuration.worker.transcriptsTopic, configuration.worker.listingsTopic, configuration.alertsTopic,
            configuration.shadowTopic, configuration.deadLettersTopic, configuration.stateTopic,
        ]
        let admin: AdminClient
        do throws(KafkaError) { admin = try AdminClient(configuration.properties) } catch {
            throw StartupError("the Kafka properties are refused: \(error). Correct them.", exitCode: 78)
        }
        do throws(KafkaError) {
            return try admin.partitionCounts(of: topics, timeoutMS: configuration.startTimeoutMS)
        } catch {
            let servers = configuration.properties["bootstrap.servers"] ?? ""
            throw StartupError(
                "no broker answers at \(servers) within \(configuration.startTimeoutMS / 1000) s: \(error). "
                    + "Check the addresses, the network and the security settings.", exitCode: 69)
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

import ArgumentParser
import KafkaTransport

struct Topics: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said(
            "检查或创建 topic：分区数和设置对不对。", "Check or create the topics with the right partition counts and settings."),
        discussion: """
            The two input topics and the state topic need the same number of partitions, and the state topic must be \
            compacted. Without --create nothing is changed. With it missing topics are made; topics that are there are \
            never altered.

            EXIT STATUS: 0 all is well; 69 no broker answers, or it refuses; 78 the configuration is wrong, or a topic \
            is missing or not as it must be.

            EXAMPLE:
              claimwatch topics --config deploy/claimwatch.yaml --create --partitions 12 --replication 3
            """)

    @OptionGroup var source: ConfigOptions

    @Flag(help: "Create the topics that are missing.")
    var create = false

    @Option(help: "Partitions of a new topic, 1 to 10000; inputs that have a twin get as many as it has.")
    var partitions = 12

    // What follows is the value, whatever it looks like: -1 is no option.
    @Option(parsing: .unconditional, help: "Copies of each partition; -1 leaves it to the broker.")
    var replication = -1

    /// Milliseconds a broker has to answer.
    private static let patienceMS: Int32 = 8000

    func validate() throws {
        guard (1...10_000).contains(partitions) else { throw ValidationError("--partitions must be 1 to 10000") }
        guard replication == -1 || (1...100).contains(replication) else {
            throw ValidationError("--replication must be 1 to 100, or -1")
        }
    }

    func run() throws {
        let settings = try source.read()
        let admin = try client(settings)
        let plan = TopicPlan(settings)
        var counts: [String: Int] = [:]
        var problems: [String] = []
        do throws(KafkaError) {
            counts = try existing(plan, admin)
            if create { try makeMissing(plan, &counts, admin) }
            problems = plan.problems(partitions: counts) + (try settingsProblems(plan, counts, admin))
        } catch {
            throw failure(
                .unavailable, "\(error)")
        }
        for topic in plan.topics {
            guard let count = counts[topic.name] else { continue }
            print("\(topic.name): \(count) \(count == 1 ? "partition" : "partitions")")
        }
        for problem in problems { StandardError.print(problem) }
        if !problems.isEmpty {
            throw failure(
                .badConfiguration, "\(problems.count) \(problems.count == 1 ? "topic needs" : "topics need") attention")
        }
        print("the topics are as they must be")
    }

    /// - Throws: Exit status 78, as a client that cannot be set up has a wrong property.
    private func client(_ settings: Settings) throws -> AdminClient {
        do throws(KafkaError) {
            return try AdminClient(settings.properties)
        } catch {
            throw failure(.badConfiguration, "\(error): correct kafka.properties")
        }
    }

    private func existing(_ plan: TopicPlan, _ admin: AdminClient) throws(KafkaError) -> [String: Int] {
        try admin.partitionCounts(of: plan.topics.map(\.name), timeoutMS: Self.patienceMS).compactMapValues { $0 }
    }

    /// Creates what is missing and notes its partitions. Another process may have been faster; that is as good.
    private func makeMissing(
        _ plan: TopicPlan, _ counts: inout [String: Int], _ admin: AdminClient
    ) throws(KafkaError) {
        let missing = plan.topics.filter { counts[$0.name] == nil }
        guard !missing.isEmpty else { return }
        let known = counts
        let wanted = missing.map { topic in
            AdminClient.NewTopic(
                name: topic.name,
                partitions: Int32(plan.partitionsToCreate(topic, existing: known, asked: partitions)),
                replication: Int32(replication),
                config: TopicPlan.settings(for: topic.role).sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        }
        let outcomes = try admin.createTopics(wanted, timeoutMS: Self.patienceMS)
        for (name, error) in outcomes {
            if let error, error.name != "TOPIC_ALREADY_EXISTS" { throw error }
            if let topic = wanted.first(where: { $0.name == name }) { counts[name] = Int(topic.partitions) }
        }
    }

    private func settingsProblems(
        _ plan: TopicPlan, _ counts: [String: Int], _ admin: AdminClient
    ) throws(KafkaError) -> [String] {
        var problems: [String] = []
        for topic in plan.topics where topic.role == .state && counts[topic.name] != nil {
            let policy = try admin.topicConfig(topic.name, timeoutMS: Self.patienceMS)["cleanup.policy"]
            if let policy, policy != "compact" {
                problems.append(
                    "\(topic.name): cleanup.policy is \(policy), which loses state; set it to compact with your Kafka tools"
                )
            }
        }
        return problems
    }
}

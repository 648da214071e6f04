import StreamEngine
import StreamShell

/// The topics a configuration needs and what each must be like.
struct TopicPlan {
    enum Role: Equatable {
        /// Read side by side: a room's speech and listings must have equal partition numbers.
        case input
        case output
        /// Compacted: the last value of a key is the state.
        case state
    }
    struct Topic: Equatable {
        var name: String
        var role: Role
        /// The configuration key that names it.
        var key: String
    }

    let topics: [Topic]

    init(_ settings: Settings) {
        topics = [
            Topic(name: settings.stream.worker.transcriptsTopic, role: .input, key: "topics.transcripts"),
            Topic(name: settings.stream.worker.listingsTopic, role: .input, key: "topics.listings"),
            Topic(name: settings.stream.alertsTopic, role: .output, key: "topics.alerts"),
            Topic(name: settings.stream.shadowTopic, role: .output, key: "topics.shadow"),
            Topic(name: settings.stream.deadLettersTopic, role: .output, key: "topics.deadletters"),
            Topic(name: settings.stream.stateTopic, role: .state, key: "group"),
        ]
    }

    /// What is wrong with the topics there are, each with what to do.
    /// - Parameter partitions: Partition counts of the topics that exist, by name.
    func problems(partitions: [String: Int]) -> [String] {
        var problems: [String] = []
        for topic in topics where partitions[topic.name] == nil {
            problems.append(
                "\(topic.name): is missing; create it with `claimwatch topics --create`, or correct \(topic.key)")
        }
        let counted = topics.filter { $0.role != .output }.compactMap { topic in
            partitions[topic.name].map { (topic: topic, count: $0) }
        }
        if let first = counted.first {
            for (topic, count) in counted.dropFirst() where count != first.count {
                problems.append(
                    """
                    \(topic.name): has \(count) partitions, \(first.topic.name) has \(first.count); they must be equal, \
                    as a room's records meet by partition number
                    """)
            }
        }
        return problems
    }

    /// Topic settings by name, as Kafka spells them.
    static func settings(for role: Role) -> [String: String] {
        switch role {
        case .state: ["cleanup.policy": "compact", "min.cleanable.dirty.ratio": "0.1"]
        case .input, .output: ["cleanup.policy": "delete"]
        }
    }

    /// How many partitions to create a missing topic with: as many as its input twin has, else `asked`.
    func partitionsToCreate(_ topic: Topic, existing: [String: Int], asked: Int) -> Int {
        guard topic.role != .output else { return asked }
        let twins = topics.filter { $0.role != .output }.compactMap { existing[$0.name] }
        return twins.first ?? asked
    }
}

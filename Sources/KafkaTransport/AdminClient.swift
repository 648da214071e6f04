import CRdkafka

/// Looks at and creates topics. One owner, one thread.
public final class AdminClient {
    public struct NewTopic: Sendable {
        public var name: String
        public var partitions: Int32
        /// Copies of each partition; -1 leaves it to the broker.
        public var replication: Int32
        public var config: [(String, String)]
        public init(name: String, partitions: Int32, replication: Int32 = -1, config: [(String, String)] = []) {
            (self.name, self.partitions, self.replication, self.config) = (name, partitions, replication, config)
        }
    }

    private let handle: ClientHandle

    public init(_ properties: KafkaProperties) throws(KafkaError) {
        handle = try ClientHandle(
            RD_KAFKA_CONSUMER,
            properties.removing(["group.id", "group.instance.id", "transactional.id"])
                .withDefaults([("socket.nagle.disable", "true")])
                .merging(KafkaProperties([("allow.auto.create.topics", "false")])))
    }

    /// How many partitions each topic has, `nil` for one that does not exist (or that may not be described).
    ///
    /// Asks for all topics, because asking for one by name makes some brokers create it.
    public func partitionCounts(of topics: [String], timeoutMS: Int32) throws(KafkaError) -> [String: Int?] {
        let found = try withMetadata(timeoutMS: timeoutMS) { metadata in
            var found: [String: Int] = [:]
            for index in 0..<Int(metadata.topic_cnt) {
                let topic = metadata.topics[index]
                guard topic.err == RD_KAFKA_RESP_ERR_NO_ERROR || topic.partition_cnt > 0 else { continue }
                found[String(cString: topic.topic)] = Int(topic.partition_cnt)
            }
            return found
        }
        var counts: [String: Int?] = [:]
        for topic in topics { counts.updateValue(found[topic], forKey: topic) }
        return counts
    }

    public func brokerCount(timeoutMS: Int32) throws(KafkaError) -> Int {
        try withMetadata(timeoutMS: timeoutMS) { Int($0.broker_cnt) }
    }

    /// Creates topics; each has its own outcome, `nil` for created.
    public func createTopics(_ topics: [NewTopic], timeoutMS: Int32) throws(KafkaError) -> [(String, KafkaError?)] {
        var requests: [OpaquePointer?] = []
        defer { for request in requests { rd_kafka_NewTopic_destroy(request) } }
        for topic in topics {
            var text = [CChar](repeating: 0, count: 512)
            guard
                let request = rd_kafka_NewTopic_new(
                    topic.name, topic.partitions, topic.replication, &text, text.count)
            else {
                throw KafkaError(
                    RD_KAFKA_RESP_ERR__INVALID_ARG, reason: "topic '\(topic.name)': \(ClientHandle.string(text))")
            }
            requests.append(request)
            for (name, value) in topic.config { rd_kafka_NewTopic_set_config(request, name, value) }
        }
        return try withAnswer(
            RD_KAFKA_ADMIN_OP_CREATETOPICS, timeoutMS: timeoutMS, doing: "create topics",
            ask: { rd_kafka_CreateTopics(handle.pointer, &requests, requests.count, $0, $1) },
            read: { event in
                var count = 0
                let results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count)
                return (0..<count).map { index in
                    let result = results![index]
                    let code = rd_kafka_topic_result_error(result)
                    let reason = rd_kafka_topic_result_error_string(result).map { String(cString: $0) }
                    return (
                        String(cString: rd_kafka_topic_result_name(result)),
                        code == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : KafkaError(code, reason: reason)
                    )
                }
            })
    }

    /// A topic's settings as the broker has them. Sensitive ones are left out by the broker.
    public func topicConfig(_ topic: String, timeoutMS: Int32 = 10_000) throws(KafkaError) -> [String: String] {
        var resource: OpaquePointer? = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic)
        defer { rd_kafka_ConfigResource_destroy(resource) }
        let answer: Result<[String: String], KafkaError> = try withAnswer(
            RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, timeoutMS: timeoutMS, doing: "describe topic '\(topic)'",
            ask: { rd_kafka_DescribeConfigs(handle.pointer, &resource, 1, $0, $1) },
            read: { event in
                var count = 0
                let result = rd_kafka_event_DescribeConfigs_result(event)
                guard let found = rd_kafka_DescribeConfigs_result_resources(result, &count)?[0], count == 1 else {
                    return .success([:])
                }
                let code = rd_kafka_ConfigResource_error(found)
                guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { return .failure(KafkaError(code)) }
                let entries = rd_kafka_ConfigResource_configs(found, &count)
                var config: [String: String] = [:]
                for index in 0..<count {
                    let entry = entries![index]
                    guard let value = rd_kafka_ConfigEntry_value(entry) else { continue }
                    config[String(cString: rd_kafka_ConfigEntry_name(entry))] = String(cString: value)
                }
                return .success(config)
            })
        return try answer.get()
    }

    private func withMetadata<R>(timeoutMS: Int32, _ body: (rd_kafka_metadata) -> R) throws(KafkaError) -> R {
        var metadata: UnsafePointer<rd_kafka_metadata>?
        let code = rd_kafka_metadata(handle.pointer, 1, nil, &metadata, timeoutMS)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let metadata else {
            throw handle.error(code, doing: "ask for the cluster's topics")
        }
        defer { rd_kafka_metadata_destroy(metadata) }
        return body(metadata.pointee)
    }

    private func withAnswer<R>(
        _ operation: rd_kafka_admin_op_t, timeoutMS: Int32, doing what: String,
        ask: (_ options: OpaquePointer?, _ queue: OpaquePointer) -> Void, read: (OpaquePointer) -> R
    ) throws(KafkaError) -> R {
        let options = rd_kafka_AdminOptions_new(handle.pointer, operation)
        defer { rd_kafka_AdminOptions_destroy(options) }
        rd_kafka_AdminOptions_set_request_timeout(options, timeoutMS, nil, 0)
        let queue: OpaquePointer = rd_kafka_queue_new(handle.pointer)
        defer { rd_kafka_queue_destroy(queue) }
        ask(options, queue)
        // The request's own timeout comes first, and says more.
        guard let event = rd_kafka_queue_poll(queue, timeoutMS &+ 1000) else {
            throw handle.error(RD_KAFKA_RESP_ERR__TIMED_OUT, doing: what)
        }
        defer { rd_kafka_event_destroy(event) }
        let code = rd_kafka_event_error(event)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw handle.error(code, doing: what) }
        return read(event)
    }
}

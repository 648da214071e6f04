import CRdkafka

/// librdkafka's mock cluster inside this process, on loopback ports: for the demo and for tests of error paths.
///
/// It keeps 5 MiB for each partition, shows every record at once (also of open and aborted transactions), and forgets
/// offsets sent in transactions: it never proves exactly-once. Topics are made by `createTopic`, up front. The cluster
/// ends with this object, which Swift may free after its last use: hold it with `withExtendedLifetime`.
public final class EmbeddedCluster {
    /// Requests that errors can be put on, by Kafka's API key.
    public enum Request: Int16, Sendable {
        case produce = 0
        case fetch = 1
        case listOffsets = 2
        case offsetFetch = 9
        case findCoordinator = 10
        case joinGroup = 11
        case heartbeat = 12
        case initProducerID = 22
        case addPartitionsToTransaction = 24
        case addOffsetsToTransaction = 25
        case endTransaction = 26
        case commitOffsetsInTransaction = 28
    }

    private let handle: ClientHandle
    private let cluster: OpaquePointer
    private let brokers: Int32

    public init(brokers: Int = 1) throws(KafkaError) {
        handle = try ClientHandle(RD_KAFKA_PRODUCER, KafkaProperties([("bootstrap.servers", "127.0.0.1:1")]))
        self.brokers = Int32(clamping: brokers)
        guard let cluster = rd_kafka_mock_cluster_new(handle.pointer, self.brokers) else {
            throw KafkaError(
                RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE, reason: "the embedded cluster found no free loopback port")
        }
        self.cluster = cluster
    }

    deinit { rd_kafka_mock_cluster_destroy(cluster) }

    public var bootstrapServers: String { String(cString: rd_kafka_mock_cluster_bootstraps(cluster)) }

    public func createTopic(_ name: String, partitions: Int32) throws(KafkaError) {
        let code = rd_kafka_mock_topic_create(cluster, name, partitions, brokers)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw KafkaError(code, reason: "topic '\(name)': \(String(cString: rd_kafka_err2str(code)))")
        }
    }

    /// The next requests of this kind are answered with these error codes, one each.
    public func push(_ errors: [Int32], on request: Request) {
        let codes = errors.map { rd_kafka_resp_err_t($0) }
        rd_kafka_mock_push_request_errors_array(cluster, request.rawValue, codes.count, codes)
    }

    /// Cuts a broker off, or lets it back. Brokers count from 1.
    public func setBroker(_ id: Int32, isUp: Bool) {
        if isUp { rd_kafka_mock_broker_set_up(cluster, id) } else { rd_kafka_mock_broker_set_down(cluster, id) }
    }
}

import CRdkafka

extension KafkaError {
    /// An error by its librdkafka code, e.g. from metadata or a consumed entry.
    ///
    /// Codes carry no class of their own. Network trouble and moving leaders pass, so those are retriable; a fenced
    /// or fatal client is fatal; the rest is `other`. Transactions never come here: librdkafka classes those itself.
    public init(code: Int32, reason: String? = nil) {
        let code = rd_kafka_resp_err_t(code)
        self.init(
            code: code.rawValue, name: String(cString: rd_kafka_err2name(code)),
            reason: reason ?? String(cString: rd_kafka_err2str(code)), errorClass: Self.errorClass(of: code))
    }

    init(_ code: rd_kafka_resp_err_t, reason: String? = nil) { self.init(code: code.rawValue, reason: reason) }

    /// Takes over and frees the error object.
    init(consuming error: OpaquePointer) {
        defer { rd_kafka_error_destroy(error) }
        let errorClass: Class =
            if rd_kafka_error_is_fatal(error) != 0 {
                .fatal
            } else if rd_kafka_error_txn_requires_abort(error) != 0 {
                .abortable
            } else if rd_kafka_error_is_retriable(error) != 0 {
                .retriable
            } else {
                .other
            }
        self.init(
            code: rd_kafka_error_code(error).rawValue, name: String(cString: rd_kafka_error_name(error)),
            reason: String(cString: rd_kafka_error_string(error)), errorClass: errorClass)
    }

    /// No answer in time, or no broker that could give one.
    public var isTimeout: Bool {
        [
            RD_KAFKA_RESP_ERR__TIMED_OUT, RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE, RD_KAFKA_RESP_ERR__MSG_TIMED_OUT,
            RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT, RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN,
            RD_KAFKA_RESP_ERR__RESOLVE,
        ].contains { $0.rawValue == code }
    }

    /// The topic or partition does not exist, or may not be seen.
    public var isUnknownTopic: Bool {
        [
            RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC, RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION,
            RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART,
        ].contains { $0.rawValue == code }
    }

    /// The wanted offset is no longer, or not yet, in the log.
    public var isOffsetOutOfRange: Bool {
        [
            RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE, RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET,
            RD_KAFKA_RESP_ERR__NO_OFFSET,
        ].contains { $0.rawValue == code }
    }

    func with(errorClass: Class) -> KafkaError {
        KafkaError(code: code, name: name, reason: reason, errorClass: errorClass)
    }

    private static func errorClass(of code: rd_kafka_resp_err_t) -> Class {
        switch code {
        case RD_KAFKA_RESP_ERR__FATAL, RD_KAFKA_RESP_ERR__FENCED, RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID,
            RD_KAFKA_RESP_ERR_PRODUCER_FENCED:
            .fatal
        case RD_KAFKA_RESP_ERR__TIMED_OUT, RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE, RD_KAFKA_RESP_ERR__TRANSPORT,
            RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, RD_KAFKA_RESP_ERR__RESOLVE, RD_KAFKA_RESP_ERR__WAIT_COORD,
            RD_KAFKA_RESP_ERR__WAIT_CACHE, RD_KAFKA_RESP_ERR__QUEUE_FULL, RD_KAFKA_RESP_ERR__RETRY,
            RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT, RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION,
            RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
            RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
            RD_KAFKA_RESP_ERR_NOT_COORDINATOR, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS,
            RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS, RD_KAFKA_RESP_ERR_UNSTABLE_OFFSET_COMMIT:
            .retriable
        default: .other
        }
    }
}

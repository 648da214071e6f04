import CRdkafka

/// What librdkafka's callbacks leave behind for the thread that polls.
///
/// Error, rebalance and delivery callbacks run inside a poll of the owner's own thread, so there is no lock.
final class CallbackState {
    /// Errors beyond this are dropped: they repeat, and only the newest explain anything.
    static let maxErrors = 64

    enum Event {
        case assign([TopicPartition])
        case revoke([TopicPartition], lost: Bool)
        case error(KafkaError)
    }
    var events: [Event] = []
    var lastError: KafkaError?
    var isClosing = false

    var firstDeliveryFailure: KafkaError?
    struct Destination: Hashable {
        var topic: OpaquePointer
        var partition: Int32
    }
    var deliveredEnds: [Destination: Int64] = [:]

    func note(_ error: KafkaError) {
        // "All brokers are down" follows the error that says why.
        if lastError == nil || error.code != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN.rawValue { lastError = error }
        let errors = events.count { if case .error = $0 { true } else { false } }
        if errors < Self.maxErrors || error.errorClass == .fatal { events.append(.error(error)) }
    }

    static func of(_ opaque: UnsafeMutableRawPointer?) -> CallbackState {
        Unmanaged<CallbackState>.fromOpaque(opaque!).takeUnretainedValue()
    }
}

/// A librdkafka client and its callbacks: one owner, ended by `destroy` or with this object.
final class ClientHandle {
    let pointer: OpaquePointer
    let state = CallbackState()
    private var isAlive = true

    /// - Parameters:
    ///   - properties: Refused with the property's name if librdkafka does not know one.
    ///   - optional: Set where this librdkafka knows them, else left out.
    init(
        _ type: rd_kafka_type_t, _ properties: KafkaProperties, optional: [(String, String)] = [],
        takesRebalances: Bool = false
    ) throws(KafkaError) {
        let configuration: OpaquePointer = rd_kafka_conf_new()
        do {
            try Self.set(properties, on: configuration)
        } catch {
            rd_kafka_conf_destroy(configuration)
            throw error
        }
        for (name, value) in optional where properties[name] == nil {
            rd_kafka_conf_set(configuration, name, value, nil, 0)
        }
        rd_kafka_conf_set_opaque(configuration, Unmanaged.passUnretained(state).toOpaque())
        Self.setCallbacks(configuration, takesDeliveries: type == RD_KAFKA_PRODUCER, takesRebalances: takesRebalances)
        var text = [CChar](repeating: 0, count: 512)
        guard let pointer = rd_kafka_new(type, configuration, &text, text.count) else {
            let code = rd_kafka_last_error()
            rd_kafka_conf_destroy(configuration)
            throw KafkaError(
                code, reason: "The Kafka client could not start: \(Self.string(text)). Check the kafka properties.")
        }
        self.pointer = pointer
    }

    deinit { destroy() }

    func destroy() {
        guard isAlive else { return }
        isAlive = false
        rd_kafka_destroy_flags(pointer, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
    }

    /// Gives the client up without ending it: its threads run on, and so its callback state must live on.
    func leak() {
        isAlive = false
        _ = Unmanaged.passRetained(state)
    }

    /// The fatal error of this client, if it had one.
    var fatalError: KafkaError? {
        var text = [CChar](repeating: 0, count: 512)
        let code = rd_kafka_fatal_error(pointer, &text, text.count)
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
        return KafkaError(code, reason: Self.string(text)).with(errorClass: .fatal)
    }

    /// An error of a call, with what the network last said if the call found no broker.
    func error(_ code: rd_kafka_resp_err_t, doing what: String) -> KafkaError {
        if let fatalError { return fatalError }
        let plain = KafkaError(code)
        rd_kafka_poll(pointer, 0)
        guard plain.isTimeout else {
            return KafkaError(code, reason: "\(what): \(plain.reason)")
        }
        let cause = state.lastError.map { " (\($0.reason))" } ?? ""
        return KafkaError(
            code, reason: "\(what): no answer from a broker in time\(cause). Check bootstrap.servers and the network.")
    }

    static func string(_ buffer: [CChar]) -> String {
        String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private static func set(_ properties: KafkaProperties, on configuration: OpaquePointer) throws(KafkaError) {
        var text = [CChar](repeating: 0, count: 512)
        for (name, value) in properties.pairs {
            guard rd_kafka_conf_set(configuration, name, value, &text, text.count) == RD_KAFKA_CONF_OK else {
                let reason = KafkaProperties.isSecret(name) ? "librdkafka refuses its value" : string(text)
                throw KafkaError(
                    RD_KAFKA_RESP_ERR__INVALID_ARG,
                    reason: "Kafka property '\(name)' cannot be set: \(reason). "
                        + "See librdkafka's CONFIGURATION.md for \(LibraryVersion.current).")
            }
        }
    }

    private static func setCallbacks(_ configuration: OpaquePointer, takesDeliveries: Bool, takesRebalances: Bool) {
        rd_kafka_conf_set_log_cb(configuration) { _, level, facility, message in
            guard let facility, let message else { return }
            KafkaLog.write(
                level: level, facility: String(cString: facility), message: String(cString: message))
        }
        rd_kafka_conf_set_error_cb(configuration) { client, code, reason, opaque in
            let state = CallbackState.of(opaque)
            var error = KafkaError(code: code, reason: reason.map { String(cString: $0) })
            if code == RD_KAFKA_RESP_ERR__FATAL.rawValue {
                var text = [CChar](repeating: 0, count: 512)
                let cause = rd_kafka_fatal_error(client, &text, text.count)
                error = KafkaError(cause, reason: ClientHandle.string(text)).with(errorClass: .fatal)
            }
            state.note(error)
        }
        if takesDeliveries {
            // Without this callback nothing wakes rd_kafka_flush when the last record is acknowledged, and each
            // commit costs 10 ms more.
            rd_kafka_conf_set_dr_msg_cb(configuration) { _, message, opaque in
                guard let message else { return }
                CallbackState.of(opaque).noteDelivery(message.pointee)
            }
        }
        if takesRebalances {
            rd_kafka_conf_set_rebalance_cb(configuration) { client, code, partitions, opaque in
                CallbackState.of(opaque).noteRebalance(client, code, [TopicPartition](partitions))
            }
        }
    }
}

extension CallbackState {
    func noteDelivery(_ message: rd_kafka_message_t) {
        switch message.err {
        case RD_KAFKA_RESP_ERR_NO_ERROR:
            let destination = Destination(topic: message.rkt, partition: message.partition)
            deliveredEnds[destination] = max(deliveredEnds[destination] ?? 0, message.offset + 1)
        // What an abort threw away was not to be delivered.
        case RD_KAFKA_RESP_ERR__PURGE_QUEUE, RD_KAFKA_RESP_ERR__PURGE_INFLIGHT: break
        default:
            guard firstDeliveryFailure == nil else { return }
            let topic = message.rkt.map { String(cString: rd_kafka_topic_name($0)) } ?? "?"
            firstDeliveryFailure = KafkaError(
                message.err,
                reason: "a record for \(topic)[\(message.partition)] was not delivered: "
                    + String(cString: rd_kafka_err2str(message.err)))
        }
    }

    func noteRebalance(_ client: OpaquePointer?, _ code: rd_kafka_resp_err_t, _ partitions: [TopicPartition]) {
        switch code {
        case RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS where !isClosing: events.append(.assign(partitions))
        case RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS where !isClosing:
            events.append(.revoke(partitions, lost: rd_kafka_assignment_lost(client) != 0))
        default:
            // While closing nobody asks for events; and after an error the group waits for this answer.
            rd_kafka_assign(client, nil)
            if !isClosing { note(KafkaError(code)) }
        }
    }
}

extension [TopicPartition] {
    init(_ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?) {
        guard let list else {
            self = []
            return
        }
        self = (0..<Int(list.pointee.cnt)).map {
            let element = list.pointee.elems[$0]
            return TopicPartition(topic: String(cString: element.topic), partition: element.partition)
        }
    }
}

import CRdkafka

/// Hands records to a producing client: what `Producer` and `TransactionalProducer` share.
struct RecordSender {
    let handle: ClientHandle
    private var topics: [String: OpaquePointer] = [:]

    init(_ handle: ClientHandle) { self.handle = handle }

    /// The topic's handle, kept for the life of the client.
    mutating func topic(_ name: String) throws(KafkaError) -> OpaquePointer {
        if let topic = topics[name] { return topic }
        guard let topic = rd_kafka_topic_new(handle.pointer, name, nil) else {
            throw handle.error(rd_kafka_last_error(), doing: "open topic '\(name)'")
        }
        topics[name] = topic
        return topic
    }

    func produce(
        to topic: OpaquePointer, partition: Int32, key: UnsafeBufferPointer<UInt8>?,
        value: UnsafeBufferPointer<UInt8>?, headers: [(String, [UInt8])], timestampMS: Int64,
        timeoutMS: Int32 = 30_000
    ) throws(KafkaError) {
        // A full queue is served in slices of 10 ms.
        for _ in 0...max(0, timeoutMS / 10) {
            let list = Self.headerList(headers)
            guard
                let failure = crdkafka_produce(
                    handle.pointer, topic, partition, Self.start(key), key?.count ?? 0, Self.start(value),
                    value?.count ?? 0, list, timestampMS)
            else { return }
            if let list { rd_kafka_headers_destroy(list) }
            guard rd_kafka_error_code(failure) == RD_KAFKA_RESP_ERR__QUEUE_FULL else {
                let error = KafkaError(consuming: failure)
                throw handle.fatalError ?? error
            }
            rd_kafka_error_destroy(failure)
            rd_kafka_poll(handle.pointer, 10)
        }
        throw KafkaError(
            RD_KAFKA_RESP_ERR__QUEUE_FULL,
            reason: "the producer's queue stayed full for \(timeoutMS) ms while writing to "
                + "'\(String(cString: rd_kafka_topic_name(topic)))'. Check that brokers answer.")
    }

    mutating func close() {
        for topic in topics.values { rd_kafka_topic_destroy(topic) }
        topics = [:]
        handle.destroy()
    }

    /// librdkafka tells null from empty by the pointer, so an empty buffer needs one.
    private static func start(_ bytes: UnsafeBufferPointer<UInt8>?) -> UnsafeRawPointer? {
        bytes.map { $0.baseAddress.map(UnsafeRawPointer.init) ?? UnsafeRawPointer(bitPattern: 1)! }
    }

    private static func headerList(_ headers: [(String, [UInt8])]) -> OpaquePointer? {
        guard !headers.isEmpty else { return nil }
        let list = rd_kafka_headers_new(headers.count)
        for (name, value) in headers { rd_kafka_header_add(list, name, -1, value, value.count) }
        return list
    }
}

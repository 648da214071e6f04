import CRdkafka

/// A plain idempotent producer, for tools, the demo and tests. One owner, one thread.
public final class Producer {
    private var sender: RecordSender

    public init(_ properties: KafkaProperties) throws(KafkaError) {
        sender = RecordSender(
            try ClientHandle(
                RD_KAFKA_PRODUCER,
                properties.withDefaults([
                    ("enable.idempotence", "true"), ("socket.nagle.disable", "true"),
                    ("partitioner", "murmur2_random"), ("linger.ms", "2"),
                ])))
    }

    deinit { close() }

    /// Queues a record; bytes are copied. A full queue is served first, at most 30 s.
    ///
    /// - Parameters:
    ///   - partition: -1 chooses by murmur2 of the key, as Java clients do.
    ///   - timestampMS: 0 takes the time of the call.
    public func produce(
        topic: String, partition: Int32 = -1, key: UnsafeBufferPointer<UInt8>?, value: UnsafeBufferPointer<UInt8>?,
        headers: [(String, [UInt8])] = [], timestampMS: Int64 = 0
    ) throws(KafkaError) {
        try sender.produce(
            to: try sender.topic(topic), partition: partition, key: key, value: value, headers: headers,
            timestampMS: timestampMS)
    }

    /// Waits until everything queued is delivered, and throws the first failure since the last flush.
    public func flush(timeoutMS: Int32) throws(KafkaError) {
        let code = rd_kafka_flush(sender.handle.pointer, timeoutMS)
        if let failure = sender.handle.state.firstDeliveryFailure {
            sender.handle.state.firstDeliveryFailure = nil
            throw sender.handle.fatalError ?? failure
        }
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw sender.handle.error(code, doing: "deliver queued records")
        }
    }

    /// Drops what is still queued: flush first.
    public func close() { sender.close() }
}

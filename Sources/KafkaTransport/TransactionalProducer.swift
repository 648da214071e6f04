import CRdkafka

/// Writes records and consumed offsets in one Kafka transaction (KIP-98, KIP-447). One owner, one thread.
///
/// Errors keep librdkafka's class. Retriable ones are repeated here until the transaction's time is up; after an
/// abortable one call `abort`, rewind the input and drop the state it made; after a fatal one, exit.
public final class TransactionalProducer {
    public struct OffsetToCommit: Sendable {
        public var partition: TopicPartition
        /// The next record to read.
        public var offset: Int64
        /// Up to the broker's `offset.metadata.max.bytes` (4096 by default), or the whole commit fails.
        public var metadata: String?
        public init(partition: TopicPartition, offset: Int64, metadata: String? = nil) {
            (self.partition, self.offset, self.metadata) = (partition, offset, metadata)
        }
    }

    private var sender: RecordSender
    /// `transaction.timeout.ms`: what lasts longer is aborted by the brokers.
    public let transactionTimeoutMS: Int64
    /// Bytes of key and value that a record may have: `message.max.bytes`, less room for headers and framing.
    public let maxRecordBytes: Int

    /// - Parameter transactionalID: The same at each start of the same worker: it fences the one before, and ends its
    ///   open transaction at once.
    public init(_ properties: KafkaProperties, transactionalID: String) throws(KafkaError) {
        let properties = properties.withDefaults([
            ("socket.nagle.disable", "true"), ("partitioner", "murmur2_random"),
            // Long enough for all records of a transaction to be queued: `flush` and `commit` do not wait for it, and what
            // is sent before is sent in smaller batches.
            ("linger.ms", "50"),
            ("transaction.timeout.ms", "15000"),
            // CONCURRENT_TRANSACTIONS after a commit is common and short; 100 ms would be the price of each.
            ("retry.backoff.ms", "20"),
        ]).merging(KafkaProperties([("transactional.id", transactionalID)]))
        transactionTimeoutMS = properties["transaction.timeout.ms"].flatMap { Int64($0) } ?? 15_000
        maxRecordBytes = Self.maxRecordBytes(properties)
        sender = RecordSender(try ClientHandle(RD_KAFKA_PRODUCER, properties))
    }

    deinit { close() }

    /// What `maxRecordBytes` is under these properties.
    public static func maxRecordBytes(_ properties: KafkaProperties) -> Int {
        max(0, (properties["message.max.bytes"].flatMap { Int($0) } ?? 1_000_000) - 10_000)
    }

    private var handle: ClientHandle { sender.handle }

    /// Takes the transactional id over from any producer before. Repeats what is retriable until `timeoutMS`.
    public func initTransactions(timeoutMS: Int32 = 30_000) throws(KafkaError) {
        try retrying(for: timeoutMS, "take over the transactional id") {
            rd_kafka_init_transactions($0, $1)
        }
    }

    public func begin() throws(KafkaError) {
        handle.state.firstDeliveryFailure = nil
        handle.state.deliveredEnds.removeAll(keepingCapacity: true)
        if let failure = rd_kafka_begin_transaction(handle.pointer) { throw classed(failure) }
    }

    /// A topic as this producer knows it, looked up once and of use until `close`.
    public struct Topic {
        fileprivate let pointer: OpaquePointer
    }

    /// The topic of this name. Asks no broker.
    public func topic(_ name: String) throws(KafkaError) -> Topic { Topic(pointer: try sender.topic(name)) }

    /// Queues a record; bytes are copied. A full queue is served first; if it is full after `timeoutMS`, that is retriable.
    ///
    /// - Parameters:
    ///   - partition: -1 chooses by murmur2 of the key, as Java clients do.
    ///   - timestampMS: 0 takes the time of the call.
    public func produce(
        to topic: Topic, partition: Int32, key: UnsafeBufferPointer<UInt8>?, value: UnsafeBufferPointer<UInt8>?,
        headers: [(String, [UInt8])] = [], timestampMS: Int64 = 0, timeoutMS: Int32 = 30_000
    ) throws(KafkaError) {
        try sender.produce(
            to: topic.pointer, partition: partition, key: key, value: value, headers: headers,
            timestampMS: timestampMS, timeoutMS: timeoutMS)
    }

    /// Waits until everything queued is delivered, and throws the first failure since `begin`. Retriable after `timeoutMS`.
    public func flush(timeoutMS: Int32) throws(KafkaError) {
        let code = rd_kafka_flush(handle.pointer, timeoutMS)
        // A record that was not delivered has already made librdkafka refuse the commit.
        if let failure = handle.state.firstDeliveryFailure {
            throw handle.fatalError ?? failure.with(errorClass: .abortable)
        }
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw handle.error(code, doing: "deliver queued records")
        }
    }

    /// One past the highest offset delivered to a partition since `begin`; complete after `flush`.
    public func deliveredEnd(_ topic: Topic, _ partition: Int32) -> Int64? {
        handle.state.deliveredEnds[.init(topic: topic.pointer, partition: partition)]
    }

    /// Makes the consumer's progress part of the transaction. No offsets: nothing is sent.
    ///
    /// - Parameter timeoutMS: After it the failure is retriable: repeat the call with the same offsets, or abort. By
    ///   default, as for `commit` and `abort`, `transactionTimeoutMS`.
    public func sendOffsets(
        _ offsets: [OffsetToCommit], for consumer: Consumer, timeoutMS: Int32? = nil
    ) throws(KafkaError) {
        guard !offsets.isEmpty else { return }
        let list = TopicPartitionList(offsets.map(\.partition))
        for (index, offset) in offsets.enumerated() {
            list.setOffset(offset.offset, at: index)
            if let metadata = offset.metadata { list.setMetadata(metadata, at: index) }
        }
        let metadata = try consumer.groupMetadata()
        defer { rd_kafka_consumer_group_metadata_destroy(metadata) }
        try retrying(for: timeoutMS, "send offsets") {
            rd_kafka_send_offsets_to_transaction($0, list.pointer, metadata, $1)
        }
    }

    /// Delivers what is queued and commits. On return everything is visible, or an error says it is not.
    ///
    /// After a retriable failure only the brokers know: nothing but another `commit` may follow, which goes on where this
    /// one stopped.
    public func commit(timeoutMS: Int32? = nil) throws(KafkaError) {
        try retrying(for: timeoutMS, "commit", rd_kafka_commit_transaction)
    }

    /// Drops what is queued and hides what was delivered. After a retriable failure repeat it.
    public func abort(timeoutMS: Int32? = nil) throws(KafkaError) {
        try retrying(for: timeoutMS, "abort", rd_kafka_abort_transaction)
        handle.state.firstDeliveryFailure = nil
    }

    /// Frees the client. An open transaction stays open until its timeout, or the next `initTransactions`.
    public func close() { sender.close() }

    /// Repeats the same call while librdkafka calls its failure retriable.
    private func retrying(
        for timeoutMS: Int32?, _ what: String, _ call: (OpaquePointer, Int32) -> OpaquePointer?
    ) throws(KafkaError) {
        let clock = ContinuousClock()
        let deadline = clock.now + .milliseconds(timeoutMS.map(Int64.init) ?? transactionTimeoutMS)
        while true {
            let left = (deadline - clock.now) / .milliseconds(1)
            guard let failure = call(handle.pointer, Int32(max(1, min(left, 60_000)))) else { return }
            let error = classed(failure)
            guard error.errorClass == .retriable, clock.now < deadline else {
                guard error.isTimeout else { throw error }
                throw handle.error(rd_kafka_resp_err_t(error.code), doing: what).with(errorClass: error.errorClass)
            }
            // Some failures come at once; waiting for an event keeps the loop from spinning.
            rd_kafka_poll(handle.pointer, 5)
        }
    }

    private func classed(_ failure: OpaquePointer) -> KafkaError {
        let error = KafkaError(consuming: failure)
        return error.errorClass == .fatal ? error : handle.fatalError ?? error
    }
}

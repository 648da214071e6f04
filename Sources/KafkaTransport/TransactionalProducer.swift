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
    private let transactionTimeoutMS: Int64

    /// - Parameter transactionalID: The same at each start of the same worker: it fences the one before, and ends its
    ///   open transaction at once.
    public init(_ properties: KafkaProperties, transactionalID: String) throws(KafkaError) {
        let properties = properties.withDefaults([
            ("socket.nagle.disable", "true"), ("partitioner", "murmur2_random"), ("linger.ms", "1"),
            ("transaction.timeout.ms", "15000"),
            // CONCURRENT_TRANSACTIONS after a commit is common and short; 100 ms would be the price of each.
            ("retry.backoff.ms", "20"),
        ]).merging(KafkaProperties([("transactional.id", transactionalID)]))
        transactionTimeoutMS = properties["transaction.timeout.ms"].flatMap { Int64($0) } ?? 15_000
        sender = RecordSender(try ClientHandle(RD_KAFKA_PRODUCER, properties))
    }

    deinit { close() }

    private var handle: ClientHandle { sender.handle }

    /// Takes the transactional id over from any producer before. Repeats what is retriable until `timeoutMS`.
    public func initTransactions(timeoutMS: Int32 = 30_000) throws(KafkaError) {
        try retrying(for: Int64(timeoutMS), "take over the transactional id") {
            rd_kafka_init_transactions($0, $1)
        }
    }

    public func begin() throws(KafkaError) {
        handle.state.firstDeliveryFailure = nil
        handle.state.deliveredEnds.removeAll(keepingCapacity: true)
        if let failure = rd_kafka_begin_transaction(handle.pointer) { throw classed(failure) }
    }

    /// Queues a record; bytes are copied. A full queue is served first, at most 30 s.
    ///
    /// - Parameters:
    ///   - partition: -1 chooses by murmur2 of the key, as Java clients do.
    ///   - timestampMS: 0 takes the time of the call.
    public func produce(
        topic: String, partition: Int32, key: UnsafeBufferPointer<UInt8>?, value: UnsafeBufferPointer<UInt8>?,
        headers: [(String, [UInt8])] = [], timestampMS: Int64 = 0
    ) throws(KafkaError) {
        try sender.produce(
            topic: topic, partition: partition, key: key, value: value, headers: headers, timestampMS: timestampMS)
    }

    /// Waits until everything queued is delivered, and throws the first failure since `begin`.
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
    public func deliveredEnd(_ p: TopicPartition) -> Int64? {
        sender.openTopic(p.topic).flatMap { handle.state.deliveredEnds[.init(topic: $0, partition: p.partition)] }
    }

    /// Makes the consumer's progress part of the transaction. No offsets: nothing is sent.
    public func sendOffsets(_ offsets: [OffsetToCommit], for consumer: Consumer) throws(KafkaError) {
        guard !offsets.isEmpty else { return }
        let list = TopicPartitionList(offsets.map(\.partition))
        for (index, offset) in offsets.enumerated() {
            list.setOffset(offset.offset, at: index)
            if let metadata = offset.metadata { list.setMetadata(metadata, at: index) }
        }
        let metadata = try consumer.groupMetadata()
        defer { rd_kafka_consumer_group_metadata_destroy(metadata) }
        try retrying(for: transactionTimeoutMS, "send offsets") {
            rd_kafka_send_offsets_to_transaction($0, list.pointer, metadata, $1)
        }
    }

    /// Delivers what is queued and commits. On return everything is visible, or an error says it is not.
    public func commit() throws(KafkaError) {
        try retrying(for: transactionTimeoutMS, "commit", rd_kafka_commit_transaction)
    }

    /// Drops what is queued and hides what was delivered.
    public func abort() throws(KafkaError) {
        try retrying(for: transactionTimeoutMS, "abort", rd_kafka_abort_transaction)
        handle.state.firstDeliveryFailure = nil
    }

    /// Frees the client. An open transaction stays open until its timeout, or the next `initTransactions`.
    public func close() { sender.close() }

    /// Repeats the same call while librdkafka calls its failure retriable.
    private func retrying(
        for budgetMS: Int64, _ what: String, _ call: (OpaquePointer, Int32) -> OpaquePointer?
    ) throws(KafkaError) {
        let clock = ContinuousClock()
        let deadline = clock.now + .milliseconds(budgetMS)
        while true {
            let left = (deadline - clock.now) / .milliseconds(1)
            guard let failure = call(handle.pointer, Int32(max(1, min(left, 60_000)))) else { return }
            let error = classed(failure)
            guard error.errorClass == .retriable, clock.now < deadline else {
                guard error.isTimeout else { throw error }
                throw handle.error(rd_kafka_resp_err_t(error.code), doing: what).with(errorClass: error.errorClass)
            }
        }
    }

    private func classed(_ failure: OpaquePointer) -> KafkaError {
        let error = KafkaError(consuming: failure)
        return error.errorClass == .fatal ? error : handle.fatalError ?? error
    }
}

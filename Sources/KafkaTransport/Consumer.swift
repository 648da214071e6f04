import CRdkafka

/// One member of a consumer group. One owner, one thread.
///
/// ```
///   broker threads ──> queue of the group      ──> nextEvent()      assign, revoke, errors
///                 └──> queue per partition     ──> queue(of: p)     records, end of partition
///                 └──> wakeup, when one of these queues stops being empty
/// ```
/// Offsets are committed only by `TransactionalProducer.sendOffsets`; the consumer itself stores none.
/// Call `nextEvent` at least every `max.poll.interval.ms`, or the group takes the partitions away. Before waiting on
/// the wakeup, call `nextEvent` and `fetch` until they have nothing more: a queue signals only when it was empty.
public final class Consumer {
    public enum Event: Sendable {
        /// Answer with `assign`.
        case assign([TopicPartition])
        /// Answer with `unassign`. If `lost`, another member may own them already: abort, do not commit.
        case revoke([TopicPartition], lost: Bool)
        case error(KafkaError)
    }

    private let handle: ClientHandle
    private let wakeup: Wakeup
    private let groupQueue: OpaquePointer
    private var queues: [TopicPartition: PartitionQueue] = [:]
    private var isClosed = false

    /// - Parameter wakeup: Signalled when there is something to read.
    public init(_ properties: KafkaProperties, wakeup: Wakeup) throws(KafkaError) {
        handle = try ClientHandle(
            RD_KAFKA_CONSUMER,
            properties.withDefaults([
                ("socket.nagle.disable", "true"),
                // With equal partition counts, range keeps equal numbers of two topics together.
                ("partition.assignment.strategy", "range"),
                ("allow.auto.create.topics", "false"),
            ]).merging(
                KafkaProperties([
                    ("enable.auto.commit", "false"), ("enable.auto.offset.store", "false"),
                    ("enable.partition.eof", "true"),
                    // Also makes the group coordinator wait for open transactions before it tells an offset (KIP-447).
                    ("isolation.level", "read_committed"),
                    // An offset that retention has deleted is for the caller to judge: the default jumps to the end.
                    ("auto.offset.reset", "error"),
                ])),
            optional: [("fetch.queue.backoff.ms", "20")], takesRebalances: true)
        self.wakeup = wakeup
        rd_kafka_poll_set_consumer(handle.pointer)
        groupQueue = rd_kafka_queue_get_consumer(handle.pointer)
        // An eventfd takes eight bytes.
        var one: UInt64 = 1
        rd_kafka_queue_io_event_enable(groupQueue, wakeup.fileDescriptor, &one, 8)
    }

    deinit { close() }

    public func subscribe(_ topics: [String]) throws(KafkaError) {
        let list = TopicPartitionList(topics.map { TopicPartition(topic: $0, partition: -1) })
        try check(rd_kafka_subscribe(handle.pointer, list.pointer), "subscribe")
    }

    /// The next event of the group, without waiting. Each assign and revoke must be answered.
    public func nextEvent() -> Event? {
        if handle.state.events.isEmpty { poll() }
        guard !handle.state.events.isEmpty else { return nil }
        switch handle.state.events.removeFirst() {
        case .assign(let partitions): return .assign(partitions)
        case .revoke(let partitions, let lost): return .revoke(partitions, lost: lost)
        case .error(let error): return .error(error)
        }
    }

    /// Tells the group that this member lives, during work too long for `max.poll.interval.ms`.
    ///
    /// - Returns: Whether `nextEvent` has a rebalance or a fatal error, which such work should give way to.
    public func keepAlive() -> Bool {
        poll()
        return handle.state.events.contains {
            if case .error(let error) = $0 { error.errorClass == .fatal } else { true }
        }
    }

    private func poll() {
        // Partitions have their own queues, so what comes here is an error.
        guard let message = rd_kafka_consumer_poll(handle.pointer, 0) else { return }
        defer { rd_kafka_message_destroy(message) }
        if message.pointee.err != RD_KAFKA_RESP_ERR_NO_ERROR { handle.state.note(handle.error(of: message.pointee)) }
    }

    /// What the group has committed, one answer for each partition.
    public func committed(_ partitions: [TopicPartition], timeoutMS: Int32) throws(KafkaError) -> [CommittedOffset] {
        let list = TopicPartitionList(partitions)
        let code = rd_kafka_committed(handle.pointer, list.pointer, timeoutMS)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw handle.error(code, doing: "read committed offsets") }
        return try list.committedOffsets()
    }

    /// The first offset and the end of a partition, asked of its leader. The end is that of committed records.
    public func watermarks(_ p: TopicPartition, timeoutMS: Int32) throws(KafkaError) -> (low: Int64, high: Int64) {
        var (low, high): (Int64, Int64) = (0, 0)
        let code = rd_kafka_query_watermark_offsets(handle.pointer, p.topic, p.partition, &low, &high, timeoutMS)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw handle.error(code, doing: "read the offsets of \(p)") }
        return (low, high)
    }

    /// Answers an assign at once, for a caller that does not know yet where to read from: until it is answered, the
    /// group lets nobody else join or leave.
    ///
    /// The group counts the partitions as this member's; nothing is fetched.
    public func hold() throws(KafkaError) {
        try assign([])
    }

    /// Replaces the assignment: answers an assign, and rewinds. Each partition is read from its offset, which
    /// `watermarks` tells for the first and the end.
    ///
    /// What was fetched before is forgotten, also the end-of-partition and errors not yet told.
    ///
    /// librdkafka would take "the end" for an offset too, but looks it up in the background, and an answer that comes
    /// after the next assignment makes it ask again half a second later and jump there, over records that nobody has
    /// read (seen with 2.0.2, where a partition held at its end was then read from an offset).
    public func assign(_ starts: [(TopicPartition, offset: Int64)]) throws(KafkaError) {
        var fresh: [TopicPartition: PartitionQueue] = [:]
        for (partition, _) in starts {
            guard let queue = rd_kafka_queue_get_partition(handle.pointer, partition.topic, partition.partition) else {
                throw KafkaError(RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION, reason: "\(partition) does not exist")
            }
            // Before the assignment starts the fetcher, so that no record takes the way of the group's queue.
            rd_kafka_queue_forward(queue, nil)
            fresh[partition] = PartitionQueue(partition, queue, of: handle, wakeup: wakeup)
        }
        let list = TopicPartitionList(starts.map(\.0))
        for (index, (_, start)) in starts.enumerated() { list.setOffset(start, at: index) }
        try setAssignment(list.pointer, "assign partitions")
        queues = fresh
    }

    /// Gives all partitions up: answers a revoke.
    public func unassign() throws(KafkaError) {
        queues = [:]
        try setAssignment(nil, "give partitions up")
    }

    /// Replaces the assignment, and returns when the fetchers of the one before have stopped.
    ///
    /// Before 2.16 (seen with 2.0.2, 2.3.0 and 2.8.0) librdkafka stops them twice if the next assignment comes sooner, and
    /// then fails an assertion, which ends the process. Its main thread serves one queue in order, so an answer to a later
    /// question tells that the stops are done.
    private func setAssignment(
        _ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?, _ what: String
    ) throws(KafkaError) {
        try check(rd_kafka_assign(handle.pointer, list), what)
        if let answer = rd_kafka_consumer_group_metadata(handle.pointer) {
            rd_kafka_consumer_group_metadata_destroy(answer)
        }
    }

    /// The queue of an assigned partition, of use until the next `assign` or `unassign`.
    public func queue(of p: TopicPartition) -> PartitionQueue? { queues[p] }

    /// Adds what is there of one assigned partition to the batch; see `PartitionQueue.fetch`.
    public func fetch(_ p: TopicPartition, into batch: inout RecordBatch, max: Int) -> FetchStatus {
        queues[p]?.fetch(into: &batch, max: max) ?? .empty
    }

    /// Leaves the group (a static member stays in it) and frees the client. Takes at most 5 s.
    public func close() {
        guard !isClosed else { return }
        isClosed = true
        queues = [:]
        handle.state.isClosing = true
        // Answers a revoke that nobody took any more.
        try? setAssignment(nil, "give partitions up")
        if let error = rd_kafka_consumer_close_queue(handle.pointer, groupQueue) { rd_kafka_error_destroy(error) }
        var slices = 100
        while rd_kafka_consumer_closed(handle.pointer) == 0, slices > 0 {
            rd_kafka_queue_poll_callback(groupQueue, 50)
            slices -= 1
        }
        let closed = rd_kafka_consumer_closed(handle.pointer) != 0
        rd_kafka_queue_destroy(groupQueue)
        // librdkafka's destroy can wait for ever on a group that does not close; the process is about to end anyway.
        if closed { handle.destroy() } else { leak() }
    }

    private func leak() {
        handle.leak()
        _ = Unmanaged.passRetained(wakeup)
    }

    /// What the coordinator checks at each transactional commit. Changes with every rebalance: never keep it.
    func groupMetadata() throws(KafkaError) -> OpaquePointer {
        guard let metadata = rd_kafka_consumer_group_metadata(handle.pointer) else {
            throw KafkaError(RD_KAFKA_RESP_ERR__UNKNOWN_GROUP, reason: "the consumer has no group.id. Set group.id.")
        }
        return metadata
    }

    private func check(_ code: rd_kafka_resp_err_t, _ what: String) throws(KafkaError) {
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw handle.error(code, doing: what) }
    }
}

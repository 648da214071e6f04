import CRdkafka

/// What a group has committed for one partition.
public struct CommittedOffset: Sendable, Equatable {
    public var partition: TopicPartition
    /// The next record to read, `nil` if nothing was committed.
    public var offset: Int64?
    public var metadata: String?
    public init(partition: TopicPartition, offset: Int64?, metadata: String?) {
        (self.partition, self.offset, self.metadata) = (partition, offset, metadata)
    }
}

/// Owns librdkafka's list of partitions.
final class TopicPartitionList {
    let pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

    init(_ partitions: [TopicPartition]) {
        pointer = rd_kafka_topic_partition_list_new(Int32(clamping: partitions.count))
        for partition in partitions {
            rd_kafka_topic_partition_list_add(pointer, partition.topic, partition.partition)
        }
    }

    deinit { rd_kafka_topic_partition_list_destroy(pointer) }

    func setOffset(_ offset: Int64, at index: Int) { pointer.pointee.elems[index].offset = offset }

    func setMetadata(_ metadata: String, at index: Int) {
        let bytes = Array(metadata.utf8)
        guard !bytes.isEmpty, let copy = rd_kafka_mem_malloc(nil, bytes.count) else { return }
        bytes.withUnsafeBytes { copy.copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
        // The list frees it.
        pointer.pointee.elems[index].metadata = copy
        pointer.pointee.elems[index].metadata_size = bytes.count
    }

    func committedOffsets() throws(KafkaError) -> [CommittedOffset] {
        var offsets: [CommittedOffset] = []
        for index in 0..<Int(pointer.pointee.cnt) {
            let element = pointer.pointee.elems[index]
            let partition = TopicPartition(topic: String(cString: element.topic), partition: element.partition)
            guard element.err == RD_KAFKA_RESP_ERR_NO_ERROR else {
                throw KafkaError(
                    element.err,
                    reason: "committed offset of \(partition): \(String(cString: rd_kafka_err2str(element.err)))")
            }
            let metadata = element.metadata.map {
                String(decoding: UnsafeRawBufferPointer(start: $0, count: element.metadata_size), as: UTF8.self)
            }
            offsets.append(
                CommittedOffset(
                    partition: partition, offset: element.offset >= 0 ? element.offset : nil, metadata: metadata))
        }
        return offsets
    }
}

/// Where a record stands in Kafka; for `scan`, the file and the line number.
public struct RecordSource: Hashable, Sendable {
    public var topic: String
    public var partition: Partition
    public var offset: Offset
    public init(topic: String, partition: Partition, offset: Offset) {
        (self.topic, self.partition, self.offset) = (topic, partition, offset)
    }
}

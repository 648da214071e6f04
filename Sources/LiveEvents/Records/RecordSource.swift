/// Where a record stands in Kafka; for `scan`, the file and the line number.
public struct RecordSource: Hashable, Sendable {
    /// The topic, or the file.
    public var topic: String
    /// The partition of the topic; 0 in a file.
    public var partition: Partition
    /// The offset in the partition, or the number of the line.
    public var offset: Offset
    public init(topic: String, partition: Partition, offset: Offset) {
        (self.topic, self.partition, self.offset) = (topic, partition, offset)
    }
}

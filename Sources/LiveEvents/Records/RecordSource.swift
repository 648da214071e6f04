/// Where a record stands in Kafka; for `scan`, the file and the line number.
public struct RecordSource: Hashable, Sendable {
    public var topic: String
    public var partition: Int32
    public var offset: Int64
    public init(topic: String, partition: Int32, offset: Int64) {
        (self.topic, self.partition, self.offset) = (topic, partition, offset)
    }
}

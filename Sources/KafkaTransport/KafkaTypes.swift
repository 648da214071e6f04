/// A partition of a topic.
public struct TopicPartition: Hashable, Sendable, CustomStringConvertible {
    public var topic: String
    public var partition: Int32
    public init(topic: String, partition: Int32) { (self.topic, self.partition) = (topic, partition) }
    public var description: String { "\(topic)[\(partition)]" }
}

/// What librdkafka says went wrong, and the class that decides what to do.
public struct KafkaError: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Class: Equatable, Sendable {
        /// Repeat the same call.
        case retriable
        /// Abort the transaction, rewind, restore.
        case abortable
        /// The client is of no more use: exit.
        case fatal
        /// None of these: a programming or configuration error.
        case other
    }
    public let code: Int32
    /// librdkafka's name, e.g. "_FENCED".
    public let name: String
    public let reason: String
    public let errorClass: Class
    public init(code: Int32, name: String, reason: String, errorClass: Class) {
        (self.code, self.name, self.reason, self.errorClass) = (code, name, reason, errorClass)
    }
    public var description: String { "\(reason) (\(name))" }
}

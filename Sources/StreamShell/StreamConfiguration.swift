public import ClaimDetection
public import KafkaTransport
public import StreamEngine

/// What a `StreamService` works by.
public struct StreamConfiguration: Sendable {
    /// Bootstrap servers, TLS, SASL: handed to every client.
    public var properties = KafkaProperties()
    /// For the consumer and the producer alone; these win.
    public var consumerProperties = KafkaProperties()
    public var producerProperties = KafkaProperties()
    public var group = "claimwatch"
    /// With it the members are static: a restart takes its partitions up again without a rebalance.
    public var instance: String?
    public var workers = 1
    public var alertsTopic = "live.alerts"
    public var shadowTopic = "live.alerts.shadow"
    public var deadLettersTopic = "live.deadletters"
    /// Input topics, limits, commit intervals. `ruleSetHash` is set by the service.
    public var worker = WorkerSettings()
    public var detection = DetectionLimits()
    /// Milliseconds for the brokers to answer at the start.
    public var startTimeoutMS: Int32 = 8000
    /// Whether to refuse a state topic that is not compacted. The embedded cluster cannot tell, and takes 2 s not to.
    public var checksStateTopic = true
    /// Milliseconds from `requestStop` until the workers are left behind. Less than `transaction.timeout.ms`, which
    /// outlasts a broker's failover: a commit that hangs is left to the brokers, and the next start asks how it ended.
    public var stopTimeoutMS: Int64 = 9000

    public init() {}

    public var stateTopic: String { "\(group)-state" }
}

/// Why a service cannot start or go on, in one message that says what to do, and the program's exit code.
public struct StartupError: Error, Equatable, Sendable, CustomStringConvertible {
    public let description: String
    /// 69 unavailable, 70 internal, 78 configuration (sysexits.h).
    public let exitCode: Int32
    public init(_ description: String, exitCode: Int32) { (self.description, self.exitCode) = (description, exitCode) }
}

import Synchronization

/// Where librdkafka's own log lines go. Silent unless a handler is set.
public enum KafkaLog {
    /// `level` is syslog's, 0 to 7. Called on librdkafka's threads: return quickly, and do not call a client.
    public typealias Handler = @Sendable (_ level: Int32, _ facility: String, _ message: String) -> Void

    private static let current = Mutex<Handler?>(nil)

    public static var handler: Handler? {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }

    static func write(level: Int32, facility: String, message: String) {
        handler?(level, facility, message)
    }
}

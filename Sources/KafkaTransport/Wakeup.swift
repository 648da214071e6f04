import CRdkafka
import Glibc

/// Wakes one waiting thread from any other: an eventfd that librdkafka writes to as well.
///
/// A signal that comes before `wait` is kept, so none is lost between looking and waiting.
public final class Wakeup: Sendable {
    package let fileDescriptor: Int32

    public init() throws(KafkaError) {
        fileDescriptor = crdkafka_eventfd()
        guard fileDescriptor >= 0 else {
            throw KafkaError(
                RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE,
                reason: "no eventfd (errno \(errno)). Raise the limit of open files.")
        }
    }

    deinit { close(fileDescriptor) }

    /// Ends the current or the next `wait`. From any thread, and from a signal handler.
    public func signal() {
        var one: UInt64 = 1
        _ = write(fileDescriptor, &one, 8)
    }

    /// Waits for a signal, at most `timeoutMS` milliseconds (negative: for ever), and takes it back.
    public func wait(timeoutMS: Int32) {
        var entry = pollfd(fd: fileDescriptor, events: Int16(POLLIN), revents: 0)
        if poll(&entry, 1, timeoutMS) > 0 {
            var count: UInt64 = 0
            _ = read(fileDescriptor, &count, 8)
        }
    }
}

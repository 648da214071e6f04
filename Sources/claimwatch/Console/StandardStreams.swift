import Foundation

/// Messages for people. Unbuffered, so that they stand in order with what other programs print.
enum StandardError {
    static func print(_ message: String) {
        // Where even that cannot be said, there is nobody to tell.
        _ = writeAll(Array((message + "\n").utf8), to: STDERR_FILENO)
    }
}

/// The program's output, gathered into few writes.
///
/// Flush before messages that must come after it, and at the end. After a write that failed nothing more is written;
/// `failure` tells why.
struct StandardOutput: ~Copyable {
    /// Written out when it grows beyond this.
    private let bufferBytes = 64 << 10
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    /// Why the output is at its end: no reader (EPIPE), no space, or a descriptor that is closed.
    private(set) var failure: PosixError?

    init(descriptor: Int32 = STDOUT_FILENO) {
        self.descriptor = descriptor
        buffer.reserveCapacity(bufferBytes + 4096)
    }

    /// Lets `body` append to the buffer, then writes it out if it is full.
    mutating func append(_ body: (inout [UInt8]) -> Void) {
        body(&buffer)
        if buffer.count >= bufferBytes { flush() }
    }

    mutating func print(_ line: String) {
        append {
            $0.append(contentsOf: line.utf8)
            $0.append(UInt8(ascii: "\n"))
        }
    }

    mutating func flush() {
        if failure == nil, !buffer.isEmpty { failure = writeAll(buffer, to: descriptor) }
        buffer.removeAll(keepingCapacity: true)
    }
}

/// Writes every byte, however often the system takes only a part; waits where the other end is slow.
/// - Returns: Why it could not, or nil.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> PosixError? {
    bytes.withUnsafeBytes { bytes in
        var done = 0
        while done < bytes.count {
            let written = write(descriptor, bytes.baseAddress! + done, bytes.count - done)
            if written < 0 {
                switch errno {
                case EINTR: continue
                case EAGAIN:
                    // Someone made the terminal or pipe non-blocking.
                    var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    _ = poll(&ready, 1, -1)
                    continue
                default: return PosixError(code: errno)
                }
            }
            done += written
        }
        return nil
    }
}

import Foundation

/// Messages for people. Unbuffered, so that they stand in order with what other programs print.
enum StandardError {
    static func print(_ message: String) {
        writeAll(Array((message + "\n").utf8), to: STDERR_FILENO)
    }
}

/// The program's output, gathered into few writes.
///
/// Flush before messages that must come after it, and at the end.
struct StandardOutput: ~Copyable {
    /// Written out when it grows beyond this.
    private let bufferBytes = 64 << 10
    private var buffer: [UInt8] = []

    init() { buffer.reserveCapacity(bufferBytes + 4096) }

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
        writeAll(buffer, to: STDOUT_FILENO)
        buffer.removeAll(keepingCapacity: true)
    }
}

/// Writes every byte, however often the system takes only a part. Gives up silently when the reader is gone.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) {
    bytes.withUnsafeBytes { bytes in
        var done = 0
        while done < bytes.count {
            let written = write(descriptor, bytes.baseAddress! + done, bytes.count - done)
            if written < 0 {
                if errno == EINTR || errno == EAGAIN { continue }
                return
            }
            done += written
        }
    }
}

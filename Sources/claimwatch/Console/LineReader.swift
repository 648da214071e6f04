import Foundation

/// The lines of a file or of standard input, lent one at a time from a bounded buffer.
///
/// Memory stays at `maxLineBytes` plus one chunk however long the input or a line of it is: a longer line is reported
/// as `.tooLong` and skipped.
final class LineReader {
    enum Line {
        /// Without its line break; valid until the next call.
        case bytes(UnsafeBufferPointer<UInt8>)
        case tooLong
    }

    /// 1-based number of the line last returned.
    private(set) var number = 0
    private let descriptor: Int32
    private let closesDescriptor: Bool
    private let maxLineBytes: Int
    private let chunkBytes = 256 << 10
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    /// Nothing is buffered: the next call waits for the input.
    var isDrained: Bool { start == end }
    /// The unread part of the buffer.
    private var start = 0
    private var end = 0
    private var isAtEnd = false

    /// - Throws: `PosixError` if the file cannot be opened. "-" is standard input.
    convenience init(path: String, maxLineBytes: Int) throws(PosixError) {
        guard path != "-" else {
            self.init(descriptor: STDIN_FILENO, closes: false, maxLineBytes: maxLineBytes)
            return
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw PosixError(code: errno) }
        self.init(descriptor: descriptor, closes: true, maxLineBytes: maxLineBytes)
    }

    init(descriptor: Int32, closes: Bool, maxLineBytes: Int) {
        self.descriptor = descriptor
        closesDescriptor = closes
        self.maxLineBytes = maxLineBytes
        buffer = .allocate(capacity: maxLineBytes + chunkBytes)
    }

    deinit {
        buffer.deallocate()
        if closesDescriptor { close(descriptor) }
    }

    /// The next line, or nil at the end. A last line without a line break counts.
    func next() throws(PosixError) -> Line? {
        var searched = start
        var skipping = false
        while true {
            if let lineEnd = firstLineBreak(from: searched) {
                let line = start..<lineEnd
                start = lineEnd + 1
                number += 1
                if skipping || line.count > maxLineBytes { return .tooLong }
                return .bytes(UnsafeBufferPointer(rebasing: buffer[line]))
            }
            if isAtEnd {
                guard start < end || skipping else { return nil }
                let line = start..<end
                start = end
                number += 1
                if skipping || line.count > maxLineBytes { return .tooLong }
                return .bytes(UnsafeBufferPointer(rebasing: buffer[line]))
            }
            if end - start > maxLineBytes {
                skipping = true
                start = end
            }
            searched = try fill()
        }
    }

    private func firstLineBreak(from searched: Int) -> Int? {
        guard searched < end, let base = buffer.baseAddress else { return nil }
        guard let found = memchr(base + searched, 0x0A, end - searched) else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// Reads one more chunk behind what is unread; returns where the new bytes start.
    private func fill() throws(PosixError) -> Int {
        if start > 0 {
            if end > start { memmove(buffer.baseAddress!, buffer.baseAddress! + start, end - start) }
            end -= start
            start = 0
        }
        let newBytes = end
        while true {
            let count = read(descriptor, buffer.baseAddress! + end, buffer.count - end)
            if count < 0 {
                if errno == EINTR { continue }
                throw PosixError(code: errno)
            }
            isAtEnd = count == 0
            end += count
            return newBytes
        }
    }
}

/// A system call's refusal.
struct PosixError: Error, Equatable, CustomStringConvertible {
    let code: Int32
    var description: String { String(cString: strerror(code)) }
}

import LiveEvents

/// The events of a file of JSON lines, in order.
enum EventFile {
    /// Lends each event with the number of its line; it is valid until the next.
    /// - Parameter path: "-" is standard input.
    /// - Throws: `PosixError` if the file cannot be read.
    static func read(
        _ path: String, _ bad: inout BadLines, _ body: (LiveEvent, Int) -> Void
    ) throws(PosixError) {
        let limits = DecodingLimits()
        let decoder = EventDecoder(limits: limits)
        let reader = try LineReader(path: path, maxLineBytes: limits.maxRecordBytes)
        while let line = try reader.next() {
            switch line {
            case .tooLong:
                bad.report(
                    path, reader.number,
                    said("超过 \(limits.maxRecordBytes) 字节，跳过", "longer than \(limits.maxRecordBytes) bytes: skipped"))
            case .bytes(let bytes):
                guard !bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) else { continue }
                do throws(LiveEvents.DecodingError) {
                    body(try decoder.decode(bytes), reader.number)
                } catch {
                    bad.report(path, reader.number, BadLines.reason(error))
                }
            }
        }
    }
}

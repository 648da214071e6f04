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
        try RecordFile.read(path, maxRecordBytes: limits.maxRecordBytes, &bad) {
            (line, number) throws(LiveEvents.DecodingError) in
            body(try decoder.decode(line), number)
        }
    }
}

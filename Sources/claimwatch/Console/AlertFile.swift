import LiveEvents

/// The alerts of a file of JSON lines (alert.v1), as a topic or `scan` gives them.
enum AlertFile {
    /// - Parameter path: "-" is standard input.
    /// - Throws: `PosixError` if the file cannot be read.
    static func read(_ path: String, _ bad: inout BadLines, atMost limit: Int) throws(PosixError) -> [Alert] {
        let limits = DecodingLimits.published
        var alerts: [Alert] = []
        try RecordFile.read(path, maxRecordBytes: limits.maxRecordBytes, &bad, atMost: limit) {
            (line, _) throws(LiveEvents.DecodingError) in
            alerts.append(try Alert(decoding: line, limits: limits))
        }
        return alerts
    }
}

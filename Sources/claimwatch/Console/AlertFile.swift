import LiveEvents

/// The alerts of a file of JSON lines (alert.v1), as a topic or `scan` gives them.
enum AlertFile {
    /// - Parameter path: "-" is standard input.
    /// - Throws: `PosixError` if the file cannot be read.
    static func read(_ path: String, _ bad: inout BadLines, atMost limit: Int) throws(PosixError) -> [Alert] {
        let limits = DecodingLimits.published
        let reader = try LineReader(path: path, maxLineBytes: limits.maxRecordBytes)
        var alerts: [Alert] = []
        while alerts.count < limit, let line = try reader.next() {
            switch line {
            case .tooLong:
                bad.report(
                    path, reader.number,
                    said("超过 \(limits.maxRecordBytes) 字节，跳过", "longer than \(limits.maxRecordBytes) bytes: skipped"))
            case .bytes(let bytes):
                guard !bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) else { continue }
                do throws(LiveEvents.DecodingError) {
                    alerts.append(try Alert(decoding: bytes, limits: limits))
                } catch {
                    bad.report(path, reader.number, BadLines.reason(error))
                }
            }
        }
        return alerts
    }
}

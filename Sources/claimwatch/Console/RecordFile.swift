import LiveEvents

/// The records of a file of JSON lines: blank lines are skipped, those that cannot be used are reported.
enum RecordFile {
    /// Whether a line has nothing but spaces.
    static func isBlank(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    }

    /// Lends each line with its number; it is valid until the next.
    ///
    /// - Parameters:
    ///   - path: "-" is standard input.
    ///   - limit: No more is read once so many could be used.
    /// - Throws: `PosixError` if the file cannot be read.
    static func read(
        _ path: String, maxRecordBytes: Int, _ bad: inout BadLines, atMost limit: Int = .max,
        _ use: (UnsafeBufferPointer<UInt8>, Int) throws(LiveEvents.DecodingError) -> Void
    ) throws(PosixError) {
        let reader = try LineReader(path: path, maxLineBytes: maxRecordBytes)
        var used = 0
        while used < limit, let line = try reader.next() {
            switch line {
            case .tooLong:
                bad.report(
                    path, reader.number,
                    said("超过 \(maxRecordBytes) 字节，跳过", "longer than \(maxRecordBytes) bytes: skipped"))
            case .bytes(let bytes):
                guard !isBlank(bytes) else { continue }
                do throws(LiveEvents.DecodingError) {
                    try use(bytes, reader.number)
                    used += 1
                } catch {
                    bad.report(path, reader.number, BadLines.reason(error))
                }
            }
        }
    }
}

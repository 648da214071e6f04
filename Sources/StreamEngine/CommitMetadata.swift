import LiveEvents

/// What the commit of a transcripts partition says besides its offset, as short ASCII JSON:
/// `{"f":1,"r":120,"c":77,"h":"0123456789abcdef"}`.
///
/// Brokers refuse metadata above 4096 bytes, so it holds pointers only.
public struct CommitMetadata: Equatable, Sendable {
    private static let maxBytes = 4096

    /// Transcripts from here up to the committed offset are read again to rebuild the carry-over.
    public var replayFrom: Int64
    /// The changelog topic's next offset at this commit: a restore that ends before it is not complete.
    public var changelogEnd: Int64
    /// The rule set's content hash, to tell when a restart decides by other rules.
    public var ruleSet: String

    public init(replayFrom: Int64, changelogEnd: Int64, ruleSet: String) {
        (self.replayFrom, self.changelogEnd, self.ruleSet) = (replayFrom, changelogEnd, ruleSet)
    }

    public var encoded: String {
        // Anything that JSON would have to escape is left out; hashes hold none.
        let hash = ruleSet.utf8.filter {
            $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
        }
        return
            "{\"f\":1,\"r\":\(replayFrom),\"c\":\(changelogEnd),\"h\":\"\(String(decoding: hash.prefix(64), as: UTF8.self))\"}"
    }

    /// Nil if a field is missing, or is not one that `encoded` writes.
    public init?(parsing text: String) {
        var json = Array(text.utf8)
        // Tools that copy offsets with a C string count its zero byte.
        while json.last == 0 { json.removeLast() }
        var limits = DecodingLimits()
        limits.maxRecordBytes = Self.maxBytes
        do {
            let fields = try json.withUnsafeBufferPointer { bytes throws(DecodingError) in
                try JSONObjectReader(parsing: bytes, limits: limits)
            }
            _ = try fields.int("f", in: 1...1)
            self.init(
                replayFrom: try fields.int("r", in: 0...Int64.max),
                changelogEnd: try fields.int("c", in: 0...Int64.max), ruleSet: try fields.string("h"))
        } catch {
            return nil
        }
    }
}

/// What the commit of a transcripts partition says besides its offset, as short ASCII JSON:
/// `{"f":1,"r":120,"c":77,"h":"0123456789abcdef"}`.
///
/// Brokers refuse metadata above 4096 bytes, so it holds pointers only.
public struct CommitMetadata: Equatable, Sendable {
    /// Transcripts from here up to the committed offset are read again to rebuild the tails.
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

    /// Nil for anything that `encoded` did not write.
    public init?(parsing text: String) {
        var rest = Substring(text)
        // Tools that copy offsets with a C string count its zero byte.
        while rest.utf8.last == 0 { rest.removeLast() }
        func skip(_ expected: String) -> Bool {
            guard rest.hasPrefix(expected) else { return false }
            rest.removeFirst(expected.count)
            return true
        }
        func number() -> Int64? {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest.removeFirst(digits.count)
            return Int64(digits)
        }
        guard skip("{\"f\":1,\"r\":"), let replayFrom = number(), skip(",\"c\":"), let changelogEnd = number(),
            skip(",\"h\":\""), rest.hasSuffix("\"}"), rest.utf8.count <= 66
        else { return nil }
        self.init(replayFrom: replayFrom, changelogEnd: changelogEnd, ruleSet: String(rest.dropLast(2)))
    }
}

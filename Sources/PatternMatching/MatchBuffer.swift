/// The caller's buffer for matches: grows to the largest text seen and is reused, so a scan allocates nothing.
///
/// It also lends a scan the room for the text as symbols: some 25 bytes for each byte of text, and as much again for an
/// index with loose terms.
public struct MatchBuffer: ~Copyable {
    var store: MatchStore
    /// Matches of the loose view, until they are merged.
    var loose = MatchStore(capacity: 16)
    /// The symbols of the text being scanned.
    var line = SymbolLine()
    var tokens = LooseTokens()
    var words = WordView()

    public init(capacity: Int = 256) { store = MatchStore(capacity: capacity) }

    /// How many matches the buffer holds.
    public var count: Int { store.count }

    public mutating func removeAll() { store.removeAll() }

    public subscript(index: Int) -> TermMatch {
        precondition(index >= 0 && index < count, "match index out of range")
        return store.matches[index]
    }
}

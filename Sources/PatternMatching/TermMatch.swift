/// One occurrence of a term in a text.
///
/// Positions are UTF-8 byte offsets in the text as it was given, before folding.
public struct TermMatch: Hashable, Sendable {
    /// The index of the term in the collection the `TermIndex` was built from.
    public var term: Int32
    /// The first byte of the occurrence.
    public var start: Int32
    /// The byte after the last byte of the occurrence.
    public var end: Int32

    @inlinable
    public init(term: Int32, start: Int32, end: Int32) {
        self.term = term
        self.start = start
        self.end = end
    }
}

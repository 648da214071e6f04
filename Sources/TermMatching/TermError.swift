/// A term that cannot be searched for.
public struct TermError: Error, Equatable, Sendable {
    public enum Reason: Equatable, Sendable {
        case emptyAfterFolding
        case tooLong(maxBytes: Int)
    }
    /// The index of the term in the collection given.
    public let term: Int
    public let reason: Reason

    public init(term: Int, reason: Reason) {
        self.term = term
        self.reason = reason
    }
}

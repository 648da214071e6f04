/// Many terms, found together in one pass over a text, after folding.
///
/// PLACEHOLDER for the skeleton: exact bytes, no folding. Replaced before the first release.
public final class TermIndex: Sendable {
    private let terms: [[UInt8]]

    /// - Throws: `TermError` if a term is empty after folding or longer than `maxTermBytes`.
    public init(_ terms: [String]) throws(TermError) {
        for (index, term) in terms.enumerated() where term.isEmpty {
            throw TermError(term: index, reason: .emptyAfterFolding)
        }
        self.terms = terms.map { Array($0.utf8) }
    }

    /// The number of terms, counting duplicates.
    public var count: Int { terms.count }

    /// Finds every occurrence of every term, overlapping ones too.
    ///
    /// Matches are appended in order of `end`, then `start`, then `term`. Invalid UTF-8 matches nothing and never traps.
    /// Allocates only when `matches` has to grow.
    public func scan(_ text: UnsafeBufferPointer<UInt8>, into matches: inout MatchBuffer) {
        for end in 0...text.count {
            for (index, term) in terms.enumerated().sorted(by: { $0.element.count > $1.element.count })
            where term.count <= end {
                if text[(end - term.count)..<end].elementsEqual(term) {
                    matches.append(TermMatch(term: Int32(index), start: Int32(end - term.count), end: Int32(end)))
                }
            }
        }
    }

    /// The text as terms are compared: width, case, compatibility and traditional forms folded, ignorable
    /// code points dropped.
    public static func folded(_ text: String) -> String { text }
}

/// A term that cannot be searched for.
public struct TermError: Error, Equatable, Sendable {
    public enum Reason: Equatable, Sendable {
        case emptyAfterFolding
        case tooLong(maxBytes: Int)
    }
    /// The index of the term in the collection given.
    public let term: Int
    public let reason: Reason
}

/// The regular expressions of a rule set, ready to match.
public final class CompiledPatterns: Sendable {
    /// Expressions of one rule set.
    public static let most = 256
    /// Offsets that a match needs room for: two for the whole, and two for each group.
    public static let offsets = 2 * (1 + TextPattern.mostGroups)

    private let patterns: [CompiledPattern]
    public var count: Int { patterns.count }

    /// Compiles expressions that were read; each takes up to 1 MiB.
    public init(_ patterns: [TextPattern]) throws(TextPatternError) {
        var compiled: [CompiledPattern] = []
        for pattern in patterns { compiled.append(try CompiledPattern(pattern.folded) { _ in 1 }) }
        self.patterns = compiled
    }

    /// Finds the first match at or behind `from`, leftmost-first: of several that begin there, the one that the expression
    /// names first.
    ///
    /// `groups` gets the byte offsets of its start and end, then those of each named group, -1 for a group that is not
    /// in it. Linear in the text; allocates nothing as a rule.
    ///
    /// - Precondition: `groups` has room for `offsets` numbers.
    public func match(
        _ number: Int32, in folded: UnsafeBufferPointer<UInt8>, from: Int,
        groups: UnsafeMutableBufferPointer<Int32>
    ) -> Bool {
        precondition(groups.count >= Self.offsets, "no room for the offsets of a match")
        return patterns[Int(number)].match(folded, from: from, into: groups)
    }
}

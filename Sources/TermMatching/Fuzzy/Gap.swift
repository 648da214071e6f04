import CTermScan

/// What may stand between two neighbours of a term: the one grammar of gaps.
///
///     gap      = { sign | filler }      signs as many as the term tolerates, an emoji one; fillers if it tolerates them
///     sign     = up to four code points in all, U+200D and U+FE0F not counted
///     filler   = one or two characters, or one that is said again; four in all, and one more if the last filler has two
///
/// The prefilter skips any number of signs and fillers, so whatever a gap takes it takes too.
struct Gap {
    /// Code points of signs between two neighbours at most.
    static let maxSignEntries = 4
    /// Characters of fillers between two neighbours at most, and one more if the last filler has two.
    static let maxFillers = 4

    private(set) var signs = 0
    private(set) var fillers = 0
    private var signEntries = 0

    /// Takes a token into the gap, or does not.
    ///
    /// - Parameters:
    ///   - token: Becomes the first half of a filler of which it is the second.
    ///   - isExact: Whether the symbol behind the gap stands there as it is: only then is it said again.
    @inline(__always)
    mutating func takes(
        _ token: inout FuzzyText.Token, maxSigns: Int, fillers takesFillers: Bool, behind isExact: Bool,
        in text: borrowing FuzzyText
    ) -> Bool {
        switch token.kind {
        case .sign where signs < maxSigns && signEntries + token.count <= Self.maxSignEntries:
            signs += 1
            signEntries += token.count
            return true
        case .filler where takesFillers && fillers < Self.maxFillers:
            // One of two is skipped whole: 第什么 is no 第么.
            let length = text.fillerLength(endingAt: token.entry)
            guard length > 0 else { return false }
            if length == 2 { token = text.token(endingAt: token.entry - 1) }
            fillers += length
            return true
        case .character where takesFillers && isExact && fillers < Self.maxFillers && text.isRepeated(token.entry):
            fillers += 1
            return true
        default: return false
        }
    }
}

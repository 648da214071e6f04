import ClaimRules
import TermMatching

/// Finds occurrences, each byte once: what was found in a text is kept and only what may have changed is searched again.
///
/// Its buffer is reused, so a scan allocates nothing once it has grown.
struct OccurrenceScanner: ~Copyable {
    private let index: TermIndex
    private let reach: ScanReach
    private var matches = MatchBuffer(capacity: 1_024)
    private var front: [Occurrence] = []
    /// Bytes searched so far.
    private(set) var bytesSearched = 0

    init(_ ruleSet: RuleSet) {
        index = ruleSet.index
        reach = ScanReach(ruleSet.matcherTerms)
    }

    /// Replaces `occurrences` by those of `text` from `first` on.
    ///
    /// - Returns: Whether there were no more than `limit`, and the search did not run out of its budget.
    mutating func scan(
        _ text: UnsafeBufferPointer<UInt8>, from first: Int, limit: Int, into occurrences: inout [Occurrence]
    ) -> Bool {
        occurrences.removeAll(keepingCapacity: true)
        let isWhole = find(text, first..<text.count, limit: limit)
        for match in matches.found { occurrences.append(Occurrence(match, movedBy: first)) }
        return isWhole
    }

    /// Takes in the bytes that a text gained at `border`.
    ///
    /// - Parameter occurrences: Those of the text from `first` to the border; becomes those of the text.
    /// - Returns: How many stand before those that end behind the border; nil if the search was cut short.
    mutating func extend(
        _ occurrences: inout [Occurrence], of text: UnsafeBufferPointer<UInt8>, from first: Int, at border: Int,
        limit: Int
    ) -> Int? {
        let (window, keptEnd) = reach.resume(text, from: first, at: border)
        while let last = occurrences.last, Int(last.end) > keptEnd { occurrences.removeLast() }
        let isWhole = find(text, window..<text.count, limit: limit)
        let matches = matches.found
        if !isWhole || occurrences.count + matches.count > limit { return nil }
        var old = occurrences.count
        for match in matches {
            let found = Occurrence(match, movedBy: window)
            guard Int(found.end) > keptEnd else { continue }
            occurrences.append(found)
            if Int(found.end) <= border { old = occurrences.count }
        }
        return old
    }

    /// Puts right what the text's front decided before it was cut off at `first`.
    ///
    /// - Parameter occurrences: Those of the longer text that begin at `first` or behind it.
    /// - Returns: false if the search was cut short.
    mutating func settleFront(
        _ occurrences: inout [Occurrence], of text: UnsafeBufferPointer<UInt8>, from first: Int, limit: Int
    ) -> Bool {
        let (window, keptStart) = reach.settle(text, from: first)
        guard find(text, first..<window, limit: limit) else { return false }
        occurrences.removeAll { Int($0.start) < keptStart }
        let kept = occurrences.count
        front.removeAll(keepingCapacity: true)
        for match in matches.found {
            let found = Occurrence(match, movedBy: first)
            if Int(found.start) < keptStart { front.append(found) }
        }
        if front.isEmpty { return occurrences.count <= limit }
        // Nearly all of them end before the others, so that they are in order but for a few.
        occurrences.insert(contentsOf: front, at: 0)
        if kept > 0 { occurrences.sortInPlace(0..<occurrences.count, by: Occurrence.isBefore) }
        return occurrences.count <= limit
    }

    /// Fills `matches`.
    ///
    /// - Returns: Whether that is all.
    private mutating func find(_ text: UnsafeBufferPointer<UInt8>, _ bytes: Range<Int>, limit: Int) -> Bool {
        matches.removeAll()
        matches.limit = limit
        bytesSearched += bytes.count
        index.scan(UnsafeBufferPointer(rebasing: text[bytes]), into: &matches)
        return matches.isWhole
    }

    /// What is heard in a text and not meant; for telling why.
    func rejected(_ text: UnsafeBufferPointer<UInt8>) -> [RejectedMatch] { index.rejectedMatches(in: text) }
}

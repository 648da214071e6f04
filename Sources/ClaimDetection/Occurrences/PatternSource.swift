import ChineseText
import ClaimRules

/// Where regular expressions match in a text, looked for when a rule asks and only in the sentences it names.
///
/// ```
///     text        我们是全國銷量第一的。三甲      sentences    0: 我们是全國銷量第一的。   1: 三甲
///     folded      我们是全国销量第1的。3甲        a match      全国销量第1  ->  全國銷量第一
/// ```
/// The text is folded once, when the first expression asks; matches do not overlap, do not leave their sentence, and begin
/// and end between two characters of the text (not within ㎏). Buffers are reused.
///
/// Each search costs time linear in what is left of the sentence, and there are at most `maxSearches` in one, so that an
/// expression which looks far for a short match (`a.*b|a`) costs linear time, too.
struct PatternSource: ~Copyable {
    /// Searches for one expression in one sentence; matches behind them are not found.
    static let maxSearches = 64

    let patterns: CompiledPatterns
    private var folded = FoldedBytes()
    private var isFolded = false
    private var first = 0
    /// Bytes that may still be searched in this text.
    private(set) var bytesLeft = 0
    private var offsets = [Int32](repeating: -1, count: CompiledPatterns.offsets)
    /// Of each match found in the text its groups, start and end in bytes of the text, or -1.
    private var groups: [Int32] = []
    private var matches: Int32 = 0

    init(_ patterns: CompiledPatterns) { self.patterns = patterns }

    /// Begins a text.
    ///
    /// - Parameter maxBytes: What may be searched of it, over all expressions and sentences.
    mutating func begin(maxBytes: Int) {
        isFolded = false
        bytesLeft = maxBytes
        groups.removeAll(keepingCapacity: true)
        matches = 0
    }

    /// Appends the matches of an expression in a sentence, in order: `meaning` counts them for `group`.
    ///
    /// - Parameters:
    ///   - first: Where the text begins in `text`; the same for all calls of one text.
    ///   - sentence: Bytes of `text`.
    /// - Returns: false if a bound left something out.
    mutating func find(
        _ pattern: Int32, in sentence: Range<Int>, of text: UnsafeBufferPointer<UInt8>, from first: Int,
        into found: inout [Occurrence]
    ) -> Bool {
        if !isFolded {
            isFolded = true
            folded.fold(first..<text.count, of: text)
        }
        let stretch = folded.offset(ofRaw: sentence.lowerBound)..<folded.offset(ofRaw: sentence.upperBound)
        var from = 0
        for _ in 0..<Self.maxSearches {
            guard from < stretch.count else { return true }
            bytesLeft -= stretch.count - from
            guard bytesLeft >= 0 else { return false }
            guard search(pattern, in: stretch, from: from) else { return true }
            let (start, end) = (Int(offsets[0]), Int(offsets[1]))
            from = end > start ? end : characterBehind(stretch.lowerBound + start) - stretch.lowerBound
            guard let raw = folded.raw(stretch.lowerBound + start..<stretch.lowerBound + end) else { continue }
            found.append(
                Occurrence(
                    Int32(truncatingIfNeeded: raw.lowerBound), Int32(truncatingIfNeeded: raw.upperBound),
                    meaning: matches, source: .pattern))
            keepGroups(stretch.lowerBound)
        }
        return from >= stretch.count
    }

    /// A group of a match, by its number in `TextPattern.groups`; nil if it is not in the match, empty, or ends within a
    /// character.
    func group(_ number: Int, of meaning: Int32) -> Range<Int>? {
        let place = Int(meaning) * 2 * TextPattern.mostGroups + 2 * number
        guard groups[place] >= 0 else { return nil }
        return Int(groups[place])..<Int(groups[place + 1])
    }

    /// Where the next character begins: a match of nothing spends one search a character, not one a byte.
    private func characterBehind(_ place: Int) -> Int {
        folded.withBytes { bytes in
            var next = place + 1
            while next < bytes.count, bytes[next] & 0xC0 == 0x80 { next += 1 }
            return next
        }
    }

    private mutating func search(_ pattern: Int32, in stretch: Range<Int>, from: Int) -> Bool {
        let patterns = patterns
        return folded.withBytes { bytes in
            offsets.withUnsafeMutableBufferPointer {
                patterns.match(pattern, in: UnsafeBufferPointer(rebasing: bytes[stretch]), from: from, groups: $0)
            }
        }
    }

    private mutating func keepGroups(_ base: Int) {
        matches += 1
        for place in stride(from: 2, to: CompiledPatterns.offsets, by: 2) {
            var raw: Range<Int>?
            if offsets[place] >= 0 { raw = folded.raw(base + Int(offsets[place])..<base + Int(offsets[place + 1])) }
            groups.append(raw.map { Int32(truncatingIfNeeded: $0.lowerBound) } ?? -1)
            groups.append(raw.map { Int32(truncatingIfNeeded: $0.upperBound) } ?? -1)
        }
    }
}

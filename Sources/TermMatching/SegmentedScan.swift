import ChineseText

/// A search through a text that comes in segments, cut anywhere: the same matches as in the whole text.
///
///     segments     …能根 e6 b2 | bb 糖…                     terms 根治, 治糖
///     after 1      carried: 根 at -5     pending: e6 b2       (positions count from the next segment)
///     segment 2    根治 -5..<1, 治糖 -2..<4
///
/// A cut may lie inside a code point, inside bytes that are not well-formed, or between ignorable code points. A match
/// is reported with the segment that holds its last byte. What is pending at the end of a text is no code point and so in
/// no match: a text needs no closing call.
///
/// Fuzzy terms, and words around a match, are looked for in each segment by itself.
///
/// **Size.** A value to copy or keep for each of many texts: 8 bytes for each symbol of the longest term but one, and 3
/// bytes of a code point not yet complete. `byteCount` is all that grows.
///
/// **Cost.** That of `TermIndex.scan`, and of taking as many symbols from one segment to the next. Nothing is allocated
/// once the buffer has grown to the largest segment, unless the value was copied, which takes one allocation.
public struct SegmentedScan: Sendable {
    /// A symbol of an earlier segment.
    struct Symbol: Sendable {
        var number: UInt32
        /// Where its code point starts, counted from the next segment: negative, or `DecodedText.noStart`.
        var start: Int32
    }

    /// The terms searched for.
    public let index: TermIndex
    /// Bytes of all segments so far: where the next one begins in the whole text.
    public private(set) var byteCount = 0
    /// The last symbols before the next segment, as many as a term may have there.
    private var carried: [Symbol] = []
    /// The beginning of a code point that ended with the segment, and its number of bytes, at most 3.
    private var pending: (bytes: InlineArray<4, UInt8>, count: Int) = (.init(repeating: 0), 0)
    private var automaton = Automaton.Position()

    /// Begins a text.
    public init(_ index: TermIndex) {
        self.index = index
        carried.reserveCapacity(mostCarried)
    }

    /// Forgets what came so far, to begin another text.
    public mutating func restart() {
        byteCount = 0
        carried.removeAll(keepingCapacity: true)
        pending.count = 0
        automaton = Automaton.Position()
    }

    private var mostCarried: Int { max(index.tables.longest - 1, 0) }

    /// Finds every occurrence that ends in the next segment.
    ///
    /// Matches are appended in the order of `TermIndex.scan`. Their positions count from the beginning of this segment:
    /// `start` is negative if the match began in an earlier one, and `byteCount`, as it was before this call, added to
    /// both gives the place in the whole text. A match of more than 2 GiB is not found.
    ///
    /// If `matches.limit` cuts the matches short, those of this segment's rest are lost and the next segment is searched
    /// as ever.
    /// - Precondition: The segment has less than 2 GiB.
    public mutating func scan(_ segment: UnsafeBufferPointer<UInt8>, into matches: inout MatchBuffer) {
        precondition(segment.count < Int32.max, "a segment of \(segment.count) bytes: cut it below 2 GiB")
        byteCount += segment.count
        guard index.count > 0 else { return }
        let taken = completePending(segment, &matches)
        let rest = UnsafeBufferPointer(rebasing: segment[taken...])
        let whole = rest.count - Self.cutOff(at: rest)
        if whole > 0 { scanWhole(UnsafeBufferPointer(rebasing: rest[..<whole]), at: taken, &matches) }
        for byte in rest[whole...] { appendPending(byte) }
    }

    private mutating func appendPending(_ byte: UInt8) {
        pending.bytes[pending.count] = byte
        pending.count += 1
    }

    /// Adds bytes to those pending until they are a code point, or none.
    ///
    /// - Returns: How many bytes of the segment it took.
    private mutating func completePending(
        _ segment: UnsafeBufferPointer<UInt8>, _ matches: inout MatchBuffer
    ) -> Int {
        let before = pending.count
        guard before > 0 else { return 0 }
        for byte in segment.prefix(4 - before) { appendPending(byte) }
        let (bytes, count) = pending
        return bytes.span.withUnsafeBufferPointer { bytes in
            let decoded = decodeScalar(bytes.baseAddress!, at: 0, count: count)
            // Still the beginning of one: the segment was short.
            if Self.cutOff(at: UnsafeBufferPointer(rebasing: bytes[..<count])) == count { return count - before }
            pending.count = 0
            scanWhole(UnsafeBufferPointer(rebasing: bytes[..<decoded.length]), at: -before, &matches)
            return decoded.length - before
        }
    }

    /// How many bytes at the end of `text` are the beginning of a code point whose other bytes may follow.
    private static func cutOff(at text: UnsafeBufferPointer<UInt8>) -> Int {
        for length in 1...3 where length <= text.count {
            let lead = text[text.count - length]
            if lead & 0xC0 == 0x80 { continue }
            guard lead >= 0xC2, lead <= 0xF4 else { return 0 }
            let decoded = decodeScalar(text.baseAddress!, at: text.count - length, count: text.count)
            return decoded.codePoint == DecodedScalar.invalid && decoded.length == length ? length : 0
        }
        return 0
    }

    /// Searches a text that ends with a code point, or with bytes that begin none.
    ///
    /// - Parameter place: Where it begins in the segment.
    private mutating func scanWhole(
        _ text: UnsafeBufferPointer<UInt8>, at place: Int, _ matches: inout MatchBuffer
    ) {
        let first = matches.count
        matches.line.carry(carried)
        automaton.trust = .unknown
        index.scan(text, &automaton, into: &matches)
        if place != 0 { matches.store.shift(from: first, by: Int32(place)) }
        followAutomaton(text, matches.line)
        takeSymbols(of: text, &matches.line)
        matches.line.dropCarried()
        // The automaton goes on where it stands, or begins anew with the symbols that are left.
        if automaton.next < -carried.count {
            automaton.state = 0
            automaton.next = -carried.count
        }
    }

    /// Counts the automaton's place from the next segment.
    private mutating func followAutomaton(_ text: UnsafeBufferPointer<UInt8>, _ line: borrowing DecodedText) {
        // A kernel's entries are the symbols if the text is well-formed.
        if automaton.state == 0 || line.isPacked && !index.isTrusted(text, &automaton, line) {
            automaton.state = 0
            automaton.next = .min / 2
        } else {
            automaton.next -= line.count
        }
    }

    /// Keeps the last symbols for the next segment.
    private mutating func takeSymbols(of text: UnsafeBufferPointer<UInt8>, _ line: inout DecodedText) {
        let most = mostCarried
        if most == 0 { return }
        if line.isPacked {
            // The general reader says what is between entries, if anything.
            let tail = line.count <= most ? 0 : Int(line.start(of: line.count - most))
            line.count = 0
            line.isPacked = false
            index.tables.map.read(UnsafeBufferPointer(rebasing: text[tail...]), from: tail, into: &line)
        }
        carried.removeAll(keepingCapacity: true)
        let length = Int32(text.count)
        for place in max(line.count - most, -line.carried)..<line.count {
            var start = line.starts[place]
            if start != DecodedText.noStart {
                let (moved, overflow) = start.subtractingReportingOverflow(length)
                // Too far away for a match to begin there, or before it.
                if overflow || moved == DecodedText.noStart {
                    carried.removeAll(keepingCapacity: true)
                    continue
                }
                start = moved
            }
            carried.append(Symbol(number: line.entries[place] & ~DecodedText.isSymbol, start: start))
        }
    }
}

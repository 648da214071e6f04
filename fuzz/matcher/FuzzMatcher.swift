import CSanitizers
import ChineseText
import TermMatching
import TestSupport

//     byte    0      1       2..<6     6      7       8…
//             terms  kernel  4 cuts    limit  own     text
//
// The first 8 bytes choose, the rest is the text. They are poisoned while the text is read, and libFuzzer lends inputs in
// memory of exactly their size, so a read beyond either end of the text is seen.
private let headerCount = 8

/// What libFuzzer calls: holds all that `Harness.check` says for one input.
@_cdecl("LLVMFuzzerTestOneInput") public func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count >= headerCount else { return -1 }
    harness.pointee.check(UnsafeBufferPointer(start: start, count: count))
    return 0
}

/// What libFuzzer calls for a new input: its own changes, or letters and parts of terms put into the text.
///
/// Bytes that make one of a set's characters, let alone its terms, are seldom met by chance.
@_cdecl("LLVMFuzzerCustomMutator") public func mutate(
    _ start: UnsafeMutablePointer<UInt8>, _ count: Int, _ capacity: Int, _ seed: CUnsignedInt
) -> Int {
    var random = SplitMix64(seed: UInt64(seed))
    let choice = random.next()
    guard choice & 3 > 0, count >= headerCount else { return LLVMFuzzerMutate(start, count, capacity) }
    return harness.pointee.insert(
        Int(choice >> 2 & 3) + 1, into: UnsafeMutableBufferPointer(start: start, count: capacity), count, &random)
}

/// One for the process, and behind a pointer, so that nothing is checked or counted to reach it.
nonisolated(unsafe) private let harness = {
    let harness = UnsafeMutablePointer<Harness>.allocate(capacity: 1)
    harness.initialize(to: Harness())
    return harness
}()

/// A `precondition` whose message is printed in an optimised build too.
@inline(__always) private func require(_ holds: Bool, _ message: @autoclosure () -> String) {
    guard holds else { fatalError(message()) }
}

/// Terms behind every kernel, with what the naive matcher needs. The second half are filtered as a large set.
private final class Terms {
    let indexes: [TermIndex]
    let folded: [[UInt32]]
    let isFuzzy: Bool

    /// Nil if the index refuses the terms.
    init?(_ terms: [Term]) {
        guard !terms.isEmpty, let index = try? TermIndex(terms) else { return nil }
        guard let large = try? TermIndex(terms, kernel: .best, isLarge: true) else { return nil }
        indexes = [index, large].flatMap { index in ScanKernel.available.map { TermIndex(index, kernel: $0) } }
        folded = NaiveMatcher.folded(terms.map(\.text))
        isFuzzy = terms.contains { $0.tolerance != Tolerance() }
    }
}

private struct Harness: ~Copyable {
    /// Building an index takes a thousand times as long as a scan, so nearly all inputs share one of these.
    private let shared: [Terms] = (0..<sharedCount).map { Terms(isFuzzy ? fuzzyTerms($0) : terms($0))! }
    /// What is put into texts for each of `shared`: its letters, parts of its terms, bytes that are no text.
    private let pieces: [[[UInt8]]] = (0..<sharedCount).map { pieces($0) }
    private var naive = NaiveMatcher()
    private var expected: [TermMatch] = []
    private var buffer = MatchBuffer(capacity: 16)
    private var other = MatchBuffer(capacity: 16)

    init() { expected.reserveCapacity(1 << 12) }

    /// Every kernel finds what the naive matcher finds, in the whole text and in segments, up to a limit too.
    ///
    /// What costs much is done for a share of the inputs that their bytes choose. The choice is a hash, so that libFuzzer,
    /// which repeats what finds new code, cannot make it the rule; and the same input does the same again.
    mutating func check(_ input: UnsafeBufferPointer<UInt8>) {
        let header = UnsafeBufferPointer(rebasing: input[..<headerCount])
        let text = UnsafeBufferPointer(rebasing: input[headerCount...])
        let hash = Self.hash(input)
        let choices = Choices(
            kernel: Int(header[1]) % (2 * ScanKernel.available.count), limit: 1 + Int(header[6]) % 8,
            cuts: (0..<4).reduce(into: SIMD4<Int>()) { $0[$1] = Int(header[2 + $1]) % (text.count + 1) },
            copiesSegments: hash & 7 == 0)
        // Its own terms, and room that no earlier text has made.
        if hash >> 8 & ownTermsMask == 0 {
            buffer = MatchBuffer(capacity: 16)
            other = MatchBuffer(capacity: 16)
            if let own = Terms(Self.ownTerms(header, text)) { check(own, text, header, choices) }
        }
        check(shared[Int(header[0]) % Self.sharedCount], text, header, choices)
    }

    /// Puts some pieces into the text, in place of what is there or between it.
    ///
    /// - Returns: The new count.
    mutating func insert(
        _ number: Int, into input: UnsafeMutableBufferPointer<UInt8>, _ count: Int, _ random: inout SplitMix64
    ) -> Int {
        let pieces = self.pieces[Int(input[0]) % Self.sharedCount]
        var count = count
        for _ in 0..<number {
            let word = random.next()
            let piece = pieces[Int(truncatingIfNeeded: word & 0xFFFF) % pieces.count]
            let place = headerCount + Int(truncatingIfNeeded: word >> 16 & 0xFFFF) % (count - headerCount + 1)
            let room = min(piece.count, input.count - place)
            if word >> 62 > 0 {
                // What does not fit falls off the end.
                let moved = min(count - place, input.count - place - room)
                if moved > 0 {
                    (input.baseAddress! + place + room).update(from: input.baseAddress! + place, count: moved)
                }
                count = min(count + room, input.count)
            } else {
                count = max(count, place + room)
            }
            for offset in 0..<room { input[place + offset] = piece[offset] }
        }
        return count
    }

    private struct Choices {
        var kernel: Int
        var limit: Int
        var cuts: SIMD4<Int>
        /// Whether segments are read in memory of exactly their size.
        var copiesSegments: Bool
    }

    private mutating func check(
        _ terms: Terms, _ text: UnsafeBufferPointer<UInt8>, _ header: UnsafeBufferPointer<UInt8>,
        _ choices: Choices
    ) {
        naive.look(for: terms.folded)
        expected.removeAll(keepingCapacity: true)
        naive.scan(text, into: &expected)
        __asan_poison_memory_region(header.baseAddress, headerCount)
        defer { __asan_unpoison_memory_region(header.baseAddress, headerCount) }
        buffer.removeAll()
        terms.indexes[0].scan(text, into: &buffer)
        Self.compare(buffer, with: expected, in: text)
        // The packed kernels leave a stray byte out where the general reader has a gap that is no sign, which matters to
        // fuzzy matching alone. Decoded records are well-formed.
        let areReadAlike = !terms.isFuzzy || String(validating: text, as: UTF8.self) != nil
        for kernel in 1..<terms.indexes.count {
            other.removeAll()
            terms.indexes[kernel].scan(text, into: &other)
            if areReadAlike {
                Self.compareAll(other, with: buffer, in: text)
            } else {
                Self.compare(other, with: expected, in: text)
            }
        }
        checkSegments(terms.indexes[choices.kernel], text, choices)
        // A limit cuts the plain matches; fuzzy ones join those that are left.
        if !terms.isFuzzy { checkLimit(terms.indexes[choices.kernel], text, choices.limit) }
    }

    /// Two kernels find the same.
    private static func compareAll(
        _ found: borrowing MatchBuffer, with first: borrowing MatchBuffer, in text: UnsafeBufferPointer<UInt8>
    ) {
        let count = min(found.count, first.count)
        for place in 0..<count {
            require(found[place] == first[place], "\(found[place]), not \(first[place]) in \(Array(text))")
        }
        require(found.count == first.count, "\(found.count) matches, not \(first.count) in \(Array(text))")
    }

    /// The plain matches are those expected, in their order; the fuzzy ones stand between them, inside the text.
    private static func compare(
        _ found: borrowing MatchBuffer, with expected: [TermMatch], in text: UnsafeBufferPointer<UInt8>
    ) {
        var next = 0
        for place in 0..<found.count {
            let match = found[place]
            require(match.start >= 0 && match.start < match.end && match.end <= text.count, "outside \(Array(text))")
            if place > 0 { require(!match.isBefore(found[place - 1]), "out of order in \(Array(text))") }
            guard match.path == .plain else { continue }
            require(next < expected.count && match.isSamePlace(as: expected[next]), "not in \(Array(text)): \(match)")
            next += 1
        }
        require(next == expected.count, "not found in \(Array(text)): \(expected[next])")
    }

    /// What segments find ends, put together, as what the whole text has.
    private mutating func checkSegments(
        _ index: TermIndex, _ text: UnsafeBufferPointer<UInt8>, _ choices: Choices
    ) {
        var scan = SegmentedScan(index)
        var (start, next) = (0, 0)
        for part in 0...4 {
            let end = part == 4 ? text.count : max(start, choices.cuts[part])
            other.removeAll()
            let segment = UnsafeBufferPointer(rebasing: text[start..<end])
            if choices.copiesSegments {
                let exact = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: segment.count)
                _ = exact.initialize(from: segment)
                scan.scan(UnsafeBufferPointer(exact), into: &other)
                exact.deallocate()
            } else {
                scan.scan(segment, into: &other)
            }
            for place in 0..<other.count where other[place].path == .plain {
                var match = other[place]
                match.start += Int32(start)
                match.end += Int32(start)
                require(
                    next < expected.count && match.isSamePlace(as: expected[next]),
                    "cut at \(choices.cuts), not in \(Array(text)): \(match)")
                next += 1
            }
            start = end
        }
        require(next == expected.count, "cut at \(choices.cuts), not found in \(Array(text)): \(expected[next])")
    }

    /// A buffer with a limit gets the first matches, and says if there were more.
    private mutating func checkLimit(_ index: TermIndex, _ text: UnsafeBufferPointer<UInt8>, _ limit: Int) {
        other.removeAll()
        other.limit = limit
        index.scan(text, into: &other)
        require(other.count == min(limit, buffer.count) && other.isCutShort == (buffer.count > limit), "limit \(limit)")
        for place in 0..<other.count { require(other[place] == buffer[place], "limit \(limit) in \(Array(text))") }
        other.limit = MatchBuffer.defaultLimit
    }
}

extension TermMatch {
    fileprivate func isSamePlace(as other: TermMatch) -> Bool {
        (term, start, end) == (other.term, other.start, other.end)
    }
}

#if FUZZY
    /// Words around fuzzy matches take most of the time, so they are looked for apart.
    private let isFuzzy = true
#else
    private let isFuzzy = false
#endif

#if OWN_TERMS
    /// Every input brings terms, so that libFuzzer is guided by what building an index does.
    private let ownTermsMask: UInt64 = 0
#else
    private let ownTermsMask: UInt64 = 4095
#endif

extension Harness {
    fileprivate static let sharedCount = 64

    /// Alphabets made to collide, four times each; then what they seldom have.
    fileprivate static func terms(_ number: Int) -> [Term] {
        let alphabets = CaseMaker.alphabets.count
        var maker = CaseMaker(alphabet: number % alphabets, seed: UInt64(number))
        switch number / alphabets {
        case 0..<4: return maker.terms().map { Term($0) }
        default:
            // Many terms with the same ends, so that the table branches; one as long as is allowed, and one just too long
            // for the table.
            var terms: [Term] = []
            for _ in 0..<8 { terms += maker.terms().map { Term($0) } }
            let unit = terms[0].text
            let times = TermIndex.maxTermBytes / unit.utf8.count
            let letter = String(Character(FoldedText(unit).symbols[0].scalar!))
            return terms + [Term(String(repeating: unit, count: times)), Term(String(repeating: letter, count: 17))]
        }
    }

    fileprivate static func pieces(_ number: Int) -> [[UInt8]] {
        let letters = CaseMaker.alphabets[number % CaseMaker.alphabets.count].letters.map { Array($0.utf8) }
        var pieces = letters + CaseMaker.invalid
        // As many parts of terms as letters: the whole, beginnings and ends, cut between bytes.
        let terms = terms(number).map { Array($0.text.utf8.prefix(200)) }
        for part in 0..<letters.count {
            let term = terms[part % terms.count]
            let half = term.count / 2
            pieces.append(Array(part % 3 == 0 ? term[...] : part % 3 == 1 ? term[half...] : term[..<(half + 1)]))
        }
        return pieces
    }

    fileprivate static func fuzzyTerms(_ number: Int) -> [Term] {
        var maker = CaseMaker(alphabet: number % CaseMaker.alphabets.count, seed: UInt64(number))
        var random = SplitMix64(seed: UInt64(number))
        return maker.terms().map { text in
            let bits = random.next()
            let tolerance = Tolerance(
                gaps: Int(bits & 3), fillers: bits & 4 > 0, sounds: bits & 8 > 0, marksEmbedded: bits & 16 > 0)
            return Term(text, tolerance: bits & 96 == 0 ? Tolerance() : tolerance)
        }
    }

    /// One to four terms from the text itself, cut as the header says: so they occur in it, and may be no text at all.
    fileprivate static func ownTerms(_ header: UnsafeBufferPointer<UInt8>, _ text: UnsafeBufferPointer<UInt8>) -> [Term]
    {
        let own = header[7]
        return (0..<1 + Int(own & 3)).map { number in
            let start = Int(header[2 + number]) % (text.count + 1)
            let count = min(text.count - start, 1 + Int(header[6]) % 40)
            let tolerance = Tolerance(
                gaps: Int(own >> 2 & 3), fillers: own & 16 > 0, sounds: own & 32 > 0, split: own & 64 > 0,
                marksEmbedded: own & 128 > 0)
            return Term(
                String(decoding: text[start..<start + count], as: UTF8.self),
                tolerance: number == 0 && header[1] & 64 > 0 ? tolerance : Tolerance())
        }
    }

    /// Eight bytes a step, multiplied and rotated.
    fileprivate static func hash(_ input: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash = UInt64(input.count)
        var place = 0
        while place + 8 <= input.count {
            let word = UnsafeRawPointer(input.baseAddress! + place).loadUnaligned(as: UInt64.self)
            hash = (hash << 29 | hash >> 35 ^ word) &* 0x9E37_79B9_7F4A_7C15
            place += 8
        }
        // The last bytes again, with some before them.
        let last = UnsafeRawPointer(input.baseAddress! + input.count - 8).loadUnaligned(as: UInt64.self)
        hash = (hash ^ hash >> 32 ^ last) &* 0xBF58_476D_1CE4_E5B9
        return hash ^ hash >> 31
    }
}

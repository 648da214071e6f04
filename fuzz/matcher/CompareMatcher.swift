import CHyperscan
import ChineseText
import Glibc
import TermMatching

/// Holds the complete set of matches of many seeded cases against the naive matcher and Hyperscan, and writes the folded
/// texts and what was found in them to standard output for `peers.py`.
@main struct CompareMatcher {
    static let textsForOneSetOfTerms = 2000

    static func main() throws {
        let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        let count = numbers.first ?? 1_000_000
        let firstSeed = numbers.dropFirst().first ?? 1
        var naive = NaiveMatcher()
        var buffer = MatchBuffer(limit: .max)
        var (cases, segmented, matches, foldedBytes, foldedMatches) = (0, 0, 0, 0, 0)
        var began = timespec()
        clock_gettime(CLOCK_MONOTONIC, &began)
        var seed = firstSeed
        while cases < count {
            var maker = CaseMaker(alphabet: seed % CaseMaker.alphabets.count, seed: UInt64(seed))
            let terms = maker.terms()
            let index = try TermIndex(terms)
            // Filtered as a small set and as a large one.
            let large = try TermIndex(terms, kernel: .best, isLarge: true)
            let kernels = [index, large].flatMap { index in
                ScanKernel.available.map { ($0, TermIndex(index, kernel: $0)) }
            }
            naive.look(for: terms)
            var blob: [UInt8] = []
            for number in 0..<textsForOneSetOfTerms {
                let text = maker.text(terms)
                let expected = naive.scan(text)
                for (kernel, index) in kernels {
                    buffer.removeAll()
                    text.withUnsafeBufferPointer { index.scan($0, into: &buffer) }
                    guard isEqual(buffer, expected) else { stop(seed, "\(kernel), \(terms) in \(text)") }
                }
                let cuts = maker.cuts(text.count)
                let (kernel, index) = kernels[number % kernels.count]
                guard SegmentedScan.matches(in: text, cutAt: cuts, index, &buffer) == expected else {
                    stop(seed, "\(kernel), \(terms) in \(text) cut at \(cuts)")
                }
                blob += text.withUnsafeBufferPointer { FoldedText(utf8: $0).text.utf8 }
                blob.append(0x0A)
                segmented += 1
                matches += expected.count
            }
            // No term has a line feed, so all texts are searched at once and none touches the next.
            buffer.removeAll()
            blob.withUnsafeBufferPointer { index.scan($0, into: &buffer) }
            let found = (0..<buffer.count).map { buffer[$0] }
            let folded = terms.map { Array(FoldedText($0).text.utf8) }
            if let difference = Hyperscan.difference(found, folded, blob) { stop(seed, "\(terms): \(difference)") }
            write(folded, blob, found)
            cases += textsForOneSetOfTerms
            foldedBytes += blob.count
            foldedMatches += found.count
            seed += 1
        }
        var ended = timespec()
        clock_gettime(CLOCK_MONOTONIC, &ended)
        say(
            """
            \(cases) cases (seeds \(firstSeed) to \(seed - 1)) in \(ended.tv_sec - began.tv_sec) s: \
            \(ScanKernel.available.count) kernels and \(segmented) texts in segments equal the naive matcher, \
            \(matches) matches;
            folded, \(foldedBytes) bytes: equal Hyperscan, \(foldedMatches) matches; Hyperscan itself failed on \
            \(Hyperscan.failures) of \(seed - firstSeed) sets of terms
            """)
    }

    private static func isEqual(_ buffer: borrowing MatchBuffer, _ expected: [TermMatch]) -> Bool {
        guard buffer.count == expected.count else { return false }
        for number in 0..<expected.count where buffer[number] != expected[number] { return false }
        return true
    }

    /// One set of terms for `peers.py`: counts and lengths are 32 bits.
    private static func write(_ terms: [[UInt8]], _ blob: [UInt8], _ matches: [TermMatch]) {
        var frame: [UInt8] = []
        func add(_ number: Int) { withUnsafeBytes(of: UInt32(number)) { frame += $0 } }
        add(terms.count)
        for term in terms + [blob] {
            add(term.count)
            frame += term
        }
        add(matches.count)
        for match in matches {
            for number in [match.term, match.start, match.end] { add(Int(number)) }
        }
        write(frame, to: STDOUT_FILENO)
    }

    private static func write(_ bytes: [UInt8], to file: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if written <= 0 { exit(74) }
            rest = rest.dropFirst(written)
        }
    }

    static func say(_ line: String) { write(Array((line + "\n").utf8), to: STDERR_FILENO) }

    static func stop(_ seed: Int, _ what: String) -> Never {
        say("seed \(seed) differs: \(what)")
        exit(1)
    }
}

/// Hyperscan's literal API: which term ends where.
enum Hyperscan {
    /// Sets of terms that Hyperscan failed on: only the other engines compare them.
    nonisolated(unsafe) static var failures = 0

    private final class Ends { var found: [(term: Int32, end: Int32)] = [] }

    /// What Hyperscan and `matches` disagree on, if anything.
    static func difference(_ matches: [TermMatch], _ terms: [[UInt8]], _ text: [UInt8]) -> String? {
        guard let ends = ends(terms, text) else {
            failures += 1
            return nil
        }
        var expected = ends.map { end in
            TermMatch(term: end.term, start: end.end - Int32(terms[Int(end.term)].count), end: end.end)
        }
        expected.sort { ($0.end, $0.start, $0.term) < ($1.end, $1.start, $1.term) }
        if matches == expected { return nil }
        let odd = Set(matches).symmetricDifference(expected)
        return "\(matches.count) matches, Hyperscan has \(expected.count); \(odd.prefix(3))"
    }

    /// nil if Hyperscan fails with its "unexpected internal error", as 5.4.0 does on some sets of terms.
    private static func ends(_ terms: [[UInt8]], _ text: [UInt8]) -> [(term: Int32, end: Int32)]? {
        // Expressions end with a zero although their lengths are given.
        let copies = terms.map { term -> UnsafePointer<CChar>? in
            let copy = UnsafeMutablePointer<CChar>.allocate(capacity: term.count + 1)
            for (place, byte) in term.enumerated() { copy[place] = CChar(bitPattern: byte) }
            copy[term.count] = 0
            return UnsafePointer(copy)
        }
        defer { for copy in copies { copy?.deallocate() } }
        let flags = [UInt32](repeating: 0, count: terms.count)
        let numbers = terms.indices.map(UInt32.init)
        var database: OpaquePointer?
        var problem: UnsafeMutablePointer<hs_compile_error_t>?
        guard
            hs_compile_lit_multi(
                copies, flags, numbers, terms.map(\.count), UInt32(terms.count), UInt32(HS_MODE_BLOCK), nil, &database,
                &problem) == HS_SUCCESS
        else { fatalError("Hyperscan refused the terms: \(String(cString: problem!.pointee.message))") }
        var scratch: OpaquePointer?
        precondition(hs_alloc_scratch(database, &scratch) == HS_SUCCESS, "no memory for Hyperscan")
        let ends = Ends()
        let status = text.withUnsafeBufferPointer { text in
            hs_scan(
                database, UnsafeRawPointer(text.baseAddress!).assumingMemoryBound(to: CChar.self), UInt32(text.count),
                0, scratch,
                { term, _, end, _, ends in
                    Unmanaged<Ends>.fromOpaque(ends!).takeUnretainedValue().found.append((Int32(term), Int32(end)))
                    return 0
                }, Unmanaged.passUnretained(ends).toOpaque())
        }
        hs_free_scratch(scratch)
        hs_free_database(database)
        if status == HS_UNKNOWN_ERROR { return nil }
        guard status == HS_SUCCESS else { fatalError("hs_scan failed with status \(status)") }
        return ends.found
    }
}

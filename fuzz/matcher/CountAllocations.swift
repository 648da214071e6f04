import CAllocations
import Glibc
import PatternMatching

/// Shows that a warm scan allocates nothing: every call of malloc and its kin is counted.
@main struct CountAllocations {
    static func main() throws {
        let before = allocation_count()
        let probe = UnsafeMutablePointer<UInt8>.allocate(capacity: 100)
        probe.deallocate()
        guard allocation_count() > before else { stop("the counter counts nothing: is this glibc?") }

        var scans = 0
        for alphabet in 0..<CaseMaker.alphabets.count {
            for round in 0..<20 {
                var cases = CaseMaker(alphabet: alphabet, seed: UInt64(round))
                let terms = cases.terms()
                let texts = (0..<100).map { _ in cases.text(terms) }
                let cuts = texts.map { cases.cuts($0.count) }
                let index = try TermIndex(terms)
                for kernel in ScanKernel.available {
                    let index = TermIndex(index, kernel: kernel)
                    var buffer = MatchBuffer()
                    var segments = SegmentedScan(index)
                    pass(texts, cuts, index, &segments, &buffer)
                    let warm = allocation_count()
                    pass(texts, cuts, index, &segments, &buffer)
                    let counted = allocation_count() - warm
                    if counted > 0 { stop("\(counted) allocations: \(kernel), \(terms)") }
                    scans += 2 * texts.count
                }
            }
        }
        print("\(scans) warm scans of texts, whole and in segments: no allocation")
    }

    /// Scans each text as a whole and in segments.
    private static func pass(
        _ texts: [[UInt8]], _ cuts: [[Int]], _ index: TermIndex, _ segments: inout SegmentedScan,
        _ buffer: inout MatchBuffer
    ) {
        for number in texts.indices {
            texts[number].withUnsafeBufferPointer { text in
                buffer.removeAll()
                index.scan(text, into: &buffer)
                buffer.removeAll()
                segments.restart()
                var start = 0
                for place in 0...cuts[number].count {
                    let end = place < cuts[number].count ? cuts[number][place] : text.count
                    segments.scan(UnsafeBufferPointer(rebasing: text[start..<end]), into: &buffer)
                    start = end
                }
            }
        }
    }

    private static func stop(_ what: String) -> Never {
        print("run-matcher allocations: \(what)")
        exit(1)
    }
}

import CAllocations
import Glibc
import TermMatching

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
                scans += try count(try TermIndex(terms), texts, cuts, "\(terms)")
                // An index with fuzzy terms takes longer to build.
                if round == 0 { scans += try count(fuzzy(terms), texts, cuts, "\(terms), all tolerated") }
            }
        }
        let disguises = [
            "能止嗯疗高雪压", "zhi疗唐尿病", "免某力、免那个疫利", "糖✨尿 - 病", "z疗 zl GXY", "最小好玩的事，最好", "治㎏疗½",
        ].map { Array($0.utf8) }
        let index = try fuzzy(["治疗", "高血压", "糖尿病", "免疫力", "最好"])
        scans += try count(index, disguises, disguises.map { _ in [] }, "disguises")
        print("\(scans) warm scans of texts, whole and in segments: no allocation")
    }

    private static func fuzzy(_ terms: [String]) throws -> TermIndex {
        let tolerance = Tolerance(gaps: 2, fillers: true, sounds: true, marksEmbedded: true, leastScore: 1)
        return try TermIndex(terms.map { Term($0, tolerance: tolerance) }, confusions: .all)
    }

    /// - Returns: How many scans were counted.
    private static func count(
        _ index: TermIndex, _ texts: [[UInt8]], _ cuts: [[Int]], _ what: String
    ) throws -> Int {
        for kernel in ScanKernel.available {
            let index = TermIndex(index, kernel: kernel)
            var buffer = MatchBuffer()
            var segments = SegmentedScan(index)
            pass(texts, cuts, index, &segments, &buffer)
            let warm = allocation_count()
            pass(texts, cuts, index, &segments, &buffer)
            let counted = allocation_count() - warm
            if counted > 0 { stop("\(counted) allocations: \(kernel), \(what)") }
        }
        return 2 * texts.count * ScanKernel.available.count
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
        print("matcher allocations: \(what)")
        exit(1)
    }
}

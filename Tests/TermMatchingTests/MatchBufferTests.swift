import TermMatching
import Testing

@Suite struct MatchBufferTests {
    @Test func `a scan stops at the limit, with the first matches in order`() throws {
        let terms = ["aaa", "a", "aa"]
        let text = [UInt8](repeating: 0x61, count: 40)
        let all = NaiveMatcher.scan(text, terms)
        for (_, index) in try EveryKernel(terms).indexes {
            for limit in 1...all.count + 1 {
                var buffer = MatchBuffer(limit: limit)
                #expect(index.matches(in: text, with: &buffer) == Array(all.prefix(limit)))
                #expect(buffer.isCutShort == (limit < all.count))
            }
        }
    }

    @Test func `matches kept from earlier texts count, until they are removed`() throws {
        let index = try TermIndex(["a"])
        var buffer = MatchBuffer(limit: 3)
        let text = [UInt8](repeating: 0x61, count: 2)
        text.withUnsafeBufferPointer { index.scan($0, into: &buffer) }
        #expect(buffer.isCutShort == false)
        text.withUnsafeBufferPointer { index.scan($0, into: &buffer) }
        #expect(buffer.count == 3)
        #expect(buffer.isCutShort == true)
        buffer.removeAll()
        #expect(buffer.isCutShort == false)
        text.withUnsafeBufferPointer { index.scan($0, into: &buffer) }
        #expect(buffer.count == 2)
    }

    @Test func `an adversarial text of nested terms takes no more room than the limit`() throws {
        let terms = (1...300).map { String(repeating: "a", count: $0) }
        var buffer = MatchBuffer(limit: 1000)
        let found = try TermIndex(terms).matches(in: [UInt8](repeating: 0x61, count: 60_000), with: &buffer)
        #expect(found.count == 1000)
        #expect(buffer.isCutShort == true)
        #expect(buffer.capacity <= 4096)
    }

    @Test func `a segment cut short does not disturb the next`() throws {
        var scan = SegmentedScan(try TermIndex(["ab", "a"]))
        var buffer = MatchBuffer(limit: 1)
        for (segment, cutShort) in [("aaa", true), ("b", false)] {
            buffer.removeAll()
            Array(segment.utf8).withUnsafeBufferPointer { scan.scan($0, into: &buffer) }
            #expect(buffer.isCutShort == cutShort)
        }
        #expect(buffer[0] == TermMatch(term: 0, start: -1, end: 1))
    }
}

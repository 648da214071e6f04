import TermMatching
import Testing

@Suite struct SegmentedScanTests {
    struct Row: CustomTestStringConvertible {
        var terms: [String]
        var text: [UInt8]
        var testDescription: String { "\(terms) in \(text)" }

        init(_ terms: [String], _ text: String) { self.init(terms, Array(text.utf8)) }
        init(_ terms: [String], _ text: [UInt8]) { (self.terms, self.text) = (terms, text) }
    }

    static let rows: [Row] = [
        Row(["根治", "治糖", "治"], "能根治糖尿病"),
        Row(["a"], "aXaa"),
        Row(["he", "she", "his", "hers"], "ushers she"),
        Row(["5kg", "kg减", "k", "g", "kg"], "5㎏减㎏"),
        Row(["治愈", "愈"], "治\u{200B}\u{AD}\u{FE0F}愈\u{200B}治愈"),
        Row(["😀好", "好😀", "😀"], "好😀\u{200D}好😀"),
        Row(["𠮷野家", "野"], "吉𠮷野家"),
        Row(
            ["ab", "a", "\u{FFFD}"],
            [0x61, 0x80, 0x62, 0x61, 0xE5, 0x9B, 0x62, 0x61, 0xF0, 0x9F, 0x98, 0x62, 0x61, 0x62, 0xE5]),
        Row(["ab"], [0x61, 0xC0, 0x62, 0x61, 0xED, 0xA0, 0x80, 0x62, 0x61, 0xF4, 0x90, 0x80, 0x80, 0x62, 0x61, 0x62]),
        Row(["治愈"], Array("治".utf8) + [0xE6] + Array("愈治".utf8) + [0x80] + Array("愈治愈".utf8) + [0xE6, 0x84]),
        Row(["\u{FDFA}", "صلى"], "\u{FDFA}صلى \u{FDFA}"),
        Row([String(repeating: "ab", count: 12), "ab", "ba"], String(repeating: "ab", count: 14)),
        Row([String(repeating: "治", count: 17)], Array(String(repeating: "治", count: 18).utf8) + [0xE6]),
        // A segment that is a stray byte alone, between parts of a long term.
        Row(
            [String(repeating: "a", count: 17)],
            Array(repeating: 0x61, count: 20) + [0x80] + Array(repeating: 0x61, count: 17)),
        Row(["\u{FFFF}a", "a\u{FFFF}"], "a\u{FFFF}a"),
        Row(["\u{0}\u{0}"], "\u{0}\u{0}\u{0}"),
        Row([], "a"),
    ]

    @Test(arguments: rows)
    func `every cut into two and three segments finds the matches of the whole`(_ row: Row) throws {
        var buffer = MatchBuffer()
        for (_, index) in try EveryKernel(row.terms).indexes {
            let expected = NaiveMatcher.scan(row.text, row.terms)
            var scan = SegmentedScan(index)
            for first in 0...row.text.count {
                #expect(scan.matches(in: row.text, cutAt: [first], &buffer) == expected)
                for second in first...row.text.count {
                    guard scan.matches(in: row.text, cutAt: [first, second], &buffer) == expected else {
                        Issue.record("cut at \(first) and \(second)")
                        return
                    }
                }
            }
        }
    }

    @Test(arguments: rows)
    func `byte by byte finds the matches of the whole`(_ row: Row) throws {
        var buffer = MatchBuffer()
        for (_, index) in try EveryKernel(row.terms).indexes {
            let found = SegmentedScan.matches(in: row.text, cutAt: Array(0...row.text.count), index, &buffer)
            #expect(found == NaiveMatcher.scan(row.text, row.terms))
        }
    }

    @Test(arguments: 0..<CaseMaker.alphabets.count)
    func `long texts cut anywhere find the matches of the whole`(_ alphabet: Int) throws {
        var cases = CaseMaker(alphabet: alphabet, seed: 77)
        var buffer = MatchBuffer()
        for _ in 0..<4 {
            let terms = cases.terms()
            var text: [UInt8] = []
            while text.count < 4000 { text += cases.text(terms) }
            let expected = NaiveMatcher.scan(text, terms)
            for (kernel, index) in try EveryKernel(terms).indexes {
                #expect(index.matches(in: text, with: &buffer) == expected)
                for longest in [3, 30, 300, 3000] {
                    var cuts: [Int] = []
                    while let next = [(cuts.last ?? 0) + cases.number(0...longest)].first, next < text.count {
                        cuts.append(next)
                    }
                    guard SegmentedScan.matches(in: text, cutAt: cuts, index, &buffer) == expected else {
                        Issue.record("\(kernel), \(terms) in \(text) cut at \(cuts)")
                        return
                    }
                }
            }
        }
    }

    @Test func `positions count from the segment, and byteCount places it`() throws {
        var scan = SegmentedScan(try TermIndex(["根治"]))
        var buffer = MatchBuffer()
        Array("能根".utf8).withUnsafeBufferPointer { scan.scan($0, into: &buffer) }
        #expect(buffer.count == 0)
        #expect(scan.byteCount == 6)
        Array("治".utf8).withUnsafeBufferPointer { scan.scan($0, into: &buffer) }
        #expect(buffer.count == 1)
        #expect(buffer[0] == TermMatch(term: 0, start: -3, end: 3))
    }

    @Test func `texts taken in turn, and whole ones between, do not touch each other`() throws {
        let index = try TermIndex(["根治", "治根"])
        var buffer = MatchBuffer()
        var (first, second) = (SegmentedScan(index), SegmentedScan(index))
        for (bytes, isFirst) in [("根", true), ("治", false), ("x", false), ("治", true)] {
            Array(bytes.utf8).withUnsafeBufferPointer { bytes in
                isFirst ? first.scan(bytes, into: &buffer) : second.scan(bytes, into: &buffer)
                index.scan(bytes, into: &buffer)
            }
        }
        #expect(buffer.count == 1)
        #expect(buffer[0] == TermMatch(term: 0, start: -3, end: 3))
    }

    @Test func `a copy goes its own way`() throws {
        var scan = SegmentedScan(try TermIndex(["ab", "ac"]))
        var buffer = MatchBuffer()
        [0x61].withUnsafeBufferPointer { scan.scan($0, into: &buffer) }
        var copy = scan
        [0x62].withUnsafeBufferPointer { scan.scan($0, into: &buffer) }
        [0x63].withUnsafeBufferPointer { copy.scan($0, into: &buffer) }
        #expect((0..<buffer.count).map { buffer[$0].term } == [0, 1])
    }

    @Test func `a new text does not continue the one before`() throws {
        var scan = SegmentedScan(try TermIndex(["ab", "治"]))
        var buffer = MatchBuffer()
        for segment: [UInt8] in [[0x61, 0xE6, 0xB2], [0x61]] {
            segment.withUnsafeBufferPointer { scan.scan($0, into: &buffer) }
            scan.restart()
        }
        [0x62].withUnsafeBufferPointer { scan.scan($0, into: &buffer) }
        #expect(buffer.count == 0)
        #expect(scan.byteCount == 1)
    }
}

import ChineseText
import TestSupport
import Testing

@testable import TermMatching

/// A long text is searched some lines at a time, and that must not show.
@Suite struct LongTextTests {
    private static let pieces = [
        "根治", "糖尿病", "最", "好", "最 好", "国家级", "第", "一", "止疗", "zhi", "疗", "㎏", "k", "g", "…", "✨", "🔥", "，", "\u{200B}",
        "那个", "\r\n", "\n", "\n\n", "普通的一句话", "Ａ", "1", "é",
    ]

    /// Lines, and bytes that are no text.
    private static func text(_ random: inout SplitMix64, bytes: Int, isText: Bool = true) -> [UInt8] {
        var text: [UInt8] = []
        while text.count < bytes {
            text += pieces.randomElement(using: &random)!.utf8
            if !isText, Int.random(in: 0..<20, using: &random) == 0 {
                text.append(UInt8.random(in: 0x80...0xFF, using: &random))
            }
        }
        return text
    }

    private static func found(_ text: [UInt8], _ index: TermIndex, limit: Int = MatchBuffer.defaultLimit) -> [TermMatch]
    {
        var buffer = MatchBuffer(limit: limit)
        // What a budget leaves out depends on where a piece begins.
        buffer.budget = .unlimited
        text.withUnsafeBufferPointer { index.scan($0, into: &buffer) }
        return (0..<buffer.count).map { buffer[$0] }
    }

    /// The same text as one segment, which is searched as a whole.
    private static func foundAtOnce(_ text: [UInt8], _ index: TermIndex) -> [TermMatch] {
        var buffer = MatchBuffer()
        buffer.budget = .unlimited
        var scan = SegmentedScan(index)
        text.withUnsafeBufferPointer { scan.scan($0, into: &buffer) }
        return (0..<buffer.count).map { buffer[$0] }
    }

    @Test(arguments: ScanKernel.available, [true, false])
    func `the same matches as in the text as a whole`(_ kernel: ScanKernel, isText: Bool) throws {
        let nested = (1...30).map { String(repeating: "最", count: $0) }
        let terms = ["根治", "治糖", "最好", "好最", "国家级", "第一", "kg", "g", "1", "...", "好，最", "疗1"] + nested
        let index = try TermIndex(terms.map { Term($0) }, kernel: kernel)
        var random = SplitMix64(seed: 8)
        for _ in 0..<20 {
            let text = Self.text(&random, bytes: Int.random(in: 4000...20_000, using: &random), isText: isText)
            let expected = Self.foundAtOnce(text, index)
            #expect(Self.found(text, index) == expected)
            #expect(!expected.isEmpty)
        }
    }

    @Test func `and of terms that tolerate more, whatever stands at the ends of lines`() throws {
        let tolerance = Tolerance(gaps: 3, fillers: true, sounds: true, marksEmbedded: true)
        let terms = ["治疗", "最好", "第一", "国家级", "根治", "好最", "一第"].map { Term($0, tolerance: tolerance) }
        let index = try TermIndex(terms, confusions: .all)
        var random = SplitMix64(seed: 9)
        var paths: Set<MatchPath> = []
        for _ in 0..<20 {
            let text = Self.text(&random, bytes: Int.random(in: 4000...20_000, using: &random))
            let expected = Self.foundAtOnce(text, index)
            #expect(Self.found(text, index) == expected)
            paths.formUnion(expected.map(\.path))
        }
        #expect(paths.isSuperset(of: [.plain, .gap, .filler, .homophone, .pinyin]))
    }

    @Test func `a term with a line break is found where lines meet`() throws {
        let index = try TermIndex(["完\n第", "普通"])
        let line = String(repeating: "普通的话", count: 20)
        let text = Array((Array(repeating: line + "完\n第", count: 60).joined()).utf8)
        let found = Self.found(text, index)
        #expect(found.count { $0.term == 0 } == 60)
        #expect(found == Self.foundAtOnce(text, index))
    }

    @Test func `the limit counts the matches of all lines`() throws {
        let index = try TermIndex(["普通"])
        let text = Array(String(repeating: "普通的话\n", count: 1000).utf8)
        let all = Self.found(text, index)
        #expect(all.count == 1000)
        #expect(Self.found(text, index, limit: 617) == Array(all.prefix(617)))
    }
}

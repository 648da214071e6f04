import TestSupport
import Testing

@testable import TermMatching

/// What a scan hears and does not report, for those who write terms.
@Suite struct `Rejected matches` {
    struct Row: CustomTestStringConvertible {
        var term: String
        var tolerance: Tolerance
        var text: String
        /// What stands where the term is heard; nil if it is not rejected.
        var heard: String?
        var reason = RejectedMatch.Reason.ordinaryWord
        var words: [String] = []

        var testDescription: String { "\(term) in \(text)" }
    }

    private static let bySound = Tolerance(sounds: true)
    private static let rows = [
        Row(term: "微信", tolerance: bySound, text: "他有威信啊", heard: "威信", words: ["威信"]),
        Row(term: "微信", tolerance: bySound, text: "他有威~信啊", heard: nil),
        Row(
            term: "微信", tolerance: .init(gaps: 1, sounds: true), text: "他有威~信啊", heard: "威~信", words: ["威信"]),
        Row(term: "处方药", tolerance: bySound, text: "去廚房要", heard: "廚房要", words: ["厨房"]),
        Row(
            term: "最好", tolerance: .init(gaps: 2), text: "最✨好喝", heard: "最✨好", reason: .otherWords,
            words: ["最", "好喝"]),
        Row(
            term: "最好", tolerance: .init(fillers: true), text: "最小好", heard: "最小好", reason: .fillerInWord,
            words: ["最小"]),
        Row(term: "治疗", tolerance: bySound, text: "zl", heard: "zl", reason: .scoresLow),
        Row(
            term: "好的", tolerance: .init(split: true), text: "女子的", heard: "女子的", reason: .otherWords,
            words: ["女子", "的"]),
        // What is reported, stands there as it is, or is not heard.
        Row(term: "治疗", tolerance: bySound, text: "能止疗的", heard: nil),
        Row(term: "治疗", tolerance: bySound, text: "治疗", heard: nil),
        Row(term: "治疗", tolerance: bySound, text: "天好", heard: nil),
        Row(term: "治疗", tolerance: bySound, text: "zhiliaoji", heard: nil),
        Row(term: "威信", tolerance: .init(), text: "微信", heard: nil),
        Row(term: "胖子", tolerance: .init(split: true), text: "月半子", heard: nil),
    ]

    @Test(arguments: rows)
    func `are told with what a reader reads there`(row: Row) throws {
        for kernel in ScanKernel.available {
            let index = try TermIndex([Term("别的"), Term(row.term, tolerance: row.tolerance)], kernel: kernel)
            let bytes = Array(row.text.utf8)
            let found = bytes.withUnsafeBufferPointer { index.rejectedMatches(in: $0) }
            let heard = found.map { String(decoding: bytes[Int($0.match.start)..<Int($0.match.end)], as: UTF8.self) }
            #expect(heard == (row.heard.map { [$0] } ?? []), "\(kernel)")
            #expect(
                found.allSatisfy { $0.match.term == 1 && $0.reason == row.reason && $0.words == row.words }, "\(found)")
        }
    }

    @Test func `have the score for which they are dropped`() throws {
        let index = try TermIndex([Term("治疗", tolerance: .init(sounds: true, leastScore: 81))])
        let found = Array("能止疗的".utf8).withUnsafeBufferPointer { index.rejectedMatches(in: $0) }
        #expect(found.map(\.match.score) == [80])
        #expect(found.map(\.reason) == [.scoresLow])
    }

    /// A scan searches it some lines at a time.
    @Test func `have their place in a long text`() throws {
        let index = try TermIndex([
            Term("微信", tolerance: .init(sounds: true)), Term("好的", tolerance: .init(split: true)),
        ])
        let lines = ["他有威信啊\n"] + repeatElement("这是一句话。\n", count: 400) + ["女子的\n威信\n"]
        let bytes = Array(lines.joined().utf8)
        let found = bytes.withUnsafeBufferPointer { index.rejectedMatches(in: $0) }
        #expect(found.map(\.match.start) == [6, Int32(bytes.count - 17), Int32(bytes.count - 7)])
        #expect([].withUnsafeBufferPointer { index.rejectedMatches(in: $0) }.isEmpty)
    }

    /// With terms and text of few characters nearly everything is heard somewhere.
    @Test(arguments: UInt64(1)...20)
    func `are never reported too`(seed: UInt64) throws {
        let alphabet = ["治", "疗", "止", "聊", "女", "子", "好", "最", "小", "某", "✨", "zhi", "l", "，"]
        var random = SplitMix64(seed: seed)
        func text(_ length: ClosedRange<Int>) -> String {
            (0..<Int.random(in: length, using: &random)).map { _ in alphabet.randomElement(using: &random)! }.joined()
        }
        let terms = (0..<8).map { _ in
            Term(text(2...3), tolerance: .init(gaps: 1, fillers: true, sounds: true, split: true, leastScore: 70))
        }
        let index = try TermIndex(terms)
        var count = 0
        for _ in 0..<200 {
            var buffer = MatchBuffer()
            let (reported, passed) = Array(text(1...12).utf8).withUnsafeBufferPointer { bytes in
                index.scan(bytes, into: &buffer)
                return (Set((0..<buffer.count).map { buffer[$0] }), index.rejectedMatches(in: bytes))
            }
            #expect(reported.isDisjoint(with: passed.map(\.match)))
            count += passed.count
        }
        #expect(count > 0)
    }
}

import Testing

@testable import TermMatching

/// Whether a number at an edge of a match goes on beyond it: such a match is inside a longer number.
@Suite struct `Numbers at the edges of a match` {
    private static func isInLongerNumber(_ term: String, in text: String) throws -> Bool? {
        let index = try TermIndex([Term(term, tolerance: Tolerance(marksEmbedded: true))])
        var matches = MatchBuffer()
        Array(text.utf8).withUnsafeBufferPointer { index.scan($0, into: &matches) }
        return matches.count == 1 ? matches[0].isEmbedded : nil
    }

    @Test(
        arguments: [
            ("69", "只要69,000元"), ("000元", "只要69,000元"), ("69", "只要６９，０００元"), ("234", "卖1,234,567元"),
            ("十天", "几十天见效"), ("百天", "两百天见效"), ("瘦十", "瘦十几斤"), ("第1", "第15名"), ("1折", "8.1折"), ("天瘦10", "天瘦10万"),
            ("5天", "廿5天"), ("3天", "两3天"),
        ] as [(String, String)])
    func `go on`(term: String, text: String) throws {
        #expect(try Self.isInLongerNumber(term, in: text) == true, "\(term) in \(text)")
    }

    @Test(
        arguments: [
            ("69", "只要69,送一盒"), ("69", "只要69,送2盒"), ("69", "69,0001"), ("加5", "加5两"),
            ("十天", "这几天十天见效"), ("十", "十数据"),
        ] as [(String, String)])
    func `end there`(term: String, text: String) throws {
        #expect(try Self.isInLongerNumber(term, in: text) != true, "\(term) in \(text)")
    }
}

import ChineseText
import Testing

@testable import TermMatching

/// What is heard in a number's place must be that number.
@Suite struct `Numbers of terms found by sound` {
    private static func finds(_ term: String, in text: String) throws -> Bool {
        let index = try TermIndex([Term(term, tolerance: Tolerance(sounds: true))], confusions: .all)
        var matches = MatchBuffer()
        Array(text.utf8).withUnsafeBufferPointer { index.scan($0, into: &matches) }
        return matches.count > 0
    }

    @Test(
        arguments: [
            // 四 si and 十 shi are told apart by nobody in the south.
            ("四十天见效", "十四天见效"), ("十四天见效", "四十天见效"), ("四十天见效", "四四天见效"), ("四天见效", "十天见效"),
            ("四十天见效", "44天见笑"), ("一百天见效", "亿百天见效"),
            // 是十天: it takes ten days. 是四天: it takes four.
            ("四十天见效", "是十天见效"), ("十四天见效", "是四天见效"),
        ] as [(String, String)])
    func `do not become other numbers`(term: String, text: String) throws {
        #expect(try !Self.finds(term, in: text), "\(term) in \(text)")
    }

    @Test(
        arguments: [
            ("四十天见效", "四十天见笑"), ("十四天见效", "石寺天见效"), ("十天见效", "石天见效"), ("十天见效", "拾天见笑"),
            ("中医治疗", "中1治疗"), ("零添加", "淋添加"), ("十天见效", "shi天见效"),
        ] as [(String, String)])
    func `are found where they are heard whole`(term: String, text: String) throws {
        #expect(try Self.finds(term, in: text), "\(term) in \(text)")
    }
}

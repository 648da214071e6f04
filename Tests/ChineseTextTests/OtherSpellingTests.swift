import Testing

@testable import ChineseText

/// How the numbers of a term may be written: `NumberSpelling`.
@Suite struct `Other spellings of a term's numbers` {
    /// Folded, as they are searched for.
    private static func found(in text: String) -> Set<String> {
        Set(NumberSpelling.others(of: text).map { FoldedText($0).text } + [FoldedText(text).text])
    }

    @Test(
        arguments: [
            ("30天瘦20斤", ["三十天瘦20斤", "3十天瘦20斤", "30天瘦二十斤", "三十天瘦2十斤", "叁拾天瘦貳拾斤", "３０天瘦廿斤"]),
            ("七天瘦十斤", ["7天瘦10斤", "柒天瘦拾斤"]),
            ("12小时", ["十二小时", "一十二小时", "1十2小时", "拾贰小时"]),
            ("100%有效", ["百分百有效", "百分之百有效", "百分之100有效", "百分之一百有效", "百分100有效", "百分一百有效", "一百%有效", "百分之壹佰有效"]),
            ("百分百有效", ["100%有效", "百分之百有效"]),
            ("99.9%", ["百分之九十九点九", "百分之99.9", "百分之99点9", "99点9%", "九十九点九%"]),
            ("月入两万五", ["月入25000", "月入25,000", "月入2.5万", "月入2.5w", "月入二万五千", "月入2万5千"]),
            ("150斤", ["一百五十斤", "一百五斤", "1百5十斤"]),
            ("前10名", ["前十名", "前拾名"]),
            ("第10名", ["第十名", "第拾名"]),
        ] as [(String, [String])])
    func `are those that people write`(text: String, spellings: [String]) {
        let found = Self.found(in: text)
        // 廿 is not among them.
        for spelling in spellings where !spelling.contains("廿") {
            #expect(found.contains(FoldedText(spelling).text), "\(spelling)")
        }
        #expect(!found.contains { $0.contains("廿") })
    }

    /// 七 and 7 fold alike; 几天 is no number, and of 110 people say 一百一 when they sell one more thing.
    @Test(arguments: ["最好", "七天", "几天", "第一", "十多年"])
    func `are none of a text without a number that could be written otherwise`(text: String) {
        #expect(NumberSpelling.others(of: text).isEmpty)
        #expect(!Self.found(in: "110斤").contains("1百1斤"))
    }

    @Test(arguments: UInt64(1)...20)
    func `are read as the same numbers`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var buffer = NumberBuffer(capacity: 8)
        for _ in 0..<60 {
            let figures = Int.random(in: 1...7, using: &random)
            let number = Int.random(in: 0..<(0..<figures).reduce(1) { power, _ in power * 10 }, using: &random) + 1
            let round = Bool.random(using: &random) ? number : number * 500 % 9_999_999 + 1
            for text in ["，\(number)天，", "，\(number)%，", "，第\(number)名，", "，\(number).5倍瘦\(round)斤，"] {
                let meant = NumberReader.mentions(in: Array(text.utf8), with: &buffer)
                for spelling in NumberSpelling.others(of: text) {
                    let read = NumberReader.mentions(in: Array(spelling.utf8), with: &buffer)
                    guard read.map(\.low) == meant.map(\.low), read.map(\.kind) == meant.map(\.kind),
                        read.map(\.unit) == meant.map(\.unit)
                    else {
                        Issue.record("seed \(seed): \(text), written \(spelling), is read otherwise")
                        return
                    }
                }
            }
        }
    }

    @Test func `are bounded, whatever the text`() {
        let many = (11...40).map { "\($0)天" }.joined()
        #expect(NumberSpelling.others(of: many).count < NumberSpelling.most)
        #expect(NumberSpelling.others(of: many).contains { $0.hasPrefix("十一天") })
        for count in 1...12 {
            let text = (0..<count).map { "\($0 * 1500 + 2500)元" }.joined()
            #expect((1...NumberSpelling.most).contains(NumberSpelling.others(of: text).count))
        }
    }
}

import TestSupport
import Testing

@testable import ChineseText

/// How the numbers of a term may be written: `NumberSpelling`.
@Suite struct `Other spellings of a term's numbers` {
    /// Folded, as they are searched for.
    private static func found(in text: String) -> Set<String> {
        Set(NumberSpelling(of: text).texts.map { folded($0) } + [folded(text)])
    }

    @Test(
        arguments: [
            ("30天瘦20斤", ["三十天瘦20斤", "3十天瘦20斤", "30天瘦二十斤", "三十天瘦2十斤", "叁拾天瘦貳拾斤", "３０天瘦廿斤", "卅天瘦20斤"]),
            ("七天瘦十斤", ["7天瘦10斤", "柒天瘦拾斤"]),
            ("12小时", ["十二小时", "一十二小时", "1十2小时", "拾贰小时"]),
            ("100%有效", ["百分百有效", "百分之百有效", "百分之100有效", "百分之一百有效", "百分100有效", "百分一百有效", "一百%有效", "百分之壹佰有效"]),
            ("百分百有效", ["100%有效", "百分之百有效"]),
            ("99.9%", ["百分之九十九点九", "百分之99.9", "百分之99点9", "99点9%", "九十九点九%"]),
            ("月入两万五", ["月入25000", "月入25,000", "月入2.5万", "月入2.5w", "月入二万五千", "月入2万5千"]),
            ("150斤", ["一百五十斤", "一百五斤", "1百5十斤"]),
            ("前10名", ["前十名", "前拾名"]),
            ("第10名", ["第十名", "第拾名", "第⑽名"]),
            // 两 and 二, alone and mixed.
            ("2天见效", ["两天见效", "兩天见效", "二天见效"]),
            ("两天见效", ["2天见效"]),
            ("2个月瘦20斤", ["两个月瘦二十斤", "两个月瘦20斤", "2个月瘦二十斤", "俩月瘦20斤"]),
            ("俩月瘦20斤", ["2个月瘦20斤", "两个月瘦二十斤"]),
            ("3个月", ["仨月", "三个月"]),
            ("2200元", ["两千二百元", "两千两百元", "二千二百元", "2千2元", "两千二百块", "2200块", "¥2200"]),
            ("2225元", ["两千二百二十五元", "两千两百二十五元", "二千二百二十五元", "二千两百二十五块"]),
            ("22000元", ["两万两千元", "两万二千元", "2万2元", "2.2万元", "22,000元"]),
            ("2.5倍", ["两点五倍", "二点五倍", "2点5倍", "两倍半"]),
            ("加2步", ["加两步"]),
            // Ten thousands.
            ("132000元", ["13万2元", "13万2千元", "十三万二千元", "十三万二元", "13.2万元", "十三点二万元", "13.2w元", "132,000元"]),
            ("103453", ["十万零三千四百五十三", "十万三千四百五十三", "10万零3千4百5十3", "10万3453", "103,453"]),
            ("12500", ["一万二千五", "1万2千5百", "1.25万"]),
            ("1250元", ["一千二百五元", "1千2百5十块"]),
            ("1.5亿", ["150000000", "一亿五千万", "一亿五"]),
            // Prices, as they are spoken.
            ("9.9元", ["九块九", "9块9", "九块九毛", "九点九元", "9.9块", "九元九角", "¥9.9", "9.90元", "￥9.90"]),
            ("9块9", ["9.9元", "九块九毛", "九点九元"]),
            ("19.9元包邮", ["十九块九包邮", "19块9包邮", "19.9块包邮", "19.9块钱包邮", "十九块九毛包邮"]),
            ("9.99元", ["九块九毛九", "九块九九", "九元九角九分"]),
            ("1.05元", ["一块零五", "一块零五分"]),
            ("2.5元", ["两块五", "二块五", "2块5毛"]),
            ("0.9元", ["九毛", "9角"]),
            ("0.99元", ["九毛九", "9角9分"]),
            ("1000000元", ["百万元", "一百万元", "100万元", "100万块", "1,000,000元"]),
            ("100天", ["百天", "一百天"]),
            // Decimals before other units.
            ("9.9折", ["九点九折", "9点9折", "九九折", "99折"]),
            ("3折", ["叁折"]),
            ("0.5斤", ["半斤", "零点五斤"]),
            ("1.5个月", ["一个半月", "1个半月", "一点五个月"]),
            ("一个半小时", ["1.5小时", "1.5个小时", "1个半小时"]),
            ("2.5斤", ["两斤半", "二斤半", "2斤半"]),
            // Shares.
            ("50%", ["百分之五十", "五成", "一半"]),
            ("75%", ["百分之七十五", "七成五", "七成半"]),
            ("1/3", ["三分之一", "⅓", "3分之1"]),
            ("三分之二", ["2/3", "⅔"]),
            ("千分之三", ["3/1000"]),
            // What is not exact.
            ("10多天", ["十多天"]), ("十几斤", ["10几斤"]), ("100多斤", ["一百多斤"]),
            ("3-5天", ["三到五天", "3到5天", "三至五天", "3~5天"]),
            ("7到10天", ["7-10天", "七到十天", "7~十天"]),
            ("2到3天", ["两到三天", "两三天", "2-3天"]),
        ] as [(String, [String])])
    func `are those that people write`(text: String, spellings: [String]) {
        let found = Self.found(in: text)
        for spelling in spellings {
            #expect(found.contains(folded(spelling)), "\(text) as \(spelling)")
        }
    }

    /// 二月 is February, 二楼 the second floor, 二手 second hand; and of 110 people say 一百一 when they sell one more thing.
    @Test(
        arguments: [
            ("2月", "两月"), ("2号", "两号"), ("2楼", "两楼"), ("第2名", "第两名"), ("2手", "两手"), ("2两", "两两"), ("二代", "两代"),
            ("110斤", "一百一斤"), ("2年代", "两年代"), ("两月", "2月"), ("俩月", "2月"), ("20000元", "两元"), ("300元一盒", "三百一盒"),
            ("2200", "两千两"), ("6个月", "半年"),
        ] as [(String, String)])
    func `are not those that mean something else`(text: String, other: String) {
        #expect(!Self.found(in: text).contains(folded(other)), "\(text) as \(other)")
    }

    /// 七 and 7 fold alike; 几天 is no number.
    @Test(arguments: ["最好", "七天", "几天", "第一", "九折", "2024年"])
    func `are none of a text without a number that could be written otherwise`(text: String) {
        #expect(NumberSpelling(of: text).texts.isEmpty)
    }

    /// What is not read back is left out, so a writer that writes nonsense would only find less. Hence every way of the
    /// writer is asked, of quantities that stand alone.
    @Test(arguments: UInt64(1)...20)
    func `are read back as the same quantity, all that the writer makes`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<60 {
            let figures = Int.random(in: 1...9, using: &random)
            let limit = (0..<figures).reduce(1) { power, _ in power * 10 }
            let number = Int.random(in: 1..<limit, using: &random)
            let round = (number * 500) % 9_999_999 + 1
            let cents = Int.random(in: 1..<100, using: &random)
            for text in [
                "\(number)天", "\(number % 1000)%", "第\(number)名", "\(number % 1000).5倍", "\(round)斤", "\(round)元",
                "\(number % 10_000).\(cents < 10 ? "0" : "")\(cents)元", "\(number % 99 + 1).5个月", "0.5斤",
                "\(cents % 10).\(number % 9 + 1)折", "\(cents % 9 + 1)/\(cents % 9 + 2)", "\(cents)-\(cents + number)天",
                "\(number)0多天", "\(cents % 9 + 1)成",
            ] {
                let bytes = Array(text.utf8)
                guard let meant = NumberReader.mentions(in: bytes).first, Int(meant.end) == bytes.count else {
                    continue
                }
                for way in QuantityWriter(meant, in: bytes).ways() {
                    let read = NumberReader.mentions(in: Array(way.utf8))
                    guard read.count == 1, read[0].start == 0, Int(read[0].end) == way.utf8.count,
                        read[0].isSameQuantity(as: meant)
                    else {
                        Issue.record("seed \(seed): \(text), written \(way), is read \(NumberReader.rows(of: way))")
                        continue
                    }
                }
            }
        }
    }

    @Test func `are bounded, whatever the text, and what is left out is counted`() {
        let many = (11...40).map { "\($0)天" }.joined()
        let spelled = NumberSpelling(of: many)
        #expect(spelled.texts.count == NumberSpelling.most)
        #expect(spelled.leftOut > 0)
        #expect(spelled.texts.contains { $0.hasPrefix("十一天") })
        for count in 1...12 {
            let text = (0..<count).map { "\($0 * 1500 + 2500)元" }.joined()
            #expect((1...NumberSpelling.most).contains(NumberSpelling(of: text).texts.count))
        }
        #expect(NumberSpelling(of: "7天瘦10斤").leftOut == 0)
        #expect(NumberSpelling(of: "22222222.5元").leftOut == 0)
    }

    @Test func `come with the likeliest first`() {
        #expect(Array(NumberSpelling(of: "30天瘦20斤").texts.prefix(2)) == ["30天瘦二十斤", "三十天瘦20斤"])
        #expect(NumberSpelling(of: "9.9元").texts.first.map(folded) == folded("九块九"))
        // Of very many, those with two likely ways are kept.
        #expect(NumberSpelling(of: "2225元买2225元的").texts.contains("两千二百二十五元买两千二百二十五元的"))
    }
}

/// As a term is searched for.
private func folded(_ text: String) -> String { FoldedText(text).text }

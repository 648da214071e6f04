/// Words that begin with a numeral and are no numbers, unless what is named after the word follows.
///
/// Kept to what the rules of `NumberReader` would take for a number: a lone 一 before anything but a unit is none
/// anyway, nor are 百, 千, 万 and 亿 alone. The longest word at a place counts.
enum OrdinaryWords {
    enum Meaning: UInt8 {
        /// A word at the beginning of a number only: 十分 is "very", but 二十分 has no 十分 in it.
        case atStart = 1
        /// A word after another numeral too: in 一百一起买 the price is 100, not 110.
        case anywhere = 2
    }

    /// The word at `cursor`, and what follows it.
    static func word(at cursor: NumberCursor) -> (meaning: Meaning, after: NumberCursor)? {
        guard let found = table.longest(at: cursor), let meaning = Meaning(rawValue: found.meaning) else { return nil }
        return (meaning, found.after)
    }

    /// Whether a word ends here: `before` it, a single `digit`, and no unit. 统一 and 星期三 are no numbers.
    static func endsWord(_ before: Unicode.Scalar, _ digit: Unicode.Scalar) -> Bool {
        switch (before, digit) {
        case ("统", "一"), ("唯", "一"), ("专", "一"), ("单", "一"), ("同", "一"), ("均", "一"), ("逐", "一"), ("万", "一"),
            ("归", "一"), ("划", "一"), ("不", "一"), ("之", "一"), ("合", "一"), ("为", "一"), ("惟", "一"):
            true
        case ("期", _), ("拜", _), ("周", _), ("老", _), ("初", _), ("张", "三"), ("李", "四"), ("王", "五"), ("小", "三"): true
        default: false
        }
    }

    private static let digits = "零一二三四五六七八九十两"

    private static let table = PhraseTable(
        anywhere.map { ($0, Meaning.anywhere.rawValue, "") } + atStart.map { ($0, Meaning.atStart.rawValue, $1) })

    private static let anywhere: [String] = [
        "一般", "一边", "一并", "一旦", "一定", "一概", "一共", "一贯", "一会", "一会儿", "一览", "一律", "一切", "一起", "一如",
        "一生", "一时", "一同", "一下", "一下子", "一向", "一些", "一样", "一再", "一直", "一致",
        "零食", "零售", "零钱", "零件", "零碎", "零星", "零散", "零配件", "万一", "三七粉", "四周围", "五花肉", "五花八门",
        "百分点", "百度", "百合", "百搭", "百货", "百姓", "百科", "百般", "百家", "百忙", "百年好合", "千万别", "千万不",
        "万事", "万能", "万物", "万豪", "万达", "几乎", "几时", "数据", "数码", "数字", "数量", "数学", "数目", "数值",
    ]

    private static let atStart: [(String, String)] = [
        // 一点五 and 一点二十分 are numbers, 一点一点 is not.
        ("一点", digits + "半钟"), ("一一", digits + "折成"), ("一点点", ""), ("一点儿", ""), ("一点一点", ""), ("一点一滴", ""),
        ("一块", digits + "钱半人"), ("一块儿", ""), ("一度", ""), ("一角", "钱"), ("一口气", ""), ("一回事", ""), ("一身", ""),
        ("一年到头", ""), ("一天到晚", ""), ("一分为二", ""), ("一五一十", ""), ("一成不变", ""), ("一毛不拔", ""),
        ("一线", ""), ("一面", ""), ("一心一意", ""),
        ("二手", ""), ("二维码", ""), ("二维", ""), ("二话", ""), ("二胡", ""),
        ("两口子", ""), ("两边", ""), ("两旁", ""), ("两性", ""), ("两者", ""), ("两难", ""),
        ("三七", digits + "0123456789年月天个%折成块元斤"), ("三亚", ""), ("三文鱼", ""), ("三明治", ""), ("三角", "钱"), ("三角形", ""),
        ("三心二意", ""), ("三番五次", ""), ("三轮", ""), ("三围", ""), ("三餐", ""),
        ("四川", ""), ("四周", "年岁"), ("四处", ""), ("四季", ""), ("四肢", ""), ("四面八方", ""), ("四角", "钱"), ("四通八达", ""),
        ("五谷", ""), ("五官", ""), ("五金", ""), ("五香", ""), ("五颜六色", ""), ("五角星", ""), ("五湖四海", ""), ("五常", ""),
        ("五脏", ""), ("五脏六腑", ""),
        ("六神", ""), ("六味", ""), ("七夕", ""), ("七匹狼", ""), ("七上八下", ""), ("七七八八", ""), ("七嘴八舌", ""),
        ("八卦", ""), ("八宝", ""), ("八角", "钱"), ("八折腾", ""), ("八仙", ""), ("八戒", ""), ("九阳", ""), ("九龙", ""), ("九州", ""),
        ("九寨沟", ""), ("九牛一毛", ""),
        ("十分", "钟之钱"), ("十足", ""), ("十全十美", ""), ("十字", ""), ("十全", ""), ("十有八九", ""),
        ("千万", "元块人次个级件单条种瓶盒粉美"), ("千层", ""), ("千金", ""), ("千里", ""), ("千古", ""), ("千家万户", ""), ("千方百计", ""),
        ("千变万化", ""), ("千辛万苦", ""), ("百里", ""), ("百日咳", ""), ("百发百中", ""), ("百战百胜", ""),
        ("万里", ""), ("万岁", ""), ("万人迷", ""), ("万元户", ""), ("亿万", ""),
        ("半天", ""), ("半夜", ""), ("半价", ""), ("半路", ""), ("半岛", ""), ("半边", ""), ("半身", ""), ("半成品", ""), ("半导体", ""),
        ("半年报", ""), ("半斤八两", ""), ("负责", ""), ("负担", ""), ("负面", ""),
    ]
}

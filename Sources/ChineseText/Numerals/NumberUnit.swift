/// What a number counts or measures, of a closed list; `spellings` has the words.
///
/// 两 after a number is 50 grams (三百两), but two in 两天, in 一万两千, and in 一两天 and 三两天, which are ranges.
/// 分 is a fen of money after 角 or 元 and in 分钱, else a `point`: of a score, an hour or a temperature.
public enum NumberUnit: UInt8, Sendable, CaseIterable {
    // Time. A month of the calendar (3月) is a `monthOfYear`, three of them (3个月) are `month`s.
    case second = 1, minute, hour, day, week, month, monthOfYear, year, decade, night
    /// A course of treatment: 一个疗程.
    case course
    /// The hour of a clock: 三点, 8点钟.
    case clock
    // Mass.
    case microgram, milligram, gram, kilogram, tonne, liang, jin
    // Money.
    case yuan, jiao, fen
    // Length, area, volume. A 寸 is 3.3 cm, of a screen an inch. A `mu` of land is 1/15 hectare.
    case millimetre, centimetre, metre, kilometre, inch, cun, chi, squareMetre, mu, millilitre, litre
    // Energy and temperature; 度 is a degree of anything.
    case calorie, kilocalorie, kilojoule, degree, celsius
    // Ratios and scores.
    case times, point, percentagePoint
    // How often, which one, how old.
    case occasion, age, number, generation
    /// A size of clothes or shoes: 小两个码, 36码.
    case size
    // Packages and portions.
    case box, bottle, bag, packet, can, tub, carton, bar, cup, bowl, spoonful, order, serving
    // Pieces.
    case item, grain, slice, stick, piece, garment, set, pair, couple, kind, model, person, household, book, page
    case floor, line, sentence

    /// The power of ten from this unit to fen, for money.
    var fenPowerOfTen: Int? {
        switch self {
        case .yuan: 2
        case .jiao: 1
        case .fen: 0
        default: nil
        }
    }

    /// Whether 百, 千, 万 before it is a number without 一: 百天, 千元, 万次.
    var countsBarePowers: Bool {
        switch self {
        case .yuan, .jin, .times, .day, .occasion, .kind, .age, .year, .person, .order, .garment, .set: true
        default: false
        }
    }

    /// Whether 半 before it is a number: 半斤, 半年. 半天 and 半夜 are no numbers, but vague.
    var counts半: Bool {
        switch self {
        case .day, .clock, .monthOfYear, .jiao, .fen, .yuan, .point, .degree, .number, .age, .kind, .person, .decade,
            .night, .generation, .times, .percentagePoint, .item, .sentence, .line, .floor, .pair, .couple, .model,
            .garment, .order, .household, .occasion, .celsius:
            false
        default: true
        }
    }

    /// Whether 一 before it can be a price's last word: in 九块九一斤 the price is 9.9, not 9.91.
    var isSold: Bool {
        switch self {
        case .microgram, .milligram, .gram, .kilogram, .tonne, .liang, .jin, .box, .bottle, .bag, .packet, .can, .tub,
            .carton, .bar, .cup, .bowl, .order, .serving, .item, .grain, .slice, .stick, .piece, .garment, .set, .pair,
            .couple, .model, .person, .metre, .day, .month, .year, .occasion, .course, .mu:
            true
        default: false
        }
    }

    /// The unit that is written so: 天, 个疗程, kg; nil for what no number is read with.
    public init?(spelling text: String) {
        var bytes = Array(text.utf8)
        let found: NumberUnit? = bytes.withUnsafeMutableBufferPointer { bytes in
            guard let base = bytes.baseAddress, bytes.count <= Self.longestSpelling else { return nil }
            let cursor = NumberCursor(UnsafePointer(base), count: bytes.count, at: 0)
            return Self.unit(at: cursor).flatMap { $0.after.scalar == NumberCursor.atEnd ? $0.unit : nil }
        }
        guard let found else { return nil }
        self = found
    }

    /// UTF-8 bytes; longer texts are no unit and are not looked at.
    private static let longestSpelling = 64

    /// The unit at `cursor`, and what follows it.
    static func unit(at cursor: NumberCursor) -> (unit: NumberUnit, after: NumberCursor)? {
        guard let found = spellings.longest(at: cursor), let unit = NumberUnit(rawValue: found.meaning) else {
            return nil
        }
        // 九块九两盒: two boxes.
        if unit == .liang, let next = spellings.longest(at: found.after), next.meaning != found.meaning { return nil }
        guard cursor.scalar.isASCII else { return (unit, found.after) }
        // 5g, but neither a 5G phone nor 5gb; in 5gx2 the x is a sign.
        let isTimes = found.after.scalar == "x" && NumeralReader.isArabic(found.after.advanced())
        if found.after.scalar.isLatinLetter && !isTimes || unit == .gram && cursor.isCapital { return nil }
        return (unit, found.after)
    }

    /// Each word, and the characters that make another word of it: 3年 is three years, 3年级 is not.
    private static let spellings = PhraseTable(
        [
            (.second, "秒钟", ""), (.second, "秒", "杀"), (.minute, "分钟", ""),
            (.hour, "小时", "候"), (.hour, "个小时", "候"), (.hour, "钟头", ""), (.hour, "个钟头", ""), (.hour, "个钟", ""),
            (.day, "天", "然生猫真津鹅麻花"), (.day, "日", "本元常语韩系"), (.night, "晚", "上餐会安饭霜"), (.night, "夜", "宵店"),
            (.night, "个晚上", ""), (.course, "疗程", ""), (.course, "个疗程", ""),
            (.year, "周年", ""), (.week, "周", "围边到全身末年刊岁"), (.week, "星期", "一二三四五六日天"), (.week, "个星期", "一二三四五六日天"),
            (.week, "礼拜", "一二三四五六日天"), (.week, "个礼拜", "一二三四五六日天"),
            (.month, "个月", "饼亮球"), (.monthOfYear, "月", "经饼亮球薪"), (.monthOfYear, "月份", ""),
            (.year, "年", "级轻纪货糕龄味夜代"), (.decade, "年代", ""),
            (.clock, "点", "击评赞心餐亮名缀滴"), (.clock, "点钟", ""),
            (.microgram, "微克", ""), (.microgram, "μg", ""), (.microgram, "ug", ""), (.microgram, "mcg", ""),
            (.milligram, "毫克", ""), (.milligram, "mg", ""),
            (.gram, "克", "服隆制扣"), (.gram, "g", ""), (.kilogram, "千克", ""), (.kilogram, "公斤", ""),
            (.kilogram, "kg", ""), (.tonne, "吨", ""), (.liang, "两", ""), (.jin, "斤", "斤"), (.jin, "市斤", ""),
            (.yuan, "元", "素旦件气老宝宵首凶"), (.yuan, "块", "头茎"), (.yuan, "圆", "形圈满润珠"), (.yuan, "块钱", ""),
            (.yuan, "元钱", ""), (.yuan, "元整", "个天套箱"), (.yuan, "圆整", ""), (.yuan, "块人民币", ""),
            (.yuan, "元人民币", ""), (.jiao, "角", "度色落形膜质"), (.jiao, "毛", "病利孔巾衣发笔绒囊"), (.jiao, "角钱", ""),
            (.jiao, "毛钱", ""), (.fen, "分钱", ""),
            (.millimetre, "毫米", ""), (.millimetre, "mm", ""), (.centimetre, "厘米", ""), (.centimetre, "公分", ""),
            (.centimetre, "cm", ""), (.metre, "米", "饭粉糊其线"), (.metre, "m", ""), (.kilometre, "公里", ""),
            (.kilometre, "千米", ""), (.kilometre, "km", ""), (.cun, "寸", ""), (.inch, "英寸", ""), (.chi, "尺", "寸度码"),
            (.mu, "亩", ""), (.squareMetre, "平方米", ""), (.squareMetre, "平米", ""), (.squareMetre, "平方", "厘毫公英"),
            (.millilitre, "毫升", ""), (.millilitre, "ml", ""), (.millilitre, "cc", ""), (.litre, "升", "级值高"),
            (.litre, "l", ""),
            (.calorie, "卡", "通片车路券住"), (.kilocalorie, "千卡", ""), (.kilocalorie, "大卡", ""),
            (.kilocalorie, "kcal", ""), (.kilojoule, "千焦", ""), (.kilojoule, "kj", ""),
            (.degree, "度", "假过数"), (.degree, "°", ""), (.celsius, "摄氏度", ""), (.celsius, "°c", ""),
            (.times, "倍", "感受"), (.point, "分", "析别享配明子类区店辨泌解布成数之期量装离散开手为"),
            (.percentagePoint, "百分点", ""), (.percentagePoint, "个百分点", ""),
            (.occasion, "次", "日要序"), (.occasion, "遍", ""), (.occasion, "回", "来去家复头购事忆收归答应馈到"), (.occasion, "趟", ""),
            (.age, "岁", "月"), (.age, "周岁", ""), (.number, "号", "称码召"), (.generation, "代", "表替言购理价码谢"),
            (.size, "码", "头事通数"), (.size, "个码", "头"),
            (.box, "盒", ""), (.bottle, "瓶", ""), (.bag, "袋", ""), (.packet, "包", "括含邮装裹子容围税退治赔你您"),
            (.can, "罐", "头"), (.tub, "桶", ""), (.carton, "箱", "子"), (.bar, "条", "件款码理形例"), (.cup, "杯", ""),
            (.bowl, "碗", ""), (.spoonful, "勺", ""), (.order, "单", "独价品纯身词位元薄"), (.serving, "份", "额"),
            (.item, "个", "别性人体子"), (.person, "个人", "信资体护化"), (.item, "只", "要有能是会剩限需用想好卖不为"), (.grain, "粒", ""),
            (.grain, "颗", ""), (.slice, "片", "面段刻"), (.slice, "张", "嘴"), (.stick, "支", "持付撑出援"), (.stick, "枝", ""),
            (.stick, "根", "据本治源除"), (.stick, "把", "握关控"), (.piece, "枚", ""), (.garment, "件", ""),
            (.set, "套", "餐路装现"), (.set, "组", "合成织装"), (.pair, "双", "重方向十面层眼手下击"), (.pair, "副", "作业食"),
            (.couple, "对", "于比待面照方象应不的我你他她它大来这那此"), (.kind, "种", "植子草地"), (.kind, "样", "子品本貌式"),
            (.model, "款", "式项待"), (.model, "台", "湾阶词"), (.model, "部", "分位门队"), (.person, "人", "生民群家类参体气工为员才性间"),
            (.person, "位", "置于"), (.person, "名", "字称牌气声誉副"), (.person, "口", "感味碑红腔服径罩气"),
            (.household, "家", "庭里人居具电乡长政"), (.household, "户", "外型口"),
            (.book, "本", "来身人质草地领品店金事色场期着"), (.page, "页", "面"), (.floor, "楼", "梯下上主盘"), (.floor, "层", "次"),
            (.line, "行", "业动为李程情走"), (.sentence, "句", ""),
        ].map { (unit: NumberUnit, word: String, notBefore: String) in (word, unit.rawValue, notBefore) })
}

extension Unicode.Scalar {
    var isLatinLetter: Bool { self >= "a" && self <= "z" || self >= "A" && self <= "Z" }
}

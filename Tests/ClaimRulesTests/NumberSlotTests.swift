import ChineseText
import ClaimRules
import TestSupport
import Testing

@Suite struct NumberSlotTests {
    /// A slot, a text, and the numbers of it that the slot takes.
    struct Row: CustomTestStringConvertible {
        let slot: NumberSlot
        let text: String
        let taken: [String]
        var testDescription: String { "\(slot.kind) in \(text)" }

        init(
            _ kind: NumberSlot.Kind, _ min: String? = nil, _ max: String? = nil, unit: [String] = [],
            bare: Bool = false,
            _ text: String, _ taken: String...
        ) {
            slot = try! NumberSlot(kind: kind, min: min, max: max, units: unit, isBare: bare)
            self.text = text
            self.taken = taken
        }
    }

    static let rows: [Row] = [
        // As hosts say them.
        Row(.duration, nil, "180天", "贴了二十来天它就收口了", "二十来天"),
        Row(.duration, "21天", "180天", "贴了二十来天它就收口了"),
        Row(.duration, "20天", nil, "贴了二十来天它就收口了", "二十来天"),
        Row(.duration, nil, "180天", "半个月", "半个月"),
        Row(.duration, "15d", "15d", "半个月", "半个月"),
        Row(.duration, nil, "180天", "敷三个晚上就好", "三个晚上"),
        Row(.duration, "72h", "72h", "敷三个晚上就好", "三个晚上"),
        Row(.duration, nil, "180天", "一年半"),
        Row(.duration, nil, "1年", "十二个月", "十二个月"),
        Row(.duration, nil, "1年", "十三个月"),
        Row(.duration, nil, nil, "三月三点第三天零八年三折三斤"),
        Row(.duration, nil, "10m", "七八分钟到一刻钟", "七八分钟"),
        Row(.percent, "九成", nil, "百分之九十八的人", "百分之九十八"),
        Row(.percent, "九成", nil, "九成新", "九成"),
        Row(.percent, "90%", nil, "八成新"),
        Row(.percent, "50", nil, "一半", "一半"),
        Row(.percent, "50%", nil, "三分之一"),
        Row(.percent, nil, nil, "打九折, 三分之一瓶, 九十"),
        Row(.weight, "2斤", "100斤", "掉个七八斤", "七八斤"),
        Row(.weight, "8斤", nil, "掉个七八斤", "七八斤"),
        Row(.weight, "8.1斤", nil, "掉个七八斤"),
        Row(.weight, nil, "7斤", "掉个七八斤", "七八斤"),
        Row(.weight, nil, "6.9斤", "掉个七八斤"),
        Row(.weight, "1公斤", "1公斤", "两斤和一千克和20两", "两斤", "一千克", "20两"),
        Row(.weight, "半斤", nil, "1/2斤", "1/2斤"),
        Row(.weight, unit: ["斤"], "两斤和一千克", "两斤"),
        Row(.length, "1厘米", "15厘米", "窜四公分", "四公分"),
        Row(.length, "1厘米", "15厘米", "长三十厘米"),
        Row(.length, "1尺", "1尺", "十寸", "十寸"),
        Row(.length, "1英寸", "25.4毫米", "1英寸", "1英寸"),
        Row(.price, nil, "60元", "五十九块九", "五十九块九"),
        Row(.price, nil, "59.9元", "五十九块九", "五十九块九"),
        Row(.price, nil, "59.89元", "五十九块九"),
        Row(.price, "5万元", nil, "送一辆十万块的小电车", "十万块"),
        Row(.price, "5万元", nil, "两万五"),
        Row(.price, "2万元", nil, bare: true, "两万五", "两万五"),
        Row(.price, nil, nil, "同一个吊牌，两千六百八"),
        Row(.price, nil, nil, bare: true, "同一个吊牌，两千六百八", "两千六百八"),
        Row(.price, "2680", "2680", bare: true, "同一个吊牌，两千六百八", "两千六百八"),
        Row(.price, nil, nil, bare: true, "三斤九块九，第三，八折", "九块九"),
        Row(.price, "5毛", "5角", "五毛一斤", "五毛"),
        Row(.count, "1000", nil, "三千多个人", "三千多个人"),
        Row(.count, "3999人", nil, "三千多个人", "三千多个人"),
        Row(.count, "4001人", nil, "三千多个人"),
        Row(.count, nil, nil, "三个，五位，两只", "五位"),
        Row(.number, "2", nil, unit: ["盒", "瓶"], "吃了两盒三瓶一盒五袋", "两盒", "三瓶"),
        Row(.number, "35", "70", "过了四十五", "四十五"),
        Row(.number, nil, nil, "第三名，八折，九成"),
        Row(.number, unit: ["疗程"], "吃一个疗程", "一个疗程"),
        Row(.number, "2", nil, unit: ["个码"], "小两个码", "两个码"),
        Row(.number, unit: ["亩"], "一亩地两千四", "一亩"),
        Row(.number, "2400", "2400", "一亩地两千四", "两千四"),
        Row(.number, nil, "-5", "零下十度，五度", "零下十度"),
        // What is said to be less than the least does not reach it; it reaches what is less.
        Row(.price, "500元", nil, "不到五百块"),
        Row(.price, "500元", nil, "五百块以内，500元以下，五百块不到，不超过五百块，最多500元，不足 500元，小五百块"),
        Row(.price, "499元", nil, "不到五百块", "五百块"),
        Row(.price, nil, "500元", "不到五百块", "五百块"),
        Row(.price, nil, "499元", "不到五百块"),
        Row(.price, "500元", nil, "买不到五百块的", "五百块"),
        Row(.price, "500元", nil, "不少于五百块，小于五百块", "五百块"),
        Row(.price, "500元", nil, "小六百块", "六百块"),
        Row(.number, "500", nil, "大小五百个", "五百个"),
        Row(.duration, nil, "3天", "三天之内收口，三天以内", "三天", "三天"),
        // What is said to be more has no upper end, and counts as its least.
        Row(.price, "500元", nil, "超过五百块，五百块以上，至少500元，五百块往上", "五百块", "五百块", "500元", "五百块"),
        Row(.price, "501元", nil, "超过五百块，五百块以上"),
        Row(.duration, nil, "7天", "超过七天不退", "七天"),
        Row(.number, "500", nil, "五百多个，三五百个以上", "五百多个"),
        // A range reaches what its upper end reaches.
        Row(.number, "500", nil, "四五百个", "四五百个"),
        Row(.number, "501", nil, "四五百个"),
        Row(.number, "500", nil, "四五百个以内"),
        Row(.number, "1000", nil, "上千个", "上千个"),
        Row(.number, "1001", nil, "上千个"),
        Row(.number, "900", nil, "好几百个", "好几百个"),
        // Two units, and how many times.
        Row(.weight, "650克", "650克", "一斤三两", "一斤三两"),
        Row(.weight, "1.4公斤", "1.4公斤", "两斤八两", "两斤八两"),
        Row(.weight, "750克", "750克", "掉了斤半", "斤半"),
        Row(.weight, "1000克", "1000克", "500g×2，500克*2袋", "500g×2", "500克*2袋"),
        Row(.length, "170厘米", "170厘米", "一米七", "一米七"),
        // No prices and no weights: years, times, telephone numbers, models.
        Row(.price, nil, nil, bare: true, "二〇二四年2024年08年三点半3点三月第三"),
        Row(.price, nil, nil, bare: true, "打13812345678，8888888888，幺三八幺二三四五六七八，A15，5G，13800138000"),
        Row(.price, nil, nil, bare: true, "一九九，九九", "一九九", "九九"),
        Row(.weight, nil, nil, "二〇二四年三点半13812345678，36码"),
    ]

    @Test(arguments: rows)
    func `a slot takes what the text says within its bounds`(_ row: Row) {
        let bytes = Array(row.text.utf8)
        let taken = Self.mentions(bytes).filter { row.slot.accepts($0) }
        #expect(taken.map { String(decoding: bytes[Int($0.start)..<Int($0.end)], as: UTF8.self) } == row.taken)
    }

    @Test(arguments: [
        (NumberSlot.Kind.duration, "180", NumberSlotError.Problem.missingUnit(bound: "180", correction: "180天")),
        (.price, "5万", .missingUnit(bound: "5万", correction: "5万元")),
        (.weight, "180天", .foreignUnit("天")), (.duration, "3点", .foreignUnit("点")),
        (.duration, "三月", .foreignUnit("月")), (.weight, "九成", .foreignUnit("九成")),
        (.number, "35岁", .foreignUnit("岁")), (.percent, "三折", .foreignUnit("三折")),
        (.number, "若干", .unreadable("若干")), (.number, "", .unreadable("")), (.weight, "第三", .unreadable("第三")),
        (.weight, "约3斤", .unreadable("约3斤")), (.weight, "3斤以上", .unreadable("3斤以上")),
        (.number, String(repeating: "9", count: 41), .unreadable(String(repeating: "9", count: 41))),
        (.number, String(repeating: "9", count: 40), .unreadable(String(repeating: "9", count: 40))),
        (.weight, "七八斤", .notOneNumber("七八斤")), (.duration, "十几天", .notOneNumber("十几天")),
        (.number, "3扣", .unknownUnit("扣")), (.duration, "180x", .unreadable("180x")),
    ])
    func `a bound that cannot be says why`(_ kind: NumberSlot.Kind, _ bound: String, _ problem: NumberSlotError.Problem)
    {
        for place in [NumberSlotError.Place.min, .max] {
            let error = #expect(throws: NumberSlotError.self) {
                try NumberSlot(kind: kind, min: place == .min ? bound : nil, max: place == .max ? bound : nil)
            }
            #expect(error?.problem == problem)
            #expect(error?.place == place)
            #expect(error?.kind == kind)
        }
    }

    @Test func `units and the order of bounds are looked at`() {
        func problem(_ kind: NumberSlot.Kind, min: String? = nil, max: String? = nil, _ units: [String] = [])
            -> NumberSlotError?
        {
            #expect(throws: NumberSlotError.self) { try NumberSlot(kind: kind, min: min, max: max, units: units) }
        }
        #expect(problem(.number, ["盒", "扣"])?.problem == .unknownUnit("扣"))
        #expect(problem(.number, ["盒", "扣"])?.place == .unit(1))
        #expect(problem(.weight, ["天"])?.problem == .foreignUnit("天"))
        #expect(problem(.weight, min: "5斤", max: "2公斤")?.problem == .minAboveMax(min: "5斤", max: "2公斤"))
    }

    @Test func `bounds may be written with spaces, wide digits and the letters of durations`() throws {
        let half = try NumberSlot(kind: .percent, min: " ５０ % ")
        #expect(half.low == NumberValue(5, exponent: -1))
        for text in ["180天", "180d", "１８０ 天", "一百八十天", "4320h"] {
            #expect(try NumberSlot(kind: .duration, max: text).high == NumberValue(180 * 86_400), "\(text)")
        }
        #expect(try NumberSlot(kind: .price, min: "5万元").low == NumberValue(5_000_000))
        #expect(try NumberSlot(kind: .weight, min: "2斤") == NumberSlot(kind: .weight, min: "1公斤"))
    }

    @Test(arguments: NumberSlot.Kind.allCases)
    func `the example of a kind is a bound, and so is any number with its usual unit`(_ kind: NumberSlot.Kind) throws {
        #expect(try NumberSlot(kind: kind, min: kind.exampleBound).low != nil)
        #expect(try NumberSlot(kind: kind, min: "7" + kind.usualUnit).low != nil)
    }

    /// Bounds and ranges in jin, kilograms and chi against whole numbers of thirds of grams and millimetres.
    @Test(arguments: UInt64(0)..<20)
    func `bounds agree with exact fractions`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        // Each unit in thirds of the base unit.
        let weights: [(String, Int)] = [("克", 3), ("两", 150), ("斤", 1500), ("公斤", 3000)]
        let lengths: [(String, Int)] = [("毫米", 3), ("厘米", 30), ("寸", 100), ("尺", 1000), ("米", 3000)]
        for _ in 0..<500 {
            let isWeight = Bool.random(using: &random)
            let units = isWeight ? weights : lengths
            func amount() -> (text: String, thirds: Int) {
                let unit = units.randomElement(using: &random)!
                let count = Int.random(in: 11...400, using: &random)
                return ("\(count)\(unit.0)", count * unit.1)
            }
            var bounds = [amount(), amount()].sorted { $0.thirds < $1.thirds }
            let said = amount()
            if Int.random(in: 0..<4, using: &random) == 0 { bounds[0] = said }
            guard bounds[0].thirds <= bounds[1].thirds else { continue }
            let kind: NumberSlot.Kind = isWeight ? .weight : .length
            let slot = try NumberSlot(kind: kind, min: bounds[0].text, max: bounds[1].text)
            let mention = try #require(Self.mentions(Array(said.text.utf8)).first)
            let isWithin = bounds[0].thirds <= said.thirds && said.thirds <= bounds[1].thirds
            #expect(
                slot.accepts(mention) == isWithin, "seed \(seed): \(said.text) in \(bounds[0].text)..\(bounds[1].text)")
        }
    }

    /// What is said in two units or several times, against whole grams.
    @Test(arguments: UInt64(0)..<20)
    func `amounts in two units and several packs agree with whole grams`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
        for _ in 0..<500 {
            let (a, b) = (Int.random(in: 1...9, using: &random), Int.random(in: 1...9, using: &random))
            let count = Int.random(in: 1...40, using: &random)
            let isHan = Bool.random(using: &random)
            let jin = isHan ? digits[a] + "斤" + digits[b] + "两" : "\(a)斤\(b)两"
            let sign = ["×", "x", "*", "＊", " × "].randomElement(using: &random)!
            let unit = ["", "袋", "瓶", "盒"].randomElement(using: &random)!
            let (text, grams) =
                switch Int.random(in: 0..<3, using: &random) {
                case 0: (jin, a * 500 + b * 50)
                case 1: ("\(a * 50 + b)g\(sign)\(count)\(unit)", (a * 50 + b) * count)
                default: ("\(a)kg\(sign)\(b)\(unit)\(sign)\(count)箱", a * b * count * 1000)
                }
            let mentions = Self.mentions(Array(text.utf8))
            #expect(mentions.count == 1, "seed \(seed): \(text)")
            guard let mention = mentions.first else { continue }
            for difference in [-1, 0, 1] {
                let slot = try NumberSlot(
                    kind: .weight, min: "\(grams + difference)克", max: "\(grams + difference)克")
                #expect(slot.accepts(mention) == (difference == 0), "seed \(seed): \(text), \(grams)g")
            }
        }
    }

    @Test func `a number beyond the range is not taken, and nothing traps`() throws {
        let nines = String(repeating: "9", count: 18)
        for kind in NumberSlot.Kind.allCases {
            let slot = try NumberSlot(kind: kind, isBare: true)
            for unit in ["亿亿年", "万亿吨", "亿亿公里", "亿亿亿元", "", "%", "亿亿人", "年代"] {
                for mention in Self.mentions(Array((nines + unit).utf8)) { _ = slot.accepts(mention) }
            }
        }
    }

    static func mentions(_ bytes: [UInt8]) -> [NumberMention] {
        var buffer = NumberBuffer(capacity: 16)
        bytes.withUnsafeBufferPointer { NumberReader.read($0, into: &buffer) }
        return (0..<buffer.count).map { buffer[$0] }
    }
}

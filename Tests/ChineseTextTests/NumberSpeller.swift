import ChineseText
import TestSupport

/// Says numbers in Chinese, in every way people do: the converse of `NumberReader`, and the simpler direction.
struct NumberSpeller {
    /// How a whole number is said.
    enum Manner: CaseIterable {
        case plain, formal, short, arabic, wide, styled, grouped
    }

    /// A text, and what it must be read as.
    struct Spelled {
        var text: String
        var low: NumberValue?
        var high: NumberValue?
        var kind: NumberMention.Kind = .cardinal
        var unit: NumberUnit?
        var isApproximate = false

        init(_ text: String, _ value: NumberValue?) {
            self.text = text
            low = value
            high = value
        }
    }

    var random: SplitMix64

    static let han = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
    static let formal = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"]
    static let powers: [(value: Int64, han: String, formal: String)] = [
        (100_000_000, "亿", "亿"), (10000, "万", "万"), (1000, "千", "仟"), (100, "百", "佰"), (10, "十", "拾"),
    ]
    /// Units that collide with no numeral and no word.
    static let units: [(String, NumberUnit)] = [
        ("天", .day), ("斤", .jin), ("公斤", .kilogram), ("千克", .kilogram), ("克", .gram), ("小时", .hour),
        ("个小时", .hour), ("个月", .month), ("盒", .box), ("瓶", .bottle), ("元", .yuan), ("块钱", .yuan), ("岁", .age),
        ("厘米", .centimetre), ("倍", .times), ("次", .occasion), ("千卡", .kilocalorie), ("分钟", .minute), ("种", .kind),
        ("kg", .kilogram), ("㎏", .kilogram), ("个", .item),
    ]

    mutating func chance(_ parts: Int) -> Bool { Int.random(in: 0..<parts, using: &random) == 0 }

    /// A number of a random length, so that short ones are as frequent as long ones.
    mutating func number(digits: ClosedRange<Int>) -> Int64 {
        var number: Int64 = 0
        for _ in 0..<Int.random(in: digits, using: &random) {
            number = number * 10 + (chance(3) ? 0 : Int64.random(in: 0...9, using: &random))
        }
        return number
    }

    /// From the greatest power down, 零 where one is left out.
    mutating func plain(_ number: Int64, formal isFormal: Bool = false, isInside: Bool = false) -> String {
        let digits = isFormal ? Self.formal : Self.han
        guard number >= 10 else { return digits[Int(number)] }
        for (power, han, formal) in Self.powers where number >= power {
            let (count, rest) = number.quotientAndRemainder(dividingBy: power)
            var text: String
            if power == 10, count == 1, !isFormal, !isInside || chance(4) {
                text = ""
            } else if count == 2, power > 10, !isFormal, chance(2) {
                text = "两"
            } else {
                text = plain(count, formal: isFormal)
            }
            text += isFormal ? formal : han
            if rest > 0 {
                if power > 10, rest < power / 10 {
                    // 一百零五, and 一千零十五 or 一千零一十五.
                    text += "零"
                }
                text += plain(rest, formal: isFormal, isInside: true)
            }
            return text
        }
        return ""
    }

    /// 两万三 for 23,000, if the number ends in a digit just below the power before it.
    mutating func short(_ number: Int64) -> String? {
        var zeros = 0
        var rest = number
        while rest > 0, rest % 10 == 0 {
            zeros += 1
            rest /= 10
        }
        let isBelowPower: Bool
        switch zeros {
        case 1, 2: isBelowPower = rest / 10 % 10 > 0
        case 3: isBelowPower = number / 10000 % 10000 > 0
        case 7: isBelowPower = number >= 100_000_000
        default: isBelowPower = false
        }
        guard isBelowPower, number >= 100 else { return nil }
        return plain(rest / 10 * (number / rest) * 10) + Self.han[Int(rest % 10)]
    }

    mutating func spell(_ number: Int64, _ manner: Manner) -> String? {
        switch manner {
        case .plain: return number == 2 && chance(2) ? "两" : plain(number)
        case .formal: return number > 9 ? plain(number, formal: true) : nil
        case .short: return short(number)
        case .arabic: return String(number)
        case .wide: return Self.shifted(String(number), to: 0xFF10)
        case .styled:
            return Self.shifted(String(number), to: [0x1D7CE, 0x1D7D8, 0x1D7F6].randomElement(using: &random)!)
        case .grouped: return Self.grouped(number)
        }
    }

    static func shifted(_ digits: String, to zero: UInt32) -> String {
        var text = String.UnicodeScalarView()
        for digit in digits.unicodeScalars { text.append(Unicode.Scalar(digit.value - 0x30 + zero)!) }
        return String(text)
    }

    static func grouped(_ number: Int64) -> String {
        let (rest, group) = number.quotientAndRemainder(dividingBy: 1000)
        return rest == 0 ? String(group) : grouped(rest) + "," + String(String(1000 + group).dropFirst())
    }

    /// Each digit by its name.
    static func digits(_ digits: String) -> String { digits.map { han[$0.wholeNumberValue!] }.joined() }

    // MARK: Everything that can be said

    mutating func any() -> Spelled {
        switch Int.random(in: 0..<12, using: &random) {
        case 0...2: whole()
        case 3: decimal()
        case 4: powerOfArabic()
        case 5: share()
        case 6: price()
        case 7: money()
        case 8: range()
        case 9: approximate()
        case 10: half()
        default: special()
        }
    }

    mutating func whole() -> Spelled {
        while true {
            let number = number(digits: 1...16)
            let manner = Manner.allCases.randomElement(using: &random)!
            guard let text = spell(number, manner) else { continue }
            let isDigits = number > 9_999_999_999 && manner != .plain && manner != .formal && manner != .short
            var spelled = Spelled(text, NumberValue(number))
            if isDigits { spelled.kind = .digits }
            // 三百一盒 is 300 for one box.
            if chance(2), !isDigits, manner != .short || !text.hasSuffix("一") { addUnit(&spelled) }
            return spelled
        }
    }

    private mutating func addUnit(_ spelled: inout Spelled) {
        let (word, unit) = Self.units.randomElement(using: &random)!
        // 四千克 is four kilograms.
        if spelled.text.hasSuffix("千"), unit == .gram { return }
        spelled.text += word
        spelled.unit = unit
    }

    mutating func decimal() -> Spelled {
        let whole = number(digits: 1...6)
        let places = Int.random(in: 1...4, using: &random)
        let fraction = String(
            String((0..<places).reduce(Int64(1)) { sum, _ in sum * 10 } + number(digits: 1...places))
                .dropFirst())
        let digits = String(fraction.suffix(places))
        var value = NumberValue(whole)!.adding(NumberValue(Int64(digits)!, exponent: -places)!)
        var text = chance(2) ? plain(whole) + "点" + Self.digits(digits) : "\(whole).\(digits)"
        if chance(3) {
            let (word, power) = [("万", 4), ("亿", 8)].randomElement(using: &random)!
            text += word
            value = value?.scaled(byPowerOfTen: power)
        }
        var spelled = Spelled(text, value)
        // 三点九一斤 is 3.9 for one jin.
        if chance(2), !text.hasSuffix("一") {
            spelled.text += "斤"
            spelled.unit = .jin
        }
        return spelled
    }

    /// 3千5, 12万, 3亿5000万.
    mutating func powerOfArabic() -> Spelled {
        let count = Int64.random(in: 1...9999, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return Spelled("\(count)万", NumberValue(count * 10000))
        case 1:
            let digit = Int64.random(in: 1...9, using: &random)
            return Spelled("\(count % 9 + 1)千\(digit)", NumberValue((count % 9 + 1) * 1000 + digit * 100))
        case 2: return Spelled("\(count % 9 + 1)亿\(count)万", NumberValue((count % 9 + 1) * 100_000_000 + count * 10000))
        default: return Spelled("\(count)亿", NumberValue(count * 100_000_000))
        }
    }

    mutating func share() -> Spelled {
        let parts = Int64.random(in: 1...999, using: &random)
        var spelled: Spelled
        switch Int.random(in: 0..<7, using: &random) {
        case 0:
            spelled = Spelled("百分之" + plain(parts), NumberValue(parts, exponent: -2))
            spelled.kind = .percent
        case 1:
            spelled = Spelled("\(parts)%", NumberValue(parts, exponent: -2))
            spelled.kind = .percent
        case 2:
            let tenth = Int.random(in: 1...9, using: &random)
            spelled = Spelled(
                "百分之\(plain(parts))点\(Self.han[tenth])", NumberValue(parts * 10 + Int64(tenth), exponent: -3))
            spelled.kind = .percent
        case 3:
            spelled = Spelled("千分之" + plain(parts), NumberValue(parts, exponent: -3))
            spelled.kind = .fraction
        case 4:
            let whole = Int64.random(in: 2...99, using: &random)
            spelled = Spelled("\(plain(whole))分之\(plain(parts))", NumberValue(parts, divisor: whole))
            spelled.kind = .fraction
        case 5:
            let whole = Int64.random(in: 1...99, using: &random)
            spelled = Spelled("\(parts)/\(whole)", NumberValue(parts, divisor: whole))
            spelled.kind = .fraction
        default:
            spelled = Spelled("\(parts)‰", NumberValue(parts, exponent: -3))
            spelled.kind = .fraction
        }
        return spelled
    }

    /// 折 and 成.
    mutating func price() -> Spelled {
        let isDiscount = chance(2)
        let word = isDiscount ? "折" : "成"
        let (first, second) = (Int.random(in: 1...9, using: &random), Int.random(in: 1...9, using: &random))
        let both = NumberValue(Int64(first * 10 + second), exponent: -2)
        var spelled: Spelled
        switch Int.random(in: 0..<4, using: &random) {
        case 0: spelled = Spelled(Self.han[first] + word, NumberValue(Int64(first), exponent: -1))
        case 1: spelled = Spelled("\(Self.han[first])点\(Self.han[second])\(word)", both)
        case 2: spelled = Spelled("\(first).\(second)\(word)", both)
        default:
            spelled = Spelled(Self.han[first] + Self.han[second] + word, both)
            if first + 1 == second || first == 3 && second == 5 {
                spelled.low = NumberValue(Int64(first), exponent: -1)
                spelled.high = NumberValue(Int64(second), exponent: -1)
            }
        }
        spelled.kind = isDiscount ? .discount : .tenths
        return spelled
    }

    mutating func money() -> Spelled {
        // 一块 is more than money.
        let yuan = Int64.random(in: 2...9999, using: &random)
        let (jiao, fen) = (Int64.random(in: 1...9, using: &random), Int64.random(in: 1...9, using: &random))
        let isArabic = chance(2)
        func say(_ number: Int64) -> String { isArabic ? String(number) : Self.han[Int(number)] }
        let whole = isArabic ? String(yuan) : plain(yuan)
        let chunk = ["块", "元"].randomElement(using: &random)!
        let coin = ["毛", "角"].randomElement(using: &random)!
        var spelled: Spelled
        switch Int.random(in: 0..<7, using: &random) {
        case 0: spelled = Spelled(whole + "块" + say(jiao), NumberValue(yuan * 10 + jiao, exponent: -1))
        case 1: spelled = Spelled(whole + chunk + say(jiao) + coin, NumberValue(yuan * 10 + jiao, exponent: -1))
        case 2:
            let text = whole + chunk + say(jiao) + coin + say(fen) + ["", "分"].randomElement(using: &random)!
            spelled = Spelled(text, NumberValue(yuan * 100 + jiao * 10 + fen, exponent: -2))
        case 3:
            spelled = Spelled(
                whole + chunk + "零" + Self.han[Int(fen)] + "分", NumberValue(yuan * 100 + fen, exponent: -2))
        case 4: spelled = Spelled("¥\(yuan).\(jiao)\(fen)", NumberValue(yuan * 100 + jiao * 10 + fen, exponent: -2))
        case 5: spelled = Spelled(plain(yuan, formal: yuan > 9) + "圆整", NumberValue(yuan))
        default: spelled = Spelled("\(yuan)块\(jiao)\(fen)", NumberValue(yuan * 100 + jiao * 10 + fen, exponent: -2))
        }
        spelled.unit = .yuan
        return spelled
    }

    mutating func range() -> Spelled {
        let digit = Int64.random(in: 1...8, using: &random)
        let (first, second) = (Self.han[Int(digit)], Self.han[Int(digit + 1)])
        let pair = digit == 2 && chance(2) ? "两三" : first + second
        var spelled: Spelled
        var power: Int64 = 1
        switch Int.random(in: 0..<5, using: &random) {
        case 0: spelled = Spelled(pair, nil)
        case 1:
            let (value, word, _) = Self.powers.randomElement(using: &random)!
            spelled = Spelled(pair + word, nil)
            power = value
        case 2:
            let tens = Int64.random(in: 1...9, using: &random) * 10
            spelled = Spelled(plain(tens) + first + second, nil)
            spelled.low = NumberValue(tens + digit)
            spelled.high = NumberValue(tens + digit + 1)
        case 3:
            let hundreds = Int64.random(in: 1...9, using: &random) * 100
            spelled = Spelled(plain(hundreds) + first + second + "十", nil)
            spelled.low = NumberValue(hundreds + digit * 10)
            spelled.high = NumberValue(hundreds + digit * 10 + 10)
        default:
            let (from, upTo) = (number(digits: 1...4), number(digits: 5...7))
            let sign = ["到", "至", "-", "~", "～", "—"].randomElement(using: &random)!
            let isArabic = chance(2)
            guard from < upTo else { return range() }
            spelled = Spelled((isArabic ? "\(from)" : plain(from)) + sign + (isArabic ? "\(upTo)" : plain(upTo)), nil)
            spelled.low = NumberValue(from)
            spelled.high = NumberValue(upTo)
        }
        if spelled.low == nil {
            spelled.low = NumberValue(digit * power)
            spelled.high = NumberValue((digit + 1) * power)
        }
        spelled.text += "斤"
        spelled.unit = .jin
        return spelled
    }

    mutating func approximate() -> Spelled {
        let digit = Int64.random(in: 1...9, using: &random)
        let (power, word, _) = Self.powers.randomElement(using: &random)!
        let count = digit == 1 && power == 10 ? "" : Self.han[Int(digit)]
        var spelled: Spelled
        switch Int.random(in: 0..<7, using: &random) {
        case 0:
            spelled = Spelled(count + word + ["多", "余"].randomElement(using: &random)!, NumberValue(digit * power))
            spelled.high = NumberValue((digit + 1) * power)
        case 1: spelled = Spelled(count + word + "来", NumberValue(digit * power))
        case 2:
            spelled = Spelled("\(count)\("十")几", NumberValue(digit * 10 + 1))
            if count.isEmpty || digit > 0 { spelled.high = NumberValue(digit * 10 + 9) }
            if count.isEmpty, power != 10 { return approximate() }
        case 3:
            spelled = Spelled(["几", "数", "好几"].randomElement(using: &random)! + word, NumberValue(2 * power))
            spelled.high = NumberValue(9 * power)
        case 4:
            guard power > 10 else { return approximate() }
            spelled = Spelled(["上", "近", "超"].randomElement(using: &random)! + word, NumberValue(power))
        case 5:
            spelled = Spelled("\(digit)0多", NumberValue(digit * 10))
            spelled.high = NumberValue(digit * 10 + 10)
        default:
            spelled = Spelled("\(digit)00+", NumberValue(digit * 100))
        }
        spelled.text += "斤"
        spelled.unit = .jin
        spelled.isApproximate = true
        return spelled
    }

    mutating func half() -> Spelled {
        let number = Int64.random(in: 1...9999, using: &random)
        let value = NumberValue(number * 10 + 5, exponent: -1)
        let said = chance(2) ? String(number) : plain(number)
        let (word, unit) = [
            ("个半月", NumberUnit.month), ("个半小时", .hour), ("斤半", .jin), ("年半", .year), ("公斤半", .kilogram),
        ].randomElement(using: &random)!
        // 2024年半: a year, and no 2024 years.
        guard unit != .year || number < 1000 else { return half() }
        if chance(5) {
            let (word, unit) = [("半斤", NumberUnit.jin), ("半个月", .month), ("半小时", .hour)].randomElement(using: &random)!
            var spelled = Spelled(word, NumberValue(5, exponent: -1))
            spelled.unit = unit
            return spelled
        }
        var spelled = Spelled(said + word, value)
        spelled.unit = unit
        return spelled
    }

    mutating func special() -> Spelled {
        var spelled: Spelled
        let number = number(digits: 1...6)
        switch Int.random(in: 0..<5, using: &random) {
        case 0:
            spelled = Spelled("第" + (chance(2) ? String(number) : plain(number)), NumberValue(number))
            spelled.kind = .ordinal
        case 1:
            let year = Int64.random(in: 1900...2099, using: &random)
            spelled = Spelled((chance(2) ? String(year) : Self.digits(String(year))) + "年", NumberValue(year))
            spelled.kind = .year
            spelled.unit = .year
        case 2:
            let phone = "1" + String(Int64.random(in: 3_000_000_000...9_999_999_999, using: &random))
            let said = Self.digits(phone).map { $0 == "一" ? "幺" : String($0) }.joined()
            spelled = Spelled(chance(2) ? said : phone, NumberValue(Int64(phone)!))
            spelled.kind = .digits
        case 3:
            spelled = Spelled("零下\(plain(number))摄氏度", NumberValue(-number))
            spelled.unit = .celsius
        default: spelled = Spelled("负" + plain(number), NumberValue(-number))
        }
        return spelled
    }
}

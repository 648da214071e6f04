/// Says one whole number, from the greatest power down.
///
///     2225     两千二百二十五     `liang` 0b01: the first 2 before a power is 两, the second 二
///     103453   十万零三千四百五十三  `addsZero`
struct NumberSpeech {
    /// The numbers below this can be said.
    static let limit: Int64 = 1_000_000_000_000

    /// One bit for each 2 that stands before 百, 千, 万 or 亿, from the left: whether it is said 两 instead of 二.
    private let liang: UInt
    /// Whether 零 is said behind a round 万 too: 十万零三千.
    private let addsZero: Bool
    /// Whether 一 is left out before 十 inside a number: 一百十五.
    private let dropsOne: Bool
    /// Whether what stands before 万 or 亿 is written in digits: 13万2千.
    private let writesHead: Bool
    /// How many 2s before a power came so far.
    private(set) var twos = 0

    static let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"]

    init(liang: UInt = .max, addsZero: Bool = false, dropsOne: Bool = false, writesHead: Bool = false) {
        self.liang = liang
        self.addsZero = addsZero
        self.dropsOne = dropsOne
        self.writesHead = writesHead
    }

    /// - Precondition: `number` is from 0 up and below `limit`.
    mutating func say(_ number: Int64) -> String {
        precondition(number >= 0 && number < Self.limit, "\(number) has no spoken form here")
        if number == 0 { return Self.digits[0] }
        if number >= 100_000_000 { return say(number, in: 100_000_000, "亿") }
        if number >= 10_000 { return say(number, in: 10_000, "万") }
        return saySection(number)
    }

    private mutating func say(_ number: Int64, in power: Int64, _ name: String) -> String {
        let (head, rest) = number.quotientAndRemainder(dividingBy: power)
        let said = writesHead ? "\(head)" : head == 2 ? two() : say(head)
        guard rest > 0 else { return said + name }
        let hasGap = rest < power / 10 || addsZero && head % 10 == 0
        return said + name + (hasGap ? Self.digits[0] : "") + say(rest)
    }

    /// Below 10,000.
    private mutating func saySection(_ number: Int64) -> String {
        var said = ""
        var rest = number
        var hasGap = false
        for (power, name) in [(Int64(1000), "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = rest / power
            rest %= power
            if digit == 0 {
                hasGap = !said.isEmpty
                continue
            }
            if hasGap { said += Self.digits[0] }
            hasGap = false
            let isBareTen = power == 10 && digit == 1 && (number < 20 || dropsOne)
            said += isBareTen ? "" : digit == 2 && power >= 100 ? two() : Self.digits[Int(digit)]
            said += name
        }
        return said
    }

    private mutating func two() -> String {
        defer { twos += 1 }
        return liang & (1 << UInt(twos)) != 0 ? "两" : "二"
    }
}

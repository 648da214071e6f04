/// What follows a decimal point: digits, and then perhaps 千, 万 or 亿 for all of it.
struct DecimalFraction {
    private var digits: DigitRun
    private var after: NumberCursor
    private var isDotted = false

    /// Reads `.5`; with a second point (1.2.3) it is all of that, and no number.
    init(afterPoint cursor: NumberCursor) {
        digits = DigitRun(at: cursor.advanced(), .arabic)
        after = digits.after
        while after.scalar == ".", after.isAtBorder, NumeralReader.isArabic(after.advanced()) {
            isDotted = true
            after = DigitRun(at: after.advanced(), .arabic).after
        }
    }

    /// Reads 点五, as long as it is not the time of a clock (三点五十, 3点05) or the beginning of a word (三点一起).
    init?(after点 cursor: NumberCursor, whole: Int64) {
        guard cursor.scalar == "点" else { return nil }
        let next = cursor.advanced()
        guard case .digit(_, let style) = Numeral(next.scalar), next.scalar != "两", next.scalar != "幺",
            OrdinaryWords.word(at: next)?.meaning != .anywhere
        else { return nil }
        digits = DigitRun(at: next, style, mayBePair: false)
        switch Numeral(digits.after.scalar) {
        case .power(1, _), .power(2, _): return nil
        case .power, nil: break
        default: if style != .arabic, digits.after.scalar != "两" { return nil }
        }
        if style == .arabic, digits.count == 2, whole <= 24, digits.value < 60, !Self.needsDecimal(digits.after.scalar)
        {
            return nil
        }
        // 三点九一瓶: 3.9 for one bottle.
        if style == .han, digits.count > 1, digits.value % 10 == 1,
            let unit = NumberUnit.unit(at: digits.after)?.unit, unit.isSold
        {
            digits = digits.withoutLast()
        }
        after = digits.after
    }

    /// Whether a clock's minutes do not stand before this.
    private static func needsDecimal(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "%", "折", "倍", "千", "万", "亿", "元", "块", "斤", "公", "克", "米", "厘": true
        default: false
        }
    }

    func numeral(whole: NumberValue?, _ style: Numeral.Style) -> WrittenNumeral {
        var value = digits.number?.scaled(byPowerOfTen: -digits.count).flatMap { whole?.adding($0) }
        var numeral = WrittenNumeral(low: nil, high: nil, after: after, style: style, isDotted: isDotted)
        guard !isDotted else { return numeral }
        var powers = 0
        while case .power(let power, .han) = Numeral(numeral.after.scalar), power >= 3, powers < 2,
            power > 3 || NumberUnit.unit(at: numeral.after) == nil
        {
            value = value?.scaled(byPowerOfTen: power)
            numeral.after.advance()
            powers += 1
        }
        numeral.low = value
        numeral.high = value
        if powers > 0, numeral.after.scalar == "多", let number = value {
            numeral.high = number.nextAsRound
            numeral.isApproximate = true
            numeral.after.advance()
        }
        return style == .arabic ? numeral.withLetterPower() : numeral
    }
}

extension NumberValue {
    /// One more in the last digit that is not zero: where 多 and 余 end.
    var nextAsRound: NumberValue? { NumberValue(1, exponent: Int(exponent)).flatMap(adding) }
}

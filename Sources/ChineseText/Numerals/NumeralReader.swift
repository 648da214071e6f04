/// A numeral as it is written, before what follows says what it counts.
struct WrittenNumeral {
    /// nil beyond the range of `NumberValue`.
    var low: NumberValue?
    var high: NumberValue?
    var isApproximate = false
    var after: NumberCursor
    var style: Numeral.Style
    /// How many digits it is, if it is digits alone: 5, 二〇二四, but neither 十 nor 1.5.
    var digitCount = 0
    var beginsWithZero = false
    /// 五六, 七八十: digits said together that are no number of two digits.
    var isRange = false
    /// 百, 千, 万 or 亿 without a digit before it.
    var isBarePower = false
    /// Whether it is a number only before a unit: 陆, 千万.
    var needsUnit = false
    /// Two points and more: a version, a date, an address on a network, and no number.
    var isDotted = false

    /// Whether it is exact, whole and one number.
    var isPlain: Bool { !isApproximate && !isRange && !isDotted && (low == nil || low!.exponent >= 0) }
}

/// Reads numerals: digits, and digits with 十, 百, 千, 万 and 亿.
///
/// Spoken forms, with what they mean: 两万三 is 23,000, since a last digit counts in the next power below; 一万零三 is
/// 10,003. 五六 is 5 to 6, 七八十 70 to 80, 三五 3 to 5. 几 and 数 are a digit, 2 to 9 (in 十几 1 to 9). In
/// 一百九十八一瓶 the last 一 begins another number.
enum NumeralReader {
    /// Reads the longest numeral at `cursor`.
    ///
    /// Looks at most a few characters beyond it, and at no character more than a fixed number of times.
    static func read(at cursor: NumberCursor) -> WrittenNumeral? {
        if let (numerator, denominator) = cursor.enclosed {
            let value = NumberValue(numerator, divisor: denominator)
            return WrittenNumeral(low: value, high: value, after: cursor.advanced(), style: .arabic)
        }
        switch Numeral(cursor.scalar) {
        case .digit(_, .arabic): return readArabic(at: cursor)
        case .digit(_, let style): return readHan(at: cursor, style)
        case .power(let power, let style): return readPower(power, style, at: cursor)
        case .tens(let tens):
            var composition = Composition(whole: Bounds(tens, tens), roundTo: 1, takesDigits: true, style: .han)
            return composition.finish(from: cursor.advanced())
        case .pair(let number):
            let value = NumberValue(number)
            return WrittenNumeral(low: value, high: value, after: cursor.advanced(), style: .han)
        case .some:
            let next = cursor.advanced()
            guard case .power = Numeral(next.scalar) else { return nil }
            var composition = Composition(Bounds(2, 9), isApproximate: true, style: .han)
            return composition.finish(from: next)
        case nil: return nil
        }
    }

    /// 十, and 百, 千, 万, 亿 without a digit, which their context must make numbers.
    private static func readPower(_ power: Int, _ style: Numeral.Style, at cursor: NumberCursor) -> WrittenNumeral? {
        var composition = Composition(Bounds(1, 1), style: style)
        guard composition.takes(power, at: cursor) else { return nil }
        var numeral = composition.finish(from: cursor)
        let isAlone = cursor.advanced().start == numeral.after.start
        if power > 1 { numeral.isBarePower = isAlone || style == .formal && power < 4 }
        // 拾 alone is "to pick up".
        numeral.needsUnit = style == .formal && isAlone
        return numeral
    }

    /// 一二三, or the first digit of more.
    private static func readHan(at cursor: NumberCursor, _ style: Numeral.Style) -> WrittenNumeral? {
        var run = DigitRun(at: cursor, style)
        // 一两 and 三两: a range before a unit or a power, else 50 grams each.
        if run.count == 1, run.after.scalar == "两", run.value == 1 || run.value == 3, style == .han {
            let next = run.after.advanced()
            if isPower(next) || NumberUnit.unit(at: next) != nil {
                run.becomePair(run.value == 1 ? (1, 2) : (2, 3), after: next)
            }
        }
        var composition = Composition(run.bounds, isRange: run.isPair, style: style)
        if case .power(let power, _) = Numeral(run.after.scalar), composition.takes(power, at: run.after) {
            if run.count == 1 || run.isPair || power >= 4 { return composition.finish(from: run.after) }
            // 九八一百: the last digit belongs to what follows.
            return run.withoutLast().numeral(style)
        }
        if !run.isPair, let fraction = DecimalFraction(after点: run.after, whole: run.value) {
            return fraction.numeral(whole: run.number, style)
        }
        return run.numeral(style)
    }

    private static func isPower(_ cursor: NumberCursor) -> Bool {
        if case .power = Numeral(cursor.scalar) { true } else { false }
    }

    /// 1,234.5, 3千5, 10多万.
    private static func readArabic(at cursor: NumberCursor) -> WrittenNumeral? {
        var run = DigitRun(at: cursor, .arabic)
        run.readGroups()
        if run.after.scalar == ".", run.after.isAtBorder, isArabic(run.after.advanced()) {
            return DecimalFraction(afterPoint: run.after).numeral(whole: run.number, .arabic)
        }
        if let fraction = DecimalFraction(after点: run.after, whole: run.value) {
            return fraction.numeral(whole: run.number, .arabic)
        }
        if let (numerator, denominator) = run.after.enclosed, denominator > 1 {
            // 1½.
            let value = NumberValue(numerator, divisor: denominator).flatMap { run.number?.adding($0) }
            return WrittenNumeral(low: value, high: value, after: run.after.advanced(), style: .arabic)
        }
        if case .power(let power, _) = Numeral(run.after.scalar), power < 4 {
            var composition = Composition(run.bounds, style: .arabic)
            if composition.takes(power, at: run.after) { return composition.finish(from: run.after) }
        }
        var composition = Composition(
            whole: run.bounds, roundTo: run.trailingZeros, takesDigits: false, style: .arabic)
        let composed = composition.finish(from: run.after)
        return composed.after.start == run.after.start
            ? run.numeral(.arabic)?.withLetterPower() : composed.withLetterPower()
    }

    /// Whether + here says "and more": 100+, but 1+1.
    static func isPlus(_ cursor: NumberCursor) -> Bool {
        guard cursor.scalar == "+", cursor.isAtBorder else { return false }
        let next = cursor.advanced()
        return !isArabic(next) && !next.scalar.isLatinLetter
    }

    static func isArabic(_ cursor: NumberCursor) -> Bool {
        if case .digit(_, .arabic) = Numeral(cursor.scalar) { true } else { false }
    }
}

extension WrittenNumeral {
    /// 10w+ and 3w: ten thousands in the writing of the trade; k, and a capital W, which is a watt, only with +.
    func withLetterPower() -> WrittenNumeral {
        let next = after.advanced()
        let power: Int
        switch after.scalar {
        case "w" where NumeralReader.isPlus(next) || !after.isCapital && !next.scalar.isLatinLetter: power = 4
        case "k" where NumeralReader.isPlus(next): power = 3
        default: return self
        }
        guard after.isAtBorder, next.isAtBorder else { return self }
        var scaled = self
        scaled.low = low?.scaled(byPowerOfTen: power)
        scaled.high = high?.scaled(byPowerOfTen: power)
        scaled.after = next
        scaled.digitCount = 0
        return scaled
    }
}

/// From the least to the most that digits can mean.
struct Bounds {
    var low: Int64
    var high: Int64
    /// Whether the digits were too many.
    var isBeyond = false

    init(_ low: Int64, _ high: Int64) {
        self.low = low
        self.high = high
    }

    mutating func add(_ other: Bounds) {
        low = sum(low, other.low)
        high = sum(high, other.high)
        isBeyond = isBeyond || other.isBeyond
    }

    mutating func multiply(byPowerOfTen power: Int) {
        for _ in 0..<power {
            low = product(low)
            high = product(high)
        }
    }

    func multiplied(byPowerOfTen power: Int) -> Bounds {
        var bounds = self
        bounds.multiply(byPowerOfTen: power)
        return bounds
    }

    mutating func dropLastDigit() {
        low /= 10
        high /= 10
    }

    /// Raises the upper end to the next number as round: from 100 to 200, from 110 to 120.
    mutating func raiseHigh() {
        var step: Int64 = 1
        while high > 0, high % (step * 10) == 0, step < 100_000_000_000_000_000 { step *= 10 }
        high = sum(high, step)
    }

    var values: (low: NumberValue?, high: NumberValue?) {
        isBeyond ? (nil, nil) : (NumberValue(low), NumberValue(high))
    }

    private mutating func sum(_ first: Int64, _ second: Int64) -> Int64 {
        let (sum, overflow) = first.addingReportingOverflow(second)
        isBeyond = isBeyond || overflow
        return overflow ? 0 : sum
    }

    private mutating func product(_ number: Int64) -> Int64 {
        let (product, overflow) = number.multipliedReportingOverflow(by: 10)
        isBeyond = isBeyond || overflow
        return overflow ? 0 : product
    }
}

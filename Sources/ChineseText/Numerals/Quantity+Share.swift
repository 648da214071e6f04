/// What makes a number a share of something: %, 分之, 折, 成, a slash, 一半.
extension Quantity {
    /// + after arabic digits: 100+, 10w+.
    mutating func readPlus() {
        guard numeral.style == .arabic, NumeralReader.isPlus(after) else { return }
        isApproximate = true
        after.advance()
    }

    /// Reads what makes it a share of something.
    mutating func readShare() -> Bool {
        readPartsOf() || readPercentSign() || readTenths() || readSlash() || readOneHalf()
    }

    /// 百分之九十九, 三分之二, 百分百, 百分100.
    private mutating func readPartsOf() -> Bool {
        guard after.scalar == "分", numeral.isPlain, let whole = low else { return false }
        var next = after.advanced()
        let isHundred = whole == NumberValue(100)
        if numeral.isBarePower, isHundred, let end = Self.endOfHundred(at: next) {
            low = NumberValue(1)
            high = low
            kind = .percent
            after = end
            return true
        }
        guard next.skip("之"), let parts = NumeralReader.read(at: next), !parts.isDotted, whole.significand > 0 else {
            return false
        }
        low = parts.low?.divided(by: whole)
        high = parts.high?.divided(by: whole)
        isApproximate = isApproximate || parts.isApproximate
        kind = isHundred ? .percent : .fraction
        after = parts.after
        readPlainUnit()
        return true
    }

    /// What follows 百, 100 or 一百.
    private static func endOfHundred(at cursor: NumberCursor) -> NumberCursor? {
        if cursor.scalar == "百" { return cursor.advanced() }
        guard let numeral = NumeralReader.read(at: cursor), numeral.isPlain, numeral.low == NumberValue(100) else {
            return nil
        }
        return numeral.after
    }

    private mutating func readPercentSign() -> Bool {
        guard after.isAtBorder, after.advanced().isAtBorder else { return false }
        let power: Int
        switch after.scalar {
        case "%", "٪": power = 2
        case "趴": power = 2
        case "‰": power = 3
        default: return false
        }
        guard after.scalar != "趴" || numeral.digitCount != 1 else { return false }
        scale(by: -power)
        kind = power == 2 ? .percent : .fraction
        after.advance()
        readPlus()
        return true
    }

    /// 三点五折, 八八折, 七成, 九九成: two digits are hundredths, all else counts in tenths.
    private mutating func readTenths() -> Bool {
        guard low == nil || low!.significand > 0 else { return false }
        guard let found = Self.tenths.longest(at: after) else { return false }
        let isHundredths = numeral.digitCount == 2 && !numeral.isRange && low != NumberValue(10)
        let limit = NumberValue(isHundredths ? 100 : 10)!
        guard let high, high <= limit else { return false }
        scale(by: isHundredths ? -2 : -1)
        kind = found.meaning == 1 ? .discount : .tenths
        after = found.after
        if kind == .tenths, numeral.isPlain, !isHundredths { readHundredths() }
        return true
    }

    /// 一成五, 七成半.
    private mutating func readHundredths() {
        let digit: Int64
        switch Numeral(after.scalar) {
        case .digit(let value, .han) where value > 0 && after.scalar != "两": digit = value
        case nil where after.scalar == "半" && OneHalf.counts(after): digit = 5
        default: return
        }
        let next = after.advanced()
        guard Numeral(next.scalar) == nil, NumberUnit.unit(at: next) == nil, OrdinaryWords.word(at: after) == nil,
            !Self.isShare(next)
        else { return }
        low = NumberValue(digit, exponent: -2).flatMap { low?.adding($0) }
        high = low
        after = next
    }

    private static let tenths = PhraseTable([
        ("折", 1, "叠扣腾磨射线断合算旧"), ("成", 2, "为功立员分本长绩果品熟年都了人就交份效像型套天千百不语"),
    ])

    /// 1/2; 2024/5/1 is a chain.
    private mutating func readSlash() -> Bool {
        guard numeral.style == .arabic, numeral.digitCount > 0, numeral.after.start == after.start, isSlash else {
            return false
        }
        let divisor = DigitRun(at: after.advanced(), .arabic)
        after = divisor.after
        while isSlash {
            isChain = true
            after = DigitRun(at: after.advanced(), .arabic).after
        }
        guard !isChain else { return true }
        guard divisor.count <= 4, let number = divisor.number, number.significand > 0 else {
            after = numeral.after
            return false
        }
        low = low?.divided(by: number)
        high = low
        kind = .fraction
        readPlainUnit()
        return true
    }

    private var isSlash: Bool {
        guard after.isAtBorder, after.scalar == "/" || after.scalar == "⁄" else { return false }
        return NumeralReader.isArabic(after.advanced())
    }

    /// 一半.
    private mutating func readOneHalf() -> Bool {
        guard first.scalar == "一", numeral.digitCount == 1, after.scalar == "半", OneHalf.counts(after) else {
            return false
        }
        low = NumberValue(5, exponent: -1)
        high = low
        kind = .fraction
        after.advance()
        return true
    }

    private mutating func scale(by power: Int) {
        low = low?.scaled(byPowerOfTen: power)
        high = high?.scaled(byPowerOfTen: power)
    }
}

/// A numeral of digits and powers of ten as it grows, from the left.
///
///     三 亿 | 五 千 | 零 二 十 | 万 六          300,000,000 + 50,200,000 + 6,000
///     total   section  pending
struct Composition {
    private let style: Numeral.Style
    /// What 亿 and 万 have closed.
    private var total = Bounds(0, 0)
    /// What 千, 百 and 十 have closed since.
    private var section = Bounds(0, 0)
    private var hasSection = false
    /// Digits that wait for their power.
    private var pending: Bounds?
    private var isPendingRange = false
    /// The power before, in which a last digit counts one less: 两万三.
    private var lastPower = 0
    /// The powers below 万 must fall: only those below this may come.
    private var smallLimit = 4
    private var lastBigPower: Int?
    /// 零 has come: a last digit counts as it is.
    private var isAfterZero = false
    private var takesDigits = false
    private var isMarked = false
    private var isApproximate = false
    private var isRange = false

    /// Begins with digits before a power.
    init(_ digits: Bounds, isRange: Bool = false, isApproximate: Bool = false, style: Numeral.Style) {
        self.style = style
        pending = digits
        isPendingRange = isRange
        self.isApproximate = isApproximate
    }

    /// Begins with a number that only 万 and 亿 may multiply: 10, and 廿, which takes a digit.
    init(whole: Bounds, roundTo power: Int, takesDigits: Bool, style: Numeral.Style) {
        self.style = style
        section = whole
        hasSection = true
        smallLimit = 0
        lastPower = power
        self.takesDigits = takesDigits
    }

    /// Whether the power at `cursor` can follow.
    func takes(_ power: Int, at cursor: NumberCursor) -> Bool {
        guard power >= 4 else {
            guard power < smallLimit, pending != nil || power == 1 && lastPower > 0 else { return false }
            // 千克 and 千米 are units.
            return power < 3 || NumberUnit.unit(at: cursor) == nil
        }
        if pending != nil || hasSection { return lastBigPower != power }
        // 万万, 万亿, 亿亿.
        return lastBigPower == power || lastBigPower == 4 && power == 8
    }

    /// Reads on from `cursor` as long as the numeral goes.
    mutating func finish(from cursor: NumberCursor) -> WrittenNumeral {
        var cursor = cursor
        var beforeZero: NumberCursor?
        while true {
            if case .power(let power, _) = Numeral(cursor.scalar) {
                guard takes(power, at: cursor) else { break }
                apply(power)
                cursor.advance()
                beforeZero = nil
                continue
            }
            guard pending == nil else { break }
            if let next = takeMark(at: cursor) {
                cursor = next
                continue
            }
            if takesSomeOfArabic, cursor.scalar == "几" {
                cursor = takeSome(at: cursor)
                continue
            }
            guard takesDigits else { break }
            if isZero(cursor), !isAfterZero {
                beforeZero = cursor
                isAfterZero = true
                cursor.advance()
                continue
            }
            guard let next = takeDigits(at: cursor) else { break }
            beforeZero = nil
            cursor = next
        }
        // 一百零食: the 零 is of the next word.
        if let beforeZero { cursor = beforeZero }
        closePending()
        var sum = total
        sum.add(section)
        let values = sum.values
        if !isRange, !isApproximate, let fraction = DecimalFraction(after点: cursor, whole: sum.low) {
            return fraction.numeral(whole: values.low, style)
        }
        return WrittenNumeral(
            low: values.low, high: values.high, isApproximate: isApproximate, after: cursor, style: style,
            isRange: isRange)
    }

    private mutating func apply(_ power: Int) {
        if power < 4 {
            section.add((pending ?? Bounds(1, 1)).multiplied(byPowerOfTen: power))
            isRange = isRange || isPendingRange
            pending = nil
            isPendingRange = false
            hasSection = true
            smallLimit = power
        } else {
            let followsPower = pending == nil && !hasSection
            // 三亿1573万: 1573 as they stand. Only 三百五万 is short.
            if !hasSection { isAfterZero = true }
            closePending()
            if power == 4, !followsPower {
                total.add(section.multiplied(byPowerOfTen: 4))
            } else {
                total.add(section)
                total.multiply(byPowerOfTen: power)
            }
            section = Bounds(0, 0)
            hasSection = false
            smallLimit = 4
            lastBigPower = power
        }
        lastPower = power
        isAfterZero = false
        takesDigits = !isMarked
        if isMarked { smallLimit = 0 }
    }

    private mutating func closePending() {
        guard let digits = pending else { return }
        section.add(digits.multiplied(byPowerOfTen: isAfterZero || lastPower < 2 ? 0 : lastPower - 1))
        isRange = isRange || isPendingRange
        pending = nil
        isPendingRange = false
        hasSection = true
    }

    /// 多, 余, 来 and 把 after a power: 十多万, 一百来个, 百把块.
    private mutating func takeMark(at cursor: NumberCursor) -> NumberCursor? {
        guard !isMarked, lastPower > 0, !isAfterZero else { return nil }
        let next = cursor.advanced()
        switch cursor.scalar {
        case "多" where next.scalar != "少" && next.scalar != "么", "余" where next.scalar != "额":
            if hasSection { section.raiseHigh() } else { total.raiseHigh() }
        case "来", "把":
            if case .power(let power, _) = Numeral(next.scalar), power >= 4, takes(power, at: next) { break }
            guard NumberUnit.unit(at: next) != nil else { return nil }
        default: return nil
        }
        isMarked = true
        isApproximate = true
        takesDigits = false
        smallLimit = 0
        return next
    }

    private func isZero(_ cursor: NumberCursor) -> Bool {
        guard case .digit(0, .han) = Numeral(cursor.scalar) else { return false }
        return OrdinaryWords.word(at: cursor) == nil
    }

    /// Takes the digits at `cursor`, which follow a power.
    private mutating func takeDigits(at cursor: NumberCursor) -> NumberCursor? {
        switch Numeral(cursor.scalar) {
        case .some where cursor.scalar == "几": return takeSome(at: cursor)
        case .digit(_, .arabic): return takeArabic(at: cursor)
        case .digit(let digit, let digitStyle) where digit > 0: return takeHan(digit, digitStyle, at: cursor)
        default: return nil
        }
    }

    /// Whether it is 10 or 200 in arabic digits: 10几万.
    private var takesSomeOfArabic: Bool { style == .arabic && !isMarked && !takesDigits && lastPower > 0 }

    private mutating func takeSome(at cursor: NumberCursor) -> NumberCursor {
        pending = Bounds(1, 9)
        isApproximate = true
        return cursor.advanced()
    }

    /// 3千500, 2万5.
    private mutating func takeArabic(at cursor: NumberCursor) -> NumberCursor? {
        let run = DigitRun(at: cursor, .arabic)
        pending = run.bounds
        if takesPower(at: run.after) { return run.after }
        if run.count == lastPower || isAfterZero && run.count < lastPower {
            isAfterZero = true
            return run.after
        }
        if run.count == 1 { return run.after }
        pending = nil
        return nil
    }

    private mutating func takeHan(_ digit: Int64, _ digitStyle: Numeral.Style, at cursor: NumberCursor) -> NumberCursor?
    {
        guard cursor.scalar != "幺", OrdinaryWords.word(at: cursor)?.meaning != .anywhere else { return nil }
        let next = cursor.advanced()
        pending = Bounds(digit, digit)
        if takesPower(at: next) { return next }
        pending = nil
        // 三百两: the 两 is a unit. 二十一百: the 一 begins another number.
        guard cursor.scalar != "两" else { return nil }
        if case .power = Numeral(next.scalar), NumberUnit.unit(at: next) == nil { return nil }
        if case .digit(digit + 1, .han) = Numeral(next.scalar), digitStyle == .han, next.scalar != "两" {
            let afterPair = next.advanced()
            pending = Bounds(digit, digit + 1)
            isPendingRange = true
            switch Numeral(afterPair.scalar) {
            case .power: if takesPower(at: afterPair) { return afterPair }
            case .digit(_, .han) where afterPair.scalar != "两": break
            default: return afterPair
            }
            isPendingRange = false
        }
        // 三百一盒: 300 for one box.
        if cursor.scalar == "一", lastPower >= 2, !isAfterZero, let unit = NumberUnit.unit(at: next)?.unit, unit.isSold {
            pending = nil
            return nil
        }
        pending = Bounds(digit, digit)
        return next
    }

    private func takesPower(at cursor: NumberCursor) -> Bool {
        if case .power(let power, _) = Numeral(cursor.scalar) { takes(power, at: cursor) } else { false }
    }
}

/// Units, and 半 and 多 in them and behind them.
extension Quantity {
    /// Reads the unit, and what belongs to the number behind it.
    mutating func readUnit() {
        if readMonthsAndMore() { return }
        guard let found = NumberUnit.unit(at: after), kind != .ordinal || found.unit != .clock else { return }
        take(found.unit == .monthOfYear && countsMonths ? .month : found.unit, until: found.after)
        readYear(found.unit)
        guard kind == .cardinal else { return }
        if found.unit.fenPowerOfTen != nil, numeral.isPlain { readCoins() }
        readParts()
        readHalfAndMore()
    }

    /// Whether 月 here is a month's length: 半月, 两月, 俩月, 几十月, but not 二月.
    private var countsMonths: Bool {
        switch first.scalar {
        case "半", "两", "俩", "仨", "几": true
        default: isApproximate || high.map { $0 > NumberValue(12)! } ?? true
        }
    }

    /// Reads a unit and nothing behind it: 三分之一瓶.
    mutating func readPlainUnit() {
        if let found = NumberUnit.unit(at: after) { take(found.unit, until: found.after) }
    }

    private mutating func take(_ found: NumberUnit, until end: NumberCursor) {
        unit = found
        unitRange = after.start..<end.previousEnd
        after = end
    }

    private mutating func readYear(_ found: NumberUnit) {
        guard found == .year || found == .decade, kind == .cardinal, numeral.digitCount > 0 else { return }
        let isSpoken = numeral.digitCount == 2 && (numeral.beginsWithZero || numeral.style == .han)
        if numeral.digitCount == 4 && !numeral.beginsWithZero || isSpoken || found == .decade { kind = .year }
    }

    /// 个半月 and 个多月: 一个半小时, 三个多月, 半个多月.
    mutating func readMonthsAndMore() -> Bool {
        guard after.scalar == "个", numeral.isPlain || low == NumberValue(5, exponent: -1) else { return false }
        let mark = after.advanced()
        guard mark.scalar == "半" || mark.scalar == "多" else { return false }
        let isHalf = first.scalar == "半"
        guard !(isHalf && mark.scalar == "半"), let found = NumberUnit.unit(at: mark.advanced()) else { return false }
        let counted: NumberUnit
        switch found.unit {
        case .monthOfYear, .month: counted = .month
        case .hour, .week: counted = found.unit
        default: return false
        }
        addMark(mark.scalar == "半", step: isHalf ? NumberValue(5, exponent: -1) : NumberValue(1))
        take(counted, until: found.after)
        return true
    }

    /// 半 and 多 behind the unit: 两斤半, 一年多.
    private mutating func readHalfAndMore() {
        guard numeral.isPlain || first.scalar == "半", !isApproximate else { return }
        switch after.scalar {
        case "半" where unitRange?.upperBound == after.previousEnd && OneHalf.counts(after):
            guard let low, low.exponent >= 0 else { return }
            addMark(true, step: nil)
            after.advance()
        case "多" where OneHalf.endsWithMore(after.advanced().scalar):
            addMark(false, step: first.scalar == "半" ? NumberValue(5, exponent: -1) : NumberValue(1))
            after.advance()
        default: break
        }
    }

    private mutating func addMark(_ isHalf: Bool, step: NumberValue?) {
        if isHalf {
            low = NumberValue(5, exponent: -1).flatMap { low?.adding($0) }
            high = low
        } else {
            high = step.flatMap { low?.adding($0) }
            isApproximate = true
        }
    }
}

/// 半 and 多 behind a unit or 一.
enum OneHalf {
    /// Whether 半 here ends a number: not in 两天半价, nor in 一斤半斤.
    static func counts(_ cursor: NumberCursor) -> Bool {
        guard OrdinaryWords.word(at: cursor) == nil else { return false }
        let next = cursor.advanced()
        return next.scalar != "个" && NumberUnit.unit(at: next) == nil
    }

    /// Whether 多 before this is "and more", and not "many" (一天多次) or "how much" (一斤多少钱).
    static func endsWithMore(_ next: Unicode.Scalar) -> Bool {
        switch next {
        case "的", "了", "就", "以", "之", "前", "后", "高", "长", "宽", "重", "远", "钱", "里", "来", "呢", "吧", "啊": true
        default: !next.isHan
        }
    }
}

/// A numeral with what follows it and belongs to it: %, 折, a unit, money's smaller coins.
struct Quantity {
    var low: NumberValue?
    var high: NumberValue?
    var kind: NumberMention.Kind = .cardinal
    var isApproximate: Bool
    var unit: NumberUnit?
    var unitRange: Range<Int>?
    var after: NumberCursor
    /// Whether it is a chain of digits, points and slashes: a version, a date, and no number.
    var isChain = false
    let numeral: WrittenNumeral
    /// Where the numeral begins.
    let first: NumberCursor

    /// - Parameter isOrdinal: After 第, where only a unit can follow.
    init?(at cursor: NumberCursor, isOrdinal: Bool = false) {
        guard let numeral = NumeralReader.read(at: cursor) else { return nil }
        self.init(numeral, first: cursor)
        isChain = numeral.isDotted
        guard !isChain else { return }
        if isOrdinal {
            kind = .ordinal
            readUnit()
            return
        }
        readPlus()
        guard !readShare() else { return }
        readUnit()
        readTimes()
        if unit == nil, numeral.digitCount > 1, numeral.style != .arabic || numeral.beginsWithZero { kind = .digits }
        if numeral.digitCount > 10, numeral.style == .arabic { kind = .digits }
        if low == nil, unit == nil, numeral.digitCount > 0 { kind = .digits }
    }

    private init(_ numeral: WrittenNumeral, first: NumberCursor) {
        self.numeral = numeral
        self.first = first
        low = numeral.low
        high = numeral.high
        isApproximate = numeral.isApproximate
        after = numeral.after
    }

    /// What is said without a numeral of its own; the unit stands first.
    init(_ numeral: WrittenNumeral, unit: NumberUnit, at cursor: NumberCursor) {
        self.init(numeral, first: cursor)
        self.unit = unit
        unitRange = cursor.start..<cursor.end
    }

    /// 半 and a unit: 半斤, 半个月, 半年多.
    init?(half cursor: NumberCursor) {
        let half = NumberValue(5, exponent: -1)
        let numeral = WrittenNumeral(low: half, high: half, after: cursor.advanced(), style: .han)
        self.init(numeral, first: cursor)
        if readMonthsAndMore() { return }
        guard let found = NumberUnit.unit(at: after), found.unit.counts半 || found.unit == .monthOfYear else {
            return nil
        }
        readUnit()
    }

    /// 几 and a unit, which 好 has made a number: 好几天.
    init?(some cursor: NumberCursor) {
        let numeral = WrittenNumeral(
            low: NumberValue(2), high: NumberValue(9), isApproximate: true, after: cursor.advanced(), style: .han)
        self.init(numeral, first: cursor)
        readUnit()
        guard unit != nil else { return nil }
    }

    var negated: Quantity? {
        guard kind == .cardinal || kind == .digits || kind == .percent else { return nil }
        var quantity = self
        quantity.low = high?.negated
        quantity.high = low?.negated
        return quantity
    }

    /// Whether the context makes it a number: see `OrdinaryWords`.
    func isNumber(after previous: Unicode.Scalar?) -> Bool {
        guard !isChain else { return false }
        guard kind == .cardinal || kind == .digits else { return true }
        if numeral.isBarePower, !isApproximate { return unit?.countsBarePowers ?? false }
        if numeral.needsUnit, unit == nil { return false }
        if numeral.style == .arabic {
            guard unit == nil else { return true }
            return !after.scalar.isLatinLetter && !(previous?.isLatinLetter ?? false)
        }
        guard numeral.digitCount == 1, numeral.after.start == after.start || unit != nil else { return true }
        if unit == nil {
            if let previous, OrdinaryWords.endsWord(previous, first.scalar) { return false }
            if first.scalar == "一" { return !after.scalar.isHan }
        }
        // 一块 is "together" or a piece.
        if first.scalar == "一", unit == .yuan, numeral.after.scalar == "块", isOneCharacter {
            return after.previousEnd > numeral.after.end
        }
        return true
    }

    /// Whether a range can begin or end with it.
    var canBound: Bool {
        guard !isApproximate, !isChain, !numeral.isBarePower, !numeral.needsUnit, low == high, low != nil else {
            return false
        }
        switch kind {
        case .cardinal: return !numeral.beginsWithZero || numeral.digitCount < 2
        case .percent, .discount, .tenths, .year: return true
        case .ordinal, .fraction, .digits: return false
        }
    }

    /// Makes one range of this and `other`: 三到五天, 10%-20%, 三到五折, 两斤到三斤.
    func through(_ other: Quantity) -> Quantity? {
        guard canBound, other.canBound, other.isNumber(after: nil), var from = low, let upTo = other.low else {
            return nil
        }
        guard unit == nil && (kind == .cardinal || kind == other.kind) || unit == other.unit && kind == other.kind
        else {
            return nil
        }
        if kind != other.kind {
            switch other.kind {
            case .percent: from = from.scaled(byPowerOfTen: -2) ?? from
            case .discount, .tenths:
                from = from.scaled(byPowerOfTen: -1) ?? from
            default: break
            }
        }
        guard from < upTo else { return nil }
        var range = other
        range.low = from
        return range
    }
}

extension Unicode.Scalar {
    /// Whether it is a character of a word: an ideograph of the basic plane.
    var isHan: Bool { value >= 0x3400 && value <= 0x9FFF }
}

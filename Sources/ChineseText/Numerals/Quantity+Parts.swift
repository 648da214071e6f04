/// What is said of one thing in two units, and how many times it is there: 两斤八两, 一米七, 500g×2.
extension Quantity {
    /// The smaller unit behind a larger one, counted in the larger.
    mutating func readParts() {
        guard numeral.isPlain, !isApproximate, let unit, unitRange?.upperBound == after.previousEnd,
            case .digit(_, let style) = Numeral(after.scalar), after.scalar != "幺"
        else { return }
        switch unit {
        case .jin:
            // 两 behind a digit is fifty grams; 一斤两两 is said, too.
            let digits = DigitRun(at: after, style, mayBePair: false)
            guard digits.count == 1, digits.value > 0, let found = NumberUnit.unit(at: digits.after),
                found.unit == .liang
            else { return }
            add(digits.value, power: -1, until: found.after)
        case .metre:
            guard isOneCharacter, numeral.after.scalar == "米", after.scalar != "两" else { return }
            let digits = DigitRun(at: after, style, mayBePair: false)
            let next = digits.after
            guard (1...2).contains(digits.count), digits.value > 0, Numeral(next.scalar) == nil,
                NumberUnit.unit(at: next) == nil, !Self.isShare(next), OrdinaryWords.word(at: after) == nil
            else { return }
            // 三米一卷: for three metres one.
            guard after.scalar != "一" || digits.count > 1 || !next.scalar.isHan || Self.mayFollowLength(next.scalar)
            else { return }
            add(digits.value, power: -digits.count, until: next)
        default: break
        }
    }

    private static func mayFollowLength(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "的", "高", "宽", "长", "深", "左", "以", "身": true
        default: false
        }
    }

    /// ×2, *2袋, x2 behind an amount that is packed: the whole.
    mutating func readTimes() {
        while let unit, kind == .cardinal, !isApproximate, low == high, let amount = low,
            unit.measure?.dimension == .mass || unit == .millilitre || unit == .litre
        {
            var next = after
            _ = next.skip(" ")
            guard next.scalar == "×" || next.scalar == "x" || next.scalar == "*" else { return }
            next.advance()
            _ = next.skip(" ")
            guard case .digit(_, .arabic) = Numeral(next.scalar) else { return }
            let count = DigitRun(at: next, .arabic, mayBePair: false)
            guard count.count <= 3, let times = count.number, count.value > 0 else { return }
            var end = count.after
            if let found = NumberUnit.unit(at: end) {
                guard found.unit.measure == nil else { return }
                end = found.after
            }
            guard end.scalar != ".", !end.scalar.isLatinLetter || end.scalar == "x", Numeral(end.scalar) == nil,
                let whole = amount.multiplied(by: times)
            else { return }
            (low, high, after) = (whole, whole, end)
        }
    }

    /// 斤半, a jin and a half.
    init?(oneAndHalf cursor: NumberCursor) {
        let half = cursor.advanced()
        guard half.scalar == "半", OneHalf.counts(half) else { return nil }
        let value = NumberValue(15, exponent: -1)
        let numeral = WrittenNumeral(low: value, high: value, after: half.advanced(), style: .han)
        self.init(numeral, unit: .jin, at: cursor)
    }
}

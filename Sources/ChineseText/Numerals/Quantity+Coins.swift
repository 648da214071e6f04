/// Money: the smaller coins behind a larger one.
extension Quantity {
    /// 九块九, 三块五毛二, 99元8角, 三块零五分: the smaller coins, in the unit of the largest.
    mutating func readCoins() {
        guard let unit, unit != .fen, let range = unitRange, range.upperBound == after.previousEnd else { return }
        let smallest = unit == .yuan ? -2 : -1
        var power = -1
        // Bare digits follow 块, 毛 and 角, and neither 元 nor 块钱.
        var takesBare = isOneCharacter && numeral.after.scalar != "元" && numeral.after.scalar != "圆"
        while power >= smallest, case .digit(_, let style) = Numeral(after.scalar), after.scalar != "两",
            after.scalar != "幺"
        {
            let coins = DigitRun(at: after, style, mayBePair: false)
            if case .power = Numeral(coins.after.scalar) { return }
            guard coins.count <= 2 else { return }
            let found = NumberUnit.unit(at: coins.after)
            let isNoWord = OrdinaryWords.word(at: after)?.meaning != .anywhere
            switch found?.unit {
            case .jiao where power == -1 && unit == .yuan && coins.value < 10:
                add(coins.value, power: power, until: found!.after)
                power = -2
                takesBare = true
                continue
            case .fen, .point: return add(coins.value, power: smallest, until: found!.after)
            // 九块九一斤, 三块五斤: the last digit before a unit counts that.
            case .some(let other):
                guard takesBare, isNoWord, other.isSold, coins.count == 2 else { return }
                let price = coins.withoutLast()
                return add(price.value, power: power, until: price.after)
            case nil:
                let last = power - coins.count + 1
                guard takesBare, isNoWord, last >= smallest, !Self.isShare(coins.after) else {
                    return
                }
                return add(coins.value, power: last, until: coins.after)
            }
        }
    }

    /// Whether the unit is written with one character.
    var isOneCharacter: Bool { numeral.after.end == unitRange?.upperBound }

    /// Whether this makes the digits before it a share or a decimal's whole.
    static func isShare(_ cursor: NumberCursor) -> Bool {
        switch cursor.scalar {
        case "折", "成", "%", "点": true
        default: false
        }
    }

    /// Adds so many of a smaller unit, which ends there.
    mutating func add(_ coins: Int64, power: Int, until end: NumberCursor) {
        low = NumberValue(coins, exponent: power).flatMap { low?.adding($0) }
        high = low
        after = end
    }
}

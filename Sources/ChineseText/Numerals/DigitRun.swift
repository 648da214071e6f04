/// Digits of one style, said or written one after the other.
struct DigitRun {
    private(set) var count = 0
    private var first: Int64 = 0
    private var second: Int64 = 0
    /// Two digits that mean "from the first to the second": 五六, 两三, 三五.
    private(set) var isPair = false
    private(set) var bounds = Bounds(0, 0)
    /// Behind the last digit.
    private(set) var after: NumberCursor
    private var beforeLast: NumberCursor
    private var has幺 = false
    private let mayBePair: Bool
    private(set) var trailingZeros = 0

    var value: Int64 { bounds.low }
    var number: NumberValue? { bounds.values.low }

    /// - Parameter mayBePair: Whether two digits may be a range; behind a decimal point they are not.
    init(at cursor: NumberCursor, _ style: Numeral.Style, mayBePair: Bool = true) {
        after = cursor
        beforeLast = cursor
        self.mayBePair = mayBePair && style == .han
        var begins两 = false
        while let digit = Self.digit(after.scalar, style, isFirst: count == 0) {
            // 两 is the first digit, and only 三 may follow: 两三.
            if begins两, count == 2 || digit != 3 { break }
            if count == 0 { begins两 = after.scalar == "两" }
            append(digit)
        }
        findPair()
    }

    private mutating func findPair() {
        if mayBePair, count == 2, !has幺, first > 0, first + 1 == second || first == 3 && second == 5 {
            becomePair((first, second), after: after)
        }
    }

    /// Makes it a range of two digits.
    mutating func becomePair(_ pair: (first: Int64, second: Int64), after: NumberCursor) {
        bounds = Bounds(pair.first, pair.second)
        count = 2
        isPair = true
        self.after = after
    }

    private mutating func append(_ digit: Int64) {
        if count == 0 { first = digit }
        if count == 1 { second = digit }
        has幺 = has幺 || after.scalar == "幺"
        bounds.multiply(byPowerOfTen: 1)
        bounds.add(Bounds(digit, digit))
        trailingZeros = digit == 0 ? trailingZeros + 1 : 0
        count += 1
        beforeLast = after
        after.advance()
    }

    private static func digit(_ scalar: Unicode.Scalar, _ style: Numeral.Style, isFirst: Bool) -> Int64? {
        switch Numeral(scalar) {
        case .digit(let digit, style): scalar == "两" && !isFirst ? nil : digit
        // 2〇24, 壹零伍.
        case .digit(0, .han) where !isFirst: 0
        // ○ is a ring, but in 二○○八 a zero.
        case nil where scalar == "○" && !isFirst && style == .han: 0
        default: nil
        }
    }

    /// Takes in 1,234,567: groups of three behind one to three digits, none of them a leading zero.
    mutating func readGroups() {
        guard count <= 3, first != 0 else { return }
        while after.scalar == ",", after.isAtBorder {
            let next = after.advanced()
            guard after.isFullWidth == next.isFullWidth else { return }
            var group = next
            for _ in 0..<3 {
                guard NumeralReader.isArabic(group) else { return }
                group.advance()
            }
            guard !NumeralReader.isArabic(group) else { return }
            after = next
            for _ in 0..<3 {
                guard case .digit(let digit, _) = Numeral(after.scalar) else { return }
                append(digit)
            }
        }
    }

    func withoutLast() -> DigitRun {
        var shorter = self
        shorter.after = beforeLast
        shorter.count -= 1
        shorter.isPair = false
        if isPair { shorter.bounds = Bounds(first, first) } else { shorter.bounds.dropLastDigit() }
        shorter.findPair()
        return shorter
    }

    /// - Returns: nil for 幺 alone, which is "youngest".
    func numeral(_ style: Numeral.Style) -> WrittenNumeral? {
        guard count > 1 || !has幺 else { return nil }
        let values = bounds.values
        return WrittenNumeral(
            low: values.low, high: values.high, after: after, style: style, digitCount: isPair ? 0 : count,
            beginsWithZero: first == 0, isRange: isPair, needsUnit: style == .formal && count == 1)
    }
}

/// An exact number: `significand` × 10^`exponent` ÷ `divisor`.
///
/// Always in lowest terms: no trailing zeros in the significand, and a divisor only for what is no finite decimal
/// (三分之二 is 2 ÷ 3, 四分之三 is 75 × 10^-2). So two values are equal exactly if the numbers are.
///
/// Range: a significand below 10^18, a divisor below 10^9, an exponent of at most 36 either way. There is no value
/// beyond: operations give nil, and none traps.
public struct NumberValue: Hashable, Sendable {
    public let significand: Int64
    public let exponent: Int8
    /// At least 1, and with neither 2, nor 5, nor a factor of the significand in it.
    public let divisor: Int64

    static let significandLimit: Int64 = 1_000_000_000_000_000_000
    static let divisorLimit: Int64 = 1_000_000_000
    static let exponentLimit = 36

    /// - Returns: nil for a number out of range, and for a divisor below 1.
    public init?(_ significand: Int64, exponent: Int = 0, divisor: Int64 = 1) {
        guard divisor >= 1, significand.magnitude <= UInt64(Int64.max) else { return nil }
        guard significand != 0 else {
            self.significand = 0
            self.exponent = 0
            self.divisor = 1
            return
        }
        guard abs(exponent.clamped(to: 1000)) < 1000 else { return nil }
        var significand = significand
        var exponent = exponent
        let common = Self.greatestCommonDivisor(significand.magnitude, divisor.magnitude)
        significand /= Int64(common)
        var divisor = divisor / Int64(common)
        // ÷ 2 is × 5 ÷ 10, and ÷ 5 is × 2 ÷ 10.
        for (factor, other) in [(Int64(2), Int64(5)), (5, 2)] {
            while divisor % factor == 0 {
                let (product, overflow) = significand.multipliedReportingOverflow(by: other)
                guard !overflow else { return nil }
                significand = product
                divisor /= factor
                exponent -= 1
            }
        }
        while significand % 10 == 0 {
            significand /= 10
            exponent += 1
        }
        guard significand.magnitude < Self.significandLimit.magnitude, divisor < Self.divisorLimit,
            abs(exponent) <= Self.exponentLimit
        else { return nil }
        self.significand = significand
        self.exponent = Int8(exponent)
        self.divisor = divisor
    }

    /// The number if it is whole and fits.
    public var wholeNumber: Int64? {
        guard divisor == 1, exponent >= 0 else { return nil }
        return Self.scale(significand, by: Int(exponent))
    }

    /// × 10^`power`.
    public func scaled(byPowerOfTen power: Int) -> NumberValue? {
        guard abs(power.clamped(to: 1000)) < 1000 else { return nil }
        return NumberValue(significand, exponent: Int(exponent) + power, divisor: divisor)
    }

    public func adding(_ other: NumberValue) -> NumberValue? {
        if significand == 0 { return other }
        if other.significand == 0 { return self }
        let low = min(exponent, other.exponent)
        guard let first = Self.scale(significand, by: Int(exponent - low)),
            let second = Self.scale(other.significand, by: Int(other.exponent - low))
        else { return nil }
        let (firstShare, firstOverflow) = first.multipliedReportingOverflow(by: other.divisor)
        let (secondShare, secondOverflow) = second.multipliedReportingOverflow(by: divisor)
        let (sum, sumOverflow) = firstShare.addingReportingOverflow(secondShare)
        guard !firstOverflow, !secondOverflow, !sumOverflow else { return nil }
        return NumberValue(sum, exponent: Int(low), divisor: divisor * other.divisor)
    }

    /// - Returns: nil for a result out of range, and for a divisor that is not above zero.
    public func divided(by other: NumberValue) -> NumberValue? {
        guard other.significand > 0 else { return nil }
        let (dividend, overflow) = significand.multipliedReportingOverflow(by: other.divisor)
        let (divisor, divisorOverflow) = divisor.multipliedReportingOverflow(by: other.significand)
        guard !overflow, !divisorOverflow else { return nil }
        return NumberValue(dividend, exponent: Int(exponent) - Int(other.exponent), divisor: divisor)
    }

    /// - Returns: nil for a result out of range.
    public func multiplied(by other: NumberValue) -> NumberValue? {
        guard significand != 0, other.significand != 0 else { return NumberValue(0) }
        // Each divisor against the other's significand, so that 2/3 × 3 needs no room for 6/3.
        let first = Int64(Self.greatestCommonDivisor(significand.magnitude, other.divisor.magnitude))
        let second = Int64(Self.greatestCommonDivisor(other.significand.magnitude, divisor.magnitude))
        var product = Int128(significand / first) * Int128(other.significand / second)
        var exponent = Int(exponent) + Int(other.exponent)
        while product % 10 == 0 {
            product /= 10
            exponent += 1
        }
        // Divisors are below 10^9, so their product fits.
        guard let product = Int64(exactly: product) else { return nil }
        return NumberValue(product, exponent: exponent, divisor: (divisor / second) * (other.divisor / first))
    }

    public var negated: NumberValue { NumberValue(-significand, exponent: Int(exponent), divisor: divisor)! }

    /// `number` × 10^`power`, for powers from zero up.
    private static func scale(_ number: Int64, by power: Int) -> Int64? {
        var scaled = number
        for _ in 0..<power {
            let (product, overflow) = scaled.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            scaled = product
        }
        return scaled
    }

    private static func greatestCommonDivisor(_ first: UInt64, _ second: UInt64) -> UInt64 {
        var (first, second) = (first, second)
        while second != 0 { (first, second) = (second, first % second) }
        return first
    }
}

extension NumberValue: Comparable {
    public static func < (first: NumberValue, second: NumberValue) -> Bool {
        guard first.significand.signum() == second.significand.signum() else {
            return first.significand < second.significand
        }
        if first.significand < 0 { return second.negated < first.negated }
        // Cross-multiplied: below 10^27 each before the powers of ten.
        var left = UInt128(first.significand) * UInt128(second.divisor)
        var right = UInt128(second.significand) * UInt128(first.divisor)
        var power = Int(first.exponent) - Int(second.exponent)
        // A side that reaches 10^28 is above the other, which is done growing.
        let enough: UInt128 = 10_000_000_000_000_000_000_000_000_000
        while power > 0, left < enough {
            left *= 10
            power -= 1
        }
        while power < 0, right < enough {
            right *= 10
            power += 1
        }
        return left < right
    }
}

extension NumberValue: CustomStringConvertible {
    /// As `99.5`, `2/3`, `-12`, and `5e20` where the zeros would not fit.
    public var description: String {
        let quotient = divisor == 1 ? "" : "/\(divisor)"
        if let whole = Self.scale(significand, by: max(Int(exponent), 0)), exponent >= 0 {
            return "\(whole)\(quotient)"
        }
        guard exponent < 0, exponent >= -18 else { return "\(significand)e\(exponent)\(quotient)" }
        let digits = String(significand.magnitude)
        let places = -Int(exponent)
        let padded = String(repeating: "0", count: max(places + 1 - digits.count, 0)) + digits
        return "\(significand < 0 ? "-" : "")\(padded.dropLast(places)).\(padded.suffix(places))\(quotient)"
    }
}

extension Int {
    fileprivate func clamped(to bound: Int) -> Int { Swift.min(Swift.max(self, -bound), bound) }
}

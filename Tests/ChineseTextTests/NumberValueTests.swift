import ChineseText
import TestSupport
import Testing

@Suite struct NumberValueTests {
    @Test(arguments: [
        (NumberValue(0), "0"), (NumberValue(120), "120"), (NumberValue(5, exponent: -1), "0.5"),
        (NumberValue(-125, exponent: -3), "-0.125"), (NumberValue(2, divisor: 3), "2/3"),
        (NumberValue(3, divisor: 4), "0.75"),
        (NumberValue(6, divisor: 9), "2/3"), (NumberValue(10, divisor: 7), "10/7"),
        (NumberValue(1, exponent: 30), "1e30"),
        (NumberValue(999, exponent: -2), "9.99"), (NumberValue(1, exponent: -18), "0.000000000000000001"),
    ])
    func `a value is written`(_ value: NumberValue?, _ text: String) { #expect(value?.description == text) }

    @Test func `equal numbers are equal values, in whatever terms they came`() {
        #expect(NumberValue(1, divisor: 2) == NumberValue(50, exponent: -2))
        #expect(NumberValue(12000) == NumberValue(12, exponent: 3))
        #expect(NumberValue(0, exponent: 9) == NumberValue(0, exponent: -9))
        #expect(NumberValue(7, exponent: 3, divisor: 14) == NumberValue(500))
        #expect(NumberValue(12, exponent: 3)?.significand == 12)
        #expect(NumberValue(12000)?.exponent == 3)
    }

    @Test func `there is no value beyond the range`() {
        #expect(NumberValue(999_999_999_999_999_999) != nil)
        #expect(NumberValue(1_000_000_000_000_000_001) == nil)
        #expect(NumberValue(1_000_000_000_000_000_000)?.exponent == 18)
        #expect(NumberValue(.min) == nil)
        #expect(NumberValue(.max) == nil)
        #expect(NumberValue(1, exponent: 36) != nil)
        #expect(NumberValue(1, exponent: 37) == nil)
        #expect(NumberValue(1, exponent: .max) == nil)
        #expect(NumberValue(1, exponent: .min) == nil)
        #expect(NumberValue(0, exponent: .max) != nil)
        #expect(NumberValue(1, divisor: 0) == nil)
        #expect(NumberValue(1, divisor: -3) == nil)
        #expect(NumberValue(1, divisor: 999_999_999) != nil)
        #expect(NumberValue(1, divisor: 1_000_000_001) == nil)
        #expect(NumberValue(1, divisor: .max) == nil)
        #expect(NumberValue(1)?.scaled(byPowerOfTen: .max) == nil)
        #expect(NumberValue(1)?.scaled(byPowerOfTen: .min) == nil)
        #expect(NumberValue(1, exponent: 36)?.adding(NumberValue(1)!) == nil)
        #expect(NumberValue(1)?.divided(by: NumberValue(0)!) == nil)
        #expect(NumberValue(1)?.divided(by: NumberValue(-1)!) == nil)
    }

    /// Against fractions with a common denominator, in 64 bits.
    @Test func `order, sum and quotient agree with fractions`() {
        var random = SplitMix64(seed: 8)
        for _ in 0..<100_000 {
            let (a, c) = (Int64.random(in: -500...500, using: &random), Int64.random(in: -500...500, using: &random))
            let (b, d) = (Int64.random(in: 1...40, using: &random), Int64.random(in: 1...40, using: &random))
            let (first, second) = (NumberValue(a, divisor: b)!, NumberValue(c, divisor: d)!)
            #expect((first < second) == (a * d < c * b), "\(a)/\(b) and \(c)/\(d)")
            #expect((first == second) == (a * d == c * b), "\(a)/\(b) and \(c)/\(d)")
            #expect(first.adding(second) == NumberValue(a * d + c * b, divisor: b * d), "\(a)/\(b) and \(c)/\(d)")
            #expect(first.multiplied(by: second) == NumberValue(a * c, divisor: b * d), "\(a)/\(b) and \(c)/\(d)")
            if c > 0 {
                #expect(first.divided(by: second) == NumberValue(a * d, divisor: b * c), "\(a)/\(b) and \(c)/\(d)")
            }
        }
    }

    @Test func `a product needs no more room than it has itself`() {
        let third = NumberValue(1, divisor: 3)!
        let nines = NumberValue(999_999_999_999_999_999)!
        #expect(nines.multiplied(by: third) == NumberValue(333_333_333_333_333_333))
        #expect(
            NumberValue(999_999_999_999_999_995)?.multiplied(by: NumberValue(2)!)?.description == "1999999999999999990")
        #expect(nines.multiplied(by: nines) == nil)
        #expect(NumberValue(1, exponent: 30)?.multiplied(by: NumberValue(1, exponent: 7)!) == nil)
        #expect(NumberValue(1, divisor: 999_999_999)?.multiplied(by: NumberValue(1, divisor: 7)!) == nil)
        #expect(NumberValue(-4)?.multiplied(by: NumberValue(0)!) == NumberValue(0))
    }

    @Test func `order holds across the whole range`() {
        var random = SplitMix64(seed: 9)
        for _ in 0..<100_000 {
            let significand = Int64.random(in: 1..<1_000_000_000_000_000_000, using: &random)
            let exponent = Int.random(in: -36...18, using: &random)
            guard let value = NumberValue(significand, exponent: exponent),
                let next = NumberValue(significand + 1, exponent: exponent)
            else { continue }
            let far = NumberValue(1, exponent: 36)!
            #expect(
                value < next && !(next < value) && value < far && value.negated < value && next.negated < value.negated)
        }
    }
}

/// Exponentials and logarithms from additions, multiplications and divisions alone, so that a model learned from the same
/// lines is the same to the last bit on every machine. The C library's may differ by processor: it picks its variant there.
enum Logistic {
    /// 1 / (1 + e^-x).
    static func sigmoid(_ x: Double) -> Double { 1 / (1 + exponential(-x)) }

    /// log(1 + e^-x), what a prediction costs that is right by `x`.
    static func loss(_ x: Double) -> Double {
        x > 0 ? logarithm(1 + exponential(-x)) : logarithm(1 + exponential(x)) - x
    }

    /// e^x for -700 to 700, beyond which it stays; within 4 units in the last place.
    static func exponential(_ x: Double) -> Double {
        let x = min(max(x, -700), 700)
        let twos = (x * 1.4426950408889634).rounded()
        // The logarithm of 2 in two parts, so that little is lost.
        let rest = x - twos * 0.693147180369123816490 - twos * 1.90821492927058770002e-10
        var sum = 1.0
        for divisor in stride(from: 14.0, through: 1, by: -1) { sum = 1 + sum * rest / divisor }
        return Double(sign: .plus, exponent: Int(twos), significand: sum)
    }

    /// The natural logarithm of a positive number.
    static func logarithm(_ x: Double) -> Double {
        var (exponent, part) = (Double(x.exponent), x.significand)
        if part > 1.4142135623730951 { (exponent, part) = (exponent + 1, part / 2) }
        let ratio = (part - 1) / (part + 1)
        let square = ratio * ratio
        var sum = 0.0
        for odd in stride(from: 23.0, through: 1, by: -2) { sum = sum * square + 1 / odd }
        return exponent * 0.693147180559945309417 + 2 * ratio * sum
    }
}

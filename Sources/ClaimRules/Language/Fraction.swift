/// Percentages as packs write them.
package enum Fraction {
    /// 0.8 for 80.
    package static func written(percent: Int) -> String { "\(Double(percent) / 100)" }
}

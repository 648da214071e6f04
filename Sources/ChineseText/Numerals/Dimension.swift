/// What amounts can be compared: those of one dimension, all in its base unit.
public enum Dimension: UInt8, Sendable, CaseIterable {
    /// A part of a whole, as a share: 九成 is 0.9. What is left to pay (三折) is no share.
    case share
    /// Seconds.
    case time
    /// Fen, hundredths of a yuan.
    case money
    /// Grams.
    case mass
    /// Millimetres.
    case length
    /// Persons.
    case persons
}

extension NumberUnit {
    /// The dimension that the unit measures, and one of it in the base unit; nil for what is only counted.
    ///
    /// A night is a day, a month 30 days, a year 365. A month of the calendar and the time of a clock are no durations.
    public var measure: (dimension: Dimension, factor: NumberValue)? { Self.measures[Int(rawValue)] }

    private static let measures: [(dimension: Dimension, factor: NumberValue)?] = {
        var measures = [(dimension: Dimension, factor: NumberValue)?](
            repeating: nil, count: 1 + Int(allCases.map(\.rawValue).max() ?? 0))
        for unit in allCases { measures[Int(unit.rawValue)] = unit.definition }
        return measures
    }()

    private var definition: (dimension: Dimension, factor: NumberValue)? {
        func measure(
            _ dimension: Dimension, _ count: Int64, exponent: Int = 0, over divisor: Int64 = 1
        ) -> (Dimension, NumberValue)? {
            NumberValue(count, exponent: exponent, divisor: divisor).map { (dimension, $0) }
        }
        switch self {
        case .second: return measure(.time, 1)
        case .minute: return measure(.time, 60)
        case .hour: return measure(.time, 3600)
        case .day, .night: return measure(.time, 86_400)
        case .week: return measure(.time, 7 * 86_400)
        case .month: return measure(.time, 30 * 86_400)
        case .year: return measure(.time, 365 * 86_400)
        case .decade: return measure(.time, 3650 * 86_400)
        case .microgram: return measure(.mass, 1, exponent: -6)
        case .milligram: return measure(.mass, 1, exponent: -3)
        case .gram: return measure(.mass, 1)
        case .kilogram: return measure(.mass, 1000)
        case .tonne: return measure(.mass, 1, exponent: 6)
        case .liang: return measure(.mass, 50)
        case .jin: return measure(.mass, 500)
        case .yuan: return measure(.money, 100)
        case .jiao: return measure(.money, 10)
        case .fen: return measure(.money, 1)
        case .millimetre: return measure(.length, 1)
        case .centimetre: return measure(.length, 10)
        case .metre: return measure(.length, 1000)
        case .kilometre: return measure(.length, 1, exponent: 6)
        case .inch: return measure(.length, 254, exponent: -1)
        case .cun: return measure(.length, 100, over: 3)
        case .chi: return measure(.length, 1000, over: 3)
        case .person: return measure(.persons, 1)
        default: return nil
        }
    }
}

extension NumberMention {
    /// The amount in the base unit of `dimension`, exactly.
    ///
    /// - Returns: nil if the mention is no such amount, or out of the range of `NumberValue`. `high` is nil where the text
    ///   says no upper end: 上百天, 二十来天, 100+, 超过五百天.
    public func measured(in dimension: Dimension) -> (low: NumberValue, high: NumberValue?)? {
        guard let low, let high else { return nil }
        let factor: NumberValue
        switch kind {
        // 三分之一瓶 is an amount and no share.
        case .percent, .tenths,
            .fraction where unit == nil:
            guard dimension == .share else { return nil }
            return (low, isOpen ? nil : high)
        case .cardinal, .fraction:
            guard let measure = unit?.measure, measure.dimension == dimension else { return nil }
            factor = measure.factor
        case .ordinal, .discount, .digits, .year: return nil
        }
        guard let low = low.multiplied(by: factor), let high = high.multiplied(by: factor) else { return nil }
        return (low, isOpen ? nil : high)
    }

    /// Whether the text says no upper end.
    public var isOpen: Bool { limit == .above || isApproximate && low == high }
}

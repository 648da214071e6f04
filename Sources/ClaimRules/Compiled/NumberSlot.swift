public import ChineseText

/// Which numbers of a text a rule takes: their kind, and between which bounds.
///
///     duration, at most 180天      二十来天, 半个月, 一个星期; not 一年, not 三月
///     weight, from 2斤             掉个七八斤: 7 to 8 jin
///     price, bare                  十九块九, and 两千六百八 too
///
/// A number is taken if something that the text says lies in the bounds: of 七八斤 either end, of 二十来天 only 20, since
/// nobody says where it ends. Compared exactly, in the base unit of the dimension.
public struct NumberSlot: Hashable, Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        /// How many, of anything or of nothing; compared as said.
        case number
        /// A part of a whole.
        case percent
        case duration
        case price
        case weight
        case length
        /// How many persons.
        case count
    }

    public let kind: Kind
    /// The bounds, each included, in the base unit of the dimension (`Dimension`), of a `number` as said; nil is open.
    public let low: NumberValue?
    public let high: NumberValue?
    /// Only numbers with one of these units; empty for any that the kind takes.
    public let units: [NumberUnit]
    /// Whether a number without unit is yuan. Of a price only.
    public let isBare: Bool

    /// Reads bounds as rules write them, which is as hosts do: `180天`, `2斤`, `5万元`, `九成`, `50%`; and `180d`.
    ///
    /// - Parameters:
    ///   - min: The least; with a unit, except for a `number` (`50`), a `percent` (50 is 50%), a `count` and a bare price.
    ///   - max: The most; the same.
    ///   - units: As they are written behind a number: `盒`, `个疗程`.
    public init(
        kind: Kind, min: String? = nil, max: String? = nil, units: [String] = [], isBare: Bool = false
    ) throws(NumberSlotError) {
        self.kind = kind
        self.isBare = isBare && kind == .price
        var named: [NumberUnit] = []
        for (index, text) in units.enumerated() {
            guard let unit = NumberUnit(spelling: text) else {
                throw NumberSlotError(.unknownUnit(text), at: .unit(index), of: kind)
            }
            guard kind.dimension == nil || unit.measure?.dimension == kind.dimension else {
                throw NumberSlotError(.foreignUnit(text), at: .unit(index), of: kind)
            }
            if !named.contains(unit) { named.append(unit) }
        }
        self.units = named
        var bounds: [NumberValue?] = []
        for (place, text) in [(NumberSlotError.Place.min, min), (.max, max)] {
            guard let text else {
                bounds.append(nil)
                continue
            }
            let bound = NumberBound(text, of: kind, isBare: self.isBare)
            do throws(NumberSlotError.Problem) {
                bounds.append(try bound.value())
            } catch {
                throw NumberSlotError(error, at: place, of: kind)
            }
        }
        (low, high) = (bounds[0], bounds[1])
        if let low, let high, high < low, let min, let max {
            throw NumberSlotError(.minAboveMax(min: min, max: max), at: .min, of: kind)
        }
    }

    /// A price without unit is less: 10 million yuan, and 100,000 where it is said digit by digit. What is more is a telephone
    /// number.
    private static let mostBare = NumberValue(1, exponent: 7)!
    private static let mostBareDigits = NumberValue(1, exponent: 5)!

    /// Whether the rule takes the number. What has no exact value, or no value within the range, is not taken.
    public func accepts(_ mention: NumberMention) -> Bool {
        if !units.isEmpty {
            guard let unit = mention.unit, units.contains(unit) else { return false }
        }
        guard let said = amount(of: mention) else { return false }
        if let high, said.low > high { return false }
        if let low {
            let most = said.high ?? said.low
            // What is said to be less than the least does not reach it: 不到五百 is no 500.
            if most < low || mention.limit == .below && most == low { return false }
        }
        return true
    }

    /// From the least to the most that the mention says, as the bounds are counted; nil if it is of another kind.
    public func amount(of mention: NumberMention) -> (low: NumberValue, high: NumberValue?)? {
        if let dimension = kind.dimension, let amount = mention.measured(in: dimension) { return amount }
        guard kind == .number || isBare && mention.unit == nil else { return nil }
        guard mention.kind == .cardinal || mention.kind == .digits, let low = mention.low, let high = mention.high
        else {
            return nil
        }
        let last = mention.isOpen ? nil : high
        guard isBare else { return (low, last) }
        // A telephone number, a bar code.
        guard high < (mention.kind == .digits ? Self.mostBareDigits : Self.mostBare) else { return nil }
        guard let fen = low.scaled(byPowerOfTen: 2), let lastFen = high.scaled(byPowerOfTen: 2) else { return nil }
        return (fen, mention.isOpen ? nil : lastFen)
    }
}

extension NumberSlot.Kind {
    /// What its numbers measure; nil for a `number`, which may be of anything.
    public var dimension: Dimension? {
        switch self {
        case .number: nil
        case .percent: .share
        case .duration: .time
        case .price: .money
        case .weight: .mass
        case .length: .length
        case .count: .persons
        }
    }

    /// The unit to write behind a bound that has none; empty for a `number`.
    public var usualUnit: String {
        switch self {
        case .number: ""
        case .percent: "%"
        case .duration: "天"
        case .price: "元"
        case .weight: "斤"
        case .length: "厘米"
        case .count: "人"
        }
    }

    /// A bound as it can be written.
    public var exampleBound: String {
        switch self {
        case .number: "50"
        case .percent: "50%"
        case .duration: "180天"
        case .price: "20元"
        case .weight: "3斤"
        case .length: "15厘米"
        case .count: "1000人"
        }
    }
}

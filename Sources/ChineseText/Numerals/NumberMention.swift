/// A number in a text: where, how much, of what.
///
/// Positions are UTF-8 byte offsets in the text as it was given, at code point borders.
public struct NumberMention: Hashable, Sendable {
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// How many or how much: 三天, 1.5万, 半斤.
        case cardinal
        /// Which one: 第三. The span begins with 第.
        case ordinal
        /// 百分之九十九, 99%: the value is the share, 0.99.
        case percent
        /// 三分之二, 1/2, 千分之三, 一半: the value is the share.
        case fraction
        /// 三点五折, 八八折: the value is what is left to pay, 0.35 and 0.88.
        case discount
        /// 七成, 九九成: the value is the share, 0.7 and 0.99.
        case tenths
        /// Digits said one by one or too many to count with: 幺三八, 0571, a bar code. The value is that of the
        /// digits, nil beyond the range of a value; leading zeros are in the text only.
        case digits
        /// 二〇二四年, 08年, 80年代: the value is as said, 2024, 8, 80.
        case year
    }

    /// The first byte: of the number, or of what belongs to it before it (第, 负, 零下, 上, ¥).
    public var start: Int32
    /// The byte after the last, unit included.
    public var end: Int32
    /// The first byte of the unit, `end` if there is none. In 三块五毛 it is 块; ¥ stands before the number.
    public var unitStart: Int32
    /// The byte after the unit. What belongs to the number may follow it: 两斤半, 一年多, 三块五.
    public var unitEnd: Int32
    public var kind: Kind
    /// Whether the text says that the number is not exact: 十几, 一百来个, 上百, 100+. A range (五六斤) is exact.
    public var isApproximate: Bool
    public var unit: NumberUnit?
    /// The least the text says, in `unit`; nil beyond the range of `NumberValue`.
    public var low: NumberValue?
    /// The most the text says: `low` unless it is a range, or an approximation with an upper end. 多 and 余 end
    /// where the next number as round begins (一百多: 100 to 200); 来, 上 and + say no end.
    public var high: NumberValue?

    /// What the words beside it make of it.
    public enum Limit: UInt8, Sendable {
        case none
        /// Fewer are meant, or no more: 不到五百, 五百以内, 不超过五百, 小五百.
        case below
        /// More are meant, or no fewer: 超过五百, 五百以上, 至少五百.
        case above
    }
    /// Its words are outside of the span.
    public var limit = Limit.none

    /// The number, if the text says exactly one.
    public var value: NumberValue? { isApproximate || low != high ? nil : low }

    /// An amount of money, from `low` to `high`, in fen (1/100 yuan); nil for other units and parts of a fen.
    public var fen: ClosedRange<Int64>? {
        guard let power = unit?.fenPowerOfTen, let low = low?.scaled(byPowerOfTen: power)?.wholeNumber,
            let high = high?.scaled(byPowerOfTen: power)?.wholeNumber, low <= high
        else { return nil }
        return low...high
    }

    /// Whether a listener hears the same quantity: 9.9元 and 九块九, 两个月 and 2个月, 50% and 五成.
    ///
    /// Compares least and most, exactness, and the unit: money in fen, shares (percent, fractions, tenths) as shares. Other
    /// units are not converted: 1公斤 is not 2斤 here. What has no value (a number out of range) is like nothing.
    public func isSameQuantity(as other: NumberMention) -> Bool {
        guard low != nil, isApproximate == other.isApproximate else { return false }
        if let fen, let otherFen = other.fen { return fen == otherFen }
        return low == other.low && high == other.high && unit == other.unit
            && (kind == other.kind || kind.isShare && other.kind.isShare)
    }
}

extension NumberMention.Kind {
    /// Whether it tells a part of a whole. A discount is not one of them: it tells what is left.
    fileprivate var isShare: Bool {
        switch self {
        case .percent, .fraction, .tenths: true
        case .cardinal, .ordinal, .discount, .digits, .year: false
        }
    }
}

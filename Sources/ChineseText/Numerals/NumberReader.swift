/// Finds the numbers in speech and listings: what they are, of what, and where.
///
///     三十五块九      35.9 yuan        百分之九十九   0.99 (percent)      五六斤      5 to 6 jin
///     一个半小时      1.5 hours        三点五折       0.35 (discount)     十几天      11 to 19 days, approximate
///     1.5万          15000            第三           3 (ordinal)         幺三八      138 (digits)
///
/// What is no number:
/// - a lone 一 before a word that is no unit (一看, 一起), and 百, 千, 万, 亿 without a digit (百搭) unless a unit (百天),
///   another of them (百万), 余, 来 or 把 follows, or 上, 近 or 超 precedes (上百);
/// - the words of `OrdinaryWords` (一点, 十分, 四川), weekdays and the like (周三, 统一);
/// - 几 alone, which asks as often as it counts (几点); but 好几天, 十几, 几十;
/// - digits glued to Latin letters (B12, 5G) unless a unit follows (VC500mg); dotted chains (1.2.3); raised digits (m²);
/// - 陆, 伍 and the other formal digits alone, unless a unit follows (伍元).
///
/// What could be two things:
/// - 三点五 is 3.5, also where a clock could be meant; 三点五十 and 3点05 are not, 三点 is a time of day;
/// - two digits in order are a range (七八折: 0.7 to 0.8; 三五年), any other two before 折 or 成 are hundredths (八八折), and
///   more digits are digits said one by one;
/// - words beside a number that limit it (不到五百, 五百以上) are outside of its span and told by `NumberMention.limit`;
/// - 一斤三两, 一米七 and 500g×2 are one number each, in the first unit;
/// - 块 is money (两块 is 2 yuan, of batteries too), but 一块 alone is "together".
public enum NumberReader {
    /// Appends the numbers of `text` to `mentions`, in order; none overlap.
    ///
    /// Invalid UTF-8 is part of no number and never traps. Time is linear in the bytes of any text: no character is
    /// looked at more than a fixed number of times. Allocates only when `mentions` has to grow (and, once, some tables).
    /// Positions are 32-bit: text beyond 2 GiB is not read.
    public static func read(_ text: UnsafeBufferPointer<UInt8>, into mentions: inout NumberBuffer) {
        guard let bytes = text.baseAddress else { return }
        let count = min(text.count, Int(Int32.max))
        let starts = NumberStarts.shared
        var offset = 0
        while offset < count {
            let byte = bytes[offset]
            if byte < 0x80 {
                guard byte >= 0x30 && byte <= 0x39 || byte == 0x2D else {
                    offset += 1
                    continue
                }
            } else {
                let decoded = decodeScalar(bytes, at: offset, count: count)
                guard starts.contains(decoded.codePoint) else {
                    offset += decoded.length
                    continue
                }
            }
            offset = readOne(bytes, count: count, at: offset, into: &mentions)
        }
    }

    /// Reads at one place where a number may begin.
    ///
    /// - Returns: Where to read on: behind the number, or what proved to be none.
    @inline(never)
    private static func readOne(
        _ bytes: UnsafePointer<UInt8>, count: Int, at offset: Int, into mentions: inout NumberBuffer
    ) -> Int {
        let cursor = NumberCursor(bytes, count: count, at: offset)
        let next = cursor.end
        if let word = OrdinaryWords.word(at: cursor) { return max(word.after.previousEnd, next) }
        let previous = scalar(before: offset, bytes)
        guard let quantity = quantity(at: cursor, after: previous) else { return next }
        let end = quantity.after.previousEnd
        guard quantity.after.isAtBorder, end > offset else { return next }
        guard quantity.isNumber(after: previous), !isWord(quantity, bytes, end: end) else { return end }
        let unit = quantity.unitRange ?? end..<end
        let isRound = quantity.numeral.style == .han && quantity.numeral.digitCount == 0
        let limit = NumberLimits.limit(
            bytes, count: count, start: offset, end: end,
            isRound: isRound && quantity.low.map { $0 >= NumberValue(100)! } ?? false)
        mentions.append(
            NumberMention(
                start: Int32(offset), end: Int32(end), unitStart: Int32(unit.lowerBound),
                unitEnd: Int32(unit.upperBound),
                kind: quantity.kind, isApproximate: quantity.isApproximate, unit: quantity.unit, low: quantity.low,
                high: quantity.high, limit: limit))
        return end
    }

    /// Whether the number alone is a word: 一点 in 一点2, where it seemed to go on.
    private static func isWord(_ quantity: Quantity, _ bytes: UnsafePointer<UInt8>, end: Int) -> Bool {
        OrdinaryWords.word(at: NumberCursor(bytes, count: end, at: quantity.first.start)) != nil
    }

    /// The quantity at `cursor`, with what belongs to it before it, as part of a range if it begins one.
    private static func quantity(at cursor: NumberCursor, after previous: Unicode.Scalar?) -> Quantity? {
        let next = cursor.advanced()
        switch cursor.scalar {
        case "第": return Quantity(at: next, isOrdinal: true)
        case "负", "\u{2212}":
            guard !isNumeral(previous), OrdinaryWords.word(at: next) == nil else { return nil }
            return Quantity(at: next)?.negated
        case "-":
            // A hyphen is a minus before a temperature only: -18℃, but 2-3.
            guard !isNumeral(previous), !(previous?.isLatinLetter ?? false), NumeralReader.isArabic(next),
                let quantity = Quantity(at: next), quantity.unit == .celsius || quantity.unit == .degree
            else { return nil }
            return quantity.negated
        case "零" where next.scalar == "下": return Quantity(at: next.advanced())?.negated
        case "上", "近", "超": return atLeast(next)
        case "好":
            guard next.scalar == "几" else { return nil }
            return some(next)
        case "半": return Quantity(half: cursor)
        case "斤":
            // Not in 公斤半价, nor behind what was no number: 几斤半.
            guard next.scalar == "半", !isNumeral(previous), !mayCountJin(previous) else { return nil }
            return Quantity(oneAndHalf: cursor)
        case "¥": return price(next, sign: cursor)
        default:
            guard let quantity = Quantity(at: cursor) else { return nil }
            return range(from: quantity, after: previous) ?? quantity
        }
    }

    /// 三到五天, 10-20元: two numbers and what joins them, the second the greater.
    private static func range(from quantity: Quantity, after previous: Unicode.Scalar?) -> Quantity? {
        guard quantity.canBound, !(previous?.isLatinLetter ?? false) else { return nil }
        var next = quantity.after
        let isHyphen = next.scalar == "-"
        // A third number makes it a date or a telephone number.
        if isHyphen, previous == "-" { return nil }
        switch next.scalar {
        case "到", "至", "-", "~", "\u{301C}", "\u{2013}", "\u{2014}": next.advance()
        default: return nil
        }
        guard OrdinaryWords.word(at: next) == nil, let second = Quantity(at: next) else { return nil }
        if isHyphen, second.after.scalar == "-", NumeralReader.isArabic(second.after.advanced()) { return nil }
        return quantity.through(second)
    }

    /// 上百, 近千, 超万.
    private static func atLeast(_ cursor: NumberCursor) -> Quantity? {
        guard case .power(let power, .han) = Numeral(cursor.scalar), power > 1,
            OrdinaryWords.word(at: cursor)?.meaning != .anywhere, var quantity = Quantity(at: cursor)
        else { return nil }
        quantity.isApproximate = true
        return quantity
    }

    /// 好几天, 好几百.
    private static func some(_ cursor: NumberCursor) -> Quantity? {
        if let quantity = Quantity(at: cursor) { return quantity }
        return Quantity(some: cursor)
    }

    private static func price(_ cursor: NumberCursor, sign: NumberCursor) -> Quantity? {
        guard NumeralReader.isArabic(cursor), var quantity = Quantity(at: cursor) else { return nil }
        if quantity.unit == nil, quantity.kind == .cardinal {
            quantity.unit = .yuan
            quantity.unitRange = sign.start..<sign.end
        }
        return quantity
    }

    private static func mayCountJin(_ scalar: Unicode.Scalar?) -> Bool {
        switch scalar {
        case "公", "市", "台", "半", "多", "来", "把": true
        default: false
        }
    }

    private static func isNumeral(_ scalar: Unicode.Scalar?) -> Bool {
        scalar.map { Numeral($0) != nil } ?? false
    }

    /// The code point that ends at `offset`, folded; nil at the beginning of the text.
    private static func scalar(before offset: Int, _ bytes: UnsafePointer<UInt8>) -> Unicode.Scalar? {
        guard offset > 0 else { return nil }
        var start = offset - 1
        while start > 0, offset - start < 4, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        return NumberCursor(bytes, count: offset, at: start).scalar
    }
}

import ChineseText

/// A bound of a number slot as a rule writes it, read by the reader that reads what hosts say.
struct NumberBound {
    private let text: String
    private let kind: NumberSlot.Kind
    private let isBare: Bool

    /// Characters of a bound at most; a longer one is no number that anybody says.
    private static let longest = 40

    init(_ text: String, of kind: NumberSlot.Kind, isBare: Bool) {
        (self.text, self.kind, self.isBare) = (text, kind, isBare)
    }

    /// The bound in the base unit of the dimension.
    func value() throws(NumberSlotError.Problem) -> NumberValue {
        let bytes = Array(said.utf8)
        guard text.count <= Self.longest, let mention = Self.firstNumber(bytes), mention.start == 0,
            mention.kind != .ordinal, mention.kind != .year
        else { throw .unreadable(text) }
        guard Int(mention.end) == bytes.count else {
            let rest = String(decoding: bytes[Int(mention.end)...], as: UTF8.self)
            if mention.unit == nil { throw .unknownUnit(rest) }
            throw .unreadable(text)
        }
        guard let number = mention.value else { throw mention.low == nil ? .unreadable(text) : .notOneNumber(text) }
        if let dimension = kind.dimension, let measured = mention.measured(in: dimension) { return measured.low }
        guard mention.kind == .cardinal || mention.kind == .digits, mention.unit == nil else {
            throw .foreignUnit(unit(of: mention, in: bytes))
        }
        let bare: NumberValue?
        switch kind {
        case .number, .count: bare = number
        case .percent: bare = number.scaled(byPowerOfTen: -2)
        case .price where isBare: bare = number.scaled(byPowerOfTen: 2)
        case .duration, .price, .weight, .length:
            throw .missingUnit(bound: text, correction: text + kind.usualUnit)
        }
        guard let bare else { throw .unreadable(text) }
        return bare
    }

    /// The bound as it is said: without spaces, 180d as 180天, -5 as 负5.
    private var said: String {
        var said = text.filter { !$0.isWhitespace }
        if said.hasPrefix("-") { said = "负" + said.dropFirst() }
        guard kind == .duration, let last = said.last, said.dropLast().last?.isASCII == true,
            said.dropLast().last?.isNumber == true
        else { return said }
        switch last {
        case "s": return said.dropLast() + "秒"
        case "m": return said.dropLast() + "分钟"
        case "h": return said.dropLast() + "小时"
        case "d": return said.dropLast() + "天"
        default: return said
        }
    }

    /// What makes the number one of another kind: its unit, or all of it where that has no unit of its own (九成).
    private func unit(of mention: NumberMention, in bytes: [UInt8]) -> String {
        let unit = bytes[Int(mention.unitStart)..<Int(mention.unitEnd)]
        return unit.isEmpty ? text : String(decoding: unit, as: UTF8.self)
    }

    private static func firstNumber(_ bytes: [UInt8]) -> NumberMention? {
        var numbers = NumberBuffer(capacity: 16)
        bytes.withUnsafeBufferPointer { NumberReader.read($0, into: &numbers) }
        return numbers.count > 0 ? numbers[0] : nil
    }
}

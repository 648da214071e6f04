/// Whether a number at an edge of a stretch of text goes on beyond it, so that the stretch cuts it.
public enum NumberEdges {
    /// Whether a number at an edge of the stretch goes on beyond it: 第1 in 第15, 1折 in 8.1折, 69 in 69,000, 十天 in 几十天.
    public static func goOn(_ range: Range<Int>, in scalars: UnsafeBufferPointer<UInt32>) -> Bool {
        let (first, last) = (range.lowerBound, range.upperBound - 1)
        if first > 0 {
            let before = scalars[first - 1]
            if joins(before, scalars[first]) { return true }
            if first > 1, isNumeral(scalars[first]), isDigit(scalars[first - 2]),
                isPoint(before) || isComma(before) && isGroup(at: first, in: scalars)
            {
                return true
            }
        }
        if last + 1 < scalars.count {
            let after = scalars[last + 1]
            if joins(scalars[last], after) { return true }
            if last + 2 < scalars.count, isNumeral(scalars[last]), isDigit(scalars[last + 2]),
                isPoint(after) || isComma(after) && isDigit(scalars[last]) && isGroup(at: last + 2, in: scalars)
            {
                return true
            }
        }
        return false
    }

    /// Whether three digits and no fourth stand there, as behind the comma of 69,000.
    private static func isGroup(at first: Int, in scalars: UnsafeBufferPointer<UInt32>) -> Bool {
        first + 2 < scalars.count && (first..<first + 3).allSatisfy { isDigit(scalars[$0]) }
            && !(first + 3 < scalars.count && isDigit(scalars[first + 3]))
    }

    /// Folded: Han digits are ASCII digits here.
    private static func isDigit(_ scalar: UInt32) -> Bool { (0x30...0x39).contains(scalar) }

    private static func isPoint(_ scalar: UInt32) -> Bool { scalar == 0x2E || scalar == 0x70B9 }

    private static func isComma(_ scalar: UInt32) -> Bool { scalar == 0x2C }

    /// Whether a scalar counts something: 4, 四, 十, 廿; 几 does not say how many.
    public static func isNumeral(_ scalar: UInt32) -> Bool { Numeral.amount(folded: scalar) != nil }

    /// Whether two scalars side by side are of one number: 十 and 5, 几 and 十, 两 and 百. Behind a digit 两 is 50 grams.
    private static func joins(_ first: UInt32, _ second: UInt32) -> Bool {
        let isPower = !isDigit(second) && isNumeral(second)
        switch Unicode.Scalar(first) {
        case "几", "数": return isPower && second != 0x4E24
        case "两": return isPower && second != 0x4E24 || second == 0x33
        case "俩", "仨": return false
        default: break
        }
        guard isNumeral(first) else { return false }
        switch Unicode.Scalar(second) {
        case "几": return !isDigit(first)
        case "两", "俩", "仨": return false
        default: return isNumeral(second)
        }
    }

    /// Bytes behind a stretch that are read with it: room for the coins of a price.
    private static let lookahead = 32

    /// The same for what follows a unit: 9块 in 九块九, 2斤 in 两斤半, and 1斤半 in 一斤半价, where 半 is of another word.
    ///
    /// - Parameter bytes: The stretch, in UTF-8 bytes of `text`.
    public static func goOn(
        _ bytes: Range<Int>, of text: UnsafeBufferPointer<UInt8>, with numbers: inout NumberBuffer
    ) -> Bool {
        let half = isHalf(text, endingAt: bytes.upperBound)
        guard half || mayGoOn(text, at: bytes.upperBound) else { return false }
        let end = min(bytes.upperBound + lookahead, text.count)
        numbers.removeAll()
        NumberReader.read(UnsafeBufferPointer(rebasing: text[bytes.lowerBound..<end]), into: &numbers)
        var endsWithNumber = false
        for place in 0..<numbers.count {
            let (first, last) = (Int(numbers[place].start), Int(numbers[place].end))
            if first < bytes.count, last > bytes.count { return numbers[place].isCut(at: bytes.count) }
            endsWithNumber = endsWithNumber || last == bytes.count
        }
        return half && !endsWithNumber
    }

    /// Whether a digit or 半 stands there.
    private static func mayGoOn(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
        guard offset < text.count, let base = text.baseAddress else { return false }
        let scalar = NumberCursor(base, count: text.count, at: offset).scalar
        if scalar == "半" { return true }
        if case .digit = Numeral(scalar) { return true }
        return false
    }

    private static func isHalf(_ text: UnsafeBufferPointer<UInt8>, endingAt end: Int) -> Bool {
        end >= 3 && text[end - 3] == 0xE5 && text[end - 2] == 0x8D && text[end - 1] == 0x8A
    }
}

extension NumberMention {
    /// Whether what stands before an offset in it is another quantity: 9块 of 九块九, but not 10 of 10天 or 7 of 7到10天.
    fileprivate func isCut(at offset: Int) -> Bool {
        guard unit != nil, Int(unitStart) > Int(start) else { return false }
        return offset > Int(unitStart)
    }
}

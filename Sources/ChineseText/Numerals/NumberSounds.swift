/// What may not happen to a number when a term is found by its sound.
public enum NumberSounds {
    /// Whether both folded scalars are numerals, and of two numbers: 四 and 十 sound alike to many.
    public static func areTwoNumbers(_ first: UInt32, _ second: UInt32) -> Bool {
        guard let amount = Numeral.amount(folded: first) else { return false }
        return Numeral.amount(folded: second).map { $0 != amount } ?? false
    }

    /// The first number of a term that a text says otherwise: a number is heard whole, or no numeral of it stands there.
    ///
    ///     term 十四天, text 是四天     十四, for the text says four days
    ///     term 十四天, text 石寺天     nil: no number is read there
    ///
    /// - Parameters:
    ///   - term: Folded scalars.
    ///   - heard: The folded scalars that stand for them, as many.
    /// - Returns: The symbols of the number; nil if every number of the term is what the text says, or hidden whole.
    public static func changedNumber(
        in term: UnsafeBufferPointer<UInt32>, heardAs heard: UnsafeBufferPointer<UInt32>
    ) -> Range<Int>? {
        guard term.count == heard.count else { return nil }
        var first = 0
        while first < term.count {
            guard Numeral.amount(folded: term[first]) != nil else {
                first += 1
                continue
            }
            var end = first + 1
            while end < term.count, Numeral.amount(folded: term[end]) != nil { end += 1 }
            let number = first..<end
            let numerals = number.count { Numeral.amount(folded: heard[$0]) != nil }
            let same = number.count { Numeral.amount(folded: heard[$0]) == Numeral.amount(folded: term[$0]) }
            if numerals > 0, same < number.count { return number }
            first = end
        }
        return nil
    }
}

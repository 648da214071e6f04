import CTermScan

/// A loose term held against a text, from its last symbol back.
///
/// A token that is the symbol, or sounds like it, is taken; a sign or filler is skipped as far as the term tolerates; once,
/// in a term of three symbols or more, a filler may stand in place of a symbol. Nothing is tried twice but that, so it
/// takes no more steps than the term has symbols and the gaps it tolerates.
struct LooseAlignment {
    /// The longest term the loose view knows, in symbols.
    static let maxSymbols = 16
    /// Code points of signs between two neighbours at most, as the kernel looks no further.
    static let maxSignEntries = Int(CLOOSE_SIGNS)
    /// Characters of fillers between two neighbours at most, and one more if the last filler has two.
    static let maxFillers = Int(CLOOSE_FILLERS)

    /// The entry that the match begins with, and that behind it.
    private(set) var range = 0..<0
    /// The first entry of the token of each symbol that is not masked, last one first.
    private(set) var taken = InlineArray<16, Int32>(repeating: 0)
    private(set) var takenCount = 0
    /// Characters found as they are.
    private(set) var exact = 0
    /// Other characters of the same sound, and those that only a confusion makes the same.
    private(set) var sounds = 0
    private(set) var confused = 0
    /// Those of them that are heard only if a character is not read as usual.
    private(set) var rare = 0
    private(set) var syllables = 0
    private(set) var initials = 0
    private(set) var signs = 0
    private(set) var fillers = 0
    private(set) var masked = 0

    /// How a token stands for a symbol.
    enum Likeness {
        /// A sound is rare if it is not the usual reading of both characters: 吃 for 治, which may be read chi.
        case exact, sound, confusion, rareSound, rareConfusion, syllable, initial
    }

    /// - Parameters:
    ///   - first: Becomes the first entry that was looked at, if that is before it.
    ///   - likeness: How a token stands for symbol number `$1` of the term; nil if it does not.
    /// - Returns: nil if the term does not end with the token `last`.
    @inline(__always)
    static func find(
        symbols: Int, tolerance: Tolerance, endingAt last: LooseReading.Token, in reading: borrowing LooseReading,
        _ first: inout Int, likeness: (_ token: LooseReading.Token, _ symbol: Int) -> Likeness?
    ) -> LooseAlignment? {
        var metMask = false
        var result = LooseAlignment()
        if align(symbols, tolerance, last, reading, &first, mayMask: false, &metMask, &result, likeness) {
            return result
        }
        guard metMask, tolerance.fillers, symbols > 2 else { return nil }
        result = LooseAlignment()
        return align(symbols, tolerance, last, reading, &first, mayMask: true, &metMask, &result, likeness)
            ? result : nil
    }

    @inline(__always)
    private static func align(
        _ symbols: Int, _ tolerance: Tolerance, _ last: LooseReading.Token, _ reading: borrowing LooseReading,
        _ first: inout Int, mayMask: Bool, _ metMask: inout Bool, _ result: inout LooseAlignment,
        _ likeness: (LooseReading.Token, Int) -> Likeness?
    ) -> Bool {
        var token = last
        var symbol = symbols - 1
        defer { first = min(first, token.entry) }
        guard let end = likeness(token, symbol) else { return false }
        result.take(last, end)
        while symbol > 0 {
            symbol -= 1
            var signs = 0
            var signEntries = 0
            var fillers = 0
            search: while true {
                guard token.entry > 0 else { return false }
                token = reading.token(endingAt: token.entry - 1)
                if let found = likeness(token, symbol) {
                    result.take(token, found)
                    break
                }
                if token.kind == .filler, reading.isMask(token.entry) { metMask = true }
                switch token.kind {
                case .sign where signs < tolerance.gaps && signEntries + token.count <= maxSignEntries:
                    signs += 1
                    signEntries += token.count
                case .filler where mayMask && result.masked == 0 && symbol > 0 && reading.isMask(token.entry):
                    result.masked = 1
                    break search
                case .filler where tolerance.fillers && fillers < maxFillers:
                    // One of two is passed over whole: 第什么 is no 第么.
                    let length = reading.fillerLength(endingAt: token.entry)
                    guard length > 0 else { return false }
                    if length == 2 { token = reading.token(endingAt: token.entry - 1) }
                    fillers += length
                default: return false
                }
            }
            result.signs += signs
            result.fillers += fillers
        }
        result.range = token.entry..<last.end
        return true
    }

    /// Whether a symbol that is no syllable stands at an entry.
    func takes(_ entry: Int) -> Bool {
        for place in 0..<takenCount where Int(taken[place]) == entry { return true }
        return false
    }

    private mutating func take(_ token: LooseReading.Token, _ likeness: Likeness) {
        taken[takenCount] = Int32(truncatingIfNeeded: token.entry)
        takenCount += 1
        switch likeness {
        case .exact: exact += 1
        case .sound: sounds += 1
        case .confusion:
            sounds += 1
            confused += 1
        case .rareSound:
            sounds += 1
            rare += 1
        case .rareConfusion:
            sounds += 1
            confused += 1
            rare += 1
        case .syllable: syllables += 1
        case .initial: initials += 1
        }
    }
}

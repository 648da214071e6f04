/// A loose term held against the tokens of a text, from its last symbol back.
///
/// A token that is the symbol, or sounds like it, is taken; a sign or filler is skipped as far as the term tolerates; once,
/// in a term of three symbols or more, a filler may stand in place of a symbol. Nothing is tried twice but that, so it
/// takes no more steps than the term has symbols and the gaps it tolerates.
struct LooseAlignment {
    /// The longest term the loose view knows, in symbols.
    static let maxSymbols = 16
    /// Filler tokens between two neighbours at most; 什么 are two.
    static let maxFillers = 4

    /// The first token of the match.
    private(set) var first = 0
    /// The token of each symbol that is not masked, last one first.
    private(set) var taken = InlineArray<16, Int32>(repeating: 0)
    private(set) var takenCount = 0
    /// Characters found as they are.
    private(set) var exact = 0
    /// Other characters of the same sound, and those that only a confusion makes the same.
    private(set) var sounds = 0
    private(set) var confused = 0
    private(set) var syllables = 0
    private(set) var initials = 0
    private(set) var signs = 0
    private(set) var fillers = 0
    private(set) var masked = 0

    /// How a token stands for a symbol.
    enum Likeness {
        case exact, sound, confusion, syllable, initial
    }

    /// - Parameters:
    ///   - likeness: How token number `$0` stands for symbol number `$1` of the term; nil if it does not.
    ///   - canMask: Whether token number `$0` is a filler that stands in place of syllables.
    /// - Returns: nil if the term does not end at token `last`.
    static func find(
        symbols: Int, tolerance: Tolerance, endingAt last: Int, in tokens: UnsafePointer<LooseTokens.Token>,
        canMask: (Int) -> Bool, likeness: (_ token: Int, _ symbol: Int) -> Likeness?
    ) -> LooseAlignment? {
        let whole = align(symbols, tolerance, last, tokens, mayMask: false, canMask, likeness)
        if whole != nil || !tolerance.fillers || symbols < 3 { return whole }
        return align(symbols, tolerance, last, tokens, mayMask: true, canMask, likeness)
    }

    private static func align(
        _ symbols: Int, _ tolerance: Tolerance, _ last: Int, _ tokens: UnsafePointer<LooseTokens.Token>, mayMask: Bool,
        _ canMask: (Int) -> Bool, _ likeness: (Int, Int) -> Likeness?
    ) -> LooseAlignment? {
        var result = LooseAlignment()
        var token = last
        var symbol = symbols - 1
        guard let end = likeness(token, symbol) else { return nil }
        result.take(last, end)
        while symbol > 0 {
            symbol -= 1
            token -= 1
            var signs = 0
            var fillers = 0
            search: while true {
                guard token >= 0 else { return nil }
                if let found = likeness(token, symbol) {
                    result.take(token, found)
                    break
                }
                switch tokens[token].kind {
                case .sign where signs < tolerance.gaps: signs += 1
                case .filler where mayMask && result.masked == 0 && symbol > 0 && canMask(token):
                    result.masked = 1
                    break search
                case .filler where tolerance.fillers && fillers < maxFillers: fillers += 1
                default: return nil
                }
                token -= 1
            }
            result.signs += signs
            result.fillers += fillers
        }
        result.first = token
        return result
    }

    private mutating func take(_ token: Int, _ likeness: Likeness) {
        taken[takenCount] = Int32(truncatingIfNeeded: token)
        takenCount += 1
        switch likeness {
        case .exact: exact += 1
        case .sound: sounds += 1
        case .confusion:
            sounds += 1
            confused += 1
        case .syllable: syllables += 1
        case .initial: initials += 1
        }
    }
}

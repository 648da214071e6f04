/// A fuzzy term held against a text, from its last symbol back.
///
/// A token that is the symbol, or sounds like it, is taken; a sign or filler is skipped as far as the term tolerates; once,
/// in a term of three symbols or more, a wildcard may stand in place of a symbol. Nothing is tried twice but that, so it
/// takes no more steps than the term has symbols and the gaps it tolerates.
struct FuzzyAlignment {
    /// The entry that the match begins with, and that behind it.
    private(set) var range = 0..<0
    /// The first entry of the token of each symbol that has one, last one first.
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
    private(set) var wildcards = 0

    /// How a token stands for a symbol.
    enum Likeness {
        /// A sound is rare if it is not the usual reading of both characters: 吃 for 治, which may be read chi.
        case exact, sound, confusion, rareSound, rareConfusion, syllable, initial
    }

    /// - Parameter steps: Grows by the tokens looked at.
    /// - Returns: nil if the term does not end with the token `last`.
    @inline(__always)
    static func find(
        _ term: FuzzyTerm, endingAt last: FuzzyText.Token, in text: borrowing FuzzyText, _ steps: inout Int
    ) -> FuzzyAlignment? {
        var result = FuzzyAlignment()
        var metWildcard = false
        if result.align(term, last, text, takesWildcard: false, &metWildcard, &steps) { return result }
        guard metWildcard, term.tolerance.fillers, term.count > 2 else { return nil }
        result = FuzzyAlignment()
        return result.align(term, last, text, takesWildcard: true, &metWildcard, &steps) ? result : nil
    }

    private mutating func align(
        _ term: FuzzyTerm, _ last: FuzzyText.Token, _ text: borrowing FuzzyText, takesWildcard: Bool,
        _ metWildcard: inout Bool, _ steps: inout Int
    ) -> Bool {
        let symbols = text.tables.symbols(of: term)
        let tolerance = term.tolerance
        var token = last
        var symbol = symbols.count - 1
        steps += 1
        guard let end = text.likeness(of: token, to: symbols[symbol], bySound: tolerance.sounds) else { return false }
        take(last, end)
        // A last symbol that is said again ends the match where it stands first.
        var isExact = false
        while symbol > 0 {
            symbol -= 1
            var gap = Gap()
            var isExactNext = false
            while true {
                guard token.entry > 0 else { return false }
                token = text.token(endingAt: token.entry - 1)
                steps += 1
                if let found = text.likeness(of: token, to: symbols[symbol], bySound: tolerance.sounds) {
                    take(token, found)
                    isExactNext = found == .exact
                    break
                }
                if token.kind == .filler, text.isWildcard(token.entry) {
                    metWildcard = true
                    if takesWildcard, wildcards == 0, symbol > 0 {
                        wildcards = 1
                        break
                    }
                }
                guard
                    gap.takes(
                        &token, maxSigns: tolerance.gaps, fillers: tolerance.fillers, behind: isExact, in: text)
                else {
                    return false
                }
            }
            isExact = isExactNext
            signs += gap.signs
            fillers += gap.fillers
        }
        range = token.entry..<last.end
        return true
    }

    /// Whether a symbol that is no syllable stands at an entry.
    func takes(_ entry: Int) -> Bool {
        for place in 0..<takenCount where Int(taken[place]) == entry { return true }
        return false
    }

    private mutating func take(_ token: FuzzyText.Token, _ likeness: Likeness) {
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

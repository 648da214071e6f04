import CTermScan
import ChineseText

/// A text as fuzzy matching reads it: backwards, token by token, where it is asked.
///
///     text     止 ✨ zhi 疗 那 个 …
///     tokens   止, sign, syllable zhi, 疗, filler 那, filler 个 …
struct FuzzyText: ~Copyable {
    /// One character, syllable or initial, and what may stand in a gap.
    struct Token {
        /// The entry it begins with.
        var entry: Int
        /// How many entries it has: one, the letters of a syllable, or the code points of an emoji.
        var count: Int
        var kind: Kind
        /// The syllable, or the letter of an initial from 0; `none` of a letter that is neither.
        var value: UInt16 = none

        static let none = UInt16.max

        enum Kind: UInt8 {
            case character
            case sign
            case filler
            case syllable
            case initial
        }

        var isLatin: Bool { kind == .syllable || kind == .initial }
        var end: Int { entry + count }
    }

    let tables: FuzzyTables
    /// The code points of the text, and what the prefilter knows of each.
    let codes: UnsafePointer<UInt32>
    let entries: UnsafePointer<UInt32>
    let count: Int
    /// What ends with each entry that is a letter.
    let letters: UnsafePointer<LatinRun.Letter>
    /// The text itself, and where in it the entries start.
    let bytes: UnsafeBufferPointer<UInt8>
    let places: DecodedText.Places

    @inline(__always)
    func isLetter(_ entry: Int) -> Bool { entries[entry] & FUZZY_LETTER != 0 }

    @inline(__always)
    func isSign(_ entry: Int) -> Bool { entries[entry] & FUZZY_SIGN != 0 }

    /// Whether a run of letters goes on behind an entry.
    @inline(__always)
    func isInsideLetters(_ entry: Int) -> Bool { isLetter(entry) && entry + 1 < count && isLetter(entry + 1) }

    /// The folded scalar of an entry; 0 if it has none, or several.
    @inline(__always)
    func scalar(_ entry: Int) -> UInt32 { tables.folding.single(codes[entry]) }

    /// The usual key of an entry; 0 if it has none.
    @inline(__always)
    func usualKey(_ entry: Int) -> Int {
        Int(tables.classes.usualKeys[Int(entries[entry] >> UInt32(FUZZY_GROUP_SHIFT) & FUZZY_GROUP_MASK)])
    }

    /// The entry's root in the list of words, as `Segmenter.areTorn` wants it.
    @inline(__always)
    func root(_ entry: Int) -> Int? {
        guard entry >= 0, entry < count else { return Segmenter.noRoot }
        let code = codes[entry]
        // ASCII letters and digits are cut in runs, and signs are left out.
        if code < 0x80 || entries[entry] & (FUZZY_SIGN | FUZZY_LETTER) != 0 { return nil }
        return tables.words.root(folding: code) ?? Segmenter.noRoot
    }

    /// The token whose last entry is `last`, which is not inside a syllable.
    @inline(__always)
    func token(endingAt last: Int) -> Token {
        let entry = entries[last]
        if entry & FUZZY_LETTER != 0 {
            let letter = letters[last]
            let length = max(Int(letter.length), 1)
            return Token(
                entry: last + 1 - length, count: length, kind: letter.isSyllable ? .syllable : .initial,
                value: letter.length == 0 ? Token.none : letter.value)
        }
        if entry & FUZZY_SIGN != 0 {
            // Nearly always a single one.
            return last > 0 && isSign(last - 1)
                ? signToken(endingAt: last) : Token(entry: last, count: 1, kind: .sign)
        }
        return Token(
            entry: last, count: 1,
            kind: entry & (FUZZY_SKIPPABLE | FUZZY_REPEATED) == FUZZY_SKIPPABLE ? .filler : .character)
    }

    /// Whether a filler of two begins at an entry: only then is such a character skippable.
    @inline(__always)
    func isFirstHalf(_ entry: Int) -> Bool {
        entries[entry] & (FUZZY_FIRST_HALF | FUZZY_SKIPPABLE) == FUZZY_FIRST_HALF | FUZZY_SKIPPABLE
    }

    /// Whether a filler of two ends at an entry.
    @inline(__always)
    func isSecondHalf(_ entry: Int) -> Bool {
        entries[entry] & (FUZZY_SECOND_HALF | FUZZY_SKIPPABLE) == FUZZY_SECOND_HALF | FUZZY_SKIPPABLE
    }

    /// How many entries the filler has that ends with an entry; 0 if none ends there.
    ///
    /// - Parameter entry: That of a token that is a filler.
    @inline(__always)
    func fillerLength(endingAt entry: Int) -> Int { isSecondHalf(entry) ? 2 : isFirstHalf(entry) ? 0 : 1 }

    /// Whether an entry is a character that may be skipped, since it is said again.
    @inline(__always)
    func isRepeated(_ entry: Int) -> Bool { entries[entry] & FUZZY_REPEATED != 0 }

    /// Whether the next entry is the same character. Digits are no stutter: 100 is not 10.
    func isStutter(_ entry: Int) -> Bool {
        tables.skipsFillers && entries[entry] & (FUZZY_SKIPPABLE | FUZZY_LETTER) == 0 && entry + 1 < count
            && codes[entry] == codes[entry + 1] && scalar(entry) >= Self.firstIdeograph
    }
    private static let firstIdeograph: UInt32 = 0x3400

    /// Whether an entry may stand in place of a symbol.
    func isWildcard(_ entry: Int) -> Bool { entries[entry] & FUZZY_WILDCARD != 0 }

    /// One sign of several side by side, or an emoji of some of them.
    @inline(never)
    private func signToken(endingAt last: Int) -> Token {
        var first = last
        while first > 0, last - first + 1 < Gap.maxSignEntries, continuesEmoji(first) { first -= 1 }
        return Token(entry: first, count: last - first + 1, kind: .sign)
    }

    /// Whether an entry belongs to the emoji that the entry before it begins or continues.
    private func continuesEmoji(_ entry: Int) -> Bool {
        guard isSign(entry - 1), !isInTerm(entry), !isInTerm(entry - 1) else { return false }
        return Emoji.isContinued(at: entry, of: bytes) { Int(places.start(of: $0)) }
    }

    /// Whether a sign stands for itself in a term.
    private func isInTerm(_ sign: Int) -> Bool { entries[sign] & FUZZY_CLASS_MASK != 0 }

    /// The class of what a token may stand for.
    @inline(__always)
    func classOf(_ token: Token) -> UInt32 { entries[token.end - 1] & FUZZY_CLASS_MASK }

    /// How a token stands for a folded scalar of a term; nil if it does not.
    @inline(__always)
    func likeness(of token: Token, to symbol: UInt32, bySound: Bool) -> FuzzyAlignment.Likeness? {
        let sounds = tables.sounds
        switch token.kind {
        case .character, .sign, .filler:
            let scalar = scalar(token.entry)
            if scalar == symbol { return .exact }
            guard bySound, token.kind == .character else { return nil }
            return likeness(ofScalar: scalar, to: symbol)
        case .syllable:
            guard bySound else { return nil }
            return sounds.readings(of: symbol).contains(token.value) ? .syllable : nil
        case .initial:
            if scalar(token.entry) == symbol { return .exact }
            guard bySound, token.value != Token.none else { return nil }
            return sounds.readings(of: symbol).contains {
                sounds.initial(of: Syllable(number: $0)) == UInt8(token.value + 0x61)
            } ? .initial : nil
        }
    }

    private func likeness(ofScalar scalar: UInt32, to symbol: UInt32) -> FuzzyAlignment.Likeness? {
        if NumberSounds.areTwoNumbers(scalar, symbol) { return nil }
        let (said, wanted) = (tables.sounds.readings(of: scalar), tables.sounds.readings(of: symbol))
        guard let usual = said.first, let wantedFirst = wanted.first else { return nil }
        if usual == wantedFirst { return .sound }
        let canonical = tables.canonical
        if canonical[Int(usual)] == canonical[Int(wantedFirst)] { return .confusion }
        var best: FuzzyAlignment.Likeness?
        for reading in said {
            for other in wanted {
                if reading == other { return .rareSound }
                if canonical[Int(reading)] == canonical[Int(other)] { best = .rareConfusion }
            }
        }
        return best
    }
}

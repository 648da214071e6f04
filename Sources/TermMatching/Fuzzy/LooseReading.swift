import CTermScan
import ChineseText

/// A text as the loose view reads it, backwards and only where it is asked.
///
///     text     止 ✨ zhi 疗 那 个 …
///     tokens   止, sign, syllable zhi, 疗, filler 那, filler 个 …
struct LooseReading: ~Copyable {
    /// One character, syllable or initial, and what may stand in a gap.
    struct Token {
        /// The entry of the line it begins with.
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

    /// Folded scalars of the table's terms are compared with those of the text.
    let table: LooseTable
    /// The code points of the line, and the class of each.
    let codes: UnsafePointer<UInt32>
    let classes: UnsafePointer<UInt16>
    let count: Int
    /// What ends with each entry that is a letter, read when it is asked for the first time.
    let letters: UnsafeMutablePointer<LatinRun.Letter>
    /// The text itself, and where in it the entries start.
    let text: UnsafeBufferPointer<UInt8>
    let places: SymbolLine.Places

    @inline(__always)
    func flags(_ entry: Int) -> UInt32 { UInt32(table.classes.classes[Int(classes[entry])].flags) }

    @inline(__always)
    func isLetter(_ entry: Int) -> Bool { flags(entry) & CLOOSE_LETTER != 0 }

    /// The folded scalar of an entry; 0 if it has none, or several.
    @inline(__always)
    func scalar(_ entry: Int) -> UInt32 { table.folding.single(codes[entry]) }

    /// The entry's root in the list of words, as `Segmenter.areTorn` wants it.
    @inline(__always)
    func root(_ entry: Int) -> Int? {
        guard entry >= 0, entry < count else { return Segmenter.noRoot }
        let code = codes[entry]
        // ASCII letters and digits are cut in runs, and signs are left out.
        if code < 0x80 || flags(entry) & (CLOOSE_SIGN | CLOOSE_LETTER) != 0 { return nil }
        return table.words.root(folding: code) ?? Segmenter.noRoot
    }

    /// Whether an entry is a character and nothing else, not even half of a filler.
    @inline(__always)
    func isOnlyCharacter(_ entry: Int) -> Bool {
        let own = table.classes.classes[Int(classes[entry])]
        let special = CLOOSE_SIGN | CLOOSE_FILLER | CLOOSE_LETTER | CLOOSE_MASK
        return UInt32(own.flags) & special == 0 && own.first_half | own.second_half == 0
    }

    /// The token whose last entry is `last`, which is not inside a syllable.
    @inline(__always)
    func token(endingAt last: Int) -> Token {
        let own = table.classes.classes[Int(classes[last])]
        if UInt32(own.flags) & CLOOSE_LETTER != 0 { return latinToken(endingAt: last) }
        if UInt32(own.flags) & CLOOSE_SIGN != 0 {
            // Nearly always a single one.
            return last > 0 && flags(last - 1) & CLOOSE_SIGN != 0
                ? signToken(endingAt: last) : Token(entry: last, count: 1, kind: .sign)
        }
        let isFiller =
            UInt32(own.flags) & (CLOOSE_FILLER | CLOOSE_MASK) != 0 || own.first_half != 0 && isFirstHalf(last)
            || own.second_half != 0 && isSecondHalf(last)
        return Token(entry: last, count: 1, kind: isFiller ? .filler : .character)
    }

    /// Buckets of what may be the symbol before that at an entry: of the signs and fillers before it and of what stands
    /// before them; and `LooseBuckets.mask` if one is among them that may stand in its place.
    ///
    /// - Parameter first: Becomes the first entry of those.
    func buckets(before entry: Int, _ first: inout Int) -> UInt64 {
        var buckets: UInt64 = 0
        var entry = entry
        defer { first = entry }
        var (signs, fillers) = (0, 0)
        while entry > 0, signs <= Int(CLOOSE_SIGNS), fillers <= Int(CLOOSE_FILLERS) {
            entry -= 1
            if isMask(entry) { buckets |= LooseBuckets.mask }
            forEachUnit(of: token(endingAt: entry)) { buckets |= table.buckets[$0] }
            if flags(entry) & CLOOSE_SIGN != 0 {
                signs += 1
                continue
            }
            let length = fillerLength(endingAt: entry)
            if length == 0 { break }
            fillers += length
            entry -= length - 1
        }
        return buckets
    }

    /// Whether a filler of two begins at an entry.
    func isFirstHalf(_ entry: Int) -> Bool {
        guard entry + 1 < count else { return false }
        let all = table.classes.classes
        return all[Int(classes[entry])].first_half & all[Int(classes[entry + 1])].second_half != 0
    }

    /// Whether a filler of two ends at an entry.
    func isSecondHalf(_ entry: Int) -> Bool { entry > 0 && isFirstHalf(entry - 1) }

    /// How many entries the filler has that ends with an entry; 0 if it is none.
    func fillerLength(endingAt entry: Int) -> Int {
        if isSecondHalf(entry) { return 2 }
        return flags(entry) & (CLOOSE_FILLER | CLOOSE_MASK) != 0 ? 1 : 0
    }

    /// Whether an entry may stand in place of a symbol.
    func isMask(_ entry: Int) -> Bool { flags(entry) & CLOOSE_MASK != 0 }

    /// One sign of several side by side, or an emoji of some of them.
    @inline(never)
    private func signToken(endingAt last: Int) -> Token {
        var first = last
        while first > 0, last - first + 1 < LooseAlignment.maxSignEntries, continuesEmoji(first) { first -= 1 }
        return Token(entry: first, count: last - first + 1, kind: .sign)
    }

    /// Whether an entry belongs to the emoji that the entry before it begins or continues.
    private func continuesEmoji(_ entry: Int) -> Bool {
        guard flags(entry - 1) & CLOOSE_SIGN != 0, !isInTerm(entry), !isInTerm(entry - 1) else { return false }
        return Emoji.isContinued(at: entry, of: text) { Int(places.start(of: $0)) }
    }

    /// Whether an entry may stand for a symbol of a term, or is a letter.
    @inline(__always)
    func isInTerm(_ entry: Int) -> Bool {
        let own = table.classes.classes[Int(classes[entry])]
        return own.unit_count > 0 || UInt32(own.flags) & CLOOSE_LETTER != 0
    }

    @inline(never)
    private func latinToken(endingAt last: Int) -> Token {
        if letters[last].isUnread { readRun(around: last) }
        let letter = letters[last]
        if letter.length == 0 { return Token(entry: last, count: 1, kind: .initial) }
        let count = Int(letter.length)
        return Token(
            entry: last + 1 - count, count: count, kind: letter.isSyllable ? .syllable : .initial, value: letter.value)
    }

    /// Reads the run of letters that an entry is in; of a run that is too long, what is near.
    private func readRun(around entry: Int) {
        var first = entry
        while first > 0, entry - first <= LatinRun.maxLetters, isLetter(first - 1) { first -= 1 }
        var end = entry + 1
        while end < count, end - first <= LatinRun.maxLetters, isLetter(end) { end += 1 }
        LatinRun.read(UnsafeMutableBufferPointer(start: letters + first, count: end - first)) {
            UInt8(truncatingIfNeeded: scalar(first + $0))
        }
    }

    /// What a token may stand for, by number.
    @inline(__always)
    func forEachUnit(of token: Token, _ body: (UInt32) -> Void) {
        switch token.kind {
        case .character, .sign, .filler: table.classes.forEachUnit(of: classes[token.entry], body)
        case .syllable: body(table.units.unit(ofSyllable: token.value))
        case .initial:
            guard token.value != Token.none else { return }
            body(LooseUnits.unit(ofInitial: UInt8(token.value) + 0x61))
            table.classes.forEachUnit(of: classes[token.entry], body)
        }
    }

    /// How a token stands for a folded scalar of a term; nil if it does not.
    @inline(__always)
    func likeness(of token: Token, to symbol: UInt32, bySound: Bool) -> LooseAlignment.Likeness? {
        let sounds = table.sounds
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

    /// Whether two scalars are the same, or usually read the same, but for the confusions.
    func isUsually(_ scalar: UInt32, _ symbol: UInt32) -> Bool {
        if scalar == symbol { return true }
        guard let said = table.sounds.readings(of: scalar).first, let wanted = table.sounds.readings(of: symbol).first
        else { return false }
        return table.units.canonical[Int(said)] == table.units.canonical[Int(wanted)]
    }

    private func likeness(ofScalar scalar: UInt32, to symbol: UInt32) -> LooseAlignment.Likeness? {
        let canonical = table.units.canonical
        let (said, wanted) = (table.sounds.readings(of: scalar), table.sounds.readings(of: symbol))
        guard let usual = said.first, let wantedFirst = wanted.first else { return nil }
        if usual == wantedFirst { return .sound }
        if canonical[Int(usual)] == canonical[Int(wantedFirst)] { return .confusion }
        var best: LooseAlignment.Likeness?
        for reading in said {
            for other in wanted {
                if reading == other { return .rareSound }
                if canonical[Int(reading)] == canonical[Int(other)] { best = .rareConfusion }
            }
        }
        return best
    }
}

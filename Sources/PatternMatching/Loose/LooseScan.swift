import CSymbolScan

/// Finds the loose terms of one text.
///
/// Runs behind the plain scan and reads the line that it left.
struct LooseScan {
    /// How many symbols on both sides of a match are cut into words with it.
    private static let reach = 6

    let table: LooseTable
    let text: UnsafeBufferPointer<UInt8>

    /// Appends the matches in order of their ends. Matches of the plain view are not reported again.
    func run(
        _ line: borrowing SymbolLine, _ tokens: inout LooseTokens, _ words: inout WordView,
        _ matches: inout MatchStore
    ) {
        tokens.reset(line.count)
        if line.isPacked {
            tokens.codes = line.entries
        } else {
            tokens.codes = tokens.ownCodes
            for entry in 0..<line.count { tokens.ownCodes[entry] = codeOfUnpacked(entry, line) }
        }
        var hasLetters = false
        let found = csymbol_loose(table.tables, tokens.codes, line.count, tokens.quick, &hasLetters)
        if hasLetters { tokenize(line, &tokens) }
        for number in 0..<found {
            let candidate = tokens.quick[number]
            guard candidate.before != .max else { continue }
            let last = table.map[tokens.codes[Int(candidate.last)]] & LooseMap.classMask
            let before = table.map[tokens.codes[Int(candidate.before)]] & LooseMap.classMask
            table.forEachTerm(before: before, last: last) { term in
                guard isPossible(table.terms[term], candidate, tokens) else { return }
                if tokens.count == 0 { tokenize(line, &tokens) }
                let token = tokens.numbers[Int(candidate.last)]
                if hasLetters, isNearLatin(token, tokens) { return }
                report(table.terms[term], endingAt: token, line, tokens, &words, &matches)
            }
        }
        if hasLetters { reportNearLatin(line, tokens, &words, &matches) }
    }

    /// Whether a match that ends at a token may hold letters.
    private func isNearLatin(_ token: Int32, _ tokens: borrowing LooseTokens) -> Bool {
        var number = Int(token)
        let first = max(0, number - 2 * LooseAlignment.maxSymbols)
        while number >= first {
            if tokens.tokens[number].isLatin { return true }
            number -= 1
        }
        return false
    }

    /// Quick reasons why a term does not end at a candidate, or is not meant there.
    @inline(__always)
    private func isPossible(
        _ term: LooseTable.LooseTerm, _ candidate: csymbol_loose_candidate, _ tokens: borrowing LooseTokens
    ) -> Bool {
        let first = Int(term.first)
        if term.count > 2, candidate.third != .max, !term.tolerance.fillers || candidate.last - candidate.third == 2 {
            // 某 in place of a symbol comes with fillers, for which the third is not known.
            return isLike(
                tokens.codes[Int(candidate.third)], table.scalars[first + Int(term.count) - 3], term.tolerance)
        }
        guard term.count == 2, candidate.before + 1 == candidate.last else { return true }
        let (before, last) = (
            folded(tokens.codes[Int(candidate.before)]), folded(tokens.codes[Int(candidate.last)])
        )
        // The term itself, or a word that is no disguise.
        if before == table.scalars[first], last == table.scalars[first + 1] { return false }
        let words = WordList.shared
        if words.isWord(before, last) { return false }
        return term.tolerance.leastScore <= LooseVerdict.scoreOfCommonTwo
            || before != table.scalars[first] && !LooseVerdict.isCommon(before, words)
            || last != table.scalars[first + 1] && !LooseVerdict.isCommon(last, words)
    }

    private func isLike(_ code: UInt32, _ symbol: UInt32, _ tolerance: Tolerance) -> Bool {
        let scalar = folded(code)
        if scalar == symbol { return true }
        guard tolerance.sounds else { return false }
        for reading in table.sounds.readings(of: scalar) {
            for other in table.sounds.readings(of: symbol)
            where table.canonical[Int(reading)] == table.canonical[Int(other)] { return true }
        }
        return false
    }

    /// Reports what ends behind letters.
    private func reportNearLatin(
        _ line: borrowing SymbolLine, _ tokens: borrowing LooseTokens, _ words: inout WordView,
        _ matches: inout MatchStore
    ) {
        for number in 0..<tokens.candidateCount {
            let (token, before) = tokens.candidates[number]
            guard isNearLatin(token, tokens) else { continue }
            let last = tokens.tokens[Int(token)]
            table.forEachTerm(before: UInt32(before), last: UInt32(last.looseClass)) { term in
                report(table.terms[term], endingAt: token, line, tokens, &words, &matches)
            }
        }
    }

    private func report(
        _ term: LooseTable.LooseTerm, endingAt token: Int32, _ line: borrowing SymbolLine,
        _ tokens: borrowing LooseTokens, _ words: inout WordView, _ matches: inout MatchStore
    ) {
        guard let found = match(term, endingAt: Int(token), line, tokens, &words) else { return }
        // One term may come by several readings of the same characters.
        if !matches.isLast(found) { matches.append(found) }
    }

    // MARK: Reading

    /// The code point of an entry, or one with `isSymbol` set: what lies beyond the basic plane is an emoji, nearly always.
    @inline(never)
    private func codeOfUnpacked(_ entry: Int, _ line: borrowing SymbolLine) -> UInt32 {
        let start = line.starts[entry]
        if start == SymbolLine.noStart { return 0 }
        let decoded = decodeScalar(text.baseAddress!, at: Int(start), count: text.count)
        if decoded.codePoint == DecodedScalar.invalid { return 0 }
        guard decoded.codePoint >= 0x10000 else { return decoded.codePoint }
        if case .one(let scalar) = FoldingTable.shared[decoded.codePoint] {
            return scalar < 0x10000 ? scalar : UInt32.max
        }
        return UInt32.max
    }

    private func tokenize(_ line: borrowing SymbolLine, _ tokens: inout LooseTokens) {
        let map = table.map
        let count = line.count
        // The class of the last token that is no sign or filler; and of a filler just behind it.
        var before: UInt32 = 0
        var filler: UInt32 = 0
        @inline(__always)
        func mayEnd(_ before: UInt32, _ last: UInt32) -> Bool { table.mayEnd(before: before, last: last) }
        var entry = 0
        while entry < count {
            let found = map[tokens.codes[entry]]
            let looseClass = found & LooseMap.classMask
            if found & LooseMap.special == 0 {
                tokens.note(before: before, if: mayEnd(before, looseClass))
                if filler != 0 {
                    tokens.note(before: filler, if: mayEnd(filler, looseClass))
                    filler = 0
                }
                tokens.append(
                    .init(
                        entry: Int32(truncatingIfNeeded: entry), count: 1, kind: .character, value: 0,
                        looseClass: UInt16(truncatingIfNeeded: looseClass)))
                before = looseClass
                entry += 1
                continue
            }
            if found & LooseMap.letter != 0 {
                readLatin(line, from: &entry, &tokens, &before, mayEnd)
                filler = 0
                continue
            }
            var kind = LooseTokens.Token.Kind.character
            var size = 1
            if found & LooseMap.sign != 0 { kind = .sign }
            if table.toleratesFillers {
                if found & LooseMap.filler != 0 { kind = .filler }
                if found >> LooseMap.firstHalf & 7 != 0, entry + 1 < count, isTwoFiller(entry, tokens) {
                    kind = .filler
                    size = 2
                }
            }
            for part in 0..<size {
                let partClass = part == 0 ? looseClass : map[tokens.codes[entry + part]] & LooseMap.classMask
                if partClass != 0 || kind == .character {
                    tokens.note(before: before, if: mayEnd(before, partClass))
                    if filler != 0 { tokens.note(before: filler, if: mayEnd(filler, partClass)) }
                }
                tokens.append(
                    .init(
                        entry: Int32(truncatingIfNeeded: entry + part), count: 1, kind: kind, value: 0,
                        looseClass: UInt16(truncatingIfNeeded: partClass)))
                filler = kind == .filler ? partClass : 0
            }
            if kind == .character { before = looseClass }
            entry += size
        }
    }

    private func isTwoFiller(_ entry: Int, _ tokens: borrowing LooseTokens) -> Bool {
        Fillers.double[folded(tokens.codes[entry])] == folded(tokens.codes[entry + 1])
    }

    private func folded(_ codePoint: UInt32) -> UInt32 {
        guard codePoint < 0x110000, case .one(let scalar) = table.folding[codePoint] else { return 0 }
        return scalar
    }

    /// Reads a run of letters: syllables, or initials, or letters that are neither.
    @inline(never)
    private func readLatin(
        _ line: borrowing SymbolLine, from entry: inout Int, _ tokens: inout LooseTokens, _ before: inout UInt32,
        _ mayEnd: (UInt32, UInt32) -> Bool
    ) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: LatinRun.maxLetters) { letters in
            let first = entry
            while entry < line.count {
                let codePoint = tokens.codes[entry]
                guard table.map[codePoint] & LooseMap.letter != 0 else { break }
                if entry - first < LatinRun.maxLetters { letters[entry - first] = UInt8(folded(codePoint)) }
                entry += 1
            }
            let count = entry - first
            func add(_ place: Int, _ size: Int, _ kind: LooseTokens.Token.Kind, _ value: UInt16, _ looseClass: UInt16) {
                tokens.note(before: before, if: mayEnd(before, UInt32(looseClass)))
                tokens.append(
                    .init(
                        entry: Int32(truncatingIfNeeded: first + place), count: UInt8(size), kind: kind, value: value,
                        looseClass: looseClass))
                before = UInt32(looseClass)
            }
            let isShort = count <= LatinRun.maxLetters
            if isShort,
                LatinRun.forEachSyllable(
                    UnsafeBufferPointer(rebasing: letters[..<count]),
                    { place, size, syllable in
                        add(
                            place, size, place == 0 ? .firstSyllable : .syllable, syllable,
                            table.syllableClasses[Int(syllable)])
                    })
            {
                return
            }
            for place in 0..<count {
                let letter = place < LatinRun.maxLetters ? UInt16(letters[place]) - 0x61 : 0
                let isInitial = isShort && count <= LatinRun.maxInitials
                add(
                    place, 1, place == 0 ? .firstInitial : .initial, isInitial ? letter : UInt16.max,
                    isShort ? table.initialClasses[Int(letter)] : 0)
            }
        }
    }

    // MARK: Matching

    private func match(
        _ term: LooseTable.LooseTerm, endingAt last: Int, _ line: borrowing SymbolLine, _ tokens: borrowing LooseTokens,
        _ words: inout WordView
    ) -> TermMatch? {
        let list = UnsafePointer(tokens.tokens)
        let alignment = LooseAlignment.find(
            symbols: Int(term.count), tolerance: term.tolerance, endingAt: last, in: list,
            canMask: { Fillers.masking.contains(folded(tokens.codes[Int(list[$0].entry)])) },
            likeness: { likeness(of: list[$0], to: table.scalars[Int(term.first) + $1], term.tolerance, tokens) })
        guard let alignment else { return nil }
        let isPlain = alignment.exact == Int(term.count) && alignment.signs + alignment.fillers == 0
        guard !isPlain, takesWholeRuns(alignment.first, last, tokens) else { return nil }
        let firstEntry = Int(list[alignment.first].entry)
        let lastEntry = Int(list[last].entry) + Int(list[last].count) - 1
        guard let span = span(firstEntry, lastEntry, line) else { return nil }
        var verdict = LooseVerdict(alignment, symbols: Int(term.count))
        guard
            verdict.weigh(
                surroundings(of: alignment, last, line, tokens),
                term: UnsafeBufferPointer(start: table.scalars + Int(term.first), count: Int(term.count)))
        else { return nil }
        guard verdict.score >= term.tolerance.leastScore else { return nil }
        if alignment.fillers > 0, fillersAreWords(alignment, last, line, tokens, &words) { return nil }
        return TermMatch(
            term: term.term, start: span.lowerBound, end: span.upperBound, path: verdict.path, score: verdict.score)
    }

    /// What is heard around a match: its symbols without the signs and fillers between them, and the characters on both
    /// sides.
    private func surroundings(
        of alignment: LooseAlignment, _ last: Int, _ line: borrowing SymbolLine, _ tokens: borrowing LooseTokens
    ) -> LooseVerdict.Surroundings {
        var around = LooseVerdict.Surroundings()
        /// nil for a sign.
        func scalar(_ token: Int) -> UInt32? {
            let found = tokens.tokens[token]
            return found.kind == .sign ? nil : folded(tokens.codes[Int(found.entry)])
        }
        var before = alignment.first - 1
        var left = InlineArray<16, UInt32>(repeating: 0)
        var leftCount = 0
        while before >= 0, leftCount < Self.reach {
            if let scalar = scalar(before) {
                left[leftCount] = scalar
                leftCount += 1
            }
            before -= 1
        }
        for place in 0..<leftCount { around.append(left[leftCount - 1 - place]) }
        let first = around.count
        for place in 0..<alignment.takenCount {
            around.append(scalar(Int(alignment.taken[alignment.takenCount - 1 - place])) ?? 0)
        }
        around.match = first..<around.count
        var after = last + 1
        while after < tokens.count, around.count < around.match.upperBound + Self.reach {
            if let scalar = scalar(after) { around.append(scalar) }
            after += 1
        }
        return around
    }

    /// Whether a skipped filler is a part of a longer word: 小 in 最小.
    private func fillersAreWords(
        _ alignment: LooseAlignment, _ last: Int, _ line: borrowing SymbolLine, _ tokens: borrowing LooseTokens,
        _ words: inout WordView
    ) -> Bool {
        words.make(text)
        for token in alignment.first...last where tokens.tokens[token].kind == .filler {
            var isTaken = false
            for place in 0..<alignment.takenCount where Int(alignment.taken[place]) == token { isTaken = true }
            if isTaken { continue }
            let entry = Int(tokens.tokens[token].entry)
            guard let span = span(entry, entry, line) else { continue }
            let isWord = words.withScalars(span.lowerBound, span.upperBound) { scalars, range in
                guard !range.isEmpty else { return false }
                // 什么 and 那个 are words, and fillers as a whole.
                if Fillers.double[scalars[range.lowerBound]] != nil { return false }
                if range.lowerBound > 0, Fillers.double[scalars[range.lowerBound - 1]] == scalars[range.lowerBound] {
                    return false
                }
                return Segmenter().coversLonger(scalars, range.lowerBound, range.upperBound)
            }
            if isWord { return true }
        }
        return false
    }

    /// How a token stands for a folded scalar of a term.
    private func likeness(
        of token: LooseTokens.Token, to symbol: UInt32, _ tolerance: Tolerance,
        _ tokens: borrowing LooseTokens
    ) -> LooseAlignment.Likeness? {
        let sounds = table.sounds
        switch token.kind {
        case .character, .sign, .filler:
            let scalar = folded(tokens.codes[Int(token.entry)])
            if scalar == symbol { return .exact }
            guard tolerance.sounds, token.kind == .character else { return nil }
            let wanted = sounds.readings(of: symbol)
            var isConfused = false
            for reading in sounds.readings(of: scalar) {
                for other in wanted {
                    if reading == other { return .sound }
                    if table.canonical[Int(reading)] == table.canonical[Int(other)] { isConfused = true }
                }
            }
            return isConfused ? .confusion : nil
        case .syllable, .firstSyllable:
            guard tolerance.sounds else { return nil }
            return sounds.readings(of: symbol).contains(token.value) ? .syllable : nil
        case .initial, .firstInitial:
            if folded(tokens.codes[Int(token.entry)]) == symbol { return .exact }
            guard tolerance.sounds, token.value != .max else { return nil }
            return sounds.readings(of: symbol).contains {
                sounds.initial(of: Syllable(number: $0)) == UInt8(token.value + 0x61)
            } ? .initial : nil
        }
    }

    /// A match takes a run of letters whole: zhi is not in zhiliaoji.
    private func takesWholeRuns(_ first: Int, _ last: Int, _ tokens: borrowing LooseTokens) -> Bool {
        if tokens.tokens[first].isLatin, !tokens.tokens[first].beginsRun { return false }
        if tokens.tokens[last].isLatin, last + 1 < tokens.count {
            let next = tokens.tokens[last + 1]
            if next.isLatin, !next.beginsRun { return false }
        }
        return true
    }

    /// The bytes of the entries, or nil if they are not well-formed UTF-8 or begin or end inside an expansion.
    private func span(_ first: Int, _ last: Int, _ line: borrowing SymbolLine) -> Range<Int32>? {
        let start = line.start(of: first)
        let lastStart = line.start(of: last)
        guard start != SymbolLine.noStart, lastStart != SymbolLine.noStart else { return nil }
        var offset = Int(start)
        while offset <= Int(lastStart) {
            let decoded = decodeScalar(text.baseAddress!, at: offset, count: text.count)
            if decoded.codePoint == DecodedScalar.invalid { return nil }
            offset += decoded.length
        }
        return start..<Int32(truncatingIfNeeded: offset)
    }
}

import CSymbolScan

/// Finds the loose terms of one text.
///
/// Runs behind the plain scan and reads the line that it left.
struct LooseScan: ~Copyable {
    /// How many symbols on both sides of a match are cut into words with it.
    private static let reach = 6

    private let table: LooseTable
    let text: UnsafeBufferPointer<UInt8>
    let reading: LooseReading

    /// Reads the line.
    ///
    /// - Parameter buffer: Lends the memory; must not be lent again before the scan is over.
    init(
        _ table: LooseTable, kernel: ScanKernel, _ text: UnsafeBufferPointer<UInt8>, _ line: borrowing SymbolLine,
        _ buffer: inout LooseBuffer
    ) {
        buffer.reset(line.count, for: table)
        let codes = line.isPacked ? UnsafePointer(line.entries) : Self.decode(text, line, &buffer)
        buffer.scan.pointee.codes = codes
        buffer.scan.pointee.count = line.count
        switch kernel {
        case .avx512: cloose_sieve_avx512(table.tables, buffer.scan)
        case .portable, .general: cloose_sieve_portable(table.tables, buffer.scan)
        }
        cloose_begin(table.tables, buffer.scan)
        self.table = table
        self.text = text
        reading = LooseReading(
            table: table, codes: codes, classes: UnsafePointer(buffer.classes), count: line.count,
            letters: buffer.letters, text: text, places: line.places)
    }

    /// Adds the matches to those in `store` from `before` on, in their order. Matches of the plain view are not reported
    /// again.
    func run(
        _ line: borrowing SymbolLine, _ buffer: inout LooseBuffer, _ words: inout WordView, _ found: inout MatchStore,
        _ store: inout MatchStore, behind before: Int
    ) {
        var isMore = true
        while isMore {
            isMore = cloose_next_sieved(table.tables, buffer.scan)
            report(buffer, areSideBySide: true, line, &words, &found)
        }
        store.merge(&found, from: before)
        isMore = true
        while isMore {
            isMore = cloose_next_special(table.tables, buffer.scan)
            report(buffer, areSideBySide: false, line, &words, &found)
        }
        store.merge(&found, from: before)
        store.dropRepeated(from: before)
    }

    /// The code points of a line that has symbols.
    @inline(never)
    private static func decode(
        _ text: UnsafeBufferPointer<UInt8>, _ line: borrowing SymbolLine, _ buffer: inout LooseBuffer
    ) -> UnsafePointer<UInt32> {
        for entry in 0..<line.count {
            buffer.codes[entry] = code(line.starts[entry], text)
        }
        return UnsafePointer(buffer.codes)
    }

    /// A noncharacter, so in no class: what is no code point of its own.
    private static let noCode: UInt32 = 0xFFFF

    /// The code point at a byte; `isSymbol`, as the kernels write it, for what lies beyond the basic plane and does not fold
    /// into it: an emoji, nearly always.
    private static func code(_ start: Int32, _ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
        if start == SymbolLine.noStart { return noCode }
        let codePoint = decodeScalar(text.baseAddress!, at: Int(start), count: text.count).codePoint
        if codePoint == DecodedScalar.invalid { return noCode }
        if codePoint < 0x10000 { return codePoint }
        // Folded to letters, but a flag says none of them between two characters.
        if Emoji.isRegionalIndicator(codePoint) { return SymbolLine.isSymbol }
        let scalar = FoldingTable.shared.single(codePoint)
        return scalar != 0 && scalar < 0x10000 ? scalar : SymbolLine.isSymbol
    }

    // MARK: Candidates

    /// - Parameter areSideBySide: Whether all that was listed by passing something over comes another time.
    private func report(
        _ buffer: borrowing LooseBuffer, areSideBySide: Bool, _ line: borrowing SymbolLine, _ words: inout WordView,
        _ matches: inout MatchStore
    ) {
        let found = buffer.scan.pointee.found
        // Words and terms lie far from any cache, so all are asked for before the first is needed.
        for number in 0..<found { prefetch(buffer.candidates[number]) }
        var number = 0
        while number < found {
            let (before, last) = (buffer.candidates[number].before, buffer.candidates[number].last)
            var mayMeanTwo = false
            // Those of the same characters, by each of their readings.
            while number < found, buffer.candidates[number].before == before, buffer.candidates[number].last == last {
                let candidate = buffer.candidates[number]
                if report(candidate, areSideBySide: areSideBySide, line, &words, &matches) { mayMeanTwo = true }
                number += 1
            }
            if before + 1 == last, !mayMeanTwo { cloose_forget_two(buffer.scan, Int(last)) }
        }
    }

    @inline(__always)
    private func prefetch(_ candidate: cloose_candidate) {
        csymbol_prefetch(table.lists + Int(candidate.first))
        guard let before = reading.root(Int(candidate.before)), let last = reading.root(Int(candidate.last)),
            before != Segmenter.noRoot, last != Segmenter.noRoot
        else { return }
        table.words.prefetchPair(before, last)
    }

    /// - Returns: Whether a term of two may be meant by these characters side by side, if not here then elsewhere.
    private func report(
        _ candidate: cloose_candidate, areSideBySide: Bool, _ line: borrowing SymbolLine, _ words: inout WordView,
        _ matches: inout MatchStore
    ) -> Bool {
        let (before, last) = (Int(candidate.before), Int(candidate.last))
        if candidate.count == 0 {
            reportLatin(before, last, isMasked: candidate.first != 0, line, &words, &matches)
            return true
        }
        var mayMeanTwo = false
        var areTorn: Bool?
        for number in Int(candidate.first)..<Int(candidate.first) + Int(candidate.count) {
            let listed = table.lists[number]
            if !listed.isTwo {
                if listed.third & candidate.third == 0 { continue }
                if differs(listed, before, last, areSideBySide: areSideBySide) { continue }
            } else if before + 1 == last {
                guard isPossible(table.terms[Int(listed.term)], before, last) else { continue }
                if !mayMeanTwo, isWord(before) { continue }
                mayMeanTwo = true
                if areTorn == nil { areTorn = Segmenter().areTorn { reading.root(before + $0) } }
                if areTorn! { continue }
            }
            let term = table.terms[Int(listed.term)]
            report(term, endingAt: reading.token(endingAt: last), line, &words, &matches)
        }
        return mayMeanTwo
    }

    /// Whether what stands before the last two, if they stand side by side, is not the third symbol from the end of a term
    /// of more, and no reason to look further back. Of what the buckets let through, half is such.
    @inline(__always)
    private func differs(_ listed: LooseTable.Listed, _ before: Int, _ last: Int, areSideBySide: Bool) -> Bool {
        // Else a mask may stand for the one before the last.
        guard before > 0, before + 1 == last else { return false }
        let third =
            reading.isOnlyCharacter(before - 1)
            ? LooseReading.Token(entry: before - 1, count: 1, kind: .character) : reading.token(endingAt: before - 1)
        // What is passed over is listed another time.
        guard third.kind == .character || areSideBySide else { return false }
        return reading.likeness(of: third, to: listed.thirdSymbol, bySound: listed.isBySound) == nil
    }

    /// Whether two characters side by side are a word.
    @inline(__always)
    private func isWord(_ first: Int) -> Bool {
        guard let left = reading.root(first), let right = reading.root(first + 1), left != Segmenter.noRoot,
            right != Segmenter.noRoot
        else { return false }
        return table.words.pairLevel(left, right) != nil
    }

    /// Quick reasons why two characters side by side do not mean a term of two.
    @inline(__always)
    private func isPossible(_ term: LooseTable.LooseTerm, _ before: Int, _ last: Int) -> Bool {
        let symbols = table.scalars + Int(term.first)
        let (before, last) = (reading.scalar(before), reading.scalar(last))
        // The term itself.
        if before == symbols[0], last == symbols[1] { return false }
        if term.tolerance.leastScore > LooseVerdict.scoreOfRareTwo,
            !reading.isUsually(before, symbols[0]) || !reading.isUsually(last, symbols[1])
        {
            return false
        }
        return term.tolerance.leastScore <= LooseVerdict.scoreOfCommonTwo
            || before != symbols[0] && !LooseVerdict.isCommon(before, table.words)
            || last != symbols[1] && !LooseVerdict.isCommon(last, table.words)
    }

    /// Reports what ends with letters, or with a character behind letters.
    @inline(never)
    private func reportLatin(
        _ before: Int, _ last: Int, isMasked: Bool, _ line: borrowing SymbolLine, _ words: inout WordView,
        _ matches: inout MatchStore
    ) {
        let token = reading.token(endingAt: last)
        if before < last {
            let before = reading.token(endingAt: before)
            report(endingWith: token, behind: before, isMasked: false, line, &words, &matches)
            if isMasked { report(endingWith: token, behind: before, isMasked: true, line, &words, &matches) }
            return
        }
        guard token.value != LooseReading.Token.none else { return }
        var isMasked = false
        var (signs, fillers) = (0, 0)
        var entry = token.entry
        while entry > 0 {
            let before = reading.token(endingAt: entry - 1)
            entry = before.entry
            // A few terms have signs, so one is tried before it is passed over.
            report(endingWith: token, behind: before, isMasked: false, line, &words, &matches)
            if isMasked { report(endingWith: token, behind: before, isMasked: true, line, &words, &matches) }
            if before.kind == .sign {
                signs += 1
                if signs > Int(CLOOSE_SIGNS) << (isMasked ? 1 : 0) { return }
                continue
            }
            let length = reading.fillerLength(endingAt: entry)
            if length == 0 || fillers >= Int(CLOOSE_FILLERS + 1) << (isMasked ? 1 : 0) { return }
            fillers += length
            isMasked = isMasked || reading.isMask(entry)
            entry -= length - 1
        }
    }

    private func report(
        endingWith token: LooseReading.Token, behind before: LooseReading.Token, isMasked: Bool,
        _ line: borrowing SymbolLine, _ words: inout WordView, _ matches: inout MatchStore
    ) {
        let third = isMasked ? UInt64.max : reading.buckets(before: before.entry)
        let areInitials = token.kind == .initial && before.kind == .initial
        reading.forEachUnit(of: token) { lastUnit in
            reading.forEachUnit(of: before) { beforeUnit in
                for listed in table.terms(before: beforeUnit, last: lastUnit, isMasked: isMasked) {
                    let isPossible =
                        listed.isTwo ? !areInitials || listed.mayBeInitials : listed.third & third != 0
                    guard isPossible else { continue }
                    report(table.terms[Int(listed.term)], endingAt: token, line, &words, &matches)
                }
            }
        }
    }

    private func report(
        _ term: LooseTable.LooseTerm, endingAt token: LooseReading.Token, _ line: borrowing SymbolLine,
        _ words: inout WordView, _ matches: inout MatchStore
    ) {
        guard let found = match(term, endingAt: token, line, &words) else { return }
        // One term may come by several readings of the same characters.
        if !matches.isLast(found) { matches.append(found) }
    }

    // MARK: Matching

    /// - Parameter last: A token that is no part of a syllable or run of letters which goes on.
    /// - Returns: nil if the term does not end there, or stands there as it is, or is not meant.
    func match(
        _ term: LooseTable.LooseTerm, endingAt last: LooseReading.Token, _ line: borrowing SymbolLine,
        _ words: inout WordView
    ) -> TermMatch? {
        guard let alignment = alignment(of: term, endingAt: last) else { return nil }
        var verdict = LooseVerdict(alignment, symbols: Int(term.count))
        guard objection(to: alignment, of: term, &verdict, line, &words) == nil, let span = span(alignment.range, line)
        else { return nil }
        return TermMatch(
            term: term.term, start: span.lowerBound, end: span.upperBound, path: verdict.path, score: verdict.score)
    }

    /// How a term is heard that ends there.
    ///
    /// - Returns: nil if it does not, or stands there as it is.
    @inline(__always)
    func alignment(of term: LooseTable.LooseTerm, endingAt last: LooseReading.Token) -> LooseAlignment? {
        let symbols = scalars(of: term)
        let alignment = LooseAlignment.find(
            symbols: symbols.count, tolerance: term.tolerance, endingAt: last, in: reading,
            likeness: { reading.likeness(of: $0, to: symbols[$1], bySound: term.tolerance.sounds) })
        guard let alignment else { return nil }
        let isPlain = alignment.exact == symbols.count && alignment.signs + alignment.fillers == 0
        return !isPlain && takesWholeRuns(alignment.range) ? alignment : nil
    }

    /// Why a term that is heard is not meant; nil if it is. The verdict then has its last score.
    @inline(__always)
    func objection(
        to alignment: LooseAlignment, of term: LooseTable.LooseTerm, _ verdict: inout LooseVerdict,
        _ line: borrowing SymbolLine, _ words: inout WordView
    ) -> LooseVerdict.Objection? {
        guard verdict.score >= term.tolerance.leastScore else { return .scoresLow }
        // Asked before anything is gathered around it: two of five are that.
        if verdict.mayBeOrdinaryWord, isOrdinaryWord(alignment) { return .word(0..<alignment.takenCount) }
        if let objection = verdict.weigh(surroundings(of: alignment), term: scalars(of: term)) { return objection }
        guard verdict.score >= term.tolerance.leastScore else { return .scoresLow }
        guard alignment.fillers > 0, let filler = fillerInWord(alignment, line, &words) else { return nil }
        return .fillerInWord(filler)
    }

    /// Whether the symbols of a match, without the signs and fillers between them, are a word.
    private func isOrdinaryWord(_ alignment: LooseAlignment) -> Bool {
        var place = alignment.takenCount - 1
        guard place > 0, var node = table.words.root(reading.scalar(Int(alignment.taken[place]))) else { return false }
        while place > 0 {
            place -= 1
            guard let root = table.words.root(reading.scalar(Int(alignment.taken[place]))),
                let child = table.words.child(of: node, along: root)
            else { return false }
            node = child
        }
        return table.words.level(of: node) != nil
    }

    private func scalars(of term: LooseTable.LooseTerm) -> UnsafeBufferPointer<UInt32> {
        UnsafeBufferPointer(start: table.scalars + Int(term.first), count: Int(term.count))
    }

    /// What is heard around a match: its symbols without the signs and fillers between them, and the characters on both
    /// sides.
    func surroundings(of alignment: LooseAlignment) -> LooseVerdict.Surroundings {
        var around = LooseVerdict.Surroundings()
        // Beyond a place that no word reaches over, nothing matters.
        var left = InlineArray<6, UInt32>(repeating: 0)
        var leftCount = 0
        var before = alignment.range.lowerBound
        var neighbour = reading.root(before)
        while before > 0, leftCount < Self.reach {
            before -= 1
            if reading.flags(before) & CLOOSE_SIGN != 0 { continue }
            let root = reading.root(before)
            guard mayAdjoin(root, neighbour) else { break }
            left[leftCount] = reading.scalar(before)
            leftCount += 1
            neighbour = root
        }
        while leftCount > 0 {
            leftCount -= 1
            around.append(left[leftCount])
        }
        let first = around.count
        for place in 0..<alignment.takenCount {
            around.append(reading.scalar(Int(alignment.taken[alignment.takenCount - 1 - place])))
        }
        around.match = first..<around.count
        var after = alignment.range.upperBound
        neighbour = reading.root(after - 1)
        while after < reading.count, around.count < around.match.upperBound + Self.reach {
            if reading.flags(after) & CLOOSE_SIGN == 0 {
                let root = reading.root(after)
                guard mayAdjoin(neighbour, root) else { break }
                around.append(reading.scalar(after))
                neighbour = root
            }
            after += 1
        }
        return around
    }

    /// Whether a word may have both side by side, or that cannot be told by their roots.
    private func mayAdjoin(_ first: Int?, _ second: Int?) -> Bool {
        guard let first, let second else { return true }
        return first != Segmenter.noRoot && second != Segmenter.noRoot && table.words.mayAdjoin(first, second)
    }

    /// The first skipped filler that is a part of a longer word, as 小 in 最小.
    private func fillerInWord(
        _ alignment: LooseAlignment, _ line: borrowing SymbolLine, _ words: inout WordView
    ) -> Int? {
        words.make(text)
        for entry in alignment.range where !alignment.takes(entry) {
            guard !reading.isLetter(entry), reading.token(endingAt: entry).kind == .filler,
                let span = span(entry..<entry + 1, line)
            else { continue }
            let isWord = words.withScalars(span.lowerBound, span.upperBound) { scalars, range in
                guard !range.isEmpty else { return false }
                // 什么 and 那个 are words, and fillers as a whole.
                if reading.isFirstHalf(entry) || reading.isSecondHalf(entry) { return false }
                return Segmenter().coversLonger(scalars, range.lowerBound, range.upperBound)
            }
            if isWord { return entry }
        }
        return nil
    }

    /// A match takes a run of letters whole: zhi is not in zhiliaoji.
    private func takesWholeRuns(_ range: Range<Int>) -> Bool {
        let (first, last) = (range.lowerBound, range.upperBound - 1)
        if first > 0, reading.isLetter(first), reading.isLetter(first - 1) { return false }
        return last + 1 == reading.count || !reading.isLetter(last) || !reading.isLetter(last + 1)
    }

    /// The bytes of the entries, or nil if they are not well-formed UTF-8 or begin or end inside an expansion.
    func span(_ entries: Range<Int>, _ line: borrowing SymbolLine) -> Range<Int32>? {
        let start = line.start(of: entries.lowerBound)
        let lastStart = line.start(of: entries.upperBound - 1)
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

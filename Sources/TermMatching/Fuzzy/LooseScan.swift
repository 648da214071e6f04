import CTermScan
import ChineseText

/// Finds the loose terms of one text.
///
/// Runs behind the plain scan and reads the line that it left.
struct LooseScan: ~Copyable {
    /// How many symbols on both sides of a match are cut into words with it.
    private static let reach = 6
    /// What it takes to hold a term against a place, in terms that are only looked at.
    private static let workOfTerm = 8
    /// The same for one that is held against a few characters before its end.
    private static let workOfTail = 2

    private let table: LooseTable
    let text: UnsafeBufferPointer<UInt8>
    let reading: LooseReading
    private let asked: AskedTerms.Terms
    private let repeated: RepeatedPlaces.Text

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
        asked = buffer.asked.terms
        repeated = buffer.repeated.begin(text)
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
            if number == 0 || last != buffer.candidates[number - 1].last { asked.beginPlace() }
            // Those of the same characters, by each of their readings.
            let first = number
            while number < found, buffer.candidates[number].before == before, buffer.candidates[number].last == last {
                let count = buffer.candidates[number].count
                repeated.asks(count == 0 ? Self.workOfTerm : Int(count & ~CLOOSE_LONG))
                number += 1
            }
            let mayMeanTwo =
                repeated.isCrowded(upTo: Int(last))
                ? reportCrowded(first..<number, areSideBySide: areSideBySide, buffer, line, &words, &matches)
                : report(first..<number, areSideBySide: areSideBySide, buffer, line, &words, &matches)
            if before + 1 == last, !mayMeanTwo { cloose_forget_two(buffer.scan, Int(last)) }
        }
    }

    /// - Returns: Whether a term of two may be meant by these characters side by side, if not here then elsewhere.
    @inline(__always)
    private func report(
        _ candidates: Range<Int>, areSideBySide: Bool, _ buffer: borrowing LooseBuffer, _ line: borrowing SymbolLine,
        _ words: inout WordView, _ matches: inout MatchStore
    ) -> Bool {
        var mayMeanTwo = false
        for number in candidates
        where report(buffer.candidates[number], areSideBySide: areSideBySide, line, &words, &matches) {
            mayMeanTwo = true
        }
        return mayMeanTwo
    }

    /// In a text that repeats itself, what came to nothing is not asked again.
    ///
    /// - Returns: As `report`; true if it is not asked.
    @inline(never)
    private func reportCrowded(
        _ candidates: Range<Int>, areSideBySide: Bool, _ buffer: borrowing LooseBuffer, _ line: borrowing SymbolLine,
        _ words: inout WordView, _ matches: inout MatchStore
    ) -> Bool {
        let one = buffer.candidates[candidates.lowerBound]
        let (before, last) = (Int(one.before), Int(one.last))
        let start = Int(line.start(of: last))
        // Given the bytes, this settles which lists it is about.
        let key =
            UInt64(one.first) << 32 | UInt64(candidates.count & 0xFFFF) << 16 | UInt64(last - before) << 2
            | (areSideBySide ? 2 : 0) | (one.count == 0 ? 1 : 0)
        if repeated.isRepeated(key, at: start) { return true }
        // What was asked for other candidates may depend on more.
        asked.beginPlace()
        repeated.begin(at: last)
        var first = before
        _ = reading.buckets(before: before, &first)
        repeated.depends(on: first, last)
        let mayMeanTwo = report(candidates, areSideBySide: areSideBySide, buffer, line, &words, &matches)
        if let entries = repeated.dependency, let bytes = bytes(around: entries, line) {
            repeated.note(key, at: start, dependingOn: bytes)
        }
        return mayMeanTwo
    }

    /// The bytes that settle how entries are read: with their neighbours, and runs of letters whole.
    ///
    /// - Returns: nil at an end of the text, or if emoji are among them, which may be of many code points.
    private func bytes(around entries: ClosedRange<Int>, _ line: borrowing SymbolLine) -> Range<Int>? {
        var (first, last) = (entries.lowerBound - 1, entries.upperBound + 1)
        while first > 0, reading.isLetter(first), first + LatinRun.maxLetters >= entries.lowerBound { first -= 1 }
        while last + 1 < reading.count, reading.isLetter(last), last <= entries.upperBound + LatinRun.maxLetters {
            last += 1
        }
        guard first >= 0, last < reading.count else { return nil }
        let (start, end) = (line.start(of: first), line.start(of: last))
        guard start != SymbolLine.noStart, end != SymbolLine.noStart, start < end else { return nil }
        let bytes = Int(start)..<Int(end)
        return text[bytes].contains { $0 >= 0xF0 } ? nil : bytes
    }

    @inline(__always)
    private func prefetch(_ candidate: cloose_candidate) {
        csymbol_prefetch(table.lists + Int(candidate.first))
        guard let before = reading.root(Int(candidate.before)), let last = reading.root(Int(candidate.last)),
            before != Segmenter.noRoot, last != Segmenter.noRoot
        else { return }
        csymbol_prefetch(table.words.memoryOfPair(before, last))
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
        if candidate.count & CLOOSE_LONG != 0 {
            return reportLong(candidate, areSideBySide: areSideBySide, line, &words, &matches)
        }
        let numbers = Int(candidate.first)..<Int(candidate.first) + Int(candidate.count)
        var two = Two()
        report(
            numbers, before, last, candidate.third & ~LooseBuckets.mask, areSideBySide: areSideBySide, &two, line,
            &words, &matches)
        return two.mayBeMeant
    }

    /// The same of a list that is split by what may stand before the two.
    @inline(never)
    private func reportLong(
        _ candidate: cloose_candidate, areSideBySide: Bool, _ line: borrowing SymbolLine, _ words: inout WordView,
        _ matches: inout MatchStore
    ) -> Bool {
        let (before, last) = (Int(candidate.before), Int(candidate.last))
        var third = candidate.third & ~LooseBuckets.mask
        var two = Two()
        let ofTwo = table.part(0, ofLong: candidate.count)
        repeated.asks(ofTwo.count)
        report(ofTwo, before, last, 0, areSideBySide: areSideBySide, &two, line, &words, &matches)
        while third != 0 {
            let part = table.part(third.trailingZeroBitCount + 1, ofLong: candidate.count)
            repeated.asks(part.count)
            report(part, before, last, .max, areSideBySide: areSideBySide, &two, line, &words, &matches)
            third &= third - 1
        }
        return two.mayBeMeant
    }

    /// What is known of two characters as a term of two.
    private struct Two {
        var mayBeMeant = false
        var areTorn: Bool?
    }

    /// Reports what of a list, or of a part of one, ends there.
    ///
    /// - Parameter third: Buckets of what stands before the two.
    @inline(__always)
    private func report(
        _ numbers: Range<Int>, _ before: Int, _ last: Int, _ third: UInt64, areSideBySide: Bool, _ two: inout Two,
        _ line: borrowing SymbolLine, _ words: inout WordView, _ matches: inout MatchStore
    ) {
        for number in numbers {
            let listed = table.lists[number]
            if !listed.isTwo {
                if listed.third & third == 0 { continue }
                if differs(listed, before, last, areSideBySide: areSideBySide) { continue }
            } else if before + 1 == last {
                guard isPossible(table.terms[Int(listed.term)], before, last) else { continue }
                if !two.mayBeMeant, isWord(before) { continue }
                two.mayBeMeant = true
                if two.areTorn == nil {
                    two.areTorn = Segmenter().areTorn { reading.root(before + $0) }
                    repeated.depends(on: before - 3, last + 3)
                }
                if two.areTorn! { continue }
            }
            report(listed, endingAt: reading.token(endingAt: last), line, &words, &matches)
        }
    }

    /// Whether what stands before the last two, if they stand side by side, is not the end of a term of more without them,
    /// and no reason to look further back. Of what the buckets let through, half is such.
    @inline(__always)
    private func differs(_ listed: LooseTable.Listed, _ before: Int, _ last: Int, areSideBySide: Bool) -> Bool {
        // Else a mask may stand for the one before the last.
        guard before > 0, before + 1 == last else { return false }
        let isOnlyCharacter = reading.isOnlyCharacter(before - 1)
        let third =
            isOnlyCharacter
            ? LooseReading.Token(entry: before - 1, count: 1, kind: .character) : reading.token(endingAt: before - 1)
        // What is passed over is listed another time.
        guard third.kind == .character || areSideBySide else { return false }
        if reading.likeness(of: third, to: listed.thirdSymbol, bySound: listed.isBySound) == nil { return true }
        return isOnlyCharacter && differs(table.terms[Int(listed.term)], before: before - 1)
    }

    /// Whether the characters before the third from the end, as long as they are nothing else, are not those of a term.
    @inline(never)
    private func differs(_ term: LooseTable.LooseTerm, before third: Int) -> Bool {
        repeated.asks(Self.workOfTail)
        var entry = third
        defer { repeated.depends(on: entry, third) }
        for symbol in stride(from: Int(term.first + term.count) - 4, through: Int(term.first), by: -1) {
            if entry == 0 { return true }
            entry -= 1
            guard reading.isOnlyCharacter(entry) else { return false }
            let token = LooseReading.Token(entry: entry, count: 1, kind: .character)
            if reading.likeness(of: token, to: table.scalars[symbol], bySound: term.tolerance.sounds) == nil {
                return true
            }
        }
        return false
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
            if reading.isInTerm(entry) {
                report(endingWith: token, behind: before, isMasked: false, line, &words, &matches)
                if isMasked { report(endingWith: token, behind: before, isMasked: true, line, &words, &matches) }
            }
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
        var third: UInt64?
        reading.forEachUnit(of: token) { lastUnit in
            reading.forEachUnit(of: before) { beforeUnit in
                for listed in table.terms(before: beforeUnit, last: lastUnit, isMasked: isMasked) {
                    if !listed.isTwo {
                        if third == nil {
                            var first = before.entry
                            third = isMasked ? .max : reading.buckets(before: before.entry, &first)
                            repeated.depends(on: first, token.end)
                        }
                        if listed.third & third! == 0 { continue }
                    }
                    report(listed, endingAt: token, line, &words, &matches)
                }
            }
        }
    }

    private func report(
        _ listed: LooseTable.Listed, endingAt token: LooseReading.Token, _ line: borrowing SymbolLine,
        _ words: inout WordView, _ matches: inout MatchStore
    ) {
        // A term may come by several readings, and by each filler before its last character; the answer is the same.
        guard asked.isFirst(listed.term) else { return }
        repeated.asks(Self.workOfTerm)
        guard let found = match(table.terms[Int(listed.term)], endingAt: token, line, &words) else { return }
        repeated.dependsOnMore()
        // What stands between signs is looked at again when its neighbours were.
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
        var first = last.entry
        let alignment = LooseAlignment.find(
            symbols: symbols.count, tolerance: term.tolerance, endingAt: last, in: reading, &first,
            likeness: { reading.likeness(of: $0, to: symbols[$1], bySound: term.tolerance.sounds) })
        repeated.depends(on: first, last.end)
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
        var signs = 0
        var before = alignment.range.lowerBound
        var neighbour = reading.root(before)
        while before > 0, leftCount < Self.reach {
            before -= 1
            if reading.flags(before) & CLOOSE_SIGN != 0 {
                signs += 1
                guard signs <= CLOOSE_SIGNS, passesOver(before, alignment) else { break }
                continue
            }
            let root = reading.root(before)
            guard mayAdjoin(root, neighbour) else { break }
            left[leftCount] = reading.scalar(before)
            leftCount += 1
            neighbour = root
            signs = 0
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
        signs = 0
        var after = alignment.range.upperBound
        neighbour = reading.root(after - 1)
        while after < reading.count, around.count < around.match.upperBound + Self.reach {
            if reading.flags(after) & CLOOSE_SIGN != 0 {
                signs += 1
                guard signs <= CLOOSE_SIGNS, passesOver(after, alignment) else { break }
            } else {
                let root = reading.root(after)
                guard mayAdjoin(neighbour, root) else { break }
                around.append(reading.scalar(after))
                neighbour = root
                signs = 0
            }
            after += 1
        }
        repeated.depends(on: before, after)
        return around
    }

    /// Whether a word may go on behind a sign at an end of a match: only behind one that stands inside the match too. In
    /// 最✨好✨喝 all is one word, in 止疗 效果 and 最✨好 喝一口 the space ends it.
    private func passesOver(_ sign: Int, _ alignment: LooseAlignment) -> Bool {
        alignment.signs > 0
            && alignment.range.contains { !alignment.takes($0) && reading.codes[$0] == reading.codes[sign] }
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
        for entry in alignment.range where !alignment.takes(entry) {
            guard !reading.isLetter(entry), reading.token(endingAt: entry).kind == .filler else { continue }
            // 什么 and 那个 are words, and fillers as a whole.
            if reading.isFirstHalf(entry) || reading.isSecondHalf(entry) { continue }
            guard mayBeInWord(entry) else { continue }
            repeated.dependsOnMore()
            guard let span = span(entry..<entry + 1, line) else { continue }
            words.make(text)
            let isWord = words.withScalars(span.lowerBound, span.upperBound) { scalars, range in
                !range.isEmpty && Segmenter().coversLonger(scalars, range.lowerBound, range.upperBound)
            }
            if isWord { return entry }
        }
        return nil
    }

    /// Whether a word may have an entry and one beside it, or that cannot be told.
    private func mayBeInWord(_ entry: Int) -> Bool {
        entry > 0 && areInWord(entry - 1, entry) || entry + 1 < reading.count && areInWord(entry, entry + 1)
    }

    private func areInWord(_ first: Int, _ second: Int) -> Bool {
        // One of several scalars may be in a word.
        if !isSingle(first) || !isSingle(second) { return true }
        guard let first = table.words.root(folding: reading.codes[first]),
            let second = table.words.root(folding: reading.codes[second])
        else { return false }
        return table.words.mayAdjoin(first, second)
    }

    /// Whether an entry is a code point of its own and one folded scalar.
    private func isSingle(_ entry: Int) -> Bool {
        reading.codes[entry] != Self.noCode && reading.scalar(entry) != 0
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

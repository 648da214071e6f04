import CTermScan
import ChineseText

/// Finds the fuzzy terms of one text.
///
/// Runs behind the exact matcher and reads the line that it left. Filter, then verify: the prefilter gives places at which a
/// term may end, and every decision is that of `match`, which holds one term against one place. To hold every term against
/// every place gives the same matches.
struct FuzzyScan: ~Copyable {
    /// How many symbols on both sides of a match are cut into words with it.
    private static let reach = 6

    let text: FuzzyText
    private let scan: UnsafeMutablePointer<fuzzy_scan>
    private let candidates: UnsafeMutablePointer<UInt32>
    private let usesAVX512: Bool
    /// In the buffer, so that nothing of a scan changes and no reference to its tables is counted.
    let account: UnsafeMutablePointer<WorkAccount>

    /// Reads the line.
    ///
    /// - Parameter buffer: Lends the memory; must not be lent again before the scan is over.
    init(
        _ tables: FuzzyTables, kernel: ScanKernel, _ bytes: UnsafeBufferPointer<UInt8>,
        _ line: borrowing DecodedText,
        _ buffer: inout FuzzyBuffer, budget: WorkBudget
    ) {
        buffer.reserve(line.count)
        let codes = line.isPacked ? UnsafePointer(line.entries) : Self.decode(bytes, line, &buffer)
        scan = buffer.scan
        candidates = buffer.candidates
        scan.pointee.codes = codes
        scan.pointee.count = line.count
        usesAVX512 = kernel == .avx512
        if usesAVX512 { fuzzy_read_avx512(tables.prefilter, scan) } else { fuzzy_read_portable(tables.prefilter, scan) }
        account = buffer.account
        account.pointee = WorkAccount(budget)
        text = FuzzyText(
            tables: tables, codes: codes, entries: UnsafePointer(scan.pointee.entries), count: line.count,
            letters: UnsafePointer(buffer.letters), bytes: bytes, places: line.places)
        readMarked(buffer.letters)
    }

    /// The code points of a line that has symbols.
    @inline(never)
    private static func decode(
        _ bytes: UnsafeBufferPointer<UInt8>, _ line: borrowing DecodedText, _ buffer: inout FuzzyBuffer
    ) -> UnsafePointer<UInt32> {
        for entry in 0..<line.count { buffer.codes[entry] = code(line.starts[entry], bytes) }
        return UnsafePointer(buffer.codes)
    }

    /// A noncharacter, so in no class: what is no code point of its own.
    private static let noCode: UInt32 = 0xFFFF

    /// The code point at a byte; `isSymbol`, as the kernels write it, for what lies beyond the basic plane and does not fold
    /// into it: an emoji, nearly always.
    private static func code(_ start: Int32, _ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        if start == DecodedText.noStart { return noCode }
        let codePoint = decodeScalar(bytes.baseAddress!, at: Int(start), count: bytes.count).codePoint
        if codePoint == DecodedScalar.invalid { return noCode }
        if codePoint < 0x10000 { return codePoint }
        // Folded to letters, but a flag says none of them between two characters.
        if Emoji.isRegionalIndicator(codePoint) { return DecodedText.isSymbol }
        let scalar = FoldingTable.shared.single(codePoint)
        return scalar != 0 && scalar < 0x10000 ? scalar : DecodedText.isSymbol
    }

    /// Reads runs of letters as syllables, and marks fillers of two characters and stutters as skippable. Of a run of letters only the last
    /// stays marked, and of the others nothing.
    @inline(__always)
    private func readMarked(_ letters: UnsafeMutablePointer<LatinRun.Letter>) {
        var behind = 0
        for word in 0..<(text.count + 63) >> 6 {
            var marked = scan.pointee.marked[word]
            while marked != 0 {
                let entry = word << 6 | marked.trailingZeroBitCount
                marked &= marked - 1
                if entry < behind { continue }
                if text.isLetter(entry) {
                    behind = readLetters(from: entry, letters)
                } else {
                    unmark(entry)
                    let next = entry + 1
                    if text.isStutter(entry) {
                        scan.pointee.entries[entry] |= FUZZY_SKIPPABLE | FUZZY_REPEATED
                        scan.pointee.skipped[entry >> 6] |= 1 << UInt64(entry & 63)
                    } else if next < text.count, text.entries[next] & FUZZY_SECOND_HALF != 0,
                        Fillers.isDouble(text.scalar(entry), text.scalar(next))
                    {
                        for half in entry...next {
                            scan.pointee.entries[half] |= FUZZY_SKIPPABLE
                            scan.pointee.skipped[half >> 6] |= 1 << UInt64(half & 63)
                        }
                    }
                }
            }
        }
    }

    @inline(__always)
    private func unmark(_ entry: Int) { scan.pointee.marked[entry >> 6] &= ~(1 << UInt64(entry & 63)) }

    @inline(never)
    private func readLetters(from first: Int, _ letters: UnsafeMutablePointer<LatinRun.Letter>) -> Int {
        var end = first + 1
        while end < text.count, text.isLetter(end) { end += 1 }
        LatinRun.read(UnsafeMutableBufferPointer(start: letters + first, count: end - first)) { place in
            let code = text.codes[first + place]
            return UInt8(truncatingIfNeeded: code < 0x80 ? code | 0x20 : text.scalar(first + place))
        }
        let entries = scan.pointee.entries!
        for entry in first..<end {
            if entry + 1 < end {
                unmark(entry)
                scan.pointee.skipped[entry >> 6] &= ~(1 << UInt64(entry & 63))
            }
            let letter = letters[entry]
            if letter.length == 0 { continue }
            let own =
                letter.isSyllable ? tables.classes.syllable(letter.value) : tables.classes.initial(letter.value)
            // The letters of a syllable before its last.
            for other in entry + 1 - Int(letter.length)..<entry { entries[other] = FUZZY_LETTER | FUZZY_SKIPPABLE }
            entries[entry] = FUZZY_LETTER | own
        }
        return end
    }

    private var tables: FuzzyTables {
        @inline(__always) get { text.tables }
    }

    // MARK: Candidates

    /// Adds the matches to those in `store` from `before` on, in their order. Matches of the exact matcher are not reported
    /// again.
    ///
    /// - Parameter limit: How many matches are wanted at most; one more may be added.
    func run(
        _ line: borrowing DecodedText, _ words: inout WordView, _ found: inout MatchStore, _ store: inout MatchStore,
        behind before: Int, limit: Int
    ) {
        while scan.pointee.next < text.count, found.count <= limit {
            let first = scan.pointee.next
            if usesAVX512 {
                fuzzy_filter_avx512(tables.prefilter, scan)
            } else {
                fuzzy_filter_portable(tables.prefilter, scan)
            }
            for word in first >> 6..<(scan.pointee.next + 63) >> 6 { dropDeadPairs(word) }
            var hit = 0
            for word in first >> 6..<(scan.pointee.next + 63) >> 6 where found.count <= limit {
                verify(word, &hit, line, &words, &found, limit: limit)
            }
        }
        store.merge(&found, from: before)
        store.dropRepeated(from: before)
    }

    /// Drops pairs that are known to mean no term, and asks for the memory that tells of the others whether they are words.
    @inline(__always)
    private func dropDeadPairs(_ word: Int) {
        var pairs = scan.pointee.pairs[word]
        while pairs != 0 {
            let bit = pairs & (0 &- pairs)
            pairs ^= bit
            let last = word << 6 | bit.trailingZeroBitCount
            if tables.deadPairs.contains(text.codes[last - 1], text.codes[last]) {
                scan.pointee.pairs[word] ^= bit
            } else if let before = text.root(last - 1), let own = text.root(last), before != Segmenter.noRoot,
                own != Segmenter.noRoot
            {
                cterm_prefetch(tables.words.memoryOfPair(before, own))
            }
        }
    }

    /// Looks at the places of a word that passed, in order.
    ///
    /// - Parameter hit: How many hits of the block are before it.
    @inline(__always)
    private func verify(
        _ word: Int, _ hit: inout Int, _ line: borrowing DecodedText, _ words: inout WordView,
        _ found: inout MatchStore, limit: Int
    ) {
        let (passed, pairs) = (scan.pointee.passed[word], scan.pointee.pairs[word])
        // Behind what may be skipped, and with letters and behind them, the entry before is not the only one.
        let carried = word > 0 ? scan.pointee.skipped[word - 1] >> 63 : 0
        let apart = tables.hasPairs ? scan.pointee.skipped[word] << 1 | carried | scan.pointee.marked[word] : 0
        var places = passed | pairs | apart
        while places != 0 {
            let bit = places & (0 &- places)
            places ^= bit
            let place = word << 6 | bit.trailingZeroBitCount
            // Behind a last character that may be skipped.
            if place >= text.count { return }
            // A sign, or what no term has.
            if apart & bit != 0, text.entries[place] & FUZZY_CLASS_MASK == 0 {
                if passed & bit != 0 { hit += 1 }
                continue
            }
            account.pointee.advance(to: Int(line.start(of: place)))
            let isHit = passed & bit != 0
            if isHit { hit += 1 }
            if account.pointee.isSpent {
                account.pointee.skipPlace()
                continue
            }
            if text.isInsideLetters(place) { continue }
            if isHit { verifyBuckets(scan.pointee.hits[hit - 1], place, line, &words, &found) }
            if apart & bit != 0 {
                verifyPairsApart(place, line, &words, &found)
            } else if pairs & bit != 0 {
                verifyPair(place, line, &words, &found)
            }
            if found.count > limit { return }
        }
    }

    /// Terms of the blocks of some buckets.
    private func verifyBuckets(
        _ buckets: fuzzy_buckets, _ place: Int, _ line: borrowing DecodedText, _ words: inout WordView,
        _ found: inout MatchStore
    ) {
        var signatures = (UInt32(0), UInt32(0), UInt32(0), UInt32(0))
        withUnsafeMutablePointer(to: &signatures) { signatures in
            signatures.withMemoryRebound(to: UInt32.self, capacity: 4) { signatures in
                account.pointee.spend(Int(fuzzy_signatures(tables.prefilter, scan.pointee.entries, place, signatures)))
                verifyBuckets(buckets.words.0, from: 0, signatures, place, line, &words, &found)
                verifyBuckets(buckets.words.1, from: 64, signatures, place, line, &words, &found)
                verifyBuckets(buckets.words.2, from: 128, signatures, place, line, &words, &found)
                verifyBuckets(buckets.words.3, from: 192, signatures, place, line, &words, &found)
            }
        }
    }

    @inline(__always)
    private func verifyBuckets(
        _ buckets: UInt64, from first: Int, _ signatures: UnsafePointer<UInt32>, _ place: Int,
        _ line: borrowing DecodedText, _ words: inout WordView, _ found: inout MatchStore
    ) {
        var buckets = buckets
        while buckets != 0 {
            let bucket = first + buckets.trailingZeroBitCount
            buckets &= buckets - 1
            var block = Int(tables.firstBlocks[bucket])
            let end = Int(tables.firstBlocks[bucket + 1])
            while block < end {
                if account.pointee.isSpent {
                    account.pointee.skipPlace()
                    return
                }
                let next = min(end, block + Int(FUZZY_MOST_BLOCKS))
                account.pointee.spend((next - block) * WorkBudget.Cost.block)
                let count =
                    usesAVX512
                    ? fuzzy_confirm_avx512(tables.prefilter, block, next, signatures, candidates)
                    : fuzzy_confirm_portable(tables.prefilter, block, next, signatures, candidates)
                for number in 0..<count {
                    if account.pointee.isSpent { break }
                    verify(Int(candidates[number]), text.token(endingAt: place), line, &words, &found)
                }
                block = next
            }
        }
    }

    /// Terms of two by the usual sounds of two characters side by side.
    private func verifyPair(
        _ last: Int, _ line: borrowing DecodedText, _ words: inout WordView, _ found: inout MatchStore
    ) {
        account.pointee.spend(WorkBudget.Cost.pair)
        // Most that the bits let through is a word, or torn by likelier ones.
        if isWord(last - 1, last) { return }
        if Segmenter().areTorn({ text.root(last - 1 + $0) }) { return }
        for term in tables.pairs.terms(text.usualKey(last - 1), text.usualKey(last)) {
            verify(Int(term), text.token(endingAt: last), line, &words, &found)
        }
    }

    /// Terms of two that end behind what may be skipped, or with letters.
    @inline(never)
    private func verifyPairsApart(
        _ place: Int, _ line: borrowing DecodedText, _ words: inout WordView, _ found: inout MatchStore
    ) {
        let last = text.token(endingAt: place)
        var token = last
        var gap = Gap()
        repeat {
            guard token.entry > 0 else { return }
            token = text.token(endingAt: token.entry - 1)
            account.pointee.spend(WorkBudget.Cost.pair)
            if last.isLatin || token.isLatin {
                account.pointee.spend(WorkBudget.Cost.latinPair)
                verifyLatin(token, last, line, &words, &found)
                continue
            }
            let (before, own) = (text.usualKey(token.entry), text.usualKey(place))
            guard tables.pairs.contains(before, own) else { continue }
            if token.end == last.entry, isWord(token.entry, place) { continue }
            for term in tables.pairs.terms(before, own) { verify(Int(term), last, line, &words, &found) }
        } while gap.takes(&token, maxSigns: Tolerance.maxGaps, fillers: true, behind: true, in: text)
    }

    private func verifyLatin(
        _ before: FuzzyText.Token, _ last: FuzzyText.Token, _ line: borrowing DecodedText, _ words: inout WordView,
        _ found: inout MatchStore
    ) {
        let (lastKeys, beforeKeys) = (
            tables.classes.keys(of: text.classOf(last)), tables.classes.keys(of: text.classOf(before))
        )
        for lastKey in lastKeys {
            for beforeKey in beforeKeys
            where max(lastKey, beforeKey) < MatchKeys.firstSymbol
                && tables.latinPairs.contains(Int(beforeKey), Int(lastKey))
            {
                for term in tables.latinPairs.terms(Int(beforeKey), Int(lastKey)) {
                    if account.pointee.isSpent { return }
                    verify(Int(term), last, line, &words, &found)
                }
            }
        }
    }

    /// Whether two characters side by side are a word.
    @inline(__always)
    private func isWord(_ first: Int, _ second: Int) -> Bool {
        guard let left = text.root(first), let right = text.root(second), left != Segmenter.noRoot,
            right != Segmenter.noRoot
        else { return false }
        return tables.words.pairLevel(left, right) != nil
    }

    @inline(__always)
    private func verify(
        _ term: Int, _ last: FuzzyText.Token, _ line: borrowing DecodedText, _ words: inout WordView,
        _ found: inout MatchStore
    ) {
        guard let match = match(tables.terms[term], endingAt: last, line, &words) else { return }
        // A term of two may come by several fillers before its last character.
        if !found.isLast(match) { found.append(match) }
    }

    // MARK: Verification

    /// - Parameter last: A token that is no part of a syllable or run of letters which goes on.
    /// - Returns: nil if the term does not end there, or stands there as it is, or is not meant.
    func match(
        _ term: FuzzyTerm, endingAt last: FuzzyText.Token, _ line: borrowing DecodedText,
        _ words: inout WordView
    ) -> TermMatch? {
        guard let alignment = alignment(of: term, endingAt: last) else { return nil }
        var check = ContextCheck(alignment, symbols: Int(term.count))
        guard reason(toReject: alignment, of: term, &check, line, &words) == nil,
            let span = span(alignment.range, line)
        else { return nil }
        return TermMatch(
            term: term.term, start: span.lowerBound, end: span.upperBound, path: check.path, score: check.score,
            isEmbedded: term.tolerance.marksEmbedded && isEmbeddedBehindSigns(alignment))
    }

    /// Whether the characters of a term with signs between them are part of other words, read without the signs: 大麻 in
    /// 大 麻 烦. Such a match is reported, as it is without the signs, and marked.
    private func isEmbeddedBehindSigns(_ alignment: FuzzyAlignment) -> Bool {
        guard alignment.signs > 0, alignment.sounds == 0 else { return false }
        account.pointee.spend(WorkBudget.Cost.segmentation)
        let around = surroundings(of: alignment, behindSigns: true)
        return around.withScalars { Embedding.isEmbedded(around.match, in: $0) }
    }

    /// How a term is heard that ends there.
    ///
    /// - Returns: nil if it does not, or stands there as it is.
    @inline(__always)
    func alignment(of term: FuzzyTerm, endingAt last: FuzzyText.Token) -> FuzzyAlignment? {
        var steps = 0
        defer { account.pointee.spend(steps * WorkBudget.Cost.step) }
        guard let alignment = FuzzyAlignment.find(term, endingAt: last, in: text, &steps) else { return nil }
        let isPlain = alignment.exact == Int(term.count) && alignment.signs + alignment.fillers == 0
        return !isPlain && takesWholeRuns(alignment.range) ? alignment : nil
    }

    /// Why a term that is heard is not meant; nil if it is. The check then has its last score.
    @inline(__always)
    func reason(
        toReject alignment: FuzzyAlignment, of term: FuzzyTerm, _ check: inout ContextCheck,
        _ line: borrowing DecodedText, _ words: inout WordView
    ) -> ContextCheck.RejectionReason? {
        guard check.score >= term.tolerance.leastScore else { return .scoresLow }
        // Asked before anything is gathered around it: two of five are that.
        if check.mayBeOrdinaryWord, isOrdinaryWord(alignment) { return .word(0..<alignment.takenCount) }
        account.pointee.spend(WorkBudget.Cost.segmentation)
        if let reason = check.weigh(surroundings(of: alignment), term: tables.symbols(of: term)) { return reason }
        guard check.score >= term.tolerance.leastScore else { return .scoresLow }
        guard alignment.fillers > 0, let filler = fillerInWord(alignment, line, &words) else { return nil }
        return .fillerInWord(filler)
    }

    /// Whether the symbols of a match, without the signs and fillers between them, are a word.
    private func isOrdinaryWord(_ alignment: FuzzyAlignment) -> Bool {
        var place = alignment.takenCount - 1
        guard place > 0, var node = tables.words.root(text.scalar(Int(alignment.taken[place]))) else { return false }
        while place > 0 {
            place -= 1
            guard let root = tables.words.root(text.scalar(Int(alignment.taken[place]))),
                let child = tables.words.child(of: node, along: root)
            else { return false }
            node = child
        }
        return tables.words.level(of: node) != nil
    }

    /// What a match is weighed by. Characters of the term are the term whatever follows behind a sign: 全-网-最-低-价 has
    /// 全网最低, as it has without the signs.
    func surroundings(of alignment: FuzzyAlignment) -> ContextCheck.Surroundings {
        surroundings(of: alignment, behindSigns: alignment.sounds > 0)
    }

    /// What is heard around a match: its symbols without the signs and fillers between them, and the characters on both
    /// sides.
    ///
    /// - Parameter behindSigns: Whether words may go on behind a sign of which one stands inside the match too.
    private func surroundings(of alignment: FuzzyAlignment, behindSigns: Bool) -> ContextCheck.Surroundings {
        var around = ContextCheck.Surroundings()
        // Beyond a place that no word reaches over, nothing matters.
        var left = InlineArray<6, UInt32>(repeating: 0)
        var leftCount = 0
        forEachAround(alignment, from: alignment.range.lowerBound, by: -1, behindSigns) { entry in
            left[leftCount] = text.scalar(entry)
            leftCount += 1
        }
        while leftCount > 0 {
            leftCount -= 1
            around.append(left[leftCount])
        }
        let first = around.count
        for place in 0..<alignment.takenCount {
            around.append(text.scalar(Int(alignment.taken[alignment.takenCount - 1 - place])))
        }
        around.match = first..<around.count
        forEachAround(alignment, from: alignment.range.upperBound - 1, by: 1, behindSigns) {
            around.append(text.scalar($0))
        }
        return around
    }

    /// The characters on one side of a match, as far as words may reach over them.
    ///
    /// - Parameters:
    ///   - end: The last entry of the match on that side, or one beyond it on the left.
    ///   - step: 1 to the right, -1 to the left.
    @inline(__always)
    private func forEachAround(
        _ alignment: FuzzyAlignment, from end: Int, by step: Int, _ behindSigns: Bool, _ body: (_ entry: Int) -> Void
    ) {
        var (entry, signs, characters) = (end, 0, 0)
        var neighbour = text.root(end)
        while characters < Self.reach {
            entry += step
            guard entry >= 0, entry < text.count else { return }
            if text.isSign(entry) {
                signs += 1
                guard behindSigns, signs <= Gap.maxSignEntries, goesOnBehind(entry, alignment) else { return }
                continue
            }
            let root = text.root(entry)
            guard step > 0 ? mayAdjoin(neighbour, root) : mayAdjoin(root, neighbour) else { return }
            body(entry)
            neighbour = root
            signs = 0
            characters += 1
        }
    }

    /// Whether a word may go on behind a sign at an end of a match: only behind one that stands inside the match too. In
    /// 止✨疗✨效 all may be one word, in 止疗 效果 the space ends it.
    private func goesOnBehind(_ sign: Int, _ alignment: FuzzyAlignment) -> Bool {
        alignment.signs > 0
            && alignment.range.contains { !alignment.takes($0) && text.codes[$0] == text.codes[sign] }
    }

    /// Whether a word may have both side by side, or that cannot be told by their roots.
    private func mayAdjoin(_ first: Int?, _ second: Int?) -> Bool {
        guard let first, let second else { return true }
        return first != Segmenter.noRoot && second != Segmenter.noRoot && tables.words.mayAdjoin(first, second)
    }

    /// The first skipped filler that is a part of a longer word, as 小 in 最小.
    private func fillerInWord(
        _ alignment: FuzzyAlignment, _ line: borrowing DecodedText, _ words: inout WordView
    ) -> Int? {
        for entry in alignment.range where !alignment.takes(entry) {
            guard !text.isLetter(entry), text.token(endingAt: entry).kind == .filler else { continue }
            // 什么 and 那个 are words, and fillers as a whole.
            if text.isFirstHalf(entry) || text.isSecondHalf(entry) { continue }
            guard mayBeInWord(entry), let span = span(entry..<entry + 1, line) else { continue }
            account.pointee.spend(WorkBudget.Cost.segmentation)
            words.make(text.bytes)
            let isWord = words.withScalars(span.lowerBound, span.upperBound) { scalars, range in
                !range.isEmpty && Segmenter().coversLonger(scalars, range.lowerBound, range.upperBound)
            }
            if isWord { return entry }
        }
        return nil
    }

    /// Whether a word may have an entry and one beside it, or that cannot be told.
    private func mayBeInWord(_ entry: Int) -> Bool {
        entry > 0 && areInWord(entry - 1, entry) || entry + 1 < text.count && areInWord(entry, entry + 1)
    }

    private func areInWord(_ first: Int, _ second: Int) -> Bool {
        // One of several scalars may be in a word.
        if !isSingle(first) || !isSingle(second) { return true }
        guard let first = tables.words.root(folding: text.codes[first]),
            let second = tables.words.root(folding: text.codes[second])
        else { return false }
        return tables.words.mayAdjoin(first, second)
    }

    /// Whether an entry is a code point of its own and one folded scalar.
    private func isSingle(_ entry: Int) -> Bool {
        text.codes[entry] != Self.noCode && text.scalar(entry) != 0
    }

    /// A match takes a run of letters whole: zhi is not in zhiliaoji.
    private func takesWholeRuns(_ range: Range<Int>) -> Bool {
        let (first, last) = (range.lowerBound, range.upperBound - 1)
        if first > 0, text.isLetter(first), text.isLetter(first - 1) { return false }
        return last + 1 == text.count || !text.isLetter(last) || !text.isLetter(last + 1)
    }

    /// The bytes of the entries, or nil if they are not well-formed UTF-8 or begin or end inside an expansion.
    func span(_ entries: Range<Int>, _ line: borrowing DecodedText) -> Range<Int32>? {
        let start = line.start(of: entries.lowerBound)
        let lastStart = line.start(of: entries.upperBound - 1)
        guard start != DecodedText.noStart, lastStart != DecodedText.noStart else { return nil }
        var offset = Int(start)
        while offset <= Int(lastStart) {
            let decoded = decodeScalar(text.bytes.baseAddress!, at: offset, count: text.bytes.count)
            if decoded.codePoint == DecodedScalar.invalid { return nil }
            offset += decoded.length
        }
        return start..<Int32(truncatingIfNeeded: offset)
    }
}

import CTermScan
public import ChineseText

/// Many terms, found together in one pass over a text, after folding.
///
/// `DESIGN.md` beside this file tells how and why, with a worked example. In short: a kernel turns bytes into code
/// points and asks of every two neighbours whether they may end a term, which is nearly always answered no by one bit;
/// what is left is compared with the few terms that end so (`SuffixTable`).
///
/// Cost: a few instructions for each code point, a table look-up for the few that pass, and no allocation. The worst
/// case is linear in the text, whatever the terms: at most `SuffixTable.maxDepth` look-ups and `SuffixTable.leafSize` short
/// comparisons for each symbol, and two steps of an automaton, plus the matches reported.
///
/// A match begins and ends at code point borders of the raw text, on code points that are not ignorable. So `1` is not
/// found in ½, which folds to 1⁄2, and `kg` is found in ㎏.
public final class TermIndex: Sendable {
    /// The longest term, in UTF-8 bytes as given.
    public static let maxTermBytes = 1024

    /// The number of terms, counting duplicates.
    public let count: Int

    let tables: ScanTables
    let kernel: ScanKernel
    let patterns: Patterns
    let fuzzy: FuzzyTerms?
    /// Which terms ask for `TermMatch.isEmbedded`; nil if none does.
    private let marksEmbedded: [Bool]?
    /// Which terms have numbers that are written in other ways, and are not found inside longer ones; nil if none does.
    private let hasNumbers: [Bool]?
    /// Whether no term has a line break, and so no match either: lines can be searched one by one.
    private let matchesWithinLines: Bool

    /// - Throws: `TermError` if a term is empty after folding or longer than `maxTermBytes`.
    public convenience init(_ terms: [String]) throws(TermError) {
        try self.init(terms.map { Term($0) }, kernel: .best)
    }

    /// - Parameters:
    ///   - terms: What is searched for, and what each tolerates.
    ///   - confusions: Which sounds the terms that are matched by sound do not tell apart.
    /// - Throws: `TermError` if a term or an alias is empty after folding or longer than `maxTermBytes`.
    public convenience init(_ terms: [Term], confusions: SoundConfusions = []) throws(TermError) {
        try self.init(terms, confusions: confusions, kernel: .best)
    }

    package convenience init(_ terms: [String], kernel: ScanKernel, isLarge: Bool? = nil) throws(TermError) {
        try self.init(terms.map { Term($0) }, kernel: kernel, isLarge: isLarge)
    }

    /// - Parameter isLarge: Whether the terms are filtered as those of a large set are; nil leaves it to their number.
    package init(
        _ terms: [Term], confusions: SoundConfusions = [], kernel: ScanKernel, isLarge: Bool? = nil
    ) throws(TermError) {
        var patterns = try Patterns(terms)
        count = terms.count
        fuzzy = FuzzyTerms(terms, patterns.symbols, confusions: confusions)
        marksEmbedded = terms.contains { $0.tolerance.marksEmbedded } ? terms.map(\.tolerance.marksEmbedded) : nil
        hasNumbers = terms.contains { $0.tolerance.numbers } ? terms.map(\.tolerance.numbers) : nil
        // One-symbol terms come first, so that a scan knows them by their number.
        var symbols: [UInt32: UInt32] = [:]
        for pattern in 0..<patterns.symbols.count {
            let scalars = patterns.symbols[pattern]
            guard scalars.count == 1, let only = scalars.first, symbols[only] == nil else { continue }
            symbols[only] = UInt32(symbols.count + 1)
        }
        let singles = UInt32(symbols.count)
        for scalar in patterns.symbols.symbols where symbols[scalar] == nil {
            symbols[scalar] = UInt32(symbols.count + 1)
        }
        let lineBreak: UInt32 = 0x0A
        matchesWithinLines = symbols[lineBreak] == nil && FoldingTable.shared.single(lineBreak) == lineBreak
        patterns.symbols.map { symbols[$0]! }
        tables = ScanTables(symbols: symbols, terms: patterns.symbols, singles: singles, isLarge: isLarge)
        self.kernel = kernel
        patterns.symbols = TermSymbols()
        self.patterns = patterns
    }

    /// The same terms, read by another kernel.
    package init(_ other: TermIndex, kernel: ScanKernel) {
        count = other.count
        tables = other.tables
        patterns = other.patterns
        fuzzy = other.fuzzy
        marksEmbedded = other.marksEmbedded
        hasNumbers = other.hasNumbers
        matchesWithinLines = other.matchesWithinLines
        self.kernel = kernel
    }

    /// Bytes that the index holds.
    public var byteCount: Int { tables.byteCount + (fuzzy?.byteCount ?? 0) }

    /// Finds every occurrence of every term, overlapping ones too.
    ///
    /// Matches are appended in order of `end`, then `start`, then `term`. Invalid UTF-8 matches nothing and never traps.
    /// Allocates only when `matches` has to grow. A match has 32-bit positions: text beyond 2 GiB is not searched. With
    /// `matches.limit` in the buffer and one more found, the scan stops and sets `matches.isCutShort`. A long text is searched
    /// some lines at a time, unless a term has a line break.
    public func scan(_ text: UnsafeBufferPointer<UInt8>, into matches: inout MatchBuffer) {
        guard count > 0, !text.isEmpty else { return }
        let text = UnsafeBufferPointer(rebasing: text.prefix(Int(Int32.max)))
        if text.count > Self.longText, matchesWithinLines { return scanLines(text, into: &matches) }
        var automaton = Automaton.Position()
        scan(text, &automaton, into: &matches)
    }

    /// Bytes of a text of which it is worth while to look for lines.
    private static let longText = 4096
    /// Bytes of the lines searched together, at least. A code point that only the general reader knows sends them all to it,
    /// so they are few; and the buffer stays small however long the text.
    private static let leastPiece = 512

    /// Finds every occurrence, some lines at a time.
    @inline(never)
    private func scanLines(_ text: UnsafeBufferPointer<UInt8>, into matches: inout MatchBuffer) {
        var first = 0
        while first < text.count {
            let least = min(first + Self.leastPiece, text.count)
            let end = least + cterm_line_length(text.baseAddress! + least, text.count - least)
            let before = matches.store.count
            var automaton = Automaton.Position()
            scan(UnsafeBufferPointer(rebasing: text[first..<end]), &automaton, into: &matches)
            matches.store.shift(from: before, by: Int32(truncatingIfNeeded: first))
            if matches.isFull { return }
            first = end
        }
    }

    /// The same behind the symbols that the buffer's line carries.
    @inline(__always)
    func scan(
        _ text: UnsafeBufferPointer<UInt8>, _ automaton: inout Automaton.Position, into matches: inout MatchBuffer
    ) {
        if !readPacked(text, &matches.line) { readGenerally(text, &matches.line) }
        matches.words.clear()
        let before = matches.store.count
        // The prefilter knows nothing of the symbols before the text.
        if matches.line.carried > 0, matches.line.count > 0 { matches.line.hitFirst() }
        search(text, &automaton, into: &matches)
        if fuzzy != nil || marksEmbedded != nil || hasNumbers != nil {
            scanFuzzily(text, behind: before, into: &matches)
        }
    }

    @inline(never)
    private func scanFuzzily(_ text: UnsafeBufferPointer<UInt8>, behind before: Int, into matches: inout MatchBuffer) {
        if let fuzzy, matches.line.count > 0 {
            let scan = FuzzyScan(
                fuzzy.tables, kernel: kernel, text, matches.line, &matches.fuzzyBuffer,
                budget: matches.budget.scaled(to: fuzzy.tables.count))
            scan.run(
                matches.line, &matches.words, &matches.fuzzy, &matches.store, behind: before,
                limit: matches.limit - before)
            matches.unverified += scan.account.pointee.unverified
            matches.work += scan.account.pointee.spent
            _ = matches.cutAtLimit()
        }
        if let hasNumbers { dropPartsOfNumbers(of: hasNumbers, text, behind: before, from: &matches) }
        guard let marksEmbedded else { return }
        for index in before..<matches.store.count {
            let match = matches.store.matches[index]
            guard marksEmbedded[match.term.index] else { continue }
            matches.words.make(text)
            // Whether a split or a sound is meant was asked when it was found; not whether a number goes on.
            let isHeard = match.path == .split || match.path == .homophone
            let isEmbedded = matches.words.withScalars(match.start, match.end) {
                isHeard ? !$1.isEmpty && NumberEdges.goOn($1, in: $0) : Embedding.isEmbedded($1, in: $0)
            }
            matches.store.matches[index].isEmbedded =
                match.isEmbedded || isEmbedded
                || match.start >= 0
                    && NumberEdges.goOn(Int(match.start)..<Int(match.end), of: text, with: &matches.numbers)
        }
    }

    /// Drops the matches at whose edge a number goes on: 7天瘦10斤 is not in 27天瘦10斤, nor 9块 in 九块九.
    @inline(never)
    private func dropPartsOfNumbers(
        of hasNumbers: [Bool], _ text: UnsafeBufferPointer<UInt8>, behind before: Int, from matches: inout MatchBuffer
    ) {
        var kept = before
        for index in before..<matches.store.count {
            let match = matches.store.matches[index]
            if hasNumbers[match.term.index], match.start >= 0 {
                matches.words.make(text)
                let goesOn = matches.words.withScalars(match.start, match.end) { scalars, range in
                    !range.isEmpty && NumberEdges.goOn(range, in: scalars)
                }
                if goesOn || NumberEdges.goOn(Int(match.start)..<Int(match.end), of: text, with: &matches.numbers) {
                    matches.partsRead?.append(match)
                    continue
                }
            }
            matches.store.matches[kept] = match
            kept += 1
        }
        matches.store.removeAll(from: kept)
    }

    @inline(__always)
    func readPacked(_ text: UnsafeBufferPointer<UInt8>, _ line: inout DecodedText) -> Bool {
        line.reserve(text.count)
        var memory = line.kernelText
        let read =
            switch kernel {
            case .avx512: cterm_read_avx512(tables.tables, text.baseAddress, text.count, &memory)
            case .portable: cterm_read_portable(tables.tables, text.baseAddress, text.count, &memory)
            case .general: -1
            }
        // Of what is before the text a kernel knows nothing.
        line.isListed =
            kernel == .avx512 && line.carried == 0 && tables.tables.pointee.is_large && text.count > Int(CTERM_BRIEF)
        line.isNarrowed =
            kernel == .avx512 && line.carried == 0 && tables.tables.pointee.is_large && text.count <= Int(CTERM_BRIEF)
        line.count = read
        line.isPacked = true
        return read >= 0
    }

    @inline(never)
    private func readGenerally(_ text: UnsafeBufferPointer<UInt8>, _ line: inout DecodedText) {
        line.count = 0
        line.isPacked = false
        line.isListed = false
        line.isNarrowed = false
        tables.map.read(text, into: &line)
    }

    /// Symbols whose candidates are dealt with before those of the next are looked for: they stay in the nearest cache.
    private static let blockSize = 1024
    /// With an automaton, candidates for each of how many symbols make it the cheaper way on.
    private static let symbolsPerCandidate = 8

    /// Finds the terms in the line.
    @inline(__always)
    private func search(
        _ text: UnsafeBufferPointer<UInt8>, _ automaton: inout Automaton.Position, into matches: inout MatchBuffer
    ) {
        let before = matches.store.count
        var first = 0
        var seen = 0
        var memory = matches.line.kernelText
        while first < matches.line.count {
            let end = min(first + Self.blockSize, matches.line.count)
            let most = tables.automaton == nil ? end : 16 + (end - first) / Self.symbolsPerCandidate
            let candidates = narrow(&memory, first, end, most, matches.line)
            if candidates > 0 {
                seen += candidates
                let isCrowded = candidates > most
                if !isCrowded {
                    cterm_locate(
                        tables.tables, &memory, matches.line.candidates, candidates, matches.line.spans)
                }
                switch isCrowded
                    ? reportAll(from: first, in: text, &automaton, into: &matches)
                    : report(candidates, seen, in: text, &automaton, into: &matches)
                {
                case .next: break
                case .end: return
                case .needsReader:
                    // The general reader knows what is between the entries.
                    matches.store.removeAll(from: before)
                    readGenerally(text, &matches.line)
                    memory = matches.line.kernelText
                    first = 0
                    continue
                }
            }
            first = end
        }
    }

    /// Lists the symbols of a block that pass the whole prefilter, as `cterm_narrow` does.
    @inline(__always)
    func narrow(
        _ memory: inout cterm_text, _ first: Int, _ end: Int, _ most: Int, _ line: borrowing DecodedText
    ) -> Int {
        if line.isNarrowed { return cterm_list(&memory, first, end, line.candidates) }
        if line.isListed {
            return cterm_narrow_avx512(tables.tables, &memory, first, end, most, line.candidates)
        }
        return cterm_narrow(tables.tables, &memory, first, end, most, line.candidates)
    }

    /// How a search goes on.
    enum Continuation { case next, end, needsReader }

    /// Reports the terms that end at the candidates.
    ///
    /// - Parameter seen: How many candidates the text had so far, with these.
    @inline(never)
    private func report(
        _ candidates: Int, _ seen: Int, in text: UnsafeBufferPointer<UInt8>,
        _ automaton: inout Automaton.Position, into matches: inout MatchBuffer
    ) -> Continuation {
        // To check the text once is cheaper than to check many matches.
        let trusts = seen > 16 + matches.line.count / 64 && isTrusted(text, &automaton, matches.line)
        let hasSingles = tables.tables.pointee.singles > 0
        for number in 0..<candidates {
            let last = Int(matches.line.candidates[number])
            guard let end = end(of: last, text, trusts, matches.line) else { continue }
            let first = matches.store.count
            let located = matches.line.spans[number]
            let span = cterm_span(first: UInt32(located >> 32), count: UInt32(truncatingIfNeeded: located))
            if hasSingles { reportSingles(endingAt: last, end, text, trusts, &matches) }
            if span.count == CTERM_AUTOMATON {
                guard isTrusted(text, &automaton, matches.line) else { return .needsReader }
                reportByAutomaton(endingAt: last, end, text, &automaton, &matches)
            } else if span.count == CTERM_TWO || span.count == CTERM_THREE {
                append(
                    Int32(bitPattern: span.first), span.count == CTERM_TWO ? 2 : 3, last, end, text, trusts, &matches)
            } else {
                report(endingAt: last, end, span, text, trusts, &matches)
            }
            if matches.store.count - first > 1 { matches.store.sort(from: first) }
            if matches.cutAtLimit() { return .end }
        }
        return .next
    }

    /// The byte behind a symbol, or nil if no match may end there: inside an expansion, or not well-formed.
    @inline(__always)
    func end(
        of last: Int, _ text: UnsafeBufferPointer<UInt8>, _ trustsText: Bool, _ line: borrowing DecodedText
    ) -> Int? {
        if line.isPacked {
            let start = Int(line.start(of: last))
            if trustsText { return start + max((~text.baseAddress![start]).leadingZeroBitCount, 1) }
            let decoded = decodeScalar(text.baseAddress!, at: start, count: text.count)
            return decoded.codePoint == DecodedScalar.invalid ? nil : start + decoded.length
        }
        if last + 1 < line.count, line.starts[last + 1] == DecodedText.noStart { return nil }
        var first = last
        while line.starts[first] == DecodedText.noStart { first -= 1 }
        let start = Int(line.starts[first])
        return start + decodeScalar(text.baseAddress!, at: start, count: text.count).length
    }

    @inline(__always)
    func reportSingles(
        endingAt last: Int, _ end: Int, _ text: UnsafeBufferPointer<UInt8>, _ trustsText: Bool,
        _ matches: inout MatchBuffer
    ) {
        let symbol = symbol(last, matches.line)
        guard symbol &- 1 < tables.tables.pointee.singles else { return }
        let span = tables.tables.pointee.single_spans[Int(symbol)]
        append(record(span.first), span.count, last, end, text, trustsText, &matches)
    }

    /// Reports every term of two symbols and more that ends at symbol `last`, the latest start first.
    ///
    /// - Parameter span: The terms that share the last two symbols.
    @inline(__always)
    private func report(
        endingAt last: Int, _ end: Int, _ span: cterm_span, _ text: UnsafeBufferPointer<UInt8>,
        _ trustsText: Bool, _ matches: inout MatchBuffer
    ) {
        var span = span
        while span.count == CTERM_BRANCH {
            let branch = tables.tables.pointee.branches[Int(span.first)]
            append(record(branch.first), branch.complete, last, end, text, trustsText, &matches)
            let next = cterm_find(
                tables.tables, cterm_branch_key(span.first, symbol(last - Int(branch.depth), matches.line)))
            span = .init(first: next.first, count: next.count)
        }
        var record = record(span.first)
        // One comparison for the usual length: how many symbols are alike is seldom foreseen.
        let tail = UInt64(symbol(last - 3, matches.line)) << 32 | UInt64(symbol(last - 2, matches.line))
        for _ in 0..<span.count {
            if record.hasTail(tail) {
                let count = record.count
                var place = 4
                // The leading zeros are in no term, so the comparison ends there at the latest.
                while place < count, record[place] == symbol(last - place, matches.line) { place += 1 }
                if place >= count { append(record, last, end, text, trustsText, &matches) }
            }
            record = record.next
        }
    }

    @inline(__always)
    func symbol(_ number: Int, _ line: borrowing DecodedText) -> UInt32 {
        cterm_of(tables.tables, line.entries[number])
    }

    @inline(__always)
    private func record(_ word: UInt32) -> SuffixTable.Record {
        SuffixTable.Record(words: tables.tables.pointee.records + Int(word))
    }

    @inline(__always)
    private func append(
        _ first: SuffixTable.Record, _ count: UInt32, _ last: Int, _ end: Int, _ text: UnsafeBufferPointer<UInt8>,
        _ trustsText: Bool, _ matches: inout MatchBuffer
    ) {
        var record = first
        for _ in 0..<count {
            append(record, last, end, text, trustsText, &matches)
            record = record.next
        }
    }

    @inline(__always)
    private func append(
        _ record: SuffixTable.Record, _ last: Int, _ end: Int, _ text: UnsafeBufferPointer<UInt8>, _ trustsText: Bool,
        _ matches: inout MatchBuffer
    ) {
        append(record.term, record.count, last, end, text, trustsText, &matches)
    }

    /// - Parameter count: The symbols of the pattern.
    @inline(__always)
    private func append(
        _ pattern: Int32, _ count: Int, _ last: Int, _ end: Int, _ text: UnsafeBufferPointer<UInt8>, _ trustsText: Bool,
        _ matches: inout MatchBuffer
    ) {
        let first = last - count + 1
        let start = matches.line.start(of: first)
        guard start != DecodedText.noStart else { return }
        // Kernels do not check what they read; the few bytes of a match are checked here.
        if matches.line.isPacked, !trustsText, !isWellFormed(first, last, end, text, matches.line) { return }
        append(pattern, from: first, start..<Int32(truncatingIfNeeded: end), text, &matches)
    }

    /// Whether symbols `first` to `last` of a kernel's line are well-formed code points, one behind the other.
    private func isWellFormed(
        _ first: Int, _ last: Int, _ end: Int, _ text: UnsafeBufferPointer<UInt8>, _ line: borrowing DecodedText
    ) -> Bool {
        // What stands before the text was read by the general reader.
        var offset = first < 0 ? 0 : Int(line.start(of: first))
        for _ in max(first, 0)...last {
            let decoded = decodeScalar(text.baseAddress!, at: offset, count: text.count)
            if decoded.codePoint == DecodedScalar.invalid { return false }
            offset += decoded.length
        }
        return offset == end
    }

    /// - Parameter first: The first symbol of the match.
    @inline(__always)
    func append(
        _ pattern: Int32, from first: Int, _ bytes: Range<Int32>, _ text: UnsafeBufferPointer<UInt8>,
        _ matches: inout MatchBuffer
    ) {
        let meaning = patterns[pattern]
        let match = TermMatch(
            term: meaning.term, start: bytes.lowerBound, end: bytes.upperBound, path: meaning.path,
            score: meaning.score)
        if meaning.parts > 0, partsAreRead(meaning, from: first, bytes, text, &matches) {
            matches.partsRead?.append(match)
            return
        }
        matches.store.append(match)
    }

    /// Whether the parts of a split character are read as a word, 女子 is no 好, or the match lies across words.
    @inline(never)
    private func partsAreRead(
        _ meaning: Patterns.Meaning, from first: Int, _ whole: Range<Int32>, _ text: UnsafeBufferPointer<UInt8>,
        _ matches: inout MatchBuffer
    ) -> Bool {
        let part = first + Int(meaning.firstPart)
        let start = matches.line.start(of: part)
        let end = matches.line.start(of: part + Int(meaning.parts) - 1)
        guard start != DecodedText.noStart, end != DecodedText.noStart else { return false }
        matches.words.make(text)
        if matches.words.withScalars(start, end + 1, { Embedding.isWithinWord($1, in: $0) }) { return true }
        return matches.words.withScalars(whole.lowerBound, whole.upperBound) { Embedding.isEmbedded($1, in: $0) }
    }
}

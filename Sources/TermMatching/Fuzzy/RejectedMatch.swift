import ChineseText

/// A place where a disguised term is heard and not reported, and why: for those who write terms.
///
///     term 微信, by sound    威信很高       ordinaryWord   威信
///     term 最好, gaps: 1     最✨好喝       otherWords     最, 好喝
public struct RejectedMatch: Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        /// The score is below the term's `leastScore`.
        case scoresLow
        /// What stands there is an ordinary word, or one is a part of it.
        case ordinaryWord
        /// The words that stand there begin or end elsewhere.
        case otherWords
        /// A filler that would be skipped is a part of a word.
        case fillerInWord
    }

    /// What would have been reported.
    public var match: TermMatch
    public var reason: Reason
    /// The words that are read there instead, folded; none if the score is too low.
    public var words: [String]
}

extension TermIndex {
    /// Where terms are heard through gaps, fillers, sounds or parts and passed over, in order of end.
    ///
    /// For explaining a text, not for a stream: holds every fuzzy term against every place of the text, and allocates.
    /// What a scan reports is not here, whatever its `isEmbedded`. A term with other spellings of its numbers is here where
    /// it is a part of a longer number. Terms without tolerance are reported wherever they stand, so they are never here.
    public func rejectedMatches(in text: UnsafeBufferPointer<UInt8>) -> [RejectedMatch] {
        guard count > 0, !text.isEmpty else { return [] }
        let text = UnsafeBufferPointer(rebasing: text.prefix(Int(Int32.max)))
        var matches = MatchBuffer(limit: .max)
        matches.partsRead = []
        // As one piece, so that the buffer's line is that of all of it.
        var automaton = Automaton.Position()
        scan(text, &automaton, into: &matches)
        matches.words.make(text)
        var found = Set(matches.partsRead ?? []).map { match in
            matches.words.withScalars(match.start, match.end) { scalars, range in
                RejectedMatch(match: match, reason: .otherWords, words: Self.words(of: scalars, around: range))
            }
        }
        if let fuzzy, matches.line.count > 0 { found += rejectedMatches(fuzzy.tables, text, &matches) }
        return found.sorted { $0.match.isBefore($1.match) }
    }

    private func rejectedMatches(
        _ tables: FuzzyTables, _ text: UnsafeBufferPointer<UInt8>, _ matches: inout MatchBuffer
    ) -> [RejectedMatch] {
        let scan = FuzzyScan(
            tables, kernel: kernel, text, matches.line, &matches.fuzzyBuffer, budget: .unlimited)
        var found: [RejectedMatch] = []
        for last in 0..<matches.line.count {
            // Letters are heard as a run, at its end.
            if scan.text.isInsideLetters(last) { continue }
            let token = scan.text.token(endingAt: last)
            for term in 0..<tables.count where tables.terms[term].term != FuzzyTerm.none {
                if let one = scan.rejectedMatch(tables.terms[term], endingAt: token, matches.line, &matches.words) {
                    found.append(one)
                }
            }
        }
        return found
    }

    /// The words that a stretch lies in.
    static func words(of scalars: UnsafeBufferPointer<UInt32>, around range: Range<Int>) -> [String] {
        Segmenter().words(scalars, range.lowerBound, range.upperBound).map { string(scalars[$0]) }
    }

    static func string(_ scalars: Slice<UnsafeBufferPointer<UInt32>>) -> String {
        String(String.UnicodeScalarView(scalars.map { Unicode.Scalar($0) ?? "\u{FFFD}" }))
    }
}

extension FuzzyScan {
    /// What `match` does not report of a term that is heard there, and why.
    fileprivate func rejectedMatch(
        _ term: FuzzyTerm, endingAt last: FuzzyText.Token, _ line: borrowing DecodedText,
        _ words: inout WordView
    ) -> RejectedMatch? {
        guard let alignment = alignment(of: term, endingAt: last), let span = span(alignment.range, line) else {
            return nil
        }
        var check = ContextCheck(alignment, symbols: Int(term.count))
        guard let reason = reason(toReject: alignment, of: term, &check, line, &words) else { return nil }
        let (told, read) = told(reason, alignment, line, &words)
        return RejectedMatch(
            match: TermMatch(
                term: term.term, start: span.lowerBound, end: span.upperBound, path: check.path, score: check.score),
            reason: told, words: read)
    }

    /// A reason as those who write terms are told.
    private func told(
        _ reason: ContextCheck.RejectionReason, _ alignment: FuzzyAlignment, _ line: borrowing DecodedText,
        _ words: inout WordView
    ) -> (RejectedMatch.Reason, [String]) {
        switch reason {
        case .scoresLow: return (.scoresLow, [])
        case .word(let range):
            let around = surroundings(of: alignment)
            return (.ordinaryWord, around.withScalars { [TermIndex.string($0[around.match][offset: range])] })
        case .otherWords:
            let around = surroundings(of: alignment)
            return (.otherWords, around.withScalars { TermIndex.words(of: $0, around: around.match) })
        case .fillerInWord(let entry):
            guard let span = span(entry..<entry + 1, line) else { return (.fillerInWord, []) }
            words.make(text.bytes)
            return (.fillerInWord, words.withScalars(span.lowerBound, span.upperBound, TermIndex.words))
        }
    }
}

extension Slice<UnsafeBufferPointer<UInt32>> {
    /// The elements of a range that counts from the first.
    fileprivate subscript(offset range: Range<Int>) -> Self {
        self[startIndex + range.lowerBound..<startIndex + range.upperBound]
    }
}

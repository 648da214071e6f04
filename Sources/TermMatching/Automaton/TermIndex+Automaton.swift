import CTermScan
import ChineseText

/// The way through a text that `SuffixTable` does not go: by the automaton, for terms that have no record, and for texts in
/// which a term may end nearly everywhere.
extension TermIndex {
    /// Whether the entries of the line are the text's symbols, with nothing between them: not so if a kernel read a text
    /// that is not well-formed.
    ///
    /// The text is looked at once.
    func isTrusted(
        _ text: UnsafeBufferPointer<UInt8>, _ automaton: inout Automaton.Position, _ line: borrowing DecodedText
    ) -> Bool {
        if !line.isPacked { return true }
        if automaton.trust == .unknown { automaton.trust = isWellFormed(text) ? .wellFormed : .illFormed }
        return automaton.trust == .wellFormed
    }

    private func isWellFormed(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var offset = 0
        while offset < text.count {
            if text.count - offset >= 8 {
                let word = UnsafeRawPointer(text.baseAddress! + offset).loadUnaligned(as: UInt64.self).littleEndian
                // Eight letters, or two ideographs, at a time.
                if word & 0x8080_8080_8080_8080 == 0 {
                    offset += 8
                    continue
                }
                let areUnrestricted =
                    Self.unrestrictedLeads &>> (word & 0xF) & Self.unrestrictedLeads &>> (word >> 24 & 0xF)
                if word & 0xC0C0_F0C0_C0F0 == 0x8080_E080_80E0, areUnrestricted & 1 != 0 {
                    offset += 6
                    continue
                }
            }
            let decoded = decodeScalar(text.baseAddress!, at: offset, count: text.count)
            if decoded.codePoint == DecodedScalar.invalid { return false }
            offset += decoded.length
        }
        return true
    }

    /// For each lower half of a lead byte of three, whether any continuation may follow: E0 and ED restrict it.
    private static let unrestrictedLeads: UInt64 = 0b1101_1111_1111_1110

    /// Reports every term of two symbols and more that ends at symbol `last`, the latest start first.
    @inline(never)
    func reportByAutomaton(
        endingAt last: Int, _ end: Int, _ text: UnsafeBufferPointer<UInt8>, _ position: inout Automaton.Position,
        _ matches: inout MatchBuffer
    ) {
        guard let automaton = tables.automaton else { return }
        automaton.advance(&position, to: last) { symbol($0, matches.line) }
        let first = matches.store.count
        report(automaton, automaton.states[Int(position.state)].output, last, end, text, &matches)
        matches.store.reverse(from: first)
    }

    /// Reports every term that ends in the line from symbol `first` on, without asking where one may end.
    @inline(never)
    func reportAll(
        from first: Int, in text: UnsafeBufferPointer<UInt8>, _ position: inout Automaton.Position,
        into matches: inout MatchBuffer
    ) -> Continuation {
        guard let automaton = tables.automaton else { return .next }
        guard isTrusted(text, &position, matches.line) else { return .needsReader }
        automaton.advance(&position, to: first - 1) { symbol($0, matches.line) }
        let count = matches.line.count
        var state = position.state
        var next = first
        while true {
            let last = automaton.run(&state, from: next, to: count, of: matches.line.entries, tables.tables)
            if last == count { break }
            next = last + 1
            guard let end = end(of: last, text, true, matches.line) else { continue }
            let first = matches.store.count
            report(automaton, automaton.states[Int(state)].output, last, end, text, &matches)
            reportSingles(endingAt: last, end, text, true, &matches)
            if matches.store.count - first > 1 { matches.store.insertionSort(from: first) }
            if matches.cutAtLimit() {
                position.state = state
                position.next = last + 1
                return .end
            }
        }
        position.state = state
        position.next = count
        return .end
    }

    /// Reports the terms of an output and of those it links to, the longest first.
    @inline(__always)
    private func report(
        _ automaton: Automaton, _ output: UInt32, _ last: Int, _ end: Int, _ text: UnsafeBufferPointer<UInt8>,
        _ matches: inout MatchBuffer
    ) {
        var number = output
        while number != 0 {
            let output = automaton.outputs[Int(number)]
            number = output.next
            let first = last - Int(output.depth) + 1
            let start = matches.line.start(of: first)
            guard start != DecodedText.noStart else { continue }
            for term in output.firstTerm..<output.firstTerm + output.termCount {
                append(automaton.terms[Int(term)], from: first, start..<Int32(truncatingIfNeeded: end), text, &matches)
            }
        }
    }
}

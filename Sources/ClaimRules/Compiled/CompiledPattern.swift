import CRE2

/// One compiled expression, given back when this ends.
final class CompiledPattern: @unchecked Sendable {
    // because an expression never changes once compiled, and RE2 matches it from any number of threads.

    private let handle: OpaquePointer

    /// - Parameter column: The column of the rule's expression that a part of the folded one comes of.
    init(_ folded: String, column: (String) -> Int) throws(TextPatternError) {
        var folded = folded
        var status = CRE2_OK
        var argument = [CChar](repeating: 0, count: 64)
        var argumentLength = 0
        let made = folded.withUTF8 { source in
            argument.withUnsafeMutableBufferPointer { argument in
                source.withMemoryRebound(to: CChar.self) { source -> OpaquePointer? in
                    var empty: CChar = 0
                    return withUnsafePointer(to: &empty) { empty in
                        cre2_new(
                            source.baseAddress ?? empty, source.count, TextPattern.maxMemory,
                            TextPattern.maxInstructions, &status, argument.baseAddress!, argument.count,
                            &argumentLength)
                    }
                }
            }
        }
        guard let made else {
            let part = String(decoding: argument.prefix(argumentLength).map { UInt8(bitPattern: $0) }, as: UTF8.self)
            throw TextPatternError(Self.problem(status, part), column: column(part))
        }
        handle = made
    }

    deinit { cre2_free(handle) }

    /// Finds the first match at or behind `from` and writes two offsets for it and for each group.
    func match(_ text: UnsafeBufferPointer<UInt8>, from: Int, into offsets: UnsafeMutableBufferPointer<Int32>) -> Bool {
        guard let bytes = text.baseAddress, let target = offsets.baseAddress else { return false }
        return text.withMemoryRebound(to: CChar.self) { _ in
            cre2_match(
                handle, UnsafeRawPointer(bytes).assumingMemoryBound(to: CChar.self), text.count, from, target,
                offsets.count / 2) == 1
        }
    }

    /// Words of which at least one stands in every match: as few as will do, the longest. Empty if there are none.
    ///
    /// RE2 tells which texts may match by the words that stand in them, and more words never make it less likely. So words are
    /// allowed, the shortest first, as long as no match is possible with the allowed ones alone; without one of the rest
    /// there is none.
    func requiredWords() -> [String] {
        var words = (0..<cre2_words(handle)).map { index in
            var length = 0
            let start = cre2_word(handle, index, &length)
            let bytes = UnsafeRawBufferPointer(start: start, count: length)
            return (number: Int32(index), text: String(decoding: bytes, as: UTF8.self))
        }
        words.sort { ($0.text.unicodeScalars.count, $0.text) < ($1.text.unicodeScalars.count, $1.text) }
        guard !mayMatch([]) else { return [] }
        var allowed: [Int32] = []
        var required: [String] = []
        for word in words {
            if mayMatch(allowed + [word.number]) { required.append(word.text) } else { allowed.append(word.number) }
        }
        return required
    }

    private func mayMatch(_ words: [Int32]) -> Bool {
        words.withUnsafeBufferPointer { cre2_may_match(handle, $0.baseAddress, $0.count) != 0 }
    }

    private static func problem(_ status: cre2_status, _ part: String) -> TextPatternError.Problem {
        switch status {
        case CRE2_ESCAPE: .syntax(.escape, part)
        case CRE2_CLASS: .syntax(.characterClass, part)
        // RE2 calls an unknown class a bad range, too.
        case CRE2_RANGE: .syntax(part.hasPrefix("\\") || part.hasPrefix("[:") ? .characterClass : .range, part)
        case CRE2_BRACKET: .syntax(.bracket, part)
        case CRE2_PARENTHESIS: .syntax(.parenthesis, part)
        case CRE2_NOTHING_TO_REPEAT: .syntax(.nothingToRepeat, part)
        case CRE2_REPETITION: .tooManyRepetitions(part)
        case CRE2_GROUP: .syntax(.group, part)
        case CRE2_TOO_LARGE: .tooComplex
        default: .syntax(.other, part)
        }
    }
}

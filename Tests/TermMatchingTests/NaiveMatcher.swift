import ChineseText
import TermMatching

/// Finds terms by trying every one at every place, straight from the definition of a match.
///
/// It decodes by the arithmetic of UTF-8 instead of its byte table, and takes from the module under test only what a
/// single code point folds to.
struct NaiveMatcher {
    /// One folded scalar of a text.
    private struct Symbol {
        var scalar: UInt32
        var start: Int32
        /// -1 unless it is the last of its code point.
        var end: Int32
        var isFirst: Bool
    }

    private static let noScalar = UInt32.max
    /// For each code point met so far, where its folding begins in `foldings`; -1 for others.
    private var places: [Int32] = .init(repeating: -1, count: 0x110000)
    /// Foldings, each behind its length.
    private var foldings: [UInt32] = []
    private var terms: [[UInt32]] = []
    private var symbols: [Symbol] = []

    init(_ terms: [String] = []) { look(for: terms) }

    /// Changes the terms.
    mutating func look(for terms: [String]) { look(for: Self.folded(terms)) }

    /// Changes the terms to some that are folded already, which allocates nothing.
    mutating func look(for terms: [[UInt32]]) { self.terms = terms }

    static func folded(_ terms: [String]) -> [[UInt32]] {
        terms.map { FoldedText($0).symbols.map { $0.scalar!.value } }
    }

    /// The matches of `terms` in `bytes`, sorted as a scan reports them.
    static func scan(_ bytes: [UInt8], _ terms: [String]) -> [TermMatch] {
        var matcher = NaiveMatcher(terms)
        return matcher.scan(bytes)
    }

    /// The matches in `bytes`, sorted as a scan reports them.
    mutating func scan(_ bytes: [UInt8]) -> [TermMatch] {
        var matches: [TermMatch] = []
        bytes.withUnsafeBufferPointer { scan($0, into: &matches) }
        return matches
    }

    /// The same, appended to `matches`, which must be empty. Allocates only for what it has not met before.
    mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, into matches: inout [TermMatch]) {
        decode(bytes)
        symbols.withUnsafeBufferPointer { symbols in
            var start = 0
            while start < symbols.count {
                if symbols[start].isFirst {
                    var term = 0
                    while term < terms.count {
                        terms[term].withUnsafeBufferPointer { wanted in
                            if let end = Self.end(of: wanted, in: symbols, from: start) {
                                matches.append(
                                    TermMatch(term: TermID(term), start: symbols[start].start, end: end))
                            }
                        }
                        term += 1
                    }
                }
                start += 1
            }
        }
        if matches.count > 1 { matches.sort { ($0.end, $0.start, $0.term) < ($1.end, $1.start, $1.term) } }
    }

    private static func end(
        of term: UnsafeBufferPointer<UInt32>, in symbols: UnsafeBufferPointer<Symbol>, from start: Int
    ) -> Int32? {
        guard symbols[start].scalar == term[0], start + term.count <= symbols.count else { return nil }
        var place = 1
        while place < term.count {
            if symbols[start + place].scalar != term[place] { return nil }
            place += 1
        }
        let end = symbols[start + term.count - 1].end
        return end < 0 ? nil : end
    }

    private mutating func decode(_ bytes: UnsafeBufferPointer<UInt8>) {
        symbols.removeAll(keepingCapacity: true)
        var offset = 0
        while offset < bytes.count {
            let (scalar, length) = Self.decode(bytes, offset)
            let (start, end) = (Int32(offset), Int32(offset + length))
            offset += length
            if scalar == Self.noScalar {
                symbols.append(Symbol(scalar: scalar, start: start, end: end, isFirst: true))
                continue
            }
            let place = place(of: scalar)
            let count = Int(foldings[place])
            var number = 0
            while number < count {
                symbols.append(
                    Symbol(
                        scalar: foldings[place + 1 + number], start: start, end: number == count - 1 ? end : -1,
                        isFirst: number == 0))
                number += 1
            }
        }
    }

    private mutating func place(of scalar: UInt32) -> Int {
        if places[Int(scalar)] < 0 {
            let folded = FoldedText(String(Character(Unicode.Scalar(scalar)!))).symbols
            places[Int(scalar)] = Int32(foldings.count)
            foldings.append(UInt32(folded.count))
            foldings += folded.map { $0.scalar!.value }
        }
        return Int(places[Int(scalar)])
    }

    /// A byte that is no part of a well-formed code point is a symbol by itself: no match has one, however many.
    private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> (scalar: UInt32, length: Int) {
        let lead = bytes[offset]
        if lead < 0x80 { return (UInt32(lead), 1) }
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        guard lead >= 0xC0, lead < 0xF8, offset + length <= bytes.count else { return (noScalar, 1) }
        var scalar = UInt32(lead) & (0x7F >> UInt32(length))
        var place = 1
        while place < length {
            let byte = bytes[offset + place]
            if byte < 0x80 || byte > 0xBF { return (noScalar, 1) }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
            place += 1
        }
        let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
        if scalar < least || scalar > 0x10FFFF || (scalar >= 0xD800 && scalar <= 0xDFFF) { return (noScalar, 1) }
        return (scalar, length)
    }
}

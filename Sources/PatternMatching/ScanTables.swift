import CSymbolScan

/// The tables of a set of terms, as the kernels want them.
///
/// Unchecked, because the memory is written by `init` alone and only read afterwards.
final class ScanTables: @unchecked Sendable {
    let map: SymbolMap
    let terms: TermTable
    /// All terms of two symbols and more, if some of them are not in `terms` or there are few of them.
    let automaton: Automaton?
    /// Symbols of the longest term, 0 if there is none.
    let longest: Int
    let tables: UnsafeMutablePointer<csymbol_tables>
    private let pairs: SymbolFilter
    private let fewPairs: UnsafeMutablePointer<UInt32>?
    private let triples: SymbolFilter

    /// - Parameters:
    ///   - symbols: The symbol of each folded scalar that is in a term.
    ///   - terms: The symbols of each term, in reading order.
    ///   - singles: Every term of one symbol has one from 1 to `singles`.
    init(symbols: [UInt32: UInt32], terms: TermSymbols, singles: UInt32) {
        var listed = [[UInt32]](repeating: [], count: symbols.count + 1)
        map = SymbolMap(symbols, singles: singles) { codePoint, symbol in listed[Int(symbol)].append(codePoint) }
        self.terms = TermTable(terms, singles: singles)
        automaton =
            self.terms.needsAutomaton || terms.count <= Self.alwaysWithAutomaton
            ? Automaton(terms, symbolCount: symbols.count + 1) : nil
        longest = (0..<terms.count).reduce(0) { max($0, terms[$1].count) }
        (pairs, fewPairs, triples) = Self.filters(terms, listed)
        tables = .allocate(capacity: 1)
        tables.initialize(
            to: csymbol_tables(
                map: map.basicPlane, pages: map.specialPages, astral_pages: map.usedAstralPages, pairs: pairs.words,
                few_pairs: fewPairs.map { UnsafePointer($0) }, triples: triples.words, pair_shift: pairs.shift,
                triple_shift: triples.shift, singles: singles, slots: self.terms.slots, slot_mask: self.terms.slotMask,
                records: self.terms.records,
                branches: self.terms.branches, single_spans: self.terms.singleSpans))
    }

    /// So few terms have an automaton in any case: it is small, and bounds the time for terms that nest a little.
    private static let alwaysWithAutomaton = 4096

    deinit {
        tables.deallocate()
        fewPairs?.deallocate()
    }

    /// Bytes of all tables.
    var byteCount: Int {
        0x10000 * 4 + 0x1000 * 4 + terms.byteCount + (automaton?.byteCount ?? 0) + pairs.byteCount + triples.byteCount
    }

    /// The pair filter knows code points, so it gets each spelling of a pair; the triple filter knows symbols.
    private static func filters(
        _ terms: TermSymbols, _ listed: [[UInt32]]
    ) -> (SymbolFilter, UnsafeMutablePointer<UInt32>?, SymbolFilter) {
        var pairs: Set<UInt64> = []
        for term in 0..<terms.count {
            let symbols = terms[term].suffix(2)
            guard symbols.count == 2 else { continue }
            pairs.insert(UInt64(symbols.first!) << 32 | UInt64(symbols.last!))
        }
        // Measured (bench/matching): wide while it fits a near cache, narrow beyond.
        let pairFilter = SymbolFilter(
            expecting: pairs.count, bitsEach: pairs.count < 2048 ? 128 : pairs.count < 32_768 ? 64 : 32)
        var hashes: [UInt32] = []
        for pair in pairs {
            for first in listed[Int(pair >> 32)] {
                for second in listed[Int(pair & 0xFFFF_FFFF)] { hashes.append(csymbol_pair_hash(first, second)) }
            }
        }
        for hash in hashes { pairFilter.insert(hash) }
        let tripleFilter = SymbolFilter(expecting: terms.count, bitsEach: 64)
        for term in 0..<terms.count {
            let symbols = terms[term].suffix(3)
            guard symbols.count >= 2 else { continue }
            let (last, first) = (symbols.endIndex - 1, symbols.startIndex)
            tripleFilter.insert(
                symbols.count == 2
                    ? csymbol_two_hash(symbols[first], symbols[last])
                    : csymbol_three_hash(symbols[first], symbols[last - 1], symbols[last]))
        }
        return (pairFilter, SymbolFilter.few(hashes), tripleFilter)
    }
}

/// The code that reads text for a `TermIndex`. All give the same matches.
package enum ScanKernel: String, CaseIterable, Sendable {
    /// Any machine.
    case portable
    /// x86-64 with AVX-512 VBMI2 (Ice Lake, Zen 4 and later).
    case avx512
    /// Folding code point by code point, for every text: what the others leave to it, and their oracle.
    case general

    /// The fastest that this machine has.
    package static let best: ScanKernel = csymbol_has_avx512() ? .avx512 : .portable
    /// Those that this machine can run.
    package static var available: [ScanKernel] { allCases.filter { $0 != .avx512 || csymbol_has_avx512() } }
}

import CTermScan

/// The tables of a set of terms, as the kernels want them.
///
/// Unchecked, because the memory is written by `init` alone and only read afterwards.
final class ScanTables: @unchecked Sendable {
    let map: SymbolMap
    let terms: SuffixTable
    /// All terms of two symbols and more, if some of them are not in `terms`, or the set allows adversarial input, or
    /// there are few of them.
    let automaton: Automaton?
    /// Symbols of the longest term, 0 if there is none.
    let longest: Int
    let tables: UnsafeMutablePointer<cterm_tables>
    private let filters: Prefilter
    /// For each symbol the code point by which the filters of a large set know it.
    private let codes: UnsafeMutablePointer<UInt32>

    /// - Parameters:
    ///   - symbols: The symbol of each folded scalar that is in a term.
    ///   - terms: The symbols of each term, in reading order.
    ///   - singles: Every term of one symbol has one from 1 to `singles`.
    ///   - isLarge: Whether the filters are those of a large set; nil leaves it to their number.
    init(symbols: [UInt32: UInt32], terms: TermSymbols, singles: UInt32, isLarge: Bool?) {
        var listed = [[UInt32]](repeating: [], count: symbols.count + 1)
        map = SymbolMap(symbols, singles: singles) { codePoint, symbol in listed[Int(symbol)].append(codePoint) }
        var isLetter = [Bool](repeating: false, count: symbols.count + 1)
        for (scalar, symbol) in symbols where (0x61...0x7A).contains(scalar) { isLetter[Int(symbol)] = true }
        self.terms = SuffixTable(terms, singles: singles, isLetter: isLetter)
        automaton =
            self.terms.needsAutomaton || self.terms.allowsAdversarialInput || terms.count <= Self.alwaysWithAutomaton
            ? Automaton(terms, symbolCount: symbols.count + 1) : nil
        longest = (0..<terms.count).reduce(0) { max($0, terms[$1].count) }
        codes = .allocate(capacity: listed.count)
        codes[0] = CTERM_NO_CODE
        for (scalar, symbol) in symbols {
            codes[Int(symbol)] = scalar
            // No kernel meets it, but the general reader does.
            if scalar >= 0x10000 { listed[Int(symbol)].append(scalar) }
        }
        filters = Prefilter(terms, spellings: listed, isLarge: isLarge)
        tables = .allocate(capacity: 1)
        tables.initialize(
            to: cterm_tables(
                map: map.basicPlane, pages: map.irregularPages, astral_pages: map.usedAstralPages,
                pairs: filters.pairs.words, few_pairs: filters.fewPairs.map { UnsafePointer($0) },
                triples: filters.triples.words, pair_shift: filters.pairs.shift,
                triple_shift: filters.triples.shift, is_large: filters.isLarge, codes: codes, singles: singles,
                slots: self.terms.slots, slot_mask: self.terms.slotMask,
                records: self.terms.records,
                branches: self.terms.branches, single_spans: self.terms.singleSpans))
    }

    /// So few terms have an automaton in any case: it is small, and bounds the time for terms that nest a little.
    private static let alwaysWithAutomaton = 4096

    deinit {
        tables.deallocate()
        codes.deallocate()
    }

    /// Bytes of all tables.
    var byteCount: Int {
        0x10000 * 4 + 0x1000 * 4 + terms.byteCount + (automaton?.byteCount ?? 0) + filters.byteCount
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
    package static let best: ScanKernel = cterm_has_avx512() ? .avx512 : .portable
    /// Those that this machine can run.
    package static var available: [ScanKernel] { allCases.filter { $0 != .avx512 || cterm_has_avx512() } }
}

import CTermScan
import ChineseText

/// The terms that tolerate gaps, fillers or other characters of the same sound.
///
/// A prefilter (`fuzzy_scan.h`) tells where one may end; what passes is held against the term symbol by symbol
/// (`FuzzyAlignment`), on the text as it is: that decides, and says what differs.
///
///     terms     grouped by bucket, in blocks of sixteen     治疗吧  止痒膏 …
///     pairs     terms of two that are matched by sound      (zhi, liao) ─> 治疗, 止疗
///
/// Terms of two are most of what is heard: so they have a table of their own, exact for two sounds.
struct FuzzyTerms {
    /// The longest term that is searched for, in symbols.
    static let maxSymbols = 16

    let tables: FuzzyTables
    let byteCount: Int

    /// nil if no term is fuzzy.
    init?(_ given: [Term], _ patterns: TermSymbols, confusions: SoundConfusions) {
        var keys = MatchKeys(confusions: confusions)
        var long: [(term: FuzzyTerm, pattern: BucketMasks.Pattern)] = []
        var two: [FuzzyTerm] = []
        var scalars: [UInt32] = []
        for (number, term) in given.enumerated() where term.tolerance.isFuzzy {
            let symbols = patterns[number]
            guard symbols.count > 1, symbols.count <= Self.maxSymbols else { continue }
            let fuzzy = FuzzyTerm(
                term: TermID(number), first: Int32(scalars.count), count: Int32(symbols.count),
                tolerance: term.tolerance)
            scalars += symbols
            if Self.isPair(symbols, term.tolerance, keys) {
                two.append(fuzzy)
            } else {
                long.append((fuzzy, Self.pattern(of: Array(symbols), term.tolerance, &keys)))
            }
        }
        if long.isEmpty && two.isEmpty { return nil }
        let masks = BucketMasks(long.map(\.pattern), keys)
        let all = long.map(\.term.tolerance) + two.map(\.tolerance)
        let skipsFillers = all.contains(where: \.fillers)
        let classes = CharacterClasses(
            masks, keys, skipsSigns: all.contains { $0.gaps > 0 }, skipsFillers: skipsFillers)
        let grouped = Groups(long, by: masks.buckets)
        let terms = Self.copied(grouped.terms + two)
        let symbols = Self.copied(scalars)
        let (pairs, latinPairs, usualPairs) = Self.pairs(two, from: grouped.terms.count, scalars, keys)
        let groupPairs = Self.groupPairs(long.map(\.pattern), usualPairs, keys)
        let deadPairs = DeadPairs(pairs, of: terms, keys)
        let prefilter = UnsafeMutablePointer<fuzzy_tables>.allocate(capacity: 1)
        prefilter.initialize(
            to: fuzzy_tables(
                map: classes.map, classes: classes.classes, signatures: classes.signatures, pairs: groupPairs.cells,
                blocks: grouped.blocks))
        tables = FuzzyTables(
            prefilter: prefilter, classes: classes, terms: terms, count: grouped.terms.count + two.count,
            firstBlocks: Self.copied(grouped.firstBlocks), blocks: grouped.blocks, scalars: symbols,
            canonical: Self.copied(keys.canonical), groupPairs: groupPairs, pairs: pairs, latinPairs: latinPairs,
            deadPairs: deadPairs,
            hasPairs: !two.isEmpty, skipsFillers: skipsFillers)
        byteCount =
            classes.byteCount + groupPairs.byteCount + pairs.byteCount + latinPairs.byteCount + deadPairs.byteCount
            + scalars.count * 4
            + tables.count * MemoryLayout<FuzzyTerm>.stride
            + grouped.terms.count / 16 * MemoryLayout<fuzzy_block>.stride
    }

    private static func copied<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(elements.count, 1))
        memory.initialize(from: elements, count: elements.count)
        return memory
    }

    /// Terms by bucket, in the order given, in blocks of sixteen.
    private struct Groups {
        var terms: [FuzzyTerm] = []
        var firstBlocks: [UInt32] = []
        let blocks: UnsafeMutablePointer<fuzzy_block>

        init(_ given: [(term: FuzzyTerm, pattern: BucketMasks.Pattern)], by buckets: [UInt8]) {
            var members = [[Int]](repeating: [], count: BucketMasks.count)
            for (number, bucket) in buckets.enumerated() { members[Int(bucket)].append(number) }
            var signatures: [[UInt32]] = []
            for numbers in members {
                firstBlocks.append(UInt32(terms.count / 16))
                for number in numbers {
                    terms.append(given[number].term)
                    signatures.append(FuzzyTerms.signatures(of: given[number].pattern))
                }
                while terms.count % 16 != 0 {
                    terms.append(FuzzyTerm(term: FuzzyTerm.none, first: 0, count: 0, tolerance: Tolerance()))
                    signatures.append([0, 0, 0, 0])
                }
            }
            let count = terms.count / 16
            firstBlocks.append(UInt32(count))
            blocks = UnsafeMutableRawPointer.allocate(
                byteCount: max(count, 1) * MemoryLayout<fuzzy_block>.stride, alignment: 64
            ).bindMemory(to: fuzzy_block.self, capacity: max(count, 1))
            UnsafeMutableRawPointer(blocks).withMemoryRebound(to: UInt32.self, capacity: count * 64) { words in
                for (number, signature) in signatures.enumerated() {
                    for depth in 0..<4 { words[number / 16 * 64 + depth * 16 + number % 16] = signature[depth] }
                }
            }
        }
    }

    /// The tables of terms of two, which have numbers from `first` on.
    private static func pairs(
        _ two: [FuzzyTerm], from first: Int, _ scalars: [UInt32], _ keys: MatchKeys
    ) -> (usual: PairTable, latin: PairTable, usualKeys: GroupPairs.Keys) {
        var usual = PairTable.Builder()
        var latin = PairTable.Builder()
        var keys = keys
        for (number, term) in two.enumerated() {
            let (before, last) = (scalars[Int(term.first)], scalars[Int(term.first) + 1])
            let index = Int32(first + number)
            usual.add(index, keys.usualKey(of: before)!, keys.usualKey(of: last)!)
            for lastKey in keys.keys(of: last, bySound: true, hasInitials: true) {
                // Two initials alone score too little.
                for beforeKey in keys.keys(of: before, bySound: true, hasInitials: lastKey < MatchKeys.firstInitial) {
                    latin.add(index, beforeKey, lastKey)
                }
            }
        }
        return (PairTable(usual), PairTable(latin), usual.keys)
    }

    /// What the prefilter knows of two characters side by side.
    private static func groupPairs(
        _ long: [BucketMasks.Pattern], _ usualPairs: GroupPairs.Keys, _ keys: MatchKeys
    ) -> GroupPairs {
        let groups = ReadingGroups.shared
        let groupsOfKey = groups.byKey(keys)
        var (lasts, thirds, twos) = (GroupPairs.Keys(), GroupPairs.Keys(), GroupPairs.Keys())
        for pattern in long {
            let (before, last) = (pattern.soundKeys(1), pattern.soundKeys(0))
            if pattern.keys.count == 2 {
                twos.add(before: before, last: last)
            } else {
                lasts.add(before: before, last: last)
                thirds.add(before: pattern.soundKeys(2), last: before)
            }
        }
        let pairs = GroupPairs()
        pairs.set(FUZZY_CELL_PAIR, for: usualPairs, groups.byUsualKey(keys))
        pairs.set(FUZZY_CELL_LAST, for: lasts, groupsOfKey)
        pairs.set(FUZZY_CELL_THIRD, for: thirds, groupsOfKey)
        pairs.set(FUZZY_CELL_TWO, for: twos, groupsOfKey)
        return pairs
    }

    /// Whether a term is found by its two sounds alone: it is heard only where both characters are read as usual, since it
    /// would score too little otherwise.
    private static func isPair(_ symbols: some Collection<UInt32>, _ tolerance: Tolerance, _ keys: MatchKeys) -> Bool {
        symbols.count == 2 && tolerance.sounds && tolerance.leastScore > ContextCheck.scoreOfRareTwo
            && symbols.allSatisfy { keys.usualKey(of: $0) != nil }
    }

    private static func pattern(
        of symbols: [UInt32], _ tolerance: Tolerance, _ keys: inout MatchKeys
    ) -> BucketMasks.Pattern {
        let ends = symbols.suffix(Int(FUZZY_DEPTH)).reversed().map {
            keys.keys(of: $0, bySound: tolerance.sounds, hasInitials: true)
        }
        var wildcards: UInt8 = 0
        // Not in place of the first symbol, nor of the last.
        if tolerance.fillers {
            for depth in 1..<4 where depth < symbols.count - 1 { wildcards |= 1 << UInt8(depth) }
        }
        return .init(keys: ends, wildcards: wildcards)
    }

    private static func signatures(of pattern: BucketMasks.Pattern) -> [UInt32] {
        (0..<Int(FUZZY_DEPTH)).map { depth in
            guard depth < pattern.keys.count else { return FUZZY_SIGNATURE_NOTHING }
            let isWildcard = pattern.wildcards >> UInt8(depth) & 1 != 0
            return Signature.of(pattern.keys[depth]) | (isWildcard ? FUZZY_SIGNATURE_WILDCARD : 0)
        }
    }
}

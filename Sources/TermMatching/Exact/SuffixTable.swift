import CTermScan

/// The terms read backwards, sorted, so that the terms that end alike stand together.
///
///     terms   0 根治  1 治  2 能根治  3 糖尿病        backwards      sorted records
///                                                  治根           0: 治      (term 1)
///                                                  治             1: 治根     (term 0)
///                                                  治根能         2: 治根能    (term 2)
///                                                  病尿糖         3: 病尿糖    (term 3)
///
///     slot (治, 根) ──> records 1 and 2     slot (病, 尿) ──> record 3
///
/// One look-up with the last two symbols gives the few terms that can end here, and their symbols are compared one by
/// one. Where more than `leafSize` terms stand together they are split by their next symbol through the same table, down
/// to `maxDepth` symbols from the end; so the work at one place is `maxDepth` look-ups and `leafSize` comparisons at most.
///
/// Terms that do not fit that have no record: their last two symbols lead to the `Automaton`, and with them all terms that
/// end so. Such are terms longer than `maxLength`, and those of which more than `leafSize` share their last `maxDepth`
/// symbols. One of them takes an automaton of the whole set, which doubles its size and the time to make it, so
/// `maxDepth` is as deep as real terms go: of 100,000 dictionary words five share their last six symbols, none more.
///
/// Unchecked, because the memory is written by `init` alone and only read afterwards.
final class SuffixTable: @unchecked Sendable {
    static let maxDepth = 8
    static let leafSize = 4
    /// Symbols of the longest term compared here: as many as one code point folds to at most.
    static let maxLength = 18

    /// One term in `records`: two words, and its symbols behind them, last one first.
    struct Record {
        let words: UnsafePointer<UInt32>
        @inline(__always) var term: Int32 { Int32(bitPattern: words[0]) }
        @inline(__always) var count: Int { Int(words[1] & 0xFF) }
        @inline(__always) subscript(place: Int) -> UInt32 { words[2 + place] }
        /// Whether its third and fourth symbol from the end, if it has them, are these, the third in the lower half.
        @inline(__always) func hasTail(_ tail: UInt64) -> Bool {
            let own = UnsafeRawPointer(words + 4).loadUnaligned(as: UInt64.self)
            // What a short one has not is shifted out: 64 bits, by half of them twice.
            let half = UInt64(words[1] &>> 8)
            return ((own ^ tail) &<< half) &<< half == 0
        }
        /// The second word.
        static func shape(count: Int) -> UInt32 { UInt32(count | (4 - min(max(count, 2), 4)) * 16 << 8) }
        @inline(__always) var next: Record { Record(words: words + 2 + count) }
    }

    let slots: UnsafeMutablePointer<cterm_slot>
    let slotMask: UInt64
    let records: UnsafeMutablePointer<UInt32>
    let branches: UnsafeMutablePointer<cterm_branch>
    /// For each symbol from 1 to `singles`, the terms of one symbol.
    let singleSpans: UnsafeMutablePointer<cterm_span>
    /// Whether there are terms that only the automaton finds.
    let needsAutomaton: Bool
    /// Whether a text exists in which position after position is a candidate.
    let allowsAdversarialInput: Bool
    let byteCount: Int

    /// - Parameters:
    ///   - terms: The symbols of each term, in reading order.
    ///   - singles: Every term of one symbol has one from 1 to `singles`.
    ///   - isLetter: For each symbol whether it is a letter of ASCII.
    init(_ terms: TermSymbols, singles: UInt32, isLetter: [Bool]) {
        var overlap = SuffixOverlapCheck(isLetter: isLetter)
        let sorted = SortedTerms(terms, &overlap)
        needsAutomaton = !sorted.automatonPairs.isEmpty
        allowsAdversarialInput = overlap.allowsAdversarialInput
        var builder = SlotBuilder(sorted: sorted)
        singleSpans = .allocate(capacity: Int(singles) + 1)
        singleSpans.initialize(repeating: cterm_span(first: 0, count: 0), count: Int(singles) + 1)
        builder.build(singleSpans)
        records = .allocate(capacity: sorted.records.count + 4)
        records.initialize(from: sorted.records, count: sorted.records.count)
        (records + sorted.records.count).initialize(repeating: 0, count: 4)
        branches = .allocate(capacity: max(builder.branches.count, 1))
        branches.initialize(from: builder.branches, count: builder.branches.count)
        var slotCount: UInt64 = 16
        while slotCount < builder.slots.count * 2 { slotCount *= 2 }
        slotMask = slotCount - 1
        slots = .allocate(capacity: Int(slotCount))
        slots.initialize(repeating: cterm_slot(key: .max, first: 0, count: 0), count: Int(slotCount))
        for slot in builder.slots {
            // The third symbol is no part of a pair's key.
            let key = slot.key >> 63 == 1 ? slot.key : slot.key & ~(1 << UInt64(CTERM_BITS) - 1)
            var index = cterm_slot_hash(key) & slotMask
            while slots[Int(index)].key != .max { index = (index + 1) & slotMask }
            slots[Int(index)] = slot
        }
        byteCount =
            Int(slotCount) * MemoryLayout<cterm_slot>.stride + sorted.records.count * 4
            + builder.branches.count * MemoryLayout<cterm_branch>.stride
    }

    deinit {
        slots.deallocate()
        records.deallocate()
        branches.deallocate()
        singleSpans.deallocate()
    }
}

/// The symbols of many terms in one block of memory.
struct TermSymbols {
    private(set) var symbols: [UInt32] = []
    private(set) var ends: [Int] = []

    var count: Int { ends.count }
    subscript(term: Int) -> ArraySlice<UInt32> { symbols[(term == 0 ? 0 : ends[term - 1])..<ends[term]] }

    /// Adds a symbol to the term that is being written.
    mutating func append(_ symbol: UInt32) { symbols.append(symbol) }
    /// Ends the term that is being written.
    mutating func endTerm() { ends.append(symbols.count) }
    /// How many symbols the term that is being written has.
    var pending: Int { symbols.count - (ends.last ?? 0) }

    mutating func reserve(terms: Int) {
        ends.reserveCapacity(terms)
        symbols.reserveCapacity(terms * 4)
    }

    /// Replaces every symbol.
    mutating func map(_ transform: (UInt32) -> UInt32) {
        for index in symbols.indices { symbols[index] = transform(symbols[index]) }
    }
}

/// The records of a `SuffixTable` in order.
private struct SortedTerms {
    var records: [UInt32] = []
    /// Where each record begins, and its number of symbols.
    var places: [(word: UInt32, count: Int)] = []
    /// The last two symbols of the terms that have no record.
    var automatonPairs: [UInt64] = []

    private struct Item {
        /// The first three symbols from the end, 21 bits each: settles nearly every comparison.
        var key: UInt64
        /// Where in the symbols of all terms it ends.
        var end: Int
        var count: Int
        var term: Int
        /// The last two symbols.
        var pair: UInt64 { key >> 21 }
    }

    init(_ terms: TermSymbols, _ overlap: inout SuffixOverlapCheck) {
        let items = Self.sorted(terms)
        Self.addSuffixes(items, &overlap)
        records.reserveCapacity(terms.symbols.count + 2 * terms.count)
        places.reserveCapacity(terms.count)
        var first = 0
        while first < items.count {
            var end = first + 1
            while end < items.count, items[end].pair == items[first].pair { end += 1 }
            if Self.needAutomaton(items[first..<end], terms.symbols) {
                let last = items[first].end
                automatonPairs.append(cterm_pair_key(terms.symbols[last - 1], terms.symbols[last - 2]))
            } else {
                for item in items[first..<end] { append(item, terms.symbols) }
            }
            first = end
        }
    }

    private mutating func append(_ item: Item, _ symbols: [UInt32]) {
        places.append((UInt32(records.count), item.count))
        records.append(UInt32(item.term))
        records.append(SuffixTable.Record.shape(count: item.count))
        for place in 0..<item.count { records.append(symbols[item.end - 1 - place]) }
    }

    private static func sorted(_ terms: TermSymbols) -> [Item] {
        var items: [Item] = []
        items.reserveCapacity(terms.count)
        for term in 0..<terms.count {
            let whole = terms[term]
            var key: UInt64 = 0
            for place in 0..<3 {
                key = key << 21 | (place < whole.count ? UInt64(whole[whole.endIndex - 1 - place]) : 0)
            }
            items.append(Item(key: key, end: whole.endIndex, count: whole.count, term: term))
        }
        terms.symbols.withUnsafeBufferPointer { symbols in
            // Of equal terms the last comes first, as matches of one end are collected backwards. Further symbols than
            // `maxLength` are the automaton's.
            items.sort { left, right in
                if left.key != right.key { return left.key < right.key }
                var place = 3
                while place < left.count, place < right.count, place < SuffixTable.maxLength {
                    let (a, b) = (symbols[left.end - 1 - place], symbols[right.end - 1 - place])
                    if a != b { return a < b }
                    place += 1
                }
                return (left.count, right.term) < (right.count, left.term)
            }
        }
        return items
    }

    private static func addSuffixes(_ items: [Item], _ overlap: inout SuffixOverlapCheck) {
        var first = 0
        while first < items.count {
            var end = first + 1
            while end < items.count, items[end].key == items[first].key { end += 1 }
            overlap.append(items[first].key, terms: end - first)
            first = end
        }
    }

    /// Whether terms that end with the same two symbols, or are one and the same symbol, are for the automaton.
    private static func needAutomaton(_ items: ArraySlice<Item>, _ symbols: [UInt32]) -> Bool {
        guard let first = items.first, first.pair & 0x1F_FFFF != 0 else { return false }
        if items.contains(where: { $0.count > SuffixTable.maxLength }) { return true }
        var alike = 0
        var before: Item?
        for item in items where item.count >= SuffixTable.maxDepth {
            let isAlike = before.map { endAlike($0.end, item.end, symbols) } ?? false
            alike = isAlike ? alike + 1 : 1
            if alike > SuffixTable.leafSize { return true }
            before = item
        }
        return false
    }

    /// Whether the `maxDepth` symbols before two places are the same.
    private static func endAlike(_ left: Int, _ right: Int, _ symbols: [UInt32]) -> Bool {
        symbols[left - SuffixTable.maxDepth..<left] == symbols[right - SuffixTable.maxDepth..<right]
    }
}

/// Makes the slots and branches over sorted records.
private struct SlotBuilder {
    let sorted: SortedTerms
    var slots: [cterm_slot] = []
    var branches: [cterm_branch] = []
    private var pending: [(range: Range<Int>, depth: Int, branch: Int)] = []

    init(sorted: SortedTerms) { self.sorted = sorted }

    private func symbol(_ number: Int, _ place: Int) -> UInt32 {
        sorted.records[Int(sorted.places[number].word) + 2 + place]
    }

    /// Calls `body` with each run of terms in `range` that have the same symbol at `place`.
    private func runs(in range: Range<Int>, at place: Int) -> [(symbol: UInt32, run: Range<Int>)] {
        var runs: [(UInt32, Range<Int>)] = []
        var first = range.lowerBound
        while first < range.upperBound {
            let symbol = symbol(first, place)
            var end = first + 1
            while end < range.upperBound, self.symbol(end, place) == symbol { end += 1 }
            runs.append((symbol, first..<end))
            first = end
        }
        return runs
    }

    /// How many terms at the beginning of `range` have no symbol at `place`.
    private func complete(in range: Range<Int>, at place: Int) -> Int {
        var first = range.lowerBound
        while first < range.upperBound, sorted.places[first].count <= place { first += 1 }
        return first - range.lowerBound
    }

    /// The slot of two symbols that end one term only, if it has no more than three: then the slot is the term.
    private func only(_ range: Range<Int>, _ last: UInt32, _ before: UInt32) -> cterm_slot? {
        guard range.count == 1, let number = range.first, sorted.places[number].count <= 3 else { return nil }
        let isThree = sorted.places[number].count == 3
        let key = cterm_pair_key(last, before) | UInt64(isThree ? symbol(number, 2) : 0)
        let term = sorted.records[Int(sorted.places[number].word)]
        return cterm_slot(key: key, first: term, count: isThree ? CTERM_THREE : CTERM_TWO)
    }

    private mutating func slot(_ key: UInt64, _ range: Range<Int>, _ depth: Int) -> cterm_slot {
        let word = sorted.places[range.lowerBound].word
        if range.count <= SuffixTable.leafSize {
            return cterm_slot(key: key, first: word, count: UInt32(range.count))
        }
        pending.append((range, depth, branches.count))
        branches.append(cterm_branch(first: word, complete: 0, depth: UInt32(depth)))
        return cterm_slot(key: key, first: UInt32(branches.count - 1), count: CTERM_BRANCH)
    }

    mutating func build(_ singleSpans: UnsafeMutablePointer<cterm_span>) {
        slots.reserveCapacity(sorted.places.count)
        for pair in sorted.automatonPairs {
            slots.append(cterm_slot(key: pair, first: 0, count: CTERM_AUTOMATON))
        }
        for (last, run) in runs(in: 0..<sorted.places.count, at: 0) {
            let alone = complete(in: run, at: 1)
            if alone > 0 {
                singleSpans[Int(last)] = .init(first: sorted.places[run.lowerBound].word, count: UInt32(alone))
            }
            for (before, pair) in runs(in: run.dropFirst(alone), at: 1) {
                slots.append(only(pair, last, before) ?? slot(cterm_pair_key(last, before), pair, 2))
            }
        }
        while let (range, depth, branch) = pending.popLast() {
            let done = complete(in: range, at: depth)
            branches[branch].complete = UInt32(done)
            for (symbol, run) in runs(in: range.dropFirst(done), at: depth) {
                slots.append(slot(cterm_branch_key(UInt32(branch), symbol), run, depth + 1))
            }
        }
    }
}

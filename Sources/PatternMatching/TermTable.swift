import CSymbolScan

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
/// one. Where more than `leafSize` terms stand together they are split by their next symbol, again and again, through
/// the same table; so no more than `leafSize` are ever compared and no look-up goes deeper than `maxDepth`.
///
/// A term longer than `maxDepth` symbols stands here with its last `maxDepth` symbols only. When those are met, the text
/// is handed to `LongTerms`, which finds such terms in one pass however they are built. So of all that end with the same
/// `maxDepth` symbols one has a record.
///
/// Unchecked, because the memory is written by `init` alone and only read afterwards.
final class TermTable: @unchecked Sendable {
    static let maxDepth = 16
    static let leafSize = 4

    /// One term in `records`: two words, and its symbols behind them, last one first.
    struct Record {
        let words: UnsafePointer<UInt32>
        @inline(__always) var term: Int32 { Int32(bitPattern: words[0]) }
        /// Symbols compared: those of the term, `maxDepth` at most.
        @inline(__always) var count: Int { Int(words[1] & 0xFF) }
        /// Longer than `maxDepth`: a match here only says that the text may hold it.
        @inline(__always) var isLong: Bool { words[1] & Self.longFlag != 0 }
        @inline(__always) subscript(place: Int) -> UInt32 { words[2 + place] }
        @inline(__always) var next: Record { Record(words: words + 2 + count) }
        static let longFlag: UInt32 = 0x100
    }

    /// Records that stand together, or the branch that splits them.
    struct Span {
        /// The first word of the first record, or the number of the branch if `count` is `isBranch`.
        var first: UInt32
        var count: UInt32
        static let isBranch = CSYMBOL_BRANCH
        static let none = Span(first: 0, count: 0)
    }

    /// More than `leafSize` terms that begin with the same symbols.
    struct Branch {
        var first: UInt32
        /// How many are no longer than what they share; they stand first.
        var complete: UInt32
    }

    static let branchKey: UInt64 = 1 << 63

    let slots: UnsafeMutablePointer<csymbol_slot>
    let slotMask: UInt64
    let records: UnsafeMutablePointer<UInt32>
    let branches: UnsafeMutablePointer<Branch>
    /// For each symbol from 1 to `singles`, the terms of one symbol.
    let singleSpans: UnsafeMutablePointer<Span>
    let byteCount: Int

    /// - Parameters:
    ///   - terms: The symbols of each term, in reading order.
    ///   - singles: Every term of one symbol has one from 1 to `singles`.
    init(_ terms: TermSymbols, singles: UInt32) {
        let sorted = SortedTerms(terms)
        var builder = SlotBuilder(sorted: sorted)
        singleSpans = .allocate(capacity: Int(singles) + 1)
        singleSpans.initialize(repeating: .none, count: Int(singles) + 1)
        builder.build(singleSpans)
        records = .allocate(capacity: max(sorted.records.count, 1))
        records.initialize(from: sorted.records, count: sorted.records.count)
        branches = .allocate(capacity: max(builder.branches.count, 1))
        branches.initialize(from: builder.branches, count: builder.branches.count)
        var slotCount: UInt64 = 16
        while slotCount < builder.slots.count * 2 { slotCount *= 2 }
        slotMask = slotCount - 1
        slots = .allocate(capacity: Int(slotCount))
        slots.initialize(repeating: csymbol_slot(key: .max, first: 0, count: 0), count: Int(slotCount))
        for slot in builder.slots {
            var index = csymbol_slot_hash(slot.key) & slotMask
            while slots[Int(index)].key != .max { index = (index + 1) & slotMask }
            slots[Int(index)] = slot
        }
        byteCount =
            Int(slotCount) * MemoryLayout<csymbol_slot>.stride + sorted.records.count * 4
            + builder.branches.count * MemoryLayout<Branch>.stride
    }

    deinit {
        slots.deallocate()
        records.deallocate()
        branches.deallocate()
        singleSpans.deallocate()
    }

    @inline(__always)
    func record(_ word: UInt32) -> Record { Record(words: records + Int(word)) }

    @inline(__always)
    static func pairKey(_ last: UInt32, _ before: UInt32) -> UInt64 { UInt64(last) << 32 | UInt64(before) }

    @inline(__always)
    static func branchKey(_ branch: UInt32, _ symbol: UInt32) -> UInt64 {
        branchKey | UInt64(branch) << 32 | UInt64(symbol)
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

/// The records of a `TermTable` in order.
private struct SortedTerms {
    var records: [UInt32] = []
    /// Where each record begins, and its number of symbols.
    var places: [(word: UInt32, count: Int)] = []

    init(_ terms: TermSymbols) {
        struct Item {
            /// The first three symbols from the end, 21 bits each: settles nearly every comparison.
            var key: UInt64
            /// Where in the symbols of all terms it ends.
            var end: Int
            var count: Int
            var term: Int
        }
        var items: [Item] = []
        items.reserveCapacity(terms.count)
        for term in 0..<terms.count {
            let whole = terms[term]
            let count = min(whole.count, TermTable.maxDepth)
            var key: UInt64 = 0
            for place in 0..<3 { key = key << 21 | (place < count ? UInt64(whole[whole.endIndex - 1 - place]) : 0) }
            items.append(Item(key: key, end: whole.endIndex, count: count, term: term))
        }
        terms.symbols.withUnsafeBufferPointer { symbols in
            // Of equal terms the last comes first, as matches of one end are collected backwards.
            items.sort { left, right in
                if left.key != right.key { return left.key < right.key }
                var place = 3
                while place < left.count, place < right.count {
                    let (a, b) = (symbols[left.end - 1 - place], symbols[right.end - 1 - place])
                    if a != b { return a < b }
                    place += 1
                }
                return (left.count, right.term) < (right.count, left.term)
            }
        }
        records.reserveCapacity(terms.symbols.count + 2 * terms.count)
        places.reserveCapacity(terms.count)
        var lastLong: Item?
        for item in items {
            if terms[item.term].count > item.count {
                // One record tells that LongTerms must look; thousands may end with the same `maxDepth` symbols.
                if let lastLong, Self.endAlike(terms, lastLong.end, item.end) { continue }
                lastLong = item
            }
            places.append((UInt32(records.count), item.count))
            records.append(UInt32(item.term))
            records.append(UInt32(item.count) | (terms[item.term].count > item.count ? TermTable.Record.longFlag : 0))
            for place in 0..<item.count { records.append(terms.symbols[item.end - 1 - place]) }
        }
    }

    /// Whether the `maxDepth` symbols before two places are the same.
    private static func endAlike(_ terms: TermSymbols, _ left: Int, _ right: Int) -> Bool {
        terms.symbols[left - TermTable.maxDepth..<left] == terms.symbols[right - TermTable.maxDepth..<right]
    }
}

/// Makes the slots and branches over sorted records.
private struct SlotBuilder {
    let sorted: SortedTerms
    var slots: [csymbol_slot] = []
    var branches: [TermTable.Branch] = []
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

    private mutating func slot(_ key: UInt64, _ range: Range<Int>, _ depth: Int) -> csymbol_slot {
        let word = sorted.places[range.lowerBound].word
        if range.count <= TermTable.leafSize || depth >= TermTable.maxDepth {
            return csymbol_slot(key: key, first: word, count: UInt32(range.count))
        }
        pending.append((range, depth, branches.count))
        branches.append(.init(first: word, complete: 0))
        return csymbol_slot(key: key, first: UInt32(branches.count - 1), count: TermTable.Span.isBranch)
    }

    mutating func build(_ singleSpans: UnsafeMutablePointer<TermTable.Span>) {
        slots.reserveCapacity(sorted.places.count)
        for (last, run) in runs(in: 0..<sorted.places.count, at: 0) {
            let alone = complete(in: run, at: 1)
            if alone > 0 {
                singleSpans[Int(last)] = .init(first: sorted.places[run.lowerBound].word, count: UInt32(alone))
            }
            for (before, pair) in runs(in: run.dropFirst(alone), at: 1) {
                slots.append(slot(TermTable.pairKey(last, before), pair, 2))
            }
        }
        while let (range, depth, branch) = pending.popLast() {
            let done = complete(in: range, at: depth)
            branches[branch].complete = UInt32(done)
            for (symbol, run) in runs(in: range.dropFirst(done), at: depth) {
                slots.append(slot(TermTable.branchKey(UInt32(branch), symbol), run, depth + 1))
            }
        }
    }
}

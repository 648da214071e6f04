/// The terms read backwards, in one open-addressing hash, behind two bitmaps.
///
///     terms 根治, 治      node 0 ─治─> 1 {治} ─根─> 2 {根治}
///
/// Backwards, so that the matches that end at one symbol are found together, and a scan reports matches in the order
/// of their ends without sorting. An edge is a slot: node and symbol as key, the node it leads to, and the terms that
/// are complete there. The table is at most a third full.
///
/// Most symbols of a text go no further than the first bitmap: do this symbol and the one before it end a term?
/// The second asks about three symbols, or is all set for terms that have two.
///
/// Unchecked, because the memory is written by `init` alone and only read afterwards.
final class SuffixTrie: @unchecked Sendable {
    struct Slot {
        /// Node in the upper half, symbol in the lower; `noKey` in an empty slot.
        var key: UInt64
        var node: UInt32
        /// Where in `outputs` the terms complete here are listed; 0 if none.
        var output: UInt32
    }

    static let noKey = UInt64.max

    let slots: UnsafeMutablePointer<Slot>
    let slotMask: Int
    /// For each list: how many terms, then the terms in descending order.
    let outputs: UnsafeMutablePointer<Int32>
    let pairs: SymbolFilter
    let triples: SymbolFilter
    /// Symbols from 1 to this are terms by themselves.
    let singles: UInt32

    /// - Parameters:
    ///   - terms: The symbols of each term, none empty.
    ///   - singles: Every term of one symbol has one from 1 to `singles`.
    init(_ terms: [[UInt32]], singles: UInt32) {
        var builder = TrieBuilder()
        var pairKeys: Set<UInt64> = []
        for (index, term) in terms.enumerated() {
            builder.insert(term, index: index)
            if term.count > 1 { pairKeys.insert(UInt64(term[term.count - 1]) << 32 | UInt64(term[term.count - 2])) }
        }
        self.singles = singles
        pairs = SymbolFilter(expecting: pairKeys.count)
        triples = SymbolFilter(expecting: terms.count)
        for term in terms where term.count > 1 {
            let last = term[term.count - 1]
            let previous = term[term.count - 2]
            pairs.insert(SymbolFilter.hash(previous, last))
            triples.insert(
                term.count == 2
                    ? SymbolFilter.hash(previous, last)
                    : SymbolFilter.hash(term[term.count - 3], SymbolFilter.hash(previous, last)))
        }

        var slotCount = 16
        while slotCount < builder.edges.count * 3 { slotCount *= 2 }
        slotMask = slotCount - 1
        slots = .allocate(capacity: slotCount)
        slots.initialize(repeating: Slot(key: Self.noKey, node: 0, output: 0), count: slotCount)
        var lists: [Int32] = [0]
        for (key, node) in builder.edges {
            var output: UInt32 = 0
            if let terms = builder.complete[node] {
                output = UInt32(lists.count)
                lists.append(Int32(terms.count))
                lists.append(contentsOf: terms.reversed())
            }
            var index = Self.hash(key) & slotMask
            while slots[index].key != Self.noKey { index = (index + 1) & slotMask }
            slots[index] = Slot(key: key, node: node, output: output)
        }
        outputs = .allocate(capacity: lists.count)
        outputs.initialize(from: lists, count: lists.count)
    }

    deinit {
        slots.deallocate()
        outputs.deallocate()
    }

    /// The edge from a node along a symbol, or nil.
    @inline(__always)
    func edge(from node: UInt32, along symbol: UInt32) -> Slot? {
        let key = UInt64(node) << 32 | UInt64(symbol)
        var index = Self.hash(key) & slotMask
        while true {
            let slot = slots[index]
            if slot.key == key { return slot }
            if slot.key == Self.noKey { return nil }
            index = (index + 1) & slotMask
        }
    }

    @inline(__always)
    static func hash(_ key: UInt64) -> Int {
        let product = key &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: (product ^ product >> 29) >> 20)
    }
}

/// The edges of a `SuffixTrie` while it is built.
private struct TrieBuilder {
    var edges: [UInt64: UInt32] = [:]
    /// The terms that end at a node, ascending.
    var complete: [UInt32: [Int32]] = [:]

    mutating func insert(_ term: [UInt32], index: Int) {
        var node: UInt32 = 0
        for symbol in term.reversed() {
            let key = UInt64(node) << 32 | UInt64(symbol)
            if let next = edges[key] {
                node = next
            } else {
                node = UInt32(edges.count + 1)
                edges[key] = node
            }
        }
        complete[node, default: []].append(Int32(index))
    }
}

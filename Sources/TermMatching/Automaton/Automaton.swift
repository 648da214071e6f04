import CTermScan

/// Every term of a set in which some are too long for `SuffixTable`, or end too much alike: an Aho–Corasick automaton
/// (doi 10.1145/360825.360855).
///
/// It bounds the worst case: each symbol is taken once, with a failure link for each goto at most, whatever the terms and
/// the text repeat. Terms of one symbol are not in it; a scan knows those by their number.
///
///     terms aab, ab            number  children  failure  other   output
///                              0 root  1         0        –       –         goto of the root: a table by symbol
///     0 ─a─> 1 ─a─> 2 ─b─> 4   1 a     2, 3      0        –       –
///            └──b─> 3          2 aa    4         1        a ─> 2  –
///                              3 ab    –         0        –       ab
///                              4 aab   –         3        –       aab, then ab
///
/// States are numbered by depth, and the children of one stand together in order of their symbols. Nearly all have one, so
/// a goto is one comparison; those of a state with many are in a hash. Beside it each state knows where one more symbol
/// leads, the likeliest one: in a text that repeats itself nothing is looked for along failure links.
///
/// Unchecked, because the memory is written by `init` alone and only read afterwards.
final class Automaton: @unchecked Sendable {
    /// Where the automaton stands in one text.
    struct Position {
        var state: UInt32 = 0
        /// The next entry of the line to take.
        var next = 0
        var trust = Trust.unknown

        /// Whether a kernel's entries are known to be the text's symbols.
        enum Trust { case unknown, wellFormed, illFormed }
    }

    struct State {
        /// The symbol that leads here.
        var symbol: UInt32
        var firstChild: UInt32 = 0
        var childCount: UInt32 = 0
        /// The symbol of the first child; 0, which is in no term, if there is none.
        var childSymbol: UInt32 = 0
        /// A symbol that no child has, and the state behind it; 0 if none is known.
        var otherSymbol: UInt32 = 0
        var otherNext: UInt32 = 0
        var failure: UInt32 = 0
        /// Of the terms that end here the longest one's number in `outputs`; 0 if none does.
        var output: UInt32 = 0
    }

    /// Equal terms that end in a state.
    struct Output {
        /// Their number of symbols.
        var depth: UInt32
        /// They are a range of `terms`.
        var firstTerm: UInt32
        var termCount: UInt32
        /// The output link: the next shorter terms that end there; 0 if there are none.
        var next: UInt32
    }

    /// Children that are compared one by one.
    private static let mostCompared = 4

    let states: UnsafeMutablePointer<State>
    let outputs: UnsafeMutablePointer<Output>
    let terms: UnsafeMutablePointer<Int32>
    /// For each symbol the goto of the root, itself if there is none.
    private let root: UnsafeMutablePointer<UInt32>
    /// The gotos of states with many children.
    private let slots: UnsafeMutablePointer<Slot>
    private let slotMask: Int
    /// Symbols of the longest term.
    let longest: Int
    let byteCount: Int

    private struct Slot {
        /// State in the upper half, symbol in the lower.
        var key: UInt64
        var next: UInt32
    }

    /// - Parameter symbolCount: All symbols are below.
    init(_ all: TermSymbols, symbolCount: Int) {
        let trie = Trie(all)
        longest = trie.longest
        states = Self.copy(trie.states)
        outputs = Self.copy(trie.outputs)
        terms = Self.copy(trie.terms)
        root = .allocate(capacity: symbolCount)
        root.initialize(repeating: 0, count: symbolCount)
        for child in trie.children(of: 0) { root[Int(trie.states[child].symbol)] = UInt32(child) }
        var hashed: [Slot] = []
        for state in trie.states.indices.dropFirst() where trie.children(of: state).count > Self.mostCompared {
            for child in trie.children(of: state) {
                hashed.append(Slot(key: Self.key(UInt32(state), trie.states[child].symbol), next: UInt32(child)))
            }
        }
        var slotCount = 16
        while slotCount < hashed.count * 2 { slotCount *= 2 }
        slotMask = slotCount - 1
        slots = .allocate(capacity: slotCount)
        slots.initialize(repeating: Slot(key: .max, next: 0), count: slotCount)
        for slot in hashed {
            var index = Int(truncatingIfNeeded: cterm_slot_hash(slot.key)) & slotMask
            while slots[index].key != .max { index = (index + 1) & slotMask }
            slots[index] = slot
        }
        byteCount =
            trie.states.count * MemoryLayout<State>.stride + trie.outputs.count * MemoryLayout<Output>.stride
            + trie.terms.count * 4 + symbolCount * 4 + slotCount * MemoryLayout<Slot>.stride
    }

    deinit {
        states.deallocate()
        outputs.deallocate()
        terms.deallocate()
        root.deallocate()
        slots.deallocate()
    }

    private static func copy<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(elements.count, 1))
        memory.initialize(from: elements, count: elements.count)
        return memory
    }

    @inline(__always)
    private static func key(_ state: UInt32, _ symbol: UInt32) -> UInt64 { UInt64(state) << 32 | UInt64(symbol) }

    /// The state behind one more symbol.
    @inline(__always)
    func next(_ state: UInt32, _ symbol: UInt32) -> UInt32 {
        // Symbol 0 is in no term.
        if symbol == 0 { return 0 }
        var state = state
        while state != 0 {
            let here = states + Int(state)
            if here.pointee.childSymbol == symbol { return here.pointee.firstChild }
            if here.pointee.otherSymbol == symbol { return here.pointee.otherNext }
            if here.pointee.childCount > 1, let child = laterChild(of: here.pointee, state, symbol) { return child }
            state = here.pointee.failure
        }
        return root[Int(symbol)]
    }

    @inline(never)
    private func laterChild(of here: State, _ state: UInt32, _ symbol: UInt32) -> UInt32? {
        if here.childCount <= Self.mostCompared {
            return (here.firstChild + 1..<here.firstChild + here.childCount).first { states[Int($0)].symbol == symbol }
        }
        let key = Self.key(state, symbol)
        var index = Int(truncatingIfNeeded: cterm_slot_hash(key)) & slotMask
        while slots[index].key != key {
            if slots[index].key == .max { return nil }
            index = (index + 1) & slotMask
        }
        return slots[index].next
    }

    /// Takes the symbols of entries from number `first` on, until a term ends.
    ///
    /// - Returns: The number of the symbol at which a term ends, or which is a term by itself; or `end`.
    @inline(never)
    func run(
        _ state: inout UInt32, from first: Int, to end: Int, of entries: UnsafePointer<UInt32>,
        _ tables: UnsafePointer<cterm_tables>
    ) -> Int {
        let singles = tables.pointee.singles
        var last = first
        while last < end {
            let entry = entries[last]
            let symbol = cterm_of(tables, entry)
            let before = state
            state = next(before, symbol)
            if states[Int(state)].output != 0 || symbol &- 1 < singles { return last }
            last += 1
            // One symbol again and again leaves it where it is, and need not be waited for.
            if state == before { while last < end, entries[last] == entry { last += 1 } }
        }
        return end
    }

    /// Takes the entries up to and with number `last`.
    ///
    /// What is further back than the longest term cannot be part of a match that ends there or later, so it is skipped.
    @inline(__always)
    func advance(_ position: inout Position, to last: Int, symbol: (Int) -> UInt32) {
        if position.next <= last - longest {
            position.next = last - longest + 1
            position.state = 0
        }
        while position.next <= last {
            position.state = next(position.state, symbol(position.next))
            position.next += 1
        }
    }
}

/// The states of an `Automaton`, breadth first.
private struct Trie {
    var states: [Automaton.State] = [Automaton.State(symbol: 0)]
    /// The first is none.
    var outputs = [Automaton.Output(depth: 0, firstTerm: 0, termCount: 0, next: 0)]
    /// All terms of two symbols and more, read forwards in order.
    var terms: [Int32] = []
    var longest = 0

    init(_ all: TermSymbols) {
        sort(all)
        // The terms below a state are a range of `terms`.
        var ranges = [0..<terms.count]
        var depth = 0
        var state = 0
        var levelEnd = 1
        while state < states.count {
            if state == levelEnd {
                levelEnd = states.count
                depth += 1
            }
            states[state].firstChild = UInt32(states.count)
            var range = ranges[state]
            let failure = Int(states[state].failure)
            let ended = ended(in: range, at: depth, all)
            states[state].output = states[failure].output
            if ended > 0 {
                outputs.append(
                    .init(
                        depth: UInt32(depth), firstTerm: UInt32(range.lowerBound), termCount: UInt32(ended),
                        next: states[state].output))
                states[state].output = UInt32(outputs.count - 1)
                range.removeFirst(ended)
            }
            if let first = range.first { states[state].childSymbol = Self.symbol(terms[first], depth, all) }
            while let first = range.first {
                let symbol = Self.symbol(terms[first], depth, all)
                var end = first + 1
                while end < range.upperBound, Self.symbol(terms[end], depth, all) == symbol { end += 1 }
                let link = state == 0 ? 0 : link(from: failure, symbol)
                states.append(.init(symbol: symbol, failure: UInt32(link)))
                ranges.append(first..<end)
                states[state].childCount += 1
                range = end..<range.upperBound
            }
            setOther(of: state)
            state += 1
        }
    }

    func children(of state: Int) -> Range<Int> {
        Int(states[state].firstChild)..<Int(states[state].firstChild + states[state].childCount)
    }

    /// Where no child has the symbol, a state goes where its failure link goes.
    private mutating func setOther(of state: Int) {
        let failure = states[state].failure
        // The root's gotos are as near.
        guard failure != 0 else { return }
        let link = states[Int(failure)]
        let isChild = link.childSymbol != 0 && link.childSymbol != states[state].childSymbol
        let other = isChild ? link.childSymbol : link.otherSymbol
        guard child(of: state, other) == nil else { return }
        states[state].otherSymbol = other
        states[state].otherNext = isChild ? link.firstChild : link.otherNext
    }

    private mutating func sort(_ all: TermSymbols) {
        /// The first three symbols, 21 bits each: settles nearly every comparison.
        var items: [(key: UInt64, term: Int32)] = []
        items.reserveCapacity(all.count)
        for term in 0..<all.count where all[term].count > 1 {
            let symbols = all[term]
            longest = max(longest, symbols.count)
            var key: UInt64 = 0
            for place in 0..<3 {
                key = key << 21 | (place < symbols.count ? UInt64(symbols[symbols.startIndex + place]) : 0)
            }
            items.append((key, Int32(term)))
        }
        items.sort { left, right in
            if left.key != right.key { return left.key < right.key }
            let (a, b) = (all[Int(left.term)], all[Int(right.term)])
            if a.lexicographicallyPrecedes(b) { return true }
            return a == b && left.term < right.term
        }
        terms = items.map(\.term)
    }

    private static func symbol(_ term: Int32, _ place: Int, _ all: TermSymbols) -> UInt32 {
        let symbols = all[Int(term)]
        return symbols[symbols.startIndex + place]
    }

    /// How many terms at the beginning of `range` have no symbol at `place`.
    private func ended(in range: Range<Int>, at place: Int, _ all: TermSymbols) -> Int {
        var first = range.lowerBound
        while first < range.upperBound, all[Int(terms[first])].count == place { first += 1 }
        return first - range.lowerBound
    }

    /// Where the longest suffix goes on with `symbol`. States of less depth are finished.
    private func link(from failure: Int, _ symbol: UInt32) -> Int {
        var state = failure
        while true {
            if let child = child(of: state, symbol) { return child }
            if state == 0 { return 0 }
            state = Int(states[state].failure)
        }
    }

    private func child(of state: Int, _ symbol: UInt32) -> Int? {
        var children = children(of: state)
        while !children.isEmpty {
            let middle = (children.lowerBound + children.upperBound) / 2
            if states[middle].symbol == symbol { return middle }
            children =
                states[middle].symbol < symbol ? middle + 1..<children.upperBound : children.lowerBound..<middle
        }
        return nil
    }
}

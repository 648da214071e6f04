import CSymbolScan

/// Terms of more than `TermTable.maxDepth` symbols: an Aho–Corasick automaton (doi 10.1145/360825.360855).
///
/// It runs only over texts in which the end of such a term was seen, and no further than that end, so texts without one
/// never pay for it. It bounds the worst case: each symbol is taken once, with a failure link for each goto at most,
/// whatever the terms and the text repeat.
///
///     terms aab, ab (much longer in truth)      0 ─a─> 1 ─a─> 2 ─b─> 3 {aab}      failure of 3: 4
///                                               0 ─a─> 1 ─b─> 4 {ab}             output link of 3: 4
///
/// Unchecked, because the memory is written by `init` alone and only read afterwards.
final class LongTerms: @unchecked Sendable {
    /// Where the automaton stands in one text.
    struct Position {
        var state: UInt32 = 0
        /// The next entry of the line to take.
        var next = 0
        /// Whether the text is known to be well-formed, or was read by the general reader.
        var trustsText = false
    }

    private struct Slot {
        /// State in the upper half, symbol in the lower.
        var key: UInt64
        var next: UInt32
    }

    private struct State {
        var failure: UInt32 = 0
        /// The nearest state on the way of failure links, this one included, where a term ends; 0 if none.
        var output: UInt32 = 0
        /// The terms that end here: a range of `terms`.
        var firstTerm: UInt32 = 0
        var termCount: UInt32 = 0
        /// Symbols of the terms that end here.
        var depth: UInt32 = 0
    }

    private let slots: UnsafeMutablePointer<Slot>
    private let slotMask: Int
    private let states: [State]
    private let terms: [Int32]
    /// Symbols of the longest term.
    let longest: Int
    let byteCount: Int

    /// nil if no term is longer than `TermTable.maxDepth`.
    init?(_ all: TermSymbols) {
        let long = (0..<all.count).filter { all[$0].count > TermTable.maxDepth }
        if long.isEmpty { return nil }
        longest = long.map { all[$0].count }.max() ?? 0
        var edges: [UInt64: UInt32] = [:]
        var states = [State()]
        /// Edges in order of making: parent, symbol, child.
        var made: [(parent: UInt32, symbol: UInt32, child: UInt32)] = []
        var ending: [[Int32]] = [[]]
        for term in long {
            var state: UInt32 = 0
            for symbol in all[term] {
                let key = UInt64(state) << 32 | UInt64(symbol)
                if let next = edges[key] {
                    state = next
                } else {
                    let next = UInt32(states.count)
                    edges[key] = next
                    made.append((state, symbol, next))
                    states.append(State(depth: states[Int(state)].depth + 1))
                    ending.append([])
                    state = next
                }
            }
            ending[Int(state)].append(Int32(term))
        }
        var terms: [Int32] = []
        for state in states.indices {
            states[state].firstTerm = UInt32(terms.count)
            states[state].termCount = UInt32(ending[state].count)
            terms += ending[state]
        }
        // A failure link leads to a state of less depth, so states are finished in order of depth.
        made.sort { states[Int($0.child)].depth < states[Int($1.child)].depth }
        for (parent, symbol, child) in made {
            if parent != 0 {
                var failure = states[Int(parent)].failure
                while failure != 0, edges[UInt64(failure) << 32 | UInt64(symbol)] == nil {
                    failure = states[Int(failure)].failure
                }
                states[Int(child)].failure = edges[UInt64(failure) << 32 | UInt64(symbol)] ?? 0
            }
            let failure = states[Int(child)].failure
            states[Int(child)].output =
                states[Int(child)].termCount > 0 ? child : states[Int(failure)].output
        }
        var slotCount = 16
        while slotCount < edges.count * 2 { slotCount *= 2 }
        slotMask = slotCount - 1
        slots = .allocate(capacity: slotCount)
        slots.initialize(repeating: Slot(key: .max, next: 0), count: slotCount)
        for (key, next) in edges {
            var index = Int(truncatingIfNeeded: csymbol_slot_hash(key)) & slotMask
            while slots[index].key != .max { index = (index + 1) & slotMask }
            slots[index] = Slot(key: key, next: next)
        }
        self.states = states
        self.terms = terms
        byteCount =
            slotCount * MemoryLayout<Slot>.stride + states.count * MemoryLayout<State>.stride + terms.count * 4
    }

    deinit { slots.deallocate() }

    private func goto(_ state: UInt32, _ symbol: UInt32) -> UInt32? {
        let key = UInt64(state) << 32 | UInt64(symbol)
        var index = Int(truncatingIfNeeded: csymbol_slot_hash(key)) & slotMask
        while true {
            let slot = slots[index]
            if slot.key == key { return slot.next }
            if slot.key == .max { return nil }
            index = (index + 1) & slotMask
        }
    }

    /// Takes the entries up to and with number `last`, and reports the terms that end there, longest first.
    ///
    /// - Parameter report: The term, in ascending order for one length, and its number of symbols.
    @inline(__always)
    func advance(
        _ position: inout Position, to last: Int, symbol: (Int) -> UInt32,
        report: (_ term: Int32, _ symbols: Int) -> Void
    ) {
        while position.next <= last {
            let symbol = symbol(position.next)
            position.next += 1
            while true {
                if let next = goto(position.state, symbol) {
                    position.state = next
                    break
                }
                if position.state == 0 { break }
                position.state = states[Int(position.state)].failure
            }
        }
        var output = states[Int(position.state)].output
        while output != 0 {
            let state = states[Int(output)]
            for term in 0..<state.termCount { report(terms[Int(state.firstTerm + term)], Int(state.depth)) }
            output = states[Int(state.failure)].output
        }
    }
}

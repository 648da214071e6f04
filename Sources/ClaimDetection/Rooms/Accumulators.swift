import ClaimRules
import LiveEvents

/// The latest signals of one rule that looks at several texts of a room.
///
/// ```
///     别在这儿拍  19:00:05      扫那个码付  19:00:21        span: 30s
///     step 0 ─────────────────▶ step 1: 16 s after the start of its chain: met
/// ```
/// Of each step or weight the latest signal is kept, with what was said; of a sequence also the chain before it, which
/// begins as late as it can: nothing but the whole span is bounded, so no other chain does better.
struct Accumulator: Equatable {
    struct Slot: Equatable {
        /// Which step or weight.
        var number = 0
        var timeMS: Int64 = 0
        /// When the chain of a sequence began.
        var startMS: Int64 = 0
        /// What was said, a list per signal of the chain.
        var chain: [[Alert.Evidence]] = []
    }

    /// A number into `RuleNames`.
    var rule: Int32
    /// `TimedShape.hash` of the rule that the signals were taken for.
    var shape: String
    /// In order of number.
    var slots: [Slot] = []
    /// Whether the score was above its threshold at the signal before.
    var isAbove = false
    /// Whether it changed since the last flush.
    var isChanged = false

    var latestMS: Int64 { slots.map(\.timeMS).max() ?? .min }

    /// Pieces of evidence kept of one signal.
    static let keptPieces = 2
    /// Signals that an alert shows of a score.
    static let shownSignals = 3

    /// What came of a signal that met the rule.
    struct Met: Equatable {
        var evidence: [Alert.Evidence]
        /// Thousandths, of a score.
        var score: Int?
    }

    /// Takes a signal.
    ///
    /// - Parameter evidence: What was said; its first pieces are kept.
    /// - Returns: What met the rule, if this signal is the last that it needed.
    mutating func take(
        _ number: Int, at timeMS: Int64, _ evidence: [Alert.Evidence], _ shape: TimedShape
    ) -> Met? {
        isChanged = true
        // A record of the changelog may hold anything.
        slots.removeAll { $0.number >= shape.count || $0.chain.isEmpty }
        let own = Array(evidence.prefix(Self.keptPieces))
        switch shape.kind {
        case .sequence: return step(number, at: timeMS, own, shape)
        case .all:
            put(Slot(number: number, timeMS: timeMS, startMS: timeMS, chain: [own]))
            guard slots.count == shape.count, let first = slots.map(\.timeMS).min(),
                let last = slots.map(\.timeMS).max(), last - first <= shape.spanMS
            else { return nil }
            return meet(slots.sorted { ($0.timeMS, $0.number) < ($1.timeMS, $1.number) }.flatMap(\.chain))
        case .score(let thousandths, let threshold, let minDistinct, let decays):
            return weigh(number, at: timeMS, own, shape.spanMS, thousandths, threshold, minDistinct, decays)
        }
    }

    private mutating func step(
        _ number: Int, at timeMS: Int64, _ own: [Alert.Evidence], _ shape: TimedShape
    ) -> Met? {
        var slot = Slot(number: number, timeMS: timeMS, startMS: timeMS, chain: [own])
        if number > 0 {
            guard let before = slots.first(where: { $0.number == number - 1 }), timeMS >= before.timeMS,
                timeMS - before.startMS <= shape.spanMS
            else { return nil }
            (slot.startMS, slot.chain) = (before.startMS, before.chain + [own])
        }
        guard number == shape.count - 1 else {
            put(slot)
            return nil
        }
        return meet(slot.chain)
    }

    private mutating func meet(_ chain: [[Alert.Evidence]]) -> Met {
        slots.removeAll()
        return Met(evidence: chain.flatMap { $0 })
    }

    private mutating func weigh(
        _ number: Int, at timeMS: Int64, _ own: [Alert.Evidence], _ windowMS: Int64, _ thousandths: [Int],
        _ threshold: Int, _ minDistinct: Int, _ decays: Bool
    ) -> Met? {
        slots.removeAll { timeMS - $0.timeMS >= windowMS }
        let isNew = !slots.contains { $0.number == number }
        if let known = slots.first(where: { $0.number == number }), known.timeMS > timeMS {
            // It came late: a later one of its kind is there.
        } else {
            put(Slot(number: number, timeMS: timeMS, startMS: timeMS, chain: [own]))
        }
        var sum = 0
        var distinct = 0
        for slot in slots {
            let weight = thousandths[slot.number]
            let age = max(0, timeMS - slot.timeMS)
            sum += decays ? Int(Int64(weight) * (windowMS - age) / windowMS) : weight
            if weight > 0 { distinct += 1 }
        }
        let wasAbove = isAbove
        isAbove = sum >= threshold && distinct >= minDistinct
        guard isAbove, !wasAbove || isNew && thousandths[number] > 0 else { return nil }
        let heaviest = slots.filter { thousandths[$0.number] > 0 }
            .sorted {
                (thousandths[$0.number], $0.timeMS, -$0.number) > (thousandths[$1.number], $1.timeMS, -$1.number)
            }
            .prefix(Self.shownSignals)
            .sorted { ($0.timeMS, $0.number) < ($1.timeMS, $1.number) }
        return Met(evidence: heaviest.flatMap { $0.chain.flatMap { $0 } }, score: sum)
    }

    private mutating func put(_ slot: Slot) {
        let place = slots.firstIndex { $0.number >= slot.number } ?? slots.count
        if place < slots.count, slots[place].number == slot.number {
            slots[place] = slot
        } else {
            slots.insert(slot, at: place)
        }
    }
}

/// The accumulators of one room.
struct Accumulators: Equatable {
    /// In the order in which they came.
    private(set) var all: [Accumulator] = []
    /// Rules whose accumulator went since the last flush.
    private(set) var removed: [Int32] = []

    /// Rules of one room that may wait for more signals.
    static let most = 64

    /// Takes a signal of a rule.
    ///
    /// - Returns: What met the rule, and how many accumulators were forgotten: one of a rule that is another now, and the one
    ///   whose latest signal is oldest, if there are more than `most`.
    mutating func take(
        _ number: Int, of rule: Int32, at timeMS: Int64, _ evidence: [Alert.Evidence], _ shape: TimedShape,
        named names: RuleNames
    ) -> (met: Accumulator.Met?, forgotten: Int) {
        var forgotten = 0
        if let known = all.firstIndex(where: { $0.rule == rule }), all[known].shape != shape.hash {
            all[known] = Accumulator(rule: rule, shape: shape.hash)
            forgotten += 1
        }
        if !all.contains(where: { $0.rule == rule }) {
            // A later step of a sequence that has not begun waits for nothing, and must not drive out what does.
            if case .sequence = shape.kind, number > 0 { return (nil, forgotten) }
            if all.count >= Self.most {
                let oldest = all.indices.min {
                    (all[$0].latestMS, names[all[$0].rule].rawValue) < (all[$1].latestMS, names[all[$1].rule].rawValue)
                }
                if let oldest { remove(oldest) }
                forgotten += 1
            }
            all.append(Accumulator(rule: rule, shape: shape.hash))
        }
        guard let place = all.firstIndex(where: { $0.rule == rule }) else { return (nil, forgotten) }
        let met = all[place].take(number, at: timeMS, evidence, shape)
        if all[place].slots.isEmpty { remove(place) }
        return (met, forgotten)
    }

    /// Takes an accumulator back from the changelog.
    mutating func restore(_ accumulator: Accumulator) {
        all.removeAll { $0.rule == accumulator.rule }
        all.append(accumulator)
    }

    /// Has one of them written again; false if there is none.
    mutating func noteAny() -> Bool {
        if all.isEmpty { return false }
        all[all.count - 1].isChanged = true
        return true
    }

    mutating func forgetChanges() {
        removed.removeAll()
        for number in all.indices where all[number].isChanged { all[number].isChanged = false }
    }

    private mutating func remove(_ place: Int) { removed.append(all.remove(at: place).rule) }
}

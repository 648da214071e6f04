import ClaimRules
import LiveEvents

/// What a room owes under one rule: statements that must be said, and when one was said last.
///
/// ```
///     listed          heard without a break, 200 characters at least                within: 5m
///     19:00:00 ├──────────────────────────────────────────────────────────┤ 19:05:00   ▲ the next segment raises it
///              ▲ said up to 5 minutes before: not owed                     said: no longer owed
/// ```
/// Whether something was said is known only of what was heard. So time runs while segments follow one another; a longer
/// silence of the transcript ends the wait, since the words may lie in it.
struct Obligation: Equatable {
    /// A statement that is owed.
    struct Waiting: Equatable {
        /// The goods; empty: the session owes it.
        var listing: [UInt8] = []
        /// When the time began, epoch milliseconds.
        var sinceMS: Int64 = 0
        /// Characters that the room had heard then.
        var heardBefore = 0
        /// What began it; it ends when the time began, which is later where nothing was heard at first.
        var start = Alert.Evidence.none
    }

    /// A number into `RuleNames`.
    var rule: Int32
    /// `RequiredShape.hash` of the rule.
    var shape: String
    var saidMS: Int64?
    /// In the order in which they came.
    var waiting: [Waiting] = []
    /// Whether it changed since the last flush.
    var isChanged = false

    /// Goods of one room that may owe the statement at once.
    static let mostWaiting = 16
    /// Less speech than this accuses nobody.
    static let leastHeard = 200
}

/// How much of a room was heard.
struct Hearing: Equatable {
    /// Whether the session has been heard to speak.
    var hasSpoken = false
    /// The listing explained last, by an event or by a segment that names it.
    var explained: [UInt8]?
    /// The end of the latest segment, while somebody waits.
    var untilMS: Int64?
    /// Characters of speech, while somebody waits.
    var characters = 0
}

/// What one room owes.
struct Obligations: Equatable {
    /// In the order in which they came.
    private(set) var all: [Obligation] = []
    /// Rules under which nothing is known any more, since the last flush.
    private(set) var removed: [Int32] = []
    /// Nil until rules require a statement.
    private(set) var hearing: Hearing?
    private(set) var isHearingChanged = false

    /// Rules of one room that are kept time for.
    static let most = 64

    var isEmpty: Bool { all.isEmpty && hearing == nil }
    /// Whether there is something to write.
    var isChanged: Bool { isHearingChanged || !removed.isEmpty || all.contains(where: \.isChanged) }
    var isWaiting: Bool { all.contains { !$0.waiting.isEmpty } }

    /// - Parameter isNew: Whether nothing of the room was known before; else it may have spoken unheard.
    mutating func begin(isNew: Bool) {
        guard hearing == nil else { return }
        hearing = Hearing(hasSpoken: !isNew)
        isHearingChanged = true
    }

    /// Takes notice of a listing that is explained from now on.
    ///
    /// - Returns: Whether it was not explained before.
    mutating func explain(_ listing: [UInt8]?) -> Bool {
        guard hearing?.explained != listing else { return false }
        hearing?.explained = listing
        isHearingChanged = true
        return true
    }

    /// Waits for a statement, unless it was said shortly before.
    ///
    /// - Returns: How many were forgotten, or not taken, to keep the bounds.
    mutating func open(
        _ listing: [UInt8], at timeMS: Int64, _ start: Alert.Evidence, under rule: Int32, _ shape: RequiredShape,
        named names: RuleNames
    ) -> Int {
        guard let (place, forgotten) = place(of: rule, shape, names) else { return 1 }
        if let said = all[place].saidMS, said >= timeMS - shape.withinMS { return forgotten }
        if all[place].waiting.contains(where: { $0.listing == listing }) { return forgotten }
        guard all[place].waiting.count < Obligation.mostWaiting else { return forgotten + 1 }
        all[place].waiting.append(
            .init(listing: listing, sinceMS: timeMS, heardBefore: hearing?.characters ?? 0, start: start))
        all[place].isChanged = true
        return forgotten
    }

    /// Notes that a statement was said: nothing of the room owes it any more.
    mutating func said(under rule: Int32, at timeMS: Int64, _ shape: RequiredShape, named names: RuleNames) -> Int {
        guard let (place, forgotten) = place(of: rule, shape, names) else { return 1 }
        all[place].saidMS = max(all[place].saidMS ?? timeMS, timeMS)
        all[place].waiting.removeAll()
        all[place].isChanged = true
        return forgotten
    }

    /// Speech goes on after a pause. A pause longer than `mostUnheardMS` ends every wait that it lies in; before the first
    /// words of the session it only puts off the beginning.
    ///
    /// - Returns: Whether these are the first words.
    mutating func hear(from startMS: Int64, mostUnheardMS: Int64) -> Bool {
        let isFirst = hearing?.hasSpoken == false
        for place in all.indices where !all[place].waiting.isEmpty {
            let before = all[place].waiting
            all[place].waiting = before.compactMap { waiting in
                let last = max(waiting.sinceMS, hearing?.untilMS ?? waiting.sinceMS)
                if startMS - last <= mostUnheardMS { return waiting }
                guard isFirst else { return nil }
                var later = waiting
                (later.sinceMS, later.start.endMS) = (startMS, startMS)
                return later
            }
            if all[place].waiting != before { all[place].isChanged = true }
        }
        if isFirst {
            hearing?.hasSpoken = true
            isHearingChanged = true
        }
        return isFirst
    }

    /// Takes out what was due when a segment began.
    mutating func due(under rule: Int32, at timeMS: Int64, withinMS: Int64) -> [Obligation.Waiting] {
        guard let place = all.firstIndex(where: { $0.rule == rule }) else { return [] }
        let due = all[place].waiting.filter { timeMS - $0.sinceMS >= withinMS }
        guard !due.isEmpty else { return [] }
        all[place].waiting.removeAll { timeMS - $0.sinceMS >= withinMS }
        all[place].isChanged = true
        let heard = hearing?.characters ?? 0
        return due.filter { heard - $0.heardBefore >= Obligation.leastHeard }
    }

    /// Notes what was heard, if somebody waits.
    mutating func heard(until endMS: Int64, characters: Int) {
        guard isWaiting, var hearing else { return }
        hearing.untilMS = max(hearing.untilMS ?? endMS, endMS)
        hearing.characters = min(hearing.characters + characters, Int(StateReader.mostCounted))
        self.hearing = hearing
        isHearingChanged = true
    }

    /// Goods that are gone, or turned out to be others, owe nothing.
    mutating func drop(_ listing: [UInt8], under rule: Int32? = nil) {
        for place in all.indices where rule == nil || all[place].rule == rule {
            let count = all[place].waiting.count
            all[place].waiting.removeAll { $0.listing == listing }
            if all[place].waiting.count < count { all[place].isChanged = true }
        }
    }

    /// Forgets what was owed under rules that are others now.
    ///
    /// - Returns: Whether something was forgotten.
    mutating func keep(_ isKept: (Obligation) -> Bool, keepsHearing: Bool) -> Bool {
        let gone = all.filter { !isKept($0) }.map(\.rule)
        all.removeAll { gone.contains($0.rule) }
        removed += gone
        let forgets = !keepsHearing && hearing != nil
        if forgets {
            hearing = nil
            isHearingChanged = true
        }
        return forgets || !gone.isEmpty
    }

    /// Where a rule is kept time for, made now if it is not.
    private mutating func place(
        of rule: Int32, _ shape: RequiredShape, _ names: RuleNames
    ) -> (place: Int, forgotten: Int)? {
        if let known = all.firstIndex(where: { $0.rule == rule }) { return (known, 0) }
        var forgotten = 0
        if all.count >= Self.most {
            let oldest = all.indices.filter { all[$0].waiting.isEmpty }.min {
                (all[$0].saidMS ?? .min, names[all[$0].rule].rawValue)
                    < (all[$1].saidMS ?? .min, names[all[$1].rule].rawValue)
            }
            guard let oldest else { return nil }
            removed.append(all.remove(at: oldest).rule)
            forgotten = 1
        }
        all.append(Obligation(rule: rule, shape: shape.hash))
        return (all.count - 1, forgotten)
    }

    // MARK: State

    /// Takes an obligation back from the changelog.
    mutating func restore(_ obligation: Obligation) {
        all.removeAll { $0.rule == obligation.rule }
        all.append(obligation)
    }

    mutating func restore(_ hearing: Hearing) { self.hearing = hearing }

    /// Has one of its records written again; false if there is none.
    mutating func noteAny() -> Bool {
        if hearing == nil { return false }
        isHearingChanged = true
        return true
    }

    mutating func forgetChanges() {
        removed.removeAll()
        isHearingChanged = false
        for place in all.indices where all[place].isChanged { all[place].isChanged = false }
    }
}

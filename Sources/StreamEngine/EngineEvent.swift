public import LiveEvents

/// What an operator may want to know of a worker, as values: the only source of its log lines, metrics and health.
///
/// Two kinds: what happens rarely is told one by one, what happens per record or per commit is counted and told as a
/// `Tally` of the time since the last one.
public enum EngineEvent: Equatable, Sendable {
    // MARK: Ownership

    /// The group gave the worker these partitions; it begins to take them over.
    case assigned(partitions: [Int32])
    /// The rooms of a partition were read back from the changelog topic.
    case restored(partition: Int32, records: Int, changelogEnd: Int64, tookMS: Int64)
    /// A partition came back as the worker had left it.
    case recycled(partition: Int32)
    /// Every assigned partition is ready; records are read from here on.
    case tookOver(partitions: [Int32], restored: Int, recycled: Int)
    /// A take-over ended before it was complete, because the group or a stop took the partitions away.
    case takeoverGivenUp(partitions: [Int32])
    case revoked(partitions: [Int32], lost: Bool)

    // MARK: What a take-over found

    /// The commit that these partitions begin at was made under other rules.
    case rulesChanged(partition: Int32, from: String, to: String)
    /// The commit does not say how its state stood: it was not made by this program, or not by this version.
    case foreignCommit(partition: Int32, committed: Int64)
    /// Retention deleted records before this group read them. `first` is the first that is left.
    case recordsLost(topic: String, partition: Int32, committed: Int64, first: Int64)
    /// A changelog record cannot be read; it was left where it is and what it held is forgotten.
    case stateRecordSetAside(partition: Int32, key: String, reason: String)

    /// The changelog held more rooms, or more listings of a room, than the limits allow now: those used longest ago were
    /// forgotten. What is forgotten later is counted in the tally.
    case forgottenInRestore(partition: Int32, rooms: Int, listings: Int)

    // MARK: Failures

    /// A transaction was aborted; it is tried again after `retryInMS`, nil if the worker gives up.
    case aborted(cause: String, failures: Int, retryInMS: Int64?)
    /// The partitions of an aborted transaction are restored; records are read from its beginning again.
    case recovered(partitions: [Int32])
    /// Nobody answers a question of a take-over; it is asked again.
    case unanswered(reason: String)

    // MARK: Bounds that bit

    /// An output record was larger than a record may be. An alert became a dead letter of its input, a changelog record
    /// was deleted, so that a restart forgets what it held rather than going back to an older value.
    case outputTooLarge(output: OutputTopic, bytes: Int, limit: Int, key: String)

    // MARK: Counted

    /// What happened since the last tally.
    case tally(Tally)
    /// So many events were not told, because they came faster than they were taken.
    case eventsDropped(Int)

    /// Counts of what happens too often to be told one by one.
    public struct Tally: Equatable, Sendable {
        public var commits = 0
        public var records = 0
        public var alerts = 0
        public var deadLetters: [DeadLetterCount] = []
        public var replayed = 0
        public var longestCommitMS: Int64 = 0
        public var roomsForgotten = 0
        public var listingsForgotten = 0
        public var textsCutShort = 0
        /// Times one topic of a task went on without the other.
        public var enforcedProcessing = 0
        public init() {}
        public var isEmpty: Bool { self == Tally() }
    }

    /// Dead letters of one reason, and where the first of them came from.
    public struct DeadLetterCount: Equatable, Sendable {
        public var reason: String
        public var count: Int
        public var first: RecordSource
        public init(reason: String, count: Int, first: RecordSource) {
            (self.reason, self.count, self.first) = (reason, count, first)
        }
    }
}

/// Events that wait to be taken: bounded, and free of cost for the record that only counts.
struct EventJournal {
    /// Events held; the next ones are counted as dropped.
    static let capacity = 256

    private(set) var events: [EngineEvent] = []
    private var dropped = 0
    var tally = EngineEvent.Tally()
    /// Told once in the life of a worker, however often a partition comes back.
    private var toldOnce: [EngineEvent] = []

    mutating func note(_ event: EngineEvent) {
        guard events.count < Self.capacity else {
            dropped += 1
            return
        }
        events.append(event)
    }

    mutating func noteOnce(_ event: EngineEvent) {
        guard !toldOnce.contains(event) else { return }
        if toldOnce.count < Self.capacity { toldOnce.append(event) }
        note(event)
    }

    mutating func countDeadLetter(_ reason: String, _ source: RecordSource) {
        if let place = tally.deadLetters.firstIndex(where: { $0.reason == reason }) {
            tally.deadLetters[place].count += 1
        } else {
            tally.deadLetters.append(.init(reason: reason, count: 1, first: source))
        }
    }

    /// What happened one by one, in order.
    mutating func takeEvents() -> [EngineEvent] {
        guard !events.isEmpty || dropped > 0 else { return [] }
        defer {
            events.removeAll(keepingCapacity: true)
            dropped = 0
        }
        return dropped > 0 ? events + [.eventsDropped(dropped)] : events
    }

    mutating func takeTally() -> EngineEvent.Tally {
        defer { tally = EngineEvent.Tally() }
        return tally
    }
}

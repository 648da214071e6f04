import StreamEngine

/// A broker in memory with one consumer and one transactional producer, which fails where the seed says.
///
/// What is committed survives a crash; the rest does not. Offsets have gaps, as control records leave them.
final class SimulatedLog: StreamLog {
    struct Record {
        var offset: Int64
        var timestampMS: Int64
        var key: [UInt8]?
        var value: [UInt8]?
    }
    struct Output: Equatable {
        var topic: OutputTopic
        var key: [UInt8]?
        var value: [UInt8]?
    }
    struct Place: Hashable {
        var isSpeech: Bool
        var partition: Int32
    }
    struct Broker {
        var inputs: [Place: [Record]] = [:]
        var committed: [Int32: CommittedLane] = [:]
        var outputs: [Output] = []
        var state: [Int32: [(offset: Int64, key: [UInt8], value: [UInt8]?)]] = [:]
        /// What retention has left, by input partition; 0 if nothing is said.
        var low: [Place: Int64] = [:]
    }

    var broker: Broker
    var random: SplitMix64
    /// One call in this many fails; 0 never.
    var failsOneIn: UInt64
    /// Partitions whose state was read, in order.
    private(set) var restored: [Int32] = []
    /// The restore of this partition is given up, once.
    var interruptsAt: Int32?
    private var cursor: [Place: Int] = [:]
    private var pending: [Output] = []
    private var pendingState: [(partition: Int32, key: [UInt8], value: [UInt8]?)] = []
    private var pendingOffsets: [LaneOffsets] = []
    private var isOpen = false

    init(broker: Broker, seed: UInt64, failsOneIn: UInt64) {
        self.broker = broker
        random = SplitMix64(seed: seed)
        self.failsOneIn = failsOneIn
    }

    private func mayFail() throws(StreamFailure) {
        guard failsOneIn > 0, random.next() % failsOneIn == 0 else { return }
        throw random.next() % 3 == 0 ? .fatal("crash") : .abortable("simulated")
    }

    func committed(_ partitions: [Int32]) throws(StreamFailure) -> [Int32: CommittedLane] {
        broker.committed.filter { partitions.contains($0.key) }
    }

    func bounds(_ topic: InputTopic, _ partition: Int32) throws(StreamFailure) -> (low: Int64, high: Int64) {
        let place = Place(isSpeech: topic == .transcripts, partition: partition)
        let records = broker.inputs[place] ?? []
        return (broker.low[place] ?? 0, (records.last?.offset ?? -1) + 1)
    }

    func readState(
        _ partition: Int32, atLeast: Int64,
        _ body: (_ key: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>?) -> Void
    ) throws(StreamFailure) -> Int64 {
        if interruptsAt == partition {
            interruptsAt = nil
            throw .interrupted("simulated")
        }
        restored.append(partition)
        let records = broker.state[partition] ?? []
        for record in records {
            record.key.withUnsafeBufferPointer { key in
                if let value = record.value { value.withUnsafeBufferPointer { body(key, $0) } } else { body(key, nil) }
            }
        }
        return (records.last?.offset ?? -1) + 1
    }

    func open(_ lanes: [LaneOffsets]) throws(StreamFailure) {
        cursor = [:]
        for lane in lanes {
            for (isSpeech, offset) in [(true, lane.transcripts), (false, lane.listings)] {
                let place = Place(isSpeech: isSpeech, partition: lane.partition)
                let records = broker.inputs[place] ?? []
                cursor[place] = records.firstIndex { $0.offset >= offset } ?? records.count
            }
        }
    }

    func close() throws(StreamFailure) { cursor = [:] }

    func head(_ topic: InputTopic, _ partition: Int32) throws(StreamFailure) -> LaneMerge.Head {
        let place = Place(isSpeech: topic == .transcripts, partition: partition)
        guard let index = cursor[place], let records = broker.inputs[place], index < records.count else { return .end }
        if records[index].offset < broker.low[place] ?? 0 { throw .abortable("out of range") }
        // Fetches come in any order; the worker has to wait.
        if random.next() % 4 == 0 { return .empty }
        return .record(timestampMS: records[index].timestampMS)
    }

    func take(_ topic: InputTopic, _ partition: Int32, _ body: (InputRecord) -> Void) {
        let place = Place(isSpeech: topic == .transcripts, partition: partition)
        let record = broker.inputs[place]![cursor[place]!]
        cursor[place]! += 1
        (record.key ?? []).withUnsafeBufferPointer { key in
            (record.value ?? []).withUnsafeBufferPointer { value in
                body(
                    InputRecord(
                        offset: record.offset, timestampMS: record.timestampMS, key: record.key == nil ? nil : key,
                        value: record.value == nil ? nil : value))
            }
        }
    }

    func begin() throws(StreamFailure) {
        precondition(!isOpen, "transaction begun twice")
        try mayFail()
        isOpen = true
        (pending, pendingState, pendingOffsets) = ([], [], [])
    }

    func produce(_ record: Outbox.Record) throws(StreamFailure) {
        precondition(isOpen)
        try mayFail()
        if record.topic == .state {
            pendingState.append((record.partition, Array(record.key!), record.value.map { Array($0) }))
        } else {
            pending.append(
                Output(topic: record.topic, key: record.key.map { Array($0) }, value: record.value.map { Array($0) }))
        }
    }

    func flush() throws(StreamFailure) { try mayFail() }

    func stateEnd(_ partition: Int32) -> Int64? {
        let count = pendingState.count { $0.partition == partition }
        return count == 0 ? nil : (broker.state[partition]?.last?.offset ?? -1) + 1 + Int64(count)
    }

    func sendOffsets(_ lanes: [LaneOffsets]) throws(StreamFailure) {
        try mayFail()
        pendingOffsets = lanes
    }

    func commit() throws(StreamFailure) {
        try mayFail()
        isOpen = false
        broker.outputs += pending
        for change in pendingState {
            let next = (broker.state[change.partition]?.last?.offset ?? -1) + 1
            broker.state[change.partition, default: []].append((next, change.key, change.value))
        }
        for lane in pendingOffsets {
            broker.committed[lane.partition] = CommittedLane(
                transcripts: lane.transcripts, listings: lane.listings, metadata: lane.metadata)
        }
        // Committed, but the answer is lost: only a crash looks like this.
        if failsOneIn > 0, random.next() % failsOneIn == 0 { throw .fatal("crash after commit") }
    }

    func abort() throws(StreamFailure) { isOpen = false }
}

struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

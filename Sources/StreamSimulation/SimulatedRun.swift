public import StreamEngine

/// A worker's life from start to the end of the input, through every crash, abort and rebalance that a seed brings.
///
/// Afterwards the broker holds what was committed, which must not depend on the seed.
public struct SimulatedRun<Rooms: RoomProcessing> {
    public var settings = WorkerSettings()
    public var faults = BrokerFaults()
    /// Whether partitions are taken away and brought back, now and then after another worker had one for a while.
    public var hasRebalances = false
    /// Milliseconds that pass between two steps, at most.
    public var maxPauseMS: UInt64 = 8
    public var makeRooms: (SimulatedClock) -> Rooms

    public struct Outcome {
        public var broker: SimulatedBroker
        public var totals = WorkerStatistics()
        public var events: [EngineEvent] = []
        public var tally = EngineEvent.Tally()
        /// The longest that one step took on the simulated clock, commits and answers of brokers included.
        public var longestStepMS: Int64 = 0
        public var isComplete = false
    }

    public init(makeRooms: @escaping (SimulatedClock) -> Rooms) {
        self.makeRooms = makeRooms
        // Late fetches are no reason to go on without the other topic.
        settings.maxTaskIdleMS = .max / 2
        settings.commit.intervalMS = 20
        settings.retry.firstBackoffMS = 1
    }

    /// Runs until nothing has come for a while, at most through `lives` crashes.
    public func run(_ inputs: SimulatedBroker, seed: UInt64, lives: Int = 2000) throws -> Outcome {
        var outcome = Outcome(broker: inputs)
        var random = SplitMix64(seed: ~seed)
        let clock = SimulatedClock()
        let partitions = Set(inputs.inputs.keys.map(\.partition)).sorted()
        for life in 0..<UInt64(lives) {
            if outcome.isComplete { break }
            let log = SimulatedLog(
                broker: outcome.broker, seed: seed &+ life &* 7919, faults: faults, clock: clock)
            try live(log, partitions, &random, &outcome)
        }
        return outcome
    }

    /// From a start to the end of the input, or to a crash.
    private func live(
        _ log: SimulatedLog, _ partitions: [Int32], _ random: inout SplitMix64, _ outcome: inout Outcome
    ) throws {
        var settings = settings
        settings.quantum = 1 + random.next(below: max(1, settings.quantum))
        settings.commit.busyFloorMS = Int64(random.next(below: 40))
        let worker = worker(log, settings)
        let isComplete = try Self.untilCrash {
            try work(worker, log, partitions, settings, &random, &outcome)
        }
        worker.abandon()
        note(worker, &outcome)
        outcome.isComplete = isComplete
        outcome.broker = log.broker
    }

    private func worker(_ log: SimulatedLog, _ settings: WorkerSettings) -> Worker<SimulatedLog, Rooms> {
        let (makeRooms, clock) = (makeRooms, log.clock)
        return Worker(log: log, settings: settings) { makeRooms(clock) }
    }

    /// Whether the body came to its end without a crash.
    private static func untilCrash(_ body: () throws -> Void) throws -> Bool {
        do {
            try body()
            return true
        } catch let failure as StreamFailure {
            guard case .fatal(let reason) = failure, reason.hasPrefix("crash") else { throw failure }
            return false
        }
    }

    private func work(
        _ worker: Worker<SimulatedLog, Rooms>, _ log: SimulatedLog, _ partitions: [Int32], _ settings: WorkerSettings,
        _ random: inout SplitMix64, _ outcome: inout Outcome
    ) throws {
        try worker.assign(partitions)
        var idle = 0
        while idle < 60 {
            log.clock.advance(byMS: Int64(random.next() % maxPauseMS))
            let begunMS = log.clock.nowMS
            let isBusy = try worker.step()
            outcome.longestStepMS = max(outcome.longestStepMS, log.clock.nowMS - begunMS)
            idle = isBusy || !worker.isReady ? 0 : idle + 1
            if !isBusy { log.clock.advance(byMS: min(5, worker.waitMS)) }
            guard hasRebalances, random.next() % 20 == 0 else { continue }
            // Also in the middle of a take-over.
            try worker.revoke(lost: random.next() % 4 == 0)
            if random.next() % 2 == 0 {
                let other = SimulatedLog(broker: log.broker, seed: random.next(), faults: faults, clock: log.clock)
                try lend(
                    partitions[random.next(below: partitions.count)], to: other, settings, steps: random.next() % 12)
                log.broker = other.broker
            }
            try worker.assign(partitions)
        }
        try worker.finish()
    }

    /// Another worker has one of the partitions for a while, and gives it back.
    private func lend(
        _ partition: Int32, to log: SimulatedLog, _ settings: WorkerSettings, steps: UInt64
    ) throws {
        let worker = worker(log, settings)
        _ = try Self.untilCrash {
            try worker.assign([partition])
            for _ in 0..<steps {
                log.clock.advance(byMS: 4)
                _ = try worker.step()
            }
            try worker.revoke(lost: false)
        }
        worker.abandon()
    }

    private func note(_ worker: Worker<SimulatedLog, Rooms>, _ outcome: inout Outcome) {
        outcome.totals.add(worker.statistics)
        if outcome.events.count < 10_000 { outcome.events += worker.takeEvents() }
        outcome.tally = worker.takeTally()
    }
}

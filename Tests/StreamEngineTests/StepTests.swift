import LiveEvents
import StreamEngine
import StreamSimulation
import Testing

@Suite struct `A step` {
    typealias Rooms = TimedRooms<RecallingRooms>

    static func worker(
        _ log: SimulatedLog, costMS: Int64, restoreCostMS: Int64 = 0,
        _ change: (inout WorkerSettings) -> Void = { _ in }
    ) -> Worker<SimulatedLog, Rooms> {
        var settings = WorkerSettings()
        change(&settings)
        let clock = log.clock
        return Worker(log: log, settings: settings) {
            TimedRooms(RecallingRooms(), clock: clock) { $0 == nil ? restoreCostMS : costMS }
        }
    }

    static func log(_ broker: SimulatedBroker) -> SimulatedLog {
        let log = SimulatedLog(broker: broker, seed: 3, clock: SimulatedClock())
        log.faults.lateFetchOneIn = 0
        return log
    }

    /// What has been committed, with records of the changelog to restore.
    static func lived(_ inputs: SimulatedBroker) throws -> SimulatedBroker {
        var run = SimulatedRun { _ in RecallingRooms() }
        run.settings.quantum = 3
        return try run.run(inputs, seed: 1).broker
    }

    @Test(arguments: [Int64(0), 1, 7, 40])
    func `ends within its bound and one record, whatever records cost`(costMS: Int64) throws {
        var run = SimulatedRun { clock in TimedRooms(RecallingRooms(), clock: clock) { $0 == nil ? costMS / 4 : costMS }
        }
        run.hasRebalances = true
        run.settings.restoreQuantum = 4
        let outcome = try run.run(Inputs.make(seed: 5), seed: 5)
        #expect(outcome.isComplete)
        #expect(outcome.longestStepMS <= run.settings.maxStepMS + max(costMS, 4 * (costMS / 4)))
        if costMS > 0 { #expect(outcome.longestStepMS >= costMS) }
    }

    @Test func `commits a backlog of dear records soon, not when all of them are taken`() throws {
        let log = Self.log(Inputs.make(seed: 5))
        let worker = Self.worker(log, costMS: 40)
        try worker.assign([0, 1])
        for _ in 0..<200 where log.broker.committed.isEmpty { _ = try worker.step() }
        #expect(log.clock.nowMS <= CommitSettings().busyFloorMS + 200)
    }

    @Test func `gives every task its turn, also when each step ends with the first`() throws {
        let log = Self.log(Inputs.make(seed: 5))
        let worker = Self.worker(log, costMS: 60)
        try worker.assign([0, 1])
        try worker.takeOver()
        for _ in 0..<20 { _ = try worker.step() }
        try worker.finish()
        #expect(log.broker.committed[0]?.transcripts ?? 0 > 0)
        #expect(log.broker.committed[1]?.transcripts ?? 0 > 0)
    }

    @Test func `leaves a long restore, so that a stop is answered in the middle of it`() throws {
        var broker = try Self.lived(Inputs.make(seed: 5))
        broker.committed = [:]
        let log = Self.log(broker)
        let worker = Self.worker(log, costMS: 0, restoreCostMS: 20) { $0.restoreQuantum = 2 }
        try worker.assign([0, 1])
        for _ in 0..<3 {
            let begunMS = log.clock.nowMS
            _ = try worker.step()
            #expect((50...90).contains(log.clock.nowMS - begunMS))
        }
        #expect(!worker.isReady)
        try worker.finish()
        #expect(log.transactions == 0)
        #expect(worker.takeEvents().last == .takeoverGivenUp(partitions: [0, 1]))
    }

    @Test func `leaves a long replay, so that a stop is answered in the middle of it, and nothing is committed`() throws
    {
        var broker = try Self.lived(Inputs.make(seed: 5))
        for partition in Int32(0)...1 {
            let committed = try #require(broker.committed[partition])
            let metadata = try #require(committed.metadata.flatMap(CommitMetadata.init(parsing:)))
            broker.committed[partition]?.metadata =
                CommitMetadata(replayFrom: 0, changelogEnd: metadata.changelogEnd, ruleSet: "").encoded
        }
        let log = Self.log(broker)
        let worker = Self.worker(log, costMS: 30)
        try worker.assign([0, 1])
        try worker.takeOver()
        let begunMS = log.clock.nowMS
        _ = try worker.step()
        #expect((30...80).contains(log.clock.nowMS - begunMS))
        #expect(worker.statistics.replayed > 0)
        try worker.finish()
        #expect(log.transactions == 0)
        #expect(log.broker.committed == broker.committed)
    }

    @Test func `waits for state that an open transaction hides, and reads it whole when it shows`() throws {
        var broker = try Self.lived(Inputs.make(seed: 5))
        broker.changelogHiddenUntilMS[1] = 20_000
        let log = Self.log(broker)
        let worker = Self.worker(log, costMS: 0)
        try worker.assign([0, 1])
        for _ in 0..<10_000 where !worker.isReady {
            if try !worker.step() { log.clock.advance(byMS: worker.waitMS) }
            try #require(log.clock.nowMS < 21_000)
        }
        #expect(log.clock.nowMS >= 20_000)
        #expect(worker.statistics.restored == 2)
    }

    @Test func `gives up state that never shows, and says what may have happened`() throws {
        var broker = try Self.lived(Inputs.make(seed: 5))
        broker.changelogHiddenUntilMS[1] = .max
        let log = Self.log(broker)
        let worker = Self.worker(log, costMS: 0)
        try worker.assign([0, 1])
        let failure = #expect(throws: StreamFailure.self) {
            for _ in 0..<10_000 { if try !worker.step() { log.clock.advance(byMS: worker.waitMS) } }
        }
        #expect(failure?.description.contains("Was the state topic recreated?") == true)
        #expect(log.clock.nowMS >= RetrySettings().takeoverTimeoutMS)
    }
}

@Suite struct `A transaction that fails` {
    static func worker(
        refusing refuses: @escaping @Sendable (SimulatedBroker.Output) -> Bool
    ) throws -> (Worker<SimulatedLog, RecallingRooms>, SimulatedLog) {
        let log = SimulatedLog(broker: Inputs.make(seed: 9), seed: 9, clock: SimulatedClock())
        log.faults.refuses = refuses
        let worker = Worker(log: log, settings: WorkerSettings()) { RecallingRooms() }
        try worker.assign([0, 1])
        return (worker, log)
    }

    @Test func `is tried again in smaller pieces after longer and longer waits, then the worker says what to check`()
        throws
    {
        let (worker, log) = try Self.worker(refusing: { $0.topic == .deadLetters })
        let failure = #expect(throws: StreamFailure.self) {
            for _ in 0..<20_000 { if try !worker.step() { log.clock.advance(byMS: worker.waitMS) } }
        }
        guard case .fatal(let reason) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(reason.contains("max.message.bytes") && reason.contains("an output topic refuses a record"))
        let waits = worker.takeEvents().compactMap { event -> Int64? in
            if case .aborted(_, _, let retryInMS) = event { retryInMS } else { nil }
        }
        #expect(waits.suffix(10) == [100, 200, 400, 800, 1600, 3200, 6400, 12_800, 15_000, 15_000])
        // What came before the record that is refused was committed in smaller transactions.
        #expect(log.broker.committed.values.contains { $0.transcripts ?? 0 > 0 })
        #expect((55_000...90_000).contains(log.clock.nowMS))
    }

    @Test func `is served while it waits: a stop is answered at once`() throws {
        let (worker, log) = try Self.worker(refusing: { _ in true })
        for _ in 0..<400 where log.clock.nowMS < 20_000 {
            if try !worker.step() { log.clock.advance(byMS: worker.waitMS) }
        }
        #expect(worker.statistics.aborts >= 6)
        let begunMS = log.clock.nowMS
        try worker.finish()
        #expect(log.clock.nowMS == begunMS)
        #expect(log.broker.outputs.isEmpty && log.broker.committed.isEmpty)
    }

    @Test func `is forgotten after a success`() throws {
        let (worker, log) = try Self.worker(refusing: { _ in true })
        for _ in 0..<1000 where worker.statistics.aborts < 5 {
            if try !worker.step() { log.clock.advance(byMS: worker.waitMS) }
        }
        log.faults.refuses = nil
        for _ in 0..<4000 { if try !worker.step() { log.clock.advance(byMS: worker.waitMS) } }
        try worker.finish()
        let straight = try SimulatedRun { _ in RecallingRooms() }.run(Inputs.make(seed: 9), seed: 1).broker
        #expect(log.broker.alertsByRoom == straight.alertsByRoom)
        #expect(log.broker.deadLetters == straight.deadLetters)
    }
}

@Suite struct `A transaction that brokers do not answer` {
    static func worker(
        silent: [BrokerFaults.Step: Int64]
    ) throws -> (Worker<SimulatedLog, RecallingRooms>, SimulatedLog) {
        let log = SimulatedLog(broker: Inputs.make(seed: 9), seed: 9, clock: SimulatedClock())
        log.faults.silence = silent
        var settings = WorkerSettings()
        // Nothing commits but a give-back.
        (settings.commit.intervalMS, settings.commit.floorMS) = (60_000, 60_000)
        let worker = Worker(log: log, settings: settings) { RecallingRooms() }
        try worker.assign([0, 1])
        try worker.takeOver()
        for _ in 0..<4 { _ = try worker.step() }
        return (worker, log)
    }

    /// Steps until a commit is tried.
    static func commit(_ worker: Worker<SimulatedLog, RecallingRooms>, _ log: SimulatedLog) throws {
        log.clock.advance(byMS: 60_000)
        _ = try worker.step()
    }

    @Test(arguments: [BrokerFaults.Step.flush, .sendOffsets, .commit])
    func `is waited for while they are only slow`(step: BrokerFaults.Step) throws {
        let (worker, log) = try Self.worker(silent: [step: 2900])
        try Self.commit(worker, log)
        #expect(worker.statistics.commits == 1 && worker.statistics.aborts == 0)
        #expect(!log.broker.committed.isEmpty)
    }

    @Test func `is committed in a rebalance too while brokers are slow to say so`() throws {
        let (worker, log) = try Self.worker(silent: [.commit: 14_000])
        try worker.revoke(lost: false)
        #expect(!log.broker.committed.isEmpty)
    }

    @Test(arguments: [BrokerFaults.Step.flush, .sendOffsets])
    func `is aborted when its time is over, and all of it is taken again`(step: BrokerFaults.Step) throws {
        let (worker, log) = try Self.worker(silent: [step: .max / 4])
        log.clock.advance(byMS: 60_000)
        let begunMS = log.clock.nowMS
        _ = try worker.step()
        #expect(log.clock.nowMS - begunMS == CommitSettings().timeoutMS)
        #expect(worker.statistics.aborts == 1)
        log.faults.silence = [:]
        for _ in 0..<4000 { if try !worker.step() { log.clock.advance(byMS: worker.waitMS) } }
        try worker.finish()
        let straight = try SimulatedRun { _ in RecallingRooms() }.run(Inputs.make(seed: 9), seed: 1).broker
        #expect(log.broker.alertsByRoom == straight.alertsByRoom)
    }

    @Test(arguments: [BrokerFaults.Step.flush, .sendOffsets])
    func `is aborted sooner when a stop or a rebalance comes to wait for it`(step: BrokerFaults.Step) throws {
        let (worker, log) = try Self.worker(silent: [step: .max / 4])
        log.clock.advance(byMS: 60_000)
        let begunMS = log.clock.nowMS
        log.awaitedFromMS = begunMS + 1100
        _ = try worker.step()
        // It is noticed at the end of a call, which for the offsets is as long as what is left then.
        #expect((4100...6000).contains(log.clock.nowMS - begunMS))
        #expect(worker.statistics.aborts == 1)
    }

    @Test(arguments: BrokerFaults.Step.allCases)
    func `keeps a rebalance for a short wait, for all its time where brokers must say`(step: BrokerFaults.Step) throws {
        var silent: [BrokerFaults.Step: Int64] = [step: .max / 4]
        if step == .abort { silent[.flush] = .max / 4 }
        let (worker, log) = try Self.worker(silent: silent)
        let begunMS = log.clock.nowMS
        let (awaitedMS, wholeMS) = (CommitSettings().awaitedTimeoutMS, CommitSettings().timeoutMS)
        switch step {
        case .flush, .sendOffsets:
            try worker.revoke(lost: false)
            #expect(log.clock.nowMS - begunMS == awaitedMS)
            #expect(log.broker.committed.isEmpty)
        case .commit, .abort:
            // What becomes of the transaction is for the brokers to say, at the next start.
            let failure = #expect(throws: StreamFailure.self) { try worker.revoke(lost: false) }
            guard case .unavailable = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(log.clock.nowMS - begunMS == (step == .commit ? wholeMS : awaitedMS + wholeMS))
        }
    }
}

import StreamEngine
import StreamSimulation
import Testing

@Suite struct `A task that goes and comes back` {
    let log: SimulatedLog
    let worker: Worker<SimulatedLog, RecallingRooms>

    init() throws {
        log = Self.log()
        worker = Self.worker(log)
        try Self.take(worker, [0, 1])
        try Self.work(worker)
        #expect(log.restored == [0, 1])
    }

    static func log(_ broker: SimulatedBroker = Inputs.make(seed: 7), seed: UInt64 = 7) -> SimulatedLog {
        SimulatedLog(broker: broker, seed: seed, clock: SimulatedClock())
    }

    static func worker(
        _ log: SimulatedLog, _ change: (inout WorkerSettings) -> Void = { _ in }
    ) -> Worker<SimulatedLog, RecallingRooms> {
        var settings = WorkerSettings()
        settings.quantum = 5
        change(&settings)
        return Worker(log: log, settings: settings) { RecallingRooms() }
    }

    static func take(_ worker: Worker<SimulatedLog, RecallingRooms>, _ partitions: [Int32]) throws {
        try worker.assign(partitions)
        try worker.takeOver()
        #expect(worker.isReady == !partitions.isEmpty)
    }

    static func work(_ worker: Worker<SimulatedLog, RecallingRooms>, steps: Int = 6) throws {
        for _ in 0..<steps { _ = try worker.step() }
    }

    @Test func `is not restored if nobody had it in between`() throws {
        try worker.revoke(lost: false)
        try Self.take(worker, [0, 1])
        #expect(log.restored == [0, 1])
        #expect(worker.statistics.recycled == 2)
        #expect(worker.statistics.restored == 2)
    }

    @Test func `is restored if another worker committed in between, the one beside it not`() throws {
        try worker.revoke(lost: false)
        let other = Self.log(log.broker, seed: 8)
        let second = Self.worker(other)
        try Self.take(second, [1])
        try Self.work(second)
        try second.finish()
        log.broker = other.broker
        try Self.take(worker, [0, 1])
        #expect(log.restored == [0, 1, 1])
        #expect(worker.statistics.recycled == 1)
    }

    @Test func `is kept if another worker had it and did nothing`() throws {
        try worker.revoke(lost: false)
        let second = Self.worker(log)
        try Self.take(second, [1])
        try second.finish()
        try Self.take(worker, [0, 1])
        #expect(worker.statistics.recycled == 2)
    }

    @Test func `is restored if it was lost with work undone`() throws {
        try worker.revoke(lost: true)
        try Self.take(worker, [0, 1])
        #expect(log.restored == [0, 1, 0, 1])
    }

    @Test func `is forgotten if it does not come back at once`() throws {
        try worker.revoke(lost: false)
        try Self.take(worker, [0])
        try worker.revoke(lost: false)
        try Self.take(worker, [0, 1])
        #expect(log.restored == [0, 1, 1])
    }

    @Test func `is kept over an assignment that was given up`() throws {
        try worker.revoke(lost: false)
        log.broker.committed[1]?.metadata = "moved"
        log.broker.changelogHiddenUntilMS[1] = 60_000
        log.broker.committed[1]?.metadata = CommitMetadata(replayFrom: 0, changelogEnd: 1, ruleSet: "").encoded
        try worker.assign([0, 1])
        try worker.takeOver(steps: 50)
        #expect(!worker.isReady)
        try worker.revoke(lost: false)
        log.broker.changelogHiddenUntilMS = [:]
        let before = log.restored.count
        try Self.take(worker, [0, 1])
        #expect(log.restored[before...] == [1])
    }

    @Test(arguments: [(0, 0), (1, 0), (200_000, 2)])
    func `stays in memory only within the bound of rooms`(maxSuspendedRooms: Int, recycled: Int) throws {
        let log = Self.log()
        let worker = Self.worker(log) { $0.maxSuspendedRooms = maxSuspendedRooms }
        try Self.take(worker, [0, 1])
        try Self.work(worker)
        try worker.revoke(lost: false)
        try Self.take(worker, [0, 1])
        #expect(worker.statistics.recycled == recycled)
    }
}

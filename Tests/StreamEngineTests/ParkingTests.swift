import StreamEngine
import Testing

@Suite struct `A lane that goes and comes back` {
    let log = SimulatedLog(broker: SimulationInputs.make(seed: 7), seed: 7, failsOneIn: 0)
    let worker: Worker<SimulatedLog, TailJudge>

    init() throws {
        worker = Self.worker(log)
        try worker.assign([0, 1])
        try Self.work(worker)
        #expect(log.restored == [0, 1])
    }

    static func worker(
        _ log: SimulatedLog, _ change: (inout WorkerSettings) -> Void = { _ in }
    ) -> Worker<SimulatedLog, TailJudge> {
        var settings = WorkerSettings()
        settings.laneTurn = 5
        change(&settings)
        return Worker(log: log, settings: settings, nowMS: 0) { TailJudge() }
    }

    static func work(_ worker: Worker<SimulatedLog, TailJudge>, steps: Int = 6) throws {
        for _ in 0..<steps { _ = try worker.step(nowMS: 0) }
    }

    @Test func `is not restored if nobody had it in between`() throws {
        try worker.revoke(lost: false, nowMS: 0)
        try worker.assign([0, 1])
        #expect(log.restored == [0, 1])
        #expect(worker.statistics.reused == 2)
        #expect(worker.statistics.restores == 2)
    }

    @Test func `is restored if another worker committed in between, the one beside it not`() throws {
        try worker.revoke(lost: false, nowMS: 0)
        let other = SimulatedLog(broker: log.broker, seed: 8, failsOneIn: 0)
        let second = Self.worker(other)
        try second.assign([1])
        try Self.work(second)
        try second.finish(nowMS: 0)
        log.broker = other.broker
        try worker.assign([0, 1])
        #expect(log.restored == [0, 1, 1])
        #expect(worker.statistics.reused == 1)
    }

    @Test func `is kept if another worker had it and did nothing`() throws {
        try worker.revoke(lost: false, nowMS: 0)
        let second = Self.worker(log)
        try second.assign([1])
        try second.finish(nowMS: 0)
        try worker.assign([0, 1])
        #expect(worker.statistics.reused == 2)
    }

    @Test func `is restored if it was lost with work undone`() throws {
        try worker.revoke(lost: true, nowMS: 0)
        try worker.assign([0, 1])
        #expect(log.restored == [0, 1, 0, 1])
    }

    @Test func `is forgotten if it does not come back at once`() throws {
        try worker.revoke(lost: false, nowMS: 0)
        try worker.assign([0])
        try worker.revoke(lost: false, nowMS: 0)
        try worker.assign([0, 1])
        #expect(log.restored == [0, 1, 1])
    }

    @Test func `is kept over an assignment that was given up`() throws {
        try worker.revoke(lost: false, nowMS: 0)
        log.broker.committed[1]?.metadata = "moved"
        log.interruptsAt = 1
        #expect(throws: StreamFailure.interrupted("simulated")) { try worker.assign([0, 1]) }
        try worker.assign([0, 1])
        #expect(log.restored == [0, 1, 1])
    }

    @Test(arguments: [(0, 0), (1, 0), (200_000, 2)])
    func `stays in memory only within the bound of rooms`(maxParkedRooms: Int, reused: Int) throws {
        let log = SimulatedLog(broker: SimulationInputs.make(seed: 7), seed: 7, failsOneIn: 0)
        let worker = Self.worker(log) { $0.maxParkedRooms = maxParkedRooms }
        try worker.assign([0, 1])
        try Self.work(worker)
        try worker.revoke(lost: false, nowMS: 0)
        try worker.assign([0, 1])
        #expect(worker.statistics.reused == reused)
    }
}

@Suite struct `What the operator is told` {
    @Test func `is that the rules changed since the last commit, once for each lane`() throws {
        let log = SimulatedLog(broker: SimulationInputs.make(seed: 7), seed: 7, failsOneIn: 0)
        let before = Lanes.worker(log) { $0.ruleSetHash = "old" }
        try before.assign([0, 1])
        #expect(before.takeNotices() == [])
        try Lanes.work(before)
        try before.finish(nowMS: 0)

        let after = Lanes.worker(log) { $0.ruleSetHash = "new" }
        try after.assign([0, 1])
        #expect(
            after.takeNotices() == [0, 1].map { LaneNotice.rulesChanged(partition: $0, from: "old", to: "new") })
        try after.revoke(lost: true, nowMS: 0)
        try after.assign([])
        try after.assign([0, 1])
        #expect(after.takeNotices() == [])
    }

    @Test func `is that records were lost to retention, with both offsets`() throws {
        let log = SimulatedLog(broker: SimulationInputs.make(seed: 7), seed: 7, failsOneIn: 0)
        log.broker.committed[0] = CommittedLane(transcripts: 4, listings: 0)
        log.broker.low[.init(isSpeech: true, partition: 0)] = 9
        let worker = Lanes.worker(log)
        try worker.assign([0])
        let notices = worker.takeNotices()
        #expect(
            notices == [
                .foreignCommit(partition: 0, committed: 4),
                .recordsLost(topic: "live.transcripts", partition: 0, committed: 4, first: 9),
            ])
        #expect(notices[1].description.contains("up to 5 records were lost"))
        #expect(worker.statistics.truncated == 1)
    }

    @Test func `is the same when retention overtakes a lane at work, which then goes on behind the gap`() throws {
        let log = SimulatedLog(broker: SimulationInputs.make(seed: 7), seed: 7, failsOneIn: 0)
        let worker = Lanes.worker(log)
        try worker.assign([0])
        try Lanes.work(worker, steps: 3)
        try worker.revoke(lost: false, nowMS: 0)
        try worker.assign([0])
        let committed = try #require(log.broker.committed[0]?.transcripts)
        log.broker.low[.init(isSpeech: true, partition: 0)] = committed + 20
        try Lanes.work(worker, steps: 400)
        #expect(
            worker.takeNotices() == [
                .recordsLost(
                    topic: "live.transcripts", partition: 0, committed: committed, first: committed + 20)
            ])
        try worker.finish(nowMS: 0)
        let end = try #require(log.broker.inputs[.init(isSpeech: true, partition: 0)]?.last?.offset)
        #expect(log.broker.committed[0]?.transcripts == end + 1)
    }

    private typealias Lanes = `A lane that goes and comes back`
}

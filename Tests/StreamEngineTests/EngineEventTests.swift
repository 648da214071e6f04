import ClaimDetection
import ClaimRules
import LiveEvents
import StreamEngine
import StreamSimulation
import Testing

@Suite struct `What the operator is told` {
    private typealias Tasks = `A task that goes and comes back`

    @Test func `is that the rules changed since the last commit, once for each partition`() throws {
        let log = Tasks.log()
        let before = Tasks.worker(log) { $0.ruleSetHash = "old" }
        try Tasks.take(before, [0, 1])
        #expect(!before.takeEvents().contains { if case .rulesChanged = $0 { true } else { false } })
        try Tasks.work(before)
        try before.finish()

        let after = Tasks.worker(log) { $0.ruleSetHash = "new" }
        try Tasks.take(after, [0, 1])
        #expect(
            after.takeEvents().filter { if case .rulesChanged = $0 { true } else { false } }
                == [0, 1].map { .rulesChanged(partition: $0, from: "old", to: "new") })
        try after.revoke(lost: true)
        try Tasks.take(after, [])
        try Tasks.take(after, [0, 1])
        #expect(!after.takeEvents().contains { if case .rulesChanged = $0 { true } else { false } })
    }

    @Test func `is that records were lost to retention, with both offsets`() throws {
        let log = Tasks.log()
        log.broker.committed[0] = CommittedOffsets(transcripts: 4, listings: 0)
        log.broker.low[.init(.transcripts, 0)] = 9
        let worker = Tasks.worker(log)
        try Tasks.take(worker, [0])
        let events = worker.takeEvents()
        #expect(events.contains(.foreignCommit(partition: 0, committed: 4)))
        #expect(events.contains(.recordsLost(topic: "live.transcripts", partition: 0, committed: 4, first: 9)))
        #expect(worker.statistics.lostToRetention == 1)
    }

    @Test func `is the same when retention overtakes a task at work, which then goes on behind the gap`() throws {
        let log = Tasks.log()
        let worker = Tasks.worker(log)
        try Tasks.take(worker, [0])
        try Tasks.work(worker, steps: 3)
        try worker.revoke(lost: false)
        try Tasks.take(worker, [0])
        let committed = try #require(log.broker.committed[0]?.transcripts)
        log.broker.low[.init(.transcripts, 0)] = committed + 20
        for _ in 0..<400 {
            _ = try worker.step()
            log.clock.advance(byMS: 10)
        }
        #expect(
            worker.takeEvents().contains(
                .recordsLost(
                    topic: "live.transcripts", partition: 0, committed: committed, first: committed + 20)))
        try worker.finish()
        let end = try #require(log.broker.inputs[.init(.transcripts, 0)]?.last?.offset)
        #expect(log.broker.committed[0]?.transcripts == end + 1)
    }

    @Test func `is what a restore forgot because the limits have no room for it, and it is not counted a second time`()
        throws
    {
        let ruleSet = try RuleSet(rules: [], contentHash: "0")
        let broker = try SimulatedRun { _ in RoomStore(ruleSet: ruleSet) }.run(Inputs.make(seed: 7), seed: 7).broker
        var limits = DetectionLimits()
        (limits.maxRooms, limits.maxListingsPerRoom) = (1, 1)
        let log = Tasks.log(broker)
        let worker = Worker(log: log, settings: WorkerSettings()) { RoomStore(ruleSet: ruleSet, limits: limits) }
        try worker.assign([0, 1])
        try worker.takeOver()
        let forgotten = worker.takeEvents().compactMap { event -> (Int32, Int, Int)? in
            guard case .forgottenInRestore(let partition, let rooms, let listings) = event else { return nil }
            return (partition, rooms, listings)
        }
        #expect(forgotten.map(\.0) == [0, 1])
        #expect(forgotten.allSatisfy { $0.1 == 2 && (1...2).contains($0.2) }, "\(forgotten)")
        let tally = worker.takeTally()
        #expect(tally.roomsForgotten == 0 && tally.listingsForgotten == 0)
    }

    @Test(arguments: [WorkerSettings.leastOutputRecordBytes, 100_000, 990_000])
    func `is that an alert is larger than a record may be; its input is set aside, and nothing published is larger`(
        limit: Int
    ) throws {
        let long = String(repeating: "长", count: 21_000)
        var broker = SimulatedBroker()
        for number in 0..<6 {
            broker.append(
                .transcripts, 0, timestampMS: 0, key: Array("room".utf8),
                value: Array(Inputs.speech("room", number, long).utf8))
        }
        // A dead letter as large as they come: a large key, a large value, a long path with much to escape.
        let name = String(repeating: #"\u0001"#, count: 10_000)
        for value in ["{", #"{"schema":"listing.v1","attributes":{"\#(name)":1}}"#, long] {
            broker.append(
                .listings, 0, timestampMS: 0, key: [UInt8](repeating: 1, count: 900_000),
                value: Array(value.utf8))
        }
        let log = Tasks.log(broker)
        let worker = Tasks.worker(log) { $0.maxOutputRecordBytes = limit }
        try Tasks.take(worker, [0])
        try Tasks.work(worker, steps: 40)
        try worker.finish()
        let sizes = log.broker.outputs.map { ($0.key?.count ?? 0) + ($0.value?.count ?? 0) }
        #expect(sizes.count == 5 && sizes.allSatisfy { $0 <= limit }, "\(sizes)")
        let tooLarge = worker.takeEvents().count { event in
            if case .outputTooLarge(.alerts, _, limit, "room") = event { true } else { false }
        }
        // One text has 63,000 bytes, the later alert holds two.
        #expect(tooLarge == (limit < 60_000 ? 2 : limit < 120_000 ? 1 : 0))
        #expect(worker.statistics.deadLetters == 3 + tooLarge)
    }
}

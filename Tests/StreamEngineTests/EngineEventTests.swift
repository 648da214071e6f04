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

}

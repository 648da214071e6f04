import StreamEngine
import Testing

@Suite struct `A commit policy` {
    static func policy() -> CommitPolicy {
        var settings = CommitSettings()
        (settings.floorMS, settings.busyFloorMS, settings.intervalMS) = (10, 200, 1000)
        settings.maxRecords = 20_000
        return CommitPolicy(settings, nowMS: 0)
    }

    @Test func `is quick with output, slow without, silent with nothing`() {
        var policy = Self.policy()
        #expect(!policy.isDue(outputBytes: 0, nowMS: 5000))
        policy.recordTaken()
        #expect(!policy.isDue(outputBytes: 0, nowMS: 999))
        #expect(policy.isDue(outputBytes: 0, nowMS: 1000))
        #expect(!policy.isDue(outputBytes: 1, nowMS: 9))
        #expect(policy.isDue(outputBytes: 1, nowMS: 10))
        policy.committed(nowMS: 10)
        #expect(!policy.isDue(outputBytes: 0, nowMS: 5000))
    }

    @Test func `batches output while there is a backlog, and only then`() {
        var policy = Self.policy()
        policy.recordTaken()
        policy.hasBacklog = true
        #expect(!policy.isDue(outputBytes: 1, nowMS: 199))
        #expect(policy.isDue(outputBytes: 1, nowMS: 200))
        #expect(policy.waitMS(outputBytes: 1, nowMS: 50) == 150)
        policy.hasBacklog = false
        #expect(policy.isDue(outputBytes: 1, nowMS: 10))
    }

    @Test func `never waits less for a backlog than its floor says`() {
        var settings = CommitSettings()
        settings.floorMS = 500
        var policy = CommitPolicy(settings, nowMS: 0)
        policy.hasBacklog = true
        #expect(!policy.isDue(outputBytes: 1, nowMS: 499))
    }

    @Test func `never waits longer with output than without, whatever the floor of a backlog is`() {
        var settings = CommitSettings()
        (settings.floorMS, settings.busyFloorMS, settings.intervalMS) = (10, 5000, 300)
        var policy = CommitPolicy(settings, nowMS: 0)
        policy.hasBacklog = true
        #expect(!policy.isDue(outputBytes: 1, nowMS: 299))
        #expect(policy.isDue(outputBytes: 1, nowMS: 300))
    }

    @Test func `is due at once when full`() {
        var policy = Self.policy()
        for _ in 0..<policy.maxRecords { policy.recordTaken() }
        #expect(policy.isDue(outputBytes: 0, nowMS: 0))
    }

    @Test func `allows a sixteenth of the records after a failure, down to one, and twice as many after a success`() {
        var policy = Self.policy()
        var sizes: [Int] = []
        for _ in 0..<5 {
            policy.aborted(nowMS: 0)
            sizes.append(policy.maxRecords)
        }
        #expect(sizes == [1250, 78, 4, 1, 1])
        for _ in 0..<20 { policy.committed(nowMS: 0) }
        #expect(policy.maxRecords == policy.settings.maxRecords)
    }
}

@Suite struct `A retry policy` {
    @Test func `waits twice as long after each failure, up to a bound, and gives up after the last`() {
        var retry = RetryPolicy()
        var waits: [Int64] = []
        while let wait = retry.failed() { waits.append(wait) }
        #expect(waits == [100, 200, 400, 800, 1600, 3200, 6400, 12_800, 15_000, 15_000])
        #expect(retry.failures == retry.settings.maxFailures)
    }

    @Test func `begins anew after a success`() {
        var retry = RetryPolicy()
        #expect(retry.failed() == 100)
        #expect(retry.failed() == 200)
        retry.succeeded()
        #expect(retry.failed() == 100)
    }
}

import StreamEngine
import Testing

@Suite struct `Lane merge` {
    @Test func `takes the earlier record, a listing before speech of the same time`() {
        var merge = LaneMerge()
        #expect(
            merge.choose(transcripts: .record(timestampMS: 5), listings: .record(timestampMS: 7), nowMS: 0)
                == .transcripts)
        #expect(
            merge.choose(transcripts: .record(timestampMS: 7), listings: .record(timestampMS: 5), nowMS: 0) == .listings
        )
        #expect(
            merge.choose(transcripts: .record(timestampMS: 7), listings: .record(timestampMS: 7), nowMS: 0) == .listings
        )
    }

    @Test func `goes on at the end of the other topic`() {
        var merge = LaneMerge()
        #expect(merge.choose(transcripts: .record(timestampMS: 5), listings: .end, nowMS: 0) == .transcripts)
        #expect(merge.choose(transcripts: .end, listings: .record(timestampMS: 5), nowMS: 0) == .listings)
        #expect(merge.choose(transcripts: .end, listings: .empty, nowMS: 0) == .wait)
    }

    @Test func `waits for a topic that is not known to be at its end, but not for ever`() {
        var merge = LaneMerge(maxWaitMS: 100)
        let speech = LaneMerge.Head.record(timestampMS: 5)
        #expect(merge.choose(transcripts: speech, listings: .empty, nowMS: 10) == .wait)
        #expect(merge.choose(transcripts: speech, listings: .empty, nowMS: 109) == .wait)
        #expect(merge.choose(transcripts: speech, listings: .empty, nowMS: 110) == .transcripts)
        #expect(merge.choose(transcripts: speech, listings: .empty, nowMS: 111) == .transcripts)
        #expect(merge.impatience == 1)
    }
}

@Suite struct `Commit policy` {
    @Test func `is quick with output, slow without, silent with nothing`() {
        var policy = CommitPolicy(floorMS: 10, intervalMS: 1000, nowMS: 0)
        #expect(!policy.isDue(outputBytes: 0, nowMS: 5000))
        policy.recordTaken()
        #expect(!policy.isDue(outputBytes: 0, nowMS: 999))
        #expect(policy.isDue(outputBytes: 0, nowMS: 1000))
        #expect(!policy.isDue(outputBytes: 1, nowMS: 9))
        #expect(policy.isDue(outputBytes: 1, nowMS: 10))
        policy.committed(nowMS: 10)
        #expect(!policy.isDue(outputBytes: 0, nowMS: 5000))
    }

    @Test func `is due at once when full`() {
        var policy = CommitPolicy(nowMS: 0)
        for _ in 0..<policy.maxRecords { policy.recordTaken() }
        #expect(policy.isDue(outputBytes: 0, nowMS: 0))
    }
}

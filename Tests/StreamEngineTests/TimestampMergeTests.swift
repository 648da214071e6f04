import StreamEngine
import Testing

@Suite struct `A merge by timestamp` {
    @Test func `takes the earlier record, a listing before speech of the same time`() {
        var merge = TimestampMerge()
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
        var merge = TimestampMerge()
        #expect(merge.choose(transcripts: .record(timestampMS: 5), listings: .end, nowMS: 0) == .transcripts)
        #expect(merge.choose(transcripts: .end, listings: .record(timestampMS: 5), nowMS: 0) == .listings)
        #expect(merge.choose(transcripts: .end, listings: .empty, nowMS: 0) == .wait)
    }

    @Test func `waits for a topic that is not known to be at its end, but not for ever`() {
        var merge = TimestampMerge(maxTaskIdleMS: 100)
        let speech = TimestampMerge.Head.record(timestampMS: 5)
        #expect(merge.choose(transcripts: speech, listings: .empty, nowMS: 10) == .wait)
        #expect(merge.choose(transcripts: speech, listings: .empty, nowMS: 109) == .wait)
        #expect(merge.choose(transcripts: speech, listings: .empty, nowMS: 110) == .transcripts)
        #expect(merge.choose(transcripts: speech, listings: .empty, nowMS: 111) == .transcripts)
        #expect(merge.enforcedProcessing == 1)
    }
}

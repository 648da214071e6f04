import StreamEngine
import Testing

@Suite struct `A simulated stream` {
    /// Two lanes of speech and listings with gaps between offsets; now and then a broken record.
    static func inputs(seed: UInt64) -> SimulatedLog.Broker {
        var random = SplitMix64(seed: seed)
        var broker = SimulatedLog.Broker()
        for partition in Int32(0)..<2 {
            var time: Int64 = 0
            var next: (Int64, Int64) = (0, 0)
            for number in 0..<120 {
                time += Int64(random.next() % 3)
                let room = "room-\(partition)-\(random.next() % 3)"
                let isSpeech = random.next() % 4 != 0
                let isBroken = random.next() % 20 == 0
                let text =
                    isSpeech
                    ? #"{"schema":"transcript.v1","platform":"p","room_id":"\#(room)","session_id":"s","segment_id":\#(number),"is_final":true,"start_ms":1,"end_ms":2,"text":"t\#(number)"}"#
                    : #"{"schema":"listing.v1","platform":"p","room_id":"\#(room)","session_id":"s","listing_id":"l","action":"listed","time_ms":1,"title":"x"}"#
                let gap = random.next() % 8 == 0 ? Int64(1) : 0
                let record = SimulatedLog.Record(
                    offset: (isSpeech ? next.0 : next.1) + gap, timestampMS: time,
                    key: random.next() % 40 == 0 ? nil : Array(room.utf8),
                    value: isBroken ? Array("{".utf8) : Array(text.utf8))
                if isSpeech { next.0 = record.offset + 1 } else { next.1 = record.offset + 1 }
                broker.inputs[.init(isSpeech: isSpeech, partition: partition), default: []].append(record)
            }
        }
        return broker
    }

    /// Runs to the end of the input, through every crash, and gives what was committed.
    static func run(_ inputs: SimulatedLog.Broker, seed: UInt64, failsOneIn: UInt64) throws -> SimulatedLog.Broker {
        var broker = inputs
        var random = SplitMix64(seed: ~seed)
        var now: Int64 = 0
        for life in UInt64(0)..<2000 {
            let log = SimulatedLog(broker: broker, seed: seed &+ life &* 7919, failsOneIn: failsOneIn)
            var settings = WorkerSettings()
            settings.maxLaneWaitMS = .max / 2
            settings.laneTurn = 1 + Int(random.next() % 9)
            settings.commitIntervalMS = 20
            let worker = Worker(log: log, settings: settings, nowMS: now) { TailJudge() }
            do {
                try worker.assign([0, 1])
                var idle = 0
                while idle < 60 {
                    now += Int64(random.next() % 8)
                    idle = try worker.step(nowMS: now) ? 0 : idle + 1
                    if failsOneIn > 0, random.next() % 50 == 0 {
                        try worker.revoke(lost: random.next() % 2 == 0, nowMS: now)
                        try worker.assign([0, 1])
                    }
                }
                try worker.finish(nowMS: now)
                return log.broker
            } catch StreamFailure.fatal { broker = log.broker }
        }
        Issue.record("seed \(seed) never came to its end")
        return broker
    }

    /// Within one room order is a promise; between rooms it is not.
    static func byKey(_ broker: SimulatedLog.Broker) -> [[UInt8]: [SimulatedLog.Output]] {
        Dictionary(grouping: broker.outputs.filter { $0.topic != .deadLetters }, by: { $0.key ?? [] })
    }
    static func deadLetters(_ broker: SimulatedLog.Broker) -> [String] {
        broker.outputs.filter { $0.topic == .deadLetters }.map { String(decoding: $0.value!, as: UTF8.self) }.sorted()
    }

    @Test(arguments: UInt64(0)..<60)
    func `gives each alert once, unchanged, whatever breaks`(seed: UInt64) throws {
        let inputs = Self.inputs(seed: seed)
        let calm = try Self.run(inputs, seed: 1, failsOneIn: 0)
        let rough = try Self.run(inputs, seed: seed, failsOneIn: 12 + seed)
        #expect(!calm.outputs.isEmpty)
        #expect(Self.byKey(calm) == Self.byKey(rough))
        #expect(Self.deadLetters(calm) == Self.deadLetters(rough))
    }
}

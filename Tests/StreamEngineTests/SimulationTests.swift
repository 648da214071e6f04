import StreamEngine
import Testing

@Suite struct `A simulated stream` {
    /// Runs to the end of the input, through every crash, and gives what was committed.
    ///
    /// Rebalances take lanes away and bring them back, now and then after another worker had them for a while.
    static func run(
        _ inputs: SimulatedLog.Broker, seed: UInt64, failsOneIn: UInt64, rebalances: Bool = false,
        maxParkedRooms: Int = 200_000
    ) throws -> (broker: SimulatedLog.Broker, totals: WorkerStatistics) {
        var broker = inputs
        var totals = WorkerStatistics()
        var random = SplitMix64(seed: ~seed)
        var now: Int64 = 0
        for life in UInt64(0)..<2000 {
            let log = SimulatedLog(broker: broker, seed: seed &+ life &* 7919, failsOneIn: failsOneIn)
            var settings = WorkerSettings()
            settings.maxLaneWaitMS = .max / 2
            settings.laneTurn = 1 + Int(random.next() % 9)
            settings.commitIntervalMS = 20
            settings.maxParkedRooms = maxParkedRooms
            let worker = Worker(log: log, settings: settings, nowMS: now) { TailJudge() }
            do {
                try worker.assign([0, 1])
                var idle = 0
                while idle < 60 {
                    now += Int64(random.next() % 8)
                    idle = try worker.step(nowMS: now) ? 0 : idle + 1
                    guard rebalances, random.next() % 20 == 0 else { continue }
                    try worker.revoke(lost: random.next() % 4 == 0, nowMS: now)
                    if random.next() % 2 == 0 {
                        // Another worker has one of the lanes, and gives it back.
                        let other = SimulatedLog(broker: log.broker, seed: random.next(), failsOneIn: failsOneIn)
                        try lend(Int32(random.next() % 2), to: other, settings, steps: random.next() % 12, nowMS: &now)
                        log.broker = other.broker
                    }
                    log.interruptsAt = random.next() % 4 == 0 ? Int32(random.next() % 2) : nil
                    do { try worker.assign([0, 1]) } catch StreamFailure.interrupted { try worker.assign([0, 1]) }
                    log.interruptsAt = nil
                }
                try worker.finish(nowMS: now)
                totals.add(worker.statistics)
                return (log.broker, totals)
            } catch StreamFailure.fatal {
                totals.add(worker.statistics)
                broker = log.broker
            }
        }
        Issue.record("seed \(seed) never came to its end")
        return (broker, totals)
    }

    private static func lend(
        _ partition: Int32, to log: SimulatedLog, _ settings: WorkerSettings, steps: UInt64, nowMS: inout Int64
    ) throws {
        let worker = Worker(log: log, settings: settings, nowMS: nowMS) { TailJudge() }
        do {
            try worker.assign([partition])
            for _ in 0..<steps {
                nowMS += 4
                _ = try worker.step(nowMS: nowMS)
            }
            try worker.revoke(lost: false, nowMS: nowMS)
        } catch StreamFailure.fatal {}  // It crashed: what it had committed is on the broker.
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
        let inputs = SimulationInputs.make(seed: seed)
        let calm = try Self.run(inputs, seed: 1, failsOneIn: 0).broker
        let rough = try Self.run(inputs, seed: seed, failsOneIn: 12 + seed, rebalances: true).broker
        #expect(!calm.outputs.isEmpty)
        #expect(Self.byKey(calm) == Self.byKey(rough))
        #expect(Self.deadLetters(calm) == Self.deadLetters(rough))
    }

    @Test func `decides alike whether lanes are parked over rebalances or restored`() throws {
        var parked = WorkerStatistics()
        for seed in UInt64(0)..<30 {
            let inputs = SimulationInputs.make(seed: seed)
            let calm = try Self.run(inputs, seed: 1, failsOneIn: 0)
            #expect(calm.totals.reused == 0)
            for maxParkedRooms in [0, 3, 200_000] {
                let moved = try Self.run(
                    inputs, seed: seed, failsOneIn: seed % 2 == 0 ? 0 : 40, rebalances: true,
                    maxParkedRooms: maxParkedRooms)
                #expect(Self.byKey(calm.broker) == Self.byKey(moved.broker), "seed \(seed), \(maxParkedRooms)")
                #expect(Self.deadLetters(calm.broker) == Self.deadLetters(moved.broker), "seed \(seed)")
                if maxParkedRooms == 0 { #expect(moved.totals.reused == 0) } else { parked.add(moved.totals) }
            }
        }
        // Both ways were taken, and often.
        #expect(parked.reused > 100, "\(parked)")
        #expect(parked.restores > 100, "\(parked)")
    }
}

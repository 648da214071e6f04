import ClaimDetection
import ClaimRules
import ClaimScreen
import LiveEvents
import StreamEngine
import StreamSimulation
import Testing

@Suite struct `A simulated stream` {
    static func run(
        _ inputs: SimulatedBroker, seed: UInt64, failsOneIn: UInt64 = 0, rebalances: Bool = false,
        maxSuspendedRooms: Int = 200_000
    ) throws -> SimulatedRun<RecallingRooms>.Outcome {
        var run = SimulatedRun { _ in RecallingRooms() }
        run.settings.quantum = 9
        run.settings.maxSuspendedRooms = maxSuspendedRooms
        run.faults = BrokerFaults(failsOneIn: failsOneIn, unansweredOneIn: failsOneIn / 3)
        run.hasRebalances = rebalances
        let outcome = try run.run(inputs, seed: seed)
        #expect(outcome.isComplete, "seed \(seed) never came to its end")
        return outcome
    }

    @Test(arguments: UInt64(0)..<40)
    func `gives each alert once, unchanged, whatever breaks`(seed: UInt64) throws {
        let inputs = Inputs.make(seed: seed)
        let calm = try Self.run(inputs, seed: 1).broker
        let rough = try Self.run(inputs, seed: seed, failsOneIn: 12 + seed, rebalances: true).broker
        #expect(!calm.outputs.isEmpty)
        #expect(calm.alertsByRoom == rough.alertsByRoom)
        #expect(calm.deadLetters == rough.deadLetters)
    }

    @Test func `decides alike whether tasks are suspended over rebalances or restored`() throws {
        var suspended = WorkerStatistics()
        for seed in UInt64(0)..<20 {
            let inputs = Inputs.make(seed: seed)
            let calm = try Self.run(inputs, seed: 1)
            #expect(calm.totals.recycled == 0)
            for maxSuspendedRooms in [0, 3, 200_000] {
                let moved = try Self.run(
                    inputs, seed: seed, failsOneIn: seed % 2 == 0 ? 0 : 40, rebalances: true,
                    maxSuspendedRooms: maxSuspendedRooms)
                #expect(calm.broker.alertsByRoom == moved.broker.alertsByRoom, "seed \(seed), \(maxSuspendedRooms)")
                #expect(calm.broker.deadLetters == moved.broker.deadLetters, "seed \(seed)")
                if maxSuspendedRooms == 0 { #expect(moved.totals.recycled == 0) } else { suspended.add(moved.totals) }
            }
        }
        // Both ways were taken, and often.
        #expect(suspended.recycled > 60, "\(suspended)")
        #expect(suspended.restored > 60, "\(suspended)")
    }
}

@Suite struct `The real rooms in a simulated stream` {
    static let pack = """
        pack: health
        requires: claimwatch/1
        lists:
          heal: [根治, 治好]
          diseases: [糖尿病, 痛风]
        rules:
          - id: food.treatment
            revision: 1
            status: stable
            title: 治疗疾病
            title_en: Cures a disease
            category: food.treatment
            severity: high
            legal_basis: [{law: 广告法, article: 第十七条, from: 2015-09-01}]
            applies_to: [speech, listing]
            product: {category: [食品]}
            match: {all: ["@heal", "@diseases"], within: 14, order: any}
            window: 1m
            examples: {match: [这个能根治糖尿病], clear: [这个好吃]}
        """

    static let rules = RulePackLoader.load([PackFile(path: "health.yaml", bytes: Array(pack.utf8))])

    /// Claims, some of them cut in two; listings that make them food, and that come and change.
    static func inputs(seed: UInt64) -> SimulatedBroker {
        let phrases = ["这个蜂蜜能根治", "糖尿病，我妈喝了三个月", "痛风也治好了", "家人们好", "根治糖尿病就喝它", "今天八折"]
        var random = SplitMix64(seed: seed)
        var broker = SimulatedBroker()
        for partition in Int32(0)..<2 {
            for number in 0..<80 {
                let room = "room-\(partition)-\(random.next(below: 4))"
                if random.happens(0.2) {
                    let category = ["食品/蜂蜜", "服装/外套", "食品/茶"][random.next(below: 3)]
                    let text = Inputs.listing(room, number, title: phrases[random.next(below: 6)], category: category)
                    broker.append(
                        .listings, partition, timestampMS: Int64(number), key: Array(room.utf8), value: Array(text.utf8)
                    )
                } else {
                    let text = Inputs.speech(room, number, phrases[random.next(below: 6)])
                    broker.append(
                        .transcripts, partition, timestampMS: Int64(number), key: Array(room.utf8),
                        value: Array(text.utf8), gap: Int64(random.next(below: 2)))
                }
            }
        }
        return broker
    }

    @Test(arguments: UInt64(0)..<8)
    func `raise the alerts of a straight run, whatever breaks`(seed: UInt64) throws {
        let ruleSet = try #require(Self.rules.ruleSet, "\(Self.rules.problems)")
        let inputs = Self.inputs(seed: seed)
        var run = SimulatedRun { _ in RoomStore(ruleSet: ruleSet) }
        run.settings.maxReplayRecords = seed % 3 == 0 ? 10 : 5000
        let calm = try run.run(inputs, seed: 1)
        #expect(calm.isComplete)
        #expect(calm.broker.outputs.count > 5)

        run.settings.quantum = 9
        run.faults = BrokerFaults(failsOneIn: 25 + 4 * seed, unansweredOneIn: 7)
        run.faults.maxLatencyMS = seed % 2 == 0 ? 0 : 30
        run.hasRebalances = true
        run.settings.maxSuspendedRooms = seed % 4 == 1 ? 0 : 200_000
        let rough = try run.run(inputs, seed: seed)
        #expect(rough.isComplete)
        #expect(rough.totals.restored > 2)
        #expect(calm.broker.alertsByRoom == rough.broker.alertsByRoom)
        #expect(calm.broker.deadLetters == rough.broker.deadLetters)
    }

    // MARK: A rule that asks a screen

    /// Sentences with 我妈 were confirmed, those with 八折 dismissed.
    private static let model: ScreenModel = {
        var texts = LabelledTexts(bits: 10)
        for number in 0..<40 {
            var text = number.isMultiple(of: 2) ? "蜂蜜喝了，我妈好了\(number)" : "蜂蜜今天八折\(number)"
            text.withUTF8 { texts.add($0, isConfirmed: number.isMultiple(of: 2)) }
        }
        return ScreenModel.learn(name: "told", from: texts)
    }()

    private static let screened: RuleSet? = {
        let rule = """
            pack: screened
            requires: claimwatch/2
            rules:
              - id: honey
                title: 蜂蜜
                severity: medium
                legal_basis: [{law: 广告法, article: 第十七条, from: 2015-09-01}]
                match: {any: [蜂蜜]}
                screen: {model: told, min: 0.5, without_model: drop}
                window: 10m
                examples: {match: [蜂蜜来了, 这个蜂蜜], clear: [好吃, 今天八折]}

            """
        var screens = Screens()
        _ = screens.add(model)
        return RulePackLoader.load([PackFile(path: "screened.yaml", bytes: Array(rule.utf8))], screens: screens).ruleSet
    }()

    /// A segment every ten seconds, so that none goes on where another ended; claims and bargains take turns by chance, and
    /// windows hold several hits.
    private static func honey(seed: UInt64) -> SimulatedBroker {
        let phrases = ["这个蜂蜜喝了，我妈好了。", "这个蜂蜜今天八折。", "家人们好。", "蜂蜜我妈喝了三个月好了。"]
        var random = SplitMix64(seed: seed)
        var broker = SimulatedBroker()
        for partition in Int32(0)..<2 {
            for number in 0..<120 {
                let room = "room-\(partition)-\(random.next(below: 2))"
                let text = Inputs.speech(room, number * 10, phrases[random.next(below: 4)])
                broker.append(
                    .transcripts, partition, timestampMS: Int64(number), key: Array(room.utf8), value: Array(text.utf8))
            }
        }
        return broker
    }

    /// The window that a screened alert opened outlives a crash: later hits join it, under the same id, with its score.
    @Test(arguments: UInt64(0)..<8)
    func `raise what a screen let through, in the same windows, whatever breaks`(seed: UInt64) throws {
        let ruleSet = try #require(Self.screened)
        let inputs = Self.honey(seed: seed)
        var run = SimulatedRun { _ in RoomStore(ruleSet: ruleSet) }
        run.settings.maxReplayRecords = seed % 3 == 0 ? 10 : 5000
        let calm = try run.run(inputs, seed: 1)
        let alerts = calm.broker.outputs.filter { $0.topic == .alerts }.map {
            String(decoding: $0.value ?? [], as: UTF8.self)
        }
        #expect(
            alerts.contains { $0.contains(#""revision":1,"#) } && alerts.contains { $0.contains(#""revision":3,"#) })
        #expect(alerts.allSatisfy { $0.contains(#""screen":{"model":"told","score":"#) })
        // What the screen refuses is no evidence.
        #expect(!alerts.isEmpty && alerts.allSatisfy { !$0.contains("八折") })

        run.settings.quantum = 9
        run.faults = BrokerFaults(failsOneIn: 25 + 4 * seed, unansweredOneIn: 7)
        run.hasRebalances = true
        run.settings.maxSuspendedRooms = seed % 2 == 1 ? 0 : 200_000
        let rough = try run.run(inputs, seed: seed)
        #expect(calm.isComplete && rough.isComplete)
        #expect(rough.totals.restored > 2)
        #expect(calm.broker.alertsByRoom == rough.broker.alertsByRoom)
    }
}

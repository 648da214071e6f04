import KafkaTransport
import Testing

@Suite struct `Without a broker` {
    private let nowhere = KafkaProperties([("bootstrap.servers", "127.0.0.1:1")])

    @Test func `calls end in time and say what to check`() throws {
        let admin = try AdminClient(nowhere)
        let start = ContinuousClock.now
        let error = #expect(throws: KafkaError.self) { try admin.partitionCounts(of: ["a"], timeoutMS: 1000) }
        #expect(error?.isTimeout == true)
        #expect(error?.reason.contains("bootstrap.servers") == true)
        #expect(error?.reason.contains("127.0.0.1:1") == true, "\(String(describing: error))")
        #expect(throws: KafkaError.self) {
            try TransactionalProducer(nowhere, transactionalID: "t").initTransactions(timeoutMS: 1000)
        }
        #expect(throws: KafkaError.self) {
            try LogReader(nowhere).read(.init(topic: "a", partition: 0), from: .earliest, timeoutMS: 1000) { _ in }
        }
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test func `an unknown property is named`() {
        let error = #expect(throws: KafkaError.self) {
            try Producer(KafkaProperties([("bootstrap.server", "x")]))
        }
        #expect(error?.reason.contains("bootstrap.server") == true)
    }

    @Test func `secrets are hidden`() {
        let properties = KafkaProperties([
            ("sasl.password", "p1"), ("ssl.key.pem", "p2"), ("ssl.key.password", "p3"),
            ("sasl.oauthbearer.config", "p4"), ("sasl.oauthbearer.client.secret", "p5"), ("client.id", "me"),
        ])
        #expect(properties.redacted.filter { $0.1 != "********" }.map(\.0) == ["client.id"])
        #expect(!properties.description.contains("p1"))
    }

    @Test func `later properties win`() {
        var properties = KafkaProperties([("a", "1"), ("b", "2")]).merging(KafkaProperties([("a", "3")]))
        #expect(properties["a"] == "3")
        properties["b"] = nil
        #expect(properties["b"] == nil)
    }

    @Test func `a signal before the wait is kept`() throws {
        let wakeup = try Wakeup()
        wakeup.signal()
        wakeup.signal()
        wakeup.wait(timeoutMS: -1)
        wakeup.wait(timeoutMS: 0)
    }

    @Test(arguments: [
        (Int32(0x02_00_01_ff), "refuse"), (0x02_00_02_ff, "warn"), (0x02_03_00_ff, "fine"), (0x02_05_00_ff, "refuse"),
        (0x02_05_03_ff, "fine"), (0x02_08_00_ff, "fine"), (0x02_0A_00_ff, "refuse"), (0x02_0A_01_ff, "fine"),
    ])
    func `versions with known faults are refused`(version: Int32, expected: String) {
        let verdict =
            switch LibraryVersion.verdict(of: version) {
            case .fine: "fine"
            case .warn: "warn"
            case .refuse: "refuse"
            }
        #expect(verdict == expected)
    }
}

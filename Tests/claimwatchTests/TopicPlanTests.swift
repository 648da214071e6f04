import Testing

@testable import claimwatch

@Suite struct `Topic plan` {
    private let plan = TopicPlan(Settings())
    private let complete = [
        "live.transcripts": 12, "live.listings": 12, "live.alerts": 3, "live.alerts.shadow": 3, "live.deadletters": 1,
        "claimwatch-state": 12,
    ]

    @Test func `is content when all topics are there`() {
        #expect(plan.problems(partitions: complete).isEmpty)
    }

    @Test(arguments: ["live.transcripts", "live.listings", "live.alerts", "claimwatch-state"])
    func `names each missing topic`(name: String) {
        var partitions = complete
        partitions[name] = nil
        #expect(plan.problems(partitions: partitions).map { $0.hasPrefix("\(name): is missing") } == [true])
    }

    @Test(arguments: ["live.listings", "claimwatch-state"])
    func `wants equal partition counts`(name: String) {
        var partitions = complete
        partitions[name] = 6
        #expect(
            plan.problems(partitions: partitions) == [
                "\(name): has 6 partitions, live.transcripts has 12; they must be equal, as a room's records meet by "
                    + "partition number"
            ])
    }

    @Test func `creates a twin with the partitions its input has`() {
        let state = plan.topics.first { $0.role == .state }!
        #expect(plan.partitionsToCreate(state, existing: ["live.listings": 7], asked: 12) == 7)
        #expect(plan.partitionsToCreate(state, existing: [:], asked: 12) == 12)
    }
}

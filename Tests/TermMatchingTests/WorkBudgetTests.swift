import Testing

@testable import TermMatching

/// No text takes longer than its budget allows, and what it hides is counted.
@Suite struct `Work budget` {
    /// Terms of four characters, all of one sound.
    private static let alike: [Term] = {
        let same = "治止志至致制智质置植".map(String.init)
        return (0..<3000).map { number in
            let text = [number % 10, number / 10 % 10, number / 100 % 10, number / 1000].map { same[$0] }.joined()
            return Term(text, tolerance: Tolerance(sounds: true))
        }
    }()

    private static func scan(_ index: TermIndex, _ text: String, _ buffer: inout MatchBuffer) {
        buffer.removeAll()
        Array(text.utf8).withUnsafeBufferPointer { index.scan($0, into: &buffer) }
    }

    @Test func `bounds the work for 3,000 terms of one sound in a line of 64 KiB`() throws {
        let index = try TermIndex(Self.alike)
        var buffer = MatchBuffer()
        let text = String(repeating: "直", count: 65536 / 3)
        Self.scan(index, text, &buffer)
        // What one place costs may be spent beyond it: all terms of all buckets.
        let most = buffer.budget.burst + text.utf8.count * buffer.budget.perByte
        #expect(buffer.work < most + 3000 * 4 * WorkBudget.Cost.step + 1000)
        #expect(buffer.count < 100_000)
        #expect(buffer.isCutShort == true)
        #expect(buffer.unverified > 0)
    }

    @Test func `grows with the terms, since more of them have to be looked at`() {
        let budget = WorkBudget(burst: 10, perByte: 2)
        #expect([0, 1, 8_000].map { budget.scaled(to: $0) } == [budget, budget, budget])
        #expect(budget.scaled(to: 8_001) == WorkBudget(burst: 20, perByte: 4))
        #expect(budget.scaled(to: 24_000) == WorkBudget(burst: 30, perByte: 6))
        #expect(WorkBudget.unlimited.scaled(to: 1_000_000) == .unlimited)
    }

    @Test func `the limit of matches bites while a text is read`() throws {
        let index = try TermIndex(Self.alike)
        var buffer = MatchBuffer(limit: 100)
        buffer.budget = .unlimited
        Self.scan(index, String(repeating: "直", count: 20_000), &buffer)
        #expect(buffer.count == 100)
        #expect(buffer.isCutShort == true)
        #expect(buffer.capacity <= 16_384)
    }

    /// Terms of one sound are noise; 免役力 is what it should hide.
    @Test func `is earned again: a term some hundred characters behind noise is found`() throws {
        let index = try TermIndex(Self.alike + [Term("免疫力", tolerance: Tolerance(sounds: true))])
        var buffer = MatchBuffer()
        let noise = String(repeating: "直", count: 400)
        func hits() -> Int { (0..<buffer.count).count { buffer[$0].term == 3000 } }
        Self.scan(index, noise + "免役力", &buffer)
        #expect(buffer.isCutShort == true)
        // What one place spent beyond the budget is earned first.
        Self.scan(index, noise + String(repeating: "的", count: 4000) + "免役力", &buffer)
        #expect(hits() == 1)
    }

    @Test func `decisions repeat, whatever the buffer has seen`() throws {
        let index = try TermIndex(Self.alike)
        let text = "高血压直直直直直直直直直直直直直直的直直直直治治治治直治止志"
        var fresh = MatchBuffer()
        Self.scan(index, text, &fresh)
        var used = MatchBuffer()
        for other in [String(repeating: "直", count: 3000), "好", text] { Self.scan(index, other, &used) }
        #expect((0..<fresh.count).map { fresh[$0] } == (0..<used.count).map { used[$0] })
        #expect(fresh.unverified == used.unverified)
        #expect(fresh.work == used.work)
    }

    @Test func `ordinary text is not cut short, and says what it cost`() throws {
        let index = try TermIndex(
            ["治疗", "高血压", "免疫力"].map { Term($0, tolerance: Tolerance(gaps: 2, fillers: true, sounds: true)) })
        var buffer = MatchBuffer()
        Self.scan(index, "这个能止疗，也能提高免役力，还能降高雪压。", &buffer)
        #expect(buffer.count == 3)
        #expect(buffer.isCutShort == false)
        #expect(buffer.work > 0)
        Self.scan(index, "好", &buffer)
        #expect(buffer.work == 0)
    }

    @Test func `nothing is looked at without one, and exact matches are found`() throws {
        let index = try TermIndex([Term("治疗", tolerance: Tolerance(sounds: true))])
        var buffer = MatchBuffer()
        buffer.budget = WorkBudget(burst: 0, perByte: 0)
        Self.scan(index, "能止疗，能治疗", &buffer)
        #expect((0..<buffer.count).map { buffer[$0].path } == [.plain])
        #expect(buffer.unverified > 0)
    }
}

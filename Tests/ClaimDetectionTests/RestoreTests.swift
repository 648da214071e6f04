import ClaimDetection
import ClaimRules
import LiveEvents
import Testing

/// A restart at any record decides alike: state topic plus replay give the book that was lost.
@Suite struct `Restoring a room book` {
    private static let set = ruleSet(
        rule(
            "food", parts: [["根治", "治好"], ["糖尿病", "高血压"]], within: 12, product: .init(categories: ["食品"], excluded: [])),
        rule("best", parts: [["最好"]], unless: ["最好的朋友"], windowMS: 60_000),
        rule("often", parts: [["买它"]], windowMS: 60_000, threshold: 2))

    /// Speech made of halves of terms, so that nearly everything depends on the tail.
    private static func history(seed: UInt64, count: Int) -> [Step] {
        var random = SplitMix64(seed: seed)
        let words = ["根", "治", "糖尿", "病", "最", "好", "的朋友", "买它", "。", "高血压", "嗯那个", "治好"]
        return (0..<count).map { number in
            let at = 1_000_000 + Int64(number) * 900
            let room = "r\(Int.random(in: 0..<3, using: &random))"
            if Int.random(in: 0..<8, using: &random) == 0 {
                let actions: [ListingEvent.Action] = [.listed, .explaining, .updated, .delisted]
                return .shelf(
                    "l\(Int.random(in: 0..<3, using: &random))", "最好",
                    category: ["食品", "服饰", nil].randomElement(using: &random)!,
                    action: actions.randomElement(using: &random)!, room: room, at: at)
            }
            let text = (0..<Int.random(in: 1...4, using: &random)).map { _ in words.randomElement(using: &random)! }
            return .say(text.joined(), room: room, at: at, speaker: ["", "a"].randomElement(using: &random)!)
        }
    }

    @Test(arguments: UInt64(0)..<60)
    func `at any record goes on as if nothing had happened`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed &+ 1_000)
        let steps = Self.history(seed: seed, count: 120)
        let whole = RoomStore(ruleSet: Self.set).play(steps)

        var topic = StateTopic()
        var alerts: [Alert] = []
        var next = 0
        var replayFrom = 0
        while next < steps.count {
            let book = RoomStore(ruleSet: Self.set)
            try topic.restore(into: book)
            book.replayed(Array(steps[replayFrom..<next]), from: Int64(replayFrom))
            // Several commits in one life, then a crash after the last of them.
            for _ in 0..<Int.random(in: 1...3, using: &random) where next < steps.count {
                let end = min(steps.count, next + Int.random(in: 1...12, using: &random))
                alerts += book.play(Array(steps[next..<end]), from: Int64(next))
                next = end
                let replay = book.replayOffset(noEarlierThan: Int64(next - Int.random(in: 0...10, using: &random)))
                topic.take(from: book)
                replayFrom = replay.map(Int.init) ?? next
            }
            // Work after the last commit is lost with the process.
            book.play(Array(steps[next..<min(steps.count, next + 3)]), from: Int64(next))
        }
        #expect(alerts == whole, "seed \(seed)")
        #expect(!whole.isEmpty)
    }

    @Test func `records of another format are refused`() {
        let book = RoomStore(ruleSet: Self.set)
        for (key, value) in [
            ("x", "{}"), ("[]", "{}"), (#"["l","p","r","s","i"]"#, #"{"f":2}"#), (#"["z","p","r","s"]"#, #"{"f":1}"#),
            (#"["t","p","r","s"]"#, #"{"f":1,"text":"a","speaker":"","pieces":[{"start":9}]}"#),
        ] {
            #expect(throws: StateError.self) {
                try Array(key.utf8).withUnsafeBufferPointer { key in
                    try Array(value.utf8).withUnsafeBufferPointer { try book.restore(key: key, value: $0) }
                }
            }
        }
    }

    @Test func `numbers that would overflow later are refused`() {
        let most = Int64.max
        let least = Int64.min
        let evidence = #"{"topic":"t","partition":0,"offset":1,"field":"text","start_ms":1,"end_ms":1,"quote":"q","#
        for (key, value) in [
            (#"["l","p","r","s","i"]"#, #"{"f":1,"id":"i","order":\#(most),"explaining":0}"#),
            (
                #"["w","p","r","s","best",\#(least)]"#,
                #"{"f":1,"occurrences":1,"revision":1,"published":1,"evidence":[]}"#
            ),
            (
                #"["w","p","r","s","best",0]"#,
                #"{"f":1,"occurrences":\#(most),"revision":1,"published":1,"evidence":[]}"#
            ),
            (
                #"["w","p","r","s","best",0]"#,
                #"{"f":1,"occurrences":1,"revision":\#(most),"published":1,"evidence":[]}"#
            ),
            (
                #"["w","p","r","s","best",0]"#,
                #"{"f":1,"occurrences":1,"revision":1,"published":\#(most),"evidence":[]}"#
            ),
            (
                #"["w","p","r","s","best",0]"#,
                #"{"f":1,"occurrences":1,"revision":1,"published":1,"evidence":[[\#(evidence)"from":-1,"to":1,"#
                    + #""matched":"m","term":"m","path":"literal"}]]}"#
            ),
            (
                #"["t","p","r","s"]"#,
                #"{"f":1,"text":"最好","speaker":"","pieces":[{"topic":"t","partition":0,"offset":1,"segment":1,"#
                    + #""start_ms":1,"end_ms":1,"text_offset":\#(most),"start":0}]}"#
            ),
        ] {
            let book = RoomStore(ruleSet: Self.set)
            #expect(throws: StateError.self, "\(key) \(value)") {
                try Array(key.utf8).withUnsafeBufferPointer { key in
                    try Array(value.utf8).withUnsafeBufferPointer { try book.restore(key: key, value: $0) }
                }
            }
        }
    }
}

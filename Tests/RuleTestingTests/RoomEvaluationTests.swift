import ClaimRules
import LiveEvents
import RuleTesting
import Testing

@Suite struct `Evaluating rooms` {
    private static let pack = """
        pack: tea
        requires: claimwatch/2
        rules:
          - {id: tea.first, title: 第一, severity: medium, legal_basis: [{law: 广告法, article: 第九条}], match: [第一],
             examples: {match: [第一, 数第一], clear: [好茶, 再见]}}
          - {id: tea.cure, title: 治病, severity: high, legal_basis: [{law: 广告法, article: 第十七条}], match: [治病],
             examples: {match: [治病, 能治病], clear: [好茶, 再见]}}
          - {id: tea.trial, title: 试行, severity: low, status: shadow, legal_basis: [{law: 广告法, article: 第九条}],
             match: [白茶]}

        """

    private static func segment(_ number: Int, _ text: String) -> String {
        """
        {"schema":"transcript.v1","platform":"d","room_id":"r","session_id":"s","segment_id":\(number),"is_final":true,\
        "start_ms":\(number * 660_000),"end_ms":\(number * 660_000 + 3_000),"text":"\(text)","listing_id":"a"}
        """
    }

    /// Seven segments, each in a window of its own.
    private static func room(listings: String = "", truth: String, negatives: String = "") -> String {
        let texts = ["全网第一", "好茶", "能治病", "白茶", "第一次来", "又第一了", "再见"]
        let segments = texts.enumerated().map { segment($0.offset + 1, $0.element) }.joined(separator: ",")
        return """
            {"id":"r1","segments":[\(segments)],"listing_events":[\(listings)],"truth":[\(truth)],\
            "hard_negatives":[\(negatives)]}
            """
    }

    private static func truth(_ segments: [Int], _ reach: String, listings: String = "") -> String {
        """
        {"segment_ids":\(segments),"label":"x.\(reach)","reach":"\(reach)","listing_ids":[\(listings)],"note":"n"}
        """
    }

    private func evaluate(_ rooms: String..., change: (inout Evaluation.Question) -> Void = { _ in }) throws
        -> Evaluation
    {
        var question = Evaluation.Question()
        change(&question)
        let evaluator = Evaluator(
            try #require(SamplePacks.load(Self.pack).ruleSet), question: question)
        for room in rooms { try evaluator.judge(try labelled(room)) }
        return evaluator.evaluation
    }

    private func labelled(_ text: String) throws -> LabelledRoom {
        var text = text
        return try text.withUTF8 { try LabelledRoom(try JSONValue.parse($0)) }
    }

    private typealias Part = Evaluation.RoomCounts.Part

    @Test func `counts violations by where they are said and how they can be seen`() throws {
        let counts = try evaluate(
            Self.room(
                truth: [
                    Self.truth([1], "lexical"), Self.truth([2], "implied"), Self.truth([3, 4], "facts"),
                ].joined(separator: ","), negatives: #"{"segment_ids":[5]},{"segment_ids":[7]}"#)
        ).rooms
        #expect(counts.violations == Part(count: 2, of: 3))
        #expect(counts.oneSegment == Part(count: 1, of: 2))
        #expect(counts.severalSegments == Part(count: 1, of: 1))
        #expect(
            counts.byReach == [
                "lexical": Part(count: 1, of: 1), "implied": Part(count: 0, of: 1), "facts": Part(count: 1, of: 1),
            ])
        #expect(counts.hardNegatives == Part(count: 1, of: 2))
        #expect(counts.otherSegments == Part(count: 1, of: 1))
        #expect(counts.hits == Part(count: 2, of: 4))
        #expect(counts.byRule == ["tea.first": Part(count: 1, of: 3), "tea.cure": Part(count: 1, of: 1)])
        #expect(counts.missed.map(\.text) == ["好茶"])
        #expect(counts.wrong.map(\.isHardNegative) == [true, false])
        #expect(counts.rooms.map(\.violations) == [Part(count: 2, of: 3)])
    }

    @Test func `follows severity and status as asked`() throws {
        let room = Self.room(truth: "\(Self.truth([1], "lexical")),\(Self.truth([4], "lexical"))")
        #expect(try evaluate(room).rooms.violations.count == 1)
        #expect(try evaluate(room) { $0.countsShadow = true }.rooms.violations.count == 2)
        #expect(try evaluate(room) { $0.leastSeverity = .high }.rooms.violations.count == 0)
    }

    /// A listing may break the law alone; what of it the truth does not tell is neither right nor wrong.
    @Test func `takes alerts of listings for violations in listings only`() throws {
        func listing(_ id: String, at timeMS: Int) -> String {
            """
            {"schema":"listing.v1","platform":"d","room_id":"r","session_id":"s","listing_id":"\(id)","action":"listed",\
            "time_ms":\(timeMS),"title":"第一好茶"}
            """
        }
        let counts = try evaluate(
            Self.room(
                listings: "\(listing("a", at: 0)),\(listing("b", at: 660_000))",
                truth: Self.truth([], "lexical", listings: #""a""#))
        ).rooms
        #expect(counts.violations == Part(count: 1, of: 1))
        #expect(counts.listingHits == 1)
    }

    /// Prices and windows of one room say nothing about the next, not even where it bears the same name.
    @Test func `judges each room as if it were the only one`() throws {
        let room = Self.room(truth: Self.truth([1], "lexical"))
        let (once, twice) = (try evaluate(room).rooms, try evaluate(room, room).rooms)
        #expect(twice.roomCount == 2)
        #expect(twice.hits == Part(count: 2 * once.hits.count, of: 2 * once.hits.of))
        #expect(once.hits == Part(count: 1, of: 4))
        #expect(try evaluate(room).counts.lines == 0)
    }

    @Test(arguments: [
        (#"{"id":"r"}"#, "truth"), (#"{"id":"r","truth":[],"segments":[{"start_ms":1}]}"#, "segments[0].segment_id"),
        (
            #"{"id":"r","truth":[{"label":"x","reach":"y","segment_ids":["1"]}],"segments":[]}"#,
            "truth[0].segment_ids[0]"
        ),
        (#"{"truth":[],"segments":[]}"#, "id"),
    ])
    func `names what a room lacks`(text: String, path: String) throws {
        let error = #expect(throws: LiveEvents.DecodingError.self) { try labelled(text) }
        #expect(error?.path == path)
    }

    @Test func `counts nothing of a room with an event that is none`() throws {
        let room = try labelled(
            #"{"id":"r","truth":[],"segments":[{"segment_id":1,"text":"x","start_ms":1,"schema":"transcript.v1"}]}"#)
        let evaluator = Evaluator(try #require(SamplePacks.load(Self.pack).ruleSet))
        #expect(throws: LiveEvents.DecodingError.self) { try evaluator.judge(room) }
        #expect(evaluator.evaluation.rooms.roomCount == 0)
    }
}

import ClaimDetection
import ClaimRules
public import LiveEvents

/// A broadcast of which a person wrote down what in it breaks the law: its events, and what should come of them.
///
/// One JSON object: `id`; `segments` (transcript.v1) and `listing_events` (listing.v1); `truth`, the violations, each with
/// `segment_ids`, `label`, `reach` (`lexical`: said in words, `facts`: seen only against the listing, `implied`: only meant)
/// and a `note`; `hard_negatives`, each with `segment_ids`: what is lawful and sounds as if it were not.
public struct LabelledRoom: Sendable {
    /// Something said that breaks the law.
    public struct Violation: Sendable, Equatable {
        /// What kind of violation, as its writer calls it.
        public var label: String
        public var reach: String
        /// The segments in which it is said; empty if it stands in a listing alone.
        public var segments: Set<Int64>
        /// The goods it is said of.
        public var listings: Set<String>
        public var note: String?
    }

    /// All that was published under one id: the hits of one rule within its window.
    struct RaisedAlert {
        /// As it stands at the end.
        var last: Alert
        var hits: [Hit] = []

        /// What one revision cites that none before it did. A revision comes with every hit at first, later when the hits
        /// have doubled.
        struct Hit {
            var alert: Alert
            var segments: Set<Int64>
        }

        mutating func take(_ alert: Alert) {
            last = alert
            let segments = hits.reduce(into: Set(alert.evidence.compactMap(\.segmentID))) { $0.subtract($1.segments) }
            if hits.isEmpty || !segments.isEmpty { hits.append(Hit(alert: alert, segments: segments)) }
        }
    }

    public let id: String
    public let violations: [Violation]
    /// The segments of each.
    public let hardNegatives: [Set<Int64>]
    /// What is said in each segment.
    let texts: [Int64: String]
    /// Events in order of time, a listing before what is said at the same moment.
    private let records: [[UInt8]]

    /// - Throws: `DecodingError` with the path of what is missing or of another kind.
    public init(_ value: JSONValue) throws(LiveEvents.DecodingError) {
        let room = try JSONObjectReader(value)
        id = try room.string("id")
        violations = try room.objects("truth").map { (truth) throws(LiveEvents.DecodingError) in
            Violation(
                label: try truth.string("label"), reach: try truth.string("reach"),
                segments: try Self.segments(truth),
                listings: Set(try truth.optionalArray("listing_ids", Self.text)), note: try truth.optionalString("note")
            )
        }
        hardNegatives = try room.optionalArray("hard_negatives") { (value, path) throws(LiveEvents.DecodingError) in
            try Self.segments(try JSONObjectReader(value, path: path))
        }
        var events: [(timeMS: Int64, order: Int, record: [UInt8])] = []
        var texts: [Int64: String] = [:]
        func add(_ event: JSONValue, _ path: String, time: StaticString) throws(LiveEvents.DecodingError) {
            let timeMS = try JSONObjectReader(event, path: path).int(time)
            var record: [UInt8] = []
            JSONWriter.append(to: &record) { $0.value(event) }
            events.append((timeMS, events.count, record))
        }
        _ = try room.optionalArray("listing_events") { (event, path) throws(LiveEvents.DecodingError) in
            try add(event, path, time: "time_ms")
        }
        _ = try room.array("segments") { (event, path) throws(LiveEvents.DecodingError) in
            try add(event, path, time: "start_ms")
            let segment = try JSONObjectReader(event, path: path)
            texts[try segment.int("segment_id")] = try segment.string("text")
        }
        self.texts = texts
        records = events.sorted { ($0.timeMS, $0.order) < ($1.timeMS, $1.order) }.map(\.record)
    }

    /// Whether a hit is about a violation: it cites a segment of it, or its listing if nothing is said.
    static func isAbout(_ violation: Violation, _ hit: RaisedAlert.Hit) -> Bool {
        guard violation.segments.isEmpty else { return !violation.segments.isDisjoint(with: hit.segments) }
        return hit.segments.isEmpty && hit.alert.listing.map { violation.listings.contains($0.listingID) } == true
    }

    /// What rules make of the room, in the order of first publication; what they took back is not there.
    /// - Throws: `DecodingError` if an event is none.
    func alerts(_ ruleSet: RuleSet) throws(LiveEvents.DecodingError) -> [RaisedAlert] {
        let store = RoomStore(ruleSet: ruleSet)
        let decoder = EventDecoder()
        var raised: [RaisedAlert] = []
        var places: [String: Int] = [:]
        for (number, record) in records.enumerated() {
            let source = RecordSource(topic: "room", partition: 0, offset: Offset(Int64(number)))
            try record.withUnsafeBufferPointer { bytes throws(LiveEvents.DecodingError) in
                store.process(try decoder.decode(bytes), origin: RecordOrigin(source: source)) { alert in
                    let place = places[alert.alertID] ?? raised.count
                    if place == raised.count {
                        places[alert.alertID] = place
                        raised.append(RaisedAlert(last: alert))
                    }
                    raised[place].take(alert)
                }
            }
        }
        return raised.filter { $0.last.state != .known(.withdrawn) }
    }

    /// What is said in some segments, in their order.
    func text(of segments: Set<Int64>) -> String { segments.sorted().compactMap { texts[$0] }.joined(separator: " ") }

    private static func segments(_ object: JSONObjectReader) throws(LiveEvents.DecodingError) -> Set<Int64> {
        Set(
            try object.array("segment_ids") { (value, path) throws(LiveEvents.DecodingError) in
                guard case .int(let number) = value else {
                    throw LiveEvents.DecodingError(
                        reason: .wrongType, path: path, detail: "expected the number of a segment")
                }
                return number
            })
    }

    private static func text(_ value: JSONValue, _ path: String) throws(LiveEvents.DecodingError) -> String {
        guard case .string(let text) = value else {
            throw LiveEvents.DecodingError(reason: .wrongType, path: path, detail: "expected a text")
        }
        return text
    }
}

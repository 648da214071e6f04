import ClaimDetection
import ClaimRules
import LiveEvents
import TermMatching

/// Rules and events written short, for tests.
func rule(
    _ id: String, parts: [[String]], within: Int = 0, order: Rule.Condition.Order = .any, unless: [String] = [],
    targets: Set<Rule.Target> = [.speech, .listing], product: Rule.ProductScope? = nil, windowMS: Int64 = 600_000,
    threshold: Int = 1, status: Rule.Status = .stable, track: LegalTrack? = nil, evasion: Evasion = Evasion(),
    aliases: [String: [Term.Alias]] = [:]
) -> Rule {
    Rule(
        id: RuleID(id), pack: "test", revision: 1, status: status, title: "标题", titleEn: "title", category: id,
        severity: .high, legalBasis: [.init(law: "广告法", article: "第十七条")], legalTrack: track, targets: targets,
        product: product, condition: .init(parts: parts, within: within, order: order), unless: unless,
        evasion: evasion, aliases: aliases,
        windowMS: windowMS, threshold: threshold, examples: .init(match: [], clear: []),
        location: SourceLocation(file: "test.yaml", line: 1, column: 1))
}

func ruleSet(_ rules: Rule...) -> RuleSet { try! RuleSet(rules: rules, contentHash: "0123456789abcdef") }

/// One thing said or listed. Owned, so that a history can be kept and played twice.
enum Step {
    case say(
        _ text: String, room: String = "r1", session: String = "s1", at: Int64 = 1_000_000, speaker: String = "",
        role: SpeakerRole = .host, isFinal: Bool = true, isSeller: Bool? = nil, listing: String = "")
    case list(ListingEvent)

    static func listing(
        _ id: String, _ title: String, category: String? = nil, action: ListingEvent.Action = .listed,
        room: String = "r1", at: Int64 = 1_000_000
    ) -> Step {
        var event = ListingEvent(
            platform: "douyin", roomID: room, sessionID: "s1", listingID: id, action: action, timeMS: at)
        event.title = title
        event.category = category
        return .list(event)
    }

    /// Lends the step as the decoder would.
    func withEvent(segmentID: Int64, _ body: (LiveEvent) -> Void) {
        switch self {
        case .list(let event): body(.listing(event))
        case .say(
            let text, let room, let session, let at, let speaker, let role, let isFinal, let isSeller, let listing):
            let fields = ["douyin", room, session, text, speaker, listing]
            let copies = fields.map { field in
                let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, field.utf8.count))
                _ = copy.initialize(from: field.utf8)
                return UnsafeBufferPointer(rebasing: UnsafeBufferPointer(copy)[..<field.utf8.count])
            }
            defer { for copy in copies { copy.baseAddress!.deallocate() } }
            var segment = TranscriptSegment(
                platform: ByteView(copies[0]), roomID: ByteView(copies[1]), sessionID: ByteView(copies[2]),
                segmentID: segmentID, isFinal: isFinal, startMS: at, endMS: at + 1_000, text: ByteView(copies[3]))
            segment.speakerID = ByteView(copies[4])
            segment.speakerRole = role
            segment.speakerIsSeller = isSeller
            segment.listingID = ByteView(copies[5])
            body(.transcript(segment))
        }
    }
}

extension RoomStore {
    /// Plays steps; step i has offset `first + i` in its topic.
    @discardableResult
    func play(_ steps: [Step], from first: Int64 = 0) -> [Alert] {
        var alerts: [Alert] = []
        for (number, step) in steps.enumerated() {
            let offset = first + Int64(number)
            step.withEvent(segmentID: offset) { event in
                process(event, origin: origin(step, offset)) { alerts.append($0) }
            }
        }
        return alerts
    }

    func replayed(_ steps: [Step], from first: Int64) {
        for (number, step) in steps.enumerated() {
            step.withEvent(segmentID: first + Int64(number)) {
                replay($0, origin: origin(step, first + Int64(number)))
            }
        }
    }

    private func origin(_ step: Step, _ offset: Int64) -> RecordOrigin {
        let topic = if case .say = step { "live.transcripts" } else { "live.listings" }
        return RecordOrigin(source: .init(topic: topic, partition: 0, offset: Offset(offset)))
    }
}

/// The changelog topic: all that was written, in order.
struct Changelog {
    var log: [StateChange] = []

    /// The last value of each key.
    var records: [[UInt8]: [UInt8]] {
        var records: [[UInt8]: [UInt8]] = [:]
        for change in log { records[change.key] = change.value }
        return records
    }

    mutating func take(from rooms: RoomStore) { rooms.flushChangelog { log.append($0) } }

    @discardableResult
    func restore(into rooms: RoomStore) -> RestoreReport {
        for change in log {
            change.key.withUnsafeBufferPointer { key in
                if let value = change.value {
                    value.withUnsafeBufferPointer { rooms.restore(key: key, value: $0) }
                } else {
                    rooms.restore(key: key, value: nil)
                }
            }
        }
        return rooms.finishRestore()
    }
}

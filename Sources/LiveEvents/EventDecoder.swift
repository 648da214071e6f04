import CSimdjson

/// The bounds a record must keep. Beyond them it is a dead letter, not an event.
public struct DecodingLimits: Sendable {
    public var maxRecordBytes = 1 << 20
    public var maxTextBytes = 64 << 10
    /// Objects and arrays inside one another, the record itself being the first.
    public var maxDepth = 16
    public var maxArrayElements = 256
    public init() {}
}

/// Why a record is not an event. Carried into the dead letter.
public struct DecodingError: Error, Equatable, Sendable {
    /// Stable words for counters and dead letters.
    public enum Reason: String, Sendable, CaseIterable {
        case empty, tooLarge = "too_large", notJSON = "not_json", invalidUTF8 = "invalid_utf8"
        case missingField = "missing_field", wrongType = "wrong_type", outOfRange = "out_of_range"
        case tooDeep = "too_deep", duplicateKey = "duplicate_key", unknownSchema = "unknown_schema"
    }
    public let reason: Reason
    /// The field's path, e.g. "speaker.role"; empty for the whole record.
    public let path: String
    /// What was expected and what was found, for people.
    public let detail: String
    public init(reason: Reason, path: String = "", detail: String) {
        (self.reason, self.path, self.detail) = (reason, path, detail)
    }
}

/// Turns record bytes into events. Owns the parser's buffers, so one decoder serves one thread.
///
/// A transcript is decoded without an allocation once the buffers have grown; a listing owns its text.
public final class EventDecoder {
    private let limits: DecodingLimits
    private let parser: JSONParser
    private let slots = UnsafeMutablePointer<cs_value>.allocate(capacity: FieldReader.maxNames)
    private let innerSlots = UnsafeMutablePointer<cs_value>.allocate(capacity: FieldReader.maxNames)
    private let scratch = UnsafeMutablePointer<cs_field>.allocate(capacity: FieldReader.maxFields)

    public init(limits: DecodingLimits = DecodingLimits()) {
        self.limits = limits
        parser = JSONParser(limits: limits)
        slots.initialize(repeating: cs_value(), count: FieldReader.maxNames)
        innerSlots.initialize(repeating: cs_value(), count: FieldReader.maxNames)
    }

    deinit {
        slots.deallocate()
        innerSlots.deallocate()
        scratch.deallocate()
    }

    /// Decodes one record by its `schema` field.
    ///
    /// The views in a transcript are valid until the next call.
    public func decode(_ record: UnsafeBufferPointer<UInt8>) throws(DecodingError) -> LiveEvent {
        let root = try parser.parse(record)
        guard cs_type_of(root) == CS_OBJECT else {
            throw DecodingError(reason: .wrongType, detail: "expected an object, found \(root.kind)")
        }
        let fields = try FieldReader(root, Names.event, slots: slots, scratch: scratch)
        let schema = try fields.text(Names.schema, atMost: 256)
        if schema.isEmpty { throw fields.missing(Names.schema, "\"transcript.v1\" or \"listing.v1\"") }
        if schema.holds("transcript.v1") { return .transcript(try transcript(fields)) }
        if schema.holds("listing.v1") { return .listing(try listing(fields)) }
        throw DecodingError(
            reason: .unknownSchema, path: "schema",
            detail: "expected \"transcript.v1\" or \"listing.v1\", found \"\(schema.string)\"")
    }

    private func transcript(_ fields: FieldReader) throws(DecodingError) -> TranscriptSegment {
        guard let isFinal = try fields.bool(Names.isFinal) else { throw fields.missing(Names.isFinal, "boolean") }
        guard fields.has(Names.text) else { throw fields.missing(Names.text, "string") }
        var segment = TranscriptSegment(
            platform: try fields.id(Names.platform), roomID: try fields.id(Names.roomID),
            sessionID: try fields.id(Names.sessionID), segmentID: try fields.count(Names.segmentID), isFinal: isFinal,
            startMS: try time(fields, Names.startMS), endMS: try time(fields, Names.endMS),
            text: try fields.text(Names.text, atMost: limits.maxTextBytes))
        guard segment.endMS >= segment.startMS else {
            throw fields.outOfRange(Names.endMS, "expected start_ms or later, found \(segment.endMS)")
        }
        segment.listingID = try fields.text(Names.listingID, atMost: 256)
        segment.region = try fields.text(Names.region, atMost: 32)
        if let speaker = try fields.object(Names.speaker) {
            let inner = try FieldReader(
                speaker, Names.speakerFields, path: "speaker", slots: innerSlots, scratch: scratch)
            segment.speakerID = try inner.text(0, atMost: 256)
            segment.speakerName = try inner.text(1, atMost: 1024)
            segment.speakerRoleText = try inner.text(2, atMost: 64)
            segment.speakerIsSeller = try inner.bool(3)
            segment.speakerRole = Self.role(segment.speakerRoleText)
        }
        if let asr = try fields.object(Names.asr) {
            let inner = try FieldReader(asr, Names.asrFields, path: "asr", slots: innerSlots, scratch: scratch)
            segment.asrEngine = try inner.text(0, atMost: 256)
            segment.asrConfidence = try inner.number(1)
            if let confidence = segment.asrConfidence, !(0...1).contains(confidence) {
                throw inner.outOfRange(1, "expected 0 to 1, found \(confidence)")
            }
        }
        return segment
    }

    /// Epoch milliseconds up to the year 9999, so that adding a window never overflows.
    private func time(_ fields: FieldReader, _ slot: Int) throws(DecodingError) -> Int64 {
        let time = try fields.count(slot)
        guard time < 253_402_300_800_000 else {
            throw fields.outOfRange(slot, "expected epoch milliseconds before the year 10000, found \(time)")
        }
        return time
    }

    private static func role(_ text: ByteView) -> SpeakerRole? {
        for (role, name) in Names.roles where text.holds(name) { return role }
        return nil
    }

    private func listing(_ fields: FieldReader) throws(DecodingError) -> ListingEvent {
        guard let action = try fields.string(Names.action, atMost: 64) else {
            throw fields.missing(Names.action, "string")
        }
        var event = ListingEvent(
            platform: try fields.id(Names.platform).string, roomID: try fields.id(Names.roomID).string,
            sessionID: try fields.id(Names.sessionID).string, listingID: try fields.id(Names.listingID).string,
            action: Self.action(action), timeMS: try time(fields, Names.timeMS))
        event.title = try fields.string(Names.title, atMost: limits.maxTextBytes)
        event.description = try fields.string(Names.description, atMost: limits.maxTextBytes)
        event.category = try fields.string(Names.category, atMost: 1024)
        event.brand = try fields.string(Names.brand, atMost: 1024)
        event.priceCents = try fields.integer(Names.priceCents)
        event.originalPriceCents = try fields.integer(Names.originalPriceCents)
        if let certificates = try fields.array(Names.certificates) {
            for element in try certificates.elements(atMost: limits.maxArrayElements, path: "certificates") {
                guard cs_type_of(element) == CS_TEXT, element.view.count <= 4096 else {
                    throw DecodingError(
                        reason: .wrongType, path: "certificates[\(event.certificates.count)]",
                        detail: "expected a string of at most 4096 bytes, found \(element.kind)")
                }
                event.certificates.append(element.view.string)
            }
        }
        if let attributes = try fields.object(Names.attributes) {
            for field in try attributes.fields(atMost: limits.maxArrayElements, path: "attributes") {
                guard cs_type_of(field.value) == CS_TEXT, field.value.view.count <= 4096, field.name.count <= 256 else {
                    throw DecodingError(
                        reason: .wrongType, path: "attributes.\(field.name.string.prefix(64))",
                        detail: "expected a string of at most 4096 bytes, found \(field.value.kind)")
                }
                let name = field.name.string
                // By bytes: two spellings of one character are two names.
                if event.attributes.contains(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
                    throw DecodingError(
                        reason: .duplicateKey, path: "attributes.\(name.prefix(64))",
                        detail: "the field stands twice; send it once")
                }
                event.attributes.append(.init(name: name, value: field.value.view.string))
            }
        }
        if let seller = try fields.object(Names.seller) {
            let inner = try FieldReader(seller, Names.sellerFields, path: "seller", slots: innerSlots, scratch: scratch)
            event.seller = .init(
                id: try inner.string(0, atMost: 256), name: try inner.string(1, atMost: 1024),
                licenseNo: try inner.string(2, atMost: 256), region: try inner.string(3, atMost: 32))
        }
        return event
    }

    private static func action(_ word: String) -> ListingEvent.Action {
        switch word {
        case "listed": .listed
        case "explaining": .explaining
        case "updated": .updated
        case "delisted": .delisted
        default: .other(word)
        }
    }

    /// The fields of both events in one table, so that one pass serves before the schema is known.
    private enum Names {
        static let event: [StaticString] = [
            "schema", "platform", "room_id", "session_id", "segment_id", "is_final", "start_ms", "end_ms", "text",
            "listing_id", "region", "speaker", "asr", "action", "time_ms", "title", "description", "category", "brand",
            "price_cents", "original_price_cents", "attributes", "certificates", "seller",
        ]
        static let schema = 0, platform = 1, roomID = 2, sessionID = 3, segmentID = 4, isFinal = 5, startMS = 6
        static let endMS = 7, text = 8, listingID = 9, region = 10, speaker = 11, asr = 12, action = 13, timeMS = 14
        static let title = 15, description = 16, category = 17, brand = 18, priceCents = 19, originalPriceCents = 20
        static let attributes = 21, certificates = 22, seller = 23
        static let speakerFields: [StaticString] = ["id", "name", "role", "is_seller"]
        static let asrFields: [StaticString] = ["engine", "confidence"]
        static let sellerFields: [StaticString] = ["id", "name", "license_no", "region"]
        static let roles: [(SpeakerRole, StaticString)] = [
            (.host, "host"), (.assistant, "assistant"), (.guest, "guest"), (.viewer, "viewer"), (.ai, "ai"),
        ]
    }
}

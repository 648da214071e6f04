import CSimdjson

/// The bounds a record must keep. Beyond them it is a dead letter, not an event.
public struct DecodingLimits: Sendable {
    /// Bytes of a record.
    public var maxRecordBytes = 1 << 20
    /// UTF-8 bytes of a spoken text, a title or a description.
    public var maxTextBytes = 64 << 10
    /// Objects and arrays inside one another, the record itself being the first.
    public var maxDepth = 16
    /// Attributes or certificates of a listing; of documents read as a tree, what any array or object may hold.
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
    /// The word for counters and dead letters.
    public let reason: Reason
    /// The field's path, e.g. "speaker.role"; empty for the whole record.
    public let path: String
    /// What was expected and what was found, for people.
    public let detail: String
    public init(reason: Reason, path: String = "", detail: String) {
        (self.reason, self.path, self.detail) = (reason, path, detail)
    }
}

/// Turns record bytes into events. Owns the reader's buffers, so one decoder serves one thread.
///
/// A record costs one call into C and no allocation once the buffers have grown: a transcript is views into them; a
/// listing owns its text. A record in plain spelling (no escapes, short numbers, few levels) takes a fast path, which
/// expects the fields in the order and spacing of the record before; any other goes through a whole parser, with the
/// same result. Memory: some ten times the largest record seen.
public final class EventDecoder {
    private let limits: DecodingLimits
    private let reader: OpaquePointer

    public init(limits: DecodingLimits = DecodingLimits()) {
        self.limits = limits
        let reader = EventField.withKnownFields { fields, count in
            // simdjson refuses what holds something at its limit; so an empty object or array may stand one level
            // deeper.
            cs_reader_new(
                fields, count, max(0, limits.maxArrayElements), max(1, limits.maxRecordBytes),
                max(1, limits.maxDepth) + 1)
        }
        guard let reader else { fatalError("no memory for a reader of records") }
        self.reader = reader
    }

    deinit { cs_reader_free(reader) }

    /// Decodes one record by its `schema` field.
    ///
    /// The views in a transcript are valid until the next call.
    /// - Throws: `DecodingError`, with the path of the field that is wrong.
    public func decode(_ record: UnsafeBufferPointer<UInt8>) throws(DecodingError) -> LiveEvent {
        try limits.checkBytes(of: record)
        return try event(cs_read(reader, record.baseAddress, record.count))
    }

    /// `decode` without its fast path: what tests compare it with.
    package func decodeGenerally(_ record: UnsafeBufferPointer<UInt8>) throws(DecodingError) -> LiveEvent {
        try limits.checkBytes(of: record)
        return try event(cs_read_generally(reader, record.baseAddress, record.count))
    }

    /// How the reader fared with a record: whether it took the fast path to its end, and how many names it had not
    /// expected there. For tests; reads the record.
    package func fastPath(of record: UnsafeBufferPointer<UInt8>) -> (isTaken: Bool, unexpectedNames: Int) {
        let found = cs_read(reader, record.baseAddress, record.count)
        return (found.pointee.status == CS_OK && found.pointee.is_fast != 0, Int(found.pointee.names_read))
    }

    @inline(__always)
    private func event(_ found: UnsafePointer<cs_record>) throws(DecodingError) -> LiveEvent {
        guard found.pointee.status == CS_OK else { throw DecodingError(found.pointee.status, limits: limits) }
        guard found.pointee.type == CS_OBJECT.rawValue else { throw Self.notObject(cs_type(found.pointee.type)) }
        let fields = try FieldReader(found)
        let schema = try fields.text(.schema, atMost: 256)
        if schema.holds("transcript.v1") { return try transcript(fields) }
        if schema.holds("listing.v1") { return try listing(fields) }
        throw Self.unknownSchema(fields, schema)
    }

    @inline(__always)
    private func transcript(_ fields: FieldReader) throws(DecodingError) -> LiveEvent {
        guard let isFinal = try fields.bool(.isFinal) else { throw fields.missing(.isFinal, "boolean") }
        guard fields.has(.text) else { throw fields.missing(.text, "string") }
        var segment = TranscriptSegment(
            platform: try fields.id(.platform), roomID: try fields.id(.roomID), sessionID: try fields.id(.sessionID),
            segmentID: try fields.count(.segmentID), isFinal: isFinal, startMS: try time(fields, .startMS),
            endMS: try time(fields, .endMS), text: try fields.text(.text, atMost: limits.maxTextBytes))
        guard segment.endMS >= segment.startMS else {
            throw fields.outOfRange(.endMS, "expected start_ms or later, found \(segment.endMS)")
        }
        segment.listingID = try fields.text(.listingID, atMost: 256)
        segment.region = try fields.text(.region, atMost: 32)
        if try fields.opens(.speaker) {
            segment.speakerID = try fields.text(.speakerID, atMost: 256)
            segment.speakerName = try fields.text(.speakerName, atMost: 1024)
            segment.speakerRoleText = try fields.text(.speakerRole, atMost: 64)
            segment.speakerIsSeller = try fields.bool(.speakerIsSeller)
            segment.speakerRole = Self.role(segment.speakerRoleText)
        }
        if try fields.opens(.asr) {
            segment.asrEngine = try fields.text(.asrEngine, atMost: 256)
            segment.asrConfidence = try fields.number(.asrConfidence)
            if let confidence = segment.asrConfidence, !(0...1).contains(confidence) {
                throw fields.outOfRange(.asrConfidence, "expected 0 to 1, found \(confidence)")
            }
        }
        return .transcript(segment)
    }

    /// Epoch milliseconds up to the year 9999, so that adding a window never overflows.
    @inline(__always)
    private func time(_ fields: FieldReader, _ field: EventField) throws(DecodingError) -> Int64 {
        let time = try fields.count(field)
        guard time < 253_402_300_800_000 else { throw Self.tooLate(fields, field, time) }
        return time
    }

    @inline(never)
    private static func tooLate(_ fields: FieldReader, _ field: EventField, _ time: Int64) -> DecodingError {
        fields.outOfRange(field, "expected epoch milliseconds before the year 10000, found \(time)")
    }

    @inline(never)
    private static func notObject(_ type: cs_type) -> DecodingError {
        DecodingError(reason: .wrongType, detail: "expected an object, found \(type.name)")
    }

    @inline(never)
    private static func unknownSchema(_ fields: FieldReader, _ schema: ByteView) -> DecodingError {
        let known = "\"transcript.v1\" or \"listing.v1\""
        if schema.isEmpty { return fields.missing(.schema, known) }
        return DecodingError(
            reason: .unknownSchema, path: "schema", detail: "expected \(known), found \"\(schema.string)\"")
    }

    private static func role(_ text: ByteView) -> SpeakerRole? {
        switch text.count {
        case 2: text.holds("ai") ? .ai : nil
        case 4: text.holds("host") ? .host : nil
        case 5: text.holds("guest") ? .guest : nil
        case 6: text.holds("viewer") ? .viewer : nil
        case 9: text.holds("assistant") ? .assistant : nil
        default: nil
        }
    }

    @inline(never)
    private func listing(_ fields: FieldReader) throws(DecodingError) -> LiveEvent {
        guard let action = try fields.string(.action, atMost: 64) else { throw fields.missing(.action, "string") }
        var event = ListingEvent(
            platform: try fields.id(.platform).string, roomID: try fields.id(.roomID).string,
            sessionID: try fields.id(.sessionID).string, listingID: try fields.id(.listingID).string,
            action: Self.action(action), timeMS: try time(fields, .timeMS))
        event.title = try fields.string(.title, atMost: limits.maxTextBytes)
        event.description = try fields.string(.description, atMost: limits.maxTextBytes)
        event.category = try fields.string(.category, atMost: 1024)
        event.brand = try fields.string(.brand, atMost: 1024)
        event.priceCents = try fields.integer(.priceCents)
        event.originalPriceCents = try fields.integer(.originalPriceCents)
        for entry in try fields.list(.certificates, isObject: false, atMost: limits.maxArrayElements) {
            guard entry.value.type == CS_TEXT.rawValue, entry.value.length <= 4096 else {
                throw DecodingError(
                    reason: .wrongType, path: "certificates[\(event.certificates.count)]",
                    detail: "expected a string of at most 4096 bytes, found \(entry.value.kind)")
            }
            event.certificates.append(entry.value.view.string)
        }
        for entry in try fields.list(.attributes, isObject: true, atMost: limits.maxArrayElements) {
            let name = entry.key.string
            guard entry.value.type == CS_TEXT.rawValue, entry.value.length <= 4096, entry.name_length <= 256 else {
                throw DecodingError(
                    reason: .wrongType, path: "attributes.\(name.prefix(64))",
                    detail: "expected a string of at most 4096 bytes, found \(entry.value.kind)")
            }
            // By bytes: two spellings of one character are two names.
            if event.attributes.contains(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
                throw DecodingError(
                    reason: .duplicateKey, path: "attributes.\(name.prefix(64))",
                    detail: "the field stands twice; send it once")
            }
            event.attributes.append(.init(name: name, value: entry.value.view.string))
        }
        if try fields.opens(.seller) {
            event.seller = .init(
                id: try fields.string(.sellerID, atMost: 256), name: try fields.string(.sellerName, atMost: 1024),
                licenseNo: try fields.string(.sellerLicenseNo, atMost: 256),
                region: try fields.string(.sellerRegion, atMost: 32))
        }
        return .listing(event)
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
}

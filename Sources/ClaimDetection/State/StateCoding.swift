import LiveEvents

// The records of the state topic. Keys are JSON arrays, so that ids may hold anything:
//
//     ["l", platform, room, session, listing id]           a listing on sale
//     ["w", platform, room, session, rule id, start ms]     an alert window
//     ["t", platform, room, session]                        a tail too old to be read again
//
// Values are JSON objects with the format in "f". A record of another format is an error, not a guess.

/// The key of one record of the state topic.
struct StateKey {
    enum Kind: Equatable {
        case listing(String)
        case window(rule: RuleID, startMS: Int64)
        case tail
    }
    var kind: Kind
    var ids: [String]

    /// Calls `body` with the bytes of platform, room and session.
    func withIDs<R>(
        _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> R
    ) -> R {
        var (platform, room, session) = (ids[0], ids[1], ids[2])
        return platform.withUTF8 { platform in
            room.withUTF8 { room in session.withUTF8 { session in body(platform, room, session) } }
        }
    }

    init(parsing bytes: UnsafeBufferPointer<UInt8>) throws(StateError) {
        guard case .array(let parts) = try StateValue.parse(bytes), parts.count >= 4 else {
            throw StateError(reason: "a state key is no array of four or more")
        }
        ids = []
        for part in parts[1..<4] {
            guard case .string(let id) = part else { throw StateError(reason: "a state key has an id that is no text") }
            ids.append(id)
        }
        switch (parts[0], parts.count) {
        case (.string("l"), 5):
            guard case .string(let id) = parts[4] else { throw StateError(reason: "a listing key has no listing id") }
            kind = .listing(id)
        case (.string("w"), 6):
            guard case .string(let rule) = parts[4], case .int(let start) = parts[5] else {
                throw StateError(reason: "a window key has no rule or start")
            }
            guard StateReader.times.contains(start) else {
                throw StateError(reason: "a window key has a start out of range")
            }
            kind = .window(rule: RuleID(rule), startMS: start)
        case (.string("t"), 4): kind = .tail
        default: throw StateError(reason: "a state key is of no kind this version knows")
        }
    }

    static func listing(_ room: Room, _ id: String) -> [UInt8] { make("l", room) { $0.string(id) } }

    static func window(_ room: Room, _ rule: RuleID, _ startMS: Int64) -> [UInt8] {
        make("w", room) {
            $0.string(rule.rawValue)
            $0.int(startMS)
        }
    }

    static func tail(_ room: Room) -> [UInt8] { make("t", room) { _ in } }

    private static func make(_ kind: String, _ room: Room, _ rest: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginArray()
        writer.string(kind)
        for id in [room.platform, room.roomID, room.sessionID] { writer.string(String(decoding: id, as: UTF8.self)) }
        rest(&writer)
        writer.endArray()
        return writer.bytes
    }
}

/// The values of the state topic.
enum StateValue {
    static let format: Int64 = 1

    static func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(StateError) -> JSONValue {
        do {
            return try JSONValue.parse(bytes, limits: DecodingLimits())
        } catch {
            throw StateError(reason: "a state record is not JSON: \(error.detail)")
        }
    }

    private static func object(_ bytes: UnsafeBufferPointer<UInt8>) throws(StateError) -> StateReader {
        let reader = StateReader(value: try parse(bytes))
        let format = try reader.int("f")
        guard format == Self.format else {
            throw StateError(reason: "a state record has format \(format), this version reads \(Self.format)")
        }
        return reader
    }

    // MARK: Listings

    static func encode(_ listing: ActiveListing) -> [UInt8] {
        encode { writer in
            let about = listing.alertListing
            writer.field("id", about.listingID)
            writer.field("title", about.title)
            writer.field("category", about.category)
            writer.field("brand", about.brand)
            writer.field("seller", about.sellerID)
            writer.field("seller_name", about.sellerName)
            writer.field("region", listing.region)
            writer.field("order", listing.order)
            writer.field("explaining", Int64(listing.isExplaining ? 1 : 0))
        }
    }

    static func listing(_ bytes: UnsafeBufferPointer<UInt8>) throws(StateError) -> ActiveListing {
        let reader = try object(bytes)
        let category = reader.text("category")
        return ActiveListing(
            alertListing: Alert.Listing(
                listingID: try reader.string("id"), title: reader.text("title"), category: category,
                brand: reader.text("brand"), sellerID: reader.text("seller"), sellerName: reader.text("seller_name")),
            categories: category.map(CategoryPath.components) ?? [], order: try reader.count("order"),
            isExplaining: try reader.int("explaining") == 1, region: reader.text("region"))
    }

    // MARK: Windows

    static func encode(_ window: AlertWindow) -> [UInt8] {
        encode { writer in
            writer.field("occurrences", Int64(window.occurrences))
            writer.field("revision", Int64(window.revision))
            writer.field("published", Int64(window.published))
            writer.key("evidence")
            writer.beginArray()
            for hit in window.evidence {
                writer.beginArray()
                for evidence in hit { encode(evidence, into: &writer) }
                writer.endArray()
            }
            writer.endArray()
        }
    }

    private static func encode(_ evidence: Alert.Evidence, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("topic", evidence.source.topic)
        writer.field("partition", Int64(evidence.source.partition.rawValue))
        writer.field("offset", evidence.source.offset.rawValue)
        writer.field("field", evidence.field)
        if let segment = evidence.segmentID { writer.field("segment", segment) }
        writer.field("start_ms", evidence.startMS)
        writer.field("end_ms", evidence.endMS)
        writer.field("quote", evidence.quote)
        writer.field("from", Int64(evidence.span[0]))
        writer.field("to", Int64(evidence.span[1]))
        writer.field("matched", evidence.matched)
        writer.field("term", evidence.term)
        writer.field("path", evidence.path)
        writer.field("percent", Int64((evidence.score * 100).rounded()))
        writer.endObject()
    }

    static func window(_ bytes: UnsafeBufferPointer<UInt8>, startMS: Int64) throws(StateError) -> AlertWindow {
        let reader = try object(bytes)
        var window = AlertWindow(
            startMS: startMS, occurrences: Int(try reader.count("occurrences")),
            revision: Int(try reader.count("revision")),
            published: Int(try reader.count("published")), evidence: [])
        for hit in try reader.array("evidence") {
            guard case .array(let pieces) = hit else { throw StateError(reason: "evidence is no array") }
            var evidence: [Alert.Evidence] = []
            for piece in pieces { evidence.append(try self.evidence(StateReader(value: piece))) }
            window.evidence.append(evidence)
        }
        return window
    }

    private static func evidence(_ reader: StateReader) throws(StateError) -> Alert.Evidence {
        let path = OpenEnum<EvidencePath>(try reader.string("path"))
        // States written before there were disguises leave it out: they have literal and folded matches alone.
        let percent = reader.number("percent") ?? Int64(EvidenceMaker.percent(path: path.word, score: 100))
        return Alert.Evidence(
            source: try reader.source(), field: try reader.string("field"), segmentID: reader.number("segment"),
            startMS: try reader.time("start_ms"), endMS: try reader.time("end_ms"), quote: try reader.string("quote"),
            span: [Int(try reader.count("from")), Int(try reader.count("to"))], matched: try reader.string("matched"),
            term: try reader.string("term"), path: path, score: Double(percent) / 100)
    }

    // MARK: Tails

    static func encode(_ tail: CarryOver) -> [UInt8] {
        encode { writer in
            writer.field("text", String(decoding: tail.bytes, as: UTF8.self))
            writer.field("speaker", String(decoding: tail.speakerID, as: UTF8.self))
            writer.key("pieces")
            writer.beginArray()
            for piece in tail.pieces {
                writer.beginObject()
                writer.field("topic", piece.source.topic)
                writer.field("partition", Int64(piece.source.partition.rawValue))
                writer.field("offset", piece.source.offset.rawValue)
                writer.field("segment", piece.segmentID)
                writer.field("start_ms", piece.startMS)
                writer.field("end_ms", piece.endMS)
                writer.field("text_offset", Int64(piece.textOffset))
                writer.field("start", Int64(piece.start))
                writer.endObject()
            }
            writer.endArray()
        }
    }

    static func tail(_ bytes: UnsafeBufferPointer<UInt8>) throws(StateError) -> CarryOver {
        let reader = try object(bytes)
        let text = Array(try reader.string("text").utf8)
        var pieces: [CarryOver.Piece] = []
        for value in try reader.array("pieces") {
            let piece = StateReader(value: value)
            let start = Int(try piece.count("start"))
            guard start >= pieces.last?.start ?? 0, start <= text.count else {
                throw StateError(reason: "a piece of a tail lies outside its text")
            }
            pieces.append(
                CarryOver.Piece(
                    source: try piece.source(), segmentID: try piece.int("segment"),
                    startMS: try piece.time("start_ms"),
                    endMS: try piece.time("end_ms"), textOffset: Int(try piece.count("text_offset")), start: start))
        }
        return CarryOver(bytes: text, pieces: pieces, speakerID: Array(try reader.string("speaker").utf8))
    }

    private static func encode(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("f", format)
        body(&writer)
        writer.endObject()
        return writer.bytes
    }
}

/// Fields of a state object, by name, with errors that name the field.
private struct StateReader {
    /// Far more than is ever counted, and far from where sums overflow.
    static let counts: ClosedRange<Int64> = 0...1 << 53
    static let times: ClosedRange<Int64> = -1 << 53...1 << 53

    let value: JSONValue

    func text(_ name: String) -> String? {
        if case .string(let text)? = value[name] { return text }
        return nil
    }

    func number(_ name: String) -> Int64? {
        if case .int(let number)? = value[name] { return number }
        return nil
    }

    func string(_ name: String) throws(StateError) -> String {
        guard let text = text(name) else { throw StateError(reason: "a state record lacks the text '\(name)'") }
        return text
    }

    func int(_ name: String) throws(StateError) -> Int64 {
        guard let number = number(name) else { throw StateError(reason: "a state record lacks the number '\(name)'") }
        return number
    }

    /// A number of things, or a place among them.
    func count(_ name: String) throws(StateError) -> Int64 { try int(name, in: Self.counts) }

    /// Milliseconds.
    func time(_ name: String) throws(StateError) -> Int64 { try int(name, in: Self.times) }

    private func int(_ name: String, in range: ClosedRange<Int64>) throws(StateError) -> Int64 {
        let number = try int(name)
        guard range.contains(number) else {
            throw StateError(reason: "a state record has the number '\(name)' out of range")
        }
        return number
    }

    func array(_ name: String) throws(StateError) -> [JSONValue] {
        guard case .array(let elements)? = value[name] else {
            throw StateError(reason: "a state record lacks the array '\(name)'")
        }
        return elements
    }

    func source() throws(StateError) -> RecordSource {
        guard let partition = Int32(exactly: try int("partition")) else {
            throw StateError(reason: "a state record has a partition out of range")
        }
        return RecordSource(
            topic: try string("topic"), partition: Partition(partition),
            offset: Offset(try int("offset")))
    }
}

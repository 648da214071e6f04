import LiveEvents

/// The key of one record of the changelog: a JSON array, so that ids may hold anything.
///
///     ["l", platform, room, session, listing id]           a listing on sale
///     ["w", platform, room, session, rule id, start ms]     an alert window
///     ["s", platform, room, session, rule id]               signals of a rule that looks at several texts
///     ["o", platform, room, session, rule id]               statements that a rule requires
///     ["h", platform, room, session]                        how much was heard, for those
///     ["p", platform, room, listing id]                     what a listing cost before, over sessions
///     ["t", platform, room, session]                        a carry-over too old to be read again
struct StateKey {
    enum Kind: Equatable {
        case listing([UInt8])
        case window(rule: RuleID, startMS: Int64)
        case accumulator(rule: RuleID)
        case obligation(rule: RuleID)
        case hearing
        case price
        case carryOver
    }
    var kind: Kind
    /// Platform, room and session; of a price, the listing instead of a session.
    var ids: [[UInt8]]

    /// Calls `body` with the bytes of platform, room and session.
    func withIDs<R>(
        _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> R
    ) -> R {
        ids[0].withUnsafeBufferPointer { platform in
            ids[1].withUnsafeBufferPointer { room in
                ids[2].withUnsafeBufferPointer { session in body(platform, room, session) }
            }
        }
    }

    init(parsing bytes: UnsafeBufferPointer<UInt8>) throws(StateError) {
        guard case .array(let parts) = try StateReader.parse(bytes), parts.count >= 4 else {
            throw StateError(reason: "the key is no array of four or more")
        }
        ids = []
        for part in parts[1..<4] {
            guard case .string(let id) = part else { throw StateError(reason: "the key has an id that is no text") }
            ids.append(Array(id.utf8))
        }
        switch (parts[0], parts.count) {
        case (.string("l"), 5):
            guard case .string(let id) = parts[4] else { throw StateError(reason: "the key has no listing id") }
            kind = .listing(Array(id.utf8))
        case (.string("w"), 6):
            guard case .string(let rule) = parts[4], case .int(let start) = parts[5] else {
                throw StateError(reason: "the key has no rule or start")
            }
            guard StateReader.times.contains(start) else {
                throw StateError(reason: "the key has a start out of range")
            }
            kind = .window(rule: RuleID(rule), startMS: start)
        case (.string("s"), 5):
            guard case .string(let rule) = parts[4] else { throw StateError(reason: "the key has no rule") }
            kind = .accumulator(rule: RuleID(rule))
        case (.string("o"), 5):
            guard case .string(let rule) = parts[4] else { throw StateError(reason: "the key has no rule") }
            kind = .obligation(rule: RuleID(rule))
        case (.string("h"), 4): kind = .hearing
        case (.string("p"), 4): kind = .price
        case (.string("t"), 4): kind = .carryOver
        default: throw StateError(reason: "the key is of no kind that this version knows")
        }
    }

    static func listing(_ room: borrowing Room, _ id: [UInt8]) -> [UInt8] {
        make("l", room) { $0.string(String(decoding: id, as: UTF8.self)) }
    }

    static func window(_ room: borrowing Room, _ rule: RuleID, _ startMS: Int64) -> [UInt8] {
        make("w", room) {
            $0.string(rule.rawValue)
            $0.int(startMS)
        }
    }

    static func accumulator(_ room: borrowing Room, _ rule: RuleID) -> [UInt8] {
        make("s", room) { $0.string(rule.rawValue) }
    }

    static func obligation(_ room: borrowing Room, _ rule: RuleID) -> [UInt8] {
        make("o", room) { $0.string(rule.rawValue) }
    }

    static func hearing(_ room: borrowing Room) -> [UInt8] { make("h", room) { _ in } }

    static func carryOver(_ room: borrowing Room) -> [UInt8] { make("t", room) { _ in } }

    static func price(_ platform: String, _ room: String, _ listing: String) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginArray()
        for text in ["p", platform, room, listing] { writer.string(text) }
        writer.endArray()
        return writer.bytes
    }

    private static func make(
        _ kind: String, _ room: borrowing Room, _ rest: (inout JSONWriter) -> Void
    ) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginArray()
        writer.string(kind)
        for id in [room.platform, room.roomID, room.sessionID] {
            id.withUnsafeBufferPointer { writer.string(ByteView($0)) }
        }
        rest(&writer)
        writer.endArray()
        return writer.bytes
    }
}

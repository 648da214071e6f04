import LiveEvents
import Testing

private let head = #""schema":"transcript.v1","platform":"douyin","room_id":"r1","session_id":"s1","segment_id":7"#
private let times = #""start_ms":1000,"end_ms":2000"#
private let transcript = "{\(head),\"is_final\":true,\(times),\"text\":\"这个能根治\"}"

private func decode(_ json: String) throws(DecodingError) -> LiveEvent {
    try decode(Array(json.utf8))
}

private func decode(_ bytes: [UInt8]) throws(DecodingError) -> LiveEvent {
    let decoder = EventDecoder()
    let result: Result<LiveEvent, DecodingError> = bytes.withUnsafeBufferPointer { record in
        do throws(DecodingError) { return .success(try decoder.decode(record)) } catch { return .failure(error) }
    }
    kept.append(decoder)
    return try result.get()
}
/// Views outlive the call that made them, so the decoders of a test run are kept.
nonisolated(unsafe) private var kept: [EventDecoder] = []

@Suite(.serialized) struct `Decoding events` {
    struct Bad: CustomTestStringConvertible {
        var name: String
        var json: String
        var reason: DecodingError.Reason
        var path = ""
        var testDescription: String { name }
    }

    @Test(arguments: [
        Bad(name: "empty", json: "", reason: .empty),
        Bad(name: "white space", json: "  ", reason: .empty),
        Bad(name: "not JSON", json: "根治糖尿病", reason: .notJSON),
        Bad(name: "cut off", json: String(transcript.dropLast(3)), reason: .notJSON),
        Bad(name: "a byte-order mark", json: "\u{FEFF}" + transcript, reason: .notJSON),
        Bad(
            name: "an attribute twice",
            json: #"{"schema":"listing.v1","platform":"p","room_id":"r","session_id":"s","listing_id":"l","#
                + #""action":"listed","time_ms":5,"attributes":{"a":"1","\u0061":"2"}}"#,
            reason: .duplicateKey, path: "attributes.a"),
        Bad(name: "two values", json: transcript + "1", reason: .notJSON),
        Bad(name: "an array", json: "[]", reason: .wrongType),
        Bad(name: "no schema", json: "{}", reason: .missingField, path: "schema"),
        Bad(name: "another schema", json: #"{"schema":"transcript.v9"}"#, reason: .unknownSchema, path: "schema"),
        Bad(name: "schema of another type", json: #"{"schema":1}"#, reason: .wrongType, path: "schema"),
        Bad(
            name: "no room", json: #"{"schema":"transcript.v1","platform":"p","is_final":true,"text":""}"#,
            reason: .missingField, path: "room_id"),
        Bad(
            name: "null room", json: transcript.replacing(#""r1""#, with: "null"), reason: .missingField,
            path: "room_id"),
        Bad(
            name: "empty room", json: transcript.replacing(#""r1""#, with: #""""#), reason: .outOfRange, path: "room_id"
        ),
        Bad(
            name: "long room", json: transcript.replacing("r1", with: String(repeating: "r", count: 257)),
            reason: .outOfRange, path: "room_id"),
        Bad(
            name: "text of another type", json: transcript.replacing(#""这个能根治""#, with: "5"), reason: .wrongType,
            path: "text"),
        Bad(
            name: "long text", json: transcript.replacing("这", with: String(repeating: "这", count: 22_000)),
            reason: .outOfRange, path: "text"),
        Bad(
            name: "segment as text", json: transcript.replacing(":7", with: #":"7""#), reason: .wrongType,
            path: "segment_id"),
        Bad(
            name: "half a segment", json: transcript.replacing(":7", with: ":7.5"), reason: .wrongType,
            path: "segment_id"),
        Bad(
            name: "negative segment", json: transcript.replacing(":7", with: ":-7"), reason: .outOfRange,
            path: "segment_id"),
        Bad(
            name: "64 bits", json: transcript.replacing(":7", with: ":9223372036854775808"), reason: .outOfRange,
            path: "segment_id"),
        Bad(
            name: "more than 64 bits", json: transcript.replacing(":7", with: ":99999999999999999999999"),
            reason: .outOfRange),
        Bad(name: "an infinite number", json: transcript.replacing(":7", with: ":1e999"), reason: .outOfRange),
        Bad(
            name: "ends before it starts", json: transcript.replacing(":2000", with: ":999"), reason: .outOfRange,
            path: "end_ms"),
        Bad(
            name: "after the year 9999", json: transcript.replacing(":2000", with: ":253402300800000"),
            reason: .outOfRange, path: "end_ms"),
        Bad(name: "a field twice", json: transcript.dropLast() + #","text":"b"}"#, reason: .duplicateKey, path: "text"),
        Bad(
            name: "an escaped name is the same name", json: transcript.dropLast() + #","te\u0078t":"b"}"#,
            reason: .duplicateKey, path: "text"),
        Bad(name: "half a surrogate pair", json: transcript.replacing("根", with: #"\ud83d"#), reason: .notJSON),
        Bad(name: "a bare control character", json: transcript.replacing("根", with: "\u{1}"), reason: .notJSON),
        Bad(
            name: "role of another type", json: transcript.dropLast() + #","speaker":{"role":1}}"#,
            reason: .wrongType, path: "speaker.role"),
        Bad(
            name: "confidence", json: transcript.dropLast() + #","asr":{"confidence":1.5}}"#,
            reason: .outOfRange, path: "asr.confidence"),
        Bad(
            name: "nesting",
            json: transcript.dropLast() + ",\"x\":" + String(repeating: "[", count: 20)
                + String(repeating: "]", count: 20) + "}", reason: .tooDeep),
        Bad(name: "2 MiB", json: String(repeating: " ", count: 2 << 20), reason: .tooLarge),
    ])
    func `refuses with a reason and a path`(row: Bad) {
        #expect { _ = try decode(row.json) } throws: { error in
            guard let error = error as? DecodingError else { return false }
            return error.reason == row.reason && error.path == row.path && !error.detail.isEmpty
        }
    }

    @Test(arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE6, 0xA0]])
    func `refuses text that is not UTF-8`(bytes: [UInt8]) {
        let parts = transcript.split(separator: "根").map { Array($0.utf8) }
        #expect { _ = try decode(parts[0] + bytes + parts[1]) } throws: {
            ($0 as? DecodingError)?.reason == .invalidUTF8
        }
    }

    @Test func `reads every field of a transcript`() throws {
        let json =
            transcript.dropLast()
            + #","speaker":{"id":"u1","name":"小李","role":"host","is_seller":true,"x":1},"listing_id":"l1","#
            + #""asr":{"engine":"e","confidence":0.9},"region":"320700","unknown":{"a":[1,2]}}"#
        guard case .transcript(let segment) = try decode(String(json)) else { Issue.record("no transcript"); return }
        #expect(segment.platform.string == "douyin")
        #expect(segment.roomID.string == "r1")
        #expect(segment.sessionID.string == "s1")
        #expect(segment.segmentID == 7)
        #expect(segment.isFinal)
        #expect(segment.startMS == 1000)
        #expect(segment.endMS == 2000)
        #expect(segment.text.string == "这个能根治")
        #expect(segment.speakerID.string == "u1")
        #expect(segment.speakerName.string == "小李")
        #expect(segment.speakerRole == .host)
        #expect(segment.speakerIsSeller == true)
        #expect(segment.listingID.string == "l1")
        #expect(segment.asrEngine.string == "e")
        #expect(segment.asrConfidence == 0.9)
        #expect(segment.region.string == "320700")
    }

    @Test func `keeps unknown words, NUL and surrogate pairs as data`() throws {
        let json =
            transcript.replacing("根", with: #"\u0000\ud83d\ude00"#).dropLast() + #","speaker":{"role":"cohost"}}"#
        guard case .transcript(let segment) = try decode(String(json)) else { Issue.record("no transcript"); return }
        #expect(segment.text.string == "这个能\0😀治")
        #expect(segment.speakerRole == nil)
        #expect(segment.speaker?.role == .unknown("cohost"))
        #expect(segment.speakerRoleText.string == "cohost")
    }

    @Test func `reads every field of a listing, and its own encoding again`() throws {
        let json =
            #"{"schema":"listing.v1","platform":"p","room_id":"r","session_id":"s","listing_id":"l","#
            + #""action":"explaining","time_ms":5,"title":"蜂蜜","description":"d","category":"食品/蜂蜜","brand":"b","#
            + #""price_cents":990,"original_price_cents":1990,"attributes":{"材质":"棉","a\"":""},"#
            + #""certificates":["SC123"],"seller":{"id":"i","name":"n","license_no":"x","region":"320700"}}"#
        guard case .listing(let event) = try decode(json) else { Issue.record("no listing"); return }
        #expect(event.action == .explaining)
        #expect(event.attributes.map(\.name) == ["材质", "a\""])
        #expect(event.seller?.licenseNo == "x")
        #expect(event.originalPriceCents == 1990)
        var bytes: [UInt8] = []
        event.encode(into: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == json)
    }

    @Test(arguments: [#""certificates":[1]"#, #""attributes":{"a":1}"#, #""attributes":[]"#])
    func `refuses listings with parts of another type`(part: String) {
        let json =
            #"{"schema":"listing.v1","platform":"p","room_id":"r","session_id":"s","listing_id":"l","action":"listed","time_ms":5,"#
        #expect { _ = try decode(json + part + "}") } throws: { ($0 as? DecodingError)?.reason == .wrongType }
    }

    @Test func `one decoder serves records of any size in turn`() throws {
        let decoder = EventDecoder()
        for count in [1, 20_000, 3, 300, 21_000] {
            let json = Array(transcript.replacing("这", with: String(repeating: "这", count: count)).utf8)
            let length = try json.withUnsafeBufferPointer { record -> Int in
                guard case .transcript(let segment) = try decoder.decode(record) else { return 0 }
                return segment.text.count
            }
            #expect(length == count * 3 + 12)
        }
    }

    @Test(arguments: UInt64(0)..<40)
    func `never traps on mutated records`(seed: UInt64) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func next(_ bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(bound))
        }
        let decoder = EventDecoder()
        for _ in 0..<250 {
            var bytes = Array(transcript.utf8)
            for _ in 0...next(4) {
                switch next(3) {
                case 0: bytes[next(bytes.count)] = UInt8(next(256))
                case 1: bytes.remove(at: next(bytes.count))
                default: bytes.insert(UInt8(next(256)), at: next(bytes.count))
                }
            }
            bytes.withUnsafeBufferPointer { _ = try? decoder.decode($0) }
        }
    }
}

import LiveEvents
import TestSupport
import Testing

@Suite struct `JSON` {
    @Test func `writes what it reads`() throws {
        let json = #"{"a":[1,-2,0.5,true,false,null,"x\"\\\n\r\t\u0001根"],"b":{},"c":[[],{}],"d":-9223372036854775808}"#
        let value = try Array(json.utf8).withUnsafeBufferPointer { try JSONValue.parse($0) }
        var writer = JSONWriter()
        write(value, to: &writer)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == json)
        #expect(value["d"] == .int(.min))
        #expect(value["z"] == nil)
    }

    private func write(_ value: JSONValue, to writer: inout JSONWriter) {
        switch value {
        case .null: writer.null()
        case .bool(let flag): writer.bool(flag)
        case .int(let number): writer.int(number)
        case .double(let number): writer.double(number)
        case .string(let text): writer.string(text)
        case .array(let elements):
            writer.beginArray()
            for element in elements { write(element, to: &writer) }
            writer.endArray()
        case .object(let fields):
            writer.beginObject()
            for field in fields {
                writer.key(field.name)
                write(field.value, to: &writer)
            }
            writer.endObject()
        }
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ])
    func `dead letters carry bytes as base64`(text: String, expected: String) throws {
        let letter = DeadLetter(
            reason: .known(.undecodable(.notJSON)), path: "", detail: "d",
            source: .init(topic: "t", partition: 1, offset: 2),
            timestampMS: 3, keyBytes: nil, payload: Array(text.utf8), payloadBytes: text.utf8.count)
        var bytes: [UInt8] = []
        letter.encode(into: &bytes)
        let value = try bytes.withUnsafeBufferPointer { try JSONValue.parse($0) }
        #expect(value["payload"] == .string(expected))
        #expect(value["key"] == nil)
        #expect(value["source"]?["offset"] == .int(2))
    }

    @Test func `takes a value that was encoded before, where a value may stand`() {
        var bytes = Array("before ".utf8)
        JSONWriter.append(to: &bytes) { writer in
            writer.beginObject()
            writer.field("a", Int64(1))
            writer.key("b")
            writer.raw(Array(#"{"c":2}"#.utf8))
            writer.field("d", true)
            writer.endObject()
        }
        #expect(String(decoding: bytes, as: UTF8.self) == #"before {"a":1,"b":{"c":2},"d":true}"#)
    }

    @Test(arguments: UInt64(0)..<200)
    func `escapes what it must, wherever it stands`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let special: [(raw: String, escaped: String)] = [
            ("\"", #"\""#), ("\\", #"\\"#), ("\n", #"\n"#), ("\r", #"\r"#), ("\t", #"\t"#), ("\0", #"\u0000"#),
            ("\u{1F}", #"\u001f"#), ("\u{7F}", "\u{7F}"), (" ", " "), ("#", "#"), ("]", "]"), ("é", "é"), ("😀", "😀"),
        ]
        var text = ""
        var expected = ""
        for _ in 0..<random.below(40) {
            let plain = random.below(2) == 0 ? "国" : "a"
            let piece = random.below(4) == 0 ? special[random.below(special.count)] : (raw: plain, escaped: plain)
            text += piece.raw
            expected += piece.escaped
        }
        var writer = JSONWriter()
        writer.string(text)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "\"\(expected)\"", "seed \(seed)")
        #expect(JSONEscape.size(of: text) >= expected.utf8.count, "seed \(seed)")
    }

    @Test(arguments: [0, 9, 10, 99, 100, 1_763_942_400_000, .max, -1, -10, .min, .max - 1, 1_000_000_000_000_000_000])
    func `writes whole numbers`(number: Int64) {
        var writer = JSONWriter()
        writer.beginArray()
        writer.int(number)
        writer.int(number)
        writer.endArray()
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "[\(number),\(number)]")
    }

    @Test func `grows with what is written`() {
        var bytes: [UInt8] = []
        let text = String(repeating: "根治", count: 10_000)
        JSONWriter.append(to: &bytes) { $0.string(text) }
        #expect(String(decoding: bytes, as: UTF8.self) == "\"\(text)\"")
    }

    @Test func `names the field that is not as it should be`() throws {
        let json = Array(#"{"a":{"b":[{"c":1},{"c":"x"}]},"d":5,"d":6}"#.utf8)
        let reader = try json.withUnsafeBufferPointer { try JSONObjectReader(parsing: $0, limits: DecodingLimits()) }
        let inner = try reader.object("a").objects("b")
        #expect(try inner[0].int("c", in: 0...1) == 1)
        let wrong = #expect(throws: DecodingError.self) { try inner[1].int("c") }
        #expect(wrong?.path == "a.b[1].c")
        let beyond = #expect(throws: DecodingError.self) { try inner[0].int("c", in: 2...3) }
        #expect(beyond?.reason == .outOfRange && beyond?.path == "a.b[0].c")
        let twice = #expect(throws: DecodingError.self) { try reader.int("d") }
        #expect(twice?.reason == .duplicateKey)
    }
}

@Suite struct `Words of records` {
    @Test func `that are not known are kept`() {
        #expect(OpenEnum<Severity>("high") == .known(.high))
        #expect(OpenEnum<Severity>("dire") == .unknown("dire"))
        #expect(OpenEnum<Severity>("dire").text == "dire")
        #expect(Severity.allCases.sorted() == Severity.allCases)
    }

    @Test func `that tell why a record was set aside come back from their text`() {
        let reasons = DeadLetter.Reason.allCases
        #expect(Set(reasons.map(\.rawValue)).count == reasons.count)
        for reason in reasons { #expect(DeadLetter.Reason(rawValue: reason.rawValue) == reason) }
    }
}

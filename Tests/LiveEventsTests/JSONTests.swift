import LiveEvents
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
}

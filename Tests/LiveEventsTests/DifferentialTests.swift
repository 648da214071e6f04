import LiveEvents
import Testing

/// The decoder against an oracle that is plain to read (StrictJSON, ReferenceDecoder), which shares no line with it.
@Suite struct `Decoder and oracle` {
    /// Small, so that the limits bite in short records.
    private static let limits: DecodingLimits = {
        var limits = DecodingLimits()
        limits.maxTextBytes = 60
        limits.maxArrayElements = 4
        return limits
    }()

    enum Outcome: Equatable {
        case event
        case refused(DecodingError.Reason)
    }

    /// Nil if both agree, else what differs.
    private static func difference(
        _ record: [UInt8], _ decoder: EventDecoder, limits: DecodingLimits
    ) -> (outcome: Outcome, complaint: String?) {
        let expected = ReferenceDecoder.decode(record, limits: limits)
        return record.withUnsafeBufferPointer { bytes in
            do throws(DecodingError) {
                let facts = Facts(try decoder.decode(bytes))
                guard case .event(let wanted) = expected else { return (.event, "accepted; oracle: \(expected)") }
                return (.event, facts == wanted ? nil : "other fields: \(facts), oracle: \(wanted)")
            } catch {
                return (.refused(error.reason), complaint(about: error, expected))
            }
        }
    }

    private static func complaint(about error: DecodingError, _ expected: ReferenceDecoder.Answer) -> String? {
        switch expected {
        case .event: return "refused: \(error)"
        case .notJSON(let refusal):
            // A record may be no JSON for several reasons; each of these words says that it is none.
            let words: [DecodingError.Reason] = [.empty, .notJSON, .invalidUTF8, .tooDeep, .outOfRange]
            return words.contains(error.reason) && error.path.isEmpty ? nil : "\(error), oracle: \(refusal)"
        case .faults(let faults):
            let fault = ReferenceDecoder.Fault(reason: error.reason, path: error.path)
            return faults.contains(fault) ? nil : "\(error), oracle: \(faults)"
        }
    }

    /// 100 blocks of 2,000 records.
    @Test(arguments: UInt64(0)..<100)
    func `agree on what is an event, on its fields and on what is wrong`(seed: UInt64) {
        let decoder = EventDecoder(limits: Self.limits)
        var generator = RecordGenerator(seed: seed)
        var events = 0
        var reasons: Set<DecodingError.Reason> = []
        for number in 0..<2_000 {
            let record = generator.record()
            let (outcome, complaint) = Self.difference(record, decoder, limits: Self.limits)
            switch outcome {
            case .event: events += 1
            case .refused(let reason): reasons.insert(reason)
            }
            if let complaint {
                Issue.record("seed \(seed), record \(number): \(complaint)\n\(String(decoding: record, as: UTF8.self))")
                return
            }
        }
        // A generator that only writes rubbish, or nothing wrong, would prove nothing.
        #expect((500...1_500).contains(events), "\(events) of 2,000 are events")
        #expect(
            reasons.isSuperset(of: [
                .notJSON, .invalidUTF8, .missingField, .wrongType, .outOfRange, .tooDeep, .duplicateKey, .unknownSchema,
            ]), "only \(reasons)")
    }

    struct Row: CustomTestStringConvertible {
        var name: String
        /// The value of an unknown field of a transcript that is right otherwise.
        var json: String
        var isAccepted: Bool
        var testDescription: String { name }
    }

    /// What RFC 8259 leaves to the parser, or what parsers get wrong.
    @Test(arguments: [
        Row(
            name: "a name twice in an object we do not read: the RFC says SHOULD", json: #"{"a":1,"a":2}"#,
            isAccepted: true),
        Row(name: "64 bits without a sign", json: "18446744073709551615", isAccepted: true),
        Row(name: "65 bits: valid by the RFC, beyond our numbers", json: "18446744073709551616", isAccepted: false),
        Row(name: "the smallest integer", json: "-9223372036854775808", isAccepted: true),
        Row(name: "one less: valid by the RFC", json: "-9223372036854775809", isAccepted: false),
        Row(name: "the same as a fraction", json: "-9223372036854775809.0", isAccepted: true),
        Row(name: "the greatest double", json: "1.7976931348623157e308", isAccepted: true),
        Row(name: "beyond a double: valid by the RFC", json: "1e309", isAccepted: false),
        Row(name: "too small for a double is zero", json: "1e-400", isAccepted: true),
        Row(name: "half a pair, first half: grammatical by the RFC", json: #""\ud83d""#, isAccepted: false),
        Row(name: "half a pair, second half", json: #""\ude00""#, isAccepted: false),
        Row(name: "a pair the wrong way round", json: #""\ude00\ud83d""#, isAccepted: false),
        Row(name: "a noncharacter", json: #""\uffff""#, isAccepted: true),
        Row(name: "an escaped NUL", json: #""\u0000""#, isAccepted: true),
        Row(name: "DEL bare", json: "\"\u{7F}\"", isAccepted: true),
        Row(name: "a line separator bare", json: "\"\u{2028}\"", isAccepted: true),
        Row(name: "a no-break space outside", json: "\u{A0}1", isAccepted: false),
        Row(name: "a form feed outside", json: "\u{C}1", isAccepted: false),
        Row(name: "a comment", json: "1/**/", isAccepted: false),
        Row(name: "a comma too many", json: "[1,]", isAccepted: false),
        Row(name: "no number", json: "NaN", isAccepted: false),
        Row(name: "a leading zero", json: "01", isAccepted: false),
        // The record itself is the first level.
        Row(name: "16 levels", json: nested(15, around: "1"), isAccepted: true),
        Row(
            name: "16 levels and an empty one: lets the parser off lightly", json: nested(16, around: ""),
            isAccepted: true),
        Row(name: "17 levels: valid by the RFC", json: nested(16, around: "1"), isAccepted: false),
        Row(name: "17 levels and an empty one", json: nested(17, around: ""), isAccepted: false),
    ])
    func `agree on odd values`(row: Row) {
        let record = Array(
            (#"{"schema":"transcript.v1","platform":"p","room_id":"r","session_id":"s","segment_id":7,"#
                + #""is_final":true,"start_ms":1,"end_ms":2,"text":"t","x":"# + row.json + "}").utf8)
        let (outcome, complaint) = Self.difference(record, EventDecoder(), limits: DecodingLimits())
        #expect((outcome == .event) == row.isAccepted)
        #expect(complaint == nil)
    }

    /// A record that ends inside its padding must not read what the parser left there before.
    @Test func `agree on every beginning of a record, whatever was parsed before`() {
        let decoder = EventDecoder(limits: Self.limits)
        for seed in UInt64(1_000)..<1_020 {
            var generator = RecordGenerator(seed: seed)
            let record = generator.record()
            for count in 0...record.count {
                let (_, complaint) = Self.difference(Array(record.prefix(count)), decoder, limits: Self.limits)
                #expect(complaint == nil, "seed \(seed), first \(count) bytes")
            }
        }
    }

    @Test(arguments: [255, 256, 257])
    func `agree on how many fields a record may have`(count: Int) {
        var record =
            #"{"schema":"transcript.v1","platform":"p","room_id":"r","session_id":"s","segment_id":7,"#
            + #""is_final":true,"start_ms":1,"end_ms":2,"text":"t""#
        for number in 9..<count { record += ",\"x\(number)\":\(number)" }
        let (outcome, complaint) = Self.difference(Array((record + "}").utf8), EventDecoder(), limits: DecodingLimits())
        #expect((outcome == .event) == (count <= 256))
        #expect(complaint == nil)
    }

    private static func nested(_ depth: Int, around text: String) -> String {
        String(repeating: "[", count: depth) + text + String(repeating: "]", count: depth)
    }
}

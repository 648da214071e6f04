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

    // MARK: The two paths

    private enum Answer: Equatable {
        case event(Facts)
        case refused(DecodingError)

        init(_ decode: () throws(DecodingError) -> LiveEvent) {
            do throws(DecodingError) { self = .event(Facts(try decode())) } catch { self = .refused(error) }
        }
    }

    /// A transcript and a listing with every field, as compact and as spaced JSON.
    private static let plain: [String] = {
        let compact = [
            #"{"schema":"transcript.v1","platform":"douyin","room_id":"r1","session_id":"s1","segment_id":71234567,"#
                + #""is_final":true,"start_ms":1763943901447,"end_ms":1763943903216,"text":"拍蜂蜜的时候记得备注颜色哦","#
                + #""speaker":{"id":"h1","name":"小李","role":"host","is_seller":false},"listing_id":"l1","#
                + #""asr":{"engine":"e","confidence":0.93},"region":"510100","x":null,"y":12}"#,
            #"{"schema":"listing.v1","platform":"douyin","room_id":"r1","session_id":"s1","listing_id":"l1","#
                + #""action":"listed","time_ms":1763943901447,"title":"蜂蜜","description":"","category":"食品/蜂蜜","#
                + #""brand":"云山","price_cents":990,"original_price_cents":1990,"attributes":{"材质":"棉","a":""},"#
                + #""certificates":["SC123","é"],"seller":{"id":"i","name":"n","license_no":"x","region":"320700"}}"#,
        ]
        return compact
            + compact.map {
                $0.replacing(",\"", with: ", \"").replacing(":\"", with: ": \"").replacing(":1", with: ": 1")
            }
    }()

    /// Nil if both paths give the same value or the same error, to the word.
    private static func difference(
        _ record: [UInt8], _ decoder: EventDecoder, _ general: EventDecoder
    ) -> String? {
        record.withUnsafeBufferPointer { bytes in
            let fast = Answer { () throws(DecodingError) in try decoder.decode(bytes) }
            let slow = Answer { () throws(DecodingError) in try general.decodeGenerally(bytes) }
            return fast == slow
                ? nil : "\(fast), without the fast path \(slow)\n\(String(decoding: record, as: UTF8.self))"
        }
    }

    /// 50 blocks of 2,000 records, through one decoder each, so that it expects what the record before had.
    @Test(arguments: UInt64(0)..<50)
    func `the fast path gives what the general path gives, value or error`(seed: UInt64) {
        let (decoder, general) = (EventDecoder(limits: Self.limits), EventDecoder(limits: Self.limits))
        var generator = RecordGenerator(seed: seed)
        var taken = 0
        for number in 0..<2_000 {
            let record =
                number % 2 == 0 ? generator.record() : generator.mutated(Array(Self.plain[number / 2 % 4].utf8))
            if let difference = Self.difference(record, decoder, general) {
                Issue.record("seed \(seed), record \(number): \(difference)")
                return
            }
            if record.withUnsafeBufferPointer({ decoder.fastPath(of: $0).isTaken }) { taken += 1 }
        }
        // Otherwise the general path would be compared with itself.
        #expect((300...1_700).contains(taken), "\(taken) of 2,000 took the fast path")
    }

    /// Every byte of a plain record, taken away, and with each of these put before it or in its place.
    @Test(arguments: [0, 1, 2, 3])
    func `the fast path gives what the general path gives, whatever one byte is`(number: Int) {
        let record = Array(Self.plain[number].utf8)
        let (decoder, general) = (EventDecoder(), EventDecoder())
        let bytes: [UInt8] =
            Array("\"\\{}[],: \t\n\r019-+.eEtfnul/x".utf8) + [
                0, 1, 0x1F, 0x7F, 0x80, 0xBF, 0xC0, 0xE4, 0xED, 0xF4, 0xFF,
            ]
        func check(_ changed: [UInt8]) {
            if let difference = Self.difference(changed, decoder, general) { Issue.record("\(difference)") }
        }
        for place in record.indices {
            check(Array(record[..<place] + record[(place + 1)...]))
            for byte in bytes {
                check(Array(record[..<place]) + [byte] + record[place...])
                check(Array(record[..<place]) + [byte] + record[(place + 1)...])
            }
        }
    }

    /// The fast path goes two levels below the record, whether the limit allows that or not.
    @Test(arguments: [1, 2, 3])
    func `the fast path gives what the general path gives, however few levels are allowed`(depth: Int) {
        var limits = DecodingLimits()
        limits.maxDepth = depth
        let (decoder, general) = (EventDecoder(limits: limits), EventDecoder(limits: limits))
        var generator = RecordGenerator(seed: UInt64(depth))
        for number in 0..<1_000 {
            let record = number < 4 ? Array(Self.plain[number].utf8) : generator.record()
            let difference = Self.difference(record, decoder, general)
            #expect(difference == nil, "record \(number)")
        }
    }

    @Test func `a list beyond its limit does not take the fast path, which has no room for it`() {
        var limits = DecodingLimits()
        for (most, isTaken) in [(1, false), (2, true)] {
            limits.maxArrayElements = most
            let decoder = EventDecoder(limits: limits)
            let record = Array(Self.plain[1].utf8)
            #expect(record.withUnsafeBufferPointer { decoder.fastPath(of: $0).isTaken } == isTaken)
        }
    }

    @Test func `plain records take the fast path, and the second time no known name is read`() {
        for (record, names) in zip(Self.plain, [(21, 2), (20, 0), (21, 2), (20, 0)]) {
            let decoder = EventDecoder()
            Array(record.utf8).withUnsafeBufferPointer { bytes in
                #expect(decoder.fastPath(of: bytes) == (true, names.0), "\(record)")
                // What is not known has to be read each time.
                #expect(decoder.fastPath(of: bytes) == (true, names.1), "\(record)")
            }
        }
    }

    private static func nested(_ depth: Int, around text: String) -> String {
        String(repeating: "[", count: depth) + text + String(repeating: "]", count: depth)
    }
}

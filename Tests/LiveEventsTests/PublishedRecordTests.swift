import LiveEvents
import TestSupport
import Testing

/// What is published, read back: `encode` and `init(decoding:)` are inverse.
@Suite struct `Published records` {
    @Test(arguments: UInt64(0)..<500)
    func `alerts come back as they went`(seed: UInt64) throws {
        var make = Maker(seed: seed)
        let alert = make.alert()
        var json: [UInt8] = []
        alert.encode(into: &json)
        let read = try json.withUnsafeBufferPointer { try Alert(decoding: $0) }
        #expect(read == alert)
        // By bytes as well: Swift calls é and e + ́ equal.
        var again: [UInt8] = []
        read.encode(into: &again)
        #expect(again == json)
    }

    @Test(arguments: UInt64(0)..<500)
    func `dead letters come back as they went`(seed: UInt64) throws {
        var make = Maker(seed: seed)
        let letter = make.deadLetter()
        var json: [UInt8] = []
        letter.encode(into: &json)
        let read = try json.withUnsafeBufferPointer { try DeadLetter(decoding: $0) }
        #expect(read == letter)
        var again: [UInt8] = []
        read.encode(into: &again)
        #expect(again == json)
    }

    @Test(arguments: UInt64(0)..<100)
    func `cut or damaged, they are refused or read, and never trap`(seed: UInt64) {
        var make = Maker(seed: seed)
        var alert: [UInt8] = []
        make.alert().encode(into: &alert)
        var letter: [UInt8] = []
        make.deadLetter().encode(into: &letter)
        for _ in 0..<50 {
            for record in [alert, letter] {
                var bytes = record
                bytes[make.random.below(bytes.count)] = UInt8(make.random.below(256))
                bytes.withUnsafeBufferPointer {
                    _ = try? Alert(decoding: $0)
                    _ = try? DeadLetter(decoding: $0)
                }
                let cut = bytes.prefix(make.random.below(record.count))
                cut.withUnsafeBufferPointer { cut in
                    #expect(throws: DecodingError.self) { try Alert(decoding: cut) }
                    #expect(throws: DecodingError.self) { try DeadLetter(decoding: cut) }
                }
            }
        }
    }

    struct Bad: CustomTestStringConvertible {
        var old: String
        var new: String
        var reason: DecodingError.Reason
        var path: String
        var testDescription: String { "\(path): \(reason.rawValue)" }
    }

    @Test(arguments: [
        Bad(old: "alert.v1", new: "alert.v2", reason: .unknownSchema, path: "schema"),
        Bad(old: #""alert_id""#, new: #""id""#, reason: .missingField, path: "alert_id"),
        Bad(old: #""revision":2"#, new: #""revision":0"#, reason: .outOfRange, path: "revision"),
        Bad(old: #""revision":2"#, new: #""revision":2.5"#, reason: .wrongType, path: "revision"),
        Bad(old: #""mode":"live""#, new: #""mode":"on""#, reason: .outOfRange, path: "mode"),
        Bad(old: #""platform":"p""#, new: #""platform":1"#, reason: .wrongType, path: "platform"),
        Bad(old: #""platform":"p""#, new: #""platform":"p","platform":"q""#, reason: .duplicateKey, path: "platform"),
        Bad(old: #""rule":{"#, new: #""rule":[],"x":{"#, reason: .wrongType, path: "rule"),
        Bad(old: #""law":"l""#, new: #""law":null"#, reason: .missingField, path: "rule.legal_basis[0].law"),
        Bad(
            old: #""partition":3"#, new: #""partition":2147483648"#, reason: .outOfRange,
            path: "evidence[0].source.partition"),
        Bad(old: "[1,4]", new: "[1]", reason: .outOfRange, path: "evidence[0].span"),
        Bad(old: "[1,4]", new: "[4,1]", reason: .outOfRange, path: "evidence[0].span"),
        Bad(old: "[1,4]", new: "[1,-4]", reason: .wrongType, path: "evidence[0].span[1]"),
        Bad(old: #""exemptions":["e"]"#, new: #""exemptions":[1]"#, reason: .wrongType, path: "exemptions[0]"),
        Bad(old: #""score":0.5,"evasion""#, new: #""score":1.5,"evasion""#, reason: .outOfRange, path: "score"),
        Bad(old: #""evasion":true"#, new: #""evasion":"yes""#, reason: .wrongType, path: "evasion"),
    ])
    func `an alert that is none says where`(row: Bad) throws {
        var json: [UInt8] = []
        Alert(
            alertID: "00", revision: 2, mode: .live,
            rule: .init(
                id: "i", revision: 0, pack: "p", title: "t", category: "c", severity: .known(.low),
                legalBasis: [.init(law: "l", article: "a")], legalTrack: .known(.price)),
            ruleset: "h", platform: "p", roomID: "r", sessionID: "s", speaker: nil, listing: nil,
            evidence: [
                .init(
                    source: .init(topic: "t", partition: 3, offset: 5), field: "text", segmentID: nil, startMS: 0,
                    endMS: 1, quote: "q", span: 1..<4, matched: "m", term: "m", path: .known(.literal), score: 1)
            ],
            score: 0.5, evasion: true, occurrences: 1, window: .init(startMS: 0, endMS: 1), exemptions: ["e"],
            categoryUnresolved: false, region: nil, eventTimeMS: 0, trace: nil
        ).encode(into: &json)
        let right = String(decoding: json, as: UTF8.self)
        let spoiled = Array(right.replacing(row.old, with: row.new).utf8)
        try #require(spoiled != json)
        #expect {
            _ = try spoiled.withUnsafeBufferPointer { try Alert(decoding: $0) }
        } throws: {
            guard let error = $0 as? DecodingError else { return false }
            return error.reason == row.reason && error.path == row.path
        }
    }

    @Test(arguments: ["A", "AA", "AAA", "A===", "====", "AA=A", "AB==", "AAF=", "AA\\n==", "AA==AAAA", "AAA-", "根=="])
    func `a payload that is no base64 is refused`(payload: String) {
        let json =
            #"{"schema":"deadletter.v1","reason":"empty","path":"","detail":"","source":{"topic":"t","partition":0,"#
            + #""offset":0},"timestamp_ms":-1,"payload":"\#(payload)","payload_bytes":1}"#
        #expect {
            _ = try Array(json.utf8).withUnsafeBufferPointer { try DeadLetter(decoding: $0) }
        } throws: {
            ($0 as? DecodingError)?.path == "payload"
        }
    }
}

/// Makes records with anything their fields may hold.
private struct Maker {
    var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    private mutating func text() -> String {
        let pieces = ["能根治", "a", "\"", "\\", "\n", "\u{0}", "\u{7F}", "é", "e\u{301}", "😀", "\u{FFFF}", " ", "/"]
        return (0..<random.below(6)).map { _ in pieces[random.below(pieces.count)] }.joined()
    }
    private mutating func number() -> Int64 {
        [0, 1, -1, .max, .min, 1_763_942_400_000][random.below(6)]
    }
    private mutating func score() -> Double { [0, 1, 0.95, 0.1 + 0.2, .leastNonzeroMagnitude][random.below(5)] }
    private mutating func maybe<Value>(_ make: (inout Maker) -> Value) -> Value? {
        random.below(2) == 0 ? nil : make(&self)
    }
    private mutating func several<Value>(_ make: (inout Maker) -> Value) -> [Value] {
        (0..<random.below(4)).map { _ in make(&self) }
    }
    private mutating func source() -> RecordSource {
        RecordSource(
            topic: text(), partition: Partition([-1, 0, .max][random.below(3)]),
            offset: Offset([-1, 0, 7, .max][random.below(4)]))
    }

    private mutating func basis() -> LegalBasis {
        .init(law: text(), article: text(), from: maybe { $0.text() }, to: maybe { $0.text() })
    }

    mutating func alert() -> Alert {
        let rule = Alert.Rule(
            id: RuleID(text()), revision: random.below(9), pack: text(), title: text(), titleEn: maybe { $0.text() },
            category: text(), severity: OpenEnum(text()),
            legalBasis: several { $0.basis() }, legalTrack: OpenEnum(text()))
        return Alert(
            alertID: text(), revision: 1 + random.below(1_000), mode: random.below(2) == 0 ? .live : .shadow,
            rule: rule, ruleset: text(), platform: text(), roomID: text(), sessionID: text(),
            speaker: maybe { make in
                .init(
                    id: make.maybe { $0.text() }, name: make.maybe { $0.text() },
                    role: make.maybe { OpenEnum($0.text()) },
                    isSeller: make.maybe { $0.random.below(2) == 0 })
            },
            listing: maybe { make in
                .init(
                    listingID: make.text(), title: make.maybe { $0.text() }, category: make.maybe { $0.text() },
                    brand: make.maybe { $0.text() }, sellerID: make.maybe { $0.text() },
                    sellerName: make.maybe { $0.text() })
            },
            evidence: several { make in
                .init(
                    source: make.source(), field: make.text(), segmentID: make.maybe { $0.number() },
                    startMS: make.number(), endMS: make.number(), quote: make.text(),
                    span: make.random.below(99)..<(.max), matched: make.text(), term: make.text(),
                    path: OpenEnum(make.text()),
                    score: make.score(), group: make.maybe { $0.text() })
            },
            score: score(), evasion: random.below(2) == 0, occurrences: 1 + random.below(1_000),
            window: .init(startMS: number(), endMS: number()), exemptions: several { $0.text() },
            categoryUnresolved: random.below(2) == 0,
            guards: several { .init(name: $0.text(), action: OpenEnum($0.text())) },
            bindings: several { make in
                .init(
                    category: make.text(), severity: OpenEnum(make.text()), legalBasis: make.several { $0.basis() },
                    legalTrack: OpenEnum(make.text()))
            }, state: maybe { OpenEnum($0.text()) }, unknownFacts: several { $0.text() },
            roomScore: maybe { $0.score() }, screen: maybe { .init(model: $0.text(), score: $0.score()) },
            campaigns: several { $0.text() }, region: maybe { $0.text() }, eventTimeMS: number(),
            trace: maybe { $0.text() })
    }

    mutating func deadLetter() -> DeadLetter {
        let payload = (0..<random.below(9)).map { _ in UInt8(random.below(256)) }
        return DeadLetter(
            reason: OpenEnum(text()), path: text(), detail: text(), source: source(), timestampMS: number(),
            keyBytes: maybe { make in (0..<make.random.below(5)).map { _ in UInt8(make.random.below(256)) } },
            payload: payload, payloadBytes: payload.count + random.below(1 << 20))
    }
}

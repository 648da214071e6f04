import Foundation
import Testing

@testable import LiveEvents

/// The fields in schemas/ are the fields in the code. What is written is also read: `Published records` shows that.
@Suite struct `Fields of the schemas` {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../schemas")

    /// Paths of the fields that a schema names, e.g. "evidence[].source.topic".
    private static func fields(inSchema name: String) throws -> Set<String> {
        var found: Set<String> = []
        func collect(_ schema: JSONValue, _ path: String) {
            if case .object(let properties)? = schema["properties"] {
                for property in properties {
                    let inner = path.isEmpty ? property.name : "\(path).\(property.name)"
                    found.insert(inner)
                    collect(property.value, inner)
                }
            }
            if let items = schema["items"] { collect(items, path + "[]") }
        }
        collect(try parse(Array(try Data(contentsOf: folder.appending(path: name)))), "")
        return found
    }

    /// Paths of the fields that a record has.
    private static func fields(of record: (inout [UInt8]) -> Void) throws -> Set<String> {
        var json: [UInt8] = []
        record(&json)
        var found: Set<String> = []
        func collect(_ value: JSONValue, _ path: String) {
            switch value {
            case .object(let fields):
                for field in fields {
                    let inner = path.isEmpty ? field.name : "\(path).\(field.name)"
                    found.insert(inner)
                    collect(field.value, inner)
                }
            case .array(let elements): for element in elements { collect(element, path + "[]") }
            default: break
            }
        }
        collect(try parse(json), "")
        return found
    }

    private static func parse(_ bytes: [UInt8]) throws -> JSONValue {
        var limits = DecodingLimits.published
        limits.maxDepth = 32
        return try bytes.withUnsafeBufferPointer { try JSONValue.parse($0, limits: limits) }
    }

    @Test func `of events are those that the decoder knows`() throws {
        let schemas = try Self.fields(inSchema: "transcript.v1.json").union(Self.fields(inSchema: "listing.v1.json"))
        #expect(schemas == Set(EventField.allCases.map(\.path)))
    }

    @Test func `of events are those that the encoders write`() throws {
        var transcript = Transcript(
            platform: "p", roomID: "r", sessionID: "s", segmentID: 1, startMS: 2, endMS: 3, text: "t")
        transcript.speaker = Speaker(id: "i", name: "n", role: .known(.host), isSeller: true)
        (transcript.listingID, transcript.region) = ("l", "r")
        let asr = try Self.fields(inSchema: "transcript.v1.json").subtracting(
            Self.fields { transcript.encode(into: &$0) })
        // The recogniser is the producer's own affair.
        #expect(asr == ["asr", "asr.engine", "asr.confidence"])

        var listing = ListingEvent(
            platform: "p", roomID: "r", sessionID: "s", listingID: "l", action: .listed, timeMS: 1)
        (listing.title, listing.description, listing.category, listing.brand) = ("t", "d", "c", "b")
        (listing.priceCents, listing.originalPriceCents) = (1, 2)
        (listing.attributes, listing.certificates) = ([.init(name: "a", value: "v")], ["c"])
        listing.seller = .init(id: "i", name: "n", licenseNo: "l", region: "r")
        let written = try Self.fields { listing.encode(into: &$0) }
        #expect(try written.subtracting(["attributes.a"]) == Self.fields(inSchema: "listing.v1.json"))
    }

    @Test func `of alerts are those that are written`() throws {
        let alert = Alert(
            alertID: "00", revision: 1, mode: .live,
            rule: .init(
                id: "i", revision: 0, pack: "p", title: "t", titleEn: "t", category: "c", severity: .known(.low),
                legalBasis: [.init(law: "l", article: "a", from: "f", to: "t")], legalTrack: .known(.price)),
            ruleset: "h", platform: "p", roomID: "r", sessionID: "s",
            speaker: Speaker(id: "i", name: "n", role: .known(.host), isSeller: true),
            listing: .init(listingID: "l", title: "t", category: "c", brand: "b", sellerID: "s", sellerName: "s"),
            evidence: [
                .init(
                    source: .init(topic: "t", partition: 3, offset: 5), field: "text", segmentID: 1, startMS: 0,
                    endMS: 1, quote: "q", span: 1..<4, matched: "m", term: "m", path: .known(.literal), score: 1,
                    group: "said")
            ],
            score: 0.5, evasion: true, occurrences: 1, window: .init(startMS: 0, endMS: 1), exemptions: ["e"],
            categoryUnresolved: false, guards: [.init(name: "question", action: .known(.lower))],
            bindings: [
                .init(
                    category: "c", severity: .known(.high),
                    legalBasis: [.init(law: "l", article: "a", from: "f", to: "t")], legalTrack: .known(.label))
            ], state: .known(.toVerify), unknownFacts: ["material"], roomScore: 3.2,
            screen: .init(model: "m", score: 0.8),
            campaigns: ["c"], region: "r",
            eventTimeMS: 0,
            trace: "t")
        let written = try Self.fields { alert.encode(into: &$0) }
        // Nobody can fill it in yet: rules know no jurisdictions.
        let notYet: Set<String> = [
            "jurisdiction", "jurisdiction.city", "jurisdiction.county", "jurisdiction.branch",
        ]
        #expect(try written.union(notYet) == Self.fields(inSchema: "alert.v1.json"))
    }

    @Test func `of dead letters are those that are written`() throws {
        let letter = DeadLetter(
            reason: .known(.missingKey), path: "p", detail: "d", source: .init(topic: "t", partition: 1, offset: 2),
            timestampMS: 3, keyBytes: [1], payload: [2], payloadBytes: 1)
        let written = try Self.fields { letter.encode(into: &$0) }
        #expect(try written == Self.fields(inSchema: "deadletter.v1.json"))
    }
}

import Foundation
import LiveEvents

/// An alert read back from its topic: what a consumer of alert.v1 that shows them needs.
struct PublishedAlert: Decodable {
    struct Rule: Decodable {
        struct LegalBasis: Decodable {
            var law: String
            var article: String
            var from: String?
            var to: String?
        }
        var id: String
        var revision: Int
        var pack: String
        var title: String
        var titleEn: String?
        var category: String
        var severity: String
        var legalBasis: [LegalBasis]
        var legalTrack: String
    }
    struct Speaker: Decodable { var name: String? }
    struct Listing: Decodable {
        var listingId: String
        var title: String?
    }
    struct Source: Decodable {
        var topic: String
        var partition: Int32
        var offset: Int64
    }
    struct Evidence: Decodable {
        var source: Source
        var field: String
        var quote: String
        var matched: String
    }

    var alertId: String
    var revision: Int
    var mode: String
    var rule: Rule
    var platform: String
    var roomId: String
    var sessionId: String
    var speaker: Speaker?
    var listing: Listing?
    var evidence: [Evidence]
    var occurrences: Int
    var categoryUnresolved: Bool
    var eventTimeMs: Int64

    /// - Throws: Foundation's `DecodingError` if it is not alert.v1.
    static func decode(_ json: [UInt8]) throws -> Alert {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(PublishedAlert.self, from: Data(json)).alert
    }

    /// As the screen takes it; what is not shown is left empty.
    private var alert: Alert {
        Alert(
            alertID: alertId, revision: revision, mode: Alert.Mode(rawValue: mode) ?? .live,
            rule: Alert.Rule(
                id: rule.id, revision: rule.revision, pack: rule.pack, title: rule.title, titleEn: rule.titleEn,
                category: rule.category, severity: rule.severity,
                legalBasis: rule.legalBasis.map {
                    Alert.LegalBasis(law: $0.law, article: $0.article, from: $0.from, to: $0.to)
                },
                legalTrack: rule.legalTrack),
            ruleset: "", platform: platform, roomID: roomId, sessionID: sessionId,
            speaker: speaker.map { Alert.Speaker(name: $0.name) },
            listing: listing.map { Alert.Listing(listingID: $0.listingId, title: $0.title) },
            evidence: evidence.map {
                Alert.Evidence(
                    source: Alert.Source(
                        topic: $0.source.topic, partition: $0.source.partition, offset: $0.source.offset),
                    field: $0.field, segmentID: nil, startMS: 0, endMS: 0, quote: $0.quote, span: [],
                    matched: $0.matched, term: "", path: "", score: 1)
            },
            score: 1, evasion: false, occurrences: occurrences, window: Alert.Window(startMS: 0, endMS: 0),
            categoryUnresolved: categoryUnresolved, region: nil, eventTimeMS: eventTimeMs, trace: nil)
    }
}

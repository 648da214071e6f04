import CSimdjson

/// The fields of both events, each named once: for the decoder, the encoders and, by a test, the schemas.
///
/// One table serves both, since the fields are found in one pass before the schema is known; so a field of the other
/// kind of event may stand once too.
enum EventField: Int, CaseIterable {
    case schema, platform, roomID, sessionID, listingID, region
    case segmentID, isFinal, startMS, endMS, text, speaker, asr
    case action, timeMS, title, description, category, brand, priceCents, originalPriceCents, attributes
    case certificates, seller
    case speakerID, speakerName, speakerRole, speakerIsSeller
    case asrEngine, asrConfidence
    case sellerID, sellerName, sellerLicenseNo, sellerRegion

    /// The name in the object it stands in.
    var name: String { "\(key)" }

    /// The name, for a writer.
    var key: StaticString {
        switch self {
        case .schema: "schema"
        case .platform: "platform"
        case .roomID: "room_id"
        case .sessionID: "session_id"
        case .listingID: "listing_id"
        case .region, .sellerRegion: "region"
        case .segmentID: "segment_id"
        case .isFinal: "is_final"
        case .startMS: "start_ms"
        case .endMS: "end_ms"
        case .text: "text"
        case .speaker: "speaker"
        case .asr: "asr"
        case .action: "action"
        case .timeMS: "time_ms"
        case .title: "title"
        case .description: "description"
        case .category: "category"
        case .brand: "brand"
        case .priceCents: "price_cents"
        case .originalPriceCents: "original_price_cents"
        case .attributes: "attributes"
        case .certificates: "certificates"
        case .seller: "seller"
        case .speakerID, .sellerID: "id"
        case .speakerName, .sellerName: "name"
        case .speakerRole: "role"
        case .speakerIsSeller: "is_seller"
        case .asrEngine: "engine"
        case .asrConfidence: "confidence"
        case .sellerLicenseNo: "license_no"
        }
    }

    /// The field whose object this one stands in; nil for a field of the record itself.
    var parent: EventField? {
        switch self {
        case .speakerID, .speakerName, .speakerRole, .speakerIsSeller: .speaker
        case .asrEngine, .asrConfidence: .asr
        case .sellerID, .sellerName, .sellerLicenseNo, .sellerRegion: .seller
        default: nil
        }
    }

    /// As errors name it, e.g. "speaker.role".
    var path: String { parent.map { "\($0.name).\(name)" } ?? name }

    /// The number of the object in this field, among those that are read; 0 is the record itself.
    var group: UInt32 {
        switch self {
        case .speaker: 1
        case .asr: 2
        case .seller: 3
        default: 0
        }
    }

    /// Calls `body` with the fields as the reader of records takes them. Their names are valid during the call.
    static func withKnownFields<R>(_ body: (UnsafePointer<cs_known_field>, Int) -> R) -> R {
        let names = allCases.map { field in
            let name = UnsafeMutablePointer<CChar>.allocate(capacity: field.name.utf8.count + 1)
            for (place, byte) in field.name.utf8.enumerated() { name[place] = CChar(bitPattern: byte) }
            name[field.name.utf8.count] = 0
            return name
        }
        defer { for name in names { name.deallocate() } }
        let fields = zip(allCases, names).map { field, name in
            cs_known_field(
                name: name, group: field.parent?.group ?? 0, opens: field.group,
                is_list: field == .attributes || field == .certificates ? 1 : 0)
        }
        return fields.withUnsafeBufferPointer { body($0.baseAddress!, $0.count) }
    }
}

import LiveEvents

/// What schemas/ and the limits say about a record, applied to the oracle's tree: its fields, or all its faults.
///
/// The decoder stops at the first fault it meets; which one that is, is its own affair. So the oracle names them all.
struct ReferenceDecoder {
    struct Fault: Hashable {
        var reason: DecodingError.Reason
        var path: String
    }
    enum Answer {
        case notJSON(StrictJSON.Refusal)
        case faults(Set<Fault>)
        case event(Facts)
    }

    /// Known names by their bytes: Swift compares text by meaning, JSON does not.
    private struct Names {
        let byBytes: [[UInt8]: String]
        init(_ names: [String]) { byBytes = Dictionary(uniqueKeysWithValues: names.map { (Array($0.utf8), $0) }) }
    }

    let limits: DecodingLimits
    private var faults: Set<Fault> = []
    private var facts = Facts()

    static func decode(_ bytes: [UInt8], limits: DecodingLimits) -> Answer {
        let tree: StrictJSON
        do throws(StrictJSON.Refusal) {
            tree = try StrictJSON.parse(bytes, maxDepth: limits.maxDepth)
        } catch { return .notJSON(error) }
        var decoder = ReferenceDecoder(limits: limits)
        decoder.event(tree)
        return decoder.faults.isEmpty ? .event(decoder.facts) : .faults(decoder.faults)
    }

    private init(limits: DecodingLimits) { self.limits = limits }

    private mutating func fault(_ reason: DecodingError.Reason, _ path: String) {
        faults.insert(Fault(reason: reason, path: path))
    }

    /// The named members of an object by name, without those that are null; nil if one of them stands twice.
    private mutating func fields(
        _ members: [StrictJSON.Member], _ names: Names, _ path: String = ""
    ) -> [String: StrictJSON]? {
        var found: [String: StrictJSON] = [:]
        var isUnique = true
        for member in members {
            guard let name = names.byBytes[member.name] else { continue }
            if found.updateValue(member.value, forKey: name) != nil {
                fault(.duplicateKey, path + name)
                isUnique = false
            }
        }
        if members.count > 256 {
            fault(.outOfRange, String(path.dropLast()))
            isUnique = false
        }
        return isUnique ? found.filter { $0.value != .null } : nil
    }

    /// The names of both kinds of events: each may stand once, whichever kind it is.
    private static let names = Names([
        "schema", "platform", "room_id", "session_id", "segment_id", "is_final", "start_ms", "end_ms", "text",
        "listing_id", "region", "speaker", "asr", "action", "time_ms", "title", "description", "category", "brand",
        "price_cents", "original_price_cents", "attributes", "certificates", "seller",
    ])
    private static let speakerNames = Names(["id", "name", "role", "is_seller"])
    private static let asrNames = Names(["engine", "confidence"])
    private static let sellerNames = Names(["id", "name", "license_no", "region"])

    private mutating func event(_ tree: StrictJSON) {
        guard case .object(let members) = tree else { return fault(.wrongType, "") }
        guard let fields = fields(members, Self.names) else { return }
        switch fields["schema"] {
        case nil: fault(.missingField, "schema")
        case .text(let name) where name == Array("transcript.v1".utf8): transcript(fields)
        case .text(let name) where name == Array("listing.v1".utf8): listing(fields)
        case .text(let name):
            fault(name.isEmpty ? .missingField : name.count > 256 ? .outOfRange : .unknownSchema, "schema")
        default: fault(.wrongType, "schema")
        }
    }

    private mutating func transcript(_ fields: [String: StrictJSON]) {
        for name in ["platform", "room_id", "session_id"] { id(fields, name) }
        count(fields, "segment_id", below: .max)
        bool(fields, "is_final", isRequired: true)
        let start = count(fields, "start_ms", below: 253_402_300_800_000)
        let end = count(fields, "end_ms", below: 253_402_300_800_000)
        if let start, let end, end < start { fault(.outOfRange, "end_ms") }
        if fields["text"] == nil { fault(.missingField, "text") }
        text(fields, "text", atMost: limits.maxTextBytes)
        text(fields, "listing_id", atMost: 256)
        text(fields, "region", atMost: 32)
        inner(fields, "speaker", Self.speakerNames) { decoder, inner in
            decoder.text(inner, "id", "speaker.", atMost: 256)
            decoder.text(inner, "name", "speaker.", atMost: 1024)
            decoder.text(inner, "role", "speaker.", atMost: 64)
            decoder.bool(inner, "is_seller", "speaker.", isRequired: false)
        }
        inner(fields, "asr", Self.asrNames) { decoder, inner in
            decoder.text(inner, "engine", "asr.", atMost: 256)
            switch inner["confidence"] {
            case nil: break
            case .int(let number) where (0...1).contains(number):
                decoder.facts.add("asr.confidence", Double(number))
            case .double(let number) where (0...1).contains(number): decoder.facts.add("asr.confidence", number)
            case .int, .uint, .double: decoder.fault(.outOfRange, "asr.confidence")
            default: decoder.fault(.wrongType, "asr.confidence")
            }
        }
    }

    private mutating func listing(_ fields: [String: StrictJSON]) {
        for name in ["platform", "room_id", "session_id", "listing_id"] { id(fields, name) }
        if fields["action"] == nil { fault(.missingField, "action") }
        text(fields, "action", atMost: 64)
        count(fields, "time_ms", below: 253_402_300_800_000)
        text(fields, "title", atMost: limits.maxTextBytes)
        text(fields, "description", atMost: limits.maxTextBytes)
        text(fields, "category", atMost: 1024)
        text(fields, "brand", atMost: 1024)
        integer(fields, "price_cents")
        integer(fields, "original_price_cents")
        certificates(fields["certificates"])
        attributes(fields["attributes"])
        inner(fields, "seller", Self.sellerNames) { decoder, inner in
            decoder.text(inner, "id", "seller.", atMost: 256)
            decoder.text(inner, "name", "seller.", atMost: 1024)
            decoder.text(inner, "license_no", "seller.", atMost: 256)
            decoder.text(inner, "region", "seller.", atMost: 32)
        }
    }

    private mutating func certificates(_ value: StrictJSON?) {
        guard let value else { return }
        guard case .array(let elements) = value else { return fault(.wrongType, "certificates") }
        if elements.count > limits.maxArrayElements { return fault(.outOfRange, "certificates") }
        for (number, element) in elements.enumerated() {
            if case .text(let text) = element, text.count <= 4096 {
                facts.add("certificate", text)
            } else {
                fault(.wrongType, "certificates[\(number)]")
            }
        }
    }

    private mutating func attributes(_ value: StrictJSON?) {
        guard let value else { return }
        guard case .object(let members) = value else { return fault(.wrongType, "attributes") }
        if members.count > limits.maxArrayElements { return fault(.outOfRange, "attributes") }
        var names: Set<[UInt8]> = []
        for member in members {
            let path = "attributes.\(String(decoding: member.name, as: UTF8.self).prefix(64))"
            if !names.insert(member.name).inserted { fault(.duplicateKey, path) }
            if case .text(let text) = member.value, text.count <= 4096, member.name.count <= 256 {
                facts.add("attribute", member.name)
                facts.add("is", text)
            } else {
                fault(.wrongType, path)
            }
        }
    }

    // MARK: Kinds of fields

    private mutating func inner(
        _ fields: [String: StrictJSON], _ name: String, _ names: Names,
        _ body: (inout ReferenceDecoder, [String: StrictJSON]) -> Void
    ) {
        switch fields[name] {
        case nil: break
        case .object(let members):
            if let inner = self.fields(members, names, name + ".") {
                body(&self, inner)
            }
        default: fault(.wrongType, name)
        }
    }

    private mutating func id(_ fields: [String: StrictJSON], _ name: String) {
        switch fields[name] {
        case nil: fault(.missingField, name)
        case .text([]): fault(.outOfRange, name)
        default: text(fields, name, atMost: 256)
        }
    }

    private mutating func text(
        _ fields: [String: StrictJSON], _ name: String, _ path: String = "", atMost limit: Int
    ) {
        switch fields[name] {
        case nil: break
        case .text(let text) where text.count <= limit: facts.add(path + name, text)
        case .text: fault(.outOfRange, path + name)
        default: fault(.wrongType, path + name)
        }
    }

    private mutating func bool(
        _ fields: [String: StrictJSON], _ name: String, _ path: String = "", isRequired: Bool
    ) {
        switch fields[name] {
        case nil: if isRequired { fault(.missingField, path + name) }
        case .bool(let flag): facts.add(path + name, flag ? "true" : "false")
        default: fault(.wrongType, path + name)
        }
    }

    /// A whole number, however it is written: 7, 7.0 and 70e-1 are one.
    private mutating func whole(_ fields: [String: StrictJSON], _ name: String) -> Int64? {
        switch fields[name] {
        case .int(let number): return number
        case .double(let number):
            if let whole = Int64(exactly: number) { return whole }
            fault(.wrongType, name)
        case .uint: fault(.outOfRange, name)
        case nil: break
        default: fault(.wrongType, name)
        }
        return nil
    }

    private mutating func integer(_ fields: [String: StrictJSON], _ name: String) {
        if let number = whole(fields, name) { facts.add(name, "\(number)") }
    }

    @discardableResult
    private mutating func count(_ fields: [String: StrictJSON], _ name: String, below limit: Int64) -> Int64? {
        guard fields[name] != nil else {
            fault(.missingField, name)
            return nil
        }
        guard let number = whole(fields, name) else { return nil }
        guard number >= 0, limit == .max || number < limit else {
            fault(.outOfRange, name)
            return nil
        }
        facts.add(name, "\(number)")
        return number
    }
}

/// The fields of an event as one line of bytes each, so that two decoders are compared byte by byte.
struct Facts: Equatable {
    private(set) var lines: Set<[UInt8]> = []
    /// Certificates and attributes, where the order counts.
    private(set) var ordered: [[UInt8]] = []

    mutating func add(_ name: String, _ value: [UInt8]) {
        let line = Array(name.utf8) + [UInt8(ascii: "=")] + value
        if name == "certificate" || name == "attribute" || name == "is" {
            ordered.append(line)
        } else if !value.isEmpty {
            // An optional text that is empty is the same as none.
            lines.insert(line)
        }
    }
    mutating func add(_ name: String, _ value: String?) { if let value { add(name, Array(value.utf8)) } }
    mutating func add(_ name: String, _ value: Double) { add(name, "\(value.bitPattern)") }

    init() {}

    init(_ event: LiveEvent) {
        switch event {
        case .transcript(let segment): add(segment)
        case .listing(let listing): add(listing)
        }
    }

    private mutating func add(_ segment: TranscriptSegment) {
        for (name, view) in [
            ("platform", segment.platform), ("room_id", segment.roomID), ("session_id", segment.sessionID),
            ("text", segment.text), ("listing_id", segment.listingID), ("region", segment.region),
            ("speaker.id", segment.speakerID), ("speaker.name", segment.speakerName),
            ("speaker.role", segment.speakerRoleText), ("asr.engine", segment.asrEngine),
        ] { add(name, Array(view.bytes)) }
        add("segment_id", "\(segment.segmentID)")
        add("start_ms", "\(segment.startMS)")
        add("end_ms", "\(segment.endMS)")
        add("is_final", segment.isFinal ? "true" : "false")
        add("speaker.is_seller", segment.speakerIsSeller.map { $0 ? "true" : "false" })
        if let confidence = segment.asrConfidence { add("asr.confidence", confidence) }
    }

    private mutating func add(_ listing: ListingEvent) {
        for (name, text) in [
            ("platform", listing.platform), ("room_id", listing.roomID), ("session_id", listing.sessionID),
            ("listing_id", listing.listingID), ("action", listing.action.word), ("title", listing.title),
            ("description", listing.description), ("category", listing.category), ("brand", listing.brand),
            ("seller.id", listing.seller?.id), ("seller.name", listing.seller?.name),
            ("seller.license_no", listing.seller?.licenseNo), ("seller.region", listing.seller?.region),
        ] { add(name, text) }
        add("time_ms", "\(listing.timeMS)")
        add("price_cents", listing.priceCents.map { "\($0)" })
        add("original_price_cents", listing.originalPriceCents.map { "\($0)" })
        for certificate in listing.certificates { add("certificate", certificate) }
        for attribute in listing.attributes {
            add("attribute", attribute.name)
            add("is", attribute.value)
        }
    }
}

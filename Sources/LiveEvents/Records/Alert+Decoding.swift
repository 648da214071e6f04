extension DecodingLimits {
    /// Wide enough for everything ClaimWatch publishes: for those who read its topics.
    public static var published: DecodingLimits {
        var limits = DecodingLimits()
        limits.maxRecordBytes = 16 << 20
        limits.maxArrayElements = 1 << 16
        return limits
    }
}

extension Alert {
    /// Reads one alert.v1 record back: the inverse of `encode`, for consumers of the alert topics.
    ///
    /// Fields that this version does not know are passed over. It is checked that required fields are there and of
    /// their type, not what schemas/alert.v1.json says of their contents.
    /// - Throws: `DecodingError` with the path of the field, e.g. "evidence[1].source.offset".
    public init(
        decoding bytes: UnsafeBufferPointer<UInt8>, limits: DecodingLimits = .published
    ) throws(DecodingError) {
        let fields = try ValueReader(bytes, schema: "alert.v1", limits: limits)
        let window = try fields.object("window")
        self.init(
            alertID: try fields.string("alert_id"), revision: try fields.integer("revision", atLeast: 1),
            mode: try Self.mode(fields), rule: try Rule(try fields.object("rule")),
            ruleset: try fields.string("ruleset"), platform: try fields.string("platform"),
            roomID: try fields.string("room_id"), sessionID: try fields.string("session_id"),
            speaker: try fields.optionalObject("speaker").map { (speaker) throws(DecodingError) in
                try Speaker(speaker)
            },
            listing: try fields.optionalObject("listing").map { (listing) throws(DecodingError) in
                try Listing(listing)
            },
            evidence: try fields.array("evidence") { (element, path) throws(DecodingError) in
                try Evidence(try ValueReader(element, path: path))
            },
            score: try fields.score("score"), evasion: try fields.bool("evasion"),
            occurrences: try fields.integer("occurrences", atLeast: 1),
            window: Window(startMS: try window.int("start_ms"), endMS: try window.int("end_ms")),
            exemptions: try fields.array("exemptions") { (element, path) throws(DecodingError) in
                guard case .string(let text) = element else {
                    throw DecodingError(
                        reason: .wrongType, path: path, detail: "expected string, found \(element.kind)")
                }
                return text
            },
            categoryUnresolved: try fields.bool("category_unresolved"), region: try fields.optionalString("region"),
            eventTimeMS: try fields.int("event_time_ms"), trace: try fields.optionalString("trace"))
    }

    private static func mode(_ fields: ValueReader) throws(DecodingError) -> Mode {
        let word = try fields.string("mode")
        guard let mode = Mode(rawValue: word) else {
            throw fields.outOfRange("mode", "expected live or shadow, found \"\(word)\"")
        }
        return mode
    }
}

extension Alert.Rule {
    fileprivate init(_ fields: ValueReader) throws(DecodingError) {
        self.init(
            id: RuleID(try fields.string("id")), revision: try fields.integer("revision", atLeast: 0),
            pack: try fields.string("pack"), title: try fields.string("title"),
            titleEn: try fields.optionalString("title_en"), category: try fields.string("category"),
            severity: OpenEnum(try fields.string("severity")),
            legalBasis: try fields.array("legal_basis") { (element, path) throws(DecodingError) in
                let basis = try ValueReader(element, path: path)
                return LegalBasis(
                    law: try basis.string("law"), article: try basis.string("article"),
                    from: try basis.optionalString("from"), to: try basis.optionalString("to"))
            },
            legalTrack: OpenEnum(try fields.string("legal_track")))
    }
}

extension Speaker {
    fileprivate init(_ fields: ValueReader) throws(DecodingError) {
        self.init(
            id: try fields.optionalString("id"), name: try fields.optionalString("name"),
            role: try fields.optionalString("role").map(OpenEnum.init), isSeller: try fields.optionalBool("is_seller"))
    }
}

extension Alert.Listing {
    fileprivate init(_ fields: ValueReader) throws(DecodingError) {
        self.init(
            listingID: try fields.string("listing_id"), title: try fields.optionalString("title"),
            category: try fields.optionalString("category"), brand: try fields.optionalString("brand"),
            sellerID: try fields.optionalString("seller_id"), sellerName: try fields.optionalString("seller_name"))
    }
}

extension RecordSource {
    init(_ fields: ValueReader) throws(DecodingError) {
        self.init(
            topic: try fields.string("topic"), partition: Partition(try fields.integer("partition", atLeast: -1)),
            offset: Offset(try fields.integer("offset", atLeast: -1)))
    }
}

extension Alert.Evidence {
    fileprivate init(_ fields: ValueReader) throws(DecodingError) {
        let span = try fields.array("span") { (element, path) throws(DecodingError) -> Int in
            guard case .int(let number) = element, let position = Int(exactly: number), position >= 0 else {
                throw DecodingError(reason: .wrongType, path: path, detail: "expected a byte offset from 0 up")
            }
            return position
        }
        guard span.count == 2 else {
            throw fields.outOfRange("span", "expected two byte offsets, found \(span.count)")
        }
        self.init(
            source: try RecordSource(try fields.object("source")), field: try fields.string("field"),
            segmentID: try fields.optionalInt("segment_id"), startMS: try fields.int("start_ms"),
            endMS: try fields.int("end_ms"), quote: try fields.string("quote"), span: span,
            matched: try fields.string("matched"), term: try fields.string("term"),
            path: OpenEnum(try fields.string("path")),
            score: try fields.score("score"))
    }
}

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
        let fields = try JSONObjectReader(bytes, schema: "alert.v1", limits: limits)
        let window = try fields.object(FieldName.window)
        self.init(
            alertID: try fields.string(FieldName.alertID), revision: try fields.integer(FieldName.revision, atLeast: 1),
            mode: try Self.mode(fields), rule: try Rule(try fields.object(FieldName.rule)),
            ruleset: try fields.string(FieldName.ruleset), platform: try fields.string(FieldName.platform),
            roomID: try fields.string(FieldName.roomID), sessionID: try fields.string(FieldName.sessionID),
            speaker: try fields.optionalObject(FieldName.speaker).map { (speaker) throws(DecodingError) in
                try Speaker(speaker)
            },
            listing: try fields.optionalObject(FieldName.listing).map { (listing) throws(DecodingError) in
                try Listing(listing)
            },
            evidence: try fields.array(FieldName.evidence) { (element, path) throws(DecodingError) in
                try Evidence(try JSONObjectReader(element, path: path))
            },
            score: try fields.score(FieldName.score), evasion: try fields.bool(FieldName.evasion),
            occurrences: try fields.integer(FieldName.occurrences, atLeast: 1),
            window: Window(startMS: try window.int(FieldName.startMS), endMS: try window.int(FieldName.endMS)),
            exemptions: try fields.array(FieldName.exemptions, Self.text),
            categoryUnresolved: try fields.bool(FieldName.categoryUnresolved),
            guards: try fields.optionalArray(FieldName.guards) { (element, path) throws(DecodingError) in
                try Guard(try JSONObjectReader(element, path: path))
            },
            bindings: try fields.optionalArray(FieldName.bindings) { (element, path) throws(DecodingError) in
                try Binding(try JSONObjectReader(element, path: path))
            },
            state: try fields.optionalString(FieldName.state).map(OpenEnum.init),
            unknownFacts: try fields.optionalArray(FieldName.unknownFacts, Self.text),
            roomScore: try fields.optionalDouble(FieldName.roomScore),
            screen: try fields.optionalObject(FieldName.screen).map { (screen) throws(DecodingError) in
                try Screen(screen)
            },
            campaigns: try fields.optionalArray(FieldName.campaigns, Self.text),
            region: try fields.optionalString(FieldName.region),
            eventTimeMS: try fields.int(FieldName.eventTimeMS), trace: try fields.optionalString(FieldName.trace))
    }

    private static func text(_ element: JSONValue, _ path: String) throws(DecodingError) -> String {
        guard case .string(let text) = element else {
            throw DecodingError(reason: .wrongType, path: path, detail: "expected string, found \(element.kind)")
        }
        return text
    }

    private static func mode(_ fields: JSONObjectReader) throws(DecodingError) -> Mode {
        let word = try fields.string(FieldName.mode)
        guard let mode = Mode(rawValue: word) else {
            throw fields.outOfRange(FieldName.mode, "expected live or shadow, found \"\(word)\"")
        }
        return mode
    }
}

extension Alert.Rule {
    fileprivate convenience init(_ fields: JSONObjectReader) throws(DecodingError) {
        self.init(
            id: RuleID(try fields.string(FieldName.id)), revision: try fields.integer(FieldName.revision, atLeast: 0),
            pack: try fields.string(FieldName.pack), title: try fields.string(FieldName.title),
            titleEn: try fields.optionalString(FieldName.titleEn), category: try fields.string(FieldName.category),
            severity: OpenEnum(try fields.string(FieldName.severity)),
            legalBasis: try fields.array(FieldName.legalBasis, LegalBasis.init),
            legalTrack: OpenEnum(try fields.string(FieldName.legalTrack)))
    }
}

extension LegalBasis {
    fileprivate init(_ element: JSONValue, _ path: String) throws(DecodingError) {
        let basis = try JSONObjectReader(element, path: path)
        self.init(
            law: try basis.string(FieldName.law), article: try basis.string(FieldName.article),
            from: try basis.optionalString(FieldName.from), to: try basis.optionalString(FieldName.to))
    }
}

extension Alert.Guard {
    fileprivate init(_ fields: JSONObjectReader) throws(DecodingError) {
        self.init(
            name: try fields.string(FieldName.name), action: OpenEnum(try fields.string(FieldName.action)))
    }
}

extension Alert.Screen {
    fileprivate init(_ fields: JSONObjectReader) throws(DecodingError) {
        self.init(model: try fields.string(FieldName.model), score: try fields.score(FieldName.score))
    }
}

extension Alert.Binding {
    fileprivate init(_ fields: JSONObjectReader) throws(DecodingError) {
        self.init(
            category: try fields.string(FieldName.category), severity: OpenEnum(try fields.string(FieldName.severity)),
            legalBasis: try fields.array(FieldName.legalBasis, LegalBasis.init),
            legalTrack: OpenEnum(try fields.string(FieldName.legalTrack)))
    }
}

extension Speaker {
    fileprivate init(_ fields: JSONObjectReader) throws(DecodingError) {
        self.init(
            id: try fields.optionalString(EventField.speakerID.key),
            name: try fields.optionalString(EventField.speakerName.key),
            role: try fields.optionalString(EventField.speakerRole.key).map(OpenEnum.init),
            isSeller: try fields.optionalBool(EventField.speakerIsSeller.key))
    }
}

extension Alert.Listing {
    fileprivate init(_ fields: JSONObjectReader) throws(DecodingError) {
        self.init(
            listingID: try fields.string(FieldName.listingID), title: try fields.optionalString(FieldName.title),
            category: try fields.optionalString(FieldName.category), brand: try fields.optionalString(FieldName.brand),
            sellerID: try fields.optionalString(FieldName.sellerID),
            sellerName: try fields.optionalString(FieldName.sellerName))
    }
}

extension RecordSource {
    init(_ fields: JSONObjectReader) throws(DecodingError) {
        self.init(
            topic: try fields.string(FieldName.topic),
            partition: Partition(try fields.integer(FieldName.partition, atLeast: -1)),
            offset: Offset(try fields.integer(FieldName.offset, atLeast: -1)))
    }
}

extension Alert.Evidence {
    fileprivate init(_ fields: JSONObjectReader) throws(DecodingError) {
        let span = try fields.array(FieldName.span) { (element, path) throws(DecodingError) -> Int in
            guard case .int(let number) = element, let position = Int(exactly: number), position >= 0 else {
                throw DecodingError(reason: .wrongType, path: path, detail: "expected a byte offset from 0 up")
            }
            return position
        }
        guard span.count == 2 else {
            throw fields.outOfRange(FieldName.span, "expected two byte offsets, found \(span.count)")
        }
        guard span[0] <= span[1] else {
            throw fields.outOfRange(FieldName.span, "expected the smaller byte offset first")
        }
        self.init(
            source: try RecordSource(try fields.object(FieldName.source)), field: try fields.string(FieldName.field),
            segmentID: try fields.optionalInt(FieldName.segmentID), startMS: try fields.int(FieldName.startMS),
            endMS: try fields.int(FieldName.endMS), quote: try fields.string(FieldName.quote), span: span[0]..<span[1],
            matched: try fields.string(FieldName.matched), term: try fields.string(FieldName.term),
            path: OpenEnum(try fields.string(FieldName.path)),
            score: try fields.score(FieldName.score), group: try fields.optionalString(FieldName.group))
    }
}

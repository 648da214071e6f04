extension Alert {
    /// Appends the alert as one JSON object (alert.v1), keys in the schema's order.
    public func encode(into bytes: inout [UInt8]) {
        JSONWriter.append(to: &bytes) { writer in
            writer.beginObject()
            writer.field(FieldName.schema, "alert.v1")
            writer.field(FieldName.alertID, alertID)
            writer.field(FieldName.revision, Int64(revision))
            writer.field(FieldName.mode, mode.rawValue)
            writer.key(FieldName.rule)
            writer.raw(rule.json)
            writer.field(FieldName.ruleset, ruleset)
            writer.field(FieldName.platform, platform)
            writer.field(FieldName.roomID, roomID)
            writer.field(FieldName.sessionID, sessionID)
            if let speaker {
                writer.key(FieldName.speaker)
                speaker.write(to: &writer)
            }
            if let listing {
                writer.key(FieldName.listing)
                writer.beginObject()
                writer.field(FieldName.listingID, listing.listingID)
                writer.field(FieldName.title, listing.title)
                writer.field(FieldName.category, listing.category)
                writer.field(FieldName.brand, listing.brand)
                writer.field(FieldName.sellerID, listing.sellerID)
                writer.field(FieldName.sellerName, listing.sellerName)
                writer.endObject()
            }
            writer.key(FieldName.evidence)
            writer.beginArray()
            for piece in evidence { piece.write(to: &writer) }
            writer.endArray()
            writer.field(FieldName.score, score)
            writer.field(FieldName.evasion, evasion)
            writer.field(FieldName.occurrences, Int64(occurrences))
            writer.key(FieldName.window)
            writer.beginObject()
            writer.field(FieldName.startMS, window.startMS)
            writer.field(FieldName.endMS, window.endMS)
            writer.endObject()
            writer.field(FieldName.exemptions, exemptions)
            writer.field(FieldName.categoryUnresolved, categoryUnresolved)
            writeReading(to: &writer)
            writer.field(FieldName.region, region)
            writer.field(FieldName.eventTimeMS, eventTimeMS)
            writer.field(FieldName.trace, trace)
            writer.endObject()
        }
    }
}

extension Alert {
    /// What only some rules have to say.
    private func writeReading(to writer: inout JSONWriter) {
        if !guards.isEmpty {
            writer.key(FieldName.guards)
            writer.beginArray()
            for condition in guards {
                writer.beginObject()
                writer.field(FieldName.name, condition.name)
                writer.field(FieldName.action, condition.action)
                writer.endObject()
            }
            writer.endArray()
        }
        if !bindings.isEmpty {
            writer.key(FieldName.bindings)
            writer.beginArray()
            for binding in bindings {
                writer.beginObject()
                writer.field(FieldName.category, binding.category)
                writer.field(FieldName.severity, binding.severity)
                binding.legalBasis.write(to: &writer)
                writer.field(FieldName.legalTrack, binding.legalTrack)
                writer.endObject()
            }
            writer.endArray()
        }
        writer.field(FieldName.state, state)
        if !unknownFacts.isEmpty {
            writer.field(FieldName.unknownFacts, unknownFacts)
        }
        writer.field(FieldName.roomScore, roomScore)
        if let screen {
            writer.key(FieldName.screen)
            writer.beginObject()
            writer.field(FieldName.model, screen.model)
            writer.field(FieldName.score, screen.score)
            writer.endObject()
        }
        if !campaigns.isEmpty {
            writer.field(FieldName.campaigns, campaigns)
        }
    }
}

extension [LegalBasis] {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.key(FieldName.legalBasis)
        writer.beginArray()
        for basis in self {
            writer.beginObject()
            writer.field(FieldName.law, basis.law)
            writer.field(FieldName.article, basis.article)
            writer.field(FieldName.from, basis.from)
            writer.field(FieldName.to, basis.to)
            writer.endObject()
        }
        writer.endArray()
    }
}

extension Alert.Rule {
    static func json(
        id: RuleID, revision: Int, pack: String, title: String, titleEn: String?, category: String,
        severity: OpenEnum<Severity>, legalBasis: [LegalBasis], legalTrack: OpenEnum<LegalTrack>
    ) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field(FieldName.id, id.rawValue)
        writer.field(FieldName.revision, Int64(revision))
        writer.field(FieldName.pack, pack)
        writer.field(FieldName.title, title)
        writer.field(FieldName.titleEn, titleEn)
        writer.field(FieldName.category, category)
        writer.field(FieldName.severity, severity)
        legalBasis.write(to: &writer)
        writer.field(FieldName.legalTrack, legalTrack)
        writer.endObject()
        return writer.bytes
    }
}

extension Alert.Evidence {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key(FieldName.source)
        source.write(to: &writer)
        writer.field(FieldName.field, field)
        writer.field(FieldName.segmentID, segmentID)
        writer.field(FieldName.startMS, startMS)
        writer.field(FieldName.endMS, endMS)
        writer.field(FieldName.quote, quote)
        writer.key(FieldName.span)
        writer.beginArray()
        writer.int(Int64(span.lowerBound))
        writer.int(Int64(span.upperBound))
        writer.endArray()
        writer.field(FieldName.matched, matched)
        writer.field(FieldName.term, term)
        writer.field(FieldName.path, path)
        writer.field(FieldName.score, score)
        writer.field(FieldName.group, group)
        writer.endObject()
    }
}

extension Speaker {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field(EventField.speakerID.key, id)
        writer.field(EventField.speakerName.key, name)
        writer.field(EventField.speakerRole.key, role)
        writer.field(EventField.speakerIsSeller.key, isSeller)
        writer.endObject()
    }
}

extension RecordSource {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field(FieldName.topic, topic)
        writer.field(FieldName.partition, Int64(partition.rawValue))
        writer.field(FieldName.offset, offset.rawValue)
        writer.endObject()
    }
}

extension Alert {
    /// Appends the alert as one JSON object (alert.v1), keys in the schema's order.
    public func encode(into bytes: inout [UInt8]) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("schema", "alert.v1")
        writer.field("alert_id", alertID)
        writer.field("revision", Int64(revision))
        writer.field("mode", mode.rawValue)
        writer.key("rule")
        rule.write(to: &writer)
        writer.field("ruleset", ruleset)
        writer.field("platform", platform)
        writer.field("room_id", roomID)
        writer.field("session_id", sessionID)
        if let speaker {
            writer.key("speaker")
            speaker.write(to: &writer)
        }
        if let listing {
            writer.key("listing")
            writer.beginObject()
            writer.field("listing_id", listing.listingID)
            writer.field("title", listing.title)
            writer.field("category", listing.category)
            writer.field("brand", listing.brand)
            writer.field("seller_id", listing.sellerID)
            writer.field("seller_name", listing.sellerName)
            writer.endObject()
        }
        writer.key("evidence")
        writer.beginArray()
        for piece in evidence { piece.write(to: &writer) }
        writer.endArray()
        writer.field("score", score)
        writer.field("evasion", evasion)
        writer.field("occurrences", Int64(occurrences))
        writer.key("window")
        writer.beginObject()
        writer.field("start_ms", window.startMS)
        writer.field("end_ms", window.endMS)
        writer.endObject()
        writer.key("exemptions")
        writer.beginArray()
        for exemption in exemptions { writer.string(exemption) }
        writer.endArray()
        writer.field("category_unresolved", categoryUnresolved)
        writer.field("region", region)
        writer.field("event_time_ms", eventTimeMS)
        writer.field("trace", trace)
        writer.endObject()
        bytes.append(contentsOf: writer.bytes)
    }
}

extension Alert.Rule {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("id", id.rawValue)
        writer.field("revision", Int64(revision))
        writer.field("pack", pack)
        writer.field("title", title)
        writer.field("title_en", titleEn)
        writer.field("category", category)
        writer.field("severity", severity)
        writer.key("legal_basis")
        writer.beginArray()
        for basis in legalBasis {
            writer.beginObject()
            writer.field("law", basis.law)
            writer.field("article", basis.article)
            writer.field("from", basis.from)
            writer.field("to", basis.to)
            writer.endObject()
        }
        writer.endArray()
        writer.field("legal_track", legalTrack)
        writer.endObject()
    }
}

extension Alert.Evidence {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("source")
        source.write(to: &writer)
        writer.field("field", field)
        writer.field("segment_id", segmentID)
        writer.field("start_ms", startMS)
        writer.field("end_ms", endMS)
        writer.field("quote", quote)
        writer.key("span")
        writer.beginArray()
        for position in span { writer.int(Int64(position)) }
        writer.endArray()
        writer.field("matched", matched)
        writer.field("term", term)
        writer.field("path", path)
        writer.field("score", score)
        writer.endObject()
    }
}

extension Speaker {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("id", id)
        writer.field("name", name)
        writer.field("role", role)
        writer.field("is_seller", isSeller)
        writer.endObject()
    }
}

extension RecordSource {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("topic", topic)
        writer.field("partition", Int64(partition.rawValue))
        writer.field("offset", offset.rawValue)
        writer.endObject()
    }
}

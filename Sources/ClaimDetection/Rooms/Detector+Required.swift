import ClaimRules
import LiveEvents

/// Statements that must be said: when they are owed, said, and missed.
///
/// ```
///     listing ──> open ──> waiting ──┬── said ──────────────> no longer owed
///     first words, a named listing   ├── a gap, delisted ───> nobody can tell
///                                    └── a later segment ───> raised
/// ```
extension Detector {
    /// The rules that require statements, by index, and what they require.
    struct RequiredRules {
        var all: [(rule: Int, shape: RequiredShape)] = []
        private var byRule: [Int: RequiredShape] = [:]
        var isEmpty: Bool { all.isEmpty }

        init(_ ruleSet: RuleSet) {
            for (number, rule) in ruleSet.rules.enumerated() {
                guard let shape = RequiredShape(rule.match) else { continue }
                all.append((number, shape))
                byRule[number] = shape
            }
        }

        subscript(rule: Int) -> RequiredShape? { isEmpty ? nil : byRule[rule] }
    }

    // MARK: Speech

    /// Before a segment is judged: what does its pause end, and what does it begin?
    mutating func beginHearing(_ segment: TranscriptSegment, _ origin: RecordOrigin, in number: Int32) {
        let room = table.room(number)
        let isFirst = room.pointee.obligations.hear(from: segment.startMS, mostUnheardMS: limits.maxUnheardMS)
        if isFirst {
            for (rule, shape) in required.all where shape.start == .session {
                open([], at: segment.startMS, shape, evidence(of: segment, origin, shape, "since"), rule, in: number)
            }
        }
        guard !segment.listingID.isEmpty, let named = room.pointee.listings.index(of: segment.listingID.bytes)
        else { return }
        let listing = room.pointee.listings.all[named]
        guard room.pointee.obligations.explain(listing.id) else { return }
        for (rule, shape) in required.all
        where shape.start == .explaining && products.truth(rule: rule, listing.category) == .yes {
            open(
                listing.id, at: segment.startMS, shape, evidence(of: segment, origin, shape, "since"), rule, in: number)
        }
    }

    /// A hit of what must be said.
    mutating func said(under rule: Int, _ shape: RequiredShape, at timeMS: Int64, in number: Int32) {
        counters.obligationsForgotten += table.room(number).pointee.obligations.said(
            under: rules.inUse[rule], at: timeMS, shape, named: rules)
    }

    /// After a segment was judged: what was due when it began, and was not said, is raised.
    mutating func endHearing(
        _ segment: TranscriptSegment, _ origin: RecordOrigin, in number: Int32, _ publish: (Alert) -> Void
    ) {
        let room = table.room(number)
        for (rule, shape) in required.all {
            let due = room.pointee.obligations.due(
                under: rules.inUse[rule], at: segment.startMS, withinMS: shape.withinMS)
            for waiting in due { raise(waiting, rule, shape, segment, origin, in: number, publish) }
        }
        var characters = 0
        for byte in segment.text.bytes where byte & 0xC0 != 0x80 { characters += 1 }
        room.pointee.obligations.heard(until: segment.endMS, characters: characters)
        if room.pointee.obligations.isChanged { note(number) }
    }

    private mutating func raise(
        _ waiting: Obligation.Waiting, _ rule: Int, _ shape: RequiredShape, _ segment: TranscriptSegment,
        _ origin: RecordOrigin, in number: Int32, _ publish: (Alert) -> Void
    ) {
        let room = table.room(number)
        var about: ActiveListing?
        if !waiting.listing.isEmpty {
            guard let index = room.pointee.listings.index(of: waiting.listing) else { return }
            about = room.pointee.listings.all[index]
        }
        let region = segment.region.isEmpty ? about?.region : segment.region.string
        let speaker = segment.speaker
        guard
            resolver.isInForce(
                rule: rule,
                .init(
                    timeMS: segment.endMS, region: region, roomID: room.pointee.roomID, speakerID: speaker?.id,
                    sellerID: about?.about.sellerID))
        else { return }
        var claim: Claim?
        if !resolver.isPlain(rule: rule) {
            var made = Claim(
                timeMS: segment.endMS, channel: .speech, speaker: speaker, listingID: about?.id, region: region)
            guard let reading = resolver.read(made, rule: rule, listings: &room.pointee.listings) else { return }
            made.reading = reading
            claim = made
        }
        add(
            [waiting.start, evidence(of: segment, origin, shape, "until")], claim, roomScore: nil, rule: rule,
            AlertContext(
                eventTimeMS: segment.endMS, speaker: speaker, listing: about?.about, isUnresolved: false,
                track: LegalTrack(channel: .speech, speaker: speaker), region: region, trace: origin.trace),
            into: number, publish)
    }

    // MARK: Listings

    /// What was known of a listing before an event.
    struct Former {
        var category: CategoryPath?
        var isExplained = false
    }

    func former(_ event: ListingEvent, in number: Int32) -> Former {
        let room = table.room(number)
        let id = Array(event.listingID.utf8)
        guard let index = room.pointee.listings.index(of: id) else { return Former() }
        return Former(
            category: room.pointee.listings.all[index].category,
            isExplained: room.pointee.obligations.hearing?.explained == id)
    }

    /// After a listing event: what does it begin, what does it end?
    mutating func owe(_ event: ListingEvent, _ former: Former, _ origin: RecordOrigin, in number: Int32) {
        let room = table.room(number)
        let id = Array(event.listingID.utf8)
        guard event.action != .delisted, let index = room.pointee.listings.index(of: id) else {
            room.pointee.obligations.drop(id)
            if former.isExplained { _ = room.pointee.obligations.explain(nil) }
            return
        }
        let listing = room.pointee.listings.all[index]
        if event.action == .explaining { _ = room.pointee.obligations.explain(id) }
        let isExplained = room.pointee.obligations.hearing?.explained == id
        for (rule, shape) in required.all where shape.start != .session {
            func owes(_ category: CategoryPath?, _ isExplained: Bool) -> Bool {
                guard let category else { return false }
                return products.truth(rule: rule, category) == .yes && (shape.start == .listed || isExplained)
            }
            if products.truth(rule: rule, listing.category) != .yes {
                room.pointee.obligations.drop(id, under: rules.inUse[rule])
            } else if owes(listing.category, isExplained), !owes(former.category, former.isExplained) {
                open(id, at: event.timeMS, shape, evidence(of: listing, event, origin, shape), rule, in: number)
            }
        }
    }

    private mutating func open(
        _ listing: [UInt8], at timeMS: Int64, _ shape: RequiredShape, _ start: Alert.Evidence, _ rule: Int,
        in number: Int32
    ) {
        counters.obligationsForgotten += table.room(number).pointee.obligations.open(
            listing, at: timeMS, start, under: rules.inUse[rule], shape, named: rules)
    }

    // MARK: Evidence

    private func evidence(
        of segment: TranscriptSegment, _ origin: RecordOrigin, _ shape: RequiredShape, _ group: String
    ) -> Alert.Evidence {
        evidence(
            of: segment.text.bytes, in: "text", origin, shape, group, segmentID: segment.segmentID,
            startMS: segment.startMS, endMS: group == "since" ? segment.startMS : segment.endMS)
    }

    private func evidence(
        of listing: ActiveListing, _ event: ListingEvent, _ origin: RecordOrigin, _ shape: RequiredShape
    ) -> Alert.Evidence {
        var text = listing.about.title ?? ""
        let field = text.isEmpty ? "listing_id" : "title"
        if text.isEmpty { text = event.listingID }
        return text.withUTF8 {
            evidence(
                of: $0, in: field, origin, shape, "since", segmentID: nil, startMS: event.timeMS, endMS: event.timeMS)
        }
    }

    /// The beginning of a text, at most `EvidenceMaker.maxQuoteBytes`.
    private func evidence(
        of text: UnsafeBufferPointer<UInt8>, in field: String, _ origin: RecordOrigin, _ shape: RequiredShape,
        _ group: String, segmentID: Int64?, startMS: Int64, endMS: Int64
    ) -> Alert.Evidence {
        let end = CodePoints.border(in: text, atOrBefore: min(text.count, EvidenceMaker.maxQuoteBytes))
        let shown = String(decoding: text[..<end], as: UTF8.self)
        return Alert.Evidence(
            source: origin.source, field: field, segmentID: segmentID, startMS: startMS, endMS: endMS, quote: shown,
            span: 0..<end, matched: shown, term: shape.wanted, path: .known(.literal), score: 1, group: group)
    }

    // MARK: Other rules

    /// Forgets what rooms owe under rules that are not, or not so, in use.
    mutating func forgetFormerObligations() {
        for number in table.numbers {
            let room = table.room(number)
            if room.pointee.obligations.isEmpty { continue }
            let isChanged = room.pointee.obligations.keep(
                { obligation in rules.index(of: obligation.rule).flatMap { required[$0] }?.hash == obligation.shape },
                keepsHearing: !required.isEmpty)
            if isChanged { note(number) }
        }
    }
}

public import ClaimRules
public import LiveEvents

/// The rooms of one partition: events in, alerts out.
///
/// What a decision depends on lives here and nowhere else. Listings and open windows travel through the state topic
/// (`flushChangelog`, `restore`); the tail of the speech is rebuilt by `replay` of the records from `replayOffset` on.
/// Decisions depend on the events of a room in the order taken and on the rule set, never on a clock, a batch or
/// another room, as long as no bound of `DetectionLimits` bites.
///
/// One store is used by one thread.
public final class RoomStore {
    private let ruleSet: RuleSet
    private let judge: RuleEvaluator
    private let products: ProductContext
    private let limits: DetectionLimits
    private var table = RoomTable()
    private var joined: [UInt8] = []
    private var found: [Hit] = []
    /// Rooms with something to write, in order of first change; a room may stand here twice.
    private var changed: [Room] = []
    private var deletedKeys: [[UInt8]] = []

    public var counters = DetectionCounters()
    /// Room sessions held now.
    public var roomCount: Int { table.count }

    public init(ruleSet: RuleSet, limits: DetectionLimits = DetectionLimits()) {
        self.ruleSet = ruleSet
        self.limits = limits
        judge = RuleEvaluator(ruleSet: ruleSet)
        products = ProductContext(ruleSet: ruleSet)
    }

    /// Judges one event. Alerts are handed to `publish` in order.
    public func process(_ event: LiveEvent, origin: RecordOrigin, publish: (Alert) -> Void) {
        switch event {
        case .transcript(let segment): process(segment, origin: origin, publish)
        case .listing(let listing): process(listing, origin: origin, publish)
        }
    }

    /// Rebuilds the tails from a record before the committed offset. Raises nothing, changes no state key.
    public func replay(_ event: LiveEvent, origin: RecordOrigin) {
        guard case .transcript(let segment) = event, isJudged(segment) else { return }
        let room = room(platform: segment.platform, roomID: segment.roomID, sessionID: segment.sessionID)
        // A tail in the state topic is the tail as of the commit, later segments included.
        if room.spilledVersion != nil { return }
        room.tail.dropUnlessContinued(by: segment, maxPauseMS: limits.maxTailPauseMS)
        room.tail.append(segment, from: origin.source, maxBytes: limits.maxTailBytes)
    }

    // MARK: Speech

    /// Interim segments are guesses; viewers' words are not the seller's claim.
    private func isJudged(_ segment: TranscriptSegment) -> Bool {
        segment.isFinal && segment.speakerRole != .viewer
    }

    private func process(_ segment: TranscriptSegment, origin: RecordOrigin, _ publish: (Alert) -> Void) {
        counters.segments += 1
        guard isJudged(segment) else {
            counters.skipped += 1
            return
        }
        let room = room(platform: segment.platform, roomID: segment.roomID, sessionID: segment.sessionID)
        room.tail.dropUnlessContinued(by: segment, maxPauseMS: limits.maxTailPauseMS)
        let fresh = room.tail.bytes.count
        joined.removeAll(keepingCapacity: true)
        joined.append(contentsOf: room.tail.bytes)
        joined.append(contentsOf: segment.text.bytes)
        find(in: joined, fresh: fresh, target: .speech)
        if !found.isEmpty {
            let named =
                segment.listingID.isEmpty
                ? room.listings.values.first { $0.isExplaining } : room.listings[segment.listingID.string]
            for hit in found {
                guard
                    case .applies(let listing, let isUnresolved) = products.answer(
                        rule: hit.rule, named: named, shelf: room.listings.values)
                else { continue }
                let draft = AlertDraft(
                    hit: hit, eventTimeMS: segment.endMS, evidence: evidence(for: hit, room: room, segment, origin),
                    speaker: segment.speaker, listing: listing?.alertListing, isUnresolved: isUnresolved,
                    track: segment.speakerIsSeller == true ? .aucl : .adLaw,
                    region: segment.region.isEmpty ? listing?.region : segment.region.string, trace: origin.trace)
                merge(draft, into: room, publish)
            }
        }
        room.tail.append(segment, from: origin.source, maxBytes: limits.maxTailBytes)
    }

    /// Fills `found` with the hits in order of place, then of rule.
    private func find(in text: [UInt8], fresh: Int, target: Rule.Target) {
        found.removeAll(keepingCapacity: true)
        let isWhole = text.withUnsafeBufferPointer {
            judge.judge(
                $0, fresh: fresh, target: target, maxOccurrences: limits.maxOccurrences, cleared: &counters.cleared
            ) { found.append($0) }
        }
        if !isWhole { counters.textsCutShort += 1 }
        if found.count > 1 { found.sort { ($0.start, $0.rule) < ($1.start, $1.rule) } }
    }

    /// A part that lies in several segments gives one piece of evidence for each.
    private func evidence(
        for hit: Hit, room: Room, _ segment: TranscriptSegment, _ origin: RecordOrigin
    ) -> [Alert.Evidence] {
        let tail = room.tail
        var result: [Alert.Evidence] = []
        joined.withUnsafeBufferPointer { text in
            for part in hit.parts {
                let term = ruleSet.terms[part.term]
                let path = EvidenceMaker.path(part.path, of: text[part.start..<part.end], term: term)
                func add(
                    _ source: RecordSource, _ segmentID: Int64, _ startMS: Int64, _ endMS: Int64, _ range: Range<Int>,
                    _ textOffset: Int
                ) {
                    let start = max(part.start, range.lowerBound)
                    let end = min(part.end, range.upperBound)
                    guard start < end else { return }
                    let raw = UnsafeBufferPointer(rebasing: text[range])
                    result.append(
                        Alert.Evidence(
                            source: source, field: "text", segmentID: segmentID, startMS: startMS, endMS: endMS,
                            quote: EvidenceMaker.quote(
                                around: start - range.lowerBound, end - range.lowerBound, in: raw),
                            span: [
                                start - range.lowerBound + textOffset, end - range.lowerBound + textOffset,
                            ],
                            matched: String(decoding: text[start..<end], as: UTF8.self), term: term, path: .known(path),
                            score: Double(EvidenceMaker.percent(path: path, score: part.score)) / 100))
                }
                for (number, piece) in tail.pieces.enumerated() {
                    let end = number + 1 < tail.pieces.count ? tail.pieces[number + 1].start : tail.bytes.count
                    add(piece.source, piece.segmentID, piece.startMS, piece.endMS, piece.start..<end, piece.textOffset)
                }
                add(
                    origin.source, segment.segmentID, segment.startMS, segment.endMS, tail.bytes.count..<text.count, 0)
            }
        }
        return result
    }

    // MARK: Listings

    private func process(_ event: ListingEvent, origin: RecordOrigin, _ publish: (Alert) -> Void) {
        counters.listings += 1
        var (platform, roomID, sessionID) = (event.platform, event.roomID, event.sessionID)
        let room = platform.withUTF8 { platform in
            roomID.withUTF8 { roomID in
                sessionID.withUTF8 { sessionID in
                    self.room(
                        platform: ByteView(platform), roomID: ByteView(roomID), sessionID: ByteView(sessionID))
                }
            }
        }
        counters.listingsForgotten += room.apply(event, maxListings: limits.maxListingsPerRoom)
        note(room)
        if event.action == .delisted { return }
        let shelf = room.listings[event.listingID]
        if let title = event.title { judge(title, "title", event, room, shelf, origin, publish) }
        if let description = event.description {
            judge(description, "description", event, room, shelf, origin, publish)
        }
        for attribute in event.attributes {
            judge(attribute.value, "attributes.\(attribute.name)", event, room, shelf, origin, publish)
        }
    }

    private func judge(
        _ text: String, _ field: String, _ event: ListingEvent, _ room: Room, _ shelf: ActiveListing?,
        _ origin: RecordOrigin, _ publish: (Alert) -> Void
    ) {
        let bytes = Array(text.utf8)
        find(in: bytes, fresh: 0, target: .listing)
        for hit in found {
            guard
                case .applies(_, let isUnresolved) = products.answer(
                    rule: hit.rule, named: shelf, shelf: room.listings.values)
            else { continue }
            let evidence = bytes.withUnsafeBufferPointer { raw in
                hit.parts.map { part in
                    let term = ruleSet.terms[part.term]
                    let path = EvidenceMaker.path(part.path, of: raw[part.start..<part.end], term: term)
                    return Alert.Evidence(
                        source: origin.source, field: field, segmentID: nil, startMS: event.timeMS,
                        endMS: event.timeMS, quote: EvidenceMaker.quote(around: part.start, part.end, in: raw),
                        span: [part.start, part.end],
                        matched: String(decoding: raw[part.start..<part.end], as: UTF8.self), term: term,
                        path: .known(path),
                        score: Double(EvidenceMaker.percent(path: path, score: part.score)) / 100)
                }
            }
            let draft = AlertDraft(
                hit: hit, eventTimeMS: event.timeMS, evidence: evidence, speaker: nil, listing: shelf?.alertListing,
                isUnresolved: isUnresolved, track: .label, region: shelf?.region, trace: origin.trace)
            merge(draft, into: room, publish)
        }
    }

    // MARK: Windows

    private struct AlertDraft {
        var hit: Hit
        var eventTimeMS: Int64
        var evidence: [Alert.Evidence]
        var speaker: Speaker?
        var listing: Alert.Listing?
        var isUnresolved: Bool
        /// The legal track unless the rule names one.
        var track: LegalTrack
        var region: String?
        var trace: String?
    }

    /// Adds the hit to its window and publishes if one is due.
    ///
    /// Windows lie on a fixed grid of event time, so an id does not depend on which hit came first. Two are kept per
    /// rule; a hit that is later than both joins the older one, so that no id is ever published anew.
    private func merge(_ draft: AlertDraft, into room: Room, _ publish: (Alert) -> Void) {
        counters.hits += 1
        let rule = ruleSet.rules[draft.hit.rule]
        var windows = room.windows[draft.hit.rule] ?? []
        let length = rule.windowMS
        var start = draft.eventTimeMS - Self.modulo(draft.eventTimeMS, length)
        if let latest = windows.map(\.startMS).max() {
            start = max(start, latest - length)
            for old in windows where old.startMS < start - length {
                room.changedWindows.insert(Room.WindowKey(rule: draft.hit.rule, startMS: old.startMS))
            }
            windows.removeAll { $0.startMS < start - length }
        }
        let place: Int
        if let open = windows.firstIndex(where: { $0.startMS == start }) {
            place = open
        } else {
            windows.append(AlertWindow(startMS: start, occurrences: 0, revision: 0, published: 0, evidence: []))
            place = windows.count - 1
        }
        windows[place].add(draft.evidence)
        if windows[place].isDue(threshold: rule.threshold) {
            windows[place].revision += 1
            windows[place].published = windows[place].occurrences
            publish(alert(for: draft, rule: rule, window: windows[place], room: room))
        } else {
            counters.merged += 1
        }
        room.windows[draft.hit.rule] = windows
        room.changedWindows.insert(Room.WindowKey(rule: draft.hit.rule, startMS: start))
        note(room)
    }

    private static func modulo(_ time: Int64, _ length: Int64) -> Int64 {
        let rest = time % length
        return rest < 0 ? rest + length : rest
    }

    private func alert(for draft: AlertDraft, rule: Rule, window: AlertWindow, room: Room) -> Alert {
        let evidence = window.evidence.flatMap { $0 }
        return Alert(
            alertID: AlertID.make(room: room, ruleID: rule.id, windowStartMS: window.startMS),
            revision: window.revision, mode: rule.status == .shadow ? .shadow : .live,
            rule: Alert.Rule(
                id: rule.id, revision: rule.revision, pack: rule.pack, title: rule.title, titleEn: rule.titleEn,
                category: rule.category, severity: .known(rule.severity),
                legalBasis: rule.legalBasis, legalTrack: .known(rule.legalTrack ?? draft.track)),
            ruleset: ruleSet.contentHash, platform: String(decoding: room.platform, as: UTF8.self),
            roomID: String(decoding: room.roomID, as: UTF8.self),
            sessionID: String(decoding: room.sessionID, as: UTF8.self), speaker: draft.speaker, listing: draft.listing,
            evidence: evidence, score: window.score,
            evasion: !window.evidence.contains { $0.allSatisfy { $0.path == .known(.literal) } },
            occurrences: window.occurrences,
            window: Alert.Window(startMS: window.startMS, endMS: window.startMS + rule.windowMS),
            categoryUnresolved: draft.isUnresolved, region: draft.region, eventTimeMS: draft.eventTimeMS,
            trace: draft.trace)
    }

    // MARK: State

    private func room(platform: ByteView, roomID: ByteView, sessionID: ByteView) -> Room {
        let room = table.room(platform.bytes, roomID.bytes, sessionID.bytes)
        if table.count > limits.maxRooms, let forgotten = table.removeOldest() { forget(forgotten) }
        return room
    }

    private func forget(_ room: Room) {
        counters.roomsForgotten += 1
        for listing in room.listings.keys.sorted() { deletedKeys.append(StateKey.listing(room, listing)) }
        for (rule, windows) in room.windows {
            for window in windows { deletedKeys.append(StateKey.window(room, ruleSet.rules[rule].id, window.startMS)) }
        }
        // Changed keys of things that are already gone, and the tail if it was spilled.
        for listing in room.changedListings { deletedKeys.append(StateKey.listing(room, listing)) }
        for key in room.changedWindows {
            deletedKeys.append(StateKey.window(room, ruleSet.rules[key.rule].id, key.startMS))
        }
        if room.spilledVersion != nil { deletedKeys.append(StateKey.tail(room)) }
        room.changedListings = []
        room.changedWindows = []
        room.isTailChanged = false
    }

    private func note(_ room: Room) {
        if room.isChanged, changed.last !== room { changed.append(room) }
    }

    /// The smallest transcript offset that has to be read again to rebuild the tails, or nil if none has.
    ///
    /// Call it before `flushChangelog`: tails older than `oldestReplay` are spilled into the state instead, so a room
    /// that fell silent in mid-sentence does not make every restart read further back. Cost: one step per room.
    public func replayOffset(noEarlierThan oldestReplay: Int64) -> Int64? {
        var smallest: Int64?
        for room in table.all {
            guard let first = room.tail.pieces.first else {
                unspill(room)
                continue
            }
            if first.source.offset.rawValue < oldestReplay {
                if room.spilledVersion != room.tail.version {
                    room.spilledVersion = room.tail.version
                    room.isTailChanged = true
                    note(room)
                }
            } else {
                unspill(room)
                smallest = min(smallest ?? .max, first.source.offset.rawValue)
            }
        }
        return smallest
    }

    private func unspill(_ room: Room) {
        guard room.spilledVersion != nil else { return }
        room.spilledVersion = nil
        room.isTailChanged = true
        note(room)
    }

    /// What has to be written to the state topic so that a restart decides alike. One entry per changed key.
    public func flushChangelog(_ write: (StateChange) -> Void) {
        for key in Set(deletedKeys).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            write(StateChange(key: key, value: nil))
        }
        deletedKeys.removeAll(keepingCapacity: true)
        for room in changed {
            for id in room.changedListings.sorted() {
                write(StateChange(key: StateKey.listing(room, id), value: room.listings[id].map(StateValue.encode)))
            }
            for key in room.changedWindows.sorted(by: { ($0.rule, $0.startMS) < ($1.rule, $1.startMS) }) {
                let window = room.windows[key.rule]?.first { $0.startMS == key.startMS }
                write(
                    StateChange(
                        key: StateKey.window(room, ruleSet.rules[key.rule].id, key.startMS),
                        value: window.map(StateValue.encode)))
            }
            if room.isTailChanged {
                write(
                    StateChange(
                        key: StateKey.tail(room),
                        value: room.spilledVersion == nil ? nil : StateValue.encode(room.tail)))
            }
            room.changedListings.removeAll()
            room.changedWindows.removeAll()
            room.isTailChanged = false
        }
        changed.removeAll(keepingCapacity: true)
    }

    /// Takes one record of the state topic back in; a later record of the same key replaces it.
    ///
    /// A window of a rule that is no longer in the rule set is deleted with the next commit.
    /// - Throws: `StateError` if it was not written by this format.
    public func restore(key: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>?) throws(StateError) {
        let parsed = try StateKey(parsing: key)
        let room = parsed.withIDs { table.room($0, $1, $2) }
        switch parsed.kind {
        case .listing(let id):
            room.listings[id] = try value.map { (bytes) throws(StateError) in try StateValue.listing(bytes) }
            if let order = room.listings[id]?.order { room.nextOrder = max(room.nextOrder, order + 1) }
        case .window(let ruleID, let startMS):
            guard let rule = ruleSet.rules.firstIndex(where: { $0.id == ruleID }) else {
                if value != nil { deletedKeys.append(Array(key)) }
                return
            }
            var windows = room.windows[rule] ?? []
            windows.removeAll { $0.startMS == startMS }
            if let value { windows.append(try StateValue.window(value, startMS: startMS)) }
            room.windows[rule] = windows.isEmpty ? nil : windows
        case .tail:
            if let value {
                room.tail = try StateValue.tail(value)
                room.spilledVersion = room.tail.version
            } else {
                room.tail = CarryOver()
                room.spilledVersion = nil
            }
        }
    }
}

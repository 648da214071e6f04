import ClaimRules
import LiveEvents

/// What `RoomStore` does with an event: room, carry-over, occurrences, rules, windows, alert.
struct Detector: ~Copyable {
    private var ruleSet: RuleSet
    private var scanner: OccurrenceScanner
    private var evaluator: RuleEvaluator
    private(set) var products: ProductScopes
    private(set) var resolver: ClaimResolver
    private var screening: Screening
    /// By rule; nil of a rule that is met in one text.
    private var shapes: [TimedShape?]
    private var hasTimed: Bool
    private(set) var required: RequiredRules
    private var composer: AlertComposer
    private(set) var rules: RuleNames
    let limits: DetectionLimits
    private(set) var table = RoomTable()
    private var topics = SourceNames()
    private var categories = CategoryCache()
    private var prices = PriceBook()
    private var asksPrices: Bool
    private var askedAttributes: AskedAttributes
    /// Occurrences of a text that none are kept of.
    private var scratch: [Occurrence] = []
    /// Rooms with something to write, in order of first change.
    private var changed: [Int32] = []
    private var deletedKeys: [[UInt8]] = []
    /// The room whose carry-over begins first and where, of those that are not in the changelog. Nil: to be looked for.
    private var firstCarryOver: (room: Int32, offset: Int64)?
    private var changelog = ChangelogReader()

    var counters = DetectionCounters()
    var roomCount: Int { table.count }
    /// Bytes searched for terms.
    var bytesSearched: Int { scanner.bytesSearched }

    init(_ ruleSet: RuleSet, _ limits: DetectionLimits, _ profile: WorkProfile? = nil) {
        self.ruleSet = ruleSet
        self.limits = limits
        scanner = OccurrenceScanner(ruleSet)
        evaluator = RuleEvaluator(ruleSet)
        evaluator.profile = profile
        products = ProductScopes(ruleSet)
        resolver = ClaimResolver(ruleSet)
        screening = Screening(ruleSet)
        shapes = ruleSet.rules.map { TimedShape($0.match) }
        hasTimed = shapes.contains { $0 != nil }
        required = RequiredRules(ruleSet)
        asksPrices = ruleSet.rules.contains(where: \.asksPrices)
        askedAttributes = AskedAttributes(ruleSet.rules)
        composer = AlertComposer(ruleSet, limits: limits)
        rules = RuleNames(ruleSet)
    }

    mutating func use(_ ruleSet: RuleSet) {
        self.ruleSet = ruleSet
        scanner = OccurrenceScanner(ruleSet)
        evaluator = RuleEvaluator(ruleSet)
        products = ProductScopes(ruleSet)
        resolver = ClaimResolver(ruleSet)
        screening = Screening(ruleSet)
        shapes = ruleSet.rules.map { TimedShape($0.match) }
        hasTimed = shapes.contains { $0 != nil }
        required = RequiredRules(ruleSet)
        asksPrices = ruleSet.rules.contains(where: \.asksPrices)
        askedAttributes = AskedAttributes(ruleSet.rules)
        if !asksPrices { prices.forgetAll() }
        composer = AlertComposer(ruleSet, limits: limits)
        rules.use(ruleSet)
        for number in table.numbers {
            let room = table.room(number)
            room.pointee.carryOver.forgetOccurrences()
            room.pointee.listings.forgetFits()
        }
        takeUpFormerRules()
    }

    // MARK: Speech

    /// Interim segments are guesses; viewers' words are not the seller's claim.
    private func isJudged(_ segment: TranscriptSegment) -> Bool {
        segment.isFinal && segment.speakerRole != .viewer
    }

    mutating func replay(_ segment: TranscriptSegment, _ origin: RecordOrigin) {
        guard isJudged(segment) else { return }
        let number = roomNumber(segment.platform.bytes, segment.roomID.bytes, segment.sessionID.bytes)
        let room = table.room(number)
        if room.pointee.use(at: segment.endMS) { note(number) }
        // A carry-over in the changelog is that of the commit, later segments included.
        if room.pointee.spilledVersion != nil { return }
        firstCarryOver = nil
        carryOver(segment, origin, in: room)
        room.pointee.carryOver.forgetOccurrences()
    }

    mutating func process(_ segment: TranscriptSegment, _ origin: RecordOrigin, _ publish: (Alert) -> Void) {
        counters.segments += 1
        guard isJudged(segment) else {
            counters.skipped += 1
            return
        }
        let number = roomNumber(segment.platform.bytes, segment.roomID.bytes, segment.sessionID.bytes)
        let room = table.room(number)
        if !required.isEmpty { room.pointee.obligations.begin(isNew: room.pointee.isNew) }
        if room.pointee.use(at: segment.endMS) { note(number) }
        if !required.isEmpty { beginHearing(segment, origin, in: number) }
        let border = append(segment, origin, to: room)
        if meetsRule(room, behind: border) { raise(segment, origin, in: number, publish) }
        trim(room, from: border)
        if !required.isEmpty { endHearing(segment, origin, in: number, publish) }
        if number == firstCarryOver?.room || room.pointee.spilledVersion != nil { firstCarryOver = nil }
    }

    /// Takes a segment in without judging it.
    private mutating func carryOver(
        _ segment: TranscriptSegment, _ origin: RecordOrigin, in room: UnsafeMutablePointer<Room>
    ) {
        trim(room, from: append(segment, origin, to: room))
    }

    private mutating func append(
        _ segment: TranscriptSegment, _ origin: RecordOrigin, to room: UnsafeMutablePointer<Room>
    ) -> Int {
        room.pointee.carryOver.prepare(
            for: segment, maxPauseMS: limits.maxCarryOverPauseMS, maxSoftPauseMS: limits.maxSoftPauseMS)
        return room.pointee.carryOver.append(
            segment, topic: topics.number(of: origin.source.topic), partition: origin.source.partition,
            offset: origin.source.offset)
    }

    private mutating func trim(_ room: UnsafeMutablePointer<Room>, from border: Int) {
        if room.pointee.carryOver.trim(from: border, maxBytes: limits.maxCarryOverBytes) {
            counters.carryOversCutShort += 1
        }
    }

    /// Looks for occurrences in the bytes behind `border` and judges the carry-over if one of them could meet a rule.
    ///
    /// - Returns: Whether a rule was met; then `evaluator.hits` has the hits.
    private mutating func meetsRule(_ room: UnsafeMutablePointer<Room>, behind border: Int) -> Bool {
        let first = room.pointee.carryOver.first
        if room.pointee.carryOver.bytes.count == border { return false }
        var occurrences: [Occurrence] = []
        // Taken out for the while, so that both can be used side by side.
        swap(&occurrences, &room.pointee.carryOver.occurrences)
        defer { swap(&occurrences, &room.pointee.carryOver.occurrences) }
        return room.pointee.carryOver.bytes.withUnsafeBufferPointer { text in
            let limit = limits.maxOccurrences
            var isKnown = room.pointee.carryOver.knowsOccurrences
            if !isKnown { occurrences.removeAll(keepingCapacity: true) }
            if let old = scanner.extend(&occurrences, of: text, from: first, at: border, limit: limit) {
                guard
                    occurrences[old...].contains(where: { evaluator.mayMeet($0, .speech) })
                        || evaluator.mayWait(occurrences, areKnown: isKnown, .speech)
                else { return false }
                if isKnown, room.pointee.carryOver.isFrontCut {
                    isKnown = scanner.settleFront(&occurrences, of: text, from: first, limit: limit)
                }
            } else {
                isKnown = false
            }
            var isWhole = true
            if !isKnown { isWhole = scanner.scan(text, from: first, limit: limit, into: &occurrences) }
            room.pointee.carryOver.isFrontCut = false
            room.pointee.carryOver.knowsOccurrences = isWhole
            if !evaluator.evaluate(
                occurrences, in: text, from: first, pieces: room.pointee.carryOver.pieces, behind: border,
                target: .speech, limits: limits, counters: &counters)
            {
                isWhole = false
            }
            if !isWhole { counters.textsCutShort += 1 }
            return !evaluator.hits.isEmpty
        }
    }

    private mutating func raise(
        _ segment: TranscriptSegment, _ origin: RecordOrigin, in number: Int32, _ publish: (Alert) -> Void
    ) {
        let room = table.room(number)
        let named =
            segment.listingID.isEmpty
            ? room.pointee.listings.explained : room.pointee.listings.index(of: segment.listingID.bytes)
        let speaker = segment.speaker
        let region = segment.region.isEmpty ? nil : segment.region.string
        let track = LegalTrack(channel: .speech, speaker: speaker)
        let hits = hitsInOrder
        let first = room.pointee.carryOver.first
        screening.begin()
        room.pointee.carryOver.bytes.withUnsafeBufferPointer { bytes in
            let text = JudgedText(bytes: bytes, pieces: room.pointee.carryOver.pieces, field: "text")
            judge(hits) { detector, hit in
                let rule = detector.ruleSet.signals[Int(hit.rule)].rule
                if let shape = detector.required[rule] {
                    detector.said(under: rule, shape, at: detector.time(of: hit, in: text), in: number)
                    return nil
                }
                var claim: Claim?
                var listing: Int?
                var isUnresolved = false
                if detector.resolver.isPlain(rule: rule) {
                    guard
                        case .applies(let about, let unresolved) = detector.products.answer(
                            rule: rule, named: named, listings: &room.pointee.listings)
                    else { return nil }
                    (listing, isUnresolved) = (about, unresolved)
                } else {
                    let listingID =
                        segment.listingID.isEmpty
                        ? named.map { room.pointee.listings.all[$0].id } : Array(segment.listingID.bytes)
                    var made = Claim(
                        timeMS: segment.endMS, channel: .speech, speaker: speaker, listingID: listingID, region: region)
                    detector.note(hit, of: text, in: &made)
                    guard let reading = detector.resolver.read(made, rule: rule, listings: &room.pointee.listings)
                    else { return nil }
                    made.reading = reading
                    claim = made
                    listing = reading.about.flatMap { room.pointee.listings.index(of: $0) }
                }
                let about = listing.map { room.pointee.listings.all[$0] }
                let place = region ?? about?.region
                guard
                    detector.resolver.isInForce(
                        rule: rule,
                        .init(
                            timeMS: segment.endMS, region: place, roomID: room.pointee.roomID, speakerID: speaker?.id,
                            sellerID: about?.about.sellerID)),
                    case .counts(let screened) = detector.screen(hit, rule: rule, in: bytes, from: first, text.pieces)
                else { return nil }
                detector.merge(
                    hit, of: text, claim, screened: screened,
                    AlertContext(
                        eventTimeMS: segment.endMS, speaker: speaker, listing: about?.about,
                        isUnresolved: isUnresolved, track: track, region: place, trace: origin.trace),
                    into: number, publish)
                return detector.told(claim, rule)
            }
        }
    }

    /// Judges the hits of one text: those of rules that count only alone after all others.
    ///
    /// - Parameter take: How grave it is that the hit counted; nil if it tells nobody of anything.
    private mutating func judge(_ hits: [RuleEvaluator.Hit], take: (inout Detector, RuleEvaluator.Hit) -> Severity?) {
        var gravest: Severity?
        for hit in hits where !screening.isAlone(ruleSet.signals[Int(hit.rule)].rule) {
            if let severity = take(&self, hit) { gravest = max(gravest ?? severity, severity) }
        }
        guard screening.hasAlone else { return }
        var last = -1
        while true {
            var next = Int.max
            for hit in hits {
                let rule = ruleSet.signals[Int(hit.rule)].rule
                if screening.isAlone(rule), rule > last { next = min(next, rule) }
            }
            guard next < .max else { return }
            last = next
            if let gravest, ruleSet.rules[next].severity <= gravest { continue }
            var severity: Severity?
            for hit in hits where ruleSet.signals[Int(hit.rule)].rule == next {
                severity = take(&self, hit) ?? severity
            }
            if let severity { gravest = max(gravest ?? severity, severity) }
        }
    }

    /// What a hit that counted tells, by itself and in force: a signal of a rule over minutes tells nothing yet.
    private func told(_ claim: Claim?, _ rule: Int) -> Severity? {
        guard shapes[rule] == nil, ruleSet.rules[rule].status == .stable else { return nil }
        return claim?.reading.severity ?? ruleSet.rules[rule].severity
    }

    // MARK: Listings

    mutating func process(_ event: ListingEvent, _ origin: RecordOrigin, _ publish: (Alert) -> Void) {
        counters.listings += 1
        var (platform, roomID, sessionID) = (event.platform, event.roomID, event.sessionID)
        let number = platform.withUTF8 { platform in
            roomID.withUTF8 { roomID in sessionID.withUTF8 { sessionID in roomNumber(platform, roomID, sessionID) } }
        }
        let room = table.room(number)
        if !required.isEmpty { room.pointee.obligations.begin(isNew: room.pointee.isNew) }
        let former = required.isEmpty ? Former() : former(event, in: number)
        _ = room.pointee.use(at: event.timeMS)
        let noted = asksPrices ? prices.note(event, most: limits.maxPrices) : nil
        counters.pricesForgotten += noted?.forgotten ?? 0
        let taken = room.pointee.listings.apply(
            event, from: origin.source, past: noted?.past, asked: askedAttributes, limits: limits, &categories)
        counters.listingsForgotten += taken.forgotten
        if !taken.areFactsWhole { counters.factsCutShort += 1 }
        note(number)
        if !required.isEmpty { owe(event, former, origin, in: number) }
        if event.action == .delisted { return }
        revise(number, at: event.timeMS, origin, publish)
        let named = room.pointee.listings.index(of: Array(event.listingID.utf8))
        let piece = CarryOver.Piece(
            topic: topics.number(of: origin.source.topic), partition: origin.source.partition,
            offset: origin.source.offset, segmentID: nil, startMS: event.timeMS, endMS: event.timeMS, textOffset: 0,
            start: 0)
        func judge(_ text: String, _ field: () -> String) {
            var text = text
            text.withUTF8 { bytes in
                // Evidence shows the text as it stands in the record; rules and screens see it without markup.
                func judge(_ plain: UnsafeBufferPointer<UInt8>) {
                    guard meetsRule(plain) else { return }
                    raise(
                        JudgedText(bytes: bytes, pieces: [piece], field: field()), plain: plain, named: named,
                        event.timeMS, origin, in: number, publish)
                }
                if let plain = Markup.withoutHTML(bytes) {
                    plain.withUnsafeBufferPointer { judge($0) }
                } else {
                    judge(bytes)
                }
            }
        }
        if let title = event.title { judge(title) { "title" } }
        if let description = event.description { judge(description) { "description" } }
        for attribute in event.attributes { judge(attribute.value) { "attributes.\(attribute.name)" } }
    }

    /// Judges a text that stands alone.
    private mutating func meetsRule(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let limit = limits.maxOccurrences
        var isWhole = scanner.scan(text, from: 0, limit: limit, into: &scratch)
        if scratch.isEmpty, !evaluator.mayWait(scratch, areKnown: true, .listing) {
            if !isWhole { counters.textsCutShort += 1 }
            return false
        }
        if !evaluator.evaluate(
            scratch, in: text, from: 0, pieces: [], behind: 0, target: .listing, limits: limits, counters: &counters)
        {
            isWhole = false
        }
        if !isWhole { counters.textsCutShort += 1 }
        return !evaluator.hits.isEmpty
    }

    private mutating func raise(
        _ text: JudgedText, plain: UnsafeBufferPointer<UInt8>, named: Int?, _ timeMS: Int64, _ origin: RecordOrigin,
        in number: Int32, _ publish: (Alert) -> Void
    ) {
        let room = table.room(number)
        screening.begin()
        judge(hitsInOrder) { detector, hit in
            let rule = detector.ruleSet.signals[Int(hit.rule)].rule
            let about = named.map { room.pointee.listings.all[$0] }
            guard
                detector.resolver.isInForce(
                    rule: rule,
                    .init(
                        timeMS: timeMS, region: about?.region, roomID: room.pointee.roomID,
                        sellerID: about?.about.sellerID))
            else { return nil }
            var claim: Claim?
            var isUnresolved = false
            if detector.resolver.isPlain(rule: rule) {
                guard
                    case .applies(_, let unresolved) = detector.products.answer(
                        rule: rule, named: named, listings: &room.pointee.listings)
                else { return nil }
                isUnresolved = unresolved
            } else {
                var made = Claim(timeMS: timeMS, channel: .listing, listingID: about?.id)
                detector.note(hit, of: text, in: &made)
                guard let reading = detector.resolver.read(made, rule: rule, listings: &room.pointee.listings)
                else { return nil }
                made.reading = reading
                claim = made
            }
            guard case .counts(let screened) = detector.screen(hit, rule: rule, in: plain, from: 0, [])
            else { return nil }
            detector.merge(
                hit, of: text, claim, screened: screened,
                AlertContext(
                    eventTimeMS: timeMS, speaker: nil, listing: about?.about, isUnresolved: isUnresolved,
                    track: .label, region: about?.region, trace: origin.trace),
                into: number, publish)
            return detector.told(claim, rule)
        }
    }

    /// The hits of the text: those that meet a rule, in their order, then signals in the order of their ends. Of signals
    /// of one rule that end together a later step comes first, so that no stretch is two steps at once.
    private var hitsInOrder: [RuleEvaluator.Hit] {
        guard hasTimed else { return evaluator.hits }
        var whole: [RuleEvaluator.Hit] = []
        var signals: [RuleEvaluator.Hit] = []
        for hit in evaluator.hits {
            if shapes[ruleSet.signals[Int(hit.rule)].rule] == nil { whole.append(hit) } else { signals.append(hit) }
        }
        let known = ruleSet.signals
        signals.sort {
            let (a, b) = (known[Int($0.rule)], known[Int($1.rule)])
            return ($0.end, a.rule, b.number, $0.start) < ($1.end, b.rule, a.number, $1.start)
        }
        return whole + signals
    }

    /// When a hit was said: as far into its last segment as it ends there.
    private func time(of hit: RuleEvaluator.Hit, in text: JudgedText) -> Int64 {
        guard let number = text.pieces.lastIndex(where: { $0.start < Int(hit.end) }) else { return 0 }
        let piece = text.pieces[number]
        let end = number + 1 < text.pieces.count ? text.pieces[number + 1].start : text.bytes.count
        let length = Int64(max(1, end - piece.start))
        let place = Int64(min(Int(hit.end), end) - piece.start)
        let (whole, rest) = (piece.endMS - piece.startMS).quotientAndRemainder(dividingBy: length)
        return piece.startMS + whole * place + rest * place / length
    }

    /// Notes what stands around a hit, and what it says under the names that its rule gives, each name once.
    private func note(_ hit: RuleEvaluator.Hit, of text: JudgedText, in claim: inout Claim) {
        for number in evaluator.guards[hit.guards].prefix(Claim.maxGuards) {
            let condition = ruleSet.program.conditions[Int(number)]
            claim.guards.append(
                Alert.Guard(
                    name: ruleSet.program.names[condition.name],
                    action: .known(condition.action == .lower ? .lower : .mark)))
        }
        claim.isLowered = hit.isLowered
        claim.exemptions = Exemption.allCases.filter { hit.exemptions.contains($0) }
        for part in evaluator.parts[hit.parts] where part.group >= 0 && claim.said.count < Claim.maxSaid {
            let name = ruleSet.program.names[Int(part.group)]
            if claim.said.contains(where: { $0.name == name }) { continue }
            let end = CodePoints.border(
                in: text.bytes, atOrBefore: min(Int(part.end), Int(part.start) + Claim.Said.maxBytes))
            claim.said.append(
                Claim.Said(
                    name: name, term: part.span.source == .term ? part.text(ruleSet, in: text.bytes) : "",
                    text: String(decoding: text.bytes[Int(part.start)..<end], as: UTF8.self)))
        }
    }

    /// What a rule's screen makes of a hit.
    private enum Screened {
        /// With the score in percent; nil if nothing was asked.
        case counts(Int?)
        case dropped
    }

    /// Asks last: it costs more than all the rest.
    private mutating func screen(
        _ hit: RuleEvaluator.Hit, rule: Int, in text: UnsafeBufferPointer<UInt8>, from first: Int,
        _ pieces: [CarryOver.Piece]
    ) -> Screened {
        guard
            let answer = screening.answer(
                rule: rule, hit: Int(hit.start)..<Int(hit.end), in: text, from: first, pieces: pieces)
        else { return .counts(nil) }
        if answer.agrees { return .counts(answer.percent) }
        counters.screened += 1
        return .dropped
    }

    // MARK: Windows

    /// Adds the hit to its window, or its signal to those that the rule waits for.
    private mutating func merge(
        _ hit: RuleEvaluator.Hit, of text: JudgedText, _ claim: Claim?, screened: Int?, _ context: AlertContext,
        into number: Int32, _ publish: (Alert) -> Void
    ) {
        let room = table.room(number)
        let signal = ruleSet.signals[Int(hit.rule)]
        let rule = signal.rule
        var isCut = false
        var evidence = composer.evidence(of: evaluator.parts[hit.parts], in: text, topics, isCut: &isCut)
        if isCut { counters.evidenceCutShort += 1 }
        var roomScore: Int?
        if let shape = shapes[rule] {
            if let profile = evaluator.profile {
                let construct: WorkProfile.Construct = if case .score = shape.kind { .score } else { .span }
                profile.add(1 + room.pointee.accumulators.all.count + shape.count, to: construct)
            }
            let (met, forgotten) = room.pointee.accumulators.take(
                signal.number, of: rules.inUse[rule], at: time(of: hit, in: text), evidence, shape, named: rules)
            counters.accumulatorsForgotten += forgotten
            note(number)
            guard let met else { return }
            (evidence, roomScore) = (met.evidence, met.score)
        }
        add(
            evidence, claim, roomScore: roomScore, screened: screened, rule: rule, context, into: number, publish)
    }

    /// Adds what met a rule to its window and publishes if an alert is due.
    mutating func add(
        _ evidence: [Alert.Evidence], _ claim: Claim?, roomScore: Int?, screened: Int? = nil, rule: Int,
        _ context: AlertContext, into number: Int32, _ publish: (Alert) -> Void
    ) {
        let room = table.room(number)
        var evidence = evidence
        let words = StableHash.of(evidence.lazy.map(\.matched))
        counters.hits += 1
        if let claim { evidence += resolver.evidence(of: claim, rule: rule, listings: &room.pointee.listings) }
        let (index, isDue) = room.pointee.windows.add(
            KeptHit(evidence: evidence, claim: claim), words: words, roomScore: roomScore, screened: screened,
            of: rules.inUse[rule], at: context.eventTimeMS, lengthMS: ruleSet.rules[rule].windowMS,
            threshold: ruleSet.rules[rule].threshold, tellsNews: !ruleSet.rules[rule].isFormer)
        if isDue {
            self.publish(window: index, rule: rule, of: room, context, publish)
        } else {
            counters.merged += 1
        }
        note(number)
    }

    private mutating func publish(
        window index: Int, rule: Int, of room: UnsafeMutablePointer<Room>, _ context: AlertContext,
        _ publish: (Alert) -> Void
    ) {
        let window = room.pointee.windows.all[index]
        let id = window.alertID ?? AlertID.make(room: room.pointee, rules[window.rule], window.startMS)
        room.pointee.windows.keep(alertID: id, at: index)
        let alert = composer.alert(id, for: window, rule: rule, of: room.pointee, context)
        if alert.mode == .live, composer.mayChangeMode(rule: rule) { room.pointee.windows.noteLive(at: index) }
        publish(alert)
    }

    /// Reads what was claimed again, now that a listing has come or changed, as long as its window is open; what was
    /// published and is now another claim, or none, gets a revision.
    private mutating func revise(
        _ number: Int32, at timeMS: Int64, _ origin: RecordOrigin, _ publish: (Alert) -> Void
    ) {
        let room = table.room(number)
        for index in room.pointee.windows.all.indices where room.pointee.windows.all[index].isOpen {
            let window = room.pointee.windows.all[index]
            guard let rule = rules.index(of: window.rule), !resolver.isPlain(rule: rule),
                timeMS < window.startMS + ruleSet.rules[rule].windowMS
            else { continue }
            let hasChanged = room.pointee.windows.reread(at: index) { claim in
                var claim = claim
                guard let reading = resolver.read(claim, rule: rule, listings: &room.pointee.listings) else {
                    var withdrawn = claim.reading
                    (withdrawn.isWithdrawn, withdrawn.isUnresolved) = (true, false)
                    return (withdrawn, [])
                }
                claim.reading = reading
                return (reading, resolver.evidence(of: claim, rule: rule, listings: &room.pointee.listings))
            }
            guard hasChanged, window.revision > 0, let latest = room.pointee.windows.all[index].hits.last?.claim
            else { continue }
            let about = latest.reading.about.flatMap { room.pointee.listings.index(of: $0) }
                .map { room.pointee.listings.all[$0] }
            room.pointee.windows.notePublication(at: index)
            counters.revised += 1
            self.publish(
                window: index, rule: rule, of: room,
                AlertContext(
                    eventTimeMS: latest.timeMS, speaker: latest.speaker, listing: about?.about,
                    isUnresolved: latest.reading.isUnresolved, track: latest.track,
                    region: latest.region ?? about?.region, trace: origin.trace),
                publish)
        }
    }

    /// What rooms remember of rules that are others now: it is translated, or forgotten.
    private mutating func takeUpFormerRules() {
        forgetFormerObligations()
        for number in table.numbers {
            let room = table.room(number)
            var isChanged = false
            for index in room.pointee.windows.all.indices {
                guard let rule = rules.index(of: room.pointee.windows.all[index].rule) else { continue }
                let hasChanged = room.pointee.windows.translate(at: index) { claim in
                    resolver.translated(claim, rule: rule, listings: &room.pointee.listings)
                }
                if hasChanged { isChanged = true }
            }
            if isChanged { note(number) }
        }
    }

    // MARK: Rooms

    private mutating func roomNumber(
        _ platform: UnsafeBufferPointer<UInt8>, _ room: UnsafeBufferPointer<UInt8>,
        _ session: UnsafeBufferPointer<UInt8>
    ) -> Int32 {
        let number = table.number(platform, room, session)
        // The room used last is not the one idle longest, unless it is the only one.
        if table.count > max(limits.maxRooms, 1) { forgetOldest() }
        return number
    }

    private mutating func forgetOldest() {
        guard let room = table.removeOldest() else { return }
        firstCarryOver = nil
        counters.roomsForgotten += 1
        for listing in room.listings.all { deletedKeys.append(StateKey.listing(room, listing.id)) }
        for accumulator in room.accumulators.all {
            deletedKeys.append(StateKey.accumulator(room, rules[accumulator.rule]))
        }
        for obligation in room.obligations.all {
            deletedKeys.append(StateKey.obligation(room, rules[obligation.rule]))
        }
        for rule in room.obligations.removed { deletedKeys.append(StateKey.obligation(room, rules[rule])) }
        if room.obligations.hearing != nil || room.obligations.isHearingChanged {
            deletedKeys.append(StateKey.hearing(room))
        }
        for rule in room.accumulators.removed { deletedKeys.append(StateKey.accumulator(room, rules[rule])) }
        for window in room.windows.all {
            deletedKeys.append(StateKey.window(room, rules[window.rule], window.startMS))
        }
        // Changed keys of things that are already gone, and the carry-over if it was spilled.
        for id in room.listings.changed { deletedKeys.append(StateKey.listing(room, id)) }
        for key in room.windows.closed { deletedKeys.append(StateKey.window(room, rules[key.rule], key.startMS)) }
        if room.spilledVersion != nil || room.isCarryOverChanged { deletedKeys.append(StateKey.carryOver(room)) }
    }

    mutating func note(_ number: Int32) {
        let room = table.room(number)
        if room.pointee.isQueued { return }
        room.pointee.isQueued = true
        changed.append(number)
    }

    // MARK: State

    mutating func replayOffset(noEarlierThan oldestReplay: Int64) -> Int64? {
        // No other room can have come before it: a carry-over moves on with its room, and those in the changelog stand
        // there as they are. So most commits need not look at every room.
        if let firstCarryOver, firstCarryOver.offset >= oldestReplay {
            assert(firstCarryOver.offset == smallestOffset)
            return firstCarryOver.offset
        }
        firstCarryOver = nil
        for number in 0..<table.end {
            guard let room = table.ifThere(number) else { continue }
            if let first = room.pointee.carryOver.pieces.first?.offset.rawValue {
                if first < oldestReplay {
                    if room.pointee.spill() { note(number) }
                    continue
                }
                if first < firstCarryOver?.offset ?? .max { firstCarryOver = (number, first) }
            }
            if room.pointee.unspill() { note(number) }
        }
        return firstCarryOver?.offset
    }

    /// What `firstCarryOver` knows, looked for.
    private var smallestOffset: Int64? {
        (0..<table.end).compactMap { number in
            guard let room = table.ifThere(number), room.pointee.spilledVersion == nil else { return nil }
            return room.pointee.carryOver.pieces.first?.offset.rawValue
        }.min()
    }

    mutating func flushChangelog(_ write: (StateChange) -> Void) {
        for key in Set(deletedKeys).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            write(StateChange(key: key, value: nil))
        }
        deletedKeys.removeAll(keepingCapacity: true)
        for number in changed {
            guard let room = table.ifThere(number), room.pointee.isQueued else { continue }
            room.pointee.isQueued = false
            flush(room, write)
        }
        changed.removeAll(keepingCapacity: true)
        prices.flush(write)
    }

    private func flush(_ room: UnsafeMutablePointer<Room>, _ write: (StateChange) -> Void) {
        let usedMS = room.pointee.knownUseMS
        var isWritten = false
        for id in Set(room.pointee.listings.changed).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            let listing = room.pointee.listings.index(of: id).map { room.pointee.listings.all[$0] }
            let value = listing.map { ListingRecord(listing: $0, lastUsedMS: usedMS).encoded() }
            write(StateChange(key: StateKey.listing(room.pointee, id), value: value))
            if value != nil { isWritten = true }
        }
        for key in room.pointee.windows.closed {
            write(StateChange(key: StateKey.window(room.pointee, rules[key.rule], key.startMS), value: nil))
        }
        for window in room.pointee.windows.all where window.isChanged {
            write(
                StateChange(
                    key: StateKey.window(room.pointee, rules[window.rule], window.startMS),
                    value: WindowRecord(window: window, lastUsedMS: usedMS).encoded()))
            isWritten = true
        }
        let waiting = room.pointee.accumulators.all
        for rule in Set(room.pointee.accumulators.removed).sorted() where !waiting.contains(where: { $0.rule == rule })
        {
            write(StateChange(key: StateKey.accumulator(room.pointee, rules[rule]), value: nil))
        }
        for accumulator in waiting where accumulator.isChanged {
            write(
                StateChange(
                    key: StateKey.accumulator(room.pointee, rules[accumulator.rule]),
                    value: AccumulatorRecord(accumulator: accumulator, lastUsedMS: usedMS).encoded()))
            isWritten = true
        }
        let owed = room.pointee.obligations.all
        for rule in Set(room.pointee.obligations.removed).sorted() where !owed.contains(where: { $0.rule == rule }) {
            write(StateChange(key: StateKey.obligation(room.pointee, rules[rule]), value: nil))
        }
        for obligation in owed where obligation.isChanged {
            write(
                StateChange(
                    key: StateKey.obligation(room.pointee, rules[obligation.rule]),
                    value: ObligationRecord(obligation: obligation, lastUsedMS: usedMS).encoded()))
            isWritten = true
        }
        if room.pointee.obligations.isHearingChanged {
            let value = room.pointee.obligations.hearing.map {
                HearingRecord(hearing: $0, lastUsedMS: usedMS).encoded()
            }
            write(StateChange(key: StateKey.hearing(room.pointee), value: value))
            if value != nil { isWritten = true }
        }
        if room.pointee.isCarryOverChanged {
            let isSpilled = room.pointee.spilledVersion != nil
            write(
                StateChange(
                    key: StateKey.carryOver(room.pointee),
                    value: isSpilled ? CarryOverRecord(room.pointee, topics).encoded() : nil))
        }
        if isWritten { room.pointee.useIsWritten() }
        room.pointee.listings.forgetChanges()
        room.pointee.windows.forgetChanges()
        room.pointee.accumulators.forgetChanges()
        room.pointee.obligations.forgetChanges()
        room.pointee.isCarryOverChanged = false
    }

    mutating func restore(key: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>?) {
        changelog.take(key: key, value: value)
    }

    mutating func finishRestore() -> RestoreReport {
        firstCarryOver = nil
        var report = RestoreReport()
        for (key, value) in changelog.last() {
            do throws(StateError) {
                try key.withUnsafeBufferPointer { key throws(StateError) in
                    try value.withUnsafeBufferPointer { value throws(StateError) in try take(key, value) }
                }
            } catch {
                report.unreadable.append(.init(key: key, reason: error.reason))
            }
        }
        table.orderByUse()
        takeUpFormerRules()
        if !asksPrices { prices.forgetAll() }
        counters.pricesForgotten += prices.forget(beyond: limits.maxPrices)
        let forgotten = counters.roomsForgotten
        while table.count > max(limits.maxRooms, 1) { forgetOldest() }
        report.roomsForgotten = counters.roomsForgotten - forgotten
        report.rooms = table.count
        for number in table.numbers {
            let room = table.room(number)
            let excess = room.pointee.listings.forget(beyond: limits.maxListingsPerRoom)
            if excess == 0 { continue }
            counters.listingsForgotten += excess
            note(number)
        }
        return report
    }

    /// Takes the last record of a key.
    private mutating func take(
        _ key: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>
    ) throws(StateError) {
        let parsed = try StateKey(parsing: key)
        switch parsed.kind {
        case .listing(let id):
            var record = ListingRecord(listing: .none)
            try record.decode(value)
            record.listing.id = id
            record.listing.category = categories.path(record.listing.about.category ?? "")
            let room = restoredRoom(parsed, record.lastUsedMS)
            room.pointee.listings.restore(record.listing)
        case .window(let ruleID, let startMS):
            var record = WindowRecord(window: AlertWindow(rule: rules.number(of: ruleID), startMS: startMS))
            try record.decode(value)
            restoredRoom(parsed, record.lastUsedMS).pointee.windows.restore(record.window)
        case .accumulator(let ruleID):
            var record = AccumulatorRecord(accumulator: Accumulator(rule: rules.number(of: ruleID), shape: ""))
            try record.decode(value)
            restoredRoom(parsed, record.lastUsedMS).pointee.accumulators.restore(record.accumulator)
        case .obligation(let ruleID):
            var record = ObligationRecord(obligation: Obligation(rule: rules.number(of: ruleID), shape: ""))
            try record.decode(value)
            restoredRoom(parsed, record.lastUsedMS).pointee.obligations.restore(record.obligation)
        case .price:
            var record = PriceRecord()
            try record.decode(value)
            prices.restore(Array(key), record.history)
        case .hearing:
            var record = HearingRecord()
            try record.decode(value)
            restoredRoom(parsed, record.lastUsedMS).pointee.obligations.restore(record.hearing)
        case .carryOver:
            var record = CarryOverRecord()
            try record.decode(value)
            let carryOver = try record.carryOver(&topics)
            let room = restoredRoom(parsed, record.lastUsedMS)
            room.pointee.carryOver = carryOver
            room.pointee.spilledVersion = carryOver.version
        }
    }

    private mutating func restoredRoom(_ key: StateKey, _ lastUsedMS: Int64?) -> UnsafeMutablePointer<Room> {
        let number = key.withIDs { table.number($0, $1, $2) }
        let room = table.room(number)
        room.pointee.restoreUse(lastUsedMS)
        return room
    }
}

extension Rule {
    /// Of claimwatch/1, whose alerts come as they always did.
    fileprivate var isFormer: Bool { !condition.parts.isEmpty }

    private var allFacts: [FactTest] { facts + bindings.flatMap(\.when.facts) }

    fileprivate var askedAttributes: [String] {
        allFacts.filter { $0.fact == .attribute }.compactMap { $0.name.map(FactNames.folded) }
    }

    fileprivate var asksAllAttributes: Bool {
        allFacts.contains { [.attributes, .entries, .listing].contains($0.fact) }
    }

    /// Whether what goods cost before decides anything.
    fileprivate var asksPrices: Bool {
        allFacts.contains { test in
            switch test.test {
            case .above(.fact(.price7dMin), _), .below(.fact(.price7dMin), _): true
            default: test.fact == .price7dMin
            }
        }
    }
}

extension AskedAttributes {
    fileprivate init(_ rules: [Rule]) {
        self.init(
            names: Set(rules.flatMap(\.askedAttributes)), all: rules.contains(where: \.asksAllAttributes))
    }
}

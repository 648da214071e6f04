import ClaimRules
import LiveEvents
import TermMatching

/// A text that is judged, and of which records its stretches are: speech from several segments, or a field of a listing.
struct JudgedText {
    var bytes: UnsafeBufferPointer<UInt8>
    /// In order of the text; each reaches up to the next.
    var pieces: [CarryOver.Piece]
    /// "text", "title", "description" or "attributes.<name>".
    var field: String
}

/// What an alert says besides its window: of the latest hit, or of the record that changed what its hits mean.
struct AlertContext {
    var eventTimeMS: Int64
    var speaker: Speaker?
    var listing: Alert.Listing?
    /// Of a rule whose hits all mean the same; else their claims tell.
    var isUnresolved: Bool
    /// Unless the rule or its binding names one.
    var track: LegalTrack
    var region: String?
    var trace: String?
}

/// Turns hits into evidence and windows into alerts.
struct AlertComposer {
    /// The longest `matched`, UTF-8 bytes: a match with code points that fold away inside may have any length.
    static let maxMatchedBytes = 1_024
    /// The longest `trace`; a W3C traceparent has 55 bytes.
    static let maxTraceBytes = 256

    private let ruleSet: RuleSet
    private let maxEvidenceBytes: Int
    private let rules: [RuleInAlerts]
    /// What alerts say of a rule and what its hits mean, made when first asked for.
    private var shown: [Shown: Alert.Rule] = [:]

    /// What alerts say of a rule.
    private struct RuleInAlerts {
        var standing: RuleStanding
        /// Percent; an alert that is less sure is on trial.
        var leastLiveScore: Int
        var windowMS: Int64
        var hasFacts: Bool
        var law: LawCalendar
        /// By binding; those of a binding without its own are the rule's.
        var lawOfBindings: [LawCalendar]

        init(_ rule: Rule) {
            standing = RuleStanding(rule)
            leastLiveScore = rule.leastLiveScore
            windowMS = rule.windowMS
            hasFacts = !rule.facts.isEmpty
            law = LawCalendar(
                rule.legalBasis, isDated: rule.from != nil || rule.to != nil || !rule.bindings.isEmpty)
            lawOfBindings = rule.bindings.map { LawCalendar($0.legalBasis ?? rule.legalBasis) }
        }
    }

    private struct Shown: Hashable {
        var rule: Int
        var binding: Int?
        var severity: Severity
        var track: LegalTrack
        var epoch: Int32
    }

    /// Whether alerts of a rule may be live or on trial: it is in a campaign, or the site asks for a score.
    func mayChangeMode(rule: Int) -> Bool { !rules[rule].standing.isConstant || rules[rule].leastLiveScore > 0 }

    /// Where the next alert of a window belongs. One that was live is never taken back to trial.
    private func mode(of window: AlertWindow, rule number: Int, _ context: AlertContext) -> Alert.Mode {
        let rule = rules[number]
        if window.wasLive { return .live }
        guard rule.standing.status(at: context.eventTimeMS, in: context.region) == .stable else { return .shadow }
        if rule.leastLiveScore == 0 { return .live }
        return Int((window.score * 100).rounded()) < rule.leastLiveScore ? .shadow : .live
    }

    init(_ ruleSet: RuleSet, limits: DetectionLimits) {
        self.ruleSet = ruleSet
        maxEvidenceBytes = limits.maxEvidenceBytes
        rules = ruleSet.rules.map(RuleInAlerts.init)
    }

    /// What an alert says of a rule, with the articles in force on the day of the event.
    private mutating func rule(
        _ number: Int, binding: Int?, severity: Severity, track: LegalTrack, at timeMS: Int64
    ) -> Alert.Rule {
        let rule = ruleSet.rules[number]
        let binding = binding.flatMap { rule.bindings.indices.contains($0) ? $0 : nil }
        let law = binding.map { rules[number].lawOfBindings[$0] } ?? rules[number].law
        let bound = binding.map { rule.bindings[$0] }
        let key = Shown(
            rule: number, binding: binding, severity: severity, track: bound?.legalTrack ?? rule.legalTrack ?? track,
            epoch: law.epoch(of: ChinaDay.of(timeMS)))
        if let known = shown[key] { return known }
        let made = Alert.Rule(
            id: rule.id, revision: rule.revision, pack: rule.pack, title: rule.title, titleEn: rule.titleEn,
            category: bound?.category ?? rule.category, severity: .known(severity),
            legalBasis: law.inForce(in: key.epoch), legalTrack: .known(key.track))
        shown[key] = made
        return made
    }

    /// The evidence of a hit: each part in the raw record that it stands in, one piece for each segment it touches.
    ///
    /// - Parameter isCut: Set if not all of it was taken, to keep `maxEvidenceBytes`.
    func evidence(
        of parts: ArraySlice<RuleEvaluator.Met>, in text: JudgedText, _ names: SourceNames, isCut: inout Bool
    ) -> [Alert.Evidence] {
        var result: [Alert.Evidence] = []
        result.reserveCapacity(parts.count)
        var room = maxEvidenceBytes
        for part in parts {
            let (start, end) = (Int(part.start), Int(part.end))
            let term = part.text(ruleSet, in: text.bytes)
            let path = EvidenceMaker.path(
                part.path, of: UnsafeBufferPointer(rebasing: text.bytes[start..<end]), term: term)
            let group = part.group < 0 ? nil : ruleSet.program.names[Int(part.group)]
            let percent = EvidenceMaker.percent(path: path, score: part.score)
            for (number, piece) in text.pieces.enumerated() {
                if piece.start >= end { break }
                let pieceEnd = number + 1 < text.pieces.count ? text.pieces[number + 1].start : text.bytes.count
                let from = max(start, piece.start)
                let to = min(end, pieceEnd)
                guard from < to else { continue }
                let raw = UnsafeBufferPointer(rebasing: text.bytes[piece.start..<pieceEnd])
                let shown = min(to, from + Self.maxMatchedBytes)
                let shownEnd = shown == to ? to : CodePoints.border(in: text.bytes, atOrBefore: shown)
                if shownEnd < to { isCut = true }
                let evidence = Alert.Evidence(
                    source: .init(
                        topic: names[piece.topic], partition: piece.partition, offset: piece.offset),
                    field: text.field, segmentID: piece.segmentID, startMS: piece.startMS, endMS: piece.endMS,
                    quote: EvidenceMaker.quote(around: from - piece.start, to - piece.start, in: raw),
                    span: from - piece.start + piece.textOffset..<to - piece.start + piece.textOffset,
                    matched: String(decoding: text.bytes[from..<shownEnd], as: UTF8.self), term: term,
                    path: .known(path), score: Double(percent) / 100, group: group)
                room -= evidence.escapedSize
                // A first piece is always kept: an alert without evidence is none.
                guard room >= 0 || result.isEmpty else {
                    isCut = true
                    return result
                }
                result.append(evidence)
            }
        }
        return result
    }

    /// The alert for a window that is due.
    mutating func alert(
        _ id: String, for window: AlertWindow, rule number: Int, of room: borrowing Room, _ context: AlertContext
    ) -> Alert {
        var evidence: [Alert.Evidence] = []
        evidence.reserveCapacity(window.hits.reduce(0) { $0 + $1.evidence.count })
        for hit in window.hits { evidence.append(contentsOf: hit.evidence) }
        let trace = context.trace.flatMap { $0.utf8.count <= Self.maxTraceBytes ? $0 : nil }
        let claims = window.hits.compactMap(\.claim)
        let leading = Self.leading(claims)
        var alert = Alert(
            alertID: id, revision: window.revision, mode: mode(of: window, rule: number, context),
            rule: rule(
                number, binding: leading?.reading.binding,
                severity: leading?.reading.severity ?? ruleSet.rules[number].severity,
                track: leading?.track ?? context.track, at: leading?.timeMS ?? context.eventTimeMS),
            ruleset: ruleSet.contentHash,
            platform: String(decoding: room.platform, as: UTF8.self),
            roomID: String(decoding: room.roomID, as: UTF8.self),
            sessionID: String(decoding: room.sessionID, as: UTF8.self), speaker: context.speaker,
            listing: context.listing, evidence: evidence, score: window.score,
            evasion: window.isDisguised, occurrences: window.occurrences,
            window: Alert.Window(startMS: window.startMS, endMS: window.startMS + rules[number].windowMS),
            categoryUnresolved: context.isUnresolved, roomScore: window.roomScore.map { Double($0) / 1000 },
            region: context.region, eventTimeMS: context.eventTimeMS,
            trace: trace)
        alert.campaigns = rules[number].standing.campaigns(
            at: leading?.timeMS ?? context.eventTimeMS, in: context.region, binding: leading?.reading.binding)
        if let screened = window.screened, let screen = ruleSet.rules[number].screen {
            alert.screen = Alert.Screen(model: screen.model, score: Double(min(max(screened, 0), 100)) / 100)
        }
        if let leading { describe(claims, leading, rule: number, in: &alert) }
        return alert
    }

    /// The claim that decides what the alert says: the gravest, of equals the latest. Nil if hits make no claims.
    private static func leading(_ claims: [Claim]) -> Claim? {
        var leading: Claim?
        for claim in claims {
            if let known = leading?.reading.weight, claim.reading.weight ?? .info < known { continue }
            if leading != nil, claim.reading.isWithdrawn, leading?.reading.isWithdrawn == false { continue }
            leading = claim
        }
        return leading
    }

    /// Says which bindings are possible and what is not known.
    private mutating func describe(_ claims: [Claim], _ leading: Claim, rule number: Int, in alert: inout Alert) {
        let standing = claims.filter { !$0.reading.isWithdrawn }
        alert.categoryUnresolved = standing.contains { $0.reading.isUnresolved }
        alert.guards = leading.guards
        alert.exemptions = leading.exemptions.map { "exempt:\($0.rawValue)" }
        let bindings = ruleSet.rules[number].bindings
        var possible: UInt64 = 0
        for claim in standing {
            possible |= claim.reading.possible
            if let binding = claim.reading.binding { possible |= 1 << UInt64(binding) }
        }
        if possible.nonzeroBitCount > 1 {
            for binding in bindings.indices.prefix(64) where possible & 1 << UInt64(binding) != 0 {
                let own = bindings[binding].severity ?? ruleSet.rules[number].severity
                let raise = rules[number].standing.raise(at: leading.timeMS, in: alert.region, binding: binding)
                let shown = rule(
                    number, binding: binding, severity: own.raised(by: raise),
                    track: leading.track, at: leading.timeMS)
                alert.bindings.append(
                    .init(
                        category: shown.category, severity: shown.severity, legalBasis: shown.legalBasis,
                        legalTrack: shown.legalTrack))
            }
        }
        if standing.isEmpty {
            alert.state = .known(.withdrawn)
        } else if rules[number].hasFacts {
            let isFirm = standing.contains { $0.reading.unknownFacts == 0 }
            alert.state = .known(isFirm ? .firm : .toVerify)
        }
        for (index, test) in ruleSet.rules[number].facts.enumerated()
        where index < 64 && leading.reading.unknownFacts & 1 << UInt64(index) != 0 {
            if !alert.unknownFacts.contains(test.shown) { alert.unknownFacts.append(test.shown) }
        }
    }
}

extension Alert.Evidence {
    /// Bytes that this takes at most as JSON, in an alert and in the changelog.
    var escapedSize: Int {
        // The names of its fields, and numbers.
        let frame = 400
        return frame + JSONEscape.size(of: field) + JSONEscape.size(of: quote) + JSONEscape.size(of: matched)
            + JSONEscape.size(of: term) + JSONEscape.size(of: group ?? "") + JSONEscape.size(of: source.topic)
    }
}

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

/// What is known of a claim besides its words.
struct ClaimContext {
    var eventTimeMS: Int64
    var speaker: Speaker?
    var listing: Alert.Listing?
    var isUnresolved: Bool
    /// Unless the rule names one.
    var track: Track
    var region: String?
    var trace: String?

    /// The legal tracks that follow from who makes a claim: a host for others, one who sells for itself, a listing.
    enum Track { case adLaw, aucl, label }
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

    /// What alerts say of a rule.
    private struct RuleInAlerts {
        var mode: Alert.Mode
        var windowMS: Int64
        /// By the track that follows from who speaks.
        var adLaw: Alert.Rule
        var aucl: Alert.Rule
        var label: Alert.Rule

        init(_ rule: Rule) {
            func shown(_ track: LegalTrack) -> Alert.Rule {
                Alert.Rule(
                    id: rule.id, revision: rule.revision, pack: rule.pack, title: rule.title, titleEn: rule.titleEn,
                    category: rule.category, severity: .known(rule.severity),
                    legalBasis: rule.legalBasis, legalTrack: .known(rule.legalTrack ?? track))
            }
            mode = rule.status == .shadow ? .shadow : .live
            windowMS = rule.windowMS
            (adLaw, aucl, label) = (shown(.adLaw), shown(.aucl), shown(.label))
        }

        func shown(_ track: ClaimContext.Track) -> Alert.Rule {
            switch track {
            case .adLaw: adLaw
            case .aucl: aucl
            case .label: label
            }
        }
    }

    init(_ ruleSet: RuleSet, limits: DetectionLimits) {
        self.ruleSet = ruleSet
        maxEvidenceBytes = limits.maxEvidenceBytes
        rules = ruleSet.rules.map(RuleInAlerts.init)
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
            let term = ruleSet.terms[part.term.index]
            let path = EvidenceMaker.path(
                part.path, of: UnsafeBufferPointer(rebasing: text.bytes[start..<end]), term: term)
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
                    path: .known(path), score: Double(percent) / 100)
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
    func alert(
        _ id: String, for window: AlertWindow, rule number: Int, of room: borrowing Room, _ context: ClaimContext
    ) -> Alert {
        let rule = rules[number]
        let shown = rule.shown(context.track)
        var evidence: [Alert.Evidence] = []
        evidence.reserveCapacity(window.evidence.reduce(0) { $0 + $1.count })
        for hit in window.evidence { evidence.append(contentsOf: hit) }
        let trace = context.trace.flatMap { $0.utf8.count <= Self.maxTraceBytes ? $0 : nil }
        return Alert(
            alertID: id, revision: window.revision, mode: rule.mode, rule: shown, ruleset: ruleSet.contentHash,
            platform: String(decoding: room.platform, as: UTF8.self),
            roomID: String(decoding: room.roomID, as: UTF8.self),
            sessionID: String(decoding: room.sessionID, as: UTF8.self), speaker: context.speaker,
            listing: context.listing, evidence: evidence, score: window.score,
            evasion: window.isDisguised, occurrences: window.occurrences,
            window: Alert.Window(startMS: window.startMS, endMS: window.startMS + rule.windowMS),
            categoryUnresolved: context.isUnresolved, region: context.region, eventTimeMS: context.eventTimeMS,
            trace: trace)
    }
}

extension Alert.Evidence {
    /// Bytes that this takes at most as JSON, in an alert and in the changelog.
    var escapedSize: Int {
        // The names of its fields, and numbers.
        let frame = 400
        return frame + JSONEscape.size(of: field) + JSONEscape.size(of: quote) + JSONEscape.size(of: matched)
            + JSONEscape.size(of: term) + JSONEscape.size(of: source.topic)
    }
}

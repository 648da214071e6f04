import ChineseText
import ClaimDetection
import ClaimRules
import Foundation
import LiveEvents
import RuleTesting

/// What there is to know of an alert for somebody who doubts it: the rule as it stands now, whether it would still raise the
/// alert, what it looked at, and the overlay that would except whoever it is about.
///
/// An alert carries quotes and not the whole text; what is judged again are these.
struct AlertExplanation {
    let alert: Alert
    /// Of the packs at hand; nil if they have none of that id.
    let rule: Rule?
    let sample: SampleRun
    /// What the rules raise on the quotes, of that rule; nil if nothing.
    let again: Alert?
    let reading: RuleReading
    /// Index of the rule in those that are awake.
    let number: Int?
    /// The guards and clearing phrases of the rule.
    let guards: [Look]
    /// The day in China on which it was said.
    let day: String

    /// What became of a guard.
    struct Look {
        var name: String
        var action: ClaimRules.Guard.Action
        var scope: ClaimRules.Guard.Scope?
        /// Its words that the quotes hold, wherever they stand.
        var words: [String]
    }

    /// - Throws: `DecodingError` if the quotes break a bound of the records.
    init(_ alert: Alert, _ loaded: LoadedPacks, _ ruleSet: RuleSet, rooms: SampleRooms) throws(LiveEvents.DecodingError)
    {
        self.alert = alert
        day = Self.said(alert).formatted(chinaTime.year().month().day())
        rule = loaded.rules.first { $0.id == alert.rule.id }
        sample = Self.sample(alert, day: day)
        reading = RuleReading(sample, ruleSet: ruleSet)
        again = try rooms.alerts(sample).last { $0.rule.id == alert.rule.id && $0.state != .known(.withdrawn) }
        number = ruleSet.rules.firstIndex { $0.id == alert.rule.id }
        guards = rule.map { [sample] rule in Self.looks(rule, in: sample.text) } ?? []
    }

    static func said(_ alert: Alert) -> Date { Date(timeIntervalSince1970: Double(alert.eventTimeMS) / 1000) }

    // MARK: The room

    private static func sample(_ alert: Alert, day: String) -> SampleRun {
        var sample: SampleRun
        let said = segments(alert)
        if said.isEmpty {
            let titles = alert.evidence.filter { $0.field == Key.title.rawValue }.map(\.quote)
            sample = SampleRun(text: alert.listing?.title ?? titles.first ?? "", target: .listing)
        } else {
            sample = SampleRun(segments: said.map { ($0.startMS - said[0].startMS, $0.quote) })
        }
        if let listing = alert.listing {
            sample.room.category = listing.category
            if !said.isEmpty, let title = listing.title { sample.room.facts[.title] = title }
            if let brand = listing.brand { sample.room.facts[.brand] = brand }
            sample.room.sellerID = listing.sellerID
        }
        for piece in alert.evidence where piece.segmentID == nil {
            let prefix = "attributes."
            if piece.field.hasPrefix(prefix) {
                sample.room.attributes[String(piece.field.dropFirst(prefix.count))] = piece.quote
            }
        }
        (sample.room.roomID, sample.room.speakerID) = (alert.roomID, alert.speaker?.id)
        (sample.room.role, sample.room.isSeller) = (alert.speaker?.role?.word, alert.speaker?.isSeller)
        (sample.room.region, sample.room.day) = (alert.region, day)
        return sample
    }

    /// The quotes of each segment once, in order of time.
    static func segments(_ alert: Alert) -> [(startMS: Int64, quote: String)] {
        var found: [(id: Int64, startMS: Int64, quotes: [String])] = []
        for piece in alert.evidence {
            guard let id = piece.segmentID else { continue }
            if let place = found.firstIndex(where: { $0.id == id }) {
                if !found[place].quotes.contains(where: { $0.contains(piece.quote) }) {
                    found[place].quotes.removeAll { piece.quote.contains($0) }
                    found[place].quotes.append(piece.quote)
                }
            } else {
                found.append((id, piece.startMS, [piece.quote]))
            }
        }
        return found.sorted { ($0.startMS, $0.id) < ($1.startMS, $1.id) }.map {
            ($0.startMS, $0.quotes.joined(separator: "，"))
        }
    }

    // MARK: Guards

    private static func looks(_ rule: Rule, in text: String) -> [Look] {
        let text = Array(FoldedText(text).text.utf8)
        func held(_ words: some Sequence<String>) -> [String] {
            var seen: Set<String> = []
            return words.filter { word in
                let folded = Array(FoldedText(word).text.utf8)
                return !folded.isEmpty && text.firstRange(of: folded) != nil && seen.insert(word).inserted
            }
        }
        var looks = rule.guards.map {
            Look(name: $0.name, action: $0.action, scope: $0.scope, words: held($0.words.terms.map(\.text)))
        }
        if !rule.unless.isEmpty {
            looks.append(Look(name: Key.unless.rawValue, action: .clear, scope: nil, words: held(rule.unless)))
        }
        return looks
    }

    // MARK: The exception

    /// Whom an overlay would except, surest first: the shop, else the room.
    var excepted: (key: Key, id: String) {
        if let seller = alert.listing?.sellerID, !seller.isEmpty { return (.seller, seller) }
        return (.room, alert.roomID)
    }

    /// A name for files and YAML, whatever the alert calls itself: who pastes one has it from a topic.
    var overlayName: String {
        let id = alert.alertID.prefix(8)
        let isPlain = !id.isEmpty && id.allSatisfy { ("0"..."9").contains($0) || ("a"..."z").contains($0) }
        return "except-\(isPlain ? id : "alert")"
    }

    /// An overlay to save as it stands. Its examples hold where the quotes still raise the alert.
    ///
    /// - Parameter reason: Why; nil leaves a place for it, of which `check` warns.
    func overlay(in language: Language, reason: String? = nil) -> String {
        func say(_ chinese: String, _ english: String) -> String { Wording(chinese, english).text(in: language) }
        func scalar(_ text: String) -> String { RuleSkeleton.scalar(DisplayText.printable(text)) }
        let (key, id) = excepted
        let title = language == .english ? alert.rule.titleEn ?? alert.rule.title : alert.rule.title
        var lines = [
            "\(Key.overlay.rawValue): \(overlayName)", "\(Key.requires.rawValue): \(LanguageVersion.two.rawValue)",
            "\(Key.title.rawValue): \(scalar(say("例外：", "exception: ") + title))", "\(Key.changes.rawValue):",
            "  - \(Key.rules.rawValue): \(alert.rule.id.rawValue)",
            "    \(Key.revision.rawValue): \(rule?.revision ?? alert.rule.revision)"
                + say("  # 规则改版后会提醒再看一遍", "  # when the rule is revised, check says so"),
            "    \(Key.except.rawValue): {\(key.rawValue): [\(scalar(id))]}",
            "    \(Key.reason.rawValue): " + scalar(reason ?? Rule.Change.unwrittenReason.text(in: language)),
        ]
        guard again != nil else { return lines.joined(separator: "\n") + "\n" }
        lines += [
            "    \(Key.examples.rawValue):",
            "      \(Key.clear.rawValue): [\(example(["\(key.rawValue): \(scalar(id))"], scalar))]",
            "      \(Key.match.rawValue): [\(example([], scalar))]",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private func example(_ who: [String], _ scalar: (String) -> String) -> String {
        let room = sample.room
        var fields: [String] = []
        if room.segments.isEmpty {
            fields.append("\(Key.text.rawValue): \(scalar(room.text))")
        } else {
            let segments = room.segments.map {
                "{\(Key.at.rawValue): \($0.atMS / 1_000)s, \(Key.text.rawValue): \(scalar($0.text))}"
            }
            fields.append("\(Key.segments.rawValue): [\(segments.joined(separator: ", "))]")
        }
        if room.target == .listing { fields.append("\(Key.listing.rawValue): true") }
        if let category = room.category { fields.append("\(Key.category.rawValue): \(scalar(category))") }
        let facts = room.facts.sorted { $0.key.rawValue < $1.key.rawValue }.map {
            "\($0.key.rawValue): \(scalar($0.value))"
        }
        if !facts.isEmpty { fields.append("\(Key.facts.rawValue): {\(facts.joined(separator: ", "))}") }
        let attributes = room.attributes.sorted { $0.key < $1.key }.map { "\(scalar($0.key)): \(scalar($0.value))" }
        if !attributes.isEmpty { fields.append("\(Key.attributes.rawValue): {\(attributes.joined(separator: ", "))}") }
        if let role = room.role { fields.append("\(Key.role.rawValue): \(role.rawValue)") }
        if let region = room.region { fields.append("\(Key.region.rawValue): \(scalar(region))") }
        fields.append("\(Key.at.rawValue): \(day)")
        return "{\((fields + who).joined(separator: ", "))}"
    }

    /// What to type, one after the other, with the folders of the rules as they were given.
    func commands(rules: [String], folder: String) -> [String] {
        let file = "\(folder)/\(overlayName).yaml"
        let given = rules.map { "--rules \($0)" }.joined(separator: " ")
        return [
            "claimwatch test \(rules.joined(separator: " ")) \(file)",
            "claimwatch backtest \(given) --with \(file) --input events.jsonl",
        ]
    }
}

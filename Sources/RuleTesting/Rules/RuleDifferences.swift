import ChineseText
public import ClaimRules
import LiveEvents
import TermMatching

/// What changed from one state of rules to another, rule by rule.
///
/// Rules are the same if they have the same id. Where a rule stands in its file, and how its words are spread over lists, is no
/// difference.
public struct RuleDifferences: Sendable {
    /// One field of a rule.
    public struct Change: Sendable, Equatable {
        /// The key in a pack, e.g. "severity".
        public var field: String
        /// The value as packs write it, or nil for none; both nil for what cannot be said in a line.
        public var old: String?
        public var new: String?
        /// Of lists of words: what is in the new one only, and in the old one only.
        public var added: [String] = []
        public var removed: [String] = []
    }
    /// A rule that is in both.
    public struct Changed: Sendable {
        public var old: Rule
        public var new: Rule
        public var changes: [Change]
        /// It differs in what it decides, and its author did not raise `revision`.
        public var lacksRevision: Bool
    }

    /// In the order of the new rules.
    public private(set) var added: [Rule] = []
    /// In the order of the old rules.
    public private(set) var removed: [Rule] = []
    /// In the order of the new rules.
    public private(set) var changed: [Changed] = []

    public var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }

    public init(old: [Rule], new: [Rule]) {
        let before = Dictionary(old.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let after = Set(new.map(\.id))
        removed = old.filter { !after.contains($0.id) }
        for rule in new {
            guard let known = before[rule.id] else {
                added.append(rule)
                continue
            }
            let changes = Self.changes(known, rule)
            guard !changes.isEmpty else { continue }
            let silent: Set = [
                Key.examples.rawValue, Key.title.rawValue, Key.titleEn.rawValue, Key.revision.rawValue,
                Key.open.rawValue,
            ]
            let decides = changes.contains { !silent.contains($0.field) }
            changed.append(
                Changed(
                    old: known, new: rule, changes: changes,
                    lacksRevision: decides && known.revision >= rule.revision))
        }
    }

    private static func changes(_ old: Rule, _ new: Rule) -> [Change] {
        var changes: [Change] = []
        func value(_ key: String, _ read: (Rule) -> String?) {
            let (before, after) = (read(old), read(new))
            if before != after { changes.append(Change(field: key, old: before, new: after)) }
        }
        func list(_ key: String, _ read: (Rule) -> [String]) {
            let (before, after) = (read(old), read(new))
            let (known, wanted) = (Set(before), Set(after))
            guard known != wanted else { return }
            changes.append(
                Change(
                    field: key, added: after.filter { !known.contains($0) },
                    removed: before.filter { !wanted.contains($0) }))
        }
        value("pack") { $0.pack }
        value(Key.revision.rawValue) { "\($0.revision)" }
        value(Key.status.rawValue) { $0.status.rawValue }
        value(Key.title.rawValue) { $0.title }
        value(Key.titleEn.rawValue) { $0.titleEn }
        value(Key.category.rawValue) { $0.category }
        value(Key.severity.rawValue) { $0.severity.rawValue }
        list(Key.legalBasis.rawValue) { $0.legalBasis.map(\.line) }
        value(Key.legalTrack.rawValue) { $0.legalTrack?.rawValue }
        list(Key.appliesTo.rawValue) { $0.targets.map(\.rawValue).sorted() }
        list(Key.product.rawValue) { $0.product?.categories ?? [] }
        list(Key.not.rawValue) { $0.product?.excluded ?? [] }
        list(Key.match.rawValue) { $0.match.words }
        value(Key.match.rawValue) { $0.match.shape }
        list(Key.unless.rawValue) { $0.unless.isEmpty ? $0.phrases : $0.unless }
        value(Key.evasion.rawValue) { $0.evasion.line }
        list(Key.aliases.rawValue) { rule in
            rule.aliases.sorted { $0.key < $1.key }.flatMap { term, aliases in aliases.map { "\($0.text) = \(term)" } }
        }
        value(Key.window.rawValue) { duration($0.windowMS) }
        value(Key.threshold.rawValue) { "\($0.threshold)" }
        value(Key.from.rawValue) { $0.from }
        value(Key.to.rawValue) { $0.to }
        value("strictness") { "\($0.strictness)" }
        list(Key.jurisdictions.rawValue) { $0.jurisdictions }
        list(Key.open.rawValue) { $0.openQuestions.map(\.text) }
        list(Key.examples.rawValue) { ($0.examples.match + $0.examples.clear).map(\.text) }
        // What has no short form: that it changed is said, how is for the eyes.
        func whole(_ key: String, _ isEqual: Bool) {
            if !isEqual { changes.append(Change(field: key)) }
        }
        func lines(_ key: Key, _ isEqual: Bool, _ read: (Rule) -> [String]) {
            guard !isEqual else { return }
            let count = changes.count
            list(key.rawValue, read)
            // A difference behind the words that are shown.
            if changes.count == count { whole(key.rawValue, false) }
        }
        lines(.guards, old.guards == new.guards) { $0.guards.map(\.line) }
        lines(.needs, old.needs == new.needs) { $0.needs.map(\.line) }
        lines(.exempt, old.exemptions == new.exemptions) {
            $0.exemptions.map { "\($0.exemption.rawValue): \(RuleLine.words($0.condition.words))" }
        }
        lines(.bind, old.bindings == new.bindings) { $0.bindings.map(\.line) }
        lines(.facts, old.facts == new.facts) { $0.facts.map(\.line) }
        value(Key.unknown.rawValue) { $0.facts.isEmpty ? nil : $0.unknownFacts.rawValue }
        value(Key.screen.rawValue) { $0.screen?.shown }
        if case .score(let before) = old.match, case .score(let after) = new.match {
            let (known, wanted) = (before.lines, after.lines)
            if known != wanted {
                changes.append(
                    Change(
                        field: "score", added: wanted.filter { !known.contains($0) },
                        removed: known.filter { !wanted.contains($0) }))
            }
        }
        whole(Key.except.rawValue, old.excepted == new.excepted)
        whole(Key.minScore.rawValue, old.leastLiveScore == new.leastLiveScore)
        whole(Key.campaign.rawValue, old.phases.map(\.campaign) == new.phases.map(\.campaign))
        if changes.isEmpty, old.match != new.match { changes.append(Change(field: Key.match.rawValue)) }
        return changes
    }

    /// As packs write it: 10m.
    static func duration(_ milliseconds: Int64) -> String {
        let seconds = milliseconds / 1000
        if seconds % 3600 == 0 { return "\(seconds / 3600)h" }
        return seconds % 60 == 0 ? "\(seconds / 60)m" : "\(seconds)s"
    }
}

extension LegalBasis {
    /// e.g. 广告法 第九条 2015-09-01…2025-10-14
    fileprivate var line: String {
        let dates = from == nil && to == nil ? "" : " \(from ?? "")…\(to ?? "")"
        return "\(law) \(article)\(dates)"
    }
}

extension Evasion {
    /// e.g. `gaps: 2, homophones: true`; nil for none.
    fileprivate var line: String? {
        var parts: [String] = []
        if gaps > 0 { parts.append("\(Key.gaps.rawValue): \(gaps)") }
        for (key, isOn) in [
            (Key.fillers, fillers), (.homophones, homophones), (.split, split), (.numbers, numbers),
            (.wholeWords, wholeWords),
        ] where isOn { parts.append("\(key.rawValue): true") }
        if minScore > 0 { parts.append("\(Key.minScore.rawValue): \(Fraction.written(percent: minScore))") }
        if confusions != [] { parts.append("\(Key.confusions.rawValue): \(confusions.rawValue)") }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}

extension Rule.Match {
    /// How its parts are put together, without their words: `near(words words; 14 sentence)`.
    fileprivate var shape: String {
        switch self {
        case .text(let expression): expression.shape
        case .timed(let steps, let isOrdered, let spanMS):
            "timed(\(steps.map(\.shape).joined(separator: " ")); \(isOrdered) \(spanMS))"
        // Its weights are told one by one.
        case .score(let score): "score(\(score.weights.map(\.signal.shape).joined(separator: " ")))"
        case .required(let statement):
            "required(\(statement.say.shape); \(statement.withinMS) \(statement.start.rawValue))"
        }
    }
}

extension Expression {
    fileprivate var shape: String {
        switch self {
        case .words: return "words"
        case .number(let slot): return slot.kind.rawValue
        case .pattern(let pattern): return "pattern \(pattern.source)"
        case .any(let parts): return "any(\(parts.map(\.shape).joined(separator: " ")))"
        case .near(let parts, let extent): return "near(\(parts.map(\.shape).joined(separator: " ")); \(extent.shape))"
        case .seq(let parts, let gaps, let bothWays, let extent):
            var text = parts[0].shape
            for (part, gap) in zip(parts.dropFirst(), gaps) {
                text += " \(gap.characters.lowerBound)..\(gap.characters.upperBound) \(part.shape)"
            }
            return "seq(\(text); \(extent.shape)\(bothWays ? "; any order" : ""))"
        case .named(let name, let part): return "\(part.shape) as \(name)"
        }
    }
}

extension Extent {
    fileprivate var shape: String { "\(within.map { "within \($0) " } ?? "")\(unit.rawValue)" }
}

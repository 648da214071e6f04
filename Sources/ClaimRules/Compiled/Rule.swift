import ChineseText
public import LiveEvents
public import TermMatching

/// A rule as its author wrote it, valid and with every list resolved.
public struct Rule: Equatable, Sendable {
    public enum Status: String, Sendable, CaseIterable { case stable, shadow, off }
    /// What a rule looks at.
    public enum Target: String, Sendable, CaseIterable { case speech, listing }
    /// The product the claim must be about. A name matches any component of the category path.
    public struct ProductScope: Hashable, Sendable {
        /// Any of these; empty means any category.
        public var categories: [String]
        /// None of these.
        public var excluded: [String]
        public init(categories: [String], excluded: [String]) {
            (self.categories, self.excluded) = (categories, excluded)
        }
    }
    /// What must be said. `any: [a, b]` is one part with the terms a and b.
    public struct Condition: Equatable, Sendable {
        public enum Order: String, Sendable, CaseIterable { case any, written }
        /// Each part is met by any one of its terms. Never empty, and no part is.
        public var parts: [[String]]
        /// All parts must lie within a stretch of this many characters (code points) of one sentence, counted from
        /// the first character of the first part to the last of the last. 0 when there is one part only.
        public var within: Int
        public var order: Order
        public init(parts: [[String]], within: Int, order: Order) {
            (self.parts, self.within, self.order) = (parts, within, order)
        }
    }
    public enum Match: Hashable, Sendable {
        /// Decided inside one text.
        case text(Expression)
        /// Steps that each are decided inside one text and follow one another within so many milliseconds of event time,
        /// 5 seconds to 30 minutes; 2 to 8 of them. `isOrdered`: in the order written.
        case timed([Expression], isOrdered: Bool, spanMS: Int64)
        /// Signals that add up.
        case score(RoomScore)
        /// What must be said, and was not.
        case required(RequiredStatement)
    }
    /// Whose claims are none of this rule. An id that an event does not tell is no reason to be silent.
    public struct Exceptions: Hashable, Sendable {
        /// Rooms, as events name them.
        public var rooms: Set<String> = []
        /// Shops whose goods the claim is about.
        public var sellers: Set<String> = []
        public var speakers: Set<String> = []
        public init() {}

        public var isEmpty: Bool { rooms.isEmpty && sellers.isEmpty && speakers.isEmpty }
    }
    /// A period in which the rule counts for more: what a campaign makes of it.
    public struct Phase: Hashable, Sendable {
        /// The campaign's name.
        public var campaign: String
        public var title: String?
        /// The first and the last day (yyyy-MM-dd, in China).
        public var from: String
        public var to: String
        /// What the rule is at least; nil: what it is anyway.
        public var status: Status?
        /// Steps by which its claims are graver.
        public var raise: Int
        /// The bindings that are meant; nil: the whole rule.
        public var bindings: [Int]?
        /// As those of a rule.
        public var jurisdictions: [String]
        public var location: SourceLocation

        public init(
            campaign: String, title: String? = nil, from: String, to: String, status: Status? = nil, raise: Int = 0,
            bindings: [Int]? = nil, jurisdictions: [String] = [], location: SourceLocation
        ) {
            self.campaign = campaign
            self.title = title
            (self.from, self.to) = (from, to)
            self.status = status
            self.raise = raise
            self.bindings = bindings
            self.jurisdictions = jurisdictions
            self.location = location
        }
    }
    /// Something that an overlay changed.
    public struct Change: Equatable, Sendable {
        /// The rule's key, e.g. "severity".
        public var key: String
        /// What the pack says; nil where the overlay only adds.
        public var before: String?
        public var after: String
        /// The overlay's name.
        public var overlay: String
        /// Why, if the overlay says so.
        public var reason: String?
        /// Where the overlay says it.
        public var location: SourceLocation

        /// What a printed overlay holds where whoever saves it has to write the reason.
        public static let unwrittenReason = Wording("待写：为什么、谁批准、到什么时候", "to be written: why, who agreed, until when")
    }
    public var id: RuleID
    public var pack: String
    public var revision: Int
    public var status: Status
    public var title: String
    public var titleEn: String?
    /// The taxonomy id, e.g. "food.treatment"; the rule's id unless written.
    public var category: String
    public var severity: Severity
    public var legalBasis: [LegalBasis]
    /// Written by the author, or nil: then it follows from who speaks.
    public var legalTrack: LegalTrack?
    public var targets: Set<Target>
    public var product: ProductScope?
    /// What must be said.
    public var match: Match
    public var condition: Condition
    /// A hit that shares a character with one of these phrases is cleared.
    public var unless: [String]
    /// What around a hit clears, lowers or marks it. Longer phrases over a hit stand in `WordSet.clearedBy`.
    public var guards: [Guard]
    /// What around a hit must be there.
    public var needs: [Guard]
    public var exemptions: [ExemptWords]
    /// In order; the first that holds is taken. Empty: the rule's own category and law.
    public var bindings: [Binding]
    /// All must hold.
    public var facts: [FactTest]
    public var unknownFacts: UnknownFacts
    /// Asked about each hit that everything else lets count.
    public var screen: Screen?
    /// The kinds of the classes that facts compare with what was said, by the class's name.
    public var kinds: [String: [WordKind]] = [:]
    /// The first and the last day on which the rule is in force (yyyy-MM-dd, in China), where the pack says so.
    public var from: String?
    public var to: String?
    /// How daring the rule is, 1 to 4: a site that asks for less strictness leaves it on trial, or out.
    public var strictness: Int
    /// GB/T 2260 codes or their beginnings: only where the segment's or the seller's region begins so. Empty: everywhere.
    public var jurisdictions: [String]
    /// What the site does not want to hear of, though the rule means it.
    public var excepted = Exceptions()
    /// Percent. An alert that is less sure than this is one on trial; 0: none is.
    public var leastLiveScore = 0
    /// What overlays made of the rule as its pack has it, in the order in which it was done.
    public var changes: [Change] = []
    public var phases: [Phase] = []
    /// What of the law a person has still to settle: the rule's own questions, then those of its pack.
    public var openQuestions: [OpenQuestion] = []
    public var evasion: Evasion
    /// Words that stand for a term, by the term as the rule writes it.
    public var aliases: [String: [Term.Alias]]
    /// Milliseconds. One alert per room, rule and window; 1 minute to 24 hours.
    public var windowMS: Int64
    /// Hits in the window before the first alert; 1 to 1000.
    public var threshold: Int
    public var examples: Examples
    public var location: SourceLocation

    /// Whether there is a time at which the rule is used.
    public var isEverAwake: Bool {
        status != .off || phases.contains { ($0.status ?? .off) != .off }
    }

    /// A term of the condition as the matcher is to see it.
    func term(_ text: String) -> Term { Term(text, tolerance: evasion.tolerance, aliases: aliases[text] ?? []) }

    /// The `unless` phrases as the matcher is to see them: through what the terms are seen through, so that a disclaimer
    /// with a pause in it is no charge (不能根 治).
    ///
    /// By sound and by parts only a phrase is seen that holds a term: 威信, which keeps 微信 from being heard there, would be
    /// heard in every 微信.
    func clearingPhrases() -> [Term] {
        var open = evasion.tolerance
        open.marksEmbedded = false
        var bySight = open
        bySight.sounds = false
        bySight.split = false
        guard open != bySight else { return unless.map { Term($0, tolerance: open) } }
        let terms = condition.parts.joined().map { Array(FoldedText($0).text.utf8) }
        return unless.map { phrase in
            let folded = Array(FoldedText(phrase).text.utf8)
            let holdsTerm = terms.contains { Self.holds(folded, $0) }
            return Term(phrase, tolerance: holdsTerm ? open : bySight)
        }
    }

    private static func holds(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        guard !part.isEmpty, part.count <= text.count else { return false }
        return (0...(text.count - part.count)).contains { text[$0..<($0 + part.count)].elementsEqual(part) }
    }

    public init(
        id: RuleID, pack: String, revision: Int, status: Status, title: String, titleEn: String?, category: String,
        severity: Severity, legalBasis: [LegalBasis], legalTrack: LegalTrack?, targets: Set<Target>,
        product: ProductScope?, condition: Condition, unless: [String], evasion: Evasion = Evasion(),
        aliases: [String: [Term.Alias]] = [:], windowMS: Int64, threshold: Int,
        examples: Examples, location: SourceLocation, match: Match? = nil, guards: [Guard] = [], needs: [Guard] = [],
        exemptions: [ExemptWords] = [], bindings: [Binding] = [], facts: [FactTest] = [],
        unknownFacts: UnknownFacts = .verify, from: String? = nil, to: String? = nil, strictness: Int = 1,
        jurisdictions: [String] = []
    ) {
        self.id = id
        self.pack = pack
        self.revision = revision
        self.status = status
        self.title = title
        self.titleEn = titleEn
        self.category = category
        self.severity = severity
        self.legalBasis = legalBasis
        self.legalTrack = legalTrack
        self.targets = targets
        self.product = product
        self.condition = condition
        self.unless = unless
        self.evasion = evasion
        self.aliases = aliases
        self.windowMS = windowMS
        self.threshold = threshold
        self.examples = examples
        self.location = location
        self.guards = guards
        self.needs = needs
        self.exemptions = exemptions
        self.bindings = bindings
        self.facts = facts
        self.unknownFacts = unknownFacts
        self.from = from
        self.to = to
        self.strictness = strictness
        self.jurisdictions = jurisdictions
        self.match = match ?? .text(.any([]))
        if match == nil { self.match = .text(expression(condition)) }
    }

    /// The condition as an expression.
    private func expression(_ condition: Condition) -> Expression {
        let phrases = clearingPhrases()
        let parts = condition.parts.map { texts in
            Expression.words(
                WordSet(
                    terms: texts.map(term), minScore: UInt8(clamping: evasion.minScore),
                    wholeWords: evasion.wholeWords, clearedBy: phrases))
        }
        guard parts.count > 1 else { return parts.first ?? .any([]) }
        let extent = Extent(within: condition.within)
        switch condition.order {
        case .any: return .near(parts, extent)
        case .written:
            let gaps = [Gap](repeating: Gap(0...condition.within), count: parts.count - 1)
            return .seq(parts, gaps: gaps, bothWays: false, extent)
        }
    }
}

extension Rule.Status {
    /// The more, the more the rule counts.
    public var rank: Int {
        switch self {
        case .off: 0
        case .shadow: 1
        case .stable: 2
        }
    }
}

/// A place in a rule file as editors show it.
public struct SourceLocation: Hashable, Sendable, CustomStringConvertible {
    public var file: String
    /// 1-based.
    public var line: Int
    /// 1-based.
    public var column: Int
    public init(file: String, line: Int, column: Int) { (self.file, self.line, self.column) = (file, line, column) }
    public var description: String { "\(file):\(line):\(column)" }
}

/// What ClaimWatch publishes: a rule met in a room, with the evidence and the law.
public struct Alert: Equatable, Sendable {
    /// The rule that was met, as far as consumers need it without the pack.
    ///
    /// It never changes and all its alerts share it, so it is encoded once, when it is made.
    public final class Rule: Equatable, Sendable {
        /// The name of the rule.
        public let id: RuleID
        /// Of the rule, as its pack counts; from 0.
        public let revision: Int
        /// The pack the rule is from.
        public let pack: String
        /// What the rule is about, in Chinese.
        public let title: String
        /// The same in English, if the pack says it.
        public let titleEn: String?
        /// The kind of claim, e.g. "food.treatment".
        public let category: String
        /// How much a claim of this kind matters.
        public let severity: OpenEnum<Severity>
        /// The articles that the claim may break.
        public let legalBasis: [LegalBasis]
        /// The body of law it is pursued under.
        public let legalTrack: OpenEnum<LegalTrack>
        /// The rule as its alerts carry it; one JSON object.
        let json: [UInt8]

        public init(
            id: RuleID, revision: Int, pack: String, title: String, titleEn: String? = nil, category: String,
            severity: OpenEnum<Severity>, legalBasis: [LegalBasis], legalTrack: OpenEnum<LegalTrack>
        ) {
            self.id = id
            self.revision = revision
            self.pack = pack
            self.title = title
            self.titleEn = titleEn
            self.category = category
            self.severity = severity
            self.legalBasis = legalBasis
            self.legalTrack = legalTrack
            json = Self.json(
                id: id, revision: revision, pack: pack, title: title, titleEn: titleEn, category: category,
                severity: severity, legalBasis: legalBasis, legalTrack: legalTrack)
        }

        public static func == (a: Rule, b: Rule) -> Bool { a === b || a.json == b.json }
    }
    /// The listing the claim is about, as the room last described it.
    public struct Listing: Equatable, Sendable {
        /// The listing, as its platform numbers it.
        public var listingID: String
        /// What the rule is about, in Chinese.
        public var title: String?
        /// The kind of claim, e.g. "food.treatment".
        public var category: String?
        /// 品牌.
        public var brand: String?
        /// The shop, as its platform numbers it.
        public var sellerID: String?
        /// 店铺.
        public var sellerName: String?
        public init(
            listingID: String, title: String? = nil, category: String? = nil, brand: String? = nil,
            sellerID: String? = nil, sellerName: String? = nil
        ) {
            self.listingID = listingID
            self.title = title
            self.category = category
            self.brand = brand
            self.sellerID = sellerID
            self.sellerName = sellerName
        }
    }
    /// One stretch of one record that met a part of the rule. A phrase cut between two segments gives two.
    public struct Evidence: Equatable, Sendable {
        /// Where the record stands.
        public var source: RecordSource
        /// "text" for speech; "title", "description" or "attributes.<name>" for a listing.
        public var field: String
        /// Of speech, the segment.
        public var segmentID: Int64?
        /// Epoch milliseconds.
        public var startMS: Int64
        /// Epoch milliseconds.
        public var endMS: Int64
        /// The words around the match (at most 240 bytes), raw.
        public var quote: String
        /// UTF-8 byte offsets of the match in the raw field.
        public var span: Range<Int>
        /// The raw bytes of the span.
        public var matched: String
        /// The term of the rule that matched.
        public var term: String
        /// How the term was met.
        public var path: OpenEnum<EvidencePath>
        /// 0 to 1.
        public var score: Double
        /// The name under which the rule remembers this part, e.g. "said".
        public var group: String?
        public init(
            source: RecordSource, field: String, segmentID: Int64?, startMS: Int64, endMS: Int64, quote: String,
            span: Range<Int>, matched: String, term: String, path: OpenEnum<EvidencePath>, score: Double,
            group: String? = nil
        ) {
            self.source = source
            self.field = field
            self.segmentID = segmentID
            self.startMS = startMS
            self.endMS = endMS
            self.quote = quote
            self.span = span
            self.matched = matched
            self.term = term
            self.path = path
            self.score = score
            self.group = group
        }
    }
    /// A condition around the words that lowers or marks the hit: a question, a quotation.
    public struct Guard: Equatable, Sendable {
        public enum Action: String, Sendable, CaseIterable { case lower, mark }
        /// As the rule or its lexicon names it.
        public var name: String
        public var action: OpenEnum<Action>
        public init(name: String, action: OpenEnum<Action>) { (self.name, self.action) = (name, action) }
    }
    /// What the claim may be, as long as the goods are not known.
    public struct Binding: Equatable, Sendable {
        /// The kind of claim, e.g. "food.treatment".
        public var category: String
        public var severity: OpenEnum<Severity>
        public var legalBasis: [LegalBasis]
        public var legalTrack: OpenEnum<LegalTrack>
        public init(
            category: String, severity: OpenEnum<Severity>, legalBasis: [LegalBasis],
            legalTrack: OpenEnum<LegalTrack>
        ) {
            self.category = category
            self.severity = severity
            self.legalBasis = legalBasis
            self.legalTrack = legalTrack
        }
    }
    /// A learned model that was asked about the words around a hit.
    public struct Screen: Equatable, Sendable {
        /// As the rule names it.
        public var model: String
        /// How much the words read like what reviewers confirmed, 0 to 1.
        public var score: Double
        public init(model: String, score: Double) { (self.model, self.score) = (model, score) }
    }
    /// How far a claim that the listing must bear out is known.
    public enum State: String, Sendable, CaseIterable {
        /// The listing bears it out.
        case firm
        /// The listing does not say: somebody must look.
        case toVerify = "to_verify"
        /// A later record shows that it is none. Close it.
        case withdrawn
    }
    /// The stretch of event time that one alert stands for.
    public struct Window: Equatable, Sendable {
        /// Epoch milliseconds; the end is not included.
        public var startMS: Int64
        /// Epoch milliseconds.
        public var endMS: Int64
        public init(startMS: Int64, endMS: Int64) { (self.startMS, self.endMS) = (startMS, endMS) }
    }
    /// Whether the rule is in force or on trial.
    public enum Mode: String, Sendable { case live, shadow }

    /// 32 hexadecimal digits: a hash of platform, room, session, rule and window. The same input gives the same id.
    public var alertID: String
    /// 1 for the first publication; each later one repeats the id with a higher revision and more occurrences.
    public var revision: Int
    /// Live: act on it. Shadow: the rule is on trial.
    public var mode: Mode
    /// The rule that was met.
    public var rule: Rule
    /// The content hash of the rule set that decided.
    public var ruleset: String
    /// Where the room is, e.g. "douyin".
    public var platform: String
    /// The live room (直播间); also the key of the record.
    public var roomID: String
    /// One broadcast (场次) of the room.
    public var sessionID: String
    /// Who said it, if the event says so.
    public var speaker: Speaker?
    /// What was being sold, if the room said so.
    public var listing: Listing?
    /// What was said or written: never empty in what is published.
    public var evidence: [Evidence]
    /// 0 to 1: of the surest hit; a hit is as sure as its least sure evidence.
    public var score: Double
    /// True only if the words were met through a disguise and not plainly.
    public var evasion: Bool
    /// Hits merged so far; from 1.
    public var occurrences: Int
    /// The event time the alert stands for.
    public var window: Window
    /// Named exemptions that may apply and for which the claim weighs one step less, e.g. "exempt:goal".
    public var exemptions: [String]
    /// The rule asks for a product category and the room had not said which.
    public var categoryUnresolved: Bool
    /// What around the words lowers or marks the hit.
    public var guards: [Guard]
    /// What the claim may be, if it may be several things; `rule` then shows the gravest.
    public var bindings: [Binding]
    /// Of a rule that asks the listing for facts, and of a claim withdrawn.
    public var state: OpenEnum<State>?
    /// The facts that the listing does not tell.
    public var unknownFacts: [String]
    /// What the weak signals of a rule that adds them up came to.
    public var roomScore: Double?
    /// What the learned screen that the rule asks gave the surest hit.
    public var screen: Screen?
    /// The campaigns in which the claim lies.
    public var campaigns: [String]
    /// GB/T 2260 code from the event.
    public var region: String?
    /// The event time of the latest hit, epoch milliseconds.
    public var eventTimeMS: Int64
    /// W3C traceparent of the record that raised it.
    public var trace: String?

    public init(
        alertID: String, revision: Int, mode: Mode, rule: Rule, ruleset: String, platform: String, roomID: String,
        sessionID: String, speaker: Speaker?, listing: Listing?, evidence: [Evidence], score: Double, evasion: Bool,
        occurrences: Int, window: Window, exemptions: [String] = [], categoryUnresolved: Bool, guards: [Guard] = [],
        bindings: [Binding] = [], state: OpenEnum<State>? = nil, unknownFacts: [String] = [], roomScore: Double? = nil,
        screen: Screen? = nil, campaigns: [String] = [], region: String?, eventTimeMS: Int64, trace: String?
    ) {
        self.alertID = alertID
        self.revision = revision
        self.mode = mode
        self.rule = rule
        self.ruleset = ruleset
        self.platform = platform
        self.roomID = roomID
        self.sessionID = sessionID
        self.speaker = speaker
        self.listing = listing
        self.evidence = evidence
        self.score = score
        self.evasion = evasion
        self.occurrences = occurrences
        self.window = window
        self.exemptions = exemptions
        self.categoryUnresolved = categoryUnresolved
        self.guards = guards
        self.bindings = bindings
        self.state = state
        self.unknownFacts = unknownFacts
        self.roomScore = roomScore
        self.screen = screen
        self.campaigns = campaigns
        self.region = region
        self.eventTimeMS = eventTimeMS
        self.trace = trace
    }
}

public import ChineseText
public import LiveEvents
public import TermMatching

/// What one lexical rule means for some goods and speakers: which claim, under which law.
///
/// 能治糖尿病 breaks one article about food and another about health food. Of a rule's bindings the first whose `when`
/// holds is taken; a part that is nil is the rule's own.
public struct Binding: Hashable, Sendable {
    public var when: Applicability
    /// The taxonomy id, e.g. "food.treatment".
    public var category: String?
    public var legalBasis: [LegalBasis]?
    public var severity: Severity?
    public var legalTrack: LegalTrack?
    /// False where the guide's Article 11 leaves exemptions no room.
    public var exemptionsLower: Bool

    public init(
        when: Applicability, category: String? = nil, legalBasis: [LegalBasis]? = nil, severity: Severity? = nil,
        legalTrack: LegalTrack? = nil, exemptionsLower: Bool = true
    ) {
        self.when = when
        self.category = category
        self.legalBasis = legalBasis
        self.severity = severity
        self.legalTrack = legalTrack
        self.exemptionsLower = exemptionsLower
    }
}

/// Whom and what a binding is for. All that is written must hold; what is nil or empty does not matter.
public struct Applicability: Hashable, Sendable {
    public var product: Rule.ProductScope?
    public var channel: Rule.Target?
    public var roles: [SpeakerRole]
    public var isSeller: Bool?
    public var facts: [FactTest]

    public init(
        product: Rule.ProductScope? = nil, channel: Rule.Target? = nil, roles: [SpeakerRole] = [],
        isSeller: Bool? = nil, facts: [FactTest] = []
    ) {
        self.product = product
        self.channel = channel
        self.roles = roles
        self.isSeller = isSeller
        self.facts = facts
    }
}

/// What a listing says of its goods, as rules ask for it.
public enum Fact: String, Sendable, CaseIterable {
    /// What rules name under `fact`; the last two have keys of their own.
    public static let allCases: [Fact] = [
        .category, .title, .brand, .material, .origin, .grade, .registeredFunction, .suitableFor, .unsuitableFor,
        .approvalNo, .standard, .kind, .process, .condition, .certificates, .attributes, .entries, .listing,
        .sellerRegion, .date,
        .weight, .share, .warranty, .validity, .shelfLife, .vintage, .age, .price, .originalPrice, .price7dMin,
    ]

    case category, title, brand
    case material, origin, grade
    case registeredFunction = "registered_function"
    case suitableFor = "suitable_for"
    case unsuitableFor = "unsuitable_for"
    case approvalNo = "approval_no"
    /// The standard that the goods are made to.
    case standard
    /// What sort of goods they are listed as: 普通食品, 特殊化妆品.
    case kind
    /// How they were made, grown, caught or treated.
    case process
    /// Frozen or alive, new or used, how they are to be kept.
    case condition
    case certificates
    /// All attributes and certificates, whatever they are named.
    case attributes
    /// All attributes, each as its name, a colon and its value; what is found reaches into the value.
    case entries
    /// All attributes and certificates, the title and the category.
    case listing
    /// The province of the seller, by the code of its region.
    case sellerRegion = "seller_region"
    /// When they were made, caught, picked or packed.
    case date
    /// In grams: from the least to the most of what the listing tells as weights.
    case weight
    /// How much of something is in them, as a share.
    case share
    /// In seconds.
    case warranty
    case validity
    case shelfLife = "shelf_life"
    /// How long they grew or were stored.
    case vintage
    /// How long ago they were made, caught, picked or packed.
    case age
    /// In fen.
    case price
    case originalPrice = "original_price"
    /// In fen: the lowest that the listing cost in the room in the seven days before the offer that stands.
    case price7dMin = "price_7d_min"
    /// An attribute by its name. The signs keep the names of these two apart from what rules may write.
    case attribute = "@attribute"
    /// A number that was said.
    case said = "@said"
}

/// A question about one fact. True, false, or unknown as long as the listing does not say.
public struct FactTest: Hashable, Sendable {
    public enum Test: Hashable, Sendable {
        /// One of the words stands in the fact.
        case has(WordSet)
        /// None of them does.
        case lacks(WordSet)
        /// The kind of word that was said under this name does not stand there.
        case lacksSaid(String, className: String)
        /// Kinds of this class stand there, and not the one that was said under this name.
        case differsFromSaid(String, className: String)
        /// Kinds of this class stand there, and none of those that stand in another fact.
        case differsFromFact(Fact, className: String)
        /// The fact is above or below this by more than so many percent of it.
        case above(Operand, byPercent: Int)
        case below(Operand, byPercent: Int)
        /// Whether the listing says it at all. Never unknown once the listing is known.
        case isKnown(Bool)
    }
    public enum Operand: Hashable, Sendable {
        /// In the unit of the fact.
        case value(NumberValue)
        /// The number that was said under this name.
        case said(String)
        case fact(Fact)
    }

    public var fact: Fact
    /// Of `attribute` the attribute's name, of `said` the name under which it was said.
    public var name: String?
    /// What numbers of `said` measure.
    public var kind: NumberSlot.Kind?
    public var test: Test

    public init(_ fact: Fact, _ test: Test, name: String? = nil, kind: NumberSlot.Kind? = nil) {
        (self.fact, self.test, self.name, self.kind) = (fact, test, name, kind)
    }

    /// As alerts and messages name it.
    public var shown: String { name ?? fact.rawValue }

    /// What its numbers measure; nil of a text.
    public var measure: NumberSlot.Kind? { kind ?? fact.measure }
}

extension Fact {
    /// What its numbers measure; nil of a text.
    public var measure: NumberSlot.Kind? {
        switch self {
        case .weight: .weight
        case .share: .percent
        case .warranty, .validity, .shelfLife, .vintage, .age: .duration
        case .price, .originalPrice, .price7dMin: .price
        default: nil
        }
    }
}

/// What becomes of a hit whose facts are not known.
public enum UnknownFacts: String, Sendable, CaseIterable {
    /// It is raised one step lower, as a lead to verify.
    case verify
    /// It is not raised.
    case drop
}

/// The words of one kind of a class: silk is 真丝 and 桑蚕丝. What facts compare is the kind and not the word.
public struct WordKind: Hashable, Sendable {
    public var name: String
    public var terms: [Term]

    public init(_ name: String, _ terms: [Term]) { (self.name, self.terms) = (name, terms) }
}

/// The mappings of the rule language. A shape names one, so that an object may hold others like itself.
package enum ObjectName: String, CaseIterable, Sendable {
    case pack, lexicon, rule
    case legalBasis = "legal_basis"
    case product, expression, slot
    case contextGuard = "guard"
    case exempt, binding, when
    case factTest = "fact"
    case wordClass = "class"
    case forms
    case evasion, score, required, screen, examples, example
    case exampleSegment = "segment"
    case exampleListing = "listing"
    case alias
    case overlay, change, exception, campaign
    case classChange = "class_change"
    /// `match` of claimwatch/1, which `expression` holds.
    case match
}

/// Versions of the rule language, as `requires` names them.
package enum LanguageVersion: String, CaseIterable, Comparable, Sendable {
    case one = "claimwatch/1"
    case two = "claimwatch/2"

    /// What new packs are written in.
    static let current = LanguageVersion.two

    package static func < (a: Self, b: Self) -> Bool {
        allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
    }
}

/// One row of the table: a key of an object.
package struct Entry: Sendable {
    package enum Presence: Sendable {
        /// The key must be there. `add` completes "Add …" in the message.
        case required(add: Wording)
        /// What is taken if the key is not there, as YAML; nil if that is not one value, and the summary says it then.
        case optional(default: String?)
    }
    package let key: Key
    package let shape: Shape
    package let presence: Presence
    /// The version that brought the key.
    package let since: LanguageVersion
    package let summary: Wording
    /// A value, as YAML.
    package let example: String
    /// What authors write instead of the key.
    package let mistakes: [String]

    init(
        _ key: Key, _ shape: Shape, _ presence: Presence = .optional(default: nil), since: LanguageVersion = .one,
        chinese: String, english: String, example: String, mistakes: [String] = []
    ) {
        self.key = key
        self.shape = shape
        self.presence = presence
        self.since = since
        self.summary = Wording(chinese, english)
        self.example = example
        self.mistakes = mistakes
    }

    package var isRequired: Bool {
        if case .required = presence { true } else { false }
    }

    package var defaultValue: String? {
        if case .optional(let value) = presence { value } else { nil }
    }
}

/// What the keys of one object have to do with one another.
package enum Relation: Sendable {
    /// One of the keys is there, and one only. The advices complete the messages about none and about several.
    case exactlyOne(of: [Key], none: Advice, several: Advice)
    /// One of the keys is there, or more. `none` is the message if not.
    case atLeastOne(of: [Key], none: Advice)
    /// The first key needs the second. `add` completes "Add …".
    case needs(Key, Key, add: Advice)
    /// The first key serves one of the others and is wrong without it. `reason` tells what it is for.
    case serves(Key, [Key], reason: Advice)
    /// The keys of a nested object are there and hold something, unless a third key has one of these values.
    case holds(Key, [Key], unless: Key, isOneOf: [String])

    /// A piece of a message, and the name of the problem.
    package struct Advice: Sendable {
        let code: ProblemCode?
        let text: Wording
        init(_ code: ProblemCode, _ chinese: String, _ english: String) {
            (self.code, text) = (code, Wording(chinese, english))
        }
        init(_ chinese: String, _ english: String) { (code, text) = (nil, Wording(chinese, english)) }
    }
}

/// One object of the rule language: its keys, and how they go together.
package struct LanguageObject: Sendable {
    package let name: ObjectName
    /// The object in messages: "a rule".
    package let what: String
    package let title: Wording
    package let summary: Wording
    package let entries: [Entry]
    package let relations: [Relation]
    /// Keys of the language that this version does not read yet.
    package let planned: Set<Key>
    private let byName: [String: Entry]
    private let byMistake: [String: Entry]

    init(
        _ name: ObjectName, _ what: String, title: Wording, summary: Wording, relations: [Relation] = [],
        planned: Set<Key> = [], _ entries: [Entry]
    ) {
        self.name = name
        self.what = what
        self.title = title
        self.summary = summary
        self.entries = entries
        self.relations = relations
        self.planned = planned
        byName = Dictionary(uniqueKeysWithValues: entries.map { ($0.key.rawValue, $0) })
        byMistake = Dictionary(uniqueKeysWithValues: entries.flatMap { entry in entry.mistakes.map { ($0, entry) } })
    }

    var keyNames: [String] { entries.map(\.key.rawValue) }

    func entry(named name: String) -> Entry? { byName[name] }

    /// - Precondition: The object has the key. Each read of a key is covered by a test.
    subscript(_ key: Key) -> Entry {
        guard let entry = byName[key.rawValue] else { preconditionFailure("\(what) has no key \(key)") }
        return entry
    }

    /// The key an author meant: one for which this is a known mistake, or else the one spelled nearly so.
    func meant(by written: String) -> Key? {
        if let entry = byMistake[written.lowercased()] { return entry.key }
        return Suggestions.nearest(to: written, among: keyNames).flatMap(Key.init(rawValue:))
    }
}

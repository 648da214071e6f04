/// The one table of the rule language: every object of a pack, each key with its type, limits, default, meaning and
/// example.
///
/// The reader, its messages, the YAML guard, `schemas/rulepack.v1.json` and the reference in `deploy/rules/README.md` all
/// come from it. A new key is a case of `Key`, a row here, and the line that reads it.
package enum RuleLanguage {
    /// In the order in which an author meets them.
    static let objects: [LanguageObject] = ObjectName.allCases.filter { $0 != .match }.map(object)

    static func object(_ name: ObjectName) -> LanguageObject {
        switch name {
        case .pack: pack
        case .lexicon: lexicon
        case .rule: rule
        case .legalBasis: legalBasis
        case .product: product
        case .match: match
        case .expression: expression
        case .contextGuard: contextGuard
        case .wordClass: wordClass
        case .forms: forms
        case .slot: slot
        case .exempt: exempt
        case .score: score
        case .required: required
        case .screen: screen
        case .exampleSegment: exampleSegment
        case .exampleListing: exampleListing
        case .binding: binding
        case .when: when
        case .factTest: factTest
        case .evasion: evasion
        case .examples: examples
        case .example: example
        case .alias: alias
        case .overlay: overlay
        case .change: change
        case .exception: exception
        case .classChange: classChange
        case .campaign: campaign
        }
    }

    /// Every key of this version, by its name: what a Chinese keyboard's colon may have hidden from the YAML parser.
    static let keyNames: Set<String> = Set(objects.flatMap(\.keyNames))

    /// Begins the name of a list where terms stand.
    static let listMark: Character = "@"
    /// Where words that stand for one or several words stand: a term, a class expression, or a list of them.
    static let words = Shape.either([.term, .list(of: .term, count: 1...PackLimits.termsPerRule)])
    /// Marks where words may go in, in a term of a lexicon.
    static let insertMark: Character = "~"
    /// A number of any value inside a term. Not read yet.
    static let plannedNumberSlot = "{num}"
    /// What YAML readers take for a truth value or for nothing (YAML 1.1, 10.2), and so is no text without quotes.
    static let wordsThatAreNoText: Set = ["y", "n", "yes", "no", "true", "false", "on", "off", "null", "~"]
}

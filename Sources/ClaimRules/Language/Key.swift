/// Every key that a pack file can hold. A key is spelled here and nowhere else.
///
/// One key may stand in several objects and mean something else in each: `RuleLanguage` says what.
package enum Key: String, CaseIterable, Sendable {
    // A pack
    case pack, requires, title
    case titleEn = "title_en"
    case lists, aliases, rules
    // A rule
    case id, revision, status, category, severity
    case legalTrack = "legal_track"
    case legalBasis = "legal_basis"
    case appliesTo = "applies_to"
    case product, match, unless, evasion, window, threshold, examples, open
    // A legal basis
    case law, article, from, to
    // A product
    case not
    // What must be said
    case any, all, within, order
    // Evasion
    case gaps, fillers, homophones, split, numbers, confusions
    case minScore = "min_score"
    case wholeWords = "whole_words"
    // An alias
    case term, score, seen, source
    // Examples
    case clear, text, listing, region, attributes, at, segments, listings, exemptions, state
    // A lexicon
    case lexicon, classes, guards, expressions, terms, kinds, forms
    // Forms of a class's terms
    case aspect, degree, insert, redup
    // Expressions
    case seq, near, gap, without, span
    case name = "as"
    // Slots
    case number, percent, duration, price, weight, length, count, min, max, unit, bare, pattern
    // Guards
    case before, after, around, clause, sentence, segment, inside, except, odd, then
    case guardName = "name"
    case needs, exempt
    // Bindings and facts
    case bind, when, channel, role, seller, facts, unknown
    case has, lacks, among, above, below, by, known
    case attribute, said
    case differsFrom = "differs_from"
    // A learned screen
    case screen, model, alone
    case withoutModel = "without_model"
    // Signals over minutes
    case decay, weights
    case minDistinct = "min_distinct"
    // What must be said
    case required, say, until
    // The life of a rule
    case strictness, jurisdictions
    // Exemptions
    case attitude, goal, unrelated, usage, grade, fact
    case own = "self"
    // Overlays and campaigns
    case overlay, campaign, packs, categories, changes, reason, add, remove, room, speaker, raise
    // Not read yet: the names are kept, so that a pack written for a later version is told so.
    case scope
    case speechVersusListing = "speech_vs_listing"
}

extension Key: CustomStringConvertible {
    /// The key in quotes, as messages name it.
    package var description: String { "'\(rawValue)'" }
}

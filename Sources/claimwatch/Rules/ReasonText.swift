import ClaimDetection
import ClaimRules
import LiveEvents
import RuleTesting

/// What a reading of rules says, in words that tell an author what to change.
enum ReasonText {
    /// Why the rule raised no alert.
    static func whyClear(_ reading: RuleReading, rule number: Int) -> String {
        switch reading.reasonNotFired(number) {
        case .otherTarget(let target): "the rule does not look at \(target.rawValue) (\(Key.appliesTo.rawValue))"
        case .missing(let part, let terms): "part \(part) is not in the text: none of \(sample(terms))"
        case .interrupted(let term):
            """
            part \(term.part): 「\(term.term)」 (as 「\(DisplayText.printable(term.surface))」) is no match: \
            「\(DisplayText.printable(String(String.UnicodeScalarView(term.signs))))」 is no gap, as a comma, 、, a colon, … and \
            the end of a sentence never are
            """
        case .dropped(let dropped): text(dropped)
        case .cleared(let phrase): "cleared by the \(Key.unless.rawValue) phrase 「\(phrase)」"
        case .apart(let within, let order, let needed?):
            """
            its parts are in one sentence\(order == .written ? " in the order written" : ""), but take \(needed) characters from \
            the first to the last, and \(Key.within.rawValue) is \(within)
            """
        case .apart(let within, let order, nil):
            """
            its parts are in the text, but not within \(within) characters of one sentence\
            \(order == .written ? " in the order written" : "")
            """
        case .missed(let miss): text(miss)
        case .excludedProduct(let category):
            "the product is \(category), which the rule leaves out (\(Key.product.rawValue): \(Key.not.rawValue))"
        case .otherProduct(let category, let wanted): "the product must be \(sample(wanted)); this one is \(category)"
        case .threshold(let hits):
            "the rule needs \(hits) hits in its window (\(Key.threshold.rawValue)); one text may give fewer"
        case .notAccepted: "its terms are in the text, but the detection did not accept them"
        }
    }

    private static func text(_ miss: Miss) -> String {
        switch miss {
        case .missingParts(let parts):
            "these parts are not in the text: \(parts.map(String.init).joined(separator: ", "))"
        case .cleared(let phrases): "cleared by 「\(phrases.joined(separator: "」, 「"))」"
        case .guarded(let name, let words):
            "cleared by the guard \(name)\(words.isEmpty ? "" : ", for 「\(words.joined(separator: "」, 「"))」")"
        case .lacksContext(let number): "context \(number) that the rule needs is not there"
        case .apart(.gap(let found, let allowed)):
            "\(found) characters lie between two parts, and \(allowed.lowerBound)..\(allowed.upperBound) are allowed"
        case .apart(.within(let found, let allowed)):
            "its parts take \(found) characters, and \(Key.within.rawValue) is \(allowed)"
        case .apart(.unit(let unit)): "its parts stand in several \(unit.rawValue)s"
        case .apart(.forbidden(let word)): "「\(word)」 lies between two parts"
        case .apart(.order): "its parts stand in another order"
        case .apart(nil): "its parts are in the text, but not as the rule asks for"
        }
    }

    /// Why the rule took matches of its terms for nothing, one sentence each and none twice.
    static func whyDropped(_ reading: RuleReading, rule number: Int) -> [String] {
        var seen: Set<String> = []
        return reading.dropped(number).map(text).filter { seen.insert($0).inserted }
    }

    /// How a term was met and how surely: `homophone 0.80`.
    static func manner(_ path: EvidencePath, _ score: Double) -> String {
        let percent = Int((score * 100).rounded())
        return "\(path.rawValue) \(percent / 100).\(percent % 100 < 10 ? "0" : "")\(percent % 100)"
    }

    static func describe(_ role: RuleSet.Posting.Role) -> String {
        switch role {
        case .part(let part): "part \(part + 1)"
        case .unless: Key.unless.rawValue
        }
    }

    private static func text(_ hit: RuleReading.DroppedHit) -> String {
        let written = hit.dropped.hit.path == .literal ? "" : " (as 「\(DisplayText.printable(hit.surface))」)"
        return "part \(hit.dropped.part): 「\(hit.dropped.hit.term)」\(written) \(reason(hit))"
    }

    private static func reason(_ hit: RuleReading.DroppedHit) -> String {
        let (path, score) = (hit.dropped.hit.path, hit.dropped.hit.score)
        let read = hit.dropped.words.map(DisplayText.printable)
        let heard = "is heard (\(manner(path, score)))"
        let key = Key.minScore.rawValue
        switch hit.dropped.reason {
        case .belowMinScore:
            let least =
                hit.minScore > 0
                ? "the rule's \(key) \(share(hit.minScore))"
                : "\(share(Evasion.usualLeast)), which counts where a rule names no \(key)"
            return "by \(path.rawValue) scores \(share(Int((score * 100).rounded()))), below \(least)"
        case .insideWord: return "lies inside another word, or across two (\(Key.wholeWords.rawValue))"
        case .ordinaryWord: return "\(heard), but 「\(read.joined())」 is an ordinary word"
        case .otherWords: return "\(heard), but the words there are 「\(read.joined(separator: " | "))」"
        case .fillerInWord: return "\(heard), but 「\(read.joined(separator: " | "))」 is a word and no filler"
        }
    }

    /// A percentage as packs write it: 0.8.
    private static func share(_ percent: Int) -> String { "\(Double(percent) / 100)" }

    private static func sample(_ terms: [String]) -> String {
        let shown = terms.prefix(5).joined(separator: ", ")
        return terms.count > 5 ? "\(shown) … (\(terms.count))" : shown
    }
}

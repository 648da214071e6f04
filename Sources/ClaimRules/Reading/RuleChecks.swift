import TermMatching

/// Rules that can be read and still do nothing, or too much.
extension RuleReader {
    /// Comparing each phrase with each term is left out beyond this many pairs; equality is always checked.
    private static let maxPairs = 200_000

    func warnOfFloods(_ part: [PlacedTerm]) {
        for term in part where reader.session.folded(term.text).unicodeScalars.count == 1 {
            reader.session.log.warning(
                term.location, "词 \(quoted(term.text)) 只有一个字，会刷屏。写长一点，或用 \(Key.all)。",
                "the term \(quoted(term.text)) is one character and will flood the alerts. Write a longer term, or use \(Key.all)."
            )
        }
    }

    /// A word of one character floods where it alone is enough.
    func warnOfFloods(in match: Expression, _ placed: [PlacedTerm]) {
        switch match {
        case .words: warnOfFloods(placed)
        case .any(let parts) where parts.allSatisfy({ if case .words = $0 { true } else { false } }):
            warnOfFloods(placed)
        default: break
        }
    }

    /// Of a rule of claimwatch/2.
    func check(_ phrases: [TermEntry], against match: Rule.Match, evasion: Evasion) {
        let unless = phrases.compactMap { if case .term(let term) = $0 { term } else { nil } }
        guard !unless.isEmpty else { return }
        var (texts, aliases): ([String], [Term.Alias]) = ([], [])
        var evasion = evasion
        for signal in match.signals {
            signal.forEachWordSet { set in
                for term in set.terms {
                    texts.append(term.text)
                    aliases += term.aliases
                    // A class may be disguised where the rule sees nothing.
                    if term.tolerance.sounds { evasion.homophones = true }
                    if term.tolerance.split { evasion.split = true }
                }
            }
        }
        check(unless, against: texts, aliases: aliases, evasion: evasion)
    }

    /// A phrase that clears every hit silences the rule, one that can touch no hit is forgotten work.
    ///
    /// - Parameter aliases: Of the terms; a phrase may clear one of them, too.
    func check(_ unless: [PlacedTerm], against texts: [String], aliases: [Term.Alias], evasion: Evasion) {
        guard !unless.isEmpty else { return }
        let terms = texts.map(reader.session.folded)
        let known = Set(terms)
        var characters = Set(terms.joined().unicodeScalars)
        for alias in aliases { characters.formUnion(reader.session.folded(alias.text).unicodeScalars) }
        // Of a disguise any character may be another one.
        let isKnown = !evasion.homophones && !evasion.split
        for phrase in unless {
            let folded = reader.session.folded(phrase.text)
            if known.contains(folded) {
                reader.session.log.error(
                    phrase.location,
                    "短语 \(quoted(phrase.text)) 就是本规则的词，这个词就永远命不中。写长一点，把词包在里面。",
                    "the phrase \(quoted(phrase.text)) is a term of this rule, which so could never fire on it. Write a longer phrase around the term."
                )
            } else if isKnown, !folded.unicodeScalars.contains(where: characters.contains) {
                reader.session.log.warning(
                    phrase.location,
                    "短语 \(quoted(phrase.text)) 和规则的词没有共同的字，不起作用。把词写进去，或删掉它。",
                    "the phrase \(quoted(phrase.text)) shares no character with a term and clears nothing. Put the term into it, or delete it."
                )
            } else if terms.count * unless.count <= Self.maxPairs,
                let term = terms.first(where: { contains($0, folded) })
            {
                reader.session.log.error(
                    phrase.location,
                    "短语 \(quoted(phrase.text)) 在词 \(quoted(term)) 里面，这个词就永远命不中。写长一点，把词包在里面。",
                    "the phrase \(quoted(phrase.text)) lies within the term \(quoted(term)), which so could never fire. Write a longer phrase around the term."
                )
            }
        }
    }

    private func contains(_ term: String, _ phrase: String) -> Bool {
        let (term, phrase) = (Array(term.utf8), Array(phrase.utf8))
        guard phrase.count <= term.count else { return false }
        return (0...(term.count - phrase.count)).contains { term[$0..<($0 + phrase.count)].elementsEqual(phrase) }
    }
}

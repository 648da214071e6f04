import ChineseText
import TermMatching
import Yams

/// Turns the words of one rule into sets for the matcher: lists and classes written out, disguises decided.
struct WordReader {
    let reader: NodeReader
    let book: WordBook
    let aliases: AliasBook
    let evasion: Evasion
    /// Words around a hit are heard by sound and seen in parts only if they hold a term of the rule: 威信, which keeps
    /// 微信 from being heard there, would be heard in every 微信.
    let bySight: Evasion

    init(reader: NodeReader, book: WordBook, aliases: AliasBook, evasion: Evasion) {
        (self.reader, self.book, self.aliases, self.evasion) = (reader, book, aliases, evasion)
        var bySight = evasion
        (bySight.homophones, bySight.split) = (false, false)
        bySight.wholeWords = false
        self.bySight = bySight
    }

    /// Words of which one must be said. Those of the rule and of its pack's lists make one set; a class of a lexicon
    /// keeps its own, which all rules share.
    func expression(of entries: [TermEntry], found: inout FoundWords) -> Expression? {
        var collected = TermCollector(reader)
        var shared: [WordSet] = []
        var cited: Set<String> = []
        var isComplete = true
        for entry in entries {
            switch entry {
            case .term(let term): guard collected.add(term, warn: true) else { return nil }
            case .list(let name, let location):
                guard cited.insert(name).inserted else {
                    reader.warning(
                        location, nil, "\"@\(name)\" 已经写过。删掉一个。", "\"@\(name)\" is already here. Delete one.")
                    continue
                }
                guard let groups = book.groups(of: "@" + name, at: location, reader: reader) else {
                    isComplete = false
                    continue
                }
                if groups.allSatisfy({ !$0.isShared && $0.evasion == .asRule && $0.minus.isEmpty }) {
                    for text in groups.lazy.flatMap(\.texts) {
                        let placed = PlacedTerm(text: text, location: location)
                        guard collected.add(placed, warn: false) else { return nil }
                    }
                } else if let sets = book.sets(of: "@" + name, seen: evasion, at: location, reader: reader) {
                    shared += sets.filter { !$0.terms.isEmpty }
                }
            }
        }
        let own = collected.terms
        if let first = own.first, !collected.isWithinLimit(at: first.location) { return nil }
        found.own += own
        if !shared.isEmpty { found.citesLexicons = true }
        var parts = shared.map(Expression.words)
        if !own.isEmpty {
            let terms = own.map { Term($0.text, tolerance: evasion.tolerance, aliases: served($0)) }
            let set = WordSet(
                terms: terms, minScore: UInt8(clamping: evasion.minScore), wholeWords: evasion.wholeWords)
            parts.insert(.words(set), at: 0)
        }
        guard isComplete, !parts.isEmpty else { return nil }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    /// The aliases of the pack for a term. Each use counts as a term.
    private func served(_ term: PlacedTerm) -> [Term.Alias] {
        let known = aliases.aliases(of: term.text)
        return known.allSatisfy { _ in reader.session.spendTerm(at: term.location) } ? known : []
    }

    /// Words that are looked for around a hit, by sight alone; `opened` says where they are heard, too.
    func context(_ entries: [TermEntry]) -> WordSet? {
        if entries.count == 1, case .list(let name, let location) = entries[0] {
            guard let sets = book.sets(of: "@" + name, seen: bySight, at: location, reader: reader) else { return nil }
            if sets.count == 1 {
                var set = sets[0]
                set.minScore = 0
                return set
            }
        }
        var groups: [WordGroup] = []
        var own = WordGroup()
        var seen: Set<String> = []
        var isComplete = true
        for entry in entries {
            switch entry {
            case .term(let term):
                guard reader.session.spendTerm(at: term.location) else { return nil }
                if reader.session.termLocations[term.text] == nil {
                    reader.session.termLocations[term.text] = term.location
                }
                if seen.insert(reader.session.folded(term.text)).inserted { own.texts.append(term.text) }
            case .list(let name, let location):
                guard let found = book.groups(of: "@" + name, at: location, reader: reader) else {
                    isComplete = false
                    continue
                }
                groups += found
            }
        }
        guard isComplete else { return nil }
        if !own.texts.isEmpty { groups.insert(own, at: 0) }
        guard let first = groups.first else { return nil }
        guard groups.allSatisfy({ $0.minus == first.minus }), let place = entries.first?.location else {
            reader.error(
                entries[0].location, .classExpression, "带 '-' 的词类在这里要单独写，不能和别的词放在一起。",
                "a class with '-' stands alone here. Take the other words out, or write one guard for each.")
            return nil
        }
        let sets = groups.map { $0.set(seen: bySight, className: nil) }
        var set = sets[0]
        set.minScore = 0
        set.wholeWords = sets.allSatisfy(\.wholeWords)
        set.terms = []
        var known: Set<Term> = []
        for term in sets.lazy.flatMap(\.terms) where known.insert(term).inserted {
            guard reader.session.spendTerm(at: place) else { return nil }
            set.terms.append(term)
        }
        return set
    }

    /// A guard as the rule sees its words.
    func contextGuard(_ draft: GuardDraft) -> Guard? {
        // Both are read, so that what is wrong in either is told.
        let set = context(draft.words)
        let except = draft.except.isEmpty ? nil : context(draft.except)
        guard let set, draft.except.isEmpty || except != nil else { return nil }
        if !draft.except.isEmpty { warnOfPointless(draft.except, beside: set) }
        return Guard(
            name: draft.name, scope: draft.scope, words: set, except: except, isOdd: draft.isOdd, action: draft.action)
    }

    /// An exception that no word looked for can share a character with excepts nothing.
    private func warnOfPointless(_ except: [TermEntry], beside words: WordSet) {
        guard !evasion.homophones, !evasion.split, words.terms.allSatisfy({ $0.aliases.isEmpty }) else { return }
        let known = words.terms.reduce(into: Set<Unicode.Scalar>()) {
            $0.formUnion(reader.session.folded($1.text).unicodeScalars)
        }
        for case .term(let term) in except {
            guard reader.session.folded(term.text).unicodeScalars.allSatisfy({ !known.contains($0) }) else { continue }
            reader.warning(
                term.location, .pointlessExcept, "except 里的 \(quoted(term.text)) 和要找的词没有共同的字，不起作用。删掉它。",
                "\(quoted(term.text)) shares no character with the words looked for and does nothing. Delete it.")
        }
    }

    /// Lets words be heard and seen in parts if they hold a term of the rule.
    func opened(_ terms: [Term], holding ruleTerms: RuleTerms) -> [Term] {
        let (closed, open) = (bySight.tolerance, evasion.contextTolerance)
        guard closed != open else { return terms }
        var terms = terms
        for index in terms.indices where terms[index].tolerance == closed {
            if ruleTerms.isHeld(by: reader.session.folded(terms[index].text)) { terms[index].tolerance = open }
        }
        return terms
    }

    func opened(_ set: WordSet, holding ruleTerms: RuleTerms) -> WordSet {
        var set = set
        set.terms = opened(set.terms, holding: ruleTerms)
        return set
    }
}

/// The words of a rule's expression, as they were written.
struct FoundWords {
    /// Those of the rule and of its pack's lists.
    var own: [PlacedTerm] = []
    var citesLexicons = false
}

/// The terms of a rule, folded, to ask whether a word around a hit holds one.
struct RuleTerms {
    private(set) var folded: Set<String> = []
    private var lengths: Set<Int> = []

    mutating func insert(_ term: String) {
        folded.insert(term)
        lengths.insert(term.unicodeScalars.count)
    }

    func isHeld(by word: String) -> Bool { WordBook.holds(word, oneOf: folded, lengths) }
}

extension TermEntry {
    var location: SourceLocation {
        switch self {
        case .term(let term): term.location
        case .list(_, let location): location
        }
    }
}

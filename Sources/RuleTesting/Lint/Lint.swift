import ChineseText
public import ClaimRules
import LiveEvents
import TermMatching

/// Looks for rules that can be read and still serve for less than they seem to.
public enum Lint {
    /// Comparing each term, phrase or rule with each other is left out beyond this many pairs of a rule or of a set.
    private static let maxPairs = 1_000_000
    /// Findings of one code in one rule; the rest is counted in the last.
    private static let mostOfOne = 5

    /// In the order of the rules. Cost: linear in the terms, and within `maxPairs` in their pairs.
    /// - Parameter day: On which laws are in force or not, yyyy-MM-dd.
    public static func findings(_ rules: [Rule], day: String) -> [LintFinding] {
        let awake = rules.filter(\.isEverAwake)
        let sounds = CommonSounds()
        var findings: [LintFinding] = []
        for rule in awake {
            findings += expired(rule, day: day)
            findings += ended(rule, day: day)
            findings += impossible(rule)
            findings += idlePhrases(rule)
            findings += guardsOverWords(rule)
            findings += wideGuards(rule)
            findings += idleExemptions(rule)
            findings += wideGaps(rule)
            findings += unitsBehindNumbers(rule)
            findings += wordsInTwoParts(rule)
            findings += coveredTerms(rule)
            findings += commonSounds(rule, sounds)
        }
        findings += coveredRules(awake)
        let order = Dictionary(
            awake.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
        return findings.enumerated().sorted { a, b in
            (order[a.element.rule] ?? 0, a.offset) < (order[b.element.rule] ?? 0, b.offset)
        }.map(\.element)
    }

    // MARK: Law

    private static func expired(_ rule: Rule, day: String) -> [LintFinding] {
        let basis = rule.legalBasis + rule.bindings.flatMap { $0.legalBasis ?? [] }
        guard !basis.isEmpty, !basis.contains(where: { $0.isInForce(on: day) }) else { return [] }
        if let first = basis.compactMap(\.from).filter({ day < $0 }).min() {
            return [
                LintFinding(
                    code: .noLawInForce, rule: rule, at: .legalBasis,
                    reason: Wording(
                        "没有一条法律依据在 \(day) 已经施行，最早的从 \(first) 起。",
                        "no legal basis is in force on \(day); the first begins on \(first)."),
                    change: Wording(
                        "补上现行的条款，或者先停用（status: off）。", "Add the article in force until then, or switch the rule off."))
            ]
        }
        let last = basis.compactMap(\.to).max() ?? day
        return [
            LintFinding(
                code: .noLawInForce, rule: rule, at: .legalBasis,
                reason: Wording(
                    "法律依据都已失效，最后一条到 \(last) 为止。", "no legal basis is in force any more; the last ended on \(last)."),
                change: Wording(
                    "改成现行的法条，或者停用（status: off）。", "Name the article that is in force now, or switch the rule off."))
        ]
    }

    // MARK: Phrases

    /// A phrase clears a hit that it shares a character with, so one must hold the other or they must overlap.
    private static func idlePhrases(_ rule: Rule) -> [LintFinding] {
        let phrases = rule.phrases
        // Of a disguised word any character may be another one.
        guard !rule.seesThrough else { return [] }
        let terms = rule.match.words.map(folded)
        guard terms.count * phrases.count <= maxPairs else { return [] }
        let idle = phrases.filter { phrase in
            let phrase = folded(phrase)
            let sharesCharacter = terms.contains { !Set($0).isDisjoint(with: phrase) }
            // One that shares no character is told by the reader.
            return sharesCharacter && !terms.contains { overlap($0, phrase) }
        }
        return told(idle) { phrase, more in
            LintFinding(
                code: .idlePhrase, rule: rule, at: .unless, phrase,
                reason: Wording(
                    "unless 的「\(phrase)」\(more.chinese)不可能和本规则的词重叠，什么也排除不了。",
                    "the unless phrase 「\(phrase)」\(more.english) can overlap no term of the rule and clears nothing."),
                change: Wording("写成包着词的更长的话，或者删掉。", "Write a longer phrase around a term, or delete it."))
        }
    }

    private static func overlap(_ a: [UInt32], _ b: [UInt32]) -> Bool {
        // b begins at each place where it shares a symbol with a.
        for start in (1 - b.count)..<a.count {
            let range = max(0, start)..<min(a.count, start + b.count)
            if !range.isEmpty, range.allSatisfy({ a[$0] == b[$0 - start] }) { return true }
        }
        return false
    }

    // MARK: Terms

    private static func wordsInTwoParts(_ rule: Rule) -> [LintFinding] {
        var places: [[UInt32]: Set<Int>] = [:]
        var words: [(text: String, folded: [UInt32])] = []
        for (part, terms) in rule.wordParts.enumerated() {
            for term in terms {
                let symbols = folded(term)
                if places[symbols]?.isEmpty == false, places[symbols]?.contains(part) == false {
                    words.append((term, symbols))
                }
                places[symbols, default: []].insert(part)
            }
        }
        return told(words.map(\.text)) { word, more in
            LintFinding(
                code: .wordInTwoParts, rule: rule, at: .match, word,
                reason: Wording(
                    "「\(word)」\(more.chinese)在两段里都有，要说两遍才命中。",
                    "「\(word)」\(more.english) stands in two parts, and has to be said twice to meet both."),
                change: Wording("留在一段里。", "Keep it in one part."))
        }
    }

    /// Only where a rule is met by a single word: behind a gap, or within so many characters, a longer word reaches further.
    private static func coveredTerms(_ rule: Rule) -> [LintFinding] {
        guard case .text(let expression) = rule.match, let sets = expression.wordsAlone, let first = sets.first,
            sets.allSatisfy({ $0.minus.isEmpty && !$0.wholeWords }),
            sets.allSatisfy({ $0.terms.allSatisfy { $0.tolerance == first.terms.first?.tolerance } })
        else { return [] }
        let terms = sets.flatMap(\.terms).map { (text: $0.text, folded: folded($0.text)) }
        let texts = Dictionary(terms.map { ($0.folded, $0.text) }, uniquingKeysWith: { first, _ in first })
        let covered = terms.compactMap { long -> (String, String)? in
            for count in 1..<max(1, long.folded.count) {
                for start in 0...(long.folded.count - count) {
                    if let short = texts[Array(long.folded[start..<(start + count)])] { return (long.text, short) }
                }
            }
            return nil
        }
        return told(covered) { pair, more in
            LintFinding(
                code: .coveredTerm, rule: rule, at: .match, pair.0,
                reason: Wording(
                    "「\(pair.0)」含有同一条规则的「\(pair.1)」\(more.chinese)，说了长的就一定说了短的，长的不起作用。",
                    "「\(pair.0)」 holds 「\(pair.1)」 of the same rule\(more.english): who says the longer says the shorter, so the "
                        + "longer adds nothing."),
                change: Wording("删掉长的；如果短的太宽，就删短的。", "Delete the longer one; or the shorter, if it finds too much."))
        }
    }

    private static func commonSounds(_ rule: Rule, _ sounds: CommonSounds) -> [LintFinding] {
        // From 0.8 on a word of the same sound must be read as usual and stand alone.
        guard rule.evasion.homophones, rule.evasion.minScore < 80 else { return [] }
        let alike = Set(rule.match.words).sorted().compactMap { term in
            sounds.commonWord(like: folded(term)).map { (term, $0) }
        }
        return told(alike) { pair, more in
            LintFinding(
                code: .soundsCommon, rule: rule, at: .match, pair.0,
                reason: Wording(
                    "「\(pair.0)」与常用词「\(pair.1)」同音\(more.chinese)，homophones 容易误报，常用词本身也不会当作伪装。",
                    "「\(pair.0)」 sounds like the common word 「\(pair.1)」\(more.english): homophones will find too much, and that word "
                        + "itself is never taken for a disguise."),
                change: Wording(
                    "加 min_score: 0.8，或者把确实见过的写法列为 aliases。",
                    "Add min_score: 0.8, or list the spellings that were seen as aliases."))
        }
    }

    // MARK: Rules

    private static func coveredRules(_ rules: [Rule]) -> [LintFinding] {
        let simple = rules.filter { rule in if case .text = rule.match { true } else { false } }
        var findings: [LintFinding] = []
        for group in Dictionary(grouping: simple, by: \.category).values where group.count * group.count <= maxPairs {
            let words = group.map { rule -> Set<[UInt32]>? in
                guard case .text(let expression) = rule.match else { return nil }
                guard let sets = expression.wordsAlone, sets.allSatisfy({ $0.minus.isEmpty }) else { return nil }
                let terms = sets.flatMap(\.terms)
                // Words of classes may have disguises of their own.
                guard Set(terms.map(\.tolerance)).count == 1 else { return nil }
                return Set(terms.map { folded($0.text) })
            }
            let forms = group.map { $0.meaning.match }
            func holds(_ other: Int, _ index: Int) -> Bool {
                if let own = words[index], let all = words[other] { return own.isSubset(of: all) }
                return forms[index] == forms[other]
            }
            for (index, rule) in group.enumerated() {
                let other = group.indices.first { other in
                    other != index && covers(group[other], rule) && holds(other, index)
                        // Of two that are alike the later one is told.
                        && (!holds(index, other) || !covers(rule, group[other]) || other < index)
                }
                guard let other else { continue }
                findings.append(
                    LintFinding(
                        code: .coveredRule, rule: rule,
                        reason: Wording(
                            "它的词 \(group[other].id) 都有，类别也一样：每次命中都报两条。",
                            "every word of it is in \(group[other].id), which is of the same category: each hit raises both."
                        ),
                        change: Wording("并成一条，或者给它另外的词。", "Make one rule of both, or give it words of its own.")))
            }
        }
        return findings
    }

    /// Whether the rule looks wherever the other does, and is cleared by no more.
    private static func covers(_ rule: Rule, _ other: Rule) -> Bool {
        other.targets.isSubset(of: rule.targets) && (rule.product == nil || rule.product == other.product)
            && Set(rule.phrases).isSubset(of: other.phrases) && rule.evasion == other.evasion
            && Set(rule.guards).isSubset(of: other.guards) && Set(rule.needs).isSubset(of: other.needs)
            && (rule.screen == nil || rule.screen == other.screen)
            && Set(rule.facts).isSubset(of: other.facts) && rule.bindings == other.bindings
            && rule.exemptions == other.exemptions
            && rule.threshold <= other.threshold
            && (rule.status == other.status || rule.status == .stable) && rule.aliases == other.aliases
            && rule.jurisdictions == other.jurisdictions && rule.from == other.from && rule.to == other.to
    }

    // MARK: Help

    static func folded(_ text: String) -> [UInt32] { FoldedText(text).symbols.compactMap { $0.scalar?.value } }

    static func holds(_ text: [UInt32], _ part: [UInt32]) -> Bool {
        guard !part.isEmpty, part.count <= text.count else { return false }
        return (0...(text.count - part.count)).contains { text[$0..<($0 + part.count)].elementsEqual(part) }
    }

    /// One finding for each word; the last of many tells how many more there are.
    private static func told<Item>(
        _ items: [Item], _ finding: (_ item: Item, _ more: Wording) -> LintFinding
    ) -> [LintFinding] {
        items.prefix(mostOfOne).enumerated().map { number, item in
            let more = items.count - mostOfOne
            let isLast = number == mostOfOne - 1 && more > 0
            return finding(item, isLast ? Wording("（还有 \(more) 个这样的）", " (and \(more) more like it)") : Wording("", ""))
        }
    }
}

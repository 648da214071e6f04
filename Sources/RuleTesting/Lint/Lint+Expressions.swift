import ChineseText
import ClaimRules
import LiveEvents
import TermMatching

/// What must be said: gaps, numbers with their units.
extension Lint {
    static func wideGaps(_ rule: Rule) -> [LintFinding] {
        var findings: [LintFinding] = []
        for signal in rule.match.signals {
            signal.forEachPart { part in
                guard case .seq(_, let gaps, _, let extent) = part, let within = extent.within else { return }
                guard let gap = gaps.map(\.characters).first(where: { $0.upperBound > within }) else { return }
                let range = "\(gap.lowerBound)..\(gap.upperBound)"
                findings.append(
                    LintFinding(
                        code: .wideGap, rule: rule, at: .match, range,
                        reason: Wording(
                            "gap: \(range) 比整段的 within: \(within) 还宽，多出来的用不上。",
                            "gap: \(range) is wider than within: \(within) of the whole, and what is more never counts."
                        ),
                        change: Wording("改小 gap，或去掉 within。", "Narrow the gap, or leave out within.")))
            }
        }
        return findings
    }

    /// 三斤 is one number with its unit: behind it no 斤 is left to be a word.
    static func unitsBehindNumbers(_ rule: Rule) -> [LintFinding] {
        var findings: [LintFinding] = []
        for signal in rule.match.signals {
            signal.forEachPart { part in
                guard case .seq(let parts, let gaps, _, _) = part else { return }
                for (number, gap) in gaps.enumerated() where gap.characters.upperBound == 0 {
                    guard parts[number].isNumber, case .words(let set) = parts[number + 1].unnamed,
                        set.terms.allSatisfy({ NumberUnit(spelling: $0.text) != nil }), let unit = set.terms.first
                    else { continue }
                    findings.append(
                        LintFinding(
                            code: .unitBehindNumber, rule: rule, at: .match, unit.text,
                            reason: Wording(
                                "数后面的单位「\(unit.text)」和数一起读成一个数，后面不会再有，永远命不中。",
                                "the unit 「\(unit.text)」 is read as a part of the number before it, so nothing is left to meet it."
                            ),
                            change: Wording(
                                "删掉这一段，写进数里：{number: {unit: [\(unit.text)]}}。",
                                "Delete the part and write {number: {unit: [\(unit.text)]}}.")))
                }
            }
        }
        return findings
    }
}

extension Expression {
    /// This and all within it.
    func forEachPart(_ body: (Expression) -> Void) {
        body(self)
        switch self {
        case .words, .number, .pattern: break
        case .any(let parts), .seq(let parts, _, _, _), .near(let parts, _):
            for part in parts { part.forEachPart(body) }
        case .named(_, let part): part.forEachPart(body)
        }
    }

    var unnamed: Expression { if case .named(_, let part) = self { part.unnamed } else { self } }

    fileprivate var isNumber: Bool { if case .number = unnamed { true } else { false } }

    /// Its words, if nothing but words is in it.
    var wordsAlone: [WordSet]? {
        switch self {
        case .words(let set): [set]
        case .any(let parts):
            parts.reduce([] as [WordSet]?) { all, part in
                if let all, let own = part.wordsAlone { all + own } else { nil }
            }
        case .named(_, let part): part.wordsAlone
        case .number, .pattern, .seq, .near: nil
        }
    }
}

extension Rule {
    /// The words of each part that must be said, of a rule of either version; empty for a part that is more than words.
    var wordParts: [[String]] {
        guard case .text(let expression) = match else { return [] }
        switch expression.unnamed {
        case .seq(let parts, _, _, _), .near(let parts, _): return parts.map { ($0.wordsAlone ?? []).flatMap(\.texts) }
        case let one: return [(one.wordsAlone ?? []).flatMap(\.texts)]
        }
    }

    /// Whether any character of a word may stand there as another one.
    var seesThrough: Bool {
        match.signals.contains { signal in
            var sees = false
            signal.forEachPart { part in
                guard case .words(let set) = part else { return }
                sees =
                    sees
                    || set.terms.contains {
                        $0.tolerance.sounds || $0.tolerance.split || $0.tolerance.numbers || !$0.aliases.isEmpty
                    }
            }
            return sees
        }
    }

    /// Phrases that clear a hit which they share a character with.
    var phrases: [String] {
        var phrases: [String] = []
        var seen: Set<String> = []
        for signal in match.signals {
            signal.forEachPart { part in
                guard case .words(let set) = part else { return }
                for term in set.clearedBy where seen.insert(term.text).inserted { phrases.append(term.text) }
            }
        }
        return phrases
    }
}

extension WordSet {
    fileprivate var texts: [String] { terms.map(\.text) }
}

import ChineseText
import ClaimDetection
import ClaimRules
import LiveEvents
import TermMatching

/// Guards, exemptions and conditions that keep a rule silent, or do nothing.
extension Lint {
    /// Guards that find a word of the rule itself: they look where the hit lies.
    static func guardsOverWords(_ rule: Rule) -> [LintFinding] {
        rule.guards.filter { $0.action == .clear && !$0.isOdd && $0.scope.holdsHit }.compactMap { guarding in
            let except = Set((guarding.except?.terms ?? []).map { folded($0.text) })
            let words = Set(guarding.words.terms.map { folded($0.text) }).filter { word in
                !except.contains { holds($0, word) }
            }
            func isGuard(_ term: String) -> Bool { words.contains { holds(folded(term), $0) } }
            for (number, part) in rule.wordParts.enumerated() where !part.isEmpty {
                if part.allSatisfy(isGuard) {
                    return LintFinding(
                        code: .neverFires, rule: rule, at: .unless, guarding.words.terms.first?.text,
                        reason: Wording(
                            "第 \(number + 1) 段的词都在 \(guarding.name) 要排除的词里，命中处自己就被排除，永远命不中。",
                            "every word of part \(number + 1) is a word of the guard \(guarding.name), which looks where the hit "
                                + "lies, so it clears each hit."),
                        change: Wording(
                            "改用 before 或 after，或者换掉这些词。", "Look before or after the hit, or change the words."))
                }
                if let word = part.first(where: isGuard) {
                    return LintFinding(
                        code: .guardHoldsWord, rule: rule, at: .unless, word,
                        reason: Wording(
                            "「\(word)」是第 \(number + 1) 段的词，\(guarding.name) 又拿它来排除，这个词就永远命不中。",
                            "「\(word)」 is a word of part \(number + 1), and the guard \(guarding.name) clears what holds it, so it "
                                + "never counts."),
                        change: Wording(
                            "从一处删掉它，或改用 before、after。", "Delete it in one place, or look before or after the hit."))
                }
            }
            return nil
        }
    }

    /// 不 anywhere in a sentence: recognisers write few marks, and a sentence may be minutes long.
    static func wideGuards(_ rule: Rule) -> [LintFinding] {
        rule.guards.filter { $0.action == .clear && !$0.isOdd && $0.scope.isWide }.compactMap { guarding in
            guard let word = guarding.words.terms.first(where: { folded($0.text).count == 1 })?.text else { return nil }
            return LintFinding(
                code: .wideGuard, rule: rule, at: .unless, word,
                reason: Wording(
                    "\(guarding.name) 在整句（段）里找一个字「\(word)」，几乎每句都有，真的也被排除。",
                    "the guard \(guarding.name) looks for the one character 「\(word)」 in a whole sentence or segment, which "
                        + "nearly each has, so it clears true hits, too."),
                change: Wording(
                    "改成 before: 6 这样的几个字以内，或写长一点的词。", "Look within some characters (before: 6), or for longer words."))
        }
    }

    static func idleExemptions(_ rule: Rule) -> [LintFinding] {
        guard !rule.exemptions.isEmpty, !rule.bindings.isEmpty, rule.bindings.allSatisfy({ !$0.exemptionsLower }) else {
            return []
        }
        return [
            LintFinding(
                code: .idleExemption, rule: rule, at: .exempt,
                reason: Wording(
                    "每条 bind 都写了 exempt: false，豁免不降级，只是注明。",
                    "every binding says exempt: false, so exemptions lower nothing."),
                change: Wording("删掉 exempt，或让一条 bind 允许豁免。", "Delete exempt, or let a binding take exemptions."))
        ]
    }

    /// Conditions that exclude one another.
    static func impossible(_ rule: Rule) -> [LintFinding] {
        var findings: [LintFinding] = []
        if let product = rule.product, !product.categories.isEmpty,
            product.categories.allSatisfy(product.excluded.contains)
        {
            findings.append(
                LintFinding(
                    code: .neverFires, rule: rule, at: .product,
                    reason: Wording("product 要的类目又都排除了，永远命不中。", "product leaves out every category that it asks for."),
                    change: Wording("从 category 或 not 里去掉一边。", "Take them out of category or of not.")))
        }
        for fact in Set(rule.facts.map(\.shown)).sorted() {
            var (above, below): ([NumberValue], [NumberValue]) = ([], [])
            for test in rule.facts where test.shown == fact {
                switch test.test {
                case .above(.value(let value), _): above.append(value)
                case .below(.value(let value), _): below.append(value)
                default: break
                }
            }
            if let low = above.max(), let high = below.min(), low >= high {
                findings.append(
                    LintFinding(
                        code: .neverFires, rule: rule, at: .facts, fact,
                        reason: Wording(
                            "\(fact) 既要高于一个数又要低于更小的数，永远不成立。",
                            "\(fact) is to be above a number and below a smaller one, which nothing is."),
                        change: Wording("对调两个数，或删掉一个。", "Exchange the two, or delete one.")))
            }
        }
        return findings
    }

    static func ended(_ rule: Rule, day: String) -> [LintFinding] {
        guard let to = rule.to, to < day else { return [] }
        return [
            LintFinding(
                code: .ended, rule: rule, at: .to,
                reason: Wording("规则只管到 \(to)，已经过了，不会再报。", "the rule was in force until \(to), and is silent since."),
                change: Wording("改 to，或者停用（status: off）。", "Change to, or switch the rule off."))
        ]
    }

    /// Examples that the rule must find, and that a guard or phrase of its own clears.
    static func clearedExamples(_ loaded: LoadedPacks) -> [LintFinding] {
        guard loaded.ruleSet != nil, let tests = try? ExampleTests.run(loaded) else { return [] }
        return tests.failures.compactMap { failure in
            guard case .missed(let reading) = failure.cause,
                let rule = loaded.rules.first(where: { $0.id == failure.rule })
            else { return nil }
            let who: Wording
            switch reading.reasonNotFired(failure.number) {
            case .missed(.guarded(let name, let words)):
                let list = words.isEmpty ? "" : "「\(words.joined(separator: "」「"))」"
                who = Wording(
                    "排除条件 \(name)\(list.isEmpty ? "" : "（\(list)）")",
                    "the guard \(name)\(list.isEmpty ? "" : " (\(list))")")
            case .missed(.cleared(let phrases)):
                who = Wording("unless 的「\(phrases[0])」", "the unless phrase 「\(phrases[0])」")
            case .cleared(let phrase): who = Wording("unless 的「\(phrase)」", "the unless phrase 「\(phrase)」")
            default: return nil
            }
            var finding = LintFinding(
                code: .clearsOwnExample, rule: rule,
                reason: Wording(
                    "必须命中的例句「\(failure.example.text.prefix(20))」被\(who.chinese)排除了。",
                    "the example 「\(failure.example.text.prefix(20))」, which it must find, is cleared by \(who.english)."
                ),
                change: Wording("把排除写窄（before、except），或改例句。", "Narrow it (before, except), or change the example."))
            finding.location = failure.example.location
            return finding
        }
    }
}

extension Guard.Scope {
    /// Whether the hit itself lies in it.
    fileprivate var holdsHit: Bool {
        switch self {
        case .around, .unit: true
        case .before, .after, .inside, .overClause: false
        }
    }

    fileprivate var isWide: Bool {
        switch self {
        case .unit(.sentence), .unit(.segment): true
        default: false
        }
    }
}

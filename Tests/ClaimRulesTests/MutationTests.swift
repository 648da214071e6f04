@testable import ClaimRules
import TestSupport
import Testing

@Suite struct `Whatever is done to a pack of claimwatch two` {
    private static let lexicon = """
        lexicon: x
        requires: claimwatch/2
        classes:
          act: {terms: [养~过来, 化掉], forms: {aspect: [了, 过], degree: [慢慢], insert: [给], redup: true}, evasion: {gaps: 2}}
          ill: [结节, "@x.pain - [胃疼药]"]
          pain: [胃疼]
          fibre: {kinds: {silk: [真丝], tencel: [天丝]}}
        guards:
          negated: {before: 10, any: "@x.pain|[不能]", except: [不能不], odd: true, then: lower, span: sentence}
        aliases: {胃疼: [胃痛]}

        """
    private static let pack = """
        pack: p
        requires: claimwatch/2
        lists: {own: [己, "@x.ill"]}
        rules:
          - id: a
            title: 题
            severity: low
            match: {seq: ["@x.act", {gap: 0..4, without: [不了]}, ["@x.ill|@own - [己庚]", {seq: [丙, {gap: 3}, 丁]}]], within: 20, order: any}
            unless: ["@x.negated", 不能化掉, {clause: [遵医嘱]}, {after: 6, any: [吗], name: 问}]
            needs: [{around: 6, any: [质量]}]
            exempt: {usage: [最佳], self: {before: 5, any: [我们]}}
            evasion: {gaps: 1, split: true}
            bind: [{when: {category: [食品], role: [host]}, as: f.t, legal_basis: [{law: 广告法, article: 第九条}]}, {when: {}, legal_basis: [{law: 广告法, article: 第九条}]}]
            strictness: 2
            jurisdictions: ["3207"]
            open: [问题, 另一个]
            examples: {match: [甲, 乙], clear: [丙, 丁]}
          - id: b
            title: 题
            severity: low
            legal_basis: [{law: 广告法, article: 第九条}]
            match: {all: [{any: ["@x.fibre"], as: said}, {near: [{price: {min: 5元, max: 9元}}, 元旦], within: 9}, {pattern: '第一(?P<who>.)'}], span: segment}
            facts: [{fact: material, differs_from: said, among: "@x.fibre"}, {fact: price, above: original_price, by: 10%}]
            unknown: drop
            from: 2026-01-01
            to: 2026-12-31
            examples: {match: [甲, 乙], clear: [丙, 丁]}

        """
    /// Words of the language, signs and names that go in, or stand for others.
    private static let pieces =
        Key.allCases.map(\.rawValue) + [
            "[", "]", "{", "}", ", ", ": ", "\"", "'", "- ", "-", "|", "@", "\"@x.act\"", "\"@x.d - @x.act\"", "@x.",
            "~", "0..4",
            "60..0", "{}", "[]", "[[]]", "9999999999999", "-1", "25s", "clause", "甲", "said", "{gap: 2}",
            "{seq: [甲, 乙]}",
            "{any: [甲]}", "null", "", "\n", "  ", "(?P<a>", "{1000}", "\\", "5元", "百", "(?=",
        ]

    /// Of 100 each. The pack as it is comes first. Five hundred find what breaks, and take seconds.
    @Test(arguments: 0..<5)
    func `there is a rule set or an error, each with a place and in both languages`(round: Int) {
        for seed in UInt64(round * 100)..<UInt64(round * 100 + 100) {
            var random = SplitMix64(seed: seed)
            var texts = [Self.lexicon, Self.pack]
            for _ in 0..<(seed == 0 ? 0 : Int.random(in: 1...4, using: &random)) {
                let number = Int.random(in: 0..<2, using: &random)
                var tokens = Self.tokens(texts[number])
                let place = Int.random(in: 0..<tokens.count, using: &random)
                switch Int.random(in: 0..<5, using: &random) {
                case 0: tokens[place] = Self.pieces.randomElement(using: &random)!
                case 1: tokens.insert(Self.pieces.randomElement(using: &random)!, at: place)
                case 2: tokens.remove(at: place)
                case 3: tokens.swapAt(place, Int.random(in: 0..<tokens.count, using: &random))
                default:
                    let end = min(tokens.count, place + Int.random(in: 1...12, using: &random))
                    tokens.insert(contentsOf: tokens[place..<end], at: Int.random(in: 0...tokens.count, using: &random))
                }
                texts[number] = tokens.joined()
            }
            let loaded = Packs.load(texts[0], texts[1])
            let errors = loaded.problems.filter { $0.kind == .error }
            #expect((loaded.ruleSet == nil) == !errors.isEmpty, "seed \(seed)")
            if seed == 0 { #expect(loaded.problems.map(\.description) == []) }
            for problem in loaded.problems {
                let lines = texts[problem.location.file == "p0.yaml" ? 0 : 1].count { $0.isNewline } + 2
                #expect((1...lines).contains(problem.location.line) && problem.location.column >= 1, "seed \(seed)")
                #expect(problem.wording.chinese.isEmpty == problem.wording.english.isEmpty, "seed \(seed)")
            }
        }
    }

    /// Words, runs of blanks, and signs.
    private static func tokens(_ text: String) -> [String] {
        var tokens: [String] = []
        for character in text {
            let isWord = character.isLetter || character.isNumber || character == "_"
            if isWord, let last = tokens.last?.last, last.isLetter || last.isNumber || last == "_" {
                tokens[tokens.count - 1].append(character)
            } else {
                tokens.append(String(character))
            }
        }
        return tokens
    }
}

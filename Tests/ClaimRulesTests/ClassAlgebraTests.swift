@testable import ClaimRules
import TermMatching
import TestSupport
import Testing

/// Classes joined and lessened, against the sets of places that they mean.
@Suite struct `Class expressions` {
    private static let lexicon = """
        lexicon: x
        requires: claimwatch/2
        classes:
          a: [甲, 甲乙]
          b: [乙, 甲乙]
          c: ["@x.a", 丙]
          d: ["@x.a - [乙甲乙]", 丁]
          e: {terms: ["@x.b"], evasion: {gaps: 1}}
          or-more: [戊]
          甲类: [己]

        """

    /// What is written, and what is looked for: groups, words, and behind '-' where they do not count.
    @Test(arguments: [
        ("@x.a", "甲 甲乙"), ("@x.a|@x.b", "甲 甲乙 乙"), ("@x.b|@x.a", "乙 甲乙 甲"), ("@x.a|@x.a", "甲 甲乙"), ("@x.c", "丙 甲 甲乙"),
        ("@x.a | @x.b", "甲 甲乙 乙"), ("@x.a｜@x.b", "甲 甲乙 乙"), ("@x.a|[丁]", "甲 甲乙 丁"), ("@x.a|[丁, 戊]", "甲 甲乙 丁 戊"),
        ("@x.a|[丁，戊]", "甲 甲乙 丁 戊"), ("@x.a|[丁、 戊 ]", "甲 甲乙 丁 戊"), ("@x.a - [甲乙]", "甲 -甲乙"), ("@x.a -[甲乙]", "甲 -甲乙"),
        ("@x.a-[甲乙]", "甲 -甲乙"), ("@x.a - @x.b", "甲 -乙 -甲乙"), ("@x.a -@x.b", "甲 -乙 -甲乙"), ("@x.a-@x.b", "甲 -乙 -甲乙"),
        ("@x.a － [甲乙]", "甲 -甲乙"), ("@x.a - [甲乙] - [丙甲]", "甲 -甲乙 -丙甲"), ("@x.a - [甲乙]|[丙甲]", "甲 -甲乙 -丙甲"),
        ("@x.a|@x.b - [甲乙]", "甲 乙 -甲乙"), ("@x.a - [丙甲乙]", "甲 甲乙 -丙甲乙"), ("@x.b - @x.a", "乙 -甲 -甲乙"),
        ("@x.d", "丁 | 甲 甲乙 -乙甲乙"),
        ("@x.d - [丁甲]", "丁 -丁甲 | 甲 甲乙 -乙甲乙 -丁甲"), ("@x.d|@x.b", "丁 乙 甲乙 | 甲 甲乙 -乙甲乙"), ("@x.or-more", "戊"),
        ("@x.or-more - [戊己]", "戊 -戊己"), ("@x.甲类", "己"), ("@x.甲类|@x.or-more", "己 戊"), ("@x.e", "乙 甲乙"),
        ("@x.e|@x.a", "乙 甲乙 | 甲 甲乙"),
        ("@x.e - [甲乙丙]", "乙 甲乙 -甲乙丙"), ("@own", "己 庚"), ("@own|@x.a", "己 庚 | 甲 甲乙"), ("@own - [庚]", "己 -庚"),
        ("@mixed", "辛 | 甲 甲乙"),
        ("@mixed - [辛壬]", "辛 -辛壬 | 甲 甲乙 -辛壬"),
    ])
    func `stand for these words`(written: String, words: String) throws {
        let lists = "lists: {own: [己, 庚], mixed: [辛, \"@x.a\"]}\n"
        let rule = Packs.rule(["match": "match: \"\(written)\""])
        let loaded = Packs.load(Packs.one(rule, lists: lists, version: 2), Self.lexicon)
        #expect(loaded.problems.filter { $0.kind == .error } == [])
        let sets = Self.sets(try #require(loaded.rules.first).match)
        #expect(sets.map(Self.shown).joined(separator: " | ") == words)
    }

    /// 1,000 random classes, expressions and texts.
    @Test(arguments: UInt64(0)..<100) func `mean the places that their parts mean`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        func word() -> String {
            String((0..<Int.random(in: 1...3, using: &random)).map { _ in "甲乙丙".randomElement(using: &random)! })
        }
        func words() -> [String] {
            Array(Set((0..<Int.random(in: 1...3, using: &random)).map { _ in word() })).sorted()
        }
        let classes = ["a", "b", "c"].map { (name: $0, words: words()) }
        let named = Dictionary(uniqueKeysWithValues: classes.map { ($0.name, $0.words) })
        let (minuend, taken) = (words(), words())
        var text = "lexicon: x\nrequires: claimwatch/2\nclasses:\n"
        for (name, words) in classes { text += "  \(name): [\(words.joined(separator: ", "))]\n" }
        text += "  d: [\"@x.a - [\(minuend.joined(separator: ","))]\", \"@x.b\"]\n"
        let joined = ["a", "b", "c", "d"].shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random))
        let withWords = Bool.random(using: &random), withClass = Bool.random(using: &random)
        var written = joined.map { "@x.\($0)" }.joined(separator: "|")
        if withWords { written += " - [\(taken.joined(separator: ", "))]" }
        if withClass { written += " - @x.c" }
        let loaded = Packs.load(Packs.one(Packs.rule(["match": "match: \"\(written)\""]), version: 2), text)
        let sets = loaded.rules.first.map { Self.sets($0.match) } ?? []
        if sets.isEmpty { #expect(loaded.problems.contains { $0.code == .emptyDifference }, "\(written)") }
        for _ in 0..<10 {
            let line = (0..<Int.random(in: 1...8, using: &random)).map { _ in "甲乙丙".randomElement(using: &random)! }
            func places(_ words: [String]) -> Set<Range<Int>> {
                var found: Set<Range<Int>> = []
                for word in words.map(Array.init) {
                    for start in line.indices where line[start...].starts(with: word) {
                        found.insert(start..<(start + word.count))
                    }
                }
                return found
            }
            func without(_ places: Set<Range<Int>>, _ taken: Set<Range<Int>>) -> Set<Range<Int>> {
                places.filter { place in
                    !taken.contains { $0.lowerBound <= place.lowerBound && place.upperBound <= $0.upperBound }
                }
            }
            var meant = joined.reduce(into: Set<Range<Int>>()) { all, name in
                all.formUnion(
                    name == "d"
                        ? without(places(named["a"]!), places(minuend)).union(places(named["b"]!))
                        : places(named[name]!))
            }
            if withWords { meant = without(meant, places(taken)) }
            if withClass { meant = without(meant, places(named["c"]!)) }
            let read = sets.reduce(into: Set<Range<Int>>()) { all, set in
                all.formUnion(without(places(set.terms.map(\.text)), places(set.minus.map(\.text))))
            }
            #expect(read == meant, "seed \(seed): \(written) in \(String(line)), \(classes), d without \(minuend)")
        }
    }

    private static func sets(_ match: Rule.Match) -> [WordSet] {
        guard case .text(let expression) = match else { return [] }
        var sets: [WordSet] = []
        expression.forEachWordSet { sets.append($0) }
        return sets
    }

    private static func shown(_ set: WordSet) -> String {
        (set.terms.map(\.text) + set.minus.map { "-\($0.text)" }).joined(separator: " ")
    }
}

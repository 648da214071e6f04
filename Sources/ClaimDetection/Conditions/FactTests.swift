import ChineseText
import ClaimRules
import LiveEvents
import TermMatching

/// The facts that rules ask for, compiled: one index for all words of them.
///
/// ```
///     said 羊毛     listing: 材质: 聚酯纤维92% 氨纶8%     kinds found: polyester, spandex     differs: yes
///                  listing: no 材质                                                       unknown
/// ```
/// The texts of a listing are searched once, when a rule first asks; what was found stays until the room's listings or the
/// rules change.
struct FactTests {
    /// A test of a rule with its words as numbers.
    struct Question {
        var fact: Fact
        /// Of `attribute` the folded name of the attribute, of `said` the name of what was said.
        fileprivate var name: String?
        fileprivate var kind: NumberSlot.Kind
        /// Index into the facts that are searched.
        fileprivate var place: Int
        fileprivate var ask: Ask

        /// Whether what was said tells all.
        var asksNoListing: Bool {
            guard fact == .said else { return false }
            switch ask {
            case .above(.fact, _), .below(.fact, _): return false
            default: return true
            }
        }

        fileprivate var comparesPast: Bool {
            switch ask {
            case .above(.fact(.price7dMin), _), .below(.fact(.price7dMin), _): true
            default: false
            }
        }
    }

    fileprivate enum Ask {
        case words(Words, wanted: Bool)
        case said(String, Kinds, lacks: Bool)
        /// The other fact by its index into those that are searched.
        case fact(Int, Kinds)
        case above(FactTest.Operand, byPercent: Int)
        case below(FactTest.Operand, byPercent: Int)
        case isKnown(Bool)
    }

    fileprivate struct Words {
        var terms: Set<Int32>
        var minus: Set<Int32>
        var minScore: UInt8
        var wholeWords: Bool
    }

    /// The kinds of the words of a class.
    ///
    /// Kinds exclude each other within a family, which is what stands before the first _ of their names: of coffee_arabica,
    /// coffee_robusta and oil_olive only the first two. Kinds without one are one family.
    fileprivate struct Kinds {
        var ofTerm: [Int32: [Int]] = [:]
        var ofText: [String: [Int]] = [:]
        /// The family of each kind.
        var families: [Int] = []
    }

    /// A word found in a text of a fact.
    struct Found: Equatable {
        /// Index into the facts that are searched.
        var place: Int
        /// Which of the fact's texts.
        var text: Int
        var match: TermMatch
    }

    private let index: TermIndex?
    private let terms: [Term]
    /// The facts in whose texts words are looked for.
    private let searched: [Searched]

    fileprivate struct Searched: Equatable {
        var fact: Fact
        var name: String?
    }

    /// Gives the words of tests their numbers.
    struct Builder {
        private var numbers: [Term: Int32] = [:]
        fileprivate private(set) var terms: [Term] = []
        fileprivate private(set) var searched: [Searched] = []

        /// - Parameter rule: Whose kinds the test compares.
        mutating func question(_ test: FactTest, of rule: Rule) -> Question {
            let name = test.fact == .attribute ? test.name.map(FactNames.folded) : test.name
            return Question(
                fact: test.fact, name: name, kind: test.measure ?? .price, place: place(of: test.fact, name),
                ask: ask(test, of: rule))
        }

        private mutating func place(of fact: Fact, _ name: String? = nil) -> Int {
            let own = Searched(fact: fact, name: name)
            if let known = searched.firstIndex(of: own) { return known }
            searched.append(own)
            return searched.count - 1
        }

        private mutating func ask(_ test: FactTest, of rule: Rule) -> Ask {
            switch test.test {
            case .has(let set): .words(words(set), wanted: true)
            case .lacks(let set): .words(words(set), wanted: false)
            case .lacksSaid(let name, let className): .said(name, kinds(rule.kinds[className] ?? []), lacks: true)
            case .differsFromSaid(let name, let className):
                .said(name, kinds(rule.kinds[className] ?? []), lacks: false)
            case .differsFromFact(let other, let className):
                .fact(place(of: other), kinds(rule.kinds[className] ?? []))
            case .above(let operand, let percent): .above(operand, byPercent: percent)
            case .below(let operand, let percent): .below(operand, byPercent: percent)
            case .isKnown(let wanted): .isKnown(wanted)
            }
        }

        private mutating func words(_ set: WordSet) -> Words {
            Words(
                terms: numbers(of: set.terms), minus: numbers(of: set.minus + set.clearedBy), minScore: set.minScore,
                wholeWords: set.wholeWords)
        }

        private mutating func kinds(_ list: [WordKind]) -> Kinds {
            var kinds = Kinds()
            var families: [Substring: Int] = [:]
            for (kind, words) in list.enumerated() {
                let parts = words.name.split(separator: "_", maxSplits: 1)
                let family = parts.count > 1 ? parts[0] : ""
                families[family] = families[family] ?? families.count
                kinds.families.append(families[family] ?? 0)
                for term in words.terms {
                    kinds.ofTerm[number(of: term), default: []].append(kind)
                    kinds.ofText[term.text, default: []].append(kind)
                }
            }
            return kinds
        }

        private mutating func numbers(of list: [Term]) -> Set<Int32> {
            var found: Set<Int32> = []
            for term in list { found.insert(number(of: term)) }
            return found
        }

        private mutating func number(of term: Term) -> Int32 {
            if let known = numbers[term] { return known }
            numbers[term] = Int32(terms.count)
            terms.append(term)
            return Int32(terms.count - 1)
        }
    }

    init(_ builder: Builder) {
        terms = builder.terms
        searched = builder.searched
        // A word that no index takes (empty once folded) was refused when the pack was read; without an index every
        // question of words stays open.
        index = terms.isEmpty ? nil : try? TermIndex(terms)
    }

    /// Searches the texts of a listing. At most 1,024 words of one text are found.
    func search(_ listing: ActiveListing) -> [Found] {
        guard let index else { return [] }
        var buffer = MatchBuffer(capacity: 64, limit: 1_024)
        var found: [Found] = []
        for (place, own) in searched.enumerated() {
            for (number, text) in listing.texts(of: own.fact, named: own.name, at: 0).enumerated() {
                var bytes = text.text
                bytes.withUTF8 { bytes in
                    buffer.removeAll()
                    index.scan(bytes, into: &buffer)
                    // A name alone says nothing: 防水等级 is no 防水.
                    for match in buffer.found where match.end > text.labelBytes {
                        found.append(Found(place: place, text: number, match: match))
                    }
                }
            }
        }
        return found
    }

    // MARK: Truth

    /// What a listing says of a question.
    func truth(_ test: Question, _ claim: Claim, _ listing: ActiveListing, _ found: [Found]) -> Truth {
        switch test.ask {
        case .isKnown(let wanted):
            return Truth(listing.texts(of: test.fact, named: test.name, at: claim.timeMS).isEmpty != wanted)
        case .words(let words, let wanted):
            guard index != nil, !listing.texts(of: test.fact, named: test.name, at: claim.timeMS).isEmpty else {
                return .unknown
            }
            return Truth((first(of: words, in: test.place, found) != nil) == wanted)
        case .said(let name, let kinds, let lacks):
            guard let said = claim.said.first(where: { $0.name == name }), let own = kinds.ofText[said.term],
                !listing.texts(of: test.fact, named: test.name, at: claim.timeMS).isEmpty
            else { return .unknown }
            let there = Set(
                found.lazy.filter { $0.place == test.place }.flatMap { kinds.ofTerm[$0.match.term.number] ?? [] })
            if !there.isDisjoint(with: own) { return .no }
            return lacks || there.contains(where: { kinds.isRival($0, of: own) }) ? .yes : .unknown
        case .fact(let other, let kinds):
            func told(in place: Int) -> Set<Int> {
                Set(found.lazy.filter { $0.place == place }.flatMap { kinds.ofTerm[$0.match.term.number] ?? [] })
            }
            let (own, others) = (told(in: test.place), told(in: other))
            return own.isEmpty || others.isEmpty ? .unknown : Truth(own.isDisjoint(with: others))
        case .above(let operand, let percent):
            return compare(test, operand, percent, claim, listing) { fact, limit in fact.isAbove(limit) }
        case .below(let operand, let percent):
            return compare(test, operand, -percent, claim, listing) { fact, limit in limit.isAbove(fact) }
        }
    }

    /// The first word of a set in the texts of a fact that lies in none of what is taken out of the set.
    private func first(of words: Words, in place: Int, _ found: [Found]) -> Found? {
        found.first { word in
            guard word.place == place, words.terms.contains(word.match.term.number),
                word.match.score >= words.minScore, !(words.wholeWords && word.match.isEmbedded)
            else { return false }
            return !found.contains {
                $0.place == place && $0.text == word.text && words.minus.contains($0.match.term.number)
                    && $0.match.start <= word.match.start && word.match.end <= $0.match.end
            }
        }
    }

    // MARK: Amounts

    /// From the least to the most; nil is open.
    private struct Amount {
        var low: NumberValue
        var high: NumberValue?

        func isAbove(_ other: Amount) -> Truth {
            if let highest = other.high, low > highest { return .yes }
            if let high, high <= other.low { return .no }
            return .unknown
        }

        func times(percent: Int) -> Amount? {
            guard let factor = NumberValue(Int64(percent), exponent: -2), let low = low.multiplied(by: factor)
            else { return nil }
            guard let high else { return Amount(low: low, high: nil) }
            return high.multiplied(by: factor).map { Amount(low: low, high: $0) }
        }
    }

    private func compare(
        _ test: Question, _ operand: FactTest.Operand, _ percent: Int, _ claim: Claim, _ listing: ActiveListing,
        _ isBeyond: (Amount, Amount) -> Truth
    ) -> Truth {
        func said(_ name: String?) -> Amount? {
            claim.said.first { $0.name == name }.flatMap { self.amount(in: $0.text, test.kind) }
        }
        let amount = test.fact == .said ? said(test.name) : self.amount(of: test.fact, listing, claim.timeMS)
        guard let amount else { return .unknown }
        let limit: Amount?
        switch operand {
        case .value(let value): limit = Amount(low: value, high: value)
        case .said(let name): limit = said(name)
        case .fact(let other): limit = self.amount(of: other, listing, claim.timeMS)
        }
        guard let limit = limit?.times(percent: 100 + percent) else { return .unknown }
        return isBeyond(amount, limit)
    }

    private func amount(of fact: Fact, _ listing: ActiveListing, _ timeMS: Int64) -> Amount? {
        func fen(_ price: Int64?) -> Amount? { price.flatMap { NumberValue($0) }.map { Amount(low: $0, high: $0) } }
        switch fact {
        case .price: return fen(listing.facts.price)
        case .originalPrice: return fen(listing.facts.originalPrice)
        case .price7dMin:
            guard let (lowest, isWhole) = listing.facts.past?.minimum(before: timeMS), let most = NumberValue(lowest),
                let least = NumberValue(isWhole ? lowest : 0)
            else { return nil }
            return Amount(low: least, high: most)
        case .age: return age(of: .date, listing, timeMS)
        case .vintage: return span(of: fact, listing) ?? age(of: fact, listing, timeMS)
        default: return fact.measure == nil ? nil : span(of: fact, listing)
        }
    }

    /// From the least to the most that the texts of a fact tell: of 净含量 500g and 规格 1kg who can tell which is meant?
    private func span(of fact: Fact, _ listing: ActiveListing) -> Amount? {
        guard let kind = fact.measure else { return nil }
        let amounts = listing.texts(of: fact, at: 0).compactMap { self.amount(in: $0.text, kind) }
        guard var span = amounts.first else { return nil }
        for amount in amounts.dropFirst() {
            span.low = min(span.low, amount.low)
            span.high = span.high.flatMap { high in amount.high.map { max(high, $0) } }
        }
        return span
    }

    /// Seconds since the latest day that the texts of a fact name; nil if they name none, or one to come.
    private func age(of fact: Fact, _ listing: ActiveListing, _ timeMS: Int64) -> Amount? {
        let days = listing.texts(of: fact, at: 0).compactMap { WrittenDay.last(in: $0.text) }
        guard let last = days.max() else { return nil }
        let (age, isBeyond) = timeMS.subtractingReportingOverflow(ChinaDay.beginMS(last))
        guard !isBeyond, age >= 0, let seconds = NumberValue(age / 1_000) else { return nil }
        return Amount(low: seconds, high: seconds)
    }

    /// The one amount that a text tells; nil if it tells none or several.
    private func amount(in text: String, _ kind: NumberSlot.Kind) -> Amount? {
        let slot = try? NumberSlot(kind: kind, isBare: kind == .weight || kind == .price)
        var numbers = NumberBuffer()
        var text = text
        text.withUTF8 { NumberReader.read($0, into: &numbers) }
        var result: Amount?
        for number in 0..<numbers.count {
            guard let amount = slot?.amount(of: numbers[number]) else {
                if kind == .weight { return nil }
                continue
            }
            if result != nil { return nil }
            result = Amount(low: amount.low, high: amount.high)
        }
        return result
    }

    // MARK: Evidence

    /// Pieces of evidence of the listing's side that one claim may have.
    static let maxEvidence = 4
    /// The longest text of a fact shown as what was met, UTF-8 bytes.
    private static let maxShownBytes = 240

    /// What a listing says that bears a claim out: the words met, or the whole text where it is what it lacks.
    func evidence(
        _ tests: [Question], _ claim: Claim, _ listing: ActiveListing, _ found: [Found]
    ) -> [Alert.Evidence] {
        var result: [Alert.Evidence] = []
        for test in tests where result.count < Self.maxEvidence {
            guard truth(test, claim, listing, found) == .yes else { continue }
            var texts = listing.texts(of: test.fact, named: test.name, at: claim.timeMS)
            // What no record tells stands beside what it was compared with.
            if test.comparesPast { texts += listing.texts(of: .price7dMin, at: claim.timeMS) }
            var word: Found?
            var term = claim.said.first?.term ?? test.name ?? test.fact.rawValue
            switch test.ask {
            case .words(let words, wanted: true): word = first(of: words, in: test.place, found)
            case .said(let name, let kinds, lacks: false):
                term = claim.said.first { $0.name == name }?.term ?? term
                let own = kinds.ofText[term] ?? []
                word = found.first {
                    $0.place == test.place
                        && (kinds.ofTerm[$0.match.term.number] ?? []).contains { kinds.isRival($0, of: own) }
                }
            case .fact(_, let kinds):
                word = found.first { $0.place == test.place && kinds.ofTerm[$0.match.term.number] != nil }
            default: break
            }
            for text in word.map({ [texts[$0.text]] }) ?? Array(texts.prefix(test.comparesPast ? 2 : 1)) {
                guard let source = text.source else { continue }
                var bytes = String(text.text.utf8.dropFirst(text.labelBytes)) ?? ""
                let piece = bytes.withUTF8 { bytes -> Alert.Evidence in
                    let start = max(0, Int(word?.match.start ?? 0) - text.labelBytes)
                    let end =
                        word.map { max(start, Int($0.match.end) - text.labelBytes) }
                        ?? CodePoints.border(
                            in: bytes, atOrBefore: min(bytes.count, Self.maxShownBytes))
                    if let word { term = terms[Int(word.match.term.number)].text }
                    return Alert.Evidence(
                        source: source, field: text.field, segmentID: nil, startMS: text.timeMS, endMS: text.timeMS,
                        quote: EvidenceMaker.quote(around: start, end, in: bytes), span: start..<end,
                        matched: String(decoding: bytes[start..<min(end, start + 1_024)], as: UTF8.self), term: term,
                        path: .known(.literal), score: 1)
                }
                if !result.contains(piece) { result.append(piece) }
            }
        }
        return result
    }
}

extension FactTests.Kinds {
    /// Whether a kind is another one of the family of one of these.
    fileprivate func isRival(_ kind: Int, of own: [Int]) -> Bool {
        !own.contains(kind) && own.contains { families[$0] == families[kind] }
    }
}

extension TermID {
    fileprivate var number: Int32 { Int32(truncatingIfNeeded: index) }
}

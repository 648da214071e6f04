public import ClaimRules
public import LiveEvents

/// Which category of unlawful selling is seen by which rules and stands on which articles; and what of it a person has still
/// to look at.
public struct LawTable: Sendable {
    /// One category, with all rules that may say it.
    public struct Row: Sendable {
        public var category: String
        /// nil for a name that the taxonomy does not have.
        public var known: Taxonomy.Category?
        public var rules: [Rule]
        /// In the order of laws and articles.
        public var articles: [Article]

        public func count(_ status: Rule.Status) -> Int { rules.count { $0.status == status } }
    }
    /// One article, and whom it is held against.
    public struct Article: Sendable {
        public var basis: LegalBasis
        public var isInForce: Bool
        public var reach: Reach
        /// The rules that cite it for the category.
        public var rules: [RuleID]
    }
    /// Whom and what an article is held against, of all that cite it: nil or empty is no limit.
    public struct Reach: Hashable, Sendable {
        public var channels: Set<Rule.Target>
        public var roles: Set<SpeakerRole>?
        /// Sellers, others, or both.
        public var sellers: Set<Bool>?
        public var goods: Set<String>?
        /// Goods that no rule means.
        public var excluded: Set<String>

        mutating func formUnion(_ other: Self) {
            channels.formUnion(other.channels)
            roles = Self.union(roles, other.roles)
            sellers = Self.union(sellers, other.sellers)
            if sellers?.count == 2 { sellers = nil }
            goods = Self.union(goods, other.goods)
            excluded.formIntersection(other.excluded)
        }

        private static func union<Value>(_ a: Set<Value>?, _ b: Set<Value>?) -> Set<Value>? {
            if let a, let b { a.union(b) } else { nil }
        }
    }
    /// A question of law that rules leave to a person.
    public struct Question: Sendable {
        public var question: OpenQuestion
        /// The rule that asks it; or all of the pack.
        public var rules: [Rule]
    }
    /// Something the table lacks.
    public enum Gap: Hashable, Sendable {
        case noRule(String)
        /// All rules are on trial or off.
        case noneStable(String)
        case noneInForce(String)
        /// A rule that is stable, and a basis of it without the day on which it began.
        case noFirstDay(RuleID, LegalBasis)
    }

    /// yyyy-MM-dd, in China.
    public private(set) var day: String
    /// The taxonomy in its order, categories without a rule too; then names of the packs' own.
    public private(set) var rows: [Row]
    public private(set) var questions: [Question]
    public private(set) var gaps: [Gap]

    /// - Parameter needsAll: Whether every category of the taxonomy is looked for. A few packs of a site need not have all.
    public init(_ rules: [Rule], on day: String, needsAll: Bool = true) {
        self.day = day
        var members: [String: [Rule]] = [:]
        var articles: [String: [LegalBasis: Article]] = [:]
        for rule in rules {
            for (category, bases, reach) in Self.meanings(of: rule) {
                if members[category]?.last?.id != rule.id { members[category, default: []].append(rule) }
                for basis in bases {
                    if var known = articles[category]?[basis] {
                        known.reach.formUnion(reach)
                        if known.rules.last != rule.id { known.rules.append(rule.id) }
                        articles[category]?[basis] = known
                    } else {
                        articles[category, default: [:]][basis] = Article(
                            basis: basis, isInForce: basis.isInForce(on: day), reach: reach, rules: [rule.id])
                    }
                }
            }
        }
        let taxonomy = Taxonomy.categories.filter { needsAll || members[$0.id] != nil }
        let others = members.keys.filter { Taxonomy.category($0) == nil }.sorted()
        rows = (taxonomy.map(\.id) + others).map { id in
            Row(
                category: id, known: Taxonomy.category(id), rules: members[id] ?? [],
                articles: (articles[id] ?? [:]).values.sorted { Self.precedes($0.basis, $1.basis) })
        }
        questions = Self.questions(of: rules)
        gaps = rows.flatMap(Self.gaps)
        for rule in rules where rule.status == .stable {
            let bases = Self.meanings(of: rule).flatMap(\.bases)
            var seen: Set<LegalBasis> = []
            gaps += bases.filter { $0.from == nil && seen.insert($0).inserted }.map { .noFirstDay(rule.id, $0) }
        }
    }

    private static func gaps(in row: Row) -> [Gap] {
        if row.rules.isEmpty { return row.known?.unseen == nil ? [.noRule(row.category)] : [] }
        return (row.count(.stable) == 0 ? [.noneStable(row.category)] : [])
            + (row.articles.contains(where: \.isInForce) ? [] : [.noneInForce(row.category)])
    }

    /// What a rule may say: category, articles, and of whom.
    private static func meanings(of rule: Rule) -> [(category: String, bases: [LegalBasis], reach: Reach)] {
        func reach(_ when: Applicability) -> Reach {
            let scopes = [rule.product, when.product].compactMap { $0 }
            let named = scopes.last { !$0.categories.isEmpty }?.categories
            return Reach(
                channels: when.channel.map { [$0] } ?? rule.targets,
                roles: when.roles.isEmpty ? nil : Set(when.roles), sellers: when.isSeller.map { [$0] },
                goods: named.map(Set.init), excluded: Set(scopes.flatMap(\.excluded)))
        }
        guard !rule.bindings.isEmpty else { return [(rule.category, rule.legalBasis, reach(Applicability()))] }
        return rule.bindings.map {
            ($0.category ?? rule.category, $0.legalBasis ?? rule.legalBasis, reach($0.when))
        }
    }

    private static func questions(of rules: [Rule]) -> [Question] {
        var order: [OpenQuestion] = []
        var askers: [OpenQuestion: [Rule]] = [:]
        for rule in rules {
            for question in rule.openQuestions {
                if askers[question] == nil { order.append(question) }
                askers[question, default: []].append(rule)
            }
        }
        let places = order.sorted {
            ($0.location.file, $0.location.line, $0.location.column) < (
                $1.location.file, $1.location.line, $1.location.column
            )
        }
        return places.map { Question(question: $0, rules: askers[$0] ?? []) }
    }

    /// Laws by name, articles in the order of their law.
    public static func precedes(_ a: LegalBasis, _ b: LegalBasis) -> Bool {
        (a.law, number(ofArticle: a.article), a.article, a.from ?? "")
            < (b.law, number(ofArticle: b.article), b.article, b.from ?? "")
    }

    /// 第二十八条第二款 is 28: articles in the order of their law. What is not written so comes last.
    public static func number(ofArticle article: String) -> Int {
        let digits = article.drop { $0 != "第" }.dropFirst().prefix { $0 != "条" }
        if let number = Int(digits) { return number }
        var (number, digit) = (0, 0)
        for character in digits {
            switch character {
            case "百": (number, digit) = (number + max(1, digit) * 100, 0)
            case "十": (number, digit) = (number + max(1, digit) * 10, 0)
            case "零": digit = 0
            default:
                guard let place = Array("一二三四五六七八九").firstIndex(of: character) else { return .max }
                digit = place + 1
            }
        }
        return digits.isEmpty ? .max : number + digit
    }
}

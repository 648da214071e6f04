import ClaimRules
import LiveEvents
import TermMatching
import Testing

@testable import ClaimDetection

/// One lexical rule that means one claim of food, another of health food, and another of the rest.
private func cure(
    bindings: [Binding], product: Rule.ProductScope? = nil, threshold: Int = 1, windowMS: Int64 = 600_000
) -> Rule {
    var cure = rule("cure", parts: [["根治"]], product: product, windowMS: windowMS, threshold: threshold)
    cure.bindings = bindings
    cure.severity = .medium
    return cure
}

private func when(
    _ categories: [String] = [], channel: Rule.Target? = nil, roles: [SpeakerRole] = [], seller: Bool? = nil
) -> Applicability {
    Applicability(
        product: categories.isEmpty ? nil : .init(categories: categories, excluded: []), channel: channel,
        roles: roles, isSeller: seller)
}

private let healthFood = Binding(
    when: when(["保健食品"]), category: "healthfood.disease",
    legalBasis: [.init(law: "广告法", article: "第十八条")], severity: .critical)
private let food = Binding(
    when: when(["食品"]), category: "food.treatment", legalBasis: [.init(law: "食品安全法", article: "第七十三条")],
    severity: .high)
private let other = Binding(when: when(), category: "general.medical")

@Suite struct `Bindings` {
    private static let set = ruleSet(cure(bindings: [healthFood, food, other]))

    struct Row: CustomTestStringConvertible {
        var name: String
        var shelf: [Step]
        var listing = ""
        var category: String
        var severity: Severity
        var possible: [String] = []
        var testDescription: String { name }
    }

    @Test(arguments: [
        Row(
            name: "nothing listed: the gravest", shelf: [], category: "healthfood.disease", severity: .critical,
            possible: ["healthfood.disease", "food.treatment", "general.medical"]),
        Row(
            name: "health food", shelf: [.listing("a", "胶囊", category: "保健食品/胶囊")], category: "healthfood.disease",
            severity: .critical),
        Row(name: "food", shelf: [.listing("a", "蜂蜜", category: "食品/蜂蜜")], category: "food.treatment", severity: .high),
        Row(
            name: "the rest", shelf: [.listing("a", "袜子", category: "服饰")], category: "general.medical",
            severity: .medium),
        Row(
            name: "a listing without category", shelf: [.listing("a", "x")], category: "healthfood.disease",
            severity: .critical, possible: ["healthfood.disease", "food.treatment", "general.medical"]),
        Row(
            name: "food and clothes, none explained: not health food",
            shelf: [.listing("a", "x", category: "食品"), .listing("b", "y", category: "服饰")],
            category: "food.treatment", severity: .high, possible: ["food.treatment", "general.medical"]),
        Row(
            name: "two foods", shelf: [.listing("a", "x", category: "食品"), .listing("b", "y", category: "食品/酒")],
            category: "food.treatment", severity: .high),
        Row(
            name: "the one named", shelf: [.listing("a", "x", category: "食品"), .listing("b", "y", category: "服饰")],
            listing: "b", category: "general.medical", severity: .medium),
        Row(
            name: "one named that has not come, beside one that has", shelf: [.listing("a", "x", category: "服饰")],
            listing: "z", category: "healthfood.disease", severity: .critical,
            possible: ["healthfood.disease", "food.treatment", "general.medical"]),
    ])
    func `depend on the goods`(row: Row) throws {
        let rooms = RoomStore(ruleSet: Self.set)
        rooms.play(row.shelf)
        let alert = try #require(rooms.play([.say("根治", listing: row.listing)], from: 9).first)
        #expect(alert.rule.category == row.category)
        #expect(alert.rule.severity == .known(row.severity))
        #expect(alert.bindings.map(\.category) == row.possible)
        #expect(alert.categoryUnresolved == !row.possible.isEmpty)
        #expect(alert.rule.id == "cure")
    }

    @Test func `that none fit raise nothing, and those that may fit do`() {
        let set = ruleSet(cure(bindings: [healthFood, food]))
        let rooms = RoomStore(ruleSet: set)
        #expect(rooms.play([.listing("a", "袜子", category: "服饰"), .say("根治")]).isEmpty)
        #expect(RoomStore(ruleSet: set).play([.say("根治")]).map(\.rule.category) == ["healthfood.disease"])
    }

    struct Speech: CustomTestStringConvertible {
        var name: String
        var when: Applicability
        var role = SpeakerRole.host
        var seller: Bool?
        var isListing = false
        var truth: Truth
        var testDescription: String { name }
    }

    @Test(arguments: [
        Speech(name: "in speech", when: when(channel: .speech), truth: .yes),
        Speech(name: "not in a listing", when: when(channel: .listing), truth: .no),
        Speech(name: "in a listing", when: when(channel: .listing), isListing: true, truth: .yes),
        Speech(name: "by its role", when: when(roles: [.host, .ai]), truth: .yes),
        Speech(name: "not by another's", when: when(roles: [.guest]), truth: .no),
        Speech(name: "nobody speaks in a listing", when: when(roles: [.host]), isListing: true, truth: .no),
        Speech(name: "the seller", when: when(seller: true), seller: true, truth: .yes),
        Speech(name: "not the seller", when: when(seller: true), seller: false, truth: .no),
        Speech(name: "perhaps the seller", when: when(seller: true), truth: .unknown),
        Speech(name: "who writes a listing sells", when: when(seller: true), isListing: true, truth: .yes),
        Speech(name: "all must hold", when: when(channel: .speech, seller: false), seller: true, truth: .no),
        Speech(name: "no is surer than unknown", when: when(["食品"], roles: [.ai]), truth: .no),
    ])
    func `depend on where and by whom it is said`(row: Speech) throws {
        let set = ruleSet(cure(bindings: [Binding(when: row.when, category: "a", severity: .high), other]))
        let step: Step = row.isListing ? .listing("a", "根治") : .say("根治", role: row.role, isSeller: row.seller)
        let alert = try #require(RoomStore(ruleSet: set).play([step]).first)
        switch row.truth {
        case .yes: #expect(alert.rule.category == "a" && alert.bindings.isEmpty)
        case .no: #expect(alert.rule.category == "general.medical" && alert.bindings.isEmpty)
        case .unknown: #expect(alert.rule.category == "a" && alert.bindings.count == 2)
        }
    }

    @Test func `leave to the rule what they do not say`() throws {
        let rooms = RoomStore(ruleSet: Self.set)
        let alert = try #require(rooms.play([.listing("a", "袜子", category: "服饰"), .say("根治")]).first)
        #expect(alert.rule.legalBasis == [.init(law: "广告法", article: "第十七条")])
        #expect(alert.rule.severity == .known(.medium))
    }

    @Test func `an assistant speaks for the seller`() {
        let set = ruleSet(rule("best", parts: [["最好"]]))
        let tracks = RoomStore(ruleSet: set).play([
            .say("最好", room: "r1", role: .assistant), .say("最好", room: "r2", role: .host),
            .say("最好", room: "r3", role: .ai), .say("最好", room: "r4", role: .host, isSeller: true),
        ]).map(\.rule.legalTrack)
        #expect(tracks == [.known(.aucl), .known(.adLaw), .known(.adLaw), .known(.aucl)])
    }
}

@Suite struct `A listing that comes later` {
    private static let set = ruleSet(cure(bindings: [healthFood, food, other]))

    @Test func `corrects category, law and severity under the same id`() throws {
        let alerts = RoomStore(ruleSet: Self.set).play([
            .say("根治", listing: "a"), .listing("a", "蜂蜜", category: "食品/蜂蜜", at: 1_030_000),
        ])
        try #require(alerts.count == 2)
        #expect(alerts[0].alertID == alerts[1].alertID)
        #expect(alerts.map(\.revision) == [1, 2])
        #expect(alerts.map(\.rule.category) == ["healthfood.disease", "food.treatment"])
        #expect(alerts.map(\.rule.severity) == [.known(.critical), .known(.high)])
        #expect(alerts[1].rule.legalBasis.map(\.law) == ["食品安全法"])
        #expect(alerts.map(\.categoryUnresolved) == [true, false])
        #expect(alerts[1].bindings.isEmpty)
        #expect(alerts[1].listing?.title == "蜂蜜")
        #expect(alerts[1].eventTimeMS == alerts[0].eventTimeMS)
        #expect(alerts[1].speaker == alerts[0].speaker)
        #expect(alerts[1].evidence == alerts[0].evidence)
        #expect(alerts[1].state == nil)
    }

    @Test func `says nothing when nothing changes, when another listing comes, or when the window is over`() {
        let say = Step.say("根治", listing: "a")
        let rooms = RoomStore(ruleSet: Self.set)
        #expect(rooms.play([say, .listing("b", "x", category: "食品")]).count == 1)
        #expect(rooms.play([.listing("a", "x")], from: 2).isEmpty == false)
        #expect(rooms.play([.listing("a", "y")], from: 3).isEmpty)
        let late = RoomStore(ruleSet: Self.set)
        #expect(late.play([say, .listing("a", "x", category: "食品", at: 1_200_000)]).count == 1)
    }

    @Test func `withdraws what the rule does not speak of`() throws {
        let set = ruleSet(cure(bindings: [healthFood, food]))
        let rooms = RoomStore(ruleSet: set)
        let alerts = rooms.play([.say("根治", listing: "a"), .listing("a", "袜子", category: "服饰", at: 1_030_000)])
        #expect(alerts.map(\.state) == [nil, .known(.withdrawn)])
        // Another hit of other goods stands again.
        let more = rooms.play([.listing("b", "蜂蜜", category: "食品"), .say("根治", listing: "b")], from: 2)
        #expect(more.map(\.state) == [nil])
        #expect(more.map(\.rule.category) == ["food.treatment"])
    }

    @Test func `below the threshold corrects in silence`() {
        let set = ruleSet(cure(bindings: [healthFood, food, other], threshold: 2))
        let alerts = RoomStore(ruleSet: set).play([
            .say("根治", listing: "a"), .listing("a", "袜子", category: "服饰"),
            .say("根治", at: 1_062_000, listing: "a"),
        ])
        #expect(alerts.map(\.rule.category) == ["general.medical"])
        #expect(alerts.map(\.revision) == [1])
    }

    @Test func `a graver hit does not wait for the hits to double, and stays`() {
        let rooms = RoomStore(ruleSet: Self.set)
        rooms.play([.listing("a", "袜子", category: "服饰"), .listing("b", "胶囊", category: "保健食品")])
        let mild = Step.say("根治", listing: "a")
        let alerts = rooms.play([mild, mild, mild, .say("根治", listing: "b"), mild, mild, mild, mild], from: 2)
        // 1, 2 and 4 hits, which is also the graver one, then 8.
        #expect(alerts.map(\.occurrences) == [1, 2, 4, 8])
        #expect(alerts.map(\.rule.category).suffix(2) == ["healthfood.disease", "healthfood.disease"])
        #expect(alerts[3].evidence.count == 4)
        #expect(alerts[3].bindings.map(\.category) == ["healthfood.disease", "general.medical"])
        let five = rooms.play([.say("根治", room: "r2"), .listing("b", "胶囊", category: "保健食品", room: "r2")], from: 20)
        #expect(five.count == 2)
    }

    @Test(arguments: [false, true])
    func `a binding that moved, or went, is not taken for the one in its place`(restarts: Bool) {
        let drug = Binding(when: when(["药品"]), category: "drug", severity: .low)
        func later(_ bindings: [Binding]) -> [Alert] {
            let before = RoomStore(ruleSet: ruleSet(cure(bindings: [food, other])))
            before.play([
                .listing("a", "蜂蜜", category: "食品"), .listing("b", "袜子", category: "服饰"), .say("根治", listing: "a"),
            ])
            let set = ruleSet(cure(bindings: bindings))
            var rooms = before
            if restarts {
                var log = Changelog()
                log.take(from: before)
                rooms = RoomStore(ruleSet: set)
                #expect(log.restore(into: rooms).unreadable.isEmpty)
            } else {
                rooms.use(set)
            }
            return rooms.play([.say("根治", listing: "b")], from: 3)
        }
        // The gravest hit of the window leads.
        #expect(later([drug, food, other]).map(\.rule.category) == ["food.treatment"])
        #expect(later([drug, food, other]).map(\.rule.severity) == [.known(.high)])
        #expect(later([drug, other]).map(\.rule.category) == ["general.medical"])
        #expect(later([]).map(\.rule.category) == ["cure"])
    }

    @Test func `a graver hit is due at once`() {
        let rooms = RoomStore(ruleSet: Self.set)
        rooms.play([.listing("a", "袜子", category: "服饰"), .listing("b", "胶囊", category: "保健食品")])
        let mild = Step.say("根治", listing: "a")
        let grave = Step.say("根治", listing: "b")
        let alerts = rooms.play([mild, mild, grave, grave, mild], from: 2)
        #expect(alerts.map(\.occurrences) == [1, 2, 3])
        #expect(alerts.last?.rule.severity == .known(.critical))
    }
}

@Suite struct `What stands around a claim` {
    private static func around(_ text: String, _ action: Guard.Action) -> Guard {
        Guard(
            name: "around-\(action.rawValue)", scope: .unit(.clause), words: WordSet(terms: [Term(text)]),
            action: action)
    }

    private static func guarded(bindings: [Binding] = []) -> RuleSet {
        var cure = cure(bindings: bindings)
        cure.severity = .high
        cure.guards = [around("吗", .lower), around("听说", .mark), around("不能", .clear)]
        cure.exemptions = [
            ExemptWords(.goal, around("争取", .clear)), ExemptWords(.own, around("我们家自己", .clear)),
        ]
        return ruleSet(cure)
    }

    struct Row: CustomTestStringConvertible {
        var text: String
        var severity: Severity?
        var guards: [String] = []
        var exemptions: [String] = []
        var testDescription: String { text }
    }

    @Test(arguments: [
        Row(text: "根治", severity: .high), Row(text: "不能根治", severity: nil),
        Row(text: "能根治吗", severity: .medium, guards: ["around-lower"]),
        Row(text: "听说能根治", severity: .high, guards: ["around-mark"]),
        Row(text: "听说能根治吗", severity: .medium, guards: ["around-lower", "around-mark"]),
        Row(text: "争取根治", severity: .medium, exemptions: ["exempt:goal"]),
        Row(
            text: "我们家自己争取根治吗", severity: .medium, guards: ["around-lower"], exemptions: ["exempt:goal", "exempt:self"]),
    ])
    func `lowers it by one step, or marks it`(row: Row) {
        let alerts = RoomStore(ruleSet: Self.guarded()).play([.say(row.text)])
        #expect(alerts.first?.rule.severity == row.severity.map(OpenEnum.known))
        #expect(alerts.first?.guards.map(\.name) ?? [] == row.guards)
        #expect(alerts.first?.exemptions ?? [] == row.exemptions)
        #expect(alerts.first?.state == nil)
    }

    @Test func `does not lower where the law leaves exemptions no room`() {
        var strict = Binding(when: when())
        strict.exemptionsLower = false
        let set = Self.guarded(bindings: [strict])
        let alerts = RoomStore(ruleSet: set).play([.say("争取根治"), .say("能根治吗", room: "r2")])
        #expect(alerts.map(\.rule.severity) == [.known(.high), .known(.medium)])
        #expect(alerts.first?.exemptions == ["exempt:goal"])
    }

    @Test func `a plain claim behind one that is lowered is published at once, also after a restart`() {
        let set = Self.guarded()
        // Too far apart for speech to be carried over.
        let said = ["能根治吗", "能根治吗", "能根治", "争取根治"].enumerated().map {
            Step.say($1, at: 1_000_000 + Int64($0) * 20_000)
        }
        let whole = RoomStore(ruleSet: set).play(said)
        #expect(whole.map(\.rule.severity) == [.known(.medium), .known(.medium), .known(.high)])
        for cut in 1..<said.count {
            let first = RoomStore(ruleSet: set)
            var alerts = first.play(Array(said[..<cut]))
            var log = Changelog()
            log.take(from: first)
            let second = RoomStore(ruleSet: set)
            log.restore(into: second)
            alerts += second.play(Array(said[cut...]), from: Int64(cut))
            #expect(alerts == whole)
        }
    }
}

@Suite struct `Dates and places` {
    /// 2026-02-01 00:00 in China.
    private static let midnight: Int64 = 1_769_875_200_000

    @Test(
        arguments: [
            ("2026-02-01", nil, -1_001, false), ("2026-02-01", nil, -1_000, true), (nil, "2026-01-31", -1_001, true),
            (nil, "2026-01-31", -1_000, false), ("2026-02-01", "2026-02-01", 86_400_000 - 1_001, true),
            ("2026-02-01", "2026-02-01", 86_400_000 - 1_000, false), (nil, nil, 0, true),
        ] as [(String?, String?, Int64, Bool)])
    func `a rule is in force from midnight to midnight in China`(
        from: String?, to: String?, offsetMS: Int64, isInForce: Bool
    ) {
        var best = rule("best", parts: [["最好"]])
        (best.from, best.to) = (from, to)
        // A segment's time is its end, a second after its start.
        let alerts = RoomStore(ruleSet: ruleSet(best)).play([.say("最好", at: Self.midnight + offsetMS)])
        #expect(alerts.isEmpty == !isInForce)
        let listing = Step.listing("a", "最好", at: Self.midnight + offsetMS + 1_000)
        #expect(RoomStore(ruleSet: ruleSet(best)).play([listing]).isEmpty == !isInForce)
    }

    @Test func `an alert cites what was in force on the day of the event`() {
        let old = LegalBasis(law: "商标法", article: "第五十七条", from: "2014-05-01", to: "2026-12-31")
        let new = LegalBasis(law: "商标法", article: "第七十二条", from: "2027-01-01")
        let always = LegalBasis(law: "广告法", article: "第九条")
        let calendar = LawCalendar([old, new, always])
        func cited(_ day: String) -> [LegalBasis] {
            calendar.inForce(in: calendar.epoch(of: ChinaDay.parse(day)!))
        }
        #expect(cited("2014-04-30") == [always])
        #expect(cited("2014-05-01") == [old, always])
        #expect(cited("2026-12-31") == [old, always])
        #expect(cited("2027-01-01") == [new, always])
        // Of no article in force all are shown, with their dates.
        let ended = LawCalendar([old])
        #expect(ended.inForce(in: ended.epoch(of: ChinaDay.parse("2027-01-01")!)) == [old])
    }

    @Test func `an alert of the days before and after cites different articles`() {
        var binding = Binding(when: when())
        binding.legalBasis = [
            .init(law: "商标法", article: "第五十七条", to: "2026-01-31"),
            .init(law: "商标法", article: "第七十二条", from: "2026-02-01"),
        ]
        let rooms = RoomStore(ruleSet: ruleSet(cure(bindings: [binding])))
        let alerts = rooms.play([
            .say("根治", at: Self.midnight - 1_001), .say("根治", room: "r2", at: Self.midnight - 1_000),
        ])
        #expect(alerts.map { $0.rule.legalBasis.map(\.article) } == [["第五十七条"], ["第七十二条"]])
    }

    @Test(
        arguments: [
            ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2026-02-01", 20_485),
            ("9999-12-31", 2_932_896),
        ] as [(String, Int32)])
    func `days are counted`(text: String, day: Int32) { #expect(ChinaDay.parse(text) == day) }

    @Test(arguments: ["", "2026", "2026-13-01", "2026-00-01", "2026-01-32", "x-01-01", "2026-01-01-01", "2026-02"])
    func `what is no day is none`(text: String) { #expect(ChinaDay.parse(text) == nil) }

    @Test(arguments: [Int64.min, -1, 0, 57_600_000 - 1, 57_600_000, .max])
    func `any time has a day`(timeMS: Int64) {
        let day = ChinaDay.of(timeMS)
        if timeMS == -1 || timeMS == 0 || timeMS == 57_600_000 - 1 { #expect(day == 0) }
        if timeMS == 57_600_000 { #expect(day == 1) }
    }

    @Test func `a rule of one place is silent elsewhere, and speaks where the place is not known`() {
        var local = rule("best", parts: [["最好"]])
        local.jurisdictions = ["3207", "320812"]
        func regions(_ region: String?) -> Bool {
            var event = ListingEvent(
                platform: "douyin", roomID: "r1", sessionID: "s1", listingID: "a", action: .explaining, timeMS: 1)
            event.seller = .init(region: region)
            event.title = "最好"
            let rooms = RoomStore(ruleSet: ruleSet(local))
            let written = !rooms.play([.list(event)]).isEmpty
            let said = !rooms.play([.say("最好", room: "r1", at: 10_000_000)], from: 1).isEmpty
            #expect(written == said)
            return said
        }
        #expect(regions(nil))
        #expect(regions("320706"))
        #expect(regions("320812"))
        #expect(!regions("320811"))
        #expect(!regions("3201"))
        #expect(!regions("32"))
    }
}

@Suite struct `Three values` {
    @Test func `follow Kleene`() {
        let all: [Truth] = [.no, .unknown, .yes]
        for a in all {
            #expect((a && .no) == .no)
            #expect((a && .yes) == a)
            #expect((a || .yes) == .yes)
            #expect((a || .no) == a)
            #expect(!(!a) == a)
            for b in all {
                #expect((a && b) == (b && a))
                #expect(!(a && b) == (!a || !b))
            }
        }
        #expect((.unknown && .unknown) == Truth.unknown)
        #expect((!Truth.unknown) == .unknown)
        #expect([Truth.yes, .yes].agreement { $0 } == .yes)
        #expect([Truth.no, .no].agreement { $0 } == .no)
        #expect([Truth.no, .yes].agreement { $0 } == .unknown)
        #expect([Truth]().agreement { $0 } == .unknown)
    }
}

import ChineseText
import ClaimRules
import LiveEvents
import TermMatching
import Testing

@testable import ClaimDetection

private let fibre = [
    WordKind("silk", [Term("真丝"), Term("桑蚕丝")]), WordKind("polyester", [Term("涤纶"), Term("聚酯纤维")]),
    WordKind("wool", [Term("羊毛")]), WordKind("spandex", [Term("氨纶")]),
]

/// Two families.
private let trade = [
    WordKind("coffee_arabica", [Term("阿拉比卡")]), WordKind("coffee_robusta", [Term("罗布斯塔")]),
    WordKind("pan_bare", [Term("无涂层"), Term("没有涂层")]), WordKind("pan_coated", [Term("特氟龙"), Term("涂层:有")]),
]

private func words(_ texts: String...) -> WordSet { WordSet(terms: texts.map { Term($0) }) }

private func said(_ term: String, _ text: String? = nil) -> Claim.Said {
    Claim.Said(name: "said", term: term, text: text ?? term)
}

private func listing(
    _ id: String = "a", title: String? = nil, category: String? = nil, price: Int64? = nil, original: Int64? = nil,
    certificates: [String] = [], attributes: KeyValuePairs<String, String> = [:], region: String? = nil
) -> ListingEvent {
    var event = ListingEvent(
        platform: "douyin", roomID: "r1", sessionID: "s1", listingID: id, action: .listed, timeMS: 1_000_000)
    (event.title, event.category, event.priceCents, event.originalPriceCents) = (title, category, price, original)
    event.certificates = certificates
    event.seller = region.map { .init(region: $0) }
    event.attributes = attributes.map { .init(name: $0.key, value: $0.value) }
    return event
}

@Suite struct `Facts of a listing` {
    struct Row: CustomTestStringConvertible {
        var name: String
        var test: FactTest
        var listings: [ListingEvent]
        var said: [Claim.Said] = []
        var truth: Truth
        var testDescription: String { name }
    }

    private static let differs = FactTest(.material, .differsFromSaid("said", className: "fibre"))
    private static let lacks = FactTest(.material, .lacksSaid("said", className: "fibre"))
    private static let rival = FactTest(.attributes, .differsFromSaid("said", className: "trade"))
    private static let unlike = FactTest(.entries, .differsFromSaid("said", className: "trade"))
    private static let away = FactTest(.origin, .differsFromFact(.sellerRegion, className: "place"))
    private static let place = [WordKind("jiangsu", [Term("江苏"), Term("连云港")]), WordKind("fujian", [Term("福建")])]
    private static let farmed = FactTest(.attribute, .has(words("散养")), name: "养殖方式")
    private static let cheaper = FactTest(.said, .below(.said("was"), byPercent: 50), name: "now", kind: .price)
    private static func was(_ was: String, _ now: String) -> [Claim.Said] {
        [Claim.Said(name: "was", term: "", text: was), Claim.Said(name: "now", term: "", text: now)]
    }
    private static let hasSilk = FactTest(.material, .has(words("真丝")))
    private static let noAnswer = listing(title: "毛衣")
    private static let above = FactTest(.originalPrice, .above(.fact(.price), byPercent: 10))

    @Test(arguments: [
        Row(
            name: "an attribute by its name", test: farmed, listings: [listing(attributes: ["养殖方式": "笼养"])],
            truth: .no),
        Row(
            name: "an attribute in other signs", test: farmed, listings: [listing(attributes: ["養殖 方式：": "林下散养"])],
            truth: .yes),
        Row(
            name: "all attributes, whatever their names", test: FactTest(.attributes, .has(words("袋料"))),
            listings: [listing(title: "袋料", attributes: ["怎么种的": "袋料"])], truth: .yes),
        Row(
            name: "all attributes are not the title", test: FactTest(.attributes, .has(words("袋料"))),
            listings: [listing(title: "袋料", attributes: ["颜色": "黑"])], truth: .no),
        Row(
            name: "the listing is the title, too", test: FactTest(.listing, .has(words("袋料"))),
            listings: [listing(title: "袋料木耳")], truth: .yes),
        Row(
            name: "an attribute with its name", test: FactTest(.entries, .has(words("涂层:无"))),
            listings: [listing(attributes: ["内胆 涂层：": "无"])], truth: .yes),
        Row(
            name: "a word in the name alone", test: FactTest(.entries, .has(words("涂层"))),
            listings: [listing(attributes: ["涂层": "无"])], truth: .no),
        Row(
            name: "another kind of the family that was said", test: rival,
            listings: [listing(attributes: ["豆种": "罗布斯塔"])],
            said: [said("阿拉比卡")], truth: .yes),
        Row(
            name: "a kind of another family", test: rival, listings: [listing(attributes: ["内壁": "特氟龙"])],
            said: [said("阿拉比卡")], truth: .unknown),
        Row(
            name: "a kind of each family", test: rival, listings: [listing(attributes: ["豆种": "罗布斯塔", "内壁": "特氟龙"])],
            said: [said("没有涂层")], truth: .yes),
        Row(
            name: "what was said to be missing", test: unlike, listings: [listing(attributes: ["内胆涂层": "有"])],
            said: [said("没有涂层")], truth: .yes),
        Row(
            name: "an origin in another province than the seller", test: away,
            listings: [listing(attributes: ["产地": "福建霞浦"], region: "320707")], truth: .yes),
        Row(
            name: "an origin in the province of the seller", test: away,
            listings: [listing(attributes: ["产地": "连云港赣榆"], region: "320707")], truth: .no),
        Row(
            name: "a seller of no known province", test: away,
            listings: [listing(attributes: ["产地": "福建霞浦"], region: "990000")], truth: .unknown),
        Row(
            name: "several weights that are all below", test: FactTest(.weight, .below(.said("said"), byPercent: 0)),
            listings: [listing(attributes: ["净重": "1.6kg", "单只重量": "200克"])], said: [said("", "四斤")], truth: .yes),
        Row(
            name: "several weights of which one is not", test: FactTest(.weight, .below(.said("said"), byPercent: 0)),
            listings: [listing(attributes: ["净重": "1.6kg", "规格": "2.5kg"])], said: [said("", "四斤")], truth: .unknown),
        Row(
            name: "a gross weight is no weight", test: FactTest(.weight, .below(.said("said"), byPercent: 0)),
            listings: [listing(attributes: ["毛重": "2000克", "净含量(去冰)": "1100克"])], said: [said("", "四斤")],
            truth: .yes),
        Row(
            name: "a shorter guarantee", test: FactTest(.warranty, .below(.said("said"), byPercent: 0)),
            listings: [listing(attributes: ["整机质保": "一年"])], said: [said("", "十年")], truth: .yes),
        Row(
            name: "a guarantee for ever", test: FactTest(.warranty, .below(.value(NumberValue(1_000)!), byPercent: 0)),
            listings: [listing(attributes: ["质保期": "终身"])], truth: .unknown),
        Row(
            name: "words of a guarantee", test: FactTest(.warranty, .has(words("终身"))),
            listings: [listing(attributes: ["质保期": "终身"])], truth: .yes),
        Row(
            name: "a smaller share", test: FactTest(.share, .below(.said("said"), byPercent: 5)),
            listings: [listing(attributes: ["乳胶含量": "30%"])], said: [said("", "百分之九十三")], truth: .yes),
        Row(name: "another attribute", test: farmed, listings: [listing(attributes: ["产地": "散养基地"])], truth: .unknown),
        Row(
            name: "two attributes", test: FactTest(.attribute, .lacks(words("散养")), name: "口味"),
            listings: [listing(attributes: ["养殖方式": "散养", "口味": "原味"])], truth: .yes),
        Row(name: "two numbers", test: cheaper, listings: [], said: was("八百", "三百九"), truth: .yes),
        Row(name: "two numbers, not so far apart", test: cheaper, listings: [], said: was("八百", "四百"), truth: .no),
        Row(name: "two numbers, one not said", test: cheaper, listings: [], said: [was("八百", "")[0]], truth: .unknown),
        Row(
            name: "two numbers of another kind",
            test: FactTest(.said, .above(.said("was"), byPercent: 0), name: "now", kind: .duration), listings: [],
            said: was("三天", "一周"), truth: .yes),
        Row(
            name: "a number that was said and the price",
            test: FactTest(.said, .below(.fact(.price), byPercent: 0), name: "now", kind: .price),
            listings: [listing(price: 9_900)], said: was("一百", "五十九"), truth: .yes),
        Row(name: "a word is there", test: hasSilk, listings: [listing(attributes: ["材质": "真丝"])], truth: .yes),
        Row(
            name: "in other characters", test: hasSilk, listings: [listing(attributes: ["面料": "真絲 100%"])], truth: .yes),
        Row(name: "it is not", test: hasSilk, listings: [listing(attributes: ["材质": "涤纶"])], truth: .no),
        Row(name: "the listing does not say", test: hasSilk, listings: [noAnswer], truth: .unknown),
        Row(
            name: "an empty attribute says nothing", test: hasSilk, listings: [listing(attributes: ["材质": ""])],
            truth: .unknown),
        Row(name: "no listing", test: hasSilk, listings: [], truth: .unknown),
        Row(
            name: "an attribute that tells no material", test: hasSilk, listings: [listing(attributes: ["里料": "真丝"])],
            truth: .unknown),
        Row(
            name: "several goods that agree", test: hasSilk,
            listings: [listing(attributes: ["材质": "真丝"]), listing("b", attributes: ["成分": "真丝"])],
            truth: .yes),
        Row(
            name: "several goods that do not", test: hasSilk,
            listings: [listing(attributes: ["材质": "真丝"]), listing("b", attributes: ["成分": "涤纶"])], truth: .unknown),
        Row(
            name: "less what is taken out",
            test: FactTest(.material, .has(WordSet(terms: [Term("真丝")], minus: [Term("仿真丝")]))),
            listings: [listing(attributes: ["材质": "仿真丝"])], truth: .no),
        Row(
            name: "lacks a word", test: FactTest(.registeredFunction, .lacks(words("增强免疫力"))),
            listings: [listing(attributes: ["保健功能": "缓解体力疲劳"])], truth: .yes),
        Row(
            name: "does not lack it", test: FactTest(.registeredFunction, .lacks(words("增强免疫力"))),
            listings: [listing(attributes: ["保健功能": "增强免疫力"])], truth: .no),
        Row(
            name: "another kind than was said", test: differs, listings: [listing(attributes: ["材质": "聚酯纤维92% 氨纶8%"])],
            said: [said("羊毛")], truth: .yes),
        Row(
            name: "the kind that was said, by another word", test: differs,
            listings: [listing(attributes: ["材质": "桑蚕丝"])],
            said: [said("真丝")], truth: .no),
        Row(
            name: "among others", test: differs, listings: [listing(attributes: ["材质": "羊毛70% 涤纶30%"])],
            said: [said("羊毛")],
            truth: .no),
        Row(
            name: "none of the class there", test: differs, listings: [listing(attributes: ["材质": "木"])],
            said: [said("羊毛")],
            truth: .unknown),
        Row(
            name: "lacks what was said", test: lacks, listings: [listing(attributes: ["材质": "木"])], said: [said("羊毛")],
            truth: .yes),
        Row(name: "nothing remembered", test: differs, listings: [listing(attributes: ["材质": "木"])], truth: .unknown),
        Row(
            name: "a word of no kind", test: differs, listings: [listing(attributes: ["材质": "涤纶"])], said: [said("石头")],
            truth: .unknown),
        Row(name: "above another fact", test: above, listings: [listing(price: 100_00, original: 110_01)], truth: .yes),
        Row(
            name: "not by more than ten in a hundred", test: above,
            listings: [listing(price: 100_00, original: 110_00)], truth: .no),
        Row(name: "one of the two unknown", test: above, listings: [listing(price: 100_00)], truth: .unknown),
        Row(
            name: "above a number that was said", test: FactTest(.price, .above(.said("said"), byPercent: 0)),
            listings: [listing(price: 6_990)], said: [said("", "五十九块九")], truth: .yes),
        Row(
            name: "not above it", test: FactTest(.price, .above(.said("said"), byPercent: 0)),
            listings: [listing(price: 5_990)], said: [said("", "五十九块九")], truth: .no),
        Row(
            name: "above some of a range", test: FactTest(.price, .above(.said("said"), byPercent: 0)),
            listings: [listing(price: 5_500)], said: [said("", "五六十块")], truth: .unknown),
        Row(
            name: "below what was said", test: FactTest(.weight, .below(.said("said"), byPercent: 0)),
            listings: [listing(attributes: ["净含量": "450g"])], said: [said("", "一斤")], truth: .yes),
        Row(
            name: "as heavy as was said", test: FactTest(.weight, .below(.said("said"), byPercent: 0)),
            listings: [listing(title: "蜂蜜 500g")], said: [said("", "一斤")], truth: .no),
        Row(
            name: "within five in a hundred", test: FactTest(.weight, .below(.said("said"), byPercent: 5)),
            listings: [listing(attributes: ["净含量": "480g"])], said: [said("", "一斤")], truth: .no),
        Row(
            name: "packs that are multiplied", test: FactTest(.weight, .below(.said("said"), byPercent: 0)),
            listings: [listing(attributes: ["规格": "250g*2袋"])], said: [said("", "一斤")], truth: .no),
        Row(
            name: "packs that together weigh less", test: FactTest(.weight, .below(.said("said"), byPercent: 0)),
            listings: [listing(attributes: ["规格": "200g*2袋"])], said: [said("", "一斤")], truth: .yes),
        Row(
            name: "a value", test: FactTest(.weight, .below(.value(NumberValue(500)!), byPercent: 0)),
            listings: [listing(attributes: ["净含量": "450克"])], truth: .yes),
        Row(
            name: "a number of an approval", test: FactTest(.approvalNo, .has(words("国食健注"))),
            listings: [listing(certificates: ["国食健注G20200001"])], truth: .yes),
        Row(
            name: "told", test: FactTest(.approvalNo, .isKnown(true)), listings: [listing(certificates: ["x"])],
            truth: .yes),
        Row(name: "not told", test: FactTest(.approvalNo, .isKnown(true)), listings: [noAnswer], truth: .no),
        Row(
            name: "asked to be untold", test: FactTest(.approvalNo, .isKnown(false)), listings: [noAnswer], truth: .yes),
        Row(name: "told of no listing", test: FactTest(.approvalNo, .isKnown(true)), listings: [], truth: .unknown),
        Row(name: "the title", test: FactTest(.title, .has(words("毛衣"))), listings: [noAnswer], truth: .yes),
        Row(name: "no brand", test: FactTest(.brand, .has(words("毛衣"))), listings: [noAnswer], truth: .unknown),
        Row(
            name: "the category", test: FactTest(.category, .has(words("食品"))), listings: [listing(category: "食品/蜂蜜")],
            truth: .yes),
    ])
    func `are true, false or unknown`(row: Row) {
        var asks = rule("asks", parts: [["羊毛"]])
        asks.facts = [row.test]
        asks.kinds = ["fibre": fibre, "trade": trade, "place": Self.place]
        let resolver = ClaimResolver(ruleSet(asks))
        var listings = ActiveListings()
        var categories = CategoryCache()
        for event in row.listings {
            let source = RecordSource(topic: "live.listings", partition: 0, offset: 3)
            let asked = row.test.fact == .attribute ? row.test.name.map(FactNames.folded) : nil
            _ = listings.apply(
                event, from: source, asked: AskedAttributes(names: Set([asked].compactMap(\.self)), all: true),
                limits: DetectionLimits(), &categories)
        }
        var claim = Claim(timeMS: 0, channel: .speech)
        claim.said = row.said
        let reading = resolver.read(claim, rule: 0, listings: &listings)
        switch row.truth {
        case .yes: #expect(reading?.unknownFacts == 0)
        case .no: #expect(reading == nil)
        case .unknown: #expect(reading?.unknownFacts == 1)
        }
    }

    private static func asking(_ test: FactTest, unknown: UnknownFacts = .verify) -> RuleSet {
        var asks = rule("asks", parts: [["羊毛"]])
        asks.facts = [test]
        asks.unknownFacts = unknown
        return ruleSet(asks)
    }

    @Test func `that are not known make a lead one step lower, and a drop of a rule that asks for it`() throws {
        let alert = try #require(RoomStore(ruleSet: Self.asking(Self.hasSilk)).play([.say("羊毛")]).first)
        #expect(alert.state == .known(.toVerify))
        #expect(alert.unknownFacts == ["material"])
        #expect(alert.rule.severity == .known(.medium))
        #expect(RoomStore(ruleSet: Self.asking(Self.hasSilk, unknown: .drop)).play([.say("羊毛")]).isEmpty)
    }

    @Test(arguments: [
        ("2026-09-20", "2026-11-20", true), ("2026-11-15", "2026-11-20", false), ("2026-11", "2026-11-20", nil),
        ("见瓶身", "2026-11-20", nil), ("2026年8月", "2026-11-20", true),
    ])
    func `tell how old goods are when something is said of them`(written: String, said: String, isOld: Bool?) throws {
        let week = try #require(NumberValue(7 * 86_400))
        let set = Self.asking(FactTest(.age, .above(.value(week), byPercent: 0)))
        let day = ChinaDay.beginMS(try #require(ChinaDay.parse(said)))
        let rooms = RoomStore(ruleSet: set)
        rooms.play([.list(listing(attributes: ["捕捞日期": written]))])
        let alert = rooms.play([.say("羊毛", at: day)], from: 1).first
        #expect(alert.map { $0.unknownFacts.isEmpty } == (isOld == false ? nil : isOld == true))
    }

    @Test func `that a binding asks for hold, or do not where the rule drops what is not known`() {
        func alerts(_ unknown: UnknownFacts, _ material: String) -> [Alert] {
            var asks = rule("asks", parts: [["羊毛"]])
            asks.bindings = [
                Binding(when: Applicability(facts: [FactTest(.material, .has(words("涤纶")))])),
                Binding(when: Applicability(facts: [FactTest(.warranty, .isKnown(true))])),
            ]
            asks.facts = [FactTest(.title, .isKnown(true))]
            asks.unknownFacts = unknown
            return RoomStore(ruleSet: ruleSet(asks)).play(
                [.list(listing(title: "毛衣", attributes: [material: "涤纶"])), .say("羊毛")])
        }
        #expect(alerts(.drop, "材质").first?.evidence.map(\.field) == ["text", "attributes.材质", "title"])
        #expect(alerts(.drop, "口味").isEmpty)
        #expect(alerts(.verify, "口味").count == 1)
    }

    @Test func `of which no row knows the name give way to the others`() {
        let set = Self.asking(FactTest(.attributes, .has(words("真丝"))))
        let rooms = RoomStore(ruleSet: set)
        let long = String(repeating: "长", count: 700)
        rooms.play([.list(listing(attributes: ["备注": long, "材质": "真丝"]))])
        #expect(rooms.counters[.facts] == 1)
        #expect(rooms.play([.say("羊毛")], from: 1).first?.evidence.last?.field == "attributes.材质")
    }

    @Test func `bear a claim out when the listing comes, with evidence of both sides`() throws {
        let set = Self.asking(FactTest(.material, .has(words("涤纶"))))
        let alerts = RoomStore(ruleSet: set).play(
            [.say("羊毛", listing: "a"), .list(listing(title: "毛衣", attributes: ["颜色": "红", "材质": "外层涤纶"]))], from: 7)
        #expect(alerts.map(\.state) == [.known(.toVerify), .known(.firm)])
        #expect(alerts.map(\.rule.severity) == [.known(.medium), .known(.high)])
        let evidence = try #require(alerts.last?.evidence)
        #expect(evidence.map(\.field) == ["text", "attributes.材质"])
        #expect(evidence.last?.source == RecordSource(topic: "live.listings", partition: 0, offset: 8))
        #expect(evidence.last?.matched == "涤纶")
        #expect(evidence.last?.span == 6..<12)
        #expect(alerts.last?.unknownFacts == [])
    }

    @Test func `are compared with what was said`() throws {
        var asks = rule("asks", parts: [["羊毛"]])
        let fibres = WordSet(terms: fibre.flatMap(\.terms), className: "fibre")
        asks.match = .text(.named("said", .words(fibres)))
        asks.facts = [Self.differs]
        asks.kinds = ["fibre": fibre]
        let rooms = RoomStore(ruleSet: ruleSet(asks))
        rooms.play([.list(listing(attributes: ["材质": "聚酯纤维92% 氨纶8%"]))])
        let alerts = rooms.play([.say("里头是羊毛的"), .say("这是涤纶")], from: 1)
        #expect(alerts.map(\.state) == [.known(.firm)])
        let evidence = try #require(alerts.first?.evidence)
        #expect(evidence.map(\.field) == ["text", "attributes.材质"])
        #expect(evidence.map(\.group) == ["said", nil])
        #expect(evidence.map(\.matched) == ["羊毛", "聚酯纤维"])
        // The same of a listing that comes later, also after a restart.
        let first = RoomStore(ruleSet: ruleSet(asks))
        first.play([.say("里头是羊毛的", listing: "a")])
        var log = Changelog()
        log.take(from: first)
        let second = RoomStore(ruleSet: ruleSet(asks))
        log.restore(into: second)
        let late: [Step] = [.list(listing(attributes: ["材质": "真丝"]))]
        let revised = first.play(late, from: 1)
        #expect(revised.map(\.state) == [.known(.firm)])
        #expect(second.play(late, from: 1) == revised)
    }

    @Test func `withdraw a claim that the listing shows to be none`() {
        let set = Self.asking(FactTest(.material, .lacks(words("羊毛"))))
        let steps: [Step] = [.say("羊毛", listing: "a"), .list(listing(attributes: ["材质": "羊毛"]))]
        let alerts = RoomStore(ruleSet: set).play(steps)
        #expect(alerts.map(\.state) == [.known(.toVerify), .known(.withdrawn)])
    }

    @Test func `stay what they were until a record says other`() throws {
        let set = Self.asking(Self.hasSilk)
        let rooms = RoomStore(ruleSet: set)
        rooms.play([.list(listing(attributes: ["材质": "真丝"])), .list(listing(title: "裙子"))])
        #expect(rooms.play([.say("羊毛")], from: 2).first?.state == .known(.firm))
        rooms.play([.list(listing(attributes: ["材质": "涤纶"]))], from: 3)
        #expect(rooms.play([.say("羊毛")], from: 4).isEmpty)
    }

    @Test func `come back after a restart, with the record that told them`() throws {
        let set = Self.asking(FactTest(.material, .has(words("真丝"))))
        let event = listing(title: "裙子", price: 100, original: 200, certificates: ["备案1"], attributes: ["材质": "真丝"])
        let first = RoomStore(ruleSet: set)
        first.play([.list(event)], from: 5)
        var log = Changelog()
        log.take(from: first)
        let second = RoomStore(ruleSet: set)
        #expect(log.restore(into: second).unreadable.isEmpty)
        let again = first.play([.say("羊毛")], from: 6)
        #expect(second.play([.say("羊毛")], from: 6) == again)
        #expect(again.first?.evidence.last?.source.offset == 5)
        let record = String(decoding: try #require(log.records.values.first), as: UTF8.self)
        #expect(record.contains(#""price":100,"original":200"#))
        #expect(record.contains("备案1"))
    }

    @Test func `are kept up to a bound, which is counted`() {
        let rooms = RoomStore(ruleSet: Self.asking(Self.hasSilk))
        rooms.play([.list(listing(attributes: ["材质": String(repeating: "棉", count: 600) + "真丝"]))])
        #expect(rooms.counters[.facts] == 0)
        rooms.play([.list(listing(attributes: ["材质": String(repeating: "棉", count: 700) + "真丝"]))], from: 1)
        #expect(rooms.counters[.facts] == 1)
        rooms.play([.list(listing("b", certificates: (0..<30).map { "证\($0)" }))], from: 2)
        #expect(rooms.counters[.facts] == 2)
    }

    @Test func `are searched once for each state of the listings`() {
        var listings = ActiveListings()
        var categories = CategoryCache()
        let source = RecordSource(topic: "t", partition: 0, offset: 0)
        _ = listings.apply(listing(attributes: ["材质": "真丝"]), from: source, limits: DetectionLimits(), &categories)
        var searches = 0
        func search(_ listing: ActiveListing) -> [FactTests.Found] {
            searches += 1
            return []
        }
        for _ in 0..<10 { _ = listings.foundWords(in: 0, search) }
        #expect(searches == 1)
        _ = listings.apply(listing(attributes: ["材质": "涤纶"]), from: source, limits: DetectionLimits(), &categories)
        _ = listings.foundWords(in: 0, search)
        #expect(searches == 2)
    }
}
